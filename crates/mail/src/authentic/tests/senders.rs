//! Senders whom our own check believes or not: signatures, servers, policies and alignment.

use rcgen::{KeyPair, PKCS_ED25519};

use super::answers::serve;
use crate::authentic::{Arrival, Authenticate, Check, Dns, Peer, Verdict};
use crate::compose::Signer;
use crate::secret::base64;

const MAIL: &str = "From: Kim <kim@example.org>\r\nTo: help@desk.example\r\nSubject: hello\r\nDate: Mon, 1 Jan 2024 00:00:00 +0000\r\nMessage-ID: <one@example.org>\r\n\r\nhello\r\n";

const SERVER: &str = "192.0.2.1";

/// A key, and the record with which its domain publishes it.
fn key() -> (Vec<u8>, String) {
    let pair = KeyPair::generate_for(&PKCS_ED25519).unwrap();
    let public = base64(pair.public_key_raw());
    (pair.serialize_der(), format!("v=DKIM1; k=ed25519; p={public}"))
}

fn signed(key: &[u8], domain: &str) -> Vec<u8> {
    Signer::ed25519(key, domain, "s1").unwrap().sign(MAIL.as_bytes()).unwrap()
}

async fn verdict(raw: &[u8], ip: &str, mail_from: &str, records: &[(&str, &str)]) -> Verdict {
    let dns = Dns::at(serve(records).await).unwrap();
    let peer = Peer { ip: ip.parse().unwrap(), helo: "mx.example.org", mail_from, host: "mx.desk.example" };
    dns.check(Arrival { raw, from: Some(peer) }).await
}

#[tokio::test]
async fn out_5_a_signature_of_ours_is_believed_and_one_changed_sign_breaks_it() {
    let (secret, record) = key();
    let raw = signed(&secret, "example.org");
    let records =
        [("s1._domainkey.example.org", record.as_str()), ("_dmarc.example.org", "v=DMARC1; p=reject")];
    let found = verdict(&raw, SERVER, "", &records).await;
    assert_eq!((found.dkim, found.dmarc), (Check::Pass, Check::Pass));
    for (sign, other) in [("hello\r\n", "hallo\r\n"), ("Subject: hello", "Subject: hallo"), ("kim@", "lee@")]
    {
        let changed = String::from_utf8(raw.clone()).unwrap().replace(sign, other);
        let found = verdict(changed.as_bytes(), SERVER, "", &records).await;
        assert_eq!((found.dkim, found.dmarc), (Check::Fail, Check::Fail), "{sign}");
    }
}

#[tokio::test]
async fn m11_a_signature_without_a_published_key_is_none_that_passes() {
    let (secret, _) = key();
    let (_, other) = key();
    let raw = signed(&secret, "example.org");
    let found = verdict(&raw, SERVER, "", &[("s1._domainkey.example.org", other.as_str())]).await;
    assert_eq!(found.dkim, Check::Fail, "the key of somebody else");
    assert_ne!(verdict(&raw, SERVER, "", &[]).await.dkim, Check::Pass, "no key");
}

#[tokio::test]
async fn m11_a_domain_says_which_servers_are_its_own() {
    let records = [
        ("example.org", "v=spf1 ip4:192.0.2.0/24 a:mx.example.org -all"),
        ("mx.example.org", "198.51.100.9"),
    ];
    for (ip, check) in [(SERVER, Check::Pass), ("198.51.100.9", Check::Pass), ("203.0.113.5", Check::Fail)] {
        let found = verdict(MAIL.as_bytes(), ip, "kim@example.org", &records).await;
        assert_eq!(
            (found.spf, found.dmarc),
            (check, Check::None),
            "{ip}: without a policy nobody is disowned"
        );
    }
}

#[tokio::test]
async fn m11_a_domain_of_the_same_organisation_is_enough_unless_the_policy_is_strict() {
    let (secret, record) = key();
    let raw = signed(&secret, "news.example.org");
    for (policy, check) in [("v=DMARC1; p=reject", Check::Pass), ("v=DMARC1; p=reject; adkim=s", Check::Fail)]
    {
        let records = [("s1._domainkey.news.example.org", record.as_str()), ("_dmarc.example.org", policy)];
        let found = verdict(&raw, SERVER, "", &records).await;
        assert_eq!((found.dkim, found.dmarc), (Check::Pass, check), "{policy}");
    }
    for (policy, check) in [("v=DMARC1; p=none", Check::Pass), ("v=DMARC1; p=none; aspf=s", Check::Fail)] {
        let records = [("mail.example.org", "v=spf1 ip4:192.0.2.1 -all"), ("_dmarc.example.org", policy)];
        let found = verdict(MAIL.as_bytes(), SERVER, "bounce@mail.example.org", &records).await;
        assert_eq!((found.spf, found.dmarc), (Check::Pass, check), "{policy}");
    }
}

#[tokio::test]
async fn m11_a_stranger_who_signs_for_himself_is_not_the_sender() {
    let (secret, record) = key();
    let raw = signed(&secret, "stranger.example");
    let records = [
        ("s1._domainkey.stranger.example", record.as_str()),
        ("stranger.example", "v=spf1 ip4:192.0.2.1 -all"),
        ("_dmarc.example.org", "v=DMARC1; p=reject"),
    ];
    let found = verdict(&raw, SERVER, "me@stranger.example", &records).await;
    assert_eq!(found, Verdict { dkim: Check::Pass, spf: Check::Pass, dmarc: Check::Fail });
    assert!(found.is_disowned());
}

#[tokio::test]
async fn m11_the_policy_of_the_organisation_holds_for_its_subdomains() {
    let raw = MAIL.replace("kim@example.org", "kim@shop.example.org");
    let records = [("_dmarc.example.org", "v=DMARC1; p=none; sp=reject")];
    let found = verdict(raw.as_bytes(), SERVER, "", &records).await;
    assert!(found.is_disowned(), "{found:?}");
}

#[tokio::test]
async fn m11_fetched_mail_without_a_signature_is_not_disowned() {
    let dns = Dns::at(serve(&[("_dmarc.example.org", "v=DMARC1; p=reject")]).await).unwrap();
    let found = dns.check(Arrival { raw: MAIL.as_bytes(), from: None }).await;
    assert_eq!(found.dmarc, Check::Unknown, "nobody knows which server brought it");
}
