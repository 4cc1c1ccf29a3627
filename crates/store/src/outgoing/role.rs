//! Where the recipients of a mail stand.

/// Where the recipient of a mail stands in its header.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    To,
    Cc,
    /// Nowhere: nobody else is shown them.
    Bcc,
}

impl Role {
    pub const ALL: [Self; 3] = [Self::To, Self::Cc, Self::Bcc];

    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::To => "to",
            Self::Cc => "cc",
            Self::Bcc => "bcc",
        }
    }

    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.as_str() == word)
    }
}

crate::db::text_columns!(Role);
