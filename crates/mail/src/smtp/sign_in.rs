//! AUTH: the strongest way that both sides know, and never a password in the open.

use super::Server;
use super::reply::{Kind, Reply};
use super::session::Session;
use crate::egress::Failure;
use crate::secret::{Secret, SignIn, base64, plain, xoauth2};

pub(super) async fn run(session: &mut Session, server: &Server) -> Result<(), Failure> {
    let (name, password) = match &server.sign_in {
        SignIn::Nothing => return Ok(()),
        SignIn::Password { name, password } => (name, password),
        SignIn::Token { name, tokens } => {
            guard(session, server)?;
            if !offers(session, "XOAUTH2") {
                return Err(Failure::NoWayToSignIn);
            }
            let token = tokens.token().await?;
            let accepted = with_token(session, name, &token).await;
            if accepted == Err(Failure::SignInRefused) {
                tokens.spurn(&token).await;
            }
            return accepted;
        }
    };
    guard(session, server)?;
    if offers(session, "PLAIN") {
        let response = base64(plain(name, password).reveal());
        verdict(&session.command(&format!("AUTH PLAIN {response}")).await?)
    } else if offers(session, "LOGIN") {
        with_login(session, name, password).await
    } else {
        Err(Failure::NoWayToSignIn)
    }
}

fn guard(session: &Session, server: &Server) -> Result<(), Failure> {
    if server.endpoint.keeps_secrets(session.wire.connection()) {
        Ok(())
    } else {
        Err(Failure::PasswordInTheOpen)
    }
}

fn offers(session: &Session, way: &str) -> bool {
    session.offers().auth.iter().any(|offered| offered == way)
}

async fn with_login(session: &mut Session, name: &str, password: &Secret<String>) -> Result<(), Failure> {
    for line in ["AUTH LOGIN".to_owned(), base64(name.as_bytes())] {
        let reply = session.command(&line).await?;
        if reply.kind() != Kind::GoOn {
            return verdict(&reply).and(Err(Failure::SignInRefused));
        }
    }
    verdict(&session.command(&base64(password.reveal().as_bytes())).await?)
}

async fn with_token(session: &mut Session, name: &str, token: &Secret<String>) -> Result<(), Failure> {
    let response = base64(xoauth2(name, token).reveal());
    let mut reply = session.command(&format!("AUTH XOAUTH2 {response}")).await?;
    if reply.kind() == Kind::GoOn {
        // The challenge says what is wrong; an empty answer asks for the refusal itself.
        reply = session.command("").await?;
    }
    verdict(&reply)
}

fn verdict(reply: &Reply) -> Result<(), Failure> {
    match reply.kind() {
        Kind::Yes => Ok(()),
        Kind::Later => Err(Failure::NotNow),
        Kind::GoOn | Kind::Never | Kind::Nonsense => Err(Failure::SignInRefused),
    }
}
