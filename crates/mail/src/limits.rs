//! How much of a message is looked at, and what is said when it is more.

use thiserror::Error;

/// Bounds on one message; past them it is kept raw and not taken apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of the raw message.
    pub bytes: usize,
    /// Parts inside parts.
    pub depth: usize,
    /// Parts altogether.
    pub parts: usize,
    /// Header fields of one part.
    pub fields: usize,
    /// Header fields of all parts together.
    pub all_fields: usize,
    /// Bytes of decoded text that are read; the rest stays in the raw message.
    pub text: usize,
    /// Bytes of HTML that are sanitised; more is not shown as HTML.
    pub html: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            bytes: 64 * 1024 * 1024,
            depth: 32,
            parts: 1_000,
            fields: 1_000,
            all_fields: 10_000,
            text: 2 * 1024 * 1024,
            html: 1024 * 1024,
        }
    }
}

/// Why a message was not taken apart. Its bytes are untouched.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Trouble {
    #[error(
        "The message has {bytes} bytes and the limit is {limit}. It was kept as it came; raise the limit to read it."
    )]
    TooLarge { bytes: usize, limit: usize },
    #[error(
        "The message has more than {limit} header fields. It was kept as it came and can be read in its source."
    )]
    TooManyFields { limit: usize },
    #[error("The message has more than {limit} parts. It was kept as it came and can be read in its source.")]
    TooManyParts { limit: usize },
    #[error(
        "The parts of the message are nested more than {limit} deep. It was kept as it came and can be read in its source."
    )]
    TooDeep { limit: usize },
    #[error("Nothing in these bytes looks like a message. They were kept as they came.")]
    Empty,
    #[error("The message broke the reader. It was kept as it came; please report it as a defect.")]
    Broke,
}

impl Trouble {
    /// The code under which the message waits in the suspended queue.
    pub fn code(&self) -> &'static str {
        match self {
            Self::TooLarge { .. } => "too_large",
            Self::TooManyFields { .. }
            | Self::TooManyParts { .. }
            | Self::TooDeep { .. }
            | Self::Empty
            | Self::Broke => "malformed",
        }
    }
}
