//! Matters of employees and suppliers.

use super::{Does, Line, asked, line};
use crate::demo::company::AGENT_AND_CUSTOMER;
use crate::demo::offers::Offer;
use domain::priority::Priority;
use domain::ticket::Kind;

pub(super) fn locker() -> Vec<Line> {
    vec![
        line(
            50 * 60,
            "Noor Siddiqui",
            asked(
                Offer::Buildings,
                Kind::Incident,
                Priority::P3,
                "Key for locker 41 broke off",
                "Half of it is in my hand and the other half in the lock, with my jacket behind it.",
            ),
        ),
        line(48 * 60, "Rosa Delgado", Does::Take),
        line(
            47 * 60,
            "Rosa Delgado",
            Does::Solve("New lock is in, two keys are on your desk. The jacket is fine."),
        ),
        line(25, "Noor Siddiqui", Does::AcceptSolved),
    ]
}

pub(super) fn agent_as_customer() -> Vec<Line> {
    vec![
        line(
            75 * 60,
            AGENT_AND_CUSTOMER,
            asked(
                Offer::Help,
                Kind::Incident,
                Priority::P3,
                "My Fold Mini at home drips at night",
                "Writing as a customer. There is a small puddle under the indoor unit every morning, about a cup. Nothing on the display. It is two years old.\n\nInes",
            ),
        ),
        line(73 * 60, "Callum Reid", Does::Take),
        line(
            73 * 60 - 10,
            "Callum Reid",
            Does::Note(
                "Ines is one of us, so she sees none of this. Puddle at night sounds like the condensate tray; treat it like any other.",
            ),
        ),
        line(
            22 * 60,
            "Callum Reid",
            Does::AskBack(
                "Does the puddle also appear on days when you have not used hot water in the evening? And could you send a photo of the tray?",
            ),
        ),
        line(
            9,
            AGENT_AND_CUSTOMER,
            Does::Write(
                "Yes, also on those days. The photo shows a hair crack on the left side of the tray, I would say.",
            ),
        ),
    ]
}

pub(super) fn tablet() -> Vec<Line> {
    vec![
        line(
            6 * 24 * 60,
            "Abel Fenwick",
            asked(
                Offer::ItHelp,
                Kind::Request,
                Priority::P3,
                "Tablet for the fitters' van, asked for the third time",
                "We still write reports on paper and type them in the evening. A tablet was promised in summer.",
            ),
        ),
        line(5 * 24 * 60, "Samir Aziz", Does::Take),
        line(
            5 * 24 * 60 - 30,
            "Samir Aziz",
            Does::Solve("Tablets are only given to people with a desk. I am sorry."),
        ),
        line(
            2 * 24 * 60,
            "Abel Fenwick",
            Does::Escalate(
                "People with a desk need a tablet least. Please let somebody decide who does not own the rule.",
            ),
        ),
    ]
}

pub(super) fn in_confidence() -> Vec<Line> {
    vec![line(
        95,
        "Chipo Moyo",
        asked(
            Offer::Personnel,
            Kind::Question,
            Priority::P3,
            "Something I would rather say in person",
            "It is about how somebody speaks to the apprentices. Could I come by this week, and who would be told?",
        ),
    )]
}

pub(super) fn second_pallet() -> Vec<Line> {
    vec![line(
        70,
        "Heiko Sander",
        asked(
            Offer::Suppliers,
            Kind::Question,
            Priority::P2,
            "Compressors: new date for the second pallet",
            "The second pallet leaves us four days later than agreed. Could you tell me which of your orders hurts most, so that we pack that one first?",
        ),
    )]
}
