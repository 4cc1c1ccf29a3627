//! axe-core, which looks for what keeps people with disabilities out; `.ci/run` installs it, for tests alone.

use std::io::{ErrorKind, Write};
use std::sync::OnceLock;

const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/npm/node_modules/axe-core/axe.min.js");

/// The script, or `None` with a word on standard error where it was not installed.
///
/// # Panics
/// When it is there and cannot be read.
#[must_use]
pub fn script() -> Option<&'static str> {
    static SCRIPT: OnceLock<Option<String>> = OnceLock::new();
    SCRIPT.get_or_init(read).as_deref()
}

fn read() -> Option<String> {
    match std::fs::read_to_string(FILE) {
        Ok(script) => Some(script),
        Err(cause) if cause.kind() == ErrorKind::NotFound => {
            // Written past the test's capture, so that nobody takes what was skipped for what passed.
            let _ = writeln!(
                std::io::stderr(),
                "skipped, no page was looked at: axe-core is missing; `npm ci --prefix crates/testkit/npm` installs it"
            );
            None
        }
        Err(cause) => panic!("{FILE}: {cause}"),
    }
}
