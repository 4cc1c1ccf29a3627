//! What is being written, with a canary in every text: its writer alone reads it, on whichever side they are.

use domain::draft::{New, Text};
use domain::id::{MessageId, PersonId, ServiceId};
use testkit::TestDesk;

use crate::canary::{Canary, word};
use crate::texts::{ADA, BO, EVA, KIM};

/// A message of a mail that somebody is about to pass on.
pub(crate) fn forward(desk: &TestDesk, kim: PersonId, (number, message): (i64, MessageId)) {
    desk.drafts(kim, number, Text::Forward(message), &word("draft of what is passed on"));
}

/// Before there is a ticket.
pub(crate) fn begin(desk: &TestDesk, [ada, kim, eva]: [PersonId; 3], help: ServiceId) {
    for (person, new, name) in [
        (kim, New::Outbound, "draft of a first letter"),
        (kim, New::OnBehalf(ada), "draft for whoever called"),
        (ada, New::Request(help), "draft of a request"),
        (eva, New::Request(help), "draft of a request from inside"),
    ] {
        let service = help.to_string();
        let fields = [("service", service.as_str()), ("subject", "Half")];
        desk.begins(person, new, &fields, (&word(name), 0)).unwrap();
    }
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
        ("draft of a first letter", KIM),
        ("draft for whoever called", KIM),
        ("draft of a request", ADA),
        ("draft of a request from inside", EVA),
    ]
    .map(|(name, whose)| Canary { name, word: word(name), for_whom: vec![whose] })
    .into()
}
