//! The parts of an outgoing mail: text and page of one source, what stands in it, what hangs on it.

use mail_builder::headers::content_type::ContentType;
use mail_builder::mime::{BodyPart, MimePart};
use pulldown_cmark::{Options, Parser};
use sha2::{Digest, Sha256};

use super::{Enclosed, Outgoing};
use crate::{attachment, html};

pub(super) fn of(mail: &Outgoing) -> MimePart<'_> {
    let mut boundaries = Boundaries::of(mail);
    let text = MimePart::new("text/plain", crlf(&mail.markdown));
    let page = MimePart::new("text/html", crlf(&page(&mail.markdown)));
    let mut whole = boundaries.multipart("multipart/alternative", vec![text, page]);
    if !mail.inline.is_empty() {
        let parts = std::iter::once(whole).chain(mail.inline.iter().map(inline)).collect();
        whole = boundaries.multipart("multipart/related", parts);
    }
    if !mail.attachments.is_empty() {
        let parts = std::iter::once(whole).chain(mail.attachments.iter().map(attached)).collect();
        whole = boundaries.multipart("multipart/mixed", parts);
    }
    whole
}

/// The same safe HTML that a reader of the desk would see.
fn page(markdown: &str) -> String {
    let mut page = String::new();
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH;
    pulldown_cmark::html::push_html(&mut page, Parser::new_ext(markdown, options));
    match html::sanitise_with_remote_images(&page, usize::MAX) {
        Some(safe) => safe.as_str().to_owned(),
        None => ammonia::clean_text(markdown),
    }
}

/// Every line end becomes CRLF: no server may take a bare one for the end of the mail.
fn crlf(text: &str) -> String {
    let mut lines = text.replace("\r\n", "\n").replace(['\r', '\0'], "\n").replace('\n', "\r\n");
    if !lines.ends_with("\r\n") {
        lines.push_str("\r\n");
    }
    lines
}

fn inline(file: &Enclosed) -> MimePart<'_> {
    let id: String = file.content_id.as_deref().unwrap_or_default().chars().filter(|c| is_id(*c)).collect();
    MimePart::new(content_type(file), file.bytes.as_slice()).inline().cid(id)
}

fn attached(file: &Enclosed) -> MimePart<'_> {
    MimePart::new(content_type(file), file.bytes.as_slice())
        .attachment(attachment::clean_name(&file.filename))
}

fn is_id(c: char) -> bool {
    c.is_ascii_alphanumeric() || "@.-_+=".contains(c)
}

/// A type that cannot be written, or that would be taken apart again, is only bytes.
fn content_type(file: &Enclosed) -> ContentType<'static> {
    let sound = |part: &str| {
        !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".+-_".contains(&byte))
    };
    let mime = file.mime.to_ascii_lowercase();
    let known = mime.split_once('/').filter(|(kind, form)| {
        sound(kind) && sound(form) && !matches!(*kind, "multipart" | "message" | "text")
    });
    ContentType::new(
        known.map_or_else(|| "application/octet-stream".to_owned(), |(kind, form)| format!("{kind}/{form}")),
    )
    .attribute("name", attachment::clean_name(&file.filename))
}

/// Boundaries that follow from the Message-ID, so that one mail is built the same twice.
struct Boundaries {
    stem: String,
    next: u8,
}

impl Boundaries {
    fn of(mail: &Outgoing) -> Self {
        use std::fmt::Write;
        let hash = Sha256::digest(mail.message_id.as_bytes());
        let stem = hash.iter().take(12).fold(String::new(), |mut hex, byte| {
            let _ = write!(hex, "{byte:02x}");
            hex
        });
        Self { stem, next: 0 }
    }

    /// `=_` stands in no quoted-printable and in no base64 text.
    fn multipart<'x>(&mut self, mime: &'static str, parts: Vec<MimePart<'x>>) -> MimePart<'x> {
        self.next += 1;
        let boundary = format!("=_{}_{}", self.stem, self.next);
        MimePart::new(ContentType::new(mime).attribute("boundary", boundary), BodyPart::Multipart(parts))
    }
}
