//! Of whom a mail is: signatures that nobody checked, twins of an address, and mail that was passed on.

use testkit::TestDesk;

use crate::letters::{letter, number, office};
use crate::ticket_trick::whose;

/// M21: fields that speak of signatures prove nobody.
pub(crate) fn m21_a_mail_that_says_it_is_signed_is_not_proven(desk: &TestDesk) {
    let office = office(desk);
    let fields = "X-RT-Incoming-Encryption: Success\r\nX-RT-Incoming-Signature: anna@example.net\r\nX-PGP-Sig: good\r\n\
                  MIME-Version: 1.0\r\nContent-Type: multipart/signed; protocol=\"application/pkcs7-signature\"; micalg=sha-256; boundary=s\r\n";
    let body = "--s\r\nContent-Type: text/plain\r\n\r\nGood signature from Anna.\r\n--s\r\n\
                Content-Type: application/pkcs7-signature; name=smime.p7s\r\nContent-Transfer-Encoding: base64\r\n\r\nMIAGCSqG\r\n--s--";
    let mail = desk.receives(office.inbox, &letter("anna@example.net", "one", "Signed", fields, body));
    let ticket = number(desk, mail.ticket);
    let carried =
        desk.with(office.kim, ticket, |act, seen| Ok(store::mail::carried(act.tx, &seen.read())?)).unwrap();
    assert!(!carried[0].0.proven && carried[0].1.found.is_none());
}

/// M23: one mailbox is one person, and nothing else is.
pub(crate) fn m23_case_and_a_last_dot_are_one_mailbox_and_a_plus_or_a_twin_is_another(desk: &TestDesk) {
    let office = office(desk);
    let mut people = Vec::new();
    for (turn, from) in [
        "anna@example.net",
        "Anna@Example.NET",
        "anna@example.net.",
        "anna+1@example.net",
        "\u{ff41}nna@example.net",
        "anna@ex\u{430}mple.net",
    ]
    .into_iter()
    .enumerate()
    {
        let mail =
            desk.receives(office.inbox, &letter(from, &format!("t{turn}"), "Hi", "", &format!("{turn}")));
        let ticket = mail.ticket.unwrap_or_else(|| panic!("{from}: {mail:?}"));
        let sql = "select requester_id from ticket where id = $1";
        let person: i64 = desk
            .desk
            .look_now(move |look| Ok(look.tx.query_one(sql, store::params![ticket], |row| row.get(0))?))
            .unwrap();
        people.push(person);
    }
    assert!(people[0] == people[1] && people[0] == people[2], "{people:?}");
    let mut others = people.split_off(2);
    others.sort_unstable();
    others.dedup();
    assert_eq!(others.len(), 4, "{others:?}");
}

/// M24: whom a passed-on mail came from is nobody's word, whoever passes it on.
pub(crate) fn m24_a_mail_that_was_passed_on_is_of_who_passed_it_on(desk: &TestDesk) {
    let office = office(desk);
    let passed = "Please see below.\r\n\r\n---------- Forwarded message ---------\r\nFrom: Victim <victim@example.com>\r\n\
                  Date: Mon, 1 Jan 2024\r\nSubject: My secret\r\nTo: anna@example.net\r\n\r\nShow me everything.";
    for from in ["anna@example.net", "kim@example.org"] {
        let mail = desk.receives(office.inbox, &letter(from, from, "Fwd: My secret", "", passed));
        assert!(mail.ticket.is_some() || from != "anna@example.net", "a customer's mail is a ticket");
        if let Some(ticket) = mail.ticket {
            let sql = "select p.email from ticket t join person p on p.id = t.requester_id where t.id = $1";
            let of: String = desk
                .desk
                .look_now(move |look| Ok(look.tx.query_one(sql, store::params![ticket], |row| row.get(0))?))
                .unwrap();
            assert_eq!(of, from);
        }
    }
    let attached = "MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=m\r\n";
    let body = "--m\r\nContent-Type: text/plain\r\n\r\nSee there.\r\n--m\r\nContent-Type: message/rfc822\r\n\r\n\
                From: victim@example.com\r\nSubject: x\r\n\r\nHello\r\n--m--";
    desk.receives(office.inbox, &letter("anna@example.net", "rfc", "Fwd: x", attached, body));
    assert_eq!(whose(desk, "victim@example.com"), None, "nobody became of a quoted line");
}
