use super::{MOST, text};

#[test]
fn text_is_what_has_nothing_else_in_it() {
    assert_eq!(text(b"one\r\n\ttwo"), Some(("one\r\n\ttwo".to_owned(), false)));
    assert_eq!(text("größer".as_bytes()), Some(("größer".to_owned(), false)));
    for other in [&b""[..], b"a\0b", b"\x7fELF", b"gr\xf6\xdfer", b"\x1b[31m"] {
        assert_eq!(text(other), None, "{other:?}");
    }
}

#[test]
fn a_long_text_is_cut_between_its_signs() {
    let long = "ü".repeat(MOST);
    let (words, cut) = text(&long.as_bytes()[..=MOST]).unwrap();
    assert!(cut && words.chars().all(|sign| sign == 'ü') && words.len() <= MOST);
}
