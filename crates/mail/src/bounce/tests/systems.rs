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

/// Reports of programs that do not call themselves a mail system, or say little: head, words, recipient.
const ODD: &[(&str, &str, &str, &str)] = &[
    (
        "one word for each customer",
        "From: Mail Delivery Subsystem <MAILER-DAEMON@b.org>\nTo: desk@x.org\nSubject: Mail Delivery Problem",
        "Sorry desk@x.org. Your mail to the following recipients could not be delivered because they do not want it:\n\tkim\n",
        "kim@b.org",
    ),
    (
        "the sender is named too",
        "From: Mailer-Daemon@b.org\nTo: bounces+1@x.org\nX-Failed-Recipients: kim@b.org\nSubject: Mail delivery failed",
        "A message sent by\n\n  <desk@x.org>\n\ncould not be delivered. The following address failed:\n\n  kim@b.org\n    no such user\n",
        "kim@b.org",
    ),
    (
        "a gateway without a name",
        "From: antivirus@b.org\nTo: desk@x.org\nSubject: Delivery failure notification",
        "Your message could not be delivered to the following recipients:\n\nkim@b.org\n\nPlease do not send it again.\n",
        "kim@b.org",
    ),
    (
        "a quoted name beside the address",
        "From: admin@b.org\nTo: desk@x.org\nPrecedence: bulk\nSubject: Non-Delivery: Hello",
        "The mail below could not be delivered to the following user:\n\n\"Kim Doe\" <kim@b.org>\n",
        "kim@b.org",
    ),
    (
        "a marked address, and a sentence that looks like the head of a copy",
        "From: MDaemon@b.org\nTo: desk@x.org\nSubject: Permanent Delivery Failure",
        "YOUR MESSAGE WAS NOT DELIVERED!\n\nThe following addresses did NOT receive a copy of your message:\n\n> kim@b.org\n",
        "kim@b.org",
    ),
    (
        "an address with its kind",
        "From: POSTMASTER@b.org\nTo: desk@x.org\nSubject: Message Delivery Failure",
        "The following recipient(s) could not be reached:\n\n\tRecipient: [SMTP:kim@b.org]\n\tReason: 550 mailbox unavailable\n",
        "kim@b.org",
    ),
    (
        "the head of the mail above, the recipient below",
        "From: System Administrator <postmaster@b.org>\nTo: desk@x.org\nSubject: Undeliverable: Hello 2.0.12",
        "Your message\n\n  To:      everybody@x.org\n  Subject: Hello 2.0.12\n\ndid not reach the following recipient(s):\n\nc=US;a= ;p=B;dda:SMTP=kim@b.org; on Fri, 4 Oct 2002\n    The recipient name is not recognized\n",
        "kim@b.org",
    ),
];

#[test]
fn in_7_odd_reports_name_their_recipient() {
    for (name, head, words, recipient) in ODD {
        let all = bounces(&format!("{head}\n\n{words}"));
        let named: Vec<_> = all.iter().map(|one| one.recipient.as_deref().unwrap_or_default()).collect();
        assert_eq!(named, [*recipient], "{name}");
    }
}

/// Reports in the language of their server: subject, words, reason.
const ABROAD: &[(&str, &str, Reason)] = &[
    (
        "Nachricht konnte nicht zugestellt werden",
        "Ihre Nachricht an kim@b.org konnte nicht zugestellt werden.\nDas Postfach ist voll.",
        Reason::MailboxFull,
    ),
    (
        "Message non remis",
        "Votre message n'a pas pu être remis à kim@b.org : adresse introuvable",
        Reason::UserUnknown,
    ),
    (
        "Correo devuelto",
        "Su mensaje no se ha podido entregar a kim@b.org: el buzón está lleno",
        Reason::MailboxFull,
    ),
    (
        "Mancata consegna",
        "Il messaggio non è stato recapitato a kim@b.org: casella piena",
        Reason::MailboxFull,
    ),
    (
        "Falha na entrega",
        "A mensagem para kim@b.org não pôde ser entregue: caixa postal cheia",
        Reason::MailboxFull,
    ),
    ("Недоставлено", "Не удалось доставить сообщение:\n\nkim@b.org\nАдрес не найден.", Reason::UserUnknown),
    (
        "配信不能",
        "以下の受信者への配信に失敗しました:\n\nkim@b.org\nアドレスは見つかりませんでした。",
        Reason::UserUnknown,
    ),
    ("系统退信", "您的邮件无法送达以下收件人:\nkim@b.org\n原因: 用户不存在", Reason::UserUnknown),
    ("Ei voi toimittaa", "Toimitus epäonnistui:\n\nkim@b.org\nOsoitetta ei löytynyt.", Reason::UserUnknown),
    ("Αδυναμία παράδοσης", "Η παράδοση απέτυχε:\n\nkim@b.org\nΗ διεύθυνση δεν βρέθηκε.", Reason::UserUnknown),
];

