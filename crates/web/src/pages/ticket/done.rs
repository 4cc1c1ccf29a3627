//! What was done on a ticket's page, as the address after it says, and in words.

use crate::t;
use crate::text::Locale;

/// What was done, as the address after it says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub(super) enum Done {
    Replied,
    Noted,
    Assigned,
    Transferred,
    Waiting,
    Resumed,
    Solved,
    Reopened,
    Closed,
    Prioritised,
    Asked,
    Delivered,
    Accepted,
    Returned,
    Withdrawn,
    DraftKept,
    DraftGone,
    TakenBack,
    SentAgain,
    Confirmed,
    Released,
    SetAside,
    Moved,
    Stays,
    Copied,
    CopyEnded,
    Forwarded,
    Undone,
    /// Something beside the conversation.
    Kept,
    /// Nothing: something new came in first.
    Meanwhile,
}

impl Done {
    const ALL: [Self; 29] = [
        Self::Replied,
        Self::Noted,
        Self::Assigned,
        Self::Transferred,
        Self::Waiting,
        Self::Resumed,
        Self::Solved,
        Self::Reopened,
        Self::Closed,
        Self::Prioritised,
        Self::Asked,
        Self::Delivered,
        Self::Accepted,
        Self::Returned,
        Self::Withdrawn,
        Self::DraftKept,
        Self::DraftGone,
        Self::TakenBack,
        Self::SentAgain,
        Self::Confirmed,
        Self::Released,
        Self::SetAside,
        Self::Moved,
        Self::Stays,
        Self::Copied,
        Self::CopyEnded,
        Self::Forwarded,
        Self::Undone,
        Self::Kept,
    ];

    pub(super) const fn code(self) -> &'static str {
        match self {
            Self::Replied => "replied",
            Self::Noted => "noted",
            Self::Assigned => "assigned",
            Self::Transferred => "transferred",
            Self::Waiting => "waiting",
            Self::Resumed => "resumed",
            Self::Solved => "solved",
            Self::Reopened => "reopened",
            Self::Closed => "closed",
            Self::Prioritised => "prioritised",
            Self::Asked => "asked",
            Self::Delivered => "delivered",
            Self::Accepted => "accepted",
            Self::Returned => "returned",
            Self::Withdrawn => "withdrawn",
            Self::DraftKept => "draft-kept",
            Self::DraftGone => "draft-gone",
            Self::TakenBack => "taken-back",
            Self::SentAgain => "sent-again",
            Self::Confirmed => "confirmed",
            Self::Released => "released",
            Self::SetAside => "set-aside",
            Self::Moved => "moved",
            Self::Stays => "stays",
            Self::Copied => "copied",
            Self::CopyEnded => "copy-ended",
            Self::Undone => "undone",
            Self::Forwarded => "forwarded",
            Self::Kept => "kept",
            Self::Meanwhile => "meanwhile",
        }
    }

    pub(super) fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|done| done.code() == code)
    }
}

pub(super) fn words(locale: Locale, done: Done) -> &'static str {
    match done {
        Done::Replied => t!(locale, "ticket-done-replied"),
        Done::Noted => t!(locale, "ticket-done-noted"),
        Done::Assigned => t!(locale, "ticket-done-assigned"),
        Done::Transferred => t!(locale, "ticket-done-transferred"),
        Done::Waiting => t!(locale, "ticket-done-waiting"),
        Done::Resumed => t!(locale, "ticket-done-resumed"),
        Done::Solved => t!(locale, "ticket-done-solved"),
        Done::Reopened => t!(locale, "ticket-done-reopened"),
        Done::Closed => t!(locale, "ticket-done-closed"),
        Done::Prioritised => t!(locale, "ticket-done-prioritised"),
        Done::Asked => t!(locale, "ticket-done-asked"),
        Done::Delivered => t!(locale, "ticket-done-delivered"),
        Done::Accepted => t!(locale, "ticket-done-accepted"),
        Done::Returned => t!(locale, "ticket-done-returned"),
        Done::Withdrawn => t!(locale, "ticket-done-withdrawn"),
        Done::DraftKept => t!(locale, "ticket-done-draft-kept"),
        Done::DraftGone => t!(locale, "ticket-done-draft-gone"),
        Done::TakenBack => t!(locale, "ticket-done-taken-back"),
        Done::SentAgain => t!(locale, "ticket-done-sent-again"),
        Done::Confirmed => t!(locale, "ticket-done-confirmed"),
        Done::Released => t!(locale, "ticket-done-released"),
        Done::SetAside => t!(locale, "ticket-done-set-aside"),
        Done::Moved => t!(locale, "ticket-done-moved"),
        Done::Stays => t!(locale, "ticket-done-stays"),
        Done::Copied => t!(locale, "ticket-done-copied"),
        Done::CopyEnded => t!(locale, "ticket-done-copy-ended"),
        Done::Undone => t!(locale, "ticket-done-undone"),
        Done::Forwarded => t!(locale, "forward-done"),
        Done::Kept => t!(locale, "ticket-done-kept"),
        Done::Meanwhile => t!(locale, "ticket-meanwhile"),
    }
}
