//! Signing in and out: a password is checked away from the database, a random token stands for it.

mod gate;
#[cfg(test)]
mod tests;

use std::net::IpAddr;

use domain::event::Actor;
use domain::id::PersonId;
use domain::permission::Viewer;
use jiff::{SignedDuration, Timestamp};
use serde_json::json;
use store::event::Subject;
use store::person::Credentials;
use store::session::Session;

pub(crate) use gate::Gate;

use crate::act::{Act, Desk, Look};
use crate::password::{self, Check, Hash, Password};
use crate::words::EmailAddress;
use crate::{DeskError, Problem, people, session};

/// A session ends when it was not used for so long.
pub const IDLE: SignedDuration = SignedDuration::from_hours(12);

/// And so long after signing in, used or not.
pub const LONGEST: SignedDuration = SignedDuration::from_hours(14 * 24);

/// That it was used is written down no more often than this.
pub const SEEN_EVERY: SignedDuration = SignedDuration::from_mins(5);

/// Hashed against when there is nobody to check, so that this takes as long. No password gives it.
const NOBODY: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$bm9ib2R5IGlzIGhlcmUhIQ$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

/// Somebody who just signed in. The token goes into the cookie and nowhere else.
pub struct SignedIn {
    pub token: String,
    pub csrf: String,
    pub person: PersonId,
}

