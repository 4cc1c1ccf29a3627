use proptest::prelude::*;

use super::*;

fn said(line: &str) -> Option<Response> {
    parse(vec![Piece::Text(line.as_bytes().to_vec())])
}

fn fetched(pieces: &[&str]) -> Option<Fetch> {
    let piece = |(number, text): (usize, &&str)| match number % 2 {
        0 => Piece::Text(text.as_bytes().to_vec()),
        _ => Piece::Literal(Bytes::whole(text.as_bytes().to_vec())),
    };
    match parse(pieces.iter().enumerate().map(piece).collect())? {
        Response::Fetch(fetch) => Some(fetch),
        _ => None,
    }
}

#[test]
fn a_fetched_mail_is_found_among_attributes_of_any_shape() {
    let fetch = fetched(&[
        r#"* 12 FETCH (FLAGS (\Seen (odd) "x") MODSEQ (12) X-GM-LABELS ("\\Inbox" "a)b") UID 7 BODY[] "#,
        "From: a\r\n\r\n)",
        r#" RFC822.SIZE 11 INTERNALDATE " 7-Jul-2026 02:44:25 +0200" X NIL)"#,
    ]);
    let fetch = fetch.unwrap();
    assert_eq!((fetch.uid, fetch.size), (Some(7), Some(11)));
    assert_eq!(fetch.body.unwrap().kept, b"From: a\r\n\r\n)");
    assert_eq!(fetch.internal_date.as_deref(), Some(" 7-Jul-2026 02:44:25 +0200"));
}

#[test]
fn a_body_may_come_as_a_quoted_string_or_not_at_all() {
    let fetch = fetched(&[r#"* 1 FETCH (BODY[] "a \"b\" \\" UID 1)"#]).unwrap();
    assert_eq!(fetch.body.unwrap().kept, br#"a "b" \"#);
    assert_eq!(fetched(&["* 1 FETCH (UID 1 BODY[] NIL)"]).unwrap().body, None);
    let header = fetched(&["* 1 FETCH (BODY[HEADER.FIELDS (DATE)] ", "x", " UID 3)"]).unwrap();
    assert_eq!((header.uid, header.body), (Some(3), None));
}

#[test]
fn a_mail_whose_frame_is_broken_is_no_answer_at_all() {
    for broken in
        ["* 1 FETCH (UID 1", "* 1 FETCH (UID x)", r#"* 1 FETCH (BODY[] "a)"#, "* 1 FETCH", "* 1 FETCH ()x"]
    {
        let read = said(broken);
        assert!(read.is_none() || broken.ends_with('x'), "{broken}: {read:?}");
    }
}

#[test]
fn a_literal_is_announced_at_the_end_of_a_line_only() {
    assert_eq!(literal(b"* 1 FETCH (BODY[] {12}"), Some((18, 12)));
    assert_eq!(literal(b"* 1 FETCH (BODY[] ~{12}"), Some((18, 12)));
    assert_eq!(literal(b"x {12+}"), Some((2, 12)));
    for text in ["x {12} ", "x {}", "x {-1}", "x {99999999999999999999}", "x }", "{a}"] {
        assert_eq!(literal(text.as_bytes()), None, "{text}");
    }
}

#[test]
fn what_the_server_tells_unasked_is_understood_or_stepped_over() {
    assert_eq!(said("* 23 EXISTS"), Some(Response::Exists(23)));
    assert_eq!(said("* 2 EXPUNGE"), Some(Response::Expunged));
    assert_eq!(said("* SEARCH 3 4 (MODSEQ 9)"), Some(Response::Search(vec![3, 4])));
    assert_eq!(said("* SEARCH"), Some(Response::Search(vec![])));
    for other in ["* FLAGS (\\Seen)", "* LIST () \"/\" INBOX", "* 3 RECENT", "* VANISHED 1:5", "*", "* "] {
        assert_eq!(said(other), Some(Response::Other), "{other}");
    }
    for nothing in ["", "220 mx ESMTP", "SSH-2.0-x", "HTTP/1.1 400 Bad Request", " OK"] {
        assert_eq!(said(nothing), None, "{nothing}");
    }
}

#[test]
fn a_status_has_its_code_in_capitals_and_clean_words() {
    let Some(Response::Tagged { tag, status }) = said("a3 NO [unavailable x] try\x1b later") else {
        panic!()
    };
    assert_eq!((tag.as_str(), status.kind, status.passes()), ("a3", Kind::No, true));
    assert_eq!(status.code, ["UNAVAILABLE", "X"]);
    assert_eq!(status.words, "try  later");
}

proptest! {
    #[test]
    fn no_bytes_make_it_panic(parts in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..60), 1..4)) {
        let piece = |(number, text): (usize, Vec<u8>)| match number % 2 {
            0 => Piece::Text(text),
            _ => Piece::Literal(Bytes::whole(text)),
        };
        let _ = parse(parts.into_iter().enumerate().map(piece).collect());
    }

    #[test]
    fn nearly_a_fetch_makes_no_panic_either(text in r#"\* [0-9] FETCH \(?[A-Z\[\]() "\\0-9{}]{0,60}"#) {
        let _ = literal(text.as_bytes());
        let _ = said(&text);
    }
}
