use super::{DisplayName, EmailAddress, written};

fn addresses(field: &str) -> Vec<String> {
    written(field).mailboxes.iter().map(|one| one.address.as_str().to_owned()).collect()
}

#[test]
fn m17_lists_are_read_with_groups_comments_quotes_and_missing_brackets() {
    assert_eq!(
        addresses("Kim <kim@example.org>, lee@example.org (Lee)"),
        ["kim@example.org", "lee@example.org"]
    );
    assert_eq!(
        addresses("friends: kim@example.org, <lee@example.org>;, ray@example.org"),
        ["kim@example.org", "lee@example.org", "ray@example.org"]
    );
    assert_eq!(addresses("\"Doe, Kim\" <kim@example.org>"), ["kim@example.org"]);
    assert_eq!(addresses("Kim <kim@example.org"), ["kim@example.org"]);
    assert_eq!(addresses("\"odd local\"@example.org"), ["\"odd local\"@example.org"]);
    assert_eq!(addresses("undisclosed-recipients:;"), Vec::<String>::new());
}

#[test]
fn m17_a_name_that_looks_like_an_address_is_not_the_address() {
    let all = written("\"boss@example.org\" <stranger@elsewhere.example>");
    assert_eq!(all.mailboxes.len(), 1);
    assert_eq!(all.mailboxes[0].address.as_str(), "stranger@elsewhere.example");
}

#[test]
fn m20_names_are_short_one_line_and_no_link() {
    assert_eq!(DisplayName::cleaned("http://evil.example Pay now"), None);
    assert_eq!(DisplayName::cleaned("Kim\r\nBcc: x@example.org").unwrap().as_str(), "Kim Bcc: x@example.org");
    assert_eq!(DisplayName::cleaned("a\u{202e}gpj.exe").unwrap().as_str(), "agpj.exe");
    assert_eq!(DisplayName::cleaned(&"x".repeat(5_000)).unwrap().as_str().len(), 100);
    assert_eq!(DisplayName::cleaned(" \u{200b} "), None);
}

#[test]
fn m23_equal_is_the_same_mailbox_and_nothing_is_folded() {
    let parse = |text| EmailAddress::parse(text).unwrap();
    assert_eq!(parse("A@X.example"), parse("a@x.example."));
    assert_ne!(parse("a+1@x.example"), parse("a@x.example"));
    assert_ne!(parse("\u{ff21}@x.example"), parse("a@x.example"), "a full-width letter is another letter");
    assert_eq!(parse("kim@b\u{fc}cher.example").key(), "kim@xn--bcher-kva.example");
}

#[test]
fn m16_no_address_carries_a_line_end_or_a_hidden_sign() {
    for bad in [
        "a@b.example\r\nBcc: c@d.example",
        "a\0@b.example",
        "a@b.exa\u{2028}mple",
        "a@b@c",
        "@b",
        "a@",
        "a b@c.d",
        "a@b..c",
        "<a@b.c>",
    ] {
        assert!(EmailAddress::parse(bad).is_err(), "{bad:?}");
    }
}

#[test]
fn m17_mixed_scripts_are_shown_in_ascii() {
    let native = EmailAddress::parse("kim@b\u{fc}cher.example").unwrap();
    assert_eq!(native.shown(), "kim@b\u{fc}cher.example");
    let mixed = EmailAddress::parse("kim@p\u{0430}ypal.example").unwrap();
    assert!(mixed.shown().starts_with("kim@xn--"), "{}", mixed.shown());
}
