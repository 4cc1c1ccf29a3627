//! How we show a server who we are, and when we keep it to ourselves.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::*;
use crate::egress::{Later, Reach};
use crate::oauth::{Tokens, Trouble};

fn offering(ways: &str) -> Vec<Step> {
    vec![say("220 mx"), Expect("EHLO"), say("250-mx"), say(&format!("250 AUTH {ways}"))]
}

async fn tested(steps: Vec<Step>, sign_in: SignIn) -> (Result<(), Failure>, Vec<String>) {
    let script = Script::play(vec![steps]).await;
    let answer = Out::new(egress(), server(&script, Security::Plain, sign_in)).test().await;
    (answer, script.heard().await.remove(0))
}

#[tokio::test]
async fn plain_is_preferred_to_login() {
    let steps =
        [offering("LOGIN PLAIN"), vec![Expect("AUTH PLAIN AGRlc2sAaG9yc2U="), say("235 yes")]].concat();
    assert_eq!(tested(steps, password()).await.0, Ok(()));
}

#[tokio::test]
async fn login_says_name_and_password_one_after_the_other() {
    let steps = vec![
        Expect("AUTH LOGIN"),
        say("334 VXNlcm5hbWU6"),
        Expect("ZGVzaw=="),
        say("334 UGFzc3dvcmQ6"),
        Expect("aG9yc2U="),
        say("235 yes"),
    ];
    assert_eq!(tested([offering("LOGIN"), steps].concat(), password()).await.0, Ok(()));
}

#[tokio::test]
async fn a_wrong_password_and_a_busy_server_are_told_apart() {
    for (answer, failure) in [("535 5.7.8 no", Failure::SignInRefused), ("454 4.7.0 later", Failure::NotNow)]
    {
        let steps = [offering("PLAIN"), vec![Expect("AUTH"), say(answer)]].concat();
        assert_eq!(tested(steps, password()).await.0, Err(failure));
    }
    let (answer, _) = tested(offering("GSSAPI NTLM"), password()).await;
    assert_eq!(answer, Err(Failure::NoWayToSignIn));
}

#[tokio::test]
async fn a_refused_sign_in_is_later_for_the_message() {
    let script = Script::play(vec![[offering("PLAIN"), vec![Expect("AUTH"), say("535 no")]].concat()]).await;
    let mut out = Out::new(egress(), server(&script, Security::Plain, password()));
    assert_eq!(out.send(&kim(), MAIL).await, [Outcome::Later { why: Failure::SignInRefused.into() }]);
}

/// Stands for a server out in the world: the name leads to a public address and yet to the script.
#[tokio::test]
async fn a_password_is_not_said_in_the_open() {
    let script = Script::play(vec![offering("PLAIN LOGIN XOAUTH2")]).await;
    let mut server = server(&script, Security::Plain, password());
    let mut session =
        session::open(&egress(), &Server { sign_in: SignIn::Nothing, ..server.clone() }).await.unwrap();
    server.endpoint.reach = Reach::Public;
    assert_eq!(sign_in::run(&mut session, &server).await, Err(Failure::PasswordInTheOpen));
    drop(session);
    assert_eq!(script.heard().await[0].len(), 1);
}

#[derive(Debug, Default)]
struct Counting {
    given: AtomicUsize,
    spurned: AtomicUsize,
}

impl Tokens for Counting {
    fn token(&self) -> Later<'_, Result<Secret<String>, Trouble>> {
        let number = self.given.fetch_add(1, Ordering::Relaxed);
        Box::pin(async move { Ok(Secret::new(format!("t{number}"))) })
    }

    fn spurn<'a>(&'a self, _token: &'a Secret<String>) -> Later<'a, ()> {
        self.spurned.fetch_add(1, Ordering::Relaxed);
        Box::pin(async {})
    }
}

#[tokio::test]
async fn a_token_is_shown_and_a_refused_one_is_spurned() {
    let tokens = Arc::new(Counting::default());
    let sign_in = SignIn::Token { name: "desk".into(), tokens: tokens.clone() };
    let refusing =
        vec![Expect("AUTH XOAUTH2 "), say("334 eyJzdGF0dXMiOiI0MDEifQ=="), Expect(""), say("535 no")];
    let (answer, heard) = tested([offering("XOAUTH2"), refusing].concat(), sign_in.clone()).await;
    assert_eq!(answer, Err(Failure::SignInRefused));
    assert_eq!(heard[1], "AUTH XOAUTH2 dXNlcj1kZXNrAWF1dGg9QmVhcmVyIHQwAQE=");
    assert_eq!(heard[2], "");
    assert_eq!(tokens.spurned.load(Ordering::Relaxed), 1);
    let taking = vec![Expect("AUTH XOAUTH2 "), say("235 yes")];
    assert_eq!(tested([offering("XOAUTH2"), taking].concat(), sign_in).await.0, Ok(()));
    assert_eq!(tokens.spurned.load(Ordering::Relaxed), 1);
}
