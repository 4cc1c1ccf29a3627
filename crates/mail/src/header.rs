//! The fields above a body: split, unfolded, looked up by name.

use std::ops::Range;

use crate::limits::{Limits, Trouble};
use crate::{charset, words};

/// One header field; the value is raw, with its folds.
#[derive(Debug, Clone)]
pub(crate) struct Field {
    pub name: String,
    pub value: Range<usize>,
}

/// The fields of a message or part, in order, and where its body begins.
#[derive(Debug, Clone, Default)]
pub(crate) struct Fields {
    list: Vec<Field>,
    pub body: usize,
    /// In what the body is written; headers with bare letters mostly are too.
    charset: Option<String>,
}

impl Fields {
    /// Reads fields from the start of `range` until a blank line, or a line that cannot be a field.
    pub(crate) fn read(raw: &[u8], range: Range<usize>, limits: &Limits) -> Result<Self, Trouble> {
        let mut fields = Self::split(raw, range, limits)?;
        fields.charset = fields.raw(raw, "content-type").and_then(charset::written_in);
        Ok(fields)
    }

    fn split(raw: &[u8], range: Range<usize>, limits: &Limits) -> Result<Self, Trouble> {
        let mut fields = Self { body: range.end, ..Self::default() };
        let mut at = range.start;
        while at < range.end {
            let line = line_from(raw, at, range.end);
            let text = trimmed(raw, line.clone());
            if text.is_empty() {
                fields.body = line.end;
                return Ok(fields);
            }
            if matches!(raw[at], b' ' | b'\t') {
                if let Some(last) = fields.list.last_mut() {
                    last.value.end = text.end;
                }
            } else if let Some(colon) = colon(&raw[text.clone()]) {
                if fields.list.len() == limits.fields {
                    return Err(Trouble::TooManyFields { limit: limits.fields });
                }
                let name = String::from_utf8_lossy(&raw[at..at + colon]).trim_end().to_ascii_lowercase();
                fields.list.push(Field { name, value: at + colon + 1..text.end });
            } else if goes_on(raw, fields.list.last(), text.clone())
                && let Some(last) = fields.list.last_mut()
            {
                last.value.end = text.end;
            } else if !is_envelope(&raw[text.clone()]) {
                fields.body = at;
                return Ok(fields);
            }
            at = line.end;
        }
        Ok(fields)
    }

    pub(crate) fn len(&self) -> usize {
        self.list.len()
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &Field> {
        self.list.iter()
    }

    pub(crate) fn first(&self, name: &str) -> Option<&Field> {
        self.list.iter().find(|field| field.name == name)
    }

    pub(crate) fn has(&self, name: &str) -> bool {
        self.first(name).is_some()
    }

    pub(crate) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Field> {
        self.list.iter().filter(move |field| field.name == name)
    }

    /// The first value of that name as bytes, with its folds.
    pub(crate) fn raw<'a>(&self, raw: &'a [u8], name: &str) -> Option<&'a [u8]> {
        self.first(name).map(|field| &raw[field.value.clone()])
    }

    /// The first value of that name, unfolded, encoded words left as they are.
    pub(crate) fn plain(&self, raw: &[u8], name: &str) -> Option<String> {
        self.first(name).map(|field| self.line(raw, field))
    }

    /// The value of one field, unfolded, encoded words left as they are.
    pub(crate) fn line(&self, raw: &[u8], field: &Field) -> String {
        folded_out(&charset::guess_near(start_of(&raw[field.value.clone()]), self.charset.as_deref()))
    }

    /// The first value of that name as a person reads it.
    pub(crate) fn text(&self, raw: &[u8], name: &str) -> Option<String> {
        self.plain(raw, name).map(|value| words::decode(&value))
    }
}

/// The most bytes of one field that are read: a thousand addresses or ids.
const LONGEST: usize = 128 * 1024;

/// A raw value on one line, without surrounding blanks; of a very long one only the start.
pub(crate) fn unfolded(value: &[u8]) -> String {
    folded_out(&charset::guess(start_of(value)))
}

fn folded_out(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    let mut fold = false;
    for c in text.trim().chars() {
        match c {
            '\r' | '\n' => fold = true,
            ' ' | '\t' if fold => {}
            '\0' => {}
            c => {
                if fold {
                    line.push(' ');
                    fold = false;
                }
                line.push(c);
            }
        }
    }
    line
}

/// At most `LONGEST` bytes, and no piece of a character at the end.
fn start_of(value: &[u8]) -> &[u8] {
    if value.len() <= LONGEST {
        return value;
    }
    let whole = value[..LONGEST].iter().rposition(u8::is_ascii).map_or(LONGEST, |last| last + 1);
    &value[..whole]
}

/// The line that begins at `at`, with its end.
pub(crate) fn line_from(raw: &[u8], at: usize, end: usize) -> Range<usize> {
    match memchr::memchr(b'\n', &raw[at..end]) {
        Some(length) => at..at + length + 1,
        None => at..end,
    }
}

fn trimmed(raw: &[u8], line: Range<usize>) -> Range<usize> {
    let mut end = line.end;
    while end > line.start && matches!(raw[end - 1], b'\n' | b'\r') {
        end -= 1;
    }
    line.start..end
}

fn colon(line: &[u8]) -> Option<usize> {
    let colon = line.iter().position(|byte| *byte == b':')?;
    let name = &line[..colon];
    let name =
        &name[..name.iter().rposition(|byte| !matches!(byte, b' ' | b'\t')).map_or(0, |last| last + 1)];
    (!name.is_empty() && name.iter().all(|byte| (33..=126).contains(byte))).then_some(colon)
}

/// Some programs fold the parameters of a field without the blank that makes it one.
fn goes_on(raw: &[u8], last: Option<&Field>, line: Range<usize>) -> bool {
    let is_open = last.is_some_and(|last| raw[last.value.clone()].trim_ascii_end().ends_with(b";"));
    let name =
        raw[line.clone()].iter().position(|byte| *byte == b'=').map(|end| &raw[line.start..line.start + end]);
    is_open
        && name.is_some_and(|name| {
            !name.is_empty() && name.iter().all(|byte| byte.is_ascii_alphanumeric() || b"-_*".contains(byte))
        })
}

/// The line with which mbox files and pipes begin a message.
fn is_envelope(line: &[u8]) -> bool {
    line.starts_with(b"From ") || line.starts_with(b">From ")
}

#[cfg(test)]
mod tests;
