use proptest::prelude::*;

use super::{ComposeError, Enclosed, HeaderText, Nature, Outgoing, Signer, Unsubscribe, build};
use crate::address::{DisplayName, EmailAddress, Mailbox};
use crate::parse::Message;
use crate::{Limits, parse};

fn mailbox(name: &str, address: &str) -> Mailbox {
    Mailbox { name: DisplayName::cleaned(name), address: EmailAddress::parse(address).unwrap() }
}

fn mail() -> Outgoing {
    Outgoing {
        message_id: "<abc@example.org>".into(),
        from: mailbox("Help, Ltd.", "help@example.org"),
        reply_to: Some(mailbox("", "help+token@example.org")),
        to: vec![mailbox("Kim \u{d6}zt\u{fc}rk", "kim@example.net")],
        cc: vec![],
        bcc: vec![mailbox("", "secret@example.net")],
        subject: HeaderText::parse("Gr\u{fc}\u{df}e").unwrap(),
        date: 1_577_956_272,
        in_reply_to: Some("<r9@example.net>".into()),
        references: (0..12).map(|i| format!("<r{i}@example.net>")).collect(),
        markdown: "Hello **Kim**,\n\nline one\nline two \u{20ac}\n\n.\n".into(),
        inline: vec![],
        attachments: vec![],
        nature: Nature::Personal,
        loop_mark: HeaderText::parse("desk-1").unwrap(),
        unsubscribe: None,
    }
}

fn read(raw: &[u8]) -> Message {
    parse::message(raw, &Limits::default()).unwrap()
}

fn text(mail: &Outgoing) -> String {
    String::from_utf8(build(mail).unwrap()).unwrap()
}

fn keys(all: &[Mailbox]) -> Vec<String> {
    all.iter().map(|one| one.address.key().to_owned()).collect()
}

#[test]
fn out_3_a_mail_carries_its_thread_its_inbox_and_its_way_back() {
    let message = read(&build(&mail()).unwrap());
    assert_eq!(message.message_id.as_deref(), Some("<abc@example.org>"));
    assert_eq!(message.in_reply_to, ["<r9@example.net>"]);
    let kept = [0, 1, 2, 3, 6, 7, 8, 9, 10, 11].map(|i| format!("<r{i}@example.net>"));
    assert_eq!(message.references, kept);
    assert_eq!(
        (keys(&message.from), keys(&message.reply_to)),
        (vec!["help@example.org".into()], vec!["help+token@example.org".into()])
    );
    assert_eq!((message.subject.as_deref(), message.date), (Some("Gr\u{fc}\u{df}e"), Some(1_577_956_272)));
    assert_eq!(message.to, mail().to);
}

#[test]
fn out_3_only_generated_mail_says_that_nobody_wrote_it() {
    let signs = ["Auto-Submitted", "X-Auto-Response-Suppress", "Precedence"];
    let personal = text(&mail());
    assert!(signs.iter().all(|sign| !personal.contains(sign)), "{personal}");
    let reply = text(&Outgoing { nature: Nature::AutoReply, ..mail() });
    assert!(
        reply.contains("Auto-Submitted: auto-replied\r\n")
            && reply.contains("X-Auto-Response-Suppress: All\r\n")
    );
    assert!(
        text(&Outgoing { nature: Nature::Generated, ..mail() })
            .contains("Auto-Submitted: auto-generated\r\n")
    );
}

#[test]
fn m15_every_mail_of_ours_is_known_when_it_comes_back() {
    assert_eq!(read(&build(&mail()).unwrap()).automatic, Some(crate::automatic::Automatic::OwnLoop));
}

#[test]
fn out_4_text_and_page_come_from_one_source() {
    let message = read(&build(&mail()).unwrap());
    assert_eq!(message.text.as_deref().map(str::trim_end), Some(mail().markdown.trim_end()));
    assert!(message.html.unwrap().as_str().contains("<strong>Kim</strong>"));
}

#[test]
fn out_4_images_and_attachments_arrive_byte_by_byte() {
    let bytes: Vec<u8> = (0..=255).cycle().take(5_000).collect();
    let file = |name: &str, id: Option<&str>| Enclosed {
        filename: name.into(),
        mime: "image/png".into(),
        bytes: bytes.clone(),
        content_id: id.map(str::to_owned),
    };
    let raw = build(&Outgoing {
        inline: vec![file("p.png", Some("p@x"))],
        attachments: vec![file("\u{dc}bersicht; 1.png", None)],
        ..mail()
    })
    .unwrap();
    let message = read(&raw);
    assert_eq!(message.attachments.len(), 2);
    assert!(message.attachments.iter().all(|one| one.bytes(&raw) == bytes));
    assert!(message.attachments[0].inline && message.attachments[0].content_id.as_deref() == Some("p@x"));
    assert_eq!(message.attachments[1].filename, "\u{dc}bersicht; 1.png");
}

