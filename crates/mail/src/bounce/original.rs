//! The mail that did not arrive: where its copy begins in a report, and its Message-ID.

use super::{Scene, notice, signs};
use crate::header::Fields;
use crate::parse::ids_in;

/// The line at which a copy of the original begins in the text.
pub(super) fn begins(lines: &[&str]) -> Option<usize> {
    (0..lines.len()).find(|at| is_marker(lines[*at]) && *at + 1 < lines.len() || is_head(lines, *at))
}

fn is_marker(line: &str) -> bool {
    if line.len() > 150 {
        return false;
    }
    let lower = line.to_lowercase();
    !lower.contains("not receive") && signs::COPIES.iter().any(|sign| lower.contains(sign))
}

/// A block of fields that only a message begins with.
fn is_head(lines: &[&str], at: usize) -> bool {
    let starts = |line: &str, names: &[&str]| {
        let name = line.split(':').next().unwrap_or_default().trim_end().to_ascii_lowercase();
        line.contains(':') && names.contains(&name.as_str())
    };
    let begins = [
        "received",
        "return-path",
        "delivered-to",
        "x-received",
        "dkim-signature",
        "message-id",
        "mime-version",
    ];
    if !starts(lines[at], &begins) {
        return false;
    }
    let block = lines[at..].iter().take(60).take_while(|line| !line.trim().is_empty());
    let known = ["from", "to", "subject", "date", "message-id", "mime-version", "received", "content-type"];
    block.filter(|line| starts(line, &known)).take(3).count() == 3
}

/// The Message-ID of the original, from a part or from the text.
pub(super) fn id(scene: &Scene<'_>) -> Option<String> {
    let kinds = [
        "message/rfc822",
        "text/rfc822-headers",
        "text/rfc822-header",
        "message/rfc822-headers",
        "message/partial",
    ];
    if let Some(id) = notice::read(&scene.prose).and_then(|notice| notice.original) {
        return Some(id);
    }
    let attached = kinds.iter().flat_map(|kind| scene.leaves(kind));
    attached
        .chain([scene.copy.clone(), scene.prose.clone()])
        .chain(scene.leaves("text/plain"))
        .chain(scene.leaves("text/html"))
        .find_map(|text| in_head(&text, scene).or_else(|| anywhere(&text)))
}

fn in_head(text: &str, scene: &Scene<'_>) -> Option<String> {
    let bytes = text.as_bytes();
    let fields = Fields::read(bytes, 0..bytes.len(), scene.limits).ok()?;
    let value = fields.plain(bytes, "message-id")?;
    let bare =
        || Some(format!("<{value}>")).filter(|_| !value.is_empty() && !value.contains(char::is_whitespace));
    ids_in(&value).into_iter().next().or_else(bare)
}

/// To whom the original went, when the report itself does not say.
pub(super) fn recipient(scene: &Scene<'_>) -> Option<String> {
    let attached = ["message/rfc822", "text/rfc822-headers"].iter().flat_map(|kind| scene.leaves(kind));
    attached.chain([scene.copy.clone()]).find_map(|text| {
        let bytes = text.as_bytes();
        let fields = Fields::read(bytes, 0..bytes.len(), scene.limits).ok()?;
        let to = crate::address::written(&fields.plain(bytes, "to")?);
        to.mailboxes.first().map(|one| one.address.as_str().to_owned())
    })
}

fn anywhere(text: &str) -> Option<String> {
    let lines: Vec<&str> = text.lines().collect();
    lines.iter().enumerate().find_map(|(at, line)| {
        let line = line.trim_start_matches([' ', '\t', '>', '*']);
        let name = line.get(.."message-id".len())?;
        if !name.eq_ignore_ascii_case("message-id") {
            return None;
        }
        let value = line["message-id".len()..].trim_start_matches([' ', '\t', ':', '*']);
        let next = lines.get(at + 1).copied().unwrap_or_default();
        ids_in(value).into_iter().next().or_else(|| ids_in(next).into_iter().next())
    })
}
