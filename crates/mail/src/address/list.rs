//! Address lists as they are really written: groups, comments, quotes, missing brackets.

use super::{DisplayName, EmailAddress, Mailbox};
use crate::words;

/// What stands in an address field.
#[derive(Debug, Clone, Default)]
pub(crate) struct Written {
    pub mailboxes: Vec<Mailbox>,
    /// Entries that are no address.
    pub unreadable: usize,
}

/// The most addresses that are read from one field.
const MOST: usize = 1_000;

/// Reads an unfolded address field.
pub(crate) fn written(value: &str) -> Written {
    let mut entry = Entry::default();
    let mut all = Written::default();
    let mut chars = value.chars().peekable();
    while let Some(c) = chars.next() {
        if all.mailboxes.len() == MOST {
            break;
        }
        match c {
            '"' => entry.quoted(&mut chars),
            '(' => entry.comment(&mut chars),
            '<' => entry.angle(&mut chars),
            ',' | ';' => entry.end(&mut all),
            ':' if entry.angle.is_none() && !entry.raw.contains('@') => entry = Entry::default(),
            '\\' => entry.push(chars.next().unwrap_or('\\')),
            c => entry.push(c),
        }
    }
    entry.end(&mut all);
    all
}

#[derive(Default)]
struct Entry {
    /// As written, with quotes: an address without brackets.
    raw: String,
    /// Without quotes: the name before brackets.
    phrase: String,
    remark: String,
    angle: Option<String>,
}

type Rest<'a, 'b> = &'a mut std::iter::Peekable<std::str::Chars<'b>>;

impl Entry {
    fn push(&mut self, c: char) {
        self.raw.push(c);
        self.phrase.push(c);
    }

    fn quoted(&mut self, chars: Rest<'_, '_>) {
        self.raw.push('"');
        while let Some(c) = chars.next() {
            match c {
                '"' => break,
                '\\' => {
                    if let Some(next) = chars.next() {
                        self.raw.extend(['\\', next]);
                        self.phrase.push(next);
                    }
                }
                c => self.push(c),
            }
        }
        self.raw.push('"');
    }

    fn comment(&mut self, chars: Rest<'_, '_>) {
        let mut depth = 1;
        while let Some(c) = chars.next() {
            match c {
                '(' => depth += 1,
                ')' => depth -= 1,
                '\\' => {
                    self.remark.extend(chars.next());
                    continue;
                }
                _ => {}
            }
            if depth == 0 {
                return;
            }
            self.remark.push(c);
        }
    }

    fn angle(&mut self, chars: Rest<'_, '_>) {
        let mut inner = String::new();
        let mut quoted = false;
        for c in chars.by_ref() {
            match c {
                '"' => quoted = !quoted,
                '>' if !quoted => break,
                _ => {}
            }
            inner.push(c);
        }
        if self.angle.is_none() {
            self.angle = Some(inner);
        }
    }

    fn end(&mut self, all: &mut Written) {
        let entry = std::mem::take(self);
        if let Some(angle) = entry.angle {
            let angle = angle.trim();
            if angle.is_empty() {
                return;
            }
            // A route before the address (`@relay:kim@example.org`) has not been used for thirty years.
            let angle =
                if angle.starts_with('@') { angle.rsplit(':').next().unwrap_or(angle) } else { angle };
            let name = if entry.phrase.trim().is_empty() { &entry.remark } else { &entry.phrase };
            all.add(angle, name);
            return;
        }
        let raw = entry.raw.trim();
        if raw.is_empty() {
            return;
        }
        let bare = raw.contains('"') || !raw.contains(char::is_whitespace);
        let address =
            if bare { raw } else { raw.split_whitespace().find(|word| word.contains('@')).unwrap_or(raw) };
        all.add(address, &entry.remark);
    }
}

impl Written {
    fn add(&mut self, address: &str, name: &str) {
        let address = address.strip_prefix("mailto:").unwrap_or(address);
        let read = EmailAddress::parse(address).or_else(|trouble| {
            let tight: String = words::decode(address).chars().filter(|c| !c.is_whitespace()).collect();
            if tight == address { Err(trouble) } else { EmailAddress::parse(&tight) }
        });
        match read {
            Ok(address) => {
                let name = DisplayName::cleaned(&words::decode(name));
                self.mailboxes.push(Mailbox { name, address });
            }
            Err(_) => self.unreadable += 1,
        }
    }
}
