//! Showing an IMAP server who we are, and never a password in the open.

use super::folder::quoted;
use super::response::{Kind, Response, Room, Status, read};
use super::session::Session;
use crate::egress::{Endpoint, Failure};
use crate::secret::{Secret, SignIn, base64, plain, xoauth2};

pub(super) async fn run(session: &mut Session, endpoint: &Endpoint, sign_in: &SignIn) -> Result<(), Failure> {
    let status = match sign_in {
        SignIn::Nothing => return Err(Failure::NoWayToSignIn),
        SignIn::Password { name, password } => {
            guard(session, endpoint)?;
            session.learn_capabilities().await?;
            if session.offers("AUTH=PLAIN") {
                authenticate(session, "PLAIN", &plain(name, password)).await?
            } else if session.offers("LOGINDISABLED") {
                return Err(Failure::NoWayToSignIn);
            } else {
                login(session, name, password).await?
            }
        }
        SignIn::Token { name, tokens } => {
            guard(session, endpoint)?;
            session.learn_capabilities().await?;
            if !session.offers("AUTH=XOAUTH2") {
                return Err(Failure::NoWayToSignIn);
            }
            let token = tokens.token().await?;
            let status = authenticate(session, "XOAUTH2", &xoauth2(name, &token)).await?;
            if status.kind == Kind::No && !status.passes() {
                tokens.spurn(&token).await;
            }
            status
        }
    };
    match status.kind {
        Kind::Ok => {}
        Kind::No | Kind::Bad if status.passes() => return Err(Failure::NotNow),
        Kind::No | Kind::Bad | Kind::Bye | Kind::Preauth => return Err(Failure::SignInRefused),
    }
    // Much is only offered to those who are known.
    if !status.has_code("CAPABILITY") {
        session.forget_capabilities();
    }
    session.learn_capabilities().await
}

fn guard(session: &Session, endpoint: &Endpoint) -> Result<(), Failure> {
    if endpoint.keeps_secrets(session.wire.connection()) { Ok(()) } else { Err(Failure::PasswordInTheOpen) }
}

async fn login(session: &mut Session, name: &str, password: &Secret<String>) -> Result<Status, Failure> {
    let (Some(name), Some(password)) = (quoted(name), quoted(password.reveal())) else {
        return Err(Failure::SignInRefused);
    };
    Ok(session.command(&format!("LOGIN {name} {password}")).await?.status)
}

async fn authenticate(session: &mut Session, way: &str, secret: &Secret<Vec<u8>>) -> Result<Status, Failure> {
    let response = base64(secret.reveal());
    let at_once = session.offers("SASL-IR");
    let command =
        if at_once { format!("AUTHENTICATE {way} {response}") } else { format!("AUTHENTICATE {way}") };
    let tag = session.begin(&command).await?;
    let mut answers = if at_once { Vec::new() } else { vec![response] };
    loop {
        let heard = read(&mut session.wire, &mut Room::LITTLE.clone(), session.patience).await?;
        match session.note(heard)? {
            Some(Response::Continue) => {
                // After our response a challenge says what is wrong; an empty line asks for the refusal itself.
                let line = format!("{}\r\n", answers.pop().unwrap_or_default());
                session.wire.send(line.as_bytes(), session.patience).await?;
            }
            Some(Response::Tagged { tag: answered, status }) if answered == tag => {
                session.end(&status);
                return Ok(status);
            }
            Some(_) | None => {}
        }
    }
}