#[test]
fn in_7_reports_are_understood_in_many_languages() {
    for (subject, words, reason) in ABROAD {
        let head = "From: postmaster@x.org\nTo: desk@x.org\nContent-Type: text/plain; charset=utf-8";
        let all = bounces(&format!("{head}\nSubject: {subject}\n\n{words}\n"));
        let told: Vec<_> = all.iter().map(|one| (one.recipient.as_deref(), one.reason)).collect();
        assert_eq!(told, [(Some("kim@b.org"), *reason)], "{subject}");
    }
}

#[test]
fn in_7_a_mail_system_that_only_sends_a_message_back_reports_it() {
    let mail = "From: MAILER-DAEMON@b.org\nTo: desk@x.org\nContent-Type: multipart/mixed; boundary=q\n\n--q\nContent-Type: text/plain\n\nb.org\n\n<kim@b.org>:\n\n<lee@b.org>:\n--q\nContent-Type: message/rfc822\n\nMessage-ID: <o@x>\n\nhi\n--q--\n";
    let all = bounces(mail);
    let named: Vec<_> = all.iter().filter_map(|one| one.recipient.as_deref()).collect();
    assert_eq!(named, ["kim@b.org", "lee@b.org"]);
    assert!(
        all.iter().all(|one| one.kind == Kind::Soft && one.original_message_id.as_deref() == Some("<o@x>"))
    );
}

#[test]
fn in_7_a_report_that_a_gateway_wrapped_is_read() {
    let inner = report("5.1.1", "failed", "550 no such user");
    let mail = format!(
        "From: postmaster@x.org\nSubject: Delivery Status Notification (Failure)\nContent-Type: multipart/mixed; boundary=w\n\n--w\nContent-Type: message/rfc822\nContent-Disposition: attachment; filename=mail.eml\n\n{inner}\n--w--\n"
    );
    assert_eq!(bounces(&mail)[0].recipient.as_deref(), Some("kim@b.org"));
    let customer = mail.replace("postmaster@x.org", "Kim <kim@c.org>");
    assert_eq!(bounces(&customer), Vec::new(), "a person who attaches a report asks about it");
}

#[test]
fn in_7_a_mail_from_nobody_about_an_unknown_user_is_no_report() {
    assert_eq!(
        bounces("From:\nSubject: Ticket by unknown user\n\nThere is an unknown user here.\n"),
        Vec::new()
    );
}

#[test]
fn in_7_a_complaint_about_several_readers_is_one_for_each() {
    let mail = "From: fbl@b.org\nSubject: complaint\nContent-Type: multipart/report; report-type=feedback-report; boundary=q\n\n--q\n\nabuse\n--q\nContent-Type: message/feedback-report\n\nFeedback-Type: abuse\nOriginal-Rcpt-To: <kim@b.org>\nOriginal-Rcpt-To: lee@b.org\n\n--q\nContent-Type: message/rfc822\n\nMessage-ID: <o@x>\nTo: hidden@x.org\n\nhi\n--q--\n";
    let all = bounces(mail);
    let named: Vec<_> = all.iter().filter_map(|one| one.recipient.as_deref()).collect();
    assert_eq!(named, ["kim@b.org", "lee@b.org"]);
    assert!(all.iter().all(|one| one.reason == Reason::Feedback));
}

#[test]
fn in_7_an_account_without_a_domain_is_named_as_it_was_written_to() {
    let mail = report("5.0.0", "failed", "550 disk quota").replace(
        "Final-Recipient: rfc822; kim@b.org",
        "Original-Recipient: rfc822;kim@b.org\nFinal-Recipient: rfc822;kim@store-daemon",
    );
    assert_eq!(bounces(&mail)[0].recipient.as_deref(), Some("kim@b.org"));
}

