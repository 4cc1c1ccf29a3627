//! Access tokens for XOAUTH2: kept while they are good, fetched anew once when they are not.

pub mod consent;
mod post;
mod provider;

use std::fmt;
use std::time::Duration;

use tokio::sync::Mutex;
use tokio::time::Instant;

pub use provider::{Client, Grant, Https, Provider};

use crate::egress::{Failure, Later};
use crate::secret::Secret;

/// Where a connection takes its token from.
pub trait Tokens: Send + Sync + fmt::Debug {
    /// A token that is good now.
    fn token(&self) -> Later<'_, Result<Secret<String>, Trouble>>;

    /// The server did not take this token, whatever its end was said to be: it is not given out again.
    fn spurn<'a>(&'a self, token: &'a Secret<String>) -> Later<'a, ()>;
}

/// Who makes new tokens.
pub trait Refresh: Send + Sync + fmt::Debug {
    fn refresh<'a>(&'a self, grant: &'a Grant) -> Later<'a, Result<Granted, Trouble>>;
}

/// Where a new refresh token is written down. Providers that give a new one with each answer take the old one
/// back, so this has to be durable when it returns.
pub trait Keep: Send + Sync + fmt::Debug {
    fn keep(&self, refresh_token: Secret<String>) -> Later<'_, ()>;
}

#[derive(Clone, Debug)]
pub struct Granted {
    pub access: Secret<String>,
    pub good_for: Duration,
    /// The one to use from now on, if the provider gave a new one.
    pub refresh_token: Option<Secret<String>>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Trouble {
    #[error("The provider took the permission back or it has ended. Connect the mailbox anew.")]
    Revoked,
    #[error("The provider refused the application itself. Check its id and secret.")]
    ClientRefused,
    #[error("The provider answered something that could not be understood.")]
    Nonsense,
    #[error("The provider could not be asked. {0}")]
    Egress(#[from] Failure),
}

impl Trouble {
    /// Whether asking again later can help.
    fn passes(self) -> bool {
        match self {
            Self::Revoked | Self::ClientRefused => false,
            Self::Nonsense => true,
            Self::Egress(failure) => !failure.needs_a_person(),
        }
    }
}

impl From<Trouble> for Failure {
    fn from(trouble: Trouble) -> Self {
        match trouble {
            Trouble::Revoked | Trouble::ClientRefused => Self::TokenRefused,
            Trouble::Nonsense => Self::NotNow,
            Trouble::Egress(failure) => failure,
        }
    }
}

/// Tokens of one mailbox. Any number of connections may ask at once; the provider is asked once.
#[derive(Debug)]
pub struct Cache<R, K> {
    refresh: R,
    keep: K,
    state: Mutex<State>,
}

#[derive(Debug)]
struct State {
    grant: Grant,
    good: Option<(Secret<String>, Instant)>,
    /// The last refusal, and until when it is the answer.
    refused: Option<(Trouble, Option<Instant>)>,
}

/// A token is not used in its last minute: it has to reach the server as well.
const MARGIN: Duration = Duration::from_secs(60);
/// After a failure that may pass, the provider has this long to itself.
const REST: Duration = Duration::from_secs(30);

impl<R: Refresh, K: Keep> Cache<R, K> {
    pub fn new(refresh: R, keep: K, grant: Grant) -> Self {
        Self { refresh, keep, state: Mutex::new(State { grant, good: None, refused: None }) }
    }

    async fn current(&self) -> Result<Secret<String>, Trouble> {
        let mut state = self.state.lock().await;
        let now = Instant::now();
        if let Some((token, until)) = &state.good
            && now < *until
        {
            return Ok(token.clone());
        }
        if let Some((trouble, until)) = state.refused
            && until.is_none_or(|until| now < until)
        {
            return Err(trouble);
        }
        match self.refresh.refresh(&state.grant).await {
            Ok(granted) => Ok(self.take(&mut state, granted).await),
            Err(trouble) => {
                state.refused = Some((trouble, trouble.passes().then(|| now + REST)));
                Err(trouble)
            }
        }
    }

    async fn take(&self, state: &mut State, granted: Granted) -> Secret<String> {
        if let Some(next) = granted.refresh_token {
            state.grant = Grant::RefreshToken(next.clone());
            self.keep.keep(next).await;
        }
        // A token whose whole life is shorter than the margin is still good for the connection it was fetched for.
        let until = Instant::now() + granted.good_for.saturating_sub(MARGIN);
        state.good = Some((granted.access.clone(), until));
        state.refused = None;
        granted.access
    }
}

impl<R: Refresh, K: Keep> Tokens for Cache<R, K> {
    fn token(&self) -> Later<'_, Result<Secret<String>, Trouble>> {
        Box::pin(self.current())
    }

    fn spurn<'a>(&'a self, token: &'a Secret<String>) -> Later<'a, ()> {
        Box::pin(async move {
            let mut state = self.state.lock().await;
            if state.good.as_ref().is_some_and(|(good, _)| good.reveal() == token.reveal()) {
                state.good = None;
            }
        })
    }
}

#[cfg(test)]
mod tests;
