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
        "automatic",
        "bounce",
        "suspended",
    ] {
        assert!(told.get(field).is_some(), "{field}");
    }
}
