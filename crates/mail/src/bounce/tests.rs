use serde_json::Value;

use super::{Bounce, Kind, Reason};
use crate::tests::public;
use crate::{Limits, parse};

mod systems;

fn bounces(raw: &str) -> Vec<Bounce> {
    parse::message(raw.as_bytes(), &Limits::default()).unwrap().bounce.unwrap_or_default()
}

const DSN: &str = "From: MAILER-DAEMON@mx.example.org\nSubject: Undelivered Mail\nContent-Type: multipart/report; report-type=delivery-status; boundary=q\n\n\
--q\nContent-Type: text/plain\n\nSorry.\n--q\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example.org\n\n\
Final-Recipient: rfc822; kim@example.org\nAction: failed\nStatus: 5.1.1\nDiagnostic-Code: smtp; 550 5.1.1 User unknown\n\n\
Final-Recipient: rfc822; lee@example.org\nAction: failed\nStatus: 5.2.2\nDiagnostic-Code: smtp; 552 5.2.2 Mailbox full\n\n\
Final-Recipient: rfc822; ray@example.org\nAction: delivered\nStatus: 2.0.0\n\n--q\nContent-Type: message/rfc822\n\nMessage-ID: <first@example.org>\nSubject: hi\n\nhi\n--q--\n";

#[test]
fn in_7_a_report_names_each_recipient_with_its_own_reason() {
    let all = bounces(DSN);
    assert_eq!(all.len(), 2, "what was delivered is no bounce");
    assert_eq!(
        (all[0].recipient.as_deref(), all[0].kind, all[0].reason),
        (Some("kim@example.org"), Kind::Hard, Reason::UserUnknown)
    );
    assert_eq!(
        (all[1].recipient.as_deref(), all[1].kind, all[1].reason),
        (Some("lee@example.org"), Kind::Soft, Reason::MailboxFull)
    );
    assert_eq!(all[1].original_message_id.as_deref(), Some("<first@example.org>"));
}

#[test]
fn in_7_an_absence_note_is_no_bounce() {
    let note = "Return-Path: <>\nFrom: Kim <kim@example.org>\nSubject: Automatic reply: question\nAuto-Submitted: auto-replied\n\nI am away. Mail could not be delivered to me personally.";
    let message = parse::message(note.as_bytes(), &Limits::default()).unwrap();
    assert_eq!(message.bounce, None);
    assert!(message.automatic.is_some());
}

#[test]
fn in_7_a_customer_who_quotes_a_bounce_is_no_bounce() {
    let mail = "From: Kim <kim@example.org>\nSubject: Question\n\nI got this: <lee@example.org>: 550 user unknown. Why?";
    assert_eq!(bounces(mail), Vec::new());
}

#[test]
fn in_7_a_customer_who_passes_a_bounce_on_is_no_bounce() {
    let report = "I could not deliver to <lee@example.org>: 550 user unknown. It was returned to sender.";
    for subject in ["Fwd: Undelivered Mail Returned to Sender", "AW: Unzustellbar", "Undeliverable?"] {
        let told = if subject.ends_with('?') { "my mails could not be delivered" } else { report };
        assert_eq!(
            bounces(&format!("From: kim@example.org\nSubject: {subject}\n\n{told}")),
            Vec::new(),
            "{subject}"
        );
    }
}

#[test]
fn in_7_a_bounce_is_automatic() {
    let message = parse::message(DSN.as_bytes(), &Limits::default()).unwrap();
    assert_eq!(message.automatic, Some(crate::automatic::Automatic::Bounce));
}

#[test]
fn in_7_a_code_is_made_from_the_reply_where_none_is_given() {
    let mail = "From: MAILER-DAEMON@mx.example.org\nSubject: failure notice\n\n<kim@example.org>:\nRemote host said: 550 no mailbox here\n\n--- Below this line is a copy of the message.\n\nMessage-ID: <x@example.org>\nFrom: a@example.org\nTo: kim@example.org\nSubject: hi\n";
    let all = bounces(mail);
    assert_eq!(all[0].status.as_deref(), Some("5.0.0"));
    assert_eq!((all[0].kind, all[0].original_message_id.as_deref()), (Kind::Hard, Some("<x@example.org>")));
}

/// How many of the public reports may differ: some of their answers rest on knowledge of one provider.
const KNOWN_DIFFERENCES: usize = 7;

#[test]
fn in_7_public_reports_of_fifty_mail_systems_are_understood() {
    let Some(folder) = public("email-bounce") else { return };
    let expected: Value =
        serde_json::from_slice(&std::fs::read(folder.join("expected.json")).unwrap()).unwrap();
    let mut differences = Vec::new();
    for (name, wanted) in expected.as_object().unwrap() {
        let raw = std::fs::read(folder.join(wanted["file"].as_str().unwrap())).unwrap();
        let got = parse::message(&raw, &Limits::default()).unwrap();
        if wanted["kind"] == "auto_reply" {
            assert!(got.bounce.is_none() && got.automatic.is_some(), "{name}");
            continue;
        }
        let Some(got) = got.bounce else { panic!("{name} is no bounce") };
        for record in wanted["records"].as_array().unwrap() {
            differences.extend(difference(name, record, &got));
        }
    }
    assert!(differences.len() <= KNOWN_DIFFERENCES, "{differences:#?}");
}

fn difference(name: &str, record: &Value, got: &[Bounce]) -> Option<String> {
    let same = |one: &&Bounce| match record["recipient"].as_str() {
        Some(wanted) => one.recipient.as_deref().is_some_and(|got| got.eq_ignore_ascii_case(wanted)),
        None => true,
    };
    let Some(bounce) = got.iter().find(same) else {
        return Some(format!("{name}: nobody is {}", record["recipient"]));
    };
    let hard = record["hard_bounce"] == true;
    let agrees = (bounce.kind == Kind::Hard) == hard && record["reason"] == bounce.reason.as_str();
    (!agrees).then(|| format!("{name}: {} instead of {}", bounce.reason.as_str(), record["reason"]))
}
