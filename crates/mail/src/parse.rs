//! Raw bytes to a message that was understood as far as it can be.

mod body;
mod date;
mod fields;

use std::borrow::Cow;
use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::address::Mailbox;
use crate::attachment::Attachment;
use crate::automatic::{self, Automatic};
use crate::bounce::{self, Bounce};
use crate::header::Fields;
use crate::html::SafeHtml;
use crate::limits::{Limits, Trouble};
use crate::{html, mime, quote};

pub(crate) use fields::ids_in;

/// What a message says. Attachments stay in the raw bytes and are read from there.
#[derive(Debug, Clone, Default)]
pub struct Message {
    /// With angle brackets; absent when the message has none or an empty one.
    pub message_id: Option<String>,
    pub in_reply_to: Vec<String>,
    /// In the order of the header, oldest first.
    pub references: Vec<String>,
    /// What Outlook calls the whole conversation; it stays when servers drop the ids. No proof of anything.
    pub conversation: Option<String>,
    pub from: Vec<Mailbox>,
    /// `From` named nobody, somebody unreadable or several people: not an identity.
    pub from_is_doubtful: bool,
    pub sender: Vec<Mailbox>,
    pub reply_to: Vec<Mailbox>,
    pub to: Vec<Mailbox>,
    pub cc: Vec<Mailbox>,
    /// Where it was delivered: `Delivered-To`, `X-Original-To`, `Envelope-To`.
    pub delivered_to: Vec<Mailbox>,
    pub return_path: Option<ReturnPath>,
    /// The mark of the desk that wrote it: ours, or another one's.
    pub loop_mark: Option<String>,
    pub subject: Option<String>,
    /// Seconds since 1970, as the sender's clock had it.
    pub date: Option<i64>,
    /// The plain text that came, with `\n` line ends.
    pub text: Option<String>,
    /// What is new in it: without quoted history and signature; from the HTML when no text came.
    pub visible: String,
    pub html: Option<SafeHtml>,
    /// There was more text or HTML than is shown.
    pub is_cut: bool,
    pub attachments: Vec<Attachment>,
    pub automatic: Option<Automatic>,
    pub bounce: Option<Vec<Bounce>>,
}

/// The envelope sender that the last server wrote down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReturnPath {
    Null,
    Address(String),
}

/// Takes a message apart within the limits. It never panics and never changes the bytes.
pub fn message(raw: &[u8], limits: &Limits) -> Result<Message, Trouble> {
    guarded(raw, limits, read)
}

/// Only the header fields, for messages that are too large or too odd for more.
pub fn headers(raw: &[u8], limits: &Limits) -> Result<Message, Trouble> {
    let start = &raw[..raw.len().min(256 * 1024)];
    let many = Limits { bytes: usize::MAX, fields: usize::MAX, ..*limits };
    guarded(start, &many, |raw, many| {
        let fields = crate::header::Fields::read(raw, start_of(raw)..raw.len(), many)?;
        Ok(fields::envelope(raw, &fields))
    })
}

/// What hangs on a message, when nothing else is asked of it.
pub(crate) fn attachments(raw: &[u8], limits: &Limits) -> Vec<Attachment> {
    let hanging = |raw: &[u8], limits: &Limits| {
        let parts = mime::parts(raw, start_of(raw), limits)?;
        Ok(Message { attachments: body::choose(raw, &parts, limits).attachments, ..Message::default() })
    };
    guarded(raw, limits, hanging).unwrap_or_default().attachments
}

/// The page of a message with its images from elsewhere, for a reader who asked for them.
pub fn page_with_remote_images(raw: &[u8], limits: &Limits) -> Option<SafeHtml> {
    if raw.len() > limits.bytes {
        return None;
    }
    let raw = unix(raw);
    let page = || {
        let parts = mime::parts(&raw, start_of(&raw), limits).ok()?;
        let body = body::choose(&raw, &parts, limits);
        html::sanitise_with_remote_images(body.html.as_deref()?, limits.html)
    };
    catch_unwind(AssertUnwindSafe(page)).ok().flatten()
}

fn guarded(
    raw: &[u8],
    limits: &Limits,
    read: impl Fn(&[u8], &Limits) -> Result<Message, Trouble>,
) -> Result<Message, Trouble> {
    if raw.len() > limits.bytes {
        return Err(Trouble::TooLarge { bytes: raw.len(), limit: limits.bytes });
    }
    let raw = unix(raw);
    catch_unwind(AssertUnwindSafe(|| read(&raw, limits))).unwrap_or(Err(Trouble::Broke))
}

/// Old Macintosh programs wrote small mails; a larger one is not worth a copy of it.
const MOST_OLD: usize = 16 * 1024 * 1024;

/// Old Macintosh line ends become new ones; every byte keeps its place.
fn unix(raw: &[u8]) -> Cow<'_, [u8]> {
    if raw.len() > MOST_OLD || memchr::memchr(b'\n', raw).is_some() || memchr::memchr(b'\r', raw).is_none() {
        return Cow::Borrowed(raw);
    }
    Cow::Owned(raw.iter().map(|byte| if *byte == b'\r' { b'\n' } else { *byte }).collect())
}

/// Behind a mark of UTF-8 and blank lines, with which some programs begin a message.
fn start_of(raw: &[u8]) -> usize {
    let mark = if raw.starts_with(b"\xef\xbb\xbf") { 3 } else { 0 };
    raw[mark..].iter().position(|byte| !matches!(byte, b'\r' | b'\n')).map_or(0, |blank| mark + blank)
}

/// No field and signs that no text has: not even a damaged message.
fn is_noise(top: &Fields, body: &[u8]) -> bool {
    top.len() == 0 && (body.trim_ascii().is_empty() || body[..body.len().min(1024)].contains(&0))
}

fn read(raw: &[u8], limits: &Limits) -> Result<Message, Trouble> {
    let start = start_of(raw);
    let parts = mime::parts(raw, start, limits)?;
    let top = &parts[0].fields;
    if is_noise(top, &raw[start..]) {
        return Err(Trouble::Empty);
    }
    let mut message = fields::envelope(raw, top);
    let body = body::choose(raw, &parts, limits);
    let has_text = body.text.as_deref().is_some_and(|text| !text.trim().is_empty());
    // Where words came as text, nobody asks what the page says.
    let from_html = body.html.as_deref().filter(|_| !has_text).map(html::to_text);
    let is_forward = message.subject.as_deref().is_some_and(quote::is_forward);
    message.visible = match (&body.text, &from_html) {
        (Some(text), _) if has_text && is_forward => text.trim().to_owned(),
        (Some(text), _) if has_text => quote::visible(text),
        (_, Some(page)) if is_forward => page.plain(),
        (_, Some(page)) => quote::visible_of_page(page),
        (Some(_), None) | (None, None) => body.whole.as_deref().map(quote::visible).unwrap_or_default(),
    };
    let written = |text: Option<String>| text.filter(|text| !text.trim().is_empty());
    let readable = written(body.text.clone()).or(from_html.map(|page| page.plain())).or(written(body.whole));
    message.bounce = bounce::read(raw, &parts, &message, readable.as_deref().unwrap_or_default(), limits);
    message.automatic = automatic::judge(raw, top, &message);
    message.html = body.html.as_deref().and_then(|source| html::sanitise(source, limits.html));
    message.is_cut = body.is_cut || body.html.is_some() && message.html.is_none();
    message.attachments = body.attachments;
    message.text = body.text;
    Ok(message)
}

#[cfg(test)]
mod tests;
