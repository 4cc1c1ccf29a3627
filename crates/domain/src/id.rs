//! Newtypes for ids, so that a unit is never mistaken for a person.

use serde::{Deserialize, Serialize};

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub i64);

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }

        impl std::str::FromStr for $name {
            type Err = std::num::ParseIntError;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self)
            }
        }
    )+};
}

ids! {
    /// One matter somebody asked about; a hand-off is a ticket too.
    TicketId,
    /// A department, branch or team of our own organisation.
    UnitId,
    /// A human being, once, whatever hats they wear.
    PersonId,
    /// A legal body outside or inside.
    OrganisationId,
    /// The tie between a person or organisation and us, with dates.
    AffiliationId,
    /// Something a unit provides to named audiences.
    ServiceId,
    /// A promise about a service.
    AgreementId,
    /// One metric with its duration in one version of an agreement.
    TargetId,
    /// Working hours, holidays and a time zone.
    CalendarId,
    /// A public reply on a ticket.
    MessageId,
    /// An internal note on a ticket.
    NoteId,
    /// The words behind an act.
    ReasonId,
    /// One append-only fact.
    EventId,
    /// An address at which mail comes in, and a unit that answers it.
    InboxId,
    /// One mail as it came in.
    MailId,
    /// One mail on its way out.
    OutgoingId,
    /// A file that hangs on a message, a note or a mail.
    AttachmentId,
    /// A file that was sent and hangs on nothing yet.
    UploadId,
    /// What somebody is writing and has not sent yet.
    DraftId,
    /// A saved view.
    ViewId,
    /// Something the desk does by itself when something happens or time passes.
    RuleId,
    /// The days on which somebody is absent.
    AbsenceId,
    /// A canned reply or a macro.
    MacroId,
    /// The same done with many tickets.
    BulkActionId,
    /// A word that stands on tickets.
    TagId,
    /// A field of one's own.
    CustomId,
    /// A name of one's own for where a ticket stands.
    StatusId,
    /// A ticket that is opened later, once or again and again.
    RecurringId,
    /// What somebody said they worked on a ticket.
    SpentId,
    /// A step of a ticket's checklist.
    ItemId,
}
