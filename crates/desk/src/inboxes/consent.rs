//! Connecting a mailbox by the consent of whoever owns it: an administrator is led to the provider, and comes back
//! once, in the same session, with a code for which the provider gives the refresh token.

use domain::event::Actor;
use domain::id::InboxId;
use domain::permission::Viewer;
use jiff::SignedDuration;
use mail::oauth::consent::{Question, unguessable};
use mail::oauth::{self, Grant, Refresh};
use mail::secret::Secret;
use serde_json::json;
use store::event::Subject;
use store::inbox::{Inbox, Purpose};
use store::mail_consent::Consent;

use super::servers::json;
use super::trial::PATIENCE;
use super::{Incoming, Outgoing, Server, SigningIn, live, provider, token, token_secret};
use crate::act::{Act, Desk, Look};
use crate::entitled::Entitled;
use crate::session::hash;
use crate::{DeskError, Problem, base_url, outbox};

/// Where the provider leads the browser back to.
pub const PATH: &str = "/admin/inboxes/consent";

/// How long somebody may take at the provider.
pub const GOOD_FOR: SignedDuration = SignedDuration::from_mins(10);

/// Where the browser goes, and what to do there.
#[derive(Clone, Debug)]
pub struct Begun {
    pub url: String,
    /// Whose consent is wanted.
    pub mailbox: String,
}

/// The address that has to be known at the provider; `None` until somebody said where this desk is.
pub fn redirect_uri(look: &mut Look) -> Result<Option<String>, DeskError> {
    Ok(base_url::current(look)?.map(|base| format!("{base}{PATH}")))
}

/// Begins; `session` is the token of the browser that is led away.
pub fn begin(act: &mut Act, by: &Viewer, session: &str, inbox: InboxId) -> Result<Begun, DeskError> {
    by.check(act)?;
    let missing = || DeskError::Conflict(Problem::BaseUrlMissing);
    let redirect_uri = format!("{}{PATH}", base_url::known(act.tx)?.ok_or_else(missing)?);
    let inbox = live(act, inbox)?;
    let nothing = || DeskError::Conflict(Problem::NoTokensWanted);
    let (server, _) = sides(&inbox).into_iter().next().ok_or_else(nothing)?;
    let SigningIn::Token { name, client, .. } = &server.signing_in else { return Err(nothing()) };
    let provider = provider::of(&server).ok_or_else(nothing)?;
    let state = unguessable(&outbox::random::<32>()?);
    let verifier = Secret::new(unguessable(&outbox::random::<32>()?));
    let consent = Consent {
        inbox: inbox.id,
        person: by.person,
        session: hash(session),
        signing_in: json(&server.signing_in),
        verifier: verifier.reveal().clone(),
        redirect_uri: redirect_uri.clone(),
        until_at: act.now + GOOD_FOR,
    };
    store::mail_consent::forget_over(act.tx, act.now)?;
    store::mail_consent::begin(act.tx, &hash(&state), &consent)?;
    let question = Question {
        authorize_url: &provider.authorize_url,
        client,
        redirect_uri: &redirect_uri,
        scope: &provider.tokens.scope,
        state: &state,
        verifier: &verifier,
        mailbox: name,
        extra: provider.asking,
    };
    Ok(Begun { url: question.url(), mailbox: name.clone() })
}

/// What the browser brought back.
#[derive(Clone, Debug, Default)]
pub struct Answer {
    pub state: String,
    pub code: Option<Secret<String>>,
    /// The provider's word for a no.
    pub error: Option<String>,
}

/// What became of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ended {
    /// Absent when nothing is known that this could be the answer to.
    pub inbox: Option<InboxId>,
    pub outcome: Result<(), Trouble>,
}

/// Why a mailbox was not connected. What a provider says itself is not repeated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// Never begun, ended already, or begun in another browser.
    Unknown,
    /// It took longer than [`GOOD_FOR`].
    Expired,
    /// The inbox was set to something else meanwhile.
    Changed,
    /// The person, or their organisation, said no.
    Denied,
    /// The provider said no by itself.
    Declined,
    /// It was allowed, but not for longer than an hour.
    NoRefreshToken,
    CodeRefused,
    ClientRefused,
    Nonsense,
    Unreachable,
    /// Too many servers were asked in a short time.
    TooOften,
}

impl Trouble {
    pub const ALL: [Self; 11] = [
        Self::Unknown,
        Self::Expired,
        Self::Changed,
        Self::Denied,
        Self::Declined,
        Self::NoRefreshToken,
        Self::CodeRefused,
        Self::ClientRefused,
        Self::Nonsense,
        Self::Unreachable,
        Self::TooOften,
    ];

    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Unknown => "unknown",
            Self::Expired => "expired",
            Self::Changed => "changed",
            Self::Denied => "denied",
            Self::Declined => "declined",
            Self::NoRefreshToken => "no-refresh-token",
            Self::CodeRefused => "code-refused",
            Self::ClientRefused => "client-refused",
            Self::Nonsense => "nonsense",
            Self::Unreachable => "unreachable",
            Self::TooOften => "too-often",
        }
    }
}

