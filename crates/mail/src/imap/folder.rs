//! Names of folders and other strings as IMAP writes them.

use crate::secret::base64;

/// Modified UTF-7 (RFC 3501, 5.1.3): letters beyond ASCII as base64 of UTF-16 between `&` and `-`.
pub(super) fn encoded(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    let mut beyond = Vec::new();
    for letter in name.chars() {
        if matches!(letter, ' '..='~') {
            flush(&mut beyond, &mut out);
            out.push(letter);
            if letter == '&' {
                out.push('-');
            }
        } else {
            let mut units = [0; 2];
            beyond.extend(letter.encode_utf16(&mut units).iter().flat_map(|unit| unit.to_be_bytes()));
        }
    }
    flush(&mut beyond, &mut out);
    out
}

fn flush(beyond: &mut Vec<u8>, out: &mut String) {
    if !beyond.is_empty() {
        let text = base64(beyond).replace('/', ",");
        out.push('&');
        out.push_str(text.trim_end_matches('='));
        out.push('-');
        beyond.clear();
    }
}

/// A quoted string; `None` for what no quotes can hold.
pub(super) fn quoted(text: &str) -> Option<String> {
    if text.chars().any(|letter| matches!(letter, '\r' | '\n' | '\0')) {
        return None;
    }
    Some(format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_folders_are_written_in_the_letters_of_imap() {
        assert_eq!(encoded("INBOX"), "INBOX");
        assert_eq!(encoded("R&D"), "R&-D");
        assert_eq!(encoded("Gelöscht"), "Gel&APY-scht");
        assert_eq!(encoded("台北/日本語"), "&U,BTFw-/&ZeVnLIqe-");
        assert_eq!(encoded("a\r\nb"), "a&AA0ACg-b");
    }

    #[test]
    fn quotes_hold_what_they_can_and_refuse_the_rest() {
        assert_eq!(quoted(r#"a"b\c"#).unwrap(), r#""a\"b\\c""#);
        assert_eq!(quoted("a\r\nA1 DELETE x"), None);
    }
}
