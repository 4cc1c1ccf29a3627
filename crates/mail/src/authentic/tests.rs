use super::{Check, Hop, Trust, Verdict, last_own, trusted, weighed};
use crate::Limits;

mod answers;
mod senders;

fn verdict(header: &str) -> Option<Verdict> {
    let raw = format!("{header}From: kim@example.org\r\nSubject: x\r\n\r\nhello");
    let trust = Trust { authserv_id: "mx.desk.example".into(), own_hops: 1 };
    trusted(raw.as_bytes(), &trust, &Limits::default())
}

const OURS: &str = "Received: from outside by mx.desk.example; Mon, 1 Jan 2024 00:00:00 +0000\r\n";

fn said(result: &str) -> String {
    format!("Authentication-Results: mx.desk.example;\r\n {result}\r\n")
}

#[test]
fn m11_our_own_server_above_its_own_received_is_believed() {
    let header = said(
        "dkim=pass (good) header.d=example.org;\r\n spf=fail smtp.mailfrom=x; dmarc=pass header.from=example.org",
    ) + OURS;
    let found = verdict(&header).unwrap();
    assert_eq!(found, Verdict { dkim: Check::Pass, spf: Check::Fail, dmarc: Check::Pass });
    assert!(found.is_aligned() && !found.is_disowned());
}

#[test]
fn m11_what_came_from_outside_is_not_believed() {
    let pass = said("dmarc=pass header.from=example.org");
    assert_eq!(verdict(&format!("{OURS}{pass}")), None, "below our own hop");
    assert_eq!(verdict(&pass), None, "without our own hop");
    let foreign = pass.replace("mx.desk.example", "mx.elsewhere.example");
    assert_eq!(verdict(&format!("{foreign}{OURS}")), None, "another name");
    let longer = pass.replace("mx.desk.example", "mx.desk.example.evil.example");
    assert_eq!(verdict(&format!("{longer}{OURS}")), None, "a longer name");
}

#[test]
fn m11_the_topmost_result_counts_and_a_forged_one_below_does_not() {
    let header = format!(
        "{}{OURS}{}",
        said("dmarc=fail header.from=example.org"),
        said("dmarc=pass header.from=example.org")
    );
    assert!(verdict(&header).unwrap().is_disowned());
}

#[test]
fn m11_results_in_comments_or_about_another_sender_say_nothing() {
    assert_eq!(verdict(&(said("dmarc=none (dmarc=pass; dmarc=pass)") + OURS)).unwrap().dmarc, Check::None);
    assert_eq!(verdict(&(said("dmarc=pass header.from=other.example") + OURS)).unwrap().dmarc, Check::None);
}

#[test]
fn m17_with_two_senders_nothing_is_believed() {
    let header = said("dmarc=pass header.from=example.org") + OURS + "From: boss@example.org\r\n";
    assert_eq!(verdict(&header), None);
}

fn brought(header: &str, own_hops: usize) -> Option<Hop> {
    let raw = format!("{header}From: kim@example.org\r\n\r\nhello");
    let trust = Trust { authserv_id: "mx.desk.example".into(), own_hops };
    last_own(raw.as_bytes(), &trust, &Limits::default())
}

#[test]
fn m11_who_connected_is_read_from_our_own_hop_only() {
    let ours = "Return-Path: <kim@example.org>\r\n\
                Received: from mail.example.org (mail.example.org [192.0.2.7])\r\n\tby mx.desk.example (Postfix) with ESMTPS id 1\r\n\tfor <help@desk.example>; Mon, 1 Jan 2024\r\n";
    let forged = "Received: from a (a [198.51.100.1]) by mx.desk.example; Mon, 1 Jan 2024\r\n";
    let hop = brought(&format!("{ours}{forged}"), 1).unwrap();
    assert_eq!((hop.ip.to_string().as_str(), hop.helo.as_str()), ("192.0.2.7", "mail.example.org"));
    assert_eq!(hop.mail_from.as_deref(), Some("kim@example.org"));
    assert_eq!(brought(ours, 2), None, "a hop that is not there");
    assert_eq!(brought(&ours.replace("by mx.desk", "by mx.evil"), 1), None, "another server");
    let v6 = ours.replace("[192.0.2.7]", "[IPv6:2001:db8::7]");
    assert_eq!(brought(&v6, 1).unwrap().ip.to_string(), "2001:db8::7");
    assert_eq!(brought(&ours.replace(" (mail.example.org [192.0.2.7])", ""), 1), None, "no address");
}

#[test]
fn m11_nobody_writes_another_address_into_our_hop() {
    let hello =
        "Received: from x (a [203.0.113.9]) (evil [192.0.2.66]) by mx.desk.example; Mon, 1 Jan 2024\r\n";
    assert_eq!(brought(hello, 1), None, "which one is ours?");
    let literal = "Received: from [192.0.2.66] (evil [192.0.2.66]) by mx.desk.example; Mon, 1 Jan 2024\r\n";
    assert_eq!(brought(literal, 1).unwrap().ip.to_string(), "192.0.2.66");
}

#[test]
fn m11_a_yes_that_rests_on_a_signature_needs_a_signature_that_we_find_good() {
    let verdict = |dkim, spf, dmarc| Verdict { dkim, spf, dmarc };
    let said = verdict(Check::Pass, Check::Fail, Check::Pass);
    let good = verdict(Check::Pass, Check::None, Check::Pass);
    let bad = verdict(Check::Fail, Check::None, Check::Unknown);
    assert!(weighed(Some(said), Some(good)).is_aligned());
    assert!(!weighed(Some(said), Some(bad)).is_aligned());
    assert!(!weighed(Some(said), Some(Verdict::TEMPORARY)).is_aligned(), "nobody could be asked");
    let by_server = verdict(Check::None, Check::Pass, Check::Pass);
    assert!(weighed(Some(by_server), Some(Verdict::default())).is_aligned(), "SPF is the server's to see");
    assert!(weighed(Some(verdict(Check::Pass, Check::Pass, Check::Fail)), Some(good)).is_disowned());
    assert!(weighed(Some(Verdict::default()), Some(good)).is_aligned(), "it said nothing");
    assert_eq!(weighed(None, None), Verdict::default());
}
