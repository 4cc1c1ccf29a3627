//! Whatever comes, the look is short, plain and does not fail.

use super::{at, source};

#[test]
fn the_header_is_shown_as_written_and_the_words_decoded() {
    let peek = at(b"From: a@example.org\r\nSubject: =?utf-8?q?Gr=C3=BC=C3=9Fe?=\r\nContent-Transfer-Encoding: base64\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nR3LDvMOfZSBhdXMgQmVybGlu\r\n");
    assert!(peek.header.ends_with("charset=utf-8") && peek.header.contains("=?utf-8?q?Gr=C3=BC=C3=9Fe?="));
    assert_eq!(peek.text, "Gr\u{fc}\u{df}e aus Berlin");
    assert!(!peek.is_cut);
}

#[test]
fn html_becomes_text() {
    let peek = at(b"Content-Type: text/html\n\n<p>Hello <b>Kim</b></p><script>alert(1)</script>");
    assert!(peek.text.contains("Hello Kim"), "{}", peek.text);
    assert!(!peek.text.contains('<'), "{}", peek.text);
}

#[test]
fn what_turns_a_line_around_or_hides_is_made_visible() {
    let peek = at("Subject: a\u{202e}cod.exe\nX: \u{1b}[31m\n\nred\u{7}".as_bytes());
    assert!(!peek.header.contains(['\u{202e}', '\u{1b}']) && peek.header.contains('\u{fffd}'));
    assert_eq!(peek.text, "red\u{fffd}");
}

#[test]
fn a_mail_without_end_is_cut() {
    let peek = at(format!("Subject: long\n\n{}", "words and ".repeat(200_000)).as_bytes());
    assert!(peek.is_cut && peek.text.len() <= super::MOST_TEXT, "{}", peek.text.len());
}

proptest::proptest! {
    #[test]
    fn no_bytes_break_it(bytes in proptest::collection::vec(proptest::num::u8::ANY, 0..2000)) {
        let peek = at(&bytes);
        proptest::prop_assert!(peek.header.len() <= 3 * super::MOST_HEADER);
    }
}

#[test]
fn the_source_is_everything_as_written_and_nothing_in_it_hides() {
    let (text, is_cut) = source("Subject: a\u{202e}b\r\n\r\n<b>=3D</b>\u{1b}".as_bytes());
    assert_eq!((text.as_str(), is_cut), ("Subject: a\u{fffd}b\n\n<b>=3D</b>\u{fffd}", false));
    let (long, is_cut) = source("words and ".repeat(200_000).as_bytes());
    assert!(is_cut && long.len() <= super::MOST_BYTES, "{}", long.len());
}