#[test]
fn out_5_a_way_to_unsubscribe_is_written_when_there_is_one() {
    let unsubscribe =
        Unsubscribe { link: HeaderText::parse("https://example.org/u?a=1>,<x").unwrap(), one_click: true };
    let text = text(&Outgoing { unsubscribe: Some(unsubscribe), ..mail() });
    assert!(text.contains("List-Unsubscribe: <https://example.org/u?a=1x>\r\n"), "{text}");
    assert!(text.contains("List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n"));
}

#[test]
fn who_gets_a_blind_copy_stands_in_no_header() {
    assert!(!text(&mail()).contains("secret@"));
    let nobody = Outgoing { to: vec![], bcc: vec![], ..mail() };
    assert!(matches!(build(&nobody), Err(ComposeError::Nobody)));
}

#[test]
fn m18_no_line_end_is_bare_and_ids_of_strangers_cannot_break_out() {
    let mail = Outgoing {
        markdown: "a\n.\nb\r.\rc".into(),
        references: vec!["<a b>".into(), "<x\r\nBcc: e@x>".into(), "<ok@x>".into()],
        ..mail()
    };
    let raw = build(&mail).unwrap();
    for (at, byte) in raw.iter().enumerate() {
        assert!(*byte != b'\n' || raw[at - 1] == b'\r', "a bare LF at {at}");
        assert!(*byte != b'\r' || raw[at + 1] == b'\n', "a bare CR at {at}");
    }
    assert_eq!(read(&raw).references, ["<ok@x>"]);
}

#[test]
fn m16_header_text_is_one_line() {
    for bad in ["a\r\nBcc: x", "a\nb", "a\0b", "a\u{2028}b", "a\u{85}b", "a\u{202e}b"] {
        assert!(HeaderText::parse(bad).is_err(), "{bad:?}");
        assert!(
            !HeaderText::cleaned(bad).as_str().contains(['\r', '\n', '\0', '\u{2028}', '\u{85}', '\u{202e}'])
        );
    }
}

#[test]
fn m16_no_name_of_a_file_writes_a_field_of_its_own() {
    for name in [
        "a\r\nBcc: eve@evil.example\r\n\r\nx",
        "a\"; x=\"y",
        "a\0\u{2028}\u{202e}b",
        "=?utf-8?q?=0D=0ABcc:_e@x?=",
    ] {
        let file = Enclosed {
            filename: name.into(),
            mime: "text/plain\r\nBcc: eve@evil.example".into(),
            bytes: b"hello".to_vec(),
            content_id: None,
        };
        let raw = build(&Outgoing { attachments: vec![file], ..mail() }).unwrap();
        let message = read(&raw);
        assert_eq!((keys(&message.to), keys(&message.cc)), (keys(&mail().to), vec![]), "{name:?}");
        assert!(!String::from_utf8_lossy(&raw).contains("\nBcc:"), "{}", String::from_utf8_lossy(&raw));
        assert_eq!(message.attachments.len(), 1, "{name:?}");
    }
}

#[test]
fn out_5_a_signature_stands_above_the_mail() {
    let signer = Signer::ed25519(KEY, "example.org", "s1").unwrap();
    let raw = build(&mail()).unwrap();
    let signed = signer.sign(&raw).unwrap();
    assert!(signed.starts_with(b"DKIM-Signature: v=1;") && signed.ends_with(&raw));
    assert!(matches!(Signer::rsa("no key", "example.org", "s1"), Err(ComposeError::Signature(_))));
}

/// PKCS#8 around 32 bytes that are no secret.
const KEY: &[u8] = &[
    0x30, 0x2e, 2, 1, 0, 0x30, 5, 6, 3, 0x2b, 0x65, 0x70, 4, 0x22, 4, 0x20, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10,
    11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32,
];

fn people() -> impl Strategy<Value = Vec<Mailbox>> {
    let name = prop_oneof![
        ".{0,60}",
        "[a-z,<>\"@;:()\\\\ \r\n]{0,40}",
        Just("=?utf-8?q?a=0D=0ABcc:_x@y?=".to_owned())
    ];
    let one = (name, "[a-z0-9._+-]{1,20}", "[a-z0-9]{1,12}\\.example").prop_filter_map(
        "an address",
        |(name, local, domain)| {
            let address = EmailAddress::parse(&format!("{local}@{domain}")).ok()?;
            Some(Mailbox { name: DisplayName::cleaned(&name), address })
        },
    );
    prop::collection::vec(one, 1..6)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn m16_a_built_mail_has_exactly_the_intended_recipients(to in people(), cc in people(), subject in ".{0,120}", body in "(?s).{0,200}") {
        let mail = Outgoing { to, cc, subject: HeaderText::cleaned(&subject), markdown: body, ..mail() };
        let message = read(&build(&mail).unwrap());
        prop_assert_eq!(keys(&message.to), keys(&mail.to));
        prop_assert_eq!(keys(&message.cc), keys(&mail.cc));
        prop_assert_eq!(keys(&message.from), keys(std::slice::from_ref(&mail.from)));
        prop_assert_eq!(message.message_id.as_deref(), Some("<abc@example.org>"));
    }
}
