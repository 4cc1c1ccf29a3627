use proptest::prelude::*;

use super::{Message, ReturnPath, message};
use crate::limits::{Limits, Trouble};

mod agreed;

fn read(raw: &str) -> Message {
    message(raw.as_bytes(), &Limits::default()).unwrap()
}

#[test]
fn in_1_an_empty_message_id_is_no_id() {
    assert_eq!(read("Message-ID: <>\r\nSubject: x\r\n\r\n").message_id, None);
    assert_eq!(read("Message-ID:\r\nSubject: x\r\n\r\n").message_id, None);
}

#[test]
fn in_5_reply_to_is_kept_apart_from_who_it_is() {
    let message = read("From: kim@example.org\r\nReply-To: boss@example.org\r\n\r\nhi");
    assert_eq!(message.from[0].address.as_str(), "kim@example.org");
    assert_eq!(message.reply_to[0].address.as_str(), "boss@example.org");
    assert!(!message.from_is_doubtful);
}

#[test]
fn m17_several_senders_or_none_are_doubtful() {
    assert!(read("From: a@example.org, b@example.org\r\n\r\n").from_is_doubtful);
    assert!(read("From: a@example.org\r\nFrom: b@example.org\r\n\r\n").from_is_doubtful);
    assert!(read("From: nobody\r\n\r\n").from_is_doubtful);
    assert!(read("Subject: x\r\n\r\n").from_is_doubtful);
}

#[test]
fn in_10_charsets_and_encodings_of_real_life_are_read() {
    let message = read("Subject: =?utf-8?B?w6TDtg==?= =?utf-8?Q?=C3?=\r\n =?utf-8?Q?=BC?=\r\n\r\n");
    assert_eq!(message.subject.as_deref(), Some("\u{e4}\u{f6}\u{fc}"), "a character cut in two is joined");
    let latin = b"Content-Type: text/plain; charset=iso-8859-1\r\n\r\nf\xfcr";
    assert_eq!(super::message(latin, &Limits::default()).unwrap().text.as_deref(), Some("f\u{fc}r"));
    let unlabelled = b"Subject: x\r\n\r\nf\xfcr";
    assert_eq!(super::message(unlabelled, &Limits::default()).unwrap().text.as_deref(), Some("f\u{fc}r"));
    let quoted = read("Content-Transfer-Encoding: quoted-printable\r\n\r\nlong=\r\n line=20\r\n=E2=82=AC");
    assert_eq!(quoted.text.as_deref(), Some("long line \n\u{20ac}"));
}

#[test]
fn in_10_a_page_alone_is_seen_as_text() {
    let message = read("Content-Type: text/html\r\n\r\n<p>Hello<br>there</p><blockquote>old</blockquote>");
    assert_eq!((message.text.as_deref(), message.visible.as_str()), (None, "Hello\nthere"));
}

#[test]
fn in_10_a_multipart_without_its_boundary_is_still_seen() {
    let message = read("Content-Type: multipart/mixed; boundary=a\r\n\r\nwritten without parts");
    assert_eq!(message.visible, "written without parts");
}

#[test]
fn in_10_a_message_that_was_passed_on_stays_visible() {
    let body =
        "FYI\n\n-----Original Message-----\nFrom: Lee\nSent: Monday\nTo: Kim\nSubject: Old\n\nold words\n";
    assert!(read(&format!("Subject: FW: Old\n\n{body}")).visible.contains("old words"));
    assert_eq!(read(&format!("Subject: Re: Old\n\n{body}")).visible, "FYI");
}

#[test]
fn old_macintosh_line_ends_are_line_ends() {
    let message = read("From: kim@example.org\rSubject: x\r\rone\rtwo");
    assert_eq!((message.subject.as_deref(), message.text.as_deref()), (Some("x"), Some("one\ntwo")));
}

#[test]
fn in_10_a_mark_of_utf_8_before_the_header_is_no_body() {
    let message = message(b"\xef\xbb\xbfSubject: x\r\n\r\nhi", &Limits::default()).unwrap();
    assert_eq!((message.subject.as_deref(), message.text.as_deref()), (Some("x"), Some("hi")));
}

