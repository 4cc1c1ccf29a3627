//! What every handler is given: the desk, the options of this server and the live events.

use std::ops::Deref;
use std::sync::Arc;

use desk::Desk;

use crate::live::Live;

/// Shared by all requests. It is cloned several times for each, so a clone is one count.
#[derive(Clone)]
pub struct App(Arc<Shared>);

pub struct Shared {
    pub desk: Desk,
    pub options: Options,
    pub live: Live,
}

impl Deref for App {
    type Target = Shared;

    fn deref(&self) -> &Shared {
        &self.0
    }
}

/// How this server is reached and what it shows.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Reached through TLS, so that cookies may demand it.
    pub secure: bool,
    /// Filled with the demonstration: the sign-in page lists whom to sign in as.
    pub demo: bool,
}

impl App {
    #[must_use]
    pub fn new(desk: Desk, options: Options) -> Self {
        Self(Arc::new(Shared { desk, options, live: Live::new() }))
    }
}
