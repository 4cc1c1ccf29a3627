//! What a mail says, read outside of any transaction; its files are kept while it is read.

use domain::id::TicketId;
use mail::attachment::Attachment;
use mail::automatic::Automatic;
use mail::parse::{self, Message};
use mail::{Limits, Trouble};
use store::attachment::On;

use super::check::Checked;
use crate::act::Act;
use crate::files::{FileError, Files};
use crate::{DeskError, Problem};

/// A mail that was taken apart, or why it was not.
#[derive(Debug)]
pub(super) struct Understood {
    pub message: Message,
    pub trouble: Option<Trouble>,
    pub checked: Checked,
    /// Whoever reads it could act as somebody else: the requester's side does not, until an agent says so.
    pub held: bool,
    files: Vec<Kept>,
}

#[derive(Debug)]
struct Kept {
    attachment: Attachment,
    content: [u8; 32],
}

/// What lists of mails show.
pub(super) struct Head<'a> {
    pub message_id: Option<&'a str>,
    pub from_address: Option<String>,
    pub from_name: Option<String>,
    pub subject: Option<&'a str>,
}

/// Takes a mail apart and keeps its attachments.
pub(super) fn understand(files: &Files, raw: &[u8]) -> Result<Understood, FileError> {
    let mut understood = without_files(raw);
    for attachment in &understood.message.attachments {
        let content = files.keep_pieces(|take| attachment.stream(raw, take))?;
        understood.files.push(Kept { attachment: attachment.clone(), content });
    }
    Ok(understood)
}

/// A mail whose files were kept when it came.
pub(super) fn without_files(raw: &[u8]) -> Understood {
    let limits = Limits::default();
    let (message, trouble) = match parse::message(raw, &limits) {
        Ok(message) => (message, None),
        Err(trouble) => (parse::headers(raw, &limits).unwrap_or_default(), Some(trouble)),
    };
    let held = mail::verification::is_like(&message);
    Understood { message, trouble, checked: Checked::default(), held, files: Vec::new() }
}

impl Understood {
    /// The domain in From stands behind it.
    pub(super) fn is_proven(&self) -> bool {
        self.checked.verdict.is_aligned()
    }

    /// The domain in From says that it is not its own.
    pub(super) fn is_disowned(&self) -> bool {
        self.checked.verdict.is_disowned()
    }

    pub(super) fn head(&self) -> Head<'_> {
        let from = self.message.from.first();
        Head {
            message_id: self.message.message_id.as_deref(),
            from_address: from.map(|from| from.address.key().to_owned()),
            from_name: from.and_then(|from| from.name.as_ref()).map(|name| name.as_str().to_owned()),
            subject: self.message.subject.as_deref(),
        }
    }

    /// The mark of a desk alone says nothing: people who answer from another desk carry it too.
    pub(super) fn automatic(&self) -> Option<Automatic> {
        self.message.automatic.filter(|why| *why != Automatic::OwnLoop)
    }

    /// What is new in it; everything when nothing else is left, and a dash for a mail without words.
    pub(super) fn body(&self) -> &str {
        let full = self.message.text.as_deref().unwrap_or_default().trim();
        match (self.message.visible.trim(), full) {
            ("", "") => "–",
            ("", full) => full,
            (visible, _) => visible,
        }
    }

    /// The whole text, with quotes and signature.
    pub(super) fn full_text(&self) -> String {
        self.message.text.clone().unwrap_or_else(|| self.message.visible.clone())
    }

    pub(super) fn html(&self) -> Option<String> {
        self.message.html.as_ref().map(|html| html.as_str().to_owned())
    }

    /// Its files by what they hold, in order.
    pub(super) fn contents(&self) -> Vec<[u8; 32]> {
        let mut contents: Vec<[u8; 32]> = self.files.iter().map(|kept| kept.content).collect();
        contents.sort_unstable();
        contents
    }

    /// The rows of its files, hanging on what it became.
    pub(super) fn hang(&self, act: &mut Act, ticket: TicketId, on: On) -> Result<(), DeskError> {
        for kept in &self.files {
            // Between the reading and now a sweep may have taken it for a file that nothing names.
            if !act.files.has(&kept.content) {
                return Err(DeskError::Conflict(Problem::RawMissing));
            }
            let id = domain::id::AttachmentId(act.new_id());
            store::attachment::insert(
                act.tx,
                &store::attachment::Attachment {
                    id,
                    ticket,
                    on,
                    name: kept.attachment.filename.clone(),
                    mime: kept.attachment.mime.clone(),
                    size: i64::try_from(kept.attachment.size).unwrap_or(i64::MAX),
                    content: kept.content,
                    content_id: kept.attachment.content_id.clone(),
                    inline: kept.attachment.inline,
                    created_at: act.now,
                },
            )?;
        }
        Ok(())
    }
}