impl From<oauth::Trouble> for Trouble {
    fn from(trouble: oauth::Trouble) -> Self {
        match trouble {
            oauth::Trouble::Revoked => Self::CodeRefused,
            oauth::Trouble::ClientRefused => Self::ClientRefused,
            oauth::Trouble::Nonsense => Self::Nonsense,
            oauth::Trouble::Egress(_) => Self::Unreachable,
        }
    }
}

/// Ends what was begun in the same session: the code is changed into tokens, and the inbox keeps them.
pub async fn finish(desk: &Desk, viewer: &Viewer, session: &str, answer: Answer) -> Result<Ended, DeskError> {
    crate::error::administrator(viewer)?;
    let (state, own) = (hash(&answer.state), (viewer.person, hash(session)));
    let begun = desk
        .act(Actor::Person(viewer.person), move |act| Ok(store::mail_consent::take(act.tx, &state)?))
        .await?;
    let Some(consent) = begun.filter(|consent| (consent.person, consent.session) == own) else {
        return Ok(Ended { inbox: None, outcome: Err(Trouble::Unknown) });
    };
    let inbox = Some(consent.inbox);
    match connect(desk, viewer, consent, answer).await {
        Ok(()) => Ok(Ended { inbox, outcome: Ok(()) }),
        Err(Stop::Trouble(trouble)) => Ok(Ended { inbox, outcome: Err(trouble) }),
        Err(Stop::Desk(error)) => Err(error),
    }
}

enum Stop {
    Trouble(Trouble),
    Desk(DeskError),
}

impl From<DeskError> for Stop {
    fn from(error: DeskError) -> Self {
        Self::Desk(error)
    }
}

async fn connect(desk: &Desk, viewer: &Viewer, consent: Consent, answer: Answer) -> Result<(), Stop> {
    let now = desk.clock.now();
    let code = match (answer.error.as_deref(), answer.code) {
        _ if consent.until_at <= now => return Err(Stop::Trouble(Trouble::Expired)),
        (Some("access_denied"), _) => return Err(Stop::Trouble(Trouble::Denied)),
        (Some(_), _) => return Err(Stop::Trouble(Trouble::Declined)),
        (None, None) => return Err(Stop::Trouble(Trouble::Nonsense)),
        (None, Some(code)) => code,
    };
    let _place = desk.trials.enter(viewer.person, now).map_err(|_| Stop::Trouble(Trouble::TooOften))?;
    let (id, signing_in) = (consent.inbox, consent.signing_in);
    let wanted = signing_in.clone();
    let asked = desk.look(move |look| {
        let Some(inbox) = store::inbox::by_id(look.tx, id)?.filter(|inbox| inbox.ended_at.is_none()) else {
            return Ok(None);
        };
        let Some((server, purpose)) = meant(&inbox, &wanted).into_iter().next() else { return Ok(None) };
        Ok(Some((server, store::inbox::secret(look.tx, id, purpose)?.unwrap_or_default())))
    });
    let changed = || Stop::Trouble(Trouble::Changed);
    let (server, secret) = asked.await?.ok_or_else(changed)?;
    let secret = Secret::new(secret);
    let mut asking = token::asking(desk, &server, &secret).ok_or_else(changed)?;
    asking.egress = asking.egress.with_patience(PATIENCE);
    let verifier = Secret::new(consent.verifier);
    let grant = Grant::Code { code, redirect_uri: consent.redirect_uri, verifier };
    let granted = asking.refresh(&grant).await.map_err(|trouble| Stop::Trouble(trouble.into()))?;
    let fresh = granted.refresh_token.ok_or(Stop::Trouble(Trouble::NoRefreshToken))?;
    let kept = token_secret(token::client_secret(&secret), fresh.reveal());
    let actor = Actor::Person(viewer.person);
    let is_kept = desk.act(actor, move |act| keep(act, id, &signing_in, &kept)).await?;
    if is_kept { Ok(()) } else { Err(changed()) }
}

/// For both directions that sign in like this; `false` when none does any more.
fn keep(act: &mut Act, id: InboxId, signing_in: &str, secret: &Secret<String>) -> Result<bool, DeskError> {
    let inbox = live(act, id)?;
    let sides = meant(&inbox, signing_in);
    for (_, purpose) in &sides {
        store::inbox::set_secret(act.tx, id, *purpose, Some(secret.reveal()))?;
    }
    if sides.is_empty() {
        return Ok(false);
    }
    act.record_change(Subject::Inbox(id.0), "connected", &json!({}))?;
    Ok(true)
}

fn meant(inbox: &Inbox, signing_in: &str) -> Vec<(Server, Purpose)> {
    sides(inbox).into_iter().filter(|(server, _)| json(&server.signing_in) == signing_in).collect()
}

/// The servers of an inbox that want tokens.
fn sides(inbox: &Inbox) -> Vec<(Server, Purpose)> {
    let incoming = inbox.incoming.as_deref().and_then(Incoming::read).map(|incoming| incoming.server);
    let outgoing = inbox.outgoing.as_deref().and_then(Outgoing::read).map(|outgoing| outgoing.server);
    let both = [(incoming, Purpose::Incoming), (outgoing, Purpose::Outgoing)];
    both.into_iter()
        .filter_map(|(server, purpose)| Some((server?, purpose)))
        .filter(|(server, _)| matches!(server.signing_in, SigningIn::Token { .. }))
        .collect()
}
