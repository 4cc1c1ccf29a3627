//! The texts that the desk writes by itself: one for each purpose, in the reader's language, a unit's own first.

mod fill;
mod own;
#[cfg(test)]
mod tests;
mod variable;

use domain::notice::Occasion;

pub use fill::{Values, fill};
pub(crate) use own::made;
pub use own::{Place, Preview, every_place, preview, remove, save, shown};
pub use store::mail_text::Written;
pub use variable::Variable;

/// What a text is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Template {
    /// A new ticket came by mail.
    Acknowledgement,
    /// The same, when nothing proves who wrote it: it repeats nothing that the mail said.
    FirstAcknowledgement,
    /// Somebody is told of one thing.
    Notice(Occasion),
    /// Somebody is told once a day of everything that happened.
    Digest,
    /// Files of a reply were too large for its mail; the subject stands above the list.
    Files,
    /// A solved ticket asks how it went; the subject stands above the list.
    Rating,
}

/// A text ready to be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text {
    pub subject: String,
    /// Markdown.
    pub body: String,
}

impl Template {
    pub fn all() -> impl Iterator<Item = Self> {
        let notices = Occasion::ALL.iter().rev().map(|occasion| Self::Notice(*occasion));
        let begun = [Self::Acknowledgement, Self::FirstAcknowledgement].into_iter();
        begun.chain(notices).chain([Self::Digest, Self::Files, Self::Rating])
    }

    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Acknowledgement => "acknowledgement",
            Self::FirstAcknowledgement => "first_acknowledgement",
            Self::Notice(occasion) => occasion.as_str(),
            Self::Digest => "digest",
            Self::Files => "files",
            Self::Rating => "rating",
        }
    }

    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Self::all().find(|template| template.as_str() == word)
    }

    /// What its text may name.
    #[must_use]
    pub const fn variables(self) -> &'static [Variable] {
        use Variable::{Count, Excerpt, Inbox, Link, List, Name, Number, Subject, Unit, Until, Who};
        match self {
            Self::Acknowledgement => &[Name, Number, Subject, Unit, Inbox, Link],
            Self::FirstAcknowledgement => &[Number, Unit, Inbox],
            Self::Notice(Occasion::Solved | Occasion::Closed) => {
                &[Name, Number, Subject, Unit, Inbox, Until, Link]
            }
            Self::Notice(Occasion::Given) => &[Name, Number, Subject, Unit, Who, Link],
            Self::Notice(Occasion::EndsSoon) => &[Name, Number, Subject, Unit, Until, Link],
            Self::Notice(
                Occasion::Answered
                | Occasion::AskedBack
                | Occasion::Delivered
                | Occasion::Returned
                | Occasion::Mentioned
                | Occasion::Noted
                | Occasion::Watched
                | Occasion::HandoffWatched
                | Occasion::Rated
                | Occasion::Escalated,
            ) => &[Name, Number, Subject, Unit, Who, Excerpt, Link],
            Self::Notice(Occasion::Replied | Occasion::Bounced) => {
                &[Name, Number, Subject, Unit, Excerpt, Link]
            }
            Self::Notice(Occasion::StrangerWrote | Occasion::Arrived | Occasion::Told) => {
                &[Name, Number, Subject, Unit, Link]
            }
            Self::Digest => &[Name, Count, List, Link],
            Self::Files => &[List, Link],
            Self::Rating => &[List, Unit],
        }
    }

    /// The text where nobody wrote another one.
    #[must_use]
    pub fn usual(self, language: &str) -> Written {
        let (english, german) = match self {
            Self::Acknowledgement => texts!("acknowledgement"),
            Self::FirstAcknowledgement => texts!("first_acknowledgement"),
            Self::Notice(Occasion::Given) => texts!("given"),
            Self::Notice(Occasion::Answered) => texts!("answered"),
            Self::Notice(Occasion::Delivered) => texts!("delivered"),
            Self::Notice(Occasion::Returned) => texts!("returned"),
            Self::Notice(Occasion::EndsSoon) => texts!("ends_soon"),
            Self::Notice(Occasion::StrangerWrote) => texts!("stranger_wrote"),
            Self::Notice(Occasion::AskedBack) => texts!("asked_back"),
            Self::Notice(Occasion::Replied) => texts!("replied"),
            Self::Notice(Occasion::Solved) => texts!("solved"),
            Self::Notice(Occasion::Closed) => texts!("closed"),
            Self::Notice(Occasion::Mentioned) => texts!("mentioned"),
            Self::Notice(Occasion::Noted) => texts!("noted"),
            Self::Notice(Occasion::Watched) => texts!("watched"),
            Self::Notice(Occasion::HandoffWatched) => texts!("handoff_watched"),
            Self::Notice(Occasion::Bounced) => texts!("bounced"),
            Self::Notice(Occasion::Rated) => texts!("rated"),
            Self::Notice(Occasion::Escalated) => texts!("escalated"),
            Self::Notice(Occasion::Arrived) => texts!("arrived"),
            Self::Notice(Occasion::Told) => texts!("told"),
            Self::Digest => texts!("digest"),
            Self::Files => texts!("files"),
            Self::Rating => texts!("rating"),
        };
        // The first line is the subject.
        let text = if language == "de" { german } else { english };
        let (subject, body) = text.split_once('\n').unwrap_or((text, ""));
        Written { subject: subject.trim().to_owned(), body: body.trim().to_owned() }
    }
}

macro_rules! texts {
    ($name:literal) => {
        (
            include_str!(concat!("template/texts/", $name, ".en.md")),
            include_str!(concat!("template/texts/", $name, ".de.md")),
        )
    };
}
use texts;
