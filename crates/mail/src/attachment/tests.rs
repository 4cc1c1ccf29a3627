use super::clean_name;
use crate::{Limits, parse};

const MAIL: &[u8] = b"From: kim@example.org\r\nContent-Type: multipart/mixed; boundary=q\r\n\r\n\
--q\r\nContent-Type: text/plain\r\n\r\nhello\r\n\
--q\r\nContent-Type: application/ms-tnef; name=winmail.dat\r\nContent-Transfer-Encoding: base64\r\n\r\nQUJD\r\nREVG\r\n\
--q\r\nContent-Type: text/calendar; method=REQUEST\r\n\r\nBEGIN:VCALENDAR\r\n\
--q\r\nContent-Type: message/rfc822\r\nContent-Disposition: attachment\r\n\r\nSubject: inner\r\n\r\nbody\r\n--q--\r\n";

#[test]
fn in_10_tnef_calendars_and_messages_hang_on_the_message() {
    let message = parse::message(MAIL, &Limits::default()).unwrap();
    let kinds: Vec<_> =
        message.attachments.iter().map(|one| (one.mime.as_str(), one.filename.as_str())).collect();
    assert_eq!(
        kinds,
        [("application/ms-tnef", "winmail.dat"), ("text/calendar", ""), ("message/rfc822", "inner.eml")]
    );
    assert_eq!(message.text.as_deref(), Some("hello"));
}

#[test]
fn in_10_attachments_are_read_out_of_the_raw_message_in_pieces() {
    let message = parse::message(MAIL, &Limits::default()).unwrap();
    assert_eq!(message.attachments[0].bytes(MAIL), b"ABCDEF");
    assert_eq!(message.attachments[0].size, 6);
    assert_eq!(message.attachments[2].bytes(MAIL), b"Subject: inner\r\n\r\nbody");
}

#[test]
fn c4_names_are_cleaned() {
    assert_eq!(clean_name("../../etc/passwd"), "passwd");
    assert_eq!(clean_name("a\u{200b}\u{202e}b\r\n.txt"), "ab.txt");
    assert_eq!(clean_name(".htaccess"), "htaccess");
    let long = clean_name(&format!("{}.pdf", "x".repeat(4_000)));
    assert!(long.chars().count() <= 200 && long.ends_with(".pdf"), "{long}");
}
