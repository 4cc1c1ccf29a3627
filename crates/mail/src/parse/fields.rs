//! The fields of the outermost part, as values.

use mail_parser::HeaderValue;
use mail_parser::parsers::MessageStream;

use super::{Message, ReturnPath};
use crate::address::{self, Mailbox, Written};
use crate::automatic::LOOP_HEADER;
use crate::header::{Fields, unfolded};

/// Everything that the header says, and nothing of the body.
pub(crate) fn envelope(raw: &[u8], fields: &Fields) -> Message {
    let from = addresses(raw, fields, "from");
    Message {
        message_id: ids(raw, fields, "message-id").into_iter().next(),
        in_reply_to: named(raw, fields, "in-reply-to"),
        references: named(raw, fields, "references"),
        conversation: fields.plain(raw, "thread-index").and_then(|index| conversation(&index)),
        from_is_doubtful: from.mailboxes.len() != 1 || from.unreadable > 0,
        from: from.mailboxes,
        sender: addresses(raw, fields, "sender").mailboxes,
        reply_to: addresses(raw, fields, "reply-to").mailboxes,
        to: addresses(raw, fields, "to").mailboxes,
        cc: addresses(raw, fields, "cc").mailboxes,
        delivered_to: delivered_to(raw, fields),
        return_path: return_path(raw, fields),
        loop_mark: fields.plain(raw, &LOOP_HEADER.to_ascii_lowercase()).map(|mark| mark.trim().to_owned()),
        subject: fields.text(raw, "subject").map(|subject| tidy(&subject)),
        date: fields.plain(raw, "date").and_then(|date| seconds(&date)),
        ..Message::default()
    }
}

fn addresses(raw: &[u8], fields: &Fields, name: &str) -> Written {
    let mut all = Written::default();
    for field in fields.all(name).take(100) {
        let one = address::written(&fields.line(raw, field));
        all.mailboxes.extend(one.mailboxes);
        all.unreadable += one.unreadable;
    }
    all
}

fn delivered_to(raw: &[u8], fields: &Fields) -> Vec<Mailbox> {
    ["delivered-to", "x-original-to", "envelope-to", "x-delivered-to"]
        .iter()
        .flat_map(|name| addresses(raw, fields, name).mailboxes)
        .collect()
}

fn return_path(raw: &[u8], fields: &Fields) -> Option<ReturnPath> {
    let value = fields.plain(raw, "return-path")?;
    let address = value.trim().trim_start_matches('<').trim_end_matches('>').trim();
    Some(if address.is_empty() { ReturnPath::Null } else { ReturnPath::Address(address.to_owned()) })
}

/// The most ids that are read from one field.
const MOST_IDS: usize = 1_000;

fn ids(raw: &[u8], fields: &Fields, name: &str) -> Vec<String> {
    fields.first(name).map(|field| ids_in(&unfolded(&raw[field.value.clone()]))).unwrap_or_default()
}

/// The same of other messages. Old programs write a sentence with the address of its sender, which is no id.
fn named(raw: &[u8], fields: &Fields, name: &str) -> Vec<String> {
    let Some(field) = fields.first(name) else { return Vec::new() };
    let value = unfolded(&raw[field.value.clone()]);
    let mut ids = ids_in(&value);
    let start = value.split('<').next().unwrap_or_default();
    if start.split_whitespace().count() > 1 && value.contains('<') {
        ids.retain(|id| id.bytes().take_while(|byte| *byte != b'@').any(|byte| byte.is_ascii_digit()));
    }
    ids
}

/// The ids in a value: what stands in angle brackets, or else bare words with an `@`.
pub(crate) fn ids_in(value: &str) -> Vec<String> {
    let mut ids = Vec::new();
    let mut rest = value;
    while let Some(start) = rest.find('<') {
        let inner = &rest[start + 1..];
        let Some(end) = inner.find(['>', '<']) else { break };
        let id: String = inner[..end].chars().filter(|c| !c.is_whitespace()).collect();
        if !id.is_empty() && ids.len() < MOST_IDS {
            ids.push(format!("<{id}>"));
        }
        rest = &inner[end..];
    }
    if ids.is_empty() {
        let bare = value.split([' ', '\t', ',']).map(|word| word.trim_matches(['<', '>', '"', ';']));
        let bare: Vec<&str> = bare.filter(|word| !word.is_empty()).take(MOST_IDS).collect();
        // In running text an address is no id.
        if bare.iter().all(|word| word.contains('@')) {
            ids.extend(bare.into_iter().map(|word| format!("<{word}>")));
        }
    }
    ids
}

/// The first 22 bytes of a `Thread-Index`, time and a random number; each answer adds five.
fn conversation(index: &str) -> Option<String> {
    let bytes = crate::transfer::base64(index.as_bytes());
    let is_whole = bytes.len() >= 22
        && (bytes.len() - 22).is_multiple_of(5)
        && bytes[6..22].iter().any(|byte| *byte != 0);
    is_whole
        .then(|| index.chars().filter(|c| !c.is_whitespace()).take(28).collect::<String>())
        .map(|start| format!("conversation:{start}"))
}

/// One line, blanks counted once.
fn tidy(subject: &str) -> String {
    subject.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The instant a `Date` field means.
pub(crate) fn seconds(value: &str) -> Option<i64> {
    let line = format!("{value}\n");
    match MessageStream::new(line.as_bytes()).parse_date() {
        HeaderValue::DateTime(date) if date.is_valid() => Some(date.to_timestamp()),
        _ => super::date::seconds(value),
    }
}
