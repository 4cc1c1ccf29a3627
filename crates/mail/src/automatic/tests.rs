use super::Automatic;
use crate::{Limits, parse};

fn judged(field: &str) -> Option<Automatic> {
    let raw = format!("From: kim@example.org\r\nTo: desk@example.org\r\n{field}\r\n\r\nhello");
    parse::message(raw.as_bytes(), &Limits::default()).unwrap().automatic
}

#[test]
fn in_6_automatic_mail_is_known_by_each_of_its_signs() {
    let signs = [
        ("Auto-Submitted: auto-replied", Automatic::AutoSubmitted),
        ("Auto-Submitted: auto-generated; owner=\"x\"", Automatic::AutoSubmitted),
        ("Precedence: bulk", Automatic::Precedence),
        ("Precedence: Auto_Reply", Automatic::Precedence),
        ("X-Auto-Response-Suppress: All", Automatic::ResponseSuppressed),
        ("X-Autoreply: yes", Automatic::AutoReply),
        ("X-Autorespond: away", Automatic::AutoReply),
        ("List-Id: <list.example.org>", Automatic::List),
        ("List-Unsubscribe: <mailto:x@example.org>", Automatic::List),
        ("Mailing-List: contact talk-help@example.org; run by ezmlm", Automatic::List),
        ("X-FC-MachineGenerated: true", Automatic::AutoReply),
        ("Return-Path: <>", Automatic::NullReturnPath),
        ("X-Throughline-Loop: abc", Automatic::OwnLoop),
        (
            "Content-Type: multipart/report; report-type=disposition-notification; boundary=q",
            Automatic::Report,
        ),
        ("Subject: Abwesenheitsnotiz: Frage", Automatic::AbsenceSubject),
    ];
    for (field, sign) in signs {
        assert_eq!(judged(field), Some(sign), "{field}");
    }
    let system = b"From: MAILER-DAEMON@example.org\r\n\r\nhello";
    assert_eq!(parse::message(system, &Limits::default()).unwrap().automatic, Some(Automatic::MailSystem));
}

#[test]
fn in_6_a_person_is_not_taken_for_a_machine() {
    for field in [
        "Auto-Submitted: no",
        "Precedence: normal",
        "X-Auto-Response-Suppress: None",
        "Subject: your office is out",
    ] {
        assert_eq!(judged(field), None, "{field}");
    }
}

#[test]
fn in_6_absence_notes_are_known_by_their_subject_in_many_languages() {
    for subject in [
        "Out of office: Kim",
        "[Automatyczna odpowiedź] Drukarka",
        "Automatische Antwort: Drucker",
        "Réponse automatique : imprimante",
        "Respuesta automática: impresora",
        "Automatisk svar: printer",
        "Automatikus válasz: nyomtató",
        "Автоматический ответ: принтер",
        "Otomatik Yanıt: yazıcı",
        "自动答复: 打印机",
        "자동 회신: 프린터",
    ] {
        let mail = format!("From: kim@example.org\r\nSubject: {subject}\r\n\r\nx");
        let message = crate::parse::message(mail.as_bytes(), &crate::Limits::default()).unwrap();
        assert_eq!(message.automatic, Some(super::Automatic::AbsenceSubject), "{subject}");
    }
    for subject in ["Printer: automatic reply wanted", "Urlaub: Antrag", "Auto kaputt"] {
        let mail = format!("From: kim@example.org\r\nSubject: {subject}\r\n\r\nx");
        let message = crate::parse::message(mail.as_bytes(), &crate::Limits::default()).unwrap();
        assert_eq!(message.automatic, None, "{subject}");
    }
}
