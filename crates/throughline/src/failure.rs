//! How a command fails: one clear paragraph on standard error and an exit code.

use std::fmt::Display;
use std::process::ExitCode;

use crate::say;

/// What went wrong, in words for whoever typed the command.
#[derive(Debug)]
pub(crate) struct Failure {
    message: String,
    code: Code,
}

#[derive(Debug, Clone, Copy)]
enum Code {
    /// It could not be done.
    Failed = 1,
    /// It was asked for in a way that cannot be meant.
    Usage = 2,
}

impl Failure {
    pub(crate) fn new(message: impl Display) -> Self {
        Self { message: message.to_string(), code: Code::Failed }
    }

    pub(crate) fn usage(message: impl Display) -> Self {
        Self { message: message.to_string(), code: Code::Usage }
    }

    /// The same with one more sentence.
    pub(crate) fn and(mut self, sentence: &str) -> Self {
        self.message = format!("{}. {sentence}", self.message.trim_end_matches('.'));
        self
    }

    pub(crate) fn words(&self) -> &str {
        &self.message
    }

    /// Prints the paragraph and gives the exit code.
    pub(crate) fn tell(&self) -> ExitCode {
        let message = self.message.trim();
        let end = if message.ends_with(['.', '?', '!']) { "" } else { "." };
        say::aside(format!("throughline: {message}{end}"));
        ExitCode::from(self.code as u8)
    }
}

impl From<desk::DeskError> for Failure {
    fn from(error: desk::DeskError) -> Self {
        match error {
            desk::DeskError::Invalid { .. } => Self::usage(error),
            other => Self::new(other),
        }
    }
}

impl From<store::DbError> for Failure {
    fn from(error: store::DbError) -> Self {
        match error {
            store::DbError::Address { .. } => Self::usage(error),
            other => Self::new(other),
        }
    }
}

impl From<store::StoreError> for Failure {
    fn from(error: store::StoreError) -> Self {
        Self::new(error)
    }
}

impl From<desk::eventlog::Error> for Failure {
    fn from(error: desk::eventlog::Error) -> Self {
        use desk::eventlog::Error;
        match error {
            Error::Profile { .. } | Error::Zone { .. } | Error::Mapping { .. } => Self::usage(error),
            other => Self::new(other),
        }
    }
}

impl From<std::io::Error> for Failure {
    fn from(error: std::io::Error) -> Self {
        Self::new(error)
    }
}
