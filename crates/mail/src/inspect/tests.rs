use crate::Limits;

#[test]
fn what_is_past_the_limits_is_said_with_its_code_and_its_header() {
    let raw = b"Message-ID: <a@example.org>\r\nFrom: kim@example.org\r\nSubject: big\r\n\r\nbody";
    let told = super::message(raw, &Limits { bytes: 20, ..Limits::default() });
    assert_eq!(told.suspended, Some("too_large"));
    assert_eq!((told.subject.as_deref(), told.from[0].as_str()), (Some("big"), "kim@example.org"));
}

#[test]
fn every_field_is_there_also_when_it_is_empty() {
    let told = serde_json::to_value(super::message(b"Subject: x\r\n\r\n", &Limits::default())).unwrap();
    for field in [
        "message_id",
        "in_reply_to",
        "references",
        "from",
        "to",
        "cc",
        "reply_to",
        "date",
        "visible_text",
        "attachments",
        "other_parts",
        "automatic",
        "bounce",
        "suspended",
    ] {
        assert!(told.get(field).is_some(), "{field}");
    }
}

#[test]
fn in_10_files_are_told_from_parts_without_a_name_and_found_in_enclosed_messages() {
    let raw = b"Content-Type: multipart/mixed; boundary=a\r\n\r\n\
--a\r\nContent-Type: text/plain\r\n\r\nhello\r\n\
--a\r\nContent-Type: image/png\r\n\r\npicture\r\n\
--a\r\nContent-Type: text/plain; name=\" \"\r\n\r\nmore\r\n\
--a\r\nContent-Type: message/rfc822\r\n\r\nSubject: inner\r\nContent-Type: application/pdf; name=inner.pdf\r\n\r\npdf\r\n\
--a\r\nContent-Type: application/pdf\r\nContent-Disposition: attachment\r\n\r\npdf\r\n\
--a-->\r\nno part of it\r\n";
    let told = super::message(raw, &Limits::default());
    let names: Vec<_> = told.attachments.iter().map(|one| (one.filename.as_str(), one.size)).collect();
    assert_eq!(names, [("inner.pdf", 3), ("", 3)]);
    let others: Vec<_> = told.other_parts.iter().map(|one| one.mime.as_str()).collect();
    assert_eq!(others, ["image/png", "message/rfc822"]);
    assert_eq!(told.text.as_deref(), Some("hello\nmore"));
}
