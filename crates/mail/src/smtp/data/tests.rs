use proptest::prelude::*;

use super::*;

fn stuffed(message: &[u8], piece: usize) -> Vec<u8> {
    let mut lines = Lines::new(true);
    let mut out = Vec::new();
    for part in message.chunks(piece) {
        lines.feed(part, &mut out);
    }
    lines.end(&mut out);
    out
}

/// What a careful server makes of it: lines by CRLF, one dot taken away.
fn received(sent: &[u8]) -> Vec<u8> {
    let text: Vec<u8> = [b"\r\n", sent].concat();
    let mut out = Vec::new();
    let mut rest = text.as_slice();
    while let Some(byte) = rest.first() {
        if rest.starts_with(b"\r\n..") {
            out.extend_from_slice(b"\r\n.");
            rest = &rest[4..];
        } else {
            out.push(*byte);
            rest = &rest[1..];
        }
    }
    out.split_off(2)
}

#[test]
fn a_bare_line_feed_with_a_dot_ends_nothing() {
    for smuggled in ["a\n.\nMAIL FROM:<x@y>\r\n", "a\r.\rb", "a\n.\r\nb", "a\r\n.\nb", "a\r.\r\nb"] {
        let sent = stuffed(smuggled.as_bytes(), 100);
        assert!(!String::from_utf8(sent.clone()).unwrap().contains("\r\n.\r\n"), "{smuggled:?}");
        assert_eq!(received(&sent), canonical(smuggled.as_bytes()));
    }
}

#[test]
fn a_message_always_ends_its_last_line() {
    assert_eq!(canonical(b"a"), b"a\r\n");
    assert_eq!(canonical(b"a\r"), b"a\r\n");
    assert_eq!(canonical(b"a\n\n"), b"a\r\n\r\n");
    assert_eq!(canonical(b""), b"");
}

#[test]
fn letters_beyond_ascii_are_found_where_they_stand() {
    let header = beyond_ascii("Subject: ü\r\n\r\na".as_bytes());
    assert_eq!(header, Letters { header: true, body: false });
    let body = beyond_ascii("Subject: u\n\nü".as_bytes());
    assert_eq!(body, Letters { header: false, body: true });
}

proptest! {
    #[test]
    fn whatever_is_sent_arrives_as_its_canonical_form(
        message in prop::collection::vec(prop::sample::select(b"a.\r\n".to_vec()), 0..40),
        piece in 1usize..8,
    ) {
        let sent = stuffed(&message, piece);
        prop_assert_eq!(received(&sent), canonical(&message));
        let ended = [b"\r\n".as_slice(), &sent, b".\r\n"].concat();
        let first_end = ended.windows(5).position(|five| five == b"\r\n.\r\n");
        prop_assert_eq!(first_end, Some(ended.len() - 5));
        let bare = sent.iter().enumerate().any(|(at, byte)| match byte {
            b'\n' => at == 0 || sent[at - 1] != b'\r',
            b'\r' => sent.get(at + 1) != Some(&b'\n'),
            _ => false,
        });
        prop_assert!(!bare);
    }
}
