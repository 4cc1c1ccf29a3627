use std::net::IpAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::script::{Drop, Expect, Hang, Script, Tls, egress, identity, say};
use super::*;

/// A resolver with a list of answers, one for each time it is asked.
struct Answers {
    answers: Vec<Vec<&'static str>>,
    asked: AtomicUsize,
}

impl Resolve for Answers {
    fn addresses<'a>(&'a self, _host: &'a str) -> Later<'a, std::io::Result<Vec<IpAddr>>> {
        let number = self.asked.fetch_add(1, Ordering::Relaxed);
        let found = self.answers[number.min(self.answers.len() - 1)].iter();
        let found = found.map(|address| address.parse().unwrap()).collect();
        Box::pin(async { Ok(found) })
    }
}

fn answering(answers: Vec<Vec<&'static str>>) -> (Egress, Arc<Answers>) {
    let answers = Arc::new(Answers { answers, asked: AtomicUsize::new(0) });
    (Egress::with_resolver(answers.clone()), answers)
}

#[test]
fn addresses_that_are_not_the_worlds_are_known_in_every_disguise() {
    let inside_or_nobody = [
        "0.0.0.0",
        "10.1.2.3",
        "100.64.0.1",
        "127.0.0.1",
        "127.255.255.254",
        "169.254.169.254",
        "172.16.0.1",
        "172.31.255.255",
        "192.0.0.1",
        "192.0.2.1",
        "192.168.1.1",
        "198.18.0.1",
        "198.19.255.255",
        "198.51.100.7",
        "203.0.113.9",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::ffff:127.0.0.1",
        "::ffff:8.8.8.8",
        "::127.0.0.1",
        "64:ff9b::7f00:1",
        "64:ff9b::a9fe:a9fe",
        "64:ff9b:1::808:808",
        "2002:7f00:1::",
        "2002:a00:1::1",
        "2001::1",
        "2001:db8::1",
        "100::1",
        "fc00::1",
        "fd12:3456::1",
        "fe80::1",
        "fec0::1",
        "ff02::1",
        "3fff::1",
    ];
    for address in inside_or_nobody {
        assert!(!is_public(address.parse().unwrap()), "{address}");
    }
    for address in ["8.8.8.8", "172.32.0.1", "100.128.0.1", "2606:4700::1111", "64:ff9b::808:808", "2a00::1"]
    {
        assert!(is_public(address.parse().unwrap()), "{address}");
    }
}

#[test]
fn the_own_network_does_not_hold_the_metadata_service() {
    for address in ["127.0.0.1", "10.0.0.1", "192.168.3.4", "172.20.1.1", "::1", "fd00::1", "::ffff:10.0.0.1"]
    {
        assert!(is_inside(address.parse().unwrap()), "{address}");
    }
    for address in
        ["169.254.169.254", "::ffff:169.254.169.254", "fe80::1", "0.0.0.0", "224.0.0.1", "255.255.255.255"]
    {
        assert!(!is_inside(address.parse().unwrap()), "{address}");
    }
}

#[tokio::test]
async fn a_public_host_never_leads_inside_however_it_is_written() {
    let script = Script::play(vec![vec![say("220 hello")]]).await;
    for host in ["localhost", "localhost.", "127.0.0.1", "2130706433", "0x7f.1", "[::1]", "::ffff:127.0.0.1"]
    {
        let endpoint = Endpoint::public(host, script.port, Security::Plain);
        let answer = egress().connect(&endpoint).await.err();
        assert!(matches!(answer, Some(Failure::AddressRefused | Failure::NameUnknown)), "{host}: {answer:?}");
    }
}

#[tokio::test]
async fn a_name_that_changes_its_mind_is_asked_only_once() {
    let (egress, answers) = answering(vec![vec!["169.254.169.254"], vec!["127.0.0.1"]]);
    let endpoint = Endpoint::public("rebinding.example", 1, Security::Plain);
    assert_eq!(egress.connect(&endpoint).await.err(), Some(Failure::AddressRefused));
    assert_eq!(answers.asked.load(Ordering::Relaxed), 1);
}

#[tokio::test]
async fn of_mixed_answers_only_the_allowed_address_is_connected_to() {
    let script = Script::play(vec![vec![say("220 hello")]]).await;
    let (egress, _) = answering(vec![vec!["169.254.169.254", "fe80::1", "127.0.0.1"]]);
    let endpoint = Endpoint { host: "mixed.example".into(), ..script.endpoint(Security::Plain) };
    assert!(egress.connect(&endpoint).await.is_ok());
}

#[tokio::test]
async fn a_certificate_that_nobody_vouches_for_is_refused_and_one_that_was_given_is_not() {
    let script = Script::play(vec![vec![Tls], vec![Tls]]).await;
    let given = script.endpoint(Security::Tls);
    let unknown = Endpoint { root: None, ..given.clone() };
    assert_eq!(egress().connect(&unknown).await.err(), Some(Failure::CertificateRefused));
    assert!(egress().connect(&given).await.unwrap().is_encrypted());
}

#[tokio::test]
async fn a_certificate_for_another_name_is_refused() {
    let script = Script::play(vec![vec![Tls]]).await;
    let endpoint = Endpoint { host: "127.0.0.1".into(), ..script.endpoint(Security::Tls) };
    assert_eq!(egress().connect(&endpoint).await.err(), Some(Failure::CertificateRefused));
}

#[tokio::test]
async fn a_given_certificate_counts_for_its_own_server_only() {
    let script = Script::play(vec![vec![Tls]]).await;
    let (stranger, _) = identity("localhost");
    let endpoint = Endpoint { root: Some(stranger.into()), ..script.endpoint(Security::Tls) };
    assert_eq!(egress().connect(&endpoint).await.err(), Some(Failure::CertificateRefused));
}

#[tokio::test]
async fn what_is_no_certificate_is_said() {
    let script = Script::play(vec![vec![Tls]]).await;
    let endpoint = Endpoint { root: Some("hello".into()), ..script.endpoint(Security::Tls) };
    assert_eq!(egress().connect(&endpoint).await.err(), Some(Failure::RootUnreadable));
}

#[tokio::test]
async fn a_server_without_tls_is_told_apart_from_none_at_all() {
    let script = Script::play(vec![vec![say("SSH-2.0-hello"), Expect("never"), Drop]]).await;
    assert_eq!(egress().connect(&script.endpoint(Security::Tls)).await.err(), Some(Failure::TlsRefused));
    let closed = Script::play(vec![]).await;
    let endpoint = closed.endpoint(Security::Tls);
    closed.heard().await;
    assert_eq!(egress().connect(&endpoint).await.err(), Some(Failure::Unreachable));
}

#[tokio::test]
async fn a_handshake_that_never_ends_is_given_up() {
    let script = Script::play(vec![vec![Hang]]).await;
    let short = Duration::from_millis(200);
    let egress = egress().with_patience(Patience { tls: short, ..Patience::default() });
    assert_eq!(egress.connect(&script.endpoint(Security::Tls)).await.err(), Some(Failure::TlsRefused));
}
