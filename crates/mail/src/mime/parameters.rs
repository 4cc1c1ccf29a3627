//! Values with parameters, as in `Content-Type`: quoted, continued and encoded (RFC 2231), or careless.

use std::collections::BTreeMap;

use crate::{charset, header, words};

/// A value and what stands behind it.
#[derive(Debug, Default)]
pub(super) struct Parameters {
    /// In lower case, without what does not belong to it.
    pub value: String,
    list: Vec<(String, String)>,
}

/// The most parameters that are read from one field.
const MOST: usize = 200;

impl Parameters {
    pub(super) fn read(raw: &[u8]) -> Self {
        let line = header::unfolded(raw);
        let line = line.trim_start();
        let end = line.find([';', ' ', '\t']).unwrap_or(line.len());
        let value = line[..end].trim_matches(['"', '\'']).to_ascii_lowercase();
        let mut pieces: BTreeMap<String, Vec<Piece>> = BTreeMap::new();
        let mut list: Vec<(String, String)> = Vec::new();
        let mut rest = &line[end..];
        for _ in 0..MOST {
            let Some((name, value, after)) = next(rest) else { break };
            rest = after;
            if let Some((base, place)) = name.split_once('*') {
                pieces.entry(base.to_owned()).or_default().push(Piece::new(place, value));
            } else if list.iter().all(|(known, _)| *known != name) {
                list.push((name, words::decode(&value)));
            }
        }
        // What was encoded is nearer to what was meant than its copy for old programs.
        for (name, pieces) in pieces {
            list.retain(|(known, _)| *known != name);
            list.push((name, joined(pieces)));
        }
        Self { value, list }
    }

    pub(super) fn named(&self, name: &str) -> Option<String> {
        self.list.iter().find(|(key, _)| key == name).map(|(_, value)| value.clone())
    }
}

/// The next parameter, and what follows it. Semicolons may be missing.
fn next(line: &str) -> Option<(String, String, &str)> {
    let mut line = line;
    loop {
        line = line.trim_start_matches([';', ' ', '\t', ',']);
        let end = line.find(['=', ';', ' ', '\t'])?;
        let after = line[end..].trim_start();
        let Some(value) = after.strip_prefix('=') else {
            line = after;
            continue;
        };
        let name = line[..end].to_ascii_lowercase();
        let value = value.trim_start();
        let (value, after) = match value.strip_prefix('"').and_then(quoted) {
            Some(quoted) => quoted,
            None => bare(value, matches!(name.as_str(), "name" | "filename")),
        };
        return Some((name, value, after));
    }
}

/// Up to the closing quote, and what follows.
fn quoted(value: &str) -> Option<(String, &str)> {
    let mut text = String::new();
    let mut chars = value.char_indices();
    while let Some((at, c)) = chars.next() {
        match c {
            '"' => return Some((text, &value[at + 1..])),
            '\\' => text.extend(chars.next().map(|(_, escaped)| escaped)),
            c => text.push(c),
        }
    }
    None
}

/// Up to a semicolon; only names have blanks in them.
fn bare(value: &str, is_name: bool) -> (String, &str) {
    let end = value.find(';').unwrap_or(value.len());
    let end = match value[..end].find([' ', '\t']) {
        Some(blank) if !is_name => blank,
        Some(_) => before_another(&value[..end]),
        None => end,
    };
    (value[..end].trim().trim_matches('"').to_owned(), &value[end..])
}

/// Where a parameter begins that no semicolon parts from the name before it.
fn before_another(value: &str) -> usize {
    let mut starts = value.match_indices([' ', '\t']).map(|(at, _)| at);
    let is_another = |at: &usize| {
        let word = value[at + 1..].split([' ', '\t']).next().unwrap_or_default();
        matches!(word.split_once('='), Some(("charset" | "filename" | "name" | "size" | "boundary", _)))
    };
    starts.find(is_another).unwrap_or(value.len())
}

/// One part of a parameter in parts.
struct Piece {
    place: u32,
    is_encoded: bool,
    value: String,
}

impl Piece {
    /// Behind the first star stand the number and another star when the piece is encoded.
    fn new(place: &str, value: String) -> Self {
        let number = place.trim_end_matches('*');
        Self {
            place: number.parse().unwrap_or(0),
            is_encoded: place.is_empty() || place.ends_with('*'),
            value,
        }
    }
}

/// The pieces in their order. Characters are often cut in two between them.
fn joined(mut pieces: Vec<Piece>) -> String {
    pieces.sort_by_key(|piece| piece.place);
    let label = pieces.first().filter(|first| first.is_encoded).and_then(|first| declared(&first.value));
    let mut text = String::new();
    let mut bytes: Vec<u8> = Vec::new();
    for (at, piece) in pieces.iter().enumerate() {
        if piece.is_encoded {
            let value = match label {
                Some(_) if at == 0 => piece.value.splitn(3, '\'').nth(2).unwrap_or_default(),
                _ => &piece.value,
            };
            bytes.extend(percent(value.as_bytes()));
        } else {
            text.push_str(&charset::decode(&std::mem::take(&mut bytes), label.as_deref()));
            text.push_str(&piece.value);
        }
    }
    text.push_str(&charset::decode(&bytes, label.as_deref()));
    words::decode(&text)
}

/// The charset before the first quote of `utf-8'en'words`.
fn declared(value: &str) -> Option<String> {
    let (charset, rest) = value.split_once('\'')?;
    rest.contains('\'').then(|| charset.to_owned())
}

fn percent(value: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(value.len());
    let mut at = 0;
    while at < value.len() {
        let pair = value.get(at + 1..at + 3).and_then(|pair| std::str::from_utf8(pair).ok());
        match pair.filter(|_| value[at] == b'%').and_then(|pair| u8::from_str_radix(pair, 16).ok()) {
            Some(byte) => {
                bytes.push(byte);
                at += 3;
            }
            None => {
                bytes.push(value[at]);
                at += 1;
            }
        }
    }
    bytes
}

#[cfg(test)]
mod tests;
