//! Seven-bit charsets that switch between two sets of letters: HZ, ISO-2022-KR and ISO-2022-CN.

use encoding_rs::{EUC_KR, Encoding, GBK};

/// The text, when `label` names one of these charsets.
pub(super) fn decode(bytes: &[u8], label: &str) -> Option<String> {
    match label {
        "hz-gb-2312" | "hz" | "hzgb2312" => Some(decode_raised(&raised_between_braces(bytes), GBK)),
        "iso-2022-kr" => Some(decode_raised(&raised_between_shifts(bytes), EUC_KR)),
        "iso-2022-cn" | "iso-2022-cn-ext" => Some(decode_raised(&raised_between_shifts(bytes), GBK)),
        _ => None,
    }
}

fn decode_raised(bytes: &[u8], encoding: &'static Encoding) -> String {
    encoding.decode_without_bom_handling(bytes).0.into_owned()
}

/// HZ: `~{` begins the other set, `~}` ends it, `~~` is a tilde.
fn raised_between_braces(bytes: &[u8]) -> Vec<u8> {
    let mut raised = Vec::with_capacity(bytes.len());
    let (mut at, mut high) = (0, 0);
    while at < bytes.len() {
        match (bytes[at], bytes.get(at + 1)) {
            (b'~', Some(b'{')) => (high, at) = (0x80, at + 2),
            (b'~', Some(b'}')) => (high, at) = (0, at + 2),
            (b'~', Some(b'~')) if high == 0 => {
                raised.push(b'~');
                at += 2;
            }
            (byte, _) => {
                let is_end = byte == b'\n';
                high = if is_end { 0 } else { high };
                raised.push(if byte > b' ' { byte | high } else { byte });
                at += 1;
            }
        }
    }
    raised
}

/// ISO-2022: an escape names the other set, SO begins it and SI ends it.
fn raised_between_shifts(bytes: &[u8]) -> Vec<u8> {
    let mut raised = Vec::with_capacity(bytes.len());
    let (mut at, mut high) = (0, 0);
    while at < bytes.len() {
        match bytes[at] {
            0x1b if bytes.get(at + 1) == Some(&b'$') => {
                at += 4;
                continue;
            }
            0x0e => high = 0x80,
            0x0f => high = 0,
            byte => {
                high = if byte == b'\n' { 0 } else { high };
                raised.push(if byte > b' ' { byte | high } else { byte });
            }
        }
        at += 1;
    }
    raised
}
