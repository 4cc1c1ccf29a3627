//! Reports of mail systems in their own words, and what only looks like one.

use super::bounces;
use crate::bounce::{Kind, Reason};
use crate::{Limits, parse};

const REPORTS: &[(&str, &str, &str, Reason, Kind)] = &[
    (
        "exim",
        "Mail delivery failed: returning message to sender",
        "This message was created automatically by mail delivery software.\n\nA message that you sent could not be delivered to one or more of its\nrecipients. This is a permanent error. The following address(es) failed:\n\n  kim@b.org\n    host mx.b.org [192.0.2.1]\n    SMTP error from remote mail server after RCPT TO:<kim@b.org>:\n    550 5.1.1 User unknown\n\n------ This is a copy of the message, including all the headers. ------\n\nMessage-ID: <o@x>\nFrom: a@x.org\nTo: kim@b.org\nSubject: s\n",
        Reason::UserUnknown,
        Kind::Hard,
    ),
    (
        "exim-delay",
        "Warning: message delayed 24 hours",
        "This message was created automatically by mail delivery software.\nA message that you sent has not yet been delivered to one or more of its\nrecipients after more than 24 hours on the queue.\n\n  kim@b.org\n\nNo action is required on your part. Delivery attempts will continue.",
        Reason::Expired,
        Kind::Soft,
    ),
    (
        "qmail",
        "failure notice",
        "Hi. This is the qmail-send program at x.org.\nI'm afraid I wasn't able to deliver your message to the following addresses.\nThis is a permanent error; I've given up. Sorry it didn't work out.\n\n<kim@b.org>:\nSorry, no mailbox here by that name. (#5.1.1)\n\n--- Below this line is a copy of the message.\n\nMessage-ID: <o@x>\n",
        Reason::UserUnknown,
        Kind::Hard,
    ),
    (
        "gmx",
        "Mail delivery failed: returning message to sender",
        "This message was created automatically by mail delivery software.\nA message that you sent could not be delivered to one or more of its recipients. The following addresses failed:\n\n<kim@b.org>:\n552 Quota exceeded\n",
        Reason::MailboxFull,
        Kind::Soft,
    ),
    (
        "exchange-de",
        "Unzustellbar: Hallo",
        "Fehler bei der Nachrichtenzustellung an folgende Empfänger oder Verteilerlisten:\n\nkim@b.org\nDie eingegebene E-Mail-Adresse konnte nicht gefunden werden.\n\nDiagnoseinformationen für Administratoren:\n\nGenerierender Server: x.org\n\nkim@b.org\n#550 5.1.1 RESOLVER.ADR.RecipNotFound; not found ##\n",
        Reason::UserUnknown,
        Kind::Hard,
    ),
    (
        "exchange-fr",
        "Non remis : Bonjour",
        "Échec de la remise à ces destinataires ou groupes :\n\nkim@b.org\nL'adresse de messagerie entrée est introuvable.\n\n#550 5.1.1 RESOLVER.ADR.RecipNotFound ##\n",
        Reason::UserUnknown,
        Kind::Hard,
    ),
    (
        "o365",
        "Undeliverable: Hi",
        "Your message to kim@b.org couldn't be delivered.\nkim wasn't found at b.org.\n\nRemote server returned '550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient kim@b.org not found by SMTP address lookup'",
        Reason::UserUnknown,
        Kind::Hard,
    ),
    (
        "gmail",
        "Delivery Status Notification (Failure)",
        "** Address not found **\n\nYour message wasn't delivered to kim@b.org because the address couldn't be found, or is unable to receive mail.\n\nThe response from the remote server was:\n550 5.1.1 The email account that you tried to reach does not exist.",
        Reason::UserUnknown,
        Kind::Hard,
    ),
    (
        "gmail-full",
        "Delivery Status Notification (Failure)",
        "** Recipient inbox full **\n\nYour message couldn't be delivered to kim@b.org. Their inbox is full, or it's getting too much mail right now.\n\n452 4.2.2 The recipient's inbox is out of storage space.",
        Reason::MailboxFull,
        Kind::Soft,
    ),
    (
        "mailru",
        "Mail failure.",
        "Your message was not delivered to the following recipients:\n\nkim@mail.ru:\nuser not found\n",
        Reason::UserUnknown,
        Kind::Hard,
    ),
    (
        "groupwise",
        "Message status - undeliverable",
        "The message that you sent was undeliverable to the following:\n\tkim@b.org (user not found)\n",
        Reason::UserUnknown,
        Kind::Hard,
    ),
    (
        "domain",
        "Undelivered Mail Returned to Sender",
        "This is the mail system at host x.\n\n<kim@nix.example>: Host or domain name not found. Name service error for\n    name=nix.example type=A: Host not found\n",
        Reason::HostUnknown,
        Kind::Hard,
    ),
    (
        "courier",
        "NOTICE: mail delivery status.",
        "This is a delivery status notification from x.org,\nrunning the Courier mail server, version 0.65.\n\nUNDELIVERABLE MAIL\n\nYour message to the following recipients cannot be delivered:\n\n<kim@b.org>:\n    mx.b.org [192.0.2.1]:\n>>> RCPT TO:<kim@b.org>\n<<< 550 No such user\n",
        Reason::UserUnknown,
        Kind::Hard,
    ),
];

