//! How somebody wants the desk to look and to act for them: a closed set, each with its usual value.

mod quiet;
#[cfg(test)]
mod tests;

pub use quiet::{Days, QuietHours};

use crate::word::words;

/// Everything somebody chose; what was never chosen has its usual value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Preferences {
    pub theme: Theme,
    pub density: Density,
    pub after_reply: AfterReply,
    /// How long a reply can be undone; as its inbox says when nothing was chosen.
    pub undo: Option<UndoSeconds>,
    pub keys: Keys,
    /// What was sent together with the last reply.
    pub sending: Sending,
    pub quiet: Option<QuietHours>,
}

/// One of them with its value, as it is kept: a name and a word without spaces.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Preference {
    Theme(Theme),
    Density(Density),
    AfterReply(AfterReply),
    Undo(Option<UndoSeconds>),
    Keys(Keys),
    Sending(Sending),
    Quiet(Option<QuietHours>),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Theme {
    /// What the device asks for.
    #[default]
    System,
    Light,
    Dark,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Density {
    #[default]
    Comfortable,
    Compact,
}

/// Where somebody is led after a reply.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum AfterReply {
    /// The next ticket of the list they came from.
    Next,
    #[default]
    Stay,
    /// The list they came from.
    Back,
}

/// Whether a single key does something outside of fields.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Keys {
    #[default]
    On,
    Off,
}

/// What is done together with sending a reply.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Sending {
    #[default]
    Stay,
    Wait,
    Solve,
}

words!(Theme { System = "system", Light = "light", Dark = "dark" });
words!(Density { Comfortable = "comfortable", Compact = "compact" });
words!(AfterReply { Next = "next", Stay = "stay", Back = "back" });
words!(Keys { On = "on", Off = "off" });
words!(Sending { Stay = "stay", Wait = "wait", Solve = "solve" });

/// How long a reply waits before it leaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct UndoSeconds(u8);

impl UndoSeconds {
    /// The longest that an inbox or a person may choose.
    pub const MOST: u8 = 120;
    /// How long a reply waits that no inbox sends, of somebody who chose nothing.
    pub const USUAL: u8 = 10;

    #[must_use]
    pub fn new(seconds: u8) -> Option<Self> {
        (seconds <= Self::MOST).then_some(Self(seconds))
    }

    #[must_use]
    pub const fn seconds(self) -> u8 {
        self.0
    }

    /// How long a reply waits of somebody who chose this, or nothing, in an inbox with its own time. An inbox
    /// without any lets everything leave at once, whatever somebody chose.
    #[must_use]
    pub fn within(chosen: Option<Self>, inbox_seconds: i64) -> i64 {
        if inbox_seconds == 0 { 0 } else { chosen.map_or(inbox_seconds, |own| i64::from(own.0)) }
    }

    fn parse(word: &str) -> Option<Self> {
        word.parse().ok().and_then(Self::new)
    }
}

/// The word for what was not chosen.
const NONE: &str = "none";

impl Preference {
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Theme(_) => "theme",
            Self::Density(_) => "density",
            Self::AfterReply(_) => "after_reply",
            Self::Undo(_) => "undo",
            Self::Keys(_) => "keys",
            Self::Sending(_) => "sending",
            Self::Quiet(_) => "quiet",
        }
    }

    #[must_use]
    pub fn value(self) -> String {
        match self {
            Self::Theme(theme) => theme.as_str().to_owned(),
            Self::Density(density) => density.as_str().to_owned(),
            Self::AfterReply(after) => after.as_str().to_owned(),
            Self::Undo(seconds) => seconds.map_or(NONE.to_owned(), |own| own.0.to_string()),
            Self::Keys(keys) => keys.as_str().to_owned(),
            Self::Sending(sending) => sending.as_str().to_owned(),
            Self::Quiet(hours) => hours.map_or(NONE.to_owned(), |hours| hours.to_string()),
        }
    }

    /// What was kept under a name; `None` for what this desk does not know.
    #[must_use]
    pub fn parse(name: &str, value: &str) -> Option<Self> {
        match name {
            "theme" => Theme::parse(value).map(Self::Theme),
            "density" => Density::parse(value).map(Self::Density),
            "after_reply" => AfterReply::parse(value).map(Self::AfterReply),
            "undo" if value == NONE => Some(Self::Undo(None)),
            "undo" => UndoSeconds::parse(value).map(|own| Self::Undo(Some(own))),
            "keys" => Keys::parse(value).map(Self::Keys),
            "sending" => Sending::parse(value).map(Self::Sending),
            "quiet" if value == NONE => Some(Self::Quiet(None)),
            "quiet" => QuietHours::parse(value).map(|hours| Self::Quiet(Some(hours))),
            _ => None,
        }
    }
}

impl Preferences {
    /// Reads what was kept, as `theme=dark density=compact`; a word that is not known changes nothing.
    #[must_use]
    pub fn parse(kept: &str) -> Self {
        kept.split_ascii_whitespace()
            .filter_map(|pair| pair.split_once('='))
            .filter_map(|(name, value)| Preference::parse(name, value))
            .fold(Self::default(), Self::with)
    }

    #[must_use]
    pub const fn with(mut self, preference: Preference) -> Self {
        match preference {
            Preference::Theme(theme) => self.theme = theme,
            Preference::Density(density) => self.density = density,
            Preference::AfterReply(after) => self.after_reply = after,
            Preference::Undo(seconds) => self.undo = seconds,
            Preference::Keys(keys) => self.keys = keys,
            Preference::Sending(sending) => self.sending = sending,
            Preference::Quiet(hours) => self.quiet = hours,
        }
        self
    }

    /// Each of them, with the value it has now.
    #[must_use]
    pub const fn each(self) -> [Preference; 7] {
        [
            Preference::Theme(self.theme),
            Preference::Density(self.density),
            Preference::AfterReply(self.after_reply),
            Preference::Undo(self.undo),
            Preference::Keys(self.keys),
            Preference::Sending(self.sending),
            Preference::Quiet(self.quiet),
        ]
    }
}
