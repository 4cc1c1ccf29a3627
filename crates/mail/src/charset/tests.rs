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

#[test]
fn in_10_text_without_a_label_is_read_by_its_letters() {
    for (charset, words) in [
        ("koi8-r", "Здравствуйте, принтер на третьем этаже не печатает с понедельника."),
        ("windows-1251", "Здравствуйте, принтер на третьем этаже не печатает с понедельника."),
        ("big5", "您好，三樓的印表機從星期一開始就無法列印。"),
        ("gb18030", "您好，三楼的打印机从星期一开始就无法打印。"),
        ("shift_jis", "お世話になっております。三階のプリンタが月曜日から印刷できません。"),
        ("euc-jp", "お世話になっております。三階のプリンタが月曜日から印刷できません。"),
        ("euc-kr", "안녕하세요, 삼층 프린터가 월요일부터 인쇄되지 않습니다."),
        ("windows-1253", "Καλημέρα σας, ο εκτυπωτής στον τρίτο όροφο δεν εκτυπώνει από τη Δευτέρα."),
        ("iso-8859-2", "Dzień dobry, drukarka na trzecim piętrze nie działa, proszę o pomoc, dziękuję."),
        (
            "windows-1252",
            "Guten Tag, der Drucker für den dritten Stock läuft nicht; können Sie helfen? Schöne Grüße",
        ),
        (
            "windows-1252",
            "Bonjour, l’imprimante du troisième étage est cassée. Pouvez-vous m’aider ? À bientôt",
        ),
        ("windows-1252", "Grüße aus Köln"),
        ("windows-1252", "café"),
    ] {
        let bytes = encoding_rs::Encoding::for_label(charset.as_bytes()).unwrap().encode(words).0;
        let message = read(&[b"Subject: x\r\n\r\n".as_slice(), &bytes].concat());
        assert_eq!(message.text.as_deref(), Some(words), "{charset}");
    }
}

#[test]
fn in_10_a_label_that_cannot_be_true_is_not_believed() {
    for (label, words) in [
        ("iso-8859-1", "Die Hasen und die Frösche"),
        ("windows-1251", "Здравствуйте"),
        ("gb2312", "您好，打印机"),
        ("koi8-r", "Grüße"),
    ] {
        let message = read(format!("Content-Type: text/plain; charset={label}\r\n\r\n{words}").as_bytes());
        assert_eq!(message.text.as_deref(), Some(words), "{label}");
    }
}

#[test]
fn in_10_a_few_broken_bytes_do_not_spoil_the_rest() {
    let raw =
        [b"Subject: x\r\n\r\n".as_slice(), "Grüße, schöne Tür und Öl".as_bytes(), b"\xff, \xc3"].concat();
    assert_eq!(read(&raw).text.as_deref(), Some("Grüße, schöne Tür und Öl\u{fffd}, \u{fffd}"));
}

#[test]
fn in_10_charsets_that_switch_and_names_of_few_programs_are_known() {
    for (label, bytes, words) in [
        ("hz-gb-2312", b"a~~ ~{VPND~} b".as_slice(), "a~ \u{4e2d}\u{6587} b"),
        ("iso-2022-kr", b"\x1b$)C\x0eGQ1[\x0f ok", "\u{d55c}\u{ae00} ok"),
        ("iso-2022-cn", b"\x1b$)A\x0eVPND\x0f ok", "\u{4e2d}\u{6587} ok"),
        ("cp932", b"\x87\x40", "\u{2460}"),
        ("win-1251", b"\xcf\xf0", "\u{41f}\u{440}"),
        ("charset=iso-8859-1", b"f\xfcr", "f\u{fc}r"),
    ] {
        let head = format!("Content-Type: text/plain; charset=\"{label}\"\r\n\r\n");
        assert_eq!(read(&[head.as_bytes(), bytes].concat()).text.as_deref(), Some(words), "{label}");
    }
}
