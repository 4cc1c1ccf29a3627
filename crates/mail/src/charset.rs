//! Bytes to text, whatever the label says.

use encoding_rs::{Encoding, REPLACEMENT, WINDOWS_1252};

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

/// UTF-8 where it is valid, else what Western mailers mean by unlabelled bytes.
pub(crate) fn guess(bytes: &[u8]) -> String {
    match std::str::from_utf8(bytes) {
        Ok(text) => text.strip_prefix('\u{feff}').unwrap_or(text).to_owned(),
        Err(_) if bytes.contains(&0x1b) => named(bytes, "iso-2022-jp"),
        Err(_) => WINDOWS_1252.decode_without_bom_handling(bytes).0.into_owned(),
    }
}

fn named(bytes: &[u8], label: &str) -> String {
    match Encoding::for_label(label.as_bytes()) {
        Some(encoding) if encoding != REPLACEMENT => encoding.decode_with_bom_removal(bytes).0.into_owned(),
        _ => match mail_parser::decoders::charsets::map::charset_decoder(label.as_bytes()) {
            Some(decode) => decode(bytes),
            None => guess(bytes),
        },
    }
}
