use crate::{Limits, parse};

fn read(raw: &[u8]) -> parse::Message {
    parse::message(raw, &Limits::default()).unwrap()
}

#[test]
fn in_10_bare_letters_in_a_header_are_in_the_charset_of_the_body() {
    for (label, words) in [
        ("koi8-r", "Привет из Москвы"),
        ("gb18030", "关于打印机的问题"),
        ("shift_jis", "プリンタの問題について"),
        ("euc-kr", "프린터 문제에 대하여"),
        ("big5", "關於印表機的問題"),
        ("iso-2022-jp", "プリンタの問題"),
        ("iso-8859-1", "Grüße aus Köln"),
        ("utf-8", "Grüße und Привет"),
    ] {
        let encoding = encoding_rs::Encoding::for_label(label.as_bytes()).unwrap();
        let bytes = encoding.encode(words).0;
        let head = format!("Content-Type: text/plain; charset=\"{label}\"\r\nSubject: ");
        let message = read(&[head.as_bytes(), &bytes, b"\r\n\r\n", &bytes].concat());
        assert_eq!(message.subject.as_deref(), Some(words), "{label}, subject");
        assert_eq!(message.text.as_deref(), Some(words), "{label}, text");
    }
}

#[test]
fn in_10_a_header_in_utf_8_stays_although_the_body_is_something_else() {
    let message = read("Content-Type: text/plain; charset=koi8-r\r\nSubject: Grüße\r\n\r\nhi".as_bytes());
    assert_eq!(message.subject.as_deref(), Some("Grüße"));
}

#[test]
fn in_10_a_page_may_name_its_charset_itself() {
    let bytes = encoding_rs::KOI8_R.encode("Привет").0;
    for meta in
        ["<meta charset=\"koi8-r\">", "<meta http-equiv=Content-Type content=\"text/html; charset=koi8-r\">"]
    {
        let head = format!("Content-Type: text/html\r\n\r\n<html><head>{meta}</head><p>");
        assert_eq!(read(&[head.as_bytes(), &bytes].concat()).visible, "Привет", "{meta}");
    }
}
