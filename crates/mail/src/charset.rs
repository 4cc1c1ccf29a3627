//! Bytes to text, whatever the label says.

mod shifted;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, REPLACEMENT, UTF_8, WINDOWS_1252};

/// Decodes `bytes` as `label` says; without a label, or with one nobody knows, as UTF-8 or else Western.
pub(crate) fn decode(bytes: &[u8], label: Option<&str>) -> String {
    let label = label.map(|label| label.trim().trim_matches(['"', '\'']).to_ascii_lowercase());
    match label.as_deref() {
        None | Some("" | "us-ascii" | "ascii" | "ansi_x3.4-1968" | "unknown-8bit" | "x-unknown") => {
            guess(bytes)
        }
        Some(label) => named(bytes, label),
    }
}

/// UTF-8 where it is, else what the letters themselves speak for.
pub(crate) fn guess(bytes: &[u8]) -> String {
    match std::str::from_utf8(bytes) {
        Ok(text) => text.strip_prefix('\u{feff}').unwrap_or(text).to_owned(),
        Err(_) if bytes.contains(&0x1b) => named(bytes, "iso-2022-jp"),
        Err(_) if is_damaged_utf8(bytes) => String::from_utf8_lossy(bytes).into_owned(),
        Err(_) => likely(bytes).decode_without_bom_handling(bytes).0.into_owned(),
    }
}

/// Cut in the middle of a character, or with a few bytes of something else.
fn is_damaged_utf8(bytes: &[u8]) -> bool {
    let (mut whole, mut broken) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        whole += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    whole > broken
}

/// With fewer letters than this any charset is as likely as another, and most of our mail is Western.
const ENOUGH: usize = 6;

/// The most that is looked at to find out.
const SAMPLE: usize = 16 * 1024;

fn likely(bytes: &[u8]) -> &'static Encoding {
    if bytes.iter().filter(|byte| !byte.is_ascii()).take(ENOUGH).count() < ENOUGH {
        return WINDOWS_1252;
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(&bytes[..bytes.len().min(SAMPLE)], true);
    detector.guess(None, Utf8Detection::Deny)
}

/// The same for bytes that stand near others whose charset is known.
pub(crate) fn guess_near(bytes: &[u8], label: Option<&str>) -> String {
    let is_switched = bytes.windows(2).any(|pair| matches!(pair, b"\x1b$" | b"\x1b("));
    if std::str::from_utf8(bytes).is_ok() && !is_switched {
        return guess(bytes);
    }
    let label = if is_switched { Some("iso-2022-jp") } else { label };
    let sound = |label: &str| {
        let encoding = Encoding::for_label(label.as_bytes()).filter(|one| *one != REPLACEMENT)?;
        encoding.decode_without_bom_handling_and_without_replacement(bytes).map(std::borrow::Cow::into_owned)
    };
    label.and_then(sound).unwrap_or_else(|| guess(bytes))
}

/// The charset that a field of a mail or the head of a page names.
pub(crate) fn written_in(text: &[u8]) -> Option<String> {
    let start = &text[..text.len().min(1024)];
    let at = start.windows(8).position(|name| name.eq_ignore_ascii_case(b"charset="))? + 8;
    let name = start[at..].trim_ascii_start();
    let name: Vec<u8> = name
        .iter()
        .skip_while(|byte| matches!(byte, b'"' | b'\''))
        .take_while(|byte| byte.is_ascii_alphanumeric() || b"-_.:".contains(byte))
        .copied()
        .collect();
    String::from_utf8(name).ok().filter(|name| !name.is_empty())
}

/// Names that only some programs use.
fn usual(label: &str) -> String {
    let label = label.strip_prefix("charset=").unwrap_or(label).trim_matches(['"', '\'']).replace('_', "-");
    match label.as_str() {
        "cp932" | "ms932" | "windows-932" | "x-ms-cp932" => "shift_jis".to_owned(),
        "cp936" | "ms936" | "windows-936" => "gbk".to_owned(),
        "cp949" | "ms949" | "uhc" => "euc-kr".to_owned(),
        "cp950" | "ms950" | "windows-950" => "big5".to_owned(),
        "utf8mb4" | "utf-8mb4" | "unicode-utf-8" => "utf-8".to_owned(),
        "latin-1" | "iso-latin-1" | "8859-1" | "iso-8859-1-windows" => "iso-8859-1".to_owned(),
        _ => match label.strip_prefix("win-").or_else(|| label.strip_prefix("win")) {
            Some(page) if page.starts_with("125") => format!("windows-{page}"),
            _ => label,
        },
    }
}

fn named(bytes: &[u8], label: &str) -> String {
    if let Some(text) = shifted::decode(bytes, label) {
        return text;
    }
    match Encoding::for_label(label.as_bytes()).or_else(|| Encoding::for_label(usual(label).as_bytes())) {
        Some(encoding) if encoding != UTF_8 && is_utf8_after_all(bytes, encoding) => guess(bytes),
        Some(encoding) if encoding != REPLACEMENT => encoding.decode_with_bom_removal(bytes).0.into_owned(),
        _ => match mail_parser::decoders::charsets::map::charset_decoder(label.as_bytes()) {
            Some(decode) => decode(bytes),
            None => guess(bytes),
        },
    }
}

/// Whether the label is wrong: letters of other charsets hardly ever look like UTF-8 by chance, least of all
/// three bytes for each character where two are usual.
fn is_utf8_after_all(bytes: &[u8], label: &'static Encoding) -> bool {
    let Ok(text) = std::str::from_utf8(bytes) else { return false };
    let letters = text.chars().filter(|c| !c.is_ascii());
    if label.is_single_byte() {
        letters.count() > 0
    } else {
        letters.filter(|c| c.len_utf8() > 2).count() > 2
    }
}

#[cfg(test)]
mod tests;