#[test]
fn in_10_what_a_list_writes_below_encoded_text_is_not_decoded() {
    let field = "Content-Transfer-Encoding: base64\r\n\r\n";
    assert_eq!(read(&format!("{field}aGk=\r\n_______\r\nThis list is open.")).text.as_deref(), Some("hi"));
    assert_eq!(read(&format!("{field}aGk=\r\naGk=\r\n")).text.as_deref(), Some("hihi"));
}

#[test]
fn in_9_bytes_without_a_field_and_full_of_nothing_are_no_message() {
    assert_eq!(message(&[1, 0, 2, 0, 3], &Limits::default()).unwrap_err(), Trouble::Empty);
    assert!(message(b"just words", &Limits::default()).is_ok());
}

#[test]
fn a_null_return_path_is_told_from_none() {
    assert_eq!(read("Return-Path: <>\r\n\r\n").return_path, Some(ReturnPath::Null));
    assert_eq!(read("Subject: x\r\n\r\n").return_path, None);
}

#[test]
fn m22_parts_without_end_are_refused_and_not_followed() {
    let nested = "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n".repeat(10_000);
    assert_eq!(message(nested.as_bytes(), &Limits::default()).unwrap_err().code(), "malformed");
    let distinct: String = (0..10_000)
        .map(|i| format!("Content-Type: multipart/mixed; boundary=b{i}\r\n\r\n--b{i}\r\n"))
        .collect();
    assert_eq!(message(distinct.as_bytes(), &Limits::default()).unwrap_err(), Trouble::TooDeep { limit: 32 });
    let inner = "Content-Type: message/rfc822\r\n\r\n".repeat(10_000);
    assert_eq!(message(inner.as_bytes(), &Limits::default()).unwrap().attachments.len(), 1);
}

#[test]
fn m22_too_many_fields_and_too_many_bytes_are_refused() {
    let fields: String = (0..100_000).map(|i| format!("X-{i}: v\r\n")).collect();
    assert_eq!(
        message(fields.as_bytes(), &Limits::default()).unwrap_err(),
        Trouble::TooManyFields { limit: 1_000 }
    );
    let small = Limits { bytes: 10, ..Limits::default() };
    assert_eq!(message(b"Subject: longer", &small).unwrap_err().code(), "too_large");
    assert_eq!(message(b"\r\n \r\n", &Limits::default()).unwrap_err(), Trouble::Empty);
}

/// Seeds of our own making, with one of everything that the reader knows.
const SEEDS: [&[u8]; 5] = [
    include_bytes!("../../fuzz/seeds/alternative.eml"),
    include_bytes!("../../fuzz/seeds/bounce.eml"),
    include_bytes!("../../fuzz/seeds/nested.eml"),
    include_bytes!("../../fuzz/seeds/odd.eml"),
    include_bytes!("../../fuzz/seeds/quoted.eml"),
];

fn mutated() -> impl Strategy<Value = Vec<u8>> {
    let change = (any::<prop::sample::Index>(), prop::collection::vec(any::<u8>(), 0..6), 0_usize..40);
    (0..SEEDS.len(), prop::collection::vec(change, 0..12)).prop_map(|(seed, changes)| {
        let mut raw = SEEDS[seed].to_vec();
        for (at, bytes, cut) in changes {
            let at = at.index(raw.len().max(1)).min(raw.len());
            let end = (at + cut).min(raw.len());
            raw.splice(at..end, bytes);
        }
        raw
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    /// `Broke` is what a caught panic becomes.
    #[test]
    fn m22_no_bytes_break_the_reader(raw in mutated()) {
        prop_assert_ne!(message(&raw, &Limits::default()).err(), Some(Trouble::Broke));
    }

    #[test]
    fn m22_no_random_bytes_break_the_reader(raw in prop::collection::vec(any::<u8>(), 0..800)) {
        prop_assert_ne!(message(&raw, &Limits::default()).err(), Some(Trouble::Broke));
    }
}
