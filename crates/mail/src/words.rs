//! Encoded words (RFC 2047) as real mailers write them.

use crate::{charset, transfer};

/// Replaces every encoded word. Neighbours of one charset are joined before they are decoded, because
/// many mailers cut characters in two.
pub(crate) fn decode(value: &str) -> String {
    let mut text = String::with_capacity(value.len());
    let mut pending: Option<(String, Vec<u8>)> = None;
    let mut rest = value;
    // Behind the last end no word can be; without this each opening would look for one to the end of the value.
    let last_end = value.rfind("?=").unwrap_or(0);
    while let Some(start) = rest.find("=?").filter(|start| value.len() - rest.len() + start < last_end) {
        let Some((word, after)) = word(&rest[start..]) else {
            flush(&mut text, &mut pending);
            text.push_str(&rest[..start + 2]);
            rest = &rest[start + 2..];
            continue;
        };
        let between = &rest[..start];
        if pending.is_none() || !between.trim().is_empty() {
            flush(&mut text, &mut pending);
            text.push_str(between);
        }
        match &mut pending {
            Some((charset, bytes)) if *charset == word.charset => bytes.extend(word.bytes),
            _ => {
                flush(&mut text, &mut pending);
                pending = Some((word.charset, word.bytes));
            }
        }
        rest = after;
    }
    flush(&mut text, &mut pending);
    text.push_str(rest);
    text
}

struct Word {
    charset: String,
    bytes: Vec<u8>,
}

fn word(text: &str) -> Option<(Word, &str)> {
    let inner = text.strip_prefix("=?")?;
    let name = inner.bytes().take(60).position(|byte| byte == b'?')?;
    let (charset, rest) = (&inner[..name], &inner[name + 1..]);
    if charset.is_empty() || charset.contains(char::is_whitespace) {
        return None;
    }
    let (how, rest) =
        rest.split_at_checked(1).and_then(|(how, rest)| Some((how, rest.strip_prefix('?')?)))?;
    let end = rest.find("?=")?;
    let (body, after) = (&rest[..end], &rest[end + 2..]);
    let charset = charset.split('*').next().unwrap_or(charset).to_ascii_lowercase();
    let word = match how {
        "B" | "b" => Word { charset, bytes: transfer::base64(body.as_bytes()) },
        "Q" | "q" if body.is_ascii() => Word { charset, bytes: transfer::quoted_word(body.as_bytes()) },
        "Q" | "q" => {
            Word { bytes: with_bare_letters(body, &charset).into_bytes(), charset: "utf-8".to_owned() }
        }
        _ => return None,
    };
    Some((word, after))
}

/// Letters that nobody encoded stand among what was; they were read already.
fn with_bare_letters(body: &str, charset: &str) -> String {
    let mut text = String::with_capacity(body.len());
    let mut rest = body;
    while !rest.is_empty() {
        let end = rest.find(|c: char| !c.is_ascii()).unwrap_or(rest.len());
        text.push_str(&charset::decode(&transfer::quoted_word(&rest.as_bytes()[..end]), Some(charset)));
        rest = &rest[end..];
        let end = rest.find(|c: char| c.is_ascii()).unwrap_or(rest.len());
        text.push_str(&rest[..end]);
        rest = &rest[end..];
    }
    text
}

fn flush(text: &mut String, pending: &mut Option<(String, Vec<u8>)>) {
    if let Some((charset, bytes)) = pending.take() {
        text.push_str(&charset::decode(&bytes, Some(&charset)));
    }
}

#[cfg(test)]
mod tests;
