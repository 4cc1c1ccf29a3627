//! Connecting, signing in and opening the folder.

use std::sync::Arc;

use super::*;
use crate::egress::script::{Drop, Hang, Raw, Tls};
use crate::egress::{Later, Protocol};
use crate::oauth::{Tokens, Trouble as TokenTrouble};

async fn connected(steps: Vec<Step>) -> Result<(), Failure> {
    let script = Script::play(vec![steps]).await;
    Source::connect(&egress(), &settings(&script)).await.map(|_| ())
}

#[tokio::test]
async fn a_test_says_what_is_wrong_and_never_what_the_server_said() {
    let smtp = connected(vec![say("220 mx.secret.example ESMTP")]).await;
    assert_eq!(smtp, Err(Failure::OtherProtocol(Protocol::Imap)));
    assert!(!smtp.unwrap_err().to_string().contains("secret"));
    assert_eq!(connected(vec![say("* BYE too many connections")]).await, Err(Failure::NotNow));
    assert_eq!(connected(vec![Drop]).await, Err(Failure::NotNow));
    assert_eq!(
        connected(vec![Raw(b"HTTP/1.1 400 Bad Request\r\n\r\n".to_vec())]).await,
        Err(Failure::OtherProtocol(Protocol::Imap))
    );
}

#[tokio::test]
async fn a_wrong_password_and_a_busy_server_are_told_apart() {
    for (answer, failure) in [
        ("{tag} NO [AUTHENTICATIONFAILED] no", Failure::SignInRefused),
        ("{tag} NO [UNAVAILABLE] later", Failure::NotNow),
        ("* BYE no", Failure::NotNow),
    ] {
        let mut steps = opened();
        steps.truncate(2);
        steps.push(say(answer));
        assert_eq!(connected(steps).await, Err(failure), "{answer}");
    }
}

#[tokio::test]
async fn a_folder_that_is_not_there_is_said() {
    let mut steps = opened();
    steps.truncate(4);
    steps.push(say("{tag} NO [NONEXISTENT] what"));
    assert_eq!(connected(steps).await, Err(Failure::FolderMissing));
}

#[tokio::test]
async fn a_folder_without_uidvalidity_is_not_used() {
    let mut steps = opened();
    steps.remove(5);
    assert_eq!(connected(steps).await, Err(Failure::OtherProtocol(Protocol::Imap)));
}

#[tokio::test]
async fn login_is_used_where_the_server_knows_no_better() {
    let mut steps = opened();
    steps[0] = say("* OK hello");
    steps[1] = Expect("LOGIN \"desk\" \"horse\"");
    let ask = vec![Expect("CAPABILITY"), say("* CAPABILITY IMAP4rev1"), say("{tag} OK")];
    steps.splice(1..1, ask);
    assert_eq!(connected(steps).await, Ok(()));
}

#[tokio::test]
async fn a_server_without_initial_responses_is_answered_when_it_asks() {
    let mut steps = opened();
    steps[0] = say("* OK [CAPABILITY IMAP4rev1 AUTH=PLAIN] hello");
    steps[1] = Expect("AUTHENTICATE PLAIN");
    steps.splice(2..2, vec![say("+ "), Step::Line("AGRlc2sAaG9yc2U=")]);
    assert_eq!(connected(steps).await, Ok(()));
}

#[tokio::test]
async fn login_disabled_is_respected() {
    let steps = vec![say("* OK [CAPABILITY IMAP4rev1 LOGINDISABLED] hello")];
    assert_eq!(connected(steps).await, Err(Failure::NoWayToSignIn));
}

#[derive(Debug)]
struct Fixed;

impl Tokens for Fixed {
    fn token(&self) -> Later<'_, Result<Secret<String>, TokenTrouble>> {
        Box::pin(async { Ok(Secret::new("t0".to_owned())) })
    }

    fn spurn<'a>(&'a self, _token: &'a Secret<String>) -> Later<'a, ()> {
        Box::pin(async {})
    }
}

#[tokio::test]
async fn a_token_is_shown_and_its_refusal_waited_for() {
    let steps = vec![
        say("* OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=XOAUTH2] hello"),
        Expect("AUTHENTICATE XOAUTH2 dXNlcj1kZXNrAWF1dGg9QmVhcmVyIHQwAQE="),
        say("+ eyJzdGF0dXMiOiI0MDAifQ=="),
        Step::Line(""),
        say("a1 NO no"),
    ];
    let script = Script::play(vec![steps]).await;
    let sign_in = SignIn::Token { name: "desk".into(), tokens: Arc::new(Fixed) };
    let settings = Settings { sign_in, ..settings(&script) };
    assert_eq!(Source::connect(&egress(), &settings).await.err(), Some(Failure::SignInRefused));
}

#[tokio::test]
async fn starttls_is_asked_for_and_everything_before_it_is_forgotten() {
    let mut steps = vec![
        say("* OK [CAPABILITY IMAP4rev1 STARTTLS LOGINDISABLED] hello"),
        Expect("STARTTLS"),
        say("{tag} OK go on"),
        Tls,
        Expect("CAPABILITY"),
        say("* CAPABILITY IMAP4rev1 AUTH=PLAIN SASL-IR"),
        say("{tag} OK"),
    ];
    steps.extend(opened().into_iter().skip(1));
    let script = Script::play(vec![steps]).await;
    let settings = Settings { endpoint: script.endpoint(Security::StartTls), ..settings(&script) };
    assert!(Source::connect(&egress(), &settings).await.is_ok());
}

#[tokio::test]
async fn no_way_around_starttls_leads_to_a_password_in_the_open() {
    let stripped = vec![say("* OK [CAPABILITY IMAP4rev1 AUTH=PLAIN] hello"), Expect("never")];
    let preauth = vec![
        say("* PREAUTH [CAPABILITY IMAP4rev1 STARTTLS] hello"),
        Expect("STARTTLS"),
        say("{tag} OK"),
        Tls,
    ];
    let injected = vec![
        say("* OK [CAPABILITY IMAP4rev1 STARTTLS] hello"),
        Expect("STARTTLS"),
        Raw(b"a1 OK go on\r\n* CAPABILITY IMAP4rev1 AUTH=PLAIN\r\n".to_vec()),
        Tls,
    ];
    for (steps, failure) in [
        (stripped, Failure::StartTlsMissing),
        (preauth, Failure::TlsRefused),
        (injected, Failure::TlsRefused),
    ] {
        let script = Script::play(vec![steps]).await;
        let settings = Settings { endpoint: script.endpoint(Security::StartTls), ..settings(&script) };
        assert_eq!(Source::connect(&egress(), &settings).await.err(), Some(failure));
    }
}

#[tokio::test]
async fn a_server_that_falls_silent_is_given_up() {
    let mut steps = opened();
    steps.truncate(4);
    steps.push(Hang);
    let script = Script::play(vec![steps]).await;
    let mut egress = egress();
    egress.patience.answer = Duration::from_secs(1);
    assert_eq!(Source::connect(&egress, &settings(&script)).await.err(), Some(Failure::TimedOut));
}
