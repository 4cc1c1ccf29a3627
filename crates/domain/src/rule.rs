//! Rules: what the desk does by itself when something happens to a ticket, or when time has passed.

#[cfg(test)]
mod tests;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::action::Action;
use crate::calendar::Calendar;
use crate::event::{Detail, Event, Fact, Side};
use crate::filter::{Facts, Test};
use crate::id::RuleId;
use crate::ticket::{State, Ticket};
use crate::word::words;

/// Rules that may answer to each other's acts, one after the other.
pub const DEEPEST: usize = 3;

/// Something that happens to a ticket, to which rules answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Happening {
    Opened,
    RequesterWrote,
    AgentReplied,
    Transferred,
    PriorityChanged,
    Solved,
    Reopened,
    /// A hand-off was asked; it is the ticket of the rule.
    Asked,
    /// A hand-off was delivered.
    Delivered,
    /// A hand-off was returned.
    Returned,
    /// Somebody was given it, or took it.
    Assigned,
    Noted,
    /// A tag was put on it.
    Tagged,
    /// A field of one's own was answered.
    Answered,
    /// Whoever asked said how it went.
    Rated,
    Closed,
    /// A status of one's own was set or taken away.
    StatusChanged,
    /// A mail of it came back or was given up.
    MailBounced,
}

words!(Happening {
    Opened = "opened",
    RequesterWrote = "requester_wrote",
    AgentReplied = "agent_replied",
    Transferred = "transferred",
    PriorityChanged = "priority_changed",
    Solved = "solved",
    Reopened = "reopened",
    Asked = "asked",
    Delivered = "delivered",
    Returned = "returned",
    Assigned = "assigned",
    Noted = "noted",
    Tagged = "tagged",
    Answered = "answered",
    Rated = "rated",
    Closed = "closed",
    StatusChanged = "status_changed",
    MailBounced = "mail_bounced",
});

impl Happening {
    /// What an event is to rules; `handoff` says that its ticket is one.
    #[must_use]
    pub const fn of(fact: &Fact, handoff: bool) -> Option<Self> {
        match fact {
            Fact::Opened(_) => Some(Self::Opened),
            Fact::Asked(_) => Some(Self::Asked),
            Fact::Replied { automatic: true, .. } => None,
            Fact::Replied { side: Side::Requesting, .. } => Some(Self::RequesterWrote),
            Fact::Replied { side: Side::Serving, .. } => Some(Self::AgentReplied),
            Fact::Transferred { .. } | Fact::Escalated { .. } => Some(Self::Transferred),
            Fact::PriorityChanged { .. } => Some(Self::PriorityChanged),
            Fact::Solved { .. } if handoff => Some(Self::Delivered),
            Fact::Solved { .. } => Some(Self::Solved),
            Fact::Reopened { .. } if handoff => Some(Self::Returned),
            Fact::Reopened { .. } => Some(Self::Reopened),
            Fact::Assigned { person: Some(_) } => Some(Self::Assigned),
            Fact::Noted { .. } => Some(Self::Noted),
            Fact::Detailed(Detail::TagAdded { .. }) => Some(Self::Tagged),
            Fact::Detailed(Detail::Answered { .. }) => Some(Self::Answered),
            Fact::Detailed(Detail::StatusSet { .. } | Detail::StatusCleared) => Some(Self::StatusChanged),
            Fact::Rated { .. } => Some(Self::Rated),
            Fact::Closed { .. } => Some(Self::Closed),
            Fact::Bounced { .. } => Some(Self::MailBounced),
            Fact::Assigned { person: None }
            | Fact::WaitStarted { .. }
            | Fact::WaitEnded
            | Fact::ServiceChanged { .. }
            | Fact::Renewed
            | Fact::TakenBack { .. }
            | Fact::Undone { .. }
            | Fact::StrangerWrote { .. }
            | Fact::Released { .. }
            | Fact::CopyAdded { .. }
            | Fact::CopyEnded { .. }
            | Fact::Detailed(_)
            | Fact::Snoozed { .. }
            | Fact::Woken
            | Fact::MergedInto { .. }
            | Fact::Unmerged { .. }
            | Fact::TookIn { .. }
            | Fact::GaveBack { .. }
            | Fact::Logged => None,
        }
    }
}

/// From which instant of a ticket a rule on time counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Since {
    /// So long after the oldest message that nobody answered.
    Unanswered,
    /// So long before its promise ends.
    BeforeDue,
    /// So long after it began to wait for somebody.
    Waiting,
    /// So long after it was solved.
    Solved,
}

words!(Since {
    Unanswered = "unanswered",
    BeforeDue = "before_due",
    Waiting = "waiting",
    Solved = "solved",
});

/// When a rule looks at a ticket.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    Happens(Happening),
    /// Once for each instant from which it counts; `working` counts in the hours of the unit.
    Passes {
        since: Since,
        by: SignedDuration,
        working: bool,
    },
}

/// The instants from which rules on time count, as a ticket has them now.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Instants {
    pub unanswered_since: Option<Timestamp>,
    /// When its promise ends.
    pub due_at: Option<Timestamp>,
    pub waiting_since: Option<Timestamp>,
    pub solved_at: Option<Timestamp>,
}

