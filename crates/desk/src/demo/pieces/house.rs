//! Matters of employees that belong together or are done step by step.

use super::{Does, Line, Tend, asked, on};
use crate::demo::offers::Offer;
use domain::link::Link;
use domain::priority::Priority;
use domain::ticket::Kind;

/// One driver, three printers, and a photograph that was forgotten.
#[expect(clippy::too_many_lines, reason = "a story told line by line")]
pub(super) fn labels() -> Vec<Line> {
    vec![
        on(
            3 * DAY + 120,
            "Joe Hartley",
            "notes",
            asked(
                Offer::ItHelp,
                Kind::Incident,
                Priority::P2,
                "Label printer in hall 2 cuts the last digit",
                "The delivery notes lack the last digit of the order. We write it on by hand, and two of us write a 1 like a 7.",
            ),
        ),
        on(3 * DAY + 100, "Zoe Kendrick", "notes", Does::Take),
        on(3 * DAY + 95, "Zoe Kendrick", "notes", Does::Tend(Tend::Field("device", "Label printer"))),
        on(3 * DAY + 94, "Zoe Kendrick", "notes", Does::Tend(Tend::Field("inventory", "2041"))),
        on(
            3 * DAY + 40,
            "Ravi Chandran",
            "shelf",
            asked(
                Offer::ItHelp,
                Kind::Incident,
                Priority::P3,
                "Shelf labels in the showroom are cut off",
                "A heat pump for *4,99* instead of *4,990*. A customer has already asked for two.",
            ),
        ),
        on(3 * DAY + 30, "Samir Aziz", "shelf", Does::Take),
        on(3 * DAY + 25, "Samir Aziz", "shelf", Does::Tend(Tend::Field("device", "Label printer"))),
        on(
            3 * DAY + 10,
            "Paula Kessler",
            "vans",
            asked(
                Offer::ItHelp,
                Kind::Incident,
                Priority::P3,
                "Labels for the vans: half of the postcode is missing",
                "The drivers find the streets by heart, but the new one drove to Fennmoor twice.",
            ),
        ),
        on(3 * DAY, "Samir Aziz", "vans", Does::Take),
        on(
            3 * DAY - 30,
            "Zoe Kendrick",
            "driver",
            asked(
                Offer::ItHelp,
                Kind::Problem,
                Priority::P2,
                "Label driver 4.2 cuts the right edge",
                "It came with the update on Monday night. Eleven printers have it. With 4.1 the same label is whole.",
            ),
        ),
        on(3 * DAY - 40, "Viktor Halas", "driver", Does::Take),
        on(
            3 * DAY - 42,
            "Viktor Halas",
            "driver",
            Does::Tend(Tend::Steps(
                "Stop the update for printers that do not have it yet\nBack to 4.1 in hall 2\nBack to 4.1 in the showroom\nBack to 4.1 for the vans\nA label is printed before the next update, not after",
            )),
        ),
        on(3 * DAY - 43, "Viktor Halas", "driver", Does::Tend(Tend::Status("Known fault"))),
        on(3 * DAY - 45, "Samir Aziz", "notes", Does::Tend(Tend::Link(Link::CausedBy, "driver"))),
        on(3 * DAY - 50, "Samir Aziz", "shelf", Does::Tend(Tend::Link(Link::CausedBy, "driver"))),
        on(3 * DAY - 51, "Samir Aziz", "vans", Does::Tend(Tend::Link(Link::CausedBy, "driver"))),
        on(
            3 * DAY - 60,
            "Samir Aziz",
            "shelf",
            Does::Reply(
                "You are not alone, the new driver cuts everything. The showroom gets the old one back tomorrow; please hide the printer until then.",
            ),
        ),
        on(
            2 * DAY + 200,
            "Ravi Chandran",
            "photo",
            asked(
                Offer::ItHelp,
                Kind::Incident,
                Priority::P3,
                "Photograph of the cut label",
                "Forgot it, sorry. The price in the middle is the famous one.",
            ),
        ),
        on(2 * DAY + 190, "Samir Aziz", "photo", Does::Take),
        on(2 * DAY + 188, "Samir Aziz", "photo", Does::Reply("Thank you. I put it with your first message.")),
        on(2 * DAY + 180, "Samir Aziz", "photo", Does::Tend(Tend::Merge { into: "shelf" })),
        on(2 * DAY, "Viktor Halas", "driver", Does::Tend(Tend::Ticked(2))),
        on(
            2 * DAY - 10,
            "Viktor Halas",
            "driver",
            Does::Tend(Tend::Spent("2:15", "Eleven printers found, driver packed again")),
        ),
        on(2 * DAY - 20, "Zoe Kendrick", "notes", Does::Tend(Tend::Macro("It was the update"))),
        on(2 * DAY - 25, "Zoe Kendrick", "notes", Does::Tend(Tend::Status("Runs again, cause open"))),
        on(5 * 60, "Samir Aziz", "vans", Does::Tend(Tend::Snooze { hours: 40 })),
    ]
}

