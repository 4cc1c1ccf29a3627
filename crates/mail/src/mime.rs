//! The tree of parts as a flat list of ranges; nothing is decoded and nothing is copied here.

mod parameters;

use std::ops::Range;

use parameters::Parameters;

use crate::header::{Fields, line_from};
use crate::limits::{Limits, Trouble};
use crate::transfer::Transfer;
use crate::{charset, flowed};

/// One part: a leaf, or a multipart whose children follow it and name it as parent.
#[derive(Debug, Clone)]
pub(crate) struct Part {
    pub fields: Fields,
    pub body: Range<usize>,
    pub kind: Kind,
    pub parent: Option<usize>,
    /// Its boundary was guessed, so that no other reader may see this part.
    pub is_guessed: bool,
    /// `type/subtype` in lower case.
    pub mime: String,
    pub charset: Option<String>,
    pub flow: Flow,
    pub report_type: Option<String>,
    pub filename: Option<String>,
    pub disposition: Disposition,
    pub transfer: Transfer,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Leaf,
    Multipart,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Disposition {
    None,
    Inline,
    Attachment,
}

/// Whether the lines of a text were broken on the way (RFC 3676).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Flow {
    Fixed,
    Flowed,
    /// With a blank at each break that does not belong to the text.
    FlowedWithoutBlank,
}

/// Takes the message apart, outermost first, in the order of its bytes.
pub(crate) fn parts(raw: &[u8], start: usize, limits: &Limits) -> Result<Vec<Part>, Trouble> {
    let mut parts = Vec::new();
    let mut fields = 0;
    // The work that is left, last first, so that the list comes out in the order of the bytes.
    let mut todo = vec![Todo {
        range: start..raw.len(),
        parent: None,
        depth: 0,
        usual: "text/plain",
        is_guessed: false,
    }];
    while let Some(Todo { range, parent, depth, usual, is_guessed }) = todo.pop() {
        if parts.len() == limits.parts {
            return Err(Trouble::TooManyParts { limit: limits.parts });
        }
        let (mut part, boundary) = head(raw, range, parent, usual, limits)?;
        part.is_guessed = is_guessed;
        fields += part.fields.len();
        if fields > limits.all_fields {
            return Err(Trouble::TooManyFields { limit: limits.all_fields });
        }
        let (children, guessed) = match boundary {
            Some(boundary) if depth < limits.depth => children(raw, &part, &boundary, limits)?,
            Some(_) => return Err(Trouble::TooDeep { limit: limits.depth }),
            None => (Vec::new(), false),
        };
        let usual = if part.mime == "multipart/digest" { "message/rfc822" } else { "text/plain" };
        if !children.is_empty() {
            part.kind = Kind::Multipart;
        }
        let here = Some(parts.len());
        parts.push(part);
        let is_guessed = is_guessed || guessed;
        let inner = |range| Todo { range, parent: here, depth: depth + 1, usual, is_guessed };
        todo.extend(children.into_iter().rev().map(inner));
    }
    Ok(parts)
}

struct Todo {
    range: Range<usize>,
    parent: Option<usize>,
    depth: usize,
    usual: &'static str,
    is_guessed: bool,
}

fn head(
    raw: &[u8],
    range: Range<usize>,
    parent: Option<usize>,
    usual: &str,
    limits: &Limits,
) -> Result<(Part, Option<String>), Trouble> {
    let fields = Fields::read(raw, range.clone(), limits)?;
    let content = fields.raw(raw, "content-type").map(Parameters::read).unwrap_or_default();
    let disposition = fields.raw(raw, "content-disposition").map(Parameters::read).unwrap_or_default();
    let mime = if content.value.contains('/') { content.value.clone() } else { usual.to_owned() };
    let boundary = mime.starts_with("multipart/").then(|| content.named("boundary").unwrap_or_default());
    let part = Part {
        body: fields.body..range.end,
        kind: Kind::Leaf,
        parent,
        is_guessed: false,
        charset: content.named("charset"),
        flow: flow(&content),
        report_type: content.named("report-type").map(|kind| kind.to_ascii_lowercase()),
        filename: [disposition.named("filename"), content.named("name")]
            .into_iter()
            .flatten()
            .find(|name| !name.trim().is_empty()),
        disposition: match disposition.value.as_str() {
            "" => Disposition::None,
            "inline" => Disposition::Inline,
            _ => Disposition::Attachment,
        },
        transfer: Transfer::named(fields.plain(raw, "content-transfer-encoding").as_deref()),
        mime,
        fields,
    };
    Ok((part, boundary))
}

