use super::{Check, Trust, Verdict, trusted};
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