/// A message with a second matter in it, for another unit.
pub(super) fn loading_door() -> Vec<Line> {
    vec![
        on(
            2 * DAY,
            "Luis Navarro",
            "network",
            asked(
                Offer::ItHelp,
                Kind::Incident,
                Priority::P3,
                "No network at the desk by the loading door",
                "The screen says *no cable*, and there is one, I am looking at it.",
            ),
        ),
        on(2 * DAY - 50, "Zoe Kendrick", "network", Does::Take),
        on(
            2 * DAY - 60,
            "Zoe Kendrick",
            "network",
            Does::Reply(
                "The socket was dead. You have a new cable, through the wall and out at your desk. Does it work?",
            ),
        ),
        on(
            28 * 60,
            "Luis Navarro",
            "network",
            Does::Write(
                "It works, thank you. But the loading door does not close any more: it stops two fingers above the floor, and the wind comes through the whole hall.",
            ),
        ),
        on(
            27 * 60,
            "Zoe Kendrick",
            "network",
            Does::Tend(Tend::Split {
                name: "door",
                offer: Offer::Buildings,
                subject: "Loading door stops above the floor",
            }),
        ),
        on(
            27 * 60 - 5,
            "Zoe Kendrick",
            "network",
            Does::Tend(Tend::Spent("45m", "Socket, cable, and a hole in the wall")),
        ),
        on(25 * 60, "Graham Pell", "door", Does::Take),
        on(25 * 60 - 5, "Graham Pell", "door", Does::Tend(Tend::Field("site", "Hall 1"))),
        on(
            25 * 60 - 10,
            "Graham Pell",
            "door",
            Does::Note(
                "The cable is not to blame, the rail is bent. I have asked for the man with the long lever.",
            ),
        ),
        on(24 * 60, "Graham Pell", "door", Does::Tend(Tend::Snooze { hours: 48 })),
    ]
}

/// A new colleague: steps, two hand-offs, and a day that is fixed.
pub(super) fn new_colleague() -> Vec<Line> {
    vec![
        on(
            4 * DAY,
            "Siobhan Kelly",
            "joins",
            asked(
                Offer::Joining,
                Kind::Request,
                Priority::P3,
                "Mina Okafor begins in the showroom",
                "She comes from the competition and has promised to tell us nothing about it. She needs a desk, a key, shoes in 38, and a laptop with the catalogue.",
            ),
        ),
        on(4 * DAY - 60, "Keisha Bowen", "joins", Does::Take),
        on(4 * DAY - 62, "Keisha Bowen", "joins", Does::Tend(Tend::Steps(""))),
        on(
            4 * DAY - 70,
            "Keisha Bowen",
            "joins",
            Does::Ask {
                handoff: "laptop",
                offer: Offer::ItHelp,
                subject: "Laptop and account for Mina Okafor",
                body: "With the parts catalogue and the till of the showroom. She begins in nine days.",
            },
        ),
        on(
            4 * DAY - 72,
            "Keisha Bowen",
            "joins",
            Does::Ask {
                handoff: "desk",
                offer: Offer::Buildings,
                subject: "Desk, key and shoes for Mina Okafor",
                body: "The desk by the window is free. Shoes in 38; last time they were 48.",
            },
        ),
        on(4 * DAY - 75, "Keisha Bowen", "joins", Does::Tend(Tend::Ticked(3))),
        on(3 * DAY, "Rosa Delgado", "desk", Does::Take),
        on(
            2 * DAY + 400,
            "Rosa Delgado",
            "desk",
            Does::Deliver("Desk by the window, key in the safe, shoes in 38. I tried one of them on."),
        ),
        on(2 * DAY + 200, "Keisha Bowen", "desk", Does::Accept(5, "Before I could ask twice.")),
        on(2 * DAY + 190, "Keisha Bowen", "joins", Does::Tend(Tend::Spent("30m", "Papers, badge, calendar"))),
        on(2 * DAY, "Samir Aziz", "laptop", Does::Take),
        on(
            2 * DAY - 5,
            "Samir Aziz",
            "laptop",
            Does::Tend(Tend::Steps(
                "Laptop taken from stock\nParts catalogue installed\nAccount made\nTill of the showroom tried with a sale of nothing",
            )),
        ),
        on(2 * DAY - 100, "Samir Aziz", "laptop", Does::Tend(Tend::Ticked(2))),
        on(2 * DAY - 110, "Samir Aziz", "laptop", Does::Tend(Tend::Field("device", "Laptop"))),
        on(2 * DAY - 111, "Samir Aziz", "laptop", Does::Tend(Tend::Field("inventory", "2877"))),
    ]
}

/// Two vans with one disease, and a date at the garage.
pub(super) fn vans() -> Vec<Line> {
    vec![
        on(
            30 * 60,
            "Owen Tierney",
            "three",
            asked(
                Offer::Buildings,
                Kind::Incident,
                Priority::P3,
                "Van 3: the heater knows only full",
                "Windows open, coat off, and still it is summer in there. The apprentice likes it.",
            ),
        ),
        on(29 * 60, "Rosa Delgado", "three", Does::Take),
        on(
            26 * 60,
            "Tadeo Rojas",
            "five",
            asked(
                Offer::Buildings,
                Kind::Incident,
                Priority::P3,
                "Van 5: the heater does nothing",
                "We sell heating. The windscreen was frozen on the inside.",
            ),
        ),
        on(25 * 60, "Rosa Delgado", "five", Does::Take),
        on(25 * 60 - 2, "Rosa Delgado", "five", Does::Tend(Tend::Field("site", "Yard and vans"))),
        on(25 * 60 - 4, "Rosa Delgado", "five", Does::Tend(Tend::Link(Link::RelatesTo, "three"))),
        on(
            25 * 60 - 6,
            "Rosa Delgado",
            "five",
            Does::Note("Same flap in both, one stuck open and one shut. One trip to the garage for both."),
        ),
        on(24 * 60, "Rosa Delgado", "three", Does::Tend(Tend::Snooze { hours: 70 })),
    ]
}

const DAY: i64 = 24 * 60;
