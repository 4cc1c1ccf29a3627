//! What was understood of messages, as JSON for administrators and tests.

use serde::Serialize;

use crate::address::Mailbox;
use crate::attachment::Attachment;
use crate::bounce::{Kind, Reason};
use crate::limits::Limits;
use crate::parse::{self, Message};

/// One message as `throughline mail inspect` says it.
#[derive(Debug, Clone, Serialize)]
pub struct Inspection {
    pub message_id: Option<String>,
    pub in_reply_to: Option<String>,
    pub references: Vec<String>,
    pub from: Vec<String>,
    pub to: Vec<String>,
    pub cc: Vec<String>,
    pub reply_to: Vec<String>,
    pub subject: Option<String>,
    /// Seconds since 1970.
    pub date: Option<i64>,
    pub text: Option<String>,
    pub visible_text: String,
    /// What came with a name or was marked as attached, also what hangs on the messages in this one.
    pub attachments: Vec<Attached>,
    /// What came without a name: pictures in the page, messages of a digest, forms for programs.
    pub other_parts: Vec<Attached>,
    pub automatic: Option<&'static str>,
    pub bounce: Option<Vec<Bounced>>,
    /// The code under which it would wait in the suspended queue.
    pub suspended: Option<&'static str>,
}

#[derive(Debug, Clone, Serialize)]
pub struct Attached {
    pub filename: String,
    pub mime: String,
    pub size: u64,
    pub sha256: String,
}

#[derive(Debug, Clone, Serialize)]
pub struct Bounced {
    pub recipient: Option<String>,
    pub status: Option<String>,
    pub kind: Kind,
    pub reason: Reason,
    pub original_message_id: Option<String>,
}

/// Reads a message; of one past the limits, what its header says and the code of its trouble.
pub fn message(raw: &[u8], limits: &Limits) -> Inspection {
    let (message, suspended) = match parse::message(raw, limits) {
        Ok(message) => (message, None),
        Err(trouble) => (parse::headers(raw, limits).unwrap_or_default(), Some(trouble.code())),
    };
    let mut attachments = Vec::new();
    attached(raw, &message.attachments, limits, 0, &mut attachments);
    Inspection { attachments, ..told(message, suspended) }
}

/// The most messages inside messages that are opened.
const DEEPEST: usize = 4;

/// Everything attached, in its order: a message that stands inside is no file, what hangs on it is.
fn attached(raw: &[u8], all: &[Attachment], limits: &Limits, depth: usize, found: &mut Vec<Attached>) {
    for one in all {
        if one.is_attached {
            found.push(as_file(one));
        } else if one.mime == "message/rfc822" && depth < DEEPEST {
            let inner = one.bytes(raw);
            let hanging = parse::attachments(&inner, limits);
            attached(&inner, &hanging, limits, depth + 1, found);
        }
    }
}

fn as_file(one: &Attachment) -> Attached {
    Attached {
        filename: one.filename.clone(),
        mime: one.mime.clone(),
        size: one.size,
        sha256: one.sha256_hex(),
    }
}

fn told(message: Message, suspended: Option<&'static str>) -> Inspection {
    let bounced = |one: crate::bounce::Bounce| Bounced {
        recipient: one.recipient,
        status: one.status,
        kind: one.kind,
        reason: one.reason,
        original_message_id: one.original_message_id,
    };
    Inspection {
        in_reply_to: message.in_reply_to.into_iter().next(),
        message_id: message.message_id,
        references: message.references,
        from: addresses(&message.from),
        to: addresses(&message.to),
        cc: addresses(&message.cc),
        reply_to: addresses(&message.reply_to),
        subject: message.subject,
        date: message.date,
        attachments: Vec::new(),
        other_parts: message.attachments.iter().filter(|one| !one.is_attached).map(as_file).collect(),
        text: message.text.as_deref().map(tidy),
        visible_text: message.visible,
        automatic: message.automatic.map(crate::automatic::Automatic::as_str),
        bounce: message.bounce.map(|all| all.into_iter().map(bounced).collect()),
        suspended,
    }
}

/// No blanks at the ends of lines, no blank lines at the ends of the text.
fn tidy(text: &str) -> String {
    let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
    lines.join("\n").trim_end().trim_start_matches('\n').to_owned()
}

fn addresses(all: &[Mailbox]) -> Vec<String> {
    all.iter().map(|one| one.address.as_str().to_owned()).collect()
}

#[cfg(test)]
mod tests;
