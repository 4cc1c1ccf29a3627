//! Connections: how they begin, and how one serves many messages.

use super::*;
use crate::egress::script::{Drop, Raw, Tls};

#[tokio::test]
async fn messages_share_a_connection_and_the_server_forgets_between_them() {
    let again = [vec![Expect("RSET"), say("250 ok")], takes(), vec![Expect("QUIT"), say("221 bye")]].concat();
    let script = Script::play(vec![[hello(), takes(), again].concat()]).await;
    let mut out = plain_out(&script);
    for _ in 0..2 {
        let outcomes = out.send(&kim(), MAIL).await;
        assert_eq!(outcomes, [Outcome::Delivered { words: "250 2.0.0 queued as 7".into() }]);
    }
    out.quit().await;
    assert_eq!(script.heard().await[0].last().unwrap(), "QUIT");
}

#[tokio::test]
async fn a_connection_that_ended_while_it_rested_is_replaced() {
    let script =
        Script::play(vec![[hello(), takes(), vec![Drop]].concat(), [hello(), takes()].concat()]).await;
    let mut out = plain_out(&script);
    for _ in 0..2 {
        let outcomes = out.send(&kim(), MAIL).await;
        assert_eq!(outcomes, [Outcome::Delivered { words: "250 2.0.0 queued as 7".into() }]);
    }
}

#[tokio::test]
async fn after_a_refusal_the_next_message_still_goes() {
    let refused =
        vec![Expect("MAIL"), say("250 ok"), Expect("RCPT"), say("550 no"), Expect("RSET"), say("250 ok")];
    let script = Script::play(vec![[hello(), refused, takes()].concat()]).await;
    let mut out = plain_out(&script);
    assert_eq!(out.send(&kim(), MAIL).await, [Outcome::Refused { why: said(550, "550 no") }]);
    assert!(matches!(out.send(&kim(), MAIL).await[0], Outcome::Delivered { .. }));
}

async fn tested(steps: Vec<Step>) -> Result<(), Failure> {
    let script = Script::play(vec![steps]).await;
    plain_out(&script).test().await
}

#[tokio::test]
async fn a_test_says_what_is_wrong_and_never_what_the_server_said() {
    let ssh = tested(vec![say("SSH-2.0-OpenSSH_9.2 secret-host-name")]).await;
    assert_eq!(ssh, Err(Failure::OtherProtocol(crate::egress::Protocol::Smtp)));
    assert!(!ssh.unwrap_err().to_string().contains("secret"));
    assert_eq!(tested(vec![say("554 go away")]).await, Err(Failure::NotNow));
    assert_eq!(tested(vec![say("421 too many connections"), Drop]).await, Err(Failure::NotNow));
    assert_eq!(tested(vec![Drop]).await, Err(Failure::NotNow));
    let endless = vec![b'2'; 100_000];
    assert_eq!(tested(vec![Raw(endless)]).await, Err(Failure::NotNow));
    assert_eq!(tested(hello()).await, Ok(()));
}

#[tokio::test]
async fn a_server_that_only_knows_helo_is_spoken_to_in_helo() {
    let old =
        vec![say("220 mx"), Expect("EHLO"), say("502 what"), Expect("HELO desk.example.org"), say("250 mx")];
    assert_eq!(tested(old).await, Ok(()));
}

#[tokio::test]
async fn starttls_is_asked_for_and_everything_before_it_is_forgotten() {
    let steps = vec![
        say("220 mx"),
        Expect("EHLO"),
        say("250-mx"),
        say("250-SIZE 10"),
        say("250 STARTTLS"),
        Expect("STARTTLS"),
        say("220 go on"),
        Tls,
        Expect("EHLO"),
        say("250 mx"),
    ];
    let script = Script::play(vec![[steps, takes()].concat()]).await;
    let mut out = Out::new(egress(), server(&script, Security::StartTls, SignIn::Nothing));
    assert!(matches!(out.send(&kim(), MAIL).await[0], Outcome::Delivered { .. }));
}

#[tokio::test]
async fn a_stripped_starttls_ends_the_session() {
    let script = Script::play(vec![hello()]).await;
    let mut out = Out::new(egress(), server(&script, Security::StartTls, password()));
    assert_eq!(out.test().await, Err(Failure::StartTlsMissing));
    let heard = script.heard().await.remove(0);
    assert_eq!(heard, ["EHLO desk.example.org"]);
}

#[tokio::test]
async fn what_is_injected_before_tls_is_not_believed() {
    let injected = b"220 go on\r\n250-mx\r\n250 AUTH PLAIN\r\n".to_vec();
    let steps = vec![
        say("220 mx"),
        Expect("EHLO"),
        say("250-mx"),
        say("250 STARTTLS"),
        Expect("STARTTLS"),
        Raw(injected),
        Tls,
    ];
    let script = Script::play(vec![steps]).await;
    let mut out = Out::new(egress(), server(&script, Security::StartTls, SignIn::Nothing));
    assert_eq!(out.test().await, Err(Failure::TlsRefused));
}

#[tokio::test]
async fn f7_a_tls_failure_is_later_for_every_recipient() {
    let script = Script::play(vec![vec![say("220 no tls here")]]).await;
    let mut out = Out::new(egress(), server(&script, Security::Tls, SignIn::Nothing));
    let outcomes = out.send(&envelope(&["a@b.c", "d@e.f"]), MAIL).await;
    let later = Outcome::Later { why: Failure::TlsRefused.into() };
    assert_eq!(outcomes, [later.clone(), later]);
}