#[test]
fn in_7_the_words_of_mail_systems_name_recipient_and_reason() {
    for (system, subject, words, reason, kind) in REPORTS {
        let all = bounces(&format!(
            "From: MAILER-DAEMON@mx.example.org\nReturn-Path: <>\nSubject: {subject}\n\n{words}\n"
        ));
        let [one] = all.as_slice() else { panic!("{system}: {all:?}") };
        assert_eq!((one.reason, one.kind), (*reason, *kind), "{system}");
        assert!(one.recipient.as_deref().is_some_and(|to| to.starts_with("kim@")), "{system}: {one:?}");
        if words.contains("<o@x>") {
            assert_eq!(one.original_message_id.as_deref(), Some("<o@x>"), "{system}");
        }
    }
}

const NO_BOUNCES: &[(&str, &str)] = &[
    (
        "absence",
        "From: Kim <k@b.org>\nReturn-Path: <>\nSubject: Out of office\nAuto-Submitted: auto-replied\n\nI am away; mail is not delivered.",
    ),
    (
        "challenge",
        "From: kim@b.org\nReturn-Path: <>\nSubject: Please confirm your message\nAuto-Submitted: auto-replied\n\nYour message is waiting for delivery. Click to confirm that you are a person.",
    ),
    (
        "read",
        "From: kim@b.org\nReturn-Path: <>\nSubject: Read: Hi\nContent-Type: multipart/report; report-type=disposition-notification; boundary=b\n\n--b\n\nYour message was read.\n--b\nContent-Type: message/disposition-notification\n\nFinal-Recipient: rfc822;kim@b.org\nDisposition: manual-action/MDN-sent-manually; displayed\n--b--\n",
    ),
    (
        "deleted unread",
        "From: kim@b.org\nReturn-Path: <>\nSubject: Not read: Hi\nContent-Type: multipart/report; report-type=disposition-notification; boundary=b\n\n--b\n\nYour message was deleted without being read.\n--b\nContent-Type: message/disposition-notification\n\nFinal-Recipient: rfc822;kim@b.org\nDisposition: automatic-action/MDN-sent-automatically; deleted\n--b--\n",
    ),
    (
        "relayed",
        "From: MAILER-DAEMON@b.org\nReturn-Path: <>\nSubject: Successful Mail Delivery Report\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\n\n--b\n\nYour message was relayed.\n--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns;x\n\nFinal-Recipient: rfc822;kim@b.org\nAction: relayed\nStatus: 2.0.0\n--b--\n",
    ),
];

#[test]
fn in_7_absence_challenge_receipts_and_good_news_are_automatic_and_no_bounce() {
    for (name, mail) in NO_BOUNCES {
        let message = parse::message(mail.as_bytes(), &Limits::default()).unwrap();
        assert_eq!(message.bounce, None, "{name}");
        assert!(message.automatic.is_some(), "{name}");
    }
}

fn report(status: &str, action: &str, said: &str) -> String {
    format!(
        "From: MAILER-DAEMON@x.org\nContent-Type: multipart/report; report-type=delivery-status; boundary=q\n\n--q\n\nSorry.\n\
         --q\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; x.org\n\nFinal-Recipient: rfc822; kim@b.org\n\
         Action: {action}\nStatus: {status}\nDiagnostic-Code: smtp; {said}\n\n--q--\n"
    )
}

#[test]
fn in_7_the_code_of_the_refusing_server_is_nearer_to_the_cause() {
    let all = bounces(&report("5.1.1", "failed", "552 5.2.2 Over quota"));
    assert_eq!((all[0].status.as_deref(), all[0].reason), (Some("5.2.2"), Reason::MailboxFull));
    let all = bounces(&report("5.1.1", "failed", "550 no such user"));
    assert_eq!((all[0].status.as_deref(), all[0].kind), (Some("5.1.1"), Kind::Hard));
}

#[test]
fn in_7_a_delay_is_no_hard_failure_and_expansion_is_none() {
    let all = bounces(&report("4.4.1", "delayed", "connection timed out"));
    assert_eq!((all[0].kind, all[0].reason), (Kind::Soft, Reason::Expired));
    assert_eq!(bounces(&report("2.0.0", "expanded", "250 ok")), Vec::new());
}
