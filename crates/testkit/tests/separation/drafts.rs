//! What is being written, with a canary in every text: its writer alone reads it, on whichever side they are.

use domain::draft::Text;
use domain::id::{MessageId, PersonId};
use testkit::TestDesk;

use crate::canary::{Canary, word};
use crate::texts::{ADA, BO, KIM};

/// A message of a mail that somebody is about to pass on.
pub(crate) fn forward(desk: &TestDesk, kim: PersonId, (number, message): (i64, MessageId)) {
    desk.drafts(kim, number, Text::Forward(message), &word("draft of what is passed on"));
}

/// On a ticket of Ada's and the hand-off asked on behalf of it.
pub(crate) fn put(desk: &TestDesk, [ada, kim, bo]: [PersonId; 3], (external, handoff): (i64, i64)) {
    for (person, number, text, name) in [
        (kim, external, Text::Reply, "draft reply"),
        (kim, external, Text::Note, "draft note"),
        (ada, external, Text::Reply, "draft of a requester"),
        (kim, handoff, Text::Reply, "draft of the unit that asked"),
        (bo, handoff, Text::Reply, "draft of the unit that was asked"),
        (kim, external, Text::Handoff, "draft of a question"),
        (bo, handoff, Text::Delivery, "draft of a delivery"),
        (kim, handoff, Text::Return, "draft of a return"),
    ] {
        desk.drafts(person, number, text, &word(name));
    }
}

pub(crate) fn canaries() -> Vec<Canary> {
    [
        ("draft reply", KIM),
        ("draft note", KIM),
        ("draft of a requester", ADA),
        ("draft of the unit that asked", KIM),
        ("draft of the unit that was asked", BO),
        ("draft of a question", KIM),
        ("draft of a delivery", BO),
        ("draft of a return", KIM),
        ("draft of what is passed on", KIM),
    ]
    .map(|(name, whose)| Canary { name, word: word(name), for_whom: vec![whose] })
    .into()
}