/// Why somebody is not signed in.
#[derive(Clone, Debug, thiserror::Error)]
pub enum SignInError {
    /// Unknown, wrong or shut out: nobody can tell which.
    #[error("This address and password do not belong together. Check both and try again.")]
    Wrong,
    #[error("There were too many attempts. Wait {retry_after_seconds} seconds and try again.")]
    TooMany { retry_after_seconds: u64 },
    #[error("Too many people are signing in at this moment. Try again in a few seconds.")]
    Busy,
    #[error(transparent)]
    Desk(#[from] DeskError),
}

/// Signs somebody in who knows their password; `peer` is where the connection comes from.
pub async fn sign_in(
    desk: &Desk,
    email: &str,
    password: &str,
    peer: IpAddr,
) -> Result<SignedIn, SignInError> {
    // The form under which addresses are kept; what is none belongs to nobody.
    let email = EmailAddress::parse(email)
        .map_or_else(|_| email.trim().to_lowercase(), |address| address.as_str().to_owned());
    // Counted before anything is hashed, so that many at once are not more than the limit.
    desk.gate.reserve(&email, peer, desk.clock.now())?;
    let known = credentials(desk, email.clone()).await?;
    let hash = known.as_ref().and_then(|known| known.password.clone());
    let checked = check(desk, password.to_owned(), hash.unwrap_or_else(|| NOBODY.to_owned())).await?;
    let Some(known) = known.filter(|known| !known.disabled && known.password.is_some()) else {
        return Err(SignInError::Wrong);
    };
    let renewed = match checked {
        Check::Wrong => return Err(SignInError::Wrong),
        Check::Right => None,
        Check::Outdated => Some(renew(desk, password.to_owned()).await?),
    };
    desk.gate.give_back(&email, peer);
    let person = known.person;
    desk.act(Actor::Person(person), move |act| begin(act, &email, &known, renewed.as_ref()))
        .await?
        .ok_or(SignInError::Wrong)
}

/// Who a token stands for, and what they hold today.
pub fn viewer_of(look: &mut Look, token: &str) -> Result<Option<(session::Session, Viewer)>, DeskError> {
    let Some(session) = session::of(look, token)? else { return Ok(None) };
    let viewer = store::access::viewer(look.tx, session.person)?;
    Ok(viewer.map(|viewer| (session, viewer)))
}

/// Writes down that a session is used, at most every [`SEEN_EVERY`]; call it off the read path.
pub fn keep(act: &mut Act, token: &str) -> Result<(), DeskError> {
    let token = session::hash(token);
    let Some(session) = store::session::by_token(act.tx, &token)? else { return Ok(()) };
    if session.expires_at <= act.now || act.now.duration_since(session.seen_at) < SEEN_EVERY {
        return Ok(());
    }
    Ok(store::session::touch(act.tx, &token, act.now, ends_at(session.created_at, act.now))?)
}

/// Ends one session.
pub fn sign_out(act: &mut Act, token: &str) -> Result<(), DeskError> {
    let token = session::hash(token);
    if let Some(session) = store::session::by_token(act.tx, &token)? {
        store::session::remove(act.tx, &token)?;
        act.record_change(Subject::Person(session.person.0), "signed out", &json!({}))?;
    }
    Ok(())
}

/// Ends every session of the viewer.
pub fn sign_out_everywhere(act: &mut Act, viewer: &Viewer) -> Result<(), DeskError> {
    let ended = store::session::remove_all(act.tx, viewer.person, None)?;
    let payload = json!({ "sessions": ended });
    act.record_change(Subject::Person(viewer.person.0), "signed out everywhere", &payload)?;
    Ok(())
}

/// Gives the viewer another password; their other sessions end, the one of `token` goes on.
pub async fn change_password(
    desk: &Desk,
    viewer: &Viewer,
    token: &str,
    current: &str,
    new: &str,
    peer: IpAddr,
) -> Result<(), SignInError> {
    let person = viewer.person;
    let known = desk.look(move |look| Ok(store::person::by_id(look.tx, person)?)).await?;
    let email = known.and_then(|known| known.email).unwrap_or_default();
    let password = Password::parse(new, Some(&email))?;
    desk.gate.reserve(&email, peer, desk.clock.now())?;
    let kept = desk.look(move |look| Ok(store::person::password(look.tx, person)?)).await?;
    let checked = check(desk, current.to_owned(), kept.unwrap_or_else(|| NOBODY.to_owned())).await?;
    if checked == Check::Wrong {
        return Err(DeskError::invalid("current", Problem::PasswordWrong).into());
    }
    desk.gate.give_back(&email, peer);
    let hash = hash(desk, password).await?;
    let token = session::hash(token);
    let write = move |act: &mut Act| people::write_password(act, person, &hash, Some(&token));
    Ok(desk.act(Actor::Person(person), write).await?)
}

/// Hashes a new password, away from the database and no more than two at a time.
pub async fn hash(desk: &Desk, password: Password) -> Result<Hash, SignInError> {
    desk.gate.work(move || password.hash()).await
}

/// Once a day: sweeps sessions that are over. Gives how many.
pub fn prune(act: &mut Act) -> Result<u64, DeskError> {
    Ok(store::session::prune(act.tx, act.now)?)
}

async fn credentials(desk: &Desk, email: String) -> Result<Option<Credentials>, SignInError> {
    Ok(desk.look(move |look| Ok(store::person::credentials(look.tx, &email)?)).await?)
}

async fn check(desk: &Desk, password: String, hash: String) -> Result<Check, SignInError> {
    desk.gate.work(move || password::check(&password, &hash)).await
}

async fn renew(desk: &Desk, password: String) -> Result<Hash, SignInError> {
    desk.gate.work(move || password::renew(&password)).await
}

/// Makes the session, unless the person or the password changed while it was checked.
fn begin(
    act: &mut Act,
    email: &str,
    checked: &Credentials,
    renewed: Option<&Hash>,
) -> Result<Option<SignedIn>, DeskError> {
    let still = store::person::credentials(act.tx, email)?;
    if still.as_ref() != Some(checked) {
        return Ok(None);
    }
    let person = checked.person;
    if let Some(hash) = renewed {
        store::person::set_password(act.tx, person, Some(hash.as_str()))?;
    }
    let (token, csrf) = (random(), random());
    let session = Session {
        token: session::hash(&token),
        person,
        csrf: csrf.clone(),
        created_at: act.now,
        seen_at: act.now,
        expires_at: ends_at(act.now, act.now),
    };
    store::session::insert(act.tx, &session)?;
    act.record_change(Subject::Person(person.0), "signed in", &json!({}))?;
    Ok(Some(SignedIn { token, csrf, person }))
}

fn ends_at(created_at: Timestamp, seen_at: Timestamp) -> Timestamp {
    (seen_at + IDLE).min(created_at + LONGEST)
}

/// 256 bits as hexadecimal digits.
fn random() -> String {
    let mut bytes = [0_u8; 32];
    getrandom::fill(&mut bytes).expect("the operating system has a source of randomness");
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
