//! What every handler is given: the desk, the options of this server and the live events.

use std::sync::Arc;

use desk::Desk;

use crate::live::Live;

/// Shared by all requests; clones are cheap.
#[derive(Clone)]
pub struct App {
    pub desk: Desk,
    pub options: Arc<Options>,
    pub live: Live,
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
        Self { desk, options: Arc::new(options), live: Live::new() }
    }
}
