use super::*;

fn read(line: &str) -> Result<Command, Mistake> {
    parse(line.as_bytes(), Protocol::Lmtp)
}

fn from(from: Option<&str>, size: Option<usize>) -> Result<Command, Mistake> {
    Ok(Command::Mail(Sender { from: from.map(ToOwned::to_owned), size }))
}

#[test]
fn addresses_are_what_stands_between_the_brackets() {
    assert_eq!(read("mail from:<a@b.c>"), from(Some("a@b.c"), None));
    assert_eq!(read("MAIL FROM: <> SIZE=12 BODY=8BITMIME SMTPUTF8"), from(None, Some(12)));
    assert_eq!(read("MAIL FROM:<@relay,@b:a@b.c>"), from(Some("a@b.c"), None));
    assert_eq!(read(r#"RCPT TO:<"a > b"@c.d>"#), Ok(Command::Recipient(r#""a > b"@c.d"#.into())));
    assert_eq!(read("RCPT TO:<Postmaster>"), Ok(Command::Recipient("Postmaster".into())));
    assert_eq!(read("RCPT TO:<jürgen@d.e>"), Ok(Command::Recipient("jürgen@d.e".into())));
}

#[test]
fn what_is_no_address_is_a_mistake() {
    for line in [
        "MAIL FROM:",
        "MAIL FROM:<a>",
        "MAIL FROM:<a@b",
        "MAIL FROM:<a@b>x",
        "MAIL",
        "RCPT TO:<>",
        "RCPT TO:<a@>",
        "RCPT TO:<@b>",
        "RCPT TO:<a<b@c>",
        "RCPT FROM:<a@b>",
        "MAIL FROM:<a\u{0}@b>",
        "DATA now",
        "QUIT x",
        "MAIL FROM:<a@b> SIZE=x",
    ] {
        assert_eq!(read(line), Err(Mistake::Syntax), "{line}");
    }
    assert_eq!(parse(b"NOOP \xff", Protocol::Lmtp), Err(Mistake::Syntax));
}