#[test]
fn in_7_what_stands_around_a_report_does_not_outweigh_its_code() {
    let mail = "From: MAILER-DAEMON@x.org\nSubject: Delivery Status Notification (Failure)\nContent-Type: multipart/report; report-type=delivery-status; boundary=q\n\n--q\nContent-Type: text/plain\n\nDelivery to the following recipients failed.\n\n       kim@b.org\n\n______________________________\nThis email has been scanned for all viruses.\n--q\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; x.org\n\nFinal-Recipient: rfc822;kim@b.org\nAction: failed\nStatus: 5.1.1\n\n--q--\n";
    assert_eq!(bounces(mail)[0].reason, Reason::UserUnknown);
}

#[test]
fn in_7_a_code_of_another_try_is_not_the_code_of_the_failure() {
    let mail = "From: MAILER-DAEMON@x.org\nSubject: Returned mail\nContent-Type: multipart/report; report-type=delivery-status; boundary=q\n\n--q\nContent-Type: text/plain\n\n   ----- Transcript of session follows -----\n451 4.4.1 reply: read error from mx1.b.org.\n... while talking to mx2.b.org.:\n<<< 554 delivery error\n--q\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; x.org\n\nFinal-Recipient: rfc822;kim@b.org\nAction: failed\nStatus: 5.0.0\nDiagnostic-Code: smtp; 554 delivery error\n\n--q--\n";
    assert_eq!(bounces(mail)[0].status.as_deref(), Some("5.0.0"));
}

/// What servers say, in words that each could have been meant for another family.
const SAID: &[(&str, Reason)] = &[
    ("550 ** No mail box available for this user **", Reason::UserUnknown),
    ("550 BAD_RECIPIENT - see https://b.org/why", Reason::UserUnknown),
    ("550 kim@b.org is not an active address at this host", Reason::UserUnknown),
    ("550 <kim@b.org> not found", Reason::UserUnknown),
    ("550 Odbiorca nie istnieje", Reason::UserUnknown),
    ("550 sorry, that domain or user isn't in my list of allowed rcpthosts", Reason::UserUnknown),
    ("550 sorry, that domain isn't in my list of allowed rcpthosts", Reason::NoRelaying),
    ("550 Postfach nicht vorhanden", Reason::UserUnknown),
    ("550 Adresse introuvable", Reason::UserUnknown),
    ("552 buzón lleno", Reason::MailboxFull),
    ("552 邮箱已满", Reason::MailboxFull),
    ("550 5.7.26 mail has been blocked because DKIM does not pass", Reason::AuthFailure),
    ("421 4.7.0 very low reputation of the sending IP, rate limited", Reason::BadReputation),
    ("552 5.2.3 message exceeded the size limit", Reason::ExceedLimit),
    ("550 Spam email. Session 1", Reason::SpamDetected),
    ("550 Error: SPAM NOT ACCEPTED", Reason::SpamDetected),
    ("450 Greylisted, please try again in 300 seconds", Reason::SpamDetected),
    ("550 go away", Reason::Blocked),
    ("550 Your server requires confirmation", Reason::Blocked),
    ("550 BATV failed to verify", Reason::Rejected),
    ("550 unroutable sender address", Reason::Rejected),
    ("550 this account is protected by a filter", Reason::Filtered),
    ("550 temporary locked", Reason::Suspend),
    ("550 mailbox does not have enough space", Reason::MailboxFull),
    ("550 post by non-member to a members-only list", Reason::PolicyViolation),
    ("451 interrupted system call", Reason::SystemError),
    ("550 mail for b.org loops back to myself", Reason::SystemError),
    ("451 host not found, try again", Reason::NetworkError),
    ("451 server did not respond", Reason::Expired),
];

#[test]
fn in_7_what_servers_say_is_told_apart() {
    for (said, reason) in SAID {
        let all = bounces(&report("5.0.0", "failed", said));
        assert_eq!(all[0].reason, *reason, "{said}");
    }
}

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

#[test]
fn m22_reports_wrapped_in_reports_without_end_are_read_once() {
    let level = "From:postmaster@a.b\nContent-Type:multipart/report;x=delivery-status;boundary=b1\n\n--b1\nContent-Type:message/rfc822\n\n";
    for levels in [1, 2, 20_000] {
        let raw = level.repeat(levels) + "From: a@b.example\nSubject: x\n\nx\n";
        let _ = crate::parse::message(raw.as_bytes(), &crate::Limits::default());
    }
    let wrapped = level.replace("multipart/report;x=delivery-status", "multipart/mixed").repeat(200);
    let _ = crate::parse::message(wrapped.as_bytes(), &crate::Limits::default());
}