/// Some senders declare no boundary, and some mail systems another than they write in their reports;
/// then the one that is written counts.
fn children(
    raw: &[u8],
    part: &Part,
    declared: &str,
    limits: &Limits,
) -> Result<(Vec<Range<usize>>, bool), Trouble> {
    let ranges = split(raw, part.body.clone(), declared, limits)?;
    if !ranges.is_empty() || !declared.is_empty() && part.mime != "multipart/report" {
        return Ok((ranges, false));
    }
    match written_boundary(&raw[part.body.clone()]) {
        Some(written) => Ok((split(raw, part.body.clone(), &written, limits)?, true)),
        None => Ok((ranges, false)),
    }
}

/// A line of `--` and more, right above a field of a part, early in the body.
fn written_boundary(body: &[u8]) -> Option<String> {
    let start = &body[..body.len().min(16 * 1024)];
    let mut lines = start.split(|byte| *byte == b'\n').peekable();
    while let Some(line) = lines.next() {
        let next = lines.peek()?;
        let is_field = next.get(..8).is_some_and(|name| name.eq_ignore_ascii_case(b"content-"));
        if is_field && let Some(boundary) = line.strip_prefix(b"--") {
            return std::str::from_utf8(boundary).ok().map(|boundary| boundary.trim_end().to_owned());
        }
    }
    None
}

/// The ranges between the boundary lines. A boundary that never comes leaves the body whole.
fn split(
    raw: &[u8],
    body: Range<usize>,
    boundary: &str,
    limits: &Limits,
) -> Result<Vec<Range<usize>>, Trouble> {
    let boundary = boundary.trim_end();
    if boundary.is_empty() {
        return Ok(Vec::new());
    }
    let delimiter = format!("--{boundary}");
    let finder = memchr::memmem::Finder::new(delimiter.as_bytes());
    let mut ranges = Vec::new();
    let mut open: Option<usize> = None;
    let mut from = body.start;
    while let Some(found) = finder.find(&raw[from..body.end]) {
        let at = from + found;
        from = at + delimiter.len();
        if at > body.start && raw[at - 1] != b'\n' {
            continue;
        }
        let line = line_from(raw, at, body.end);
        let Some(end) = delimits(&raw[from..line.end]) else { continue };
        // Boundary lines right after each other are one.
        if let Some(start) = open.filter(|start| *start < at) {
            ranges.push(start..before_line_end(raw, start, at));
        }
        if ranges.len() > limits.parts {
            return Err(Trouble::TooManyParts { limit: limits.parts });
        }
        from = line.end;
        open = (end == End::Part).then_some(line.end);
        if open.is_none() {
            return Ok(ranges);
        }
    }
    ranges.extend(open.map(|start| start..body.end));
    Ok(ranges)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum End {
    Part,
    Multipart,
}

/// What a line that begins with the boundary ends by what is left of it, or nothing when the boundary goes on.
fn delimits(rest: &[u8]) -> Option<End> {
    match rest.trim_ascii() {
        b"" => Some(End::Part),
        // Signs that no boundary has, as in `--b-->`, are dirt.
        [b'-', b'-', dirt @ ..] if dirt.first().is_none_or(|byte| !is_of_boundary(*byte)) => {
            Some(End::Multipart)
        }
        _ => None,
    }
}

fn is_of_boundary(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"'()+_,-./:=?".contains(&byte)
}

/// The line end before a boundary belongs to the boundary.
fn before_line_end(raw: &[u8], start: usize, at: usize) -> usize {
    let mut end = at;
    if end > start && raw[end - 1] == b'\n' {
        end -= 1;
        if end > start && raw[end - 1] == b'\r' {
            end -= 1;
        }
    }
    end
}

impl Part {
    /// The text of a leaf, at most `limit` bytes of it, with `\n` at the ends of lines.
    pub(crate) fn text(&self, raw: &[u8], limit: usize) -> (String, bool) {
        let (bytes, cut) = self.transfer.up_to(&raw[self.body.clone()], limit);
        let label = match self.charset.as_deref() {
            None if self.mime == "text/html" && std::str::from_utf8(&bytes).is_err() => {
                charset::written_in(&bytes)
            }
            label => label.map(str::to_owned),
        };
        let text = lines(&charset::decode(&bytes, label.as_deref()));
        let text = match self.flow {
            Flow::Fixed => text,
            Flow::Flowed => flowed::joined(&text, false),
            Flow::FlowedWithoutBlank => flowed::joined(&text, true),
        };
        (text, cut)
    }
}

fn flow(content: &Parameters) -> Flow {
    let says =
        |name: &str, value: &str| content.named(name).is_some_and(|one| one.eq_ignore_ascii_case(value));
    match (content.value == "text/plain" && says("format", "flowed"), says("delsp", "yes")) {
        (false, _) => Flow::Fixed,
        (true, false) => Flow::Flowed,
        (true, true) => Flow::FlowedWithoutBlank,
    }
}

/// The same text with `\n` at the ends of lines and without NUL.
pub(crate) fn lines(text: &str) -> String {
    if !text.contains(['\r', '\0']) {
        return text.to_owned();
    }
    text.replace("\r\n", "\n").replace('\r', "\n").replace('\0', "")
}