impl Instants {
    /// Of a ticket as its facts and events say; closed tickets have none.
    #[must_use]
    pub fn of(facts: &Facts, waiting_since: Option<Timestamp>) -> Self {
        let open = facts.state == State::Open;
        Self {
            unanswered_since: facts.unanswered_since.filter(|_| open),
            due_at: facts.due_at.filter(|_| open),
            waiting_since: waiting_since.filter(|_| open && facts.waiting.is_some()),
            solved_at: facts.solved_at.filter(|_| facts.state == State::Solved),
        }
    }

    #[must_use]
    pub const fn anchor(&self, since: Since) -> Option<Timestamp> {
        match since {
            Since::Unanswered => self.unanswered_since,
            Since::BeforeDue => self.due_at,
            Since::Waiting => self.waiting_since,
            Since::Solved => self.solved_at,
        }
    }
}

/// When a rule looks, that counts from `anchor`.
#[must_use]
pub fn fires_at(since: Since, anchor: Timestamp, by: SignedDuration, hours: Option<&Calendar>) -> Timestamp {
    let before = match since {
        Since::BeforeDue => true,
        Since::Unanswered | Since::Waiting | Since::Solved => false,
    };
    match (hours, before) {
        (Some(hours), true) => hours.subtract(anchor, by),
        (Some(hours), false) => hours.add(anchor, by),
        (None, true) => anchor.checked_sub(by).unwrap_or(anchor),
        (None, false) => anchor.checked_add(by).unwrap_or(Timestamp::MAX),
    }
}

/// Phrases of which one has to stand in the subject or the text, at the beginning of a word.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Phrases(Vec<String>);

impl Phrases {
    /// Phrases with commas between them.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        let phrases = text.split(',').map(|phrase| words_of(phrase).collect::<Vec<_>>().join(" "));
        Self(phrases.filter(|phrase| !phrase.is_empty()).collect())
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// As it is kept and shown.
    #[must_use]
    pub fn joined(&self) -> String {
        self.0.join(", ")
    }

    /// Whether one of them stands in a text; without any, in every text.
    #[must_use]
    pub fn are_in(&self, texts: &Texts) -> bool {
        self.0.is_empty() || self.0.iter().any(|phrase| texts.0.contains(&format!(" {phrase}")))
    }
}

/// Texts as phrases are looked for in them: in lower case, with one space before each word.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Texts(String);

impl Texts {
    #[must_use]
    pub fn of<'a>(texts: impl IntoIterator<Item = &'a str>) -> Self {
        let mut spaced = String::new();
        for text in texts {
            for word in words_of(text) {
                spaced.push(' ');
                spaced.push_str(&word);
            }
            // Phrases do not go from one text to the next.
            spaced.push('\n');
        }
        Self(spaced)
    }
}

/// Words in lower case, with the signs that belong to addresses and numbers, but not those that end a sentence.
fn words_of(text: &str) -> impl Iterator<Item = String> {
    let words = text.split(|sign: char| !sign.is_alphanumeric() && !"@._-+#".contains(sign));
    words
        .map(|word| word.trim_matches(['.', '_', '-']))
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
}

/// What a rule asks of a ticket.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Condition {
    pub test: Test,
    pub phrases: Phrases,
}

impl Condition {
    #[must_use]
    pub fn holds(&self, facts: &Facts, texts: &Texts) -> bool {
        self.test.matches(facts) && self.phrases.are_in(texts)
    }
}

/// Why a rule does not look at what other rules did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Guard {
    /// It acted in this chain already: it triggers itself.
    Itself,
    /// Rules answered to rules so often that the chain ends here.
    TooDeep,
}

/// Whether a rule may look at an event that stands at the end of a chain of rules.
///
/// # Errors
/// Why it may not.
pub fn guard(rule: RuleId, chain: &[RuleId]) -> Result<(), Guard> {
    if chain.contains(&rule) {
        Err(Guard::Itself)
    } else if chain.len() >= DEEPEST {
        Err(Guard::TooDeep)
    } else {
        Ok(())
    }
}

/// What became of a rule that looked at a ticket.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "verdict", rename_all = "snake_case")]
pub enum Verdict {
    /// The ticket was not what it asks for.
    Passed,
    /// It matched and acted; so many of its actions changed nothing, because it was so before.
    Acted {
        #[serde(default, skip_serializing_if = "is_zero")]
        already: usize,
        /// What it did, as the rule said then.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        did: Vec<Action>,
    },
    /// It matched, and one of its actions was refused; nothing of it was done.
    Refused { place: usize, why: String },
    /// It answers to itself and was stopped.
    Looped,
    /// Too many rules answered to each other.
    TooDeep,
    /// A rule before it ended the list.
    Ended { by: RuleId },
    /// Its filter cannot be read any more.
    Broken,
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde asks with a reference")]
const fn is_zero(n: &usize) -> bool {
    *n == 0
}

/// Since when a folded ticket waits for somebody outside, by its events.
#[must_use]
pub fn waits_since(ticket: &Ticket, events: &[Event]) -> Option<Timestamp> {
    ticket.waiting?;
    let began = |event: &&Event| event.ticket == ticket.id && matches!(event.fact, Fact::WaitStarted { .. });
    events.iter().rev().find(began).map(|event| event.at)
}
