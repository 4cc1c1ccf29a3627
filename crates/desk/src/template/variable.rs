//! What a text may name.

/// Something that a text puts in, between two braces.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Variable {
    /// Whoever gets the mail.
    Name,
    Number,
    Subject,
    Unit,
    Inbox,
    /// Until when something can be done, or is promised.
    Until,
    /// Whoever did it.
    Who,
    /// The beginning of what was said.
    Excerpt,
    /// The ticket's page.
    Link,
    Count,
    List,
}

impl Variable {
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Number => "number",
            Self::Subject => "subject",
            Self::Unit => "unit",
            Self::Inbox => "inbox",
            Self::Until => "until",
            Self::Who => "who",
            Self::Excerpt => "excerpt",
            Self::Link => "link",
            Self::Count => "count",
            Self::List => "list",
        }
    }

    /// Whether a text must say what stands there otherwise, because it is not always known.
    #[must_use]
    pub const fn may_be_missing(self) -> bool {
        matches!(self, Self::Who | Self::Excerpt | Self::Link | Self::Until)
    }

    /// What stands for it in a preview.
    #[must_use]
    pub const fn example(self, german: bool) -> &'static str {
        match (self, german) {
            (Self::Name, _) => "Anna Berg",
            (Self::Number, _) => "4711",
            (Self::Subject, false) => "The lamp flickers",
            (Self::Subject, true) => "Die Lampe flackert",
            (Self::Unit | Self::Inbox, false) => "Customer support",
            (Self::Unit | Self::Inbox, true) => "Kundendienst",
            (Self::Until, false) => "2026-03-18 14:30",
            (Self::Until, true) => "18.03.2026, 14:30",
            (Self::Who, _) => "Kim Sand",
            (Self::Excerpt, false) => "> It hums as well.",
            (Self::Excerpt, true) => "> Sie brummt auch.",
            (Self::Link, _) => "https://desk.example.org/tickets/4711",
            (Self::Count, _) => "1",
            (Self::List, false) => "- #4711 The lamp flickers: the requester answered",
            (Self::List, true) => "- #4711 Die Lampe flackert: neue Antwort",
        }
    }
}
