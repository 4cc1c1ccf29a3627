//! Matters of customers that belong together: one fault in many houses, two matters in one mail, the same again.

use super::{Does, Line, Tend, asked, on};
use crate::demo::offers::Offer;
use domain::link::Link;
use domain::priority::Priority;
use domain::ticket::Kind;

/// The first frost: one batch of sensors, four houses, and a tenant who writes twice.
#[expect(clippy::too_many_lines, reason = "a story told line by line")]
pub(super) fn frost() -> Vec<Line> {
    vec![
        on(
            5 * DAY,
            "Joan Pickering",
            "flat",
            asked(
                Offer::Help,
                Kind::Incident,
                Priority::P3,
                "Quarry Lane 12, flat 2: F8 after the first frost",
                "The display says **F8** and the fan stops. After an hour it goes on as if nothing had been. The tenant has a thermometer: 17 degrees at breakfast.",
            ),
        ),
        on(5 * DAY - 30, "Priya Nair", "flat", Does::Take),
        on(5 * DAY - 34, "Priya Nair", "flat", Does::Tend(Tend::Steps(""))),
        on(5 * DAY - 35, "Priya Nair", "flat", Does::Tend(Tend::Macro("We have it, and who has it"))),
        on(
            5 * DAY - 40,
            "Priya Nair",
            "flat",
            Does::Tend(Tend::Spent("0:25", "On the telephone with the tenant, through the reset and back")),
        ),
        on(
            4 * DAY + 60,
            "Sanjay Kulkarni",
            "stairs",
            asked(
                Offer::Help,
                Kind::Incident,
                Priority::P3,
                "Quarry Lane 18: hall and stairs cold, F8 on the display",
                "Same picture as in number 12, I hear. Ours stops at night and starts again when the sun is on it.",
            ),
        ),
        on(4 * DAY + 30, "Callum Reid", "stairs", Does::Take),
        on(
            4 * DAY + 20,
            "Denise Harcourt",
            "again",
            asked(
                Offer::Help,
                Kind::Incident,
                Priority::P3,
                "Cold stairs at Quarry Lane 18",
                "I was in number 18 today and could see my breath. Does anybody know of this already?",
            ),
        ),
        on(4 * DAY + 5, "Callum Reid", "again", Does::Take),
        on(4 * DAY + 4, "Callum Reid", "again", Does::Tend(Tend::Link(Link::DuplicateOf, "stairs"))),
        on(
            4 * DAY + 2,
            "Callum Reid",
            "again",
            Does::Solve(
                "Sanjay wrote to us an hour before you: the matter is in hand, and you can follow his ticket in your list. I close yours, so that nobody drives there twice.",
            ),
        ),
        on(
            4 * DAY,
            "Ruud van Dijk",
            "glass",
            asked(
                Offer::Help,
                Kind::Incident,
                Priority::P2,
                "Glasshouse 5: F8, twice every night",
                "At three and at five, as if it had a clock. The orchids are wrapped in newspaper.",
            ),
        ),
        on(4 * DAY - 20, "Tomasz Wilk", "glass", Does::Take),
        on(
            4 * DAY - 60,
            "Bernard Oakes",
            "batch",
            asked(
                Offer::Help,
                Kind::Problem,
                Priority::P2,
                "F8 after the first frost: defrost sensors of batch 2609",
                "Three units on my bench since Monday, all with sensors of batch **2609**. Below two degrees they report forty, and the unit believes them. I open this so that the calls have one nail to hang on.",
            ),
        ),
        on(4 * DAY - 80, "Maren Ashdown", "batch", Does::Take),
        on(
            4 * DAY - 85,
            "Maren Ashdown",
            "batch",
            Does::Tend(Tend::Steps(
                "List of serial numbers with a sensor of batch 2609\nNew sensors at the supplier's cost asked of Bluefjord\nOwners written to, before they have to write to us\nSensors changed in the houses that are cold now\nHow the batch passed the test bench, in writing",
            )),
        ),
        on(4 * DAY - 90, "Maren Ashdown", "batch", Does::Tend(Tend::Tag("recall"))),
        on(4 * DAY - 92, "Maren Ashdown", "batch", Does::Tend(Tend::Status("Known fault"))),
        on(
            4 * DAY - 95,
            "Maren Ashdown",
            "batch",
            Does::Reply(
                "Thank you for the nail. Every call with F8 hangs on it from today, and I write here each evening what we know.",
            ),
        ),
        on(4 * DAY - 100, "Priya Nair", "flat", Does::Tend(Tend::Link(Link::CausedBy, "batch"))),
        on(4 * DAY - 101, "Priya Nair", "flat", Does::Tend(Tend::Field("model", "Ember 9"))),
        on(4 * DAY - 102, "Priya Nair", "flat", Does::Tend(Tend::Field("serial", "EF-66120-B"))),
        on(4 * DAY - 103, "Priya Nair", "flat", Does::Tend(Tend::Field("warranty", "yes"))),
        on(4 * DAY - 104, "Priya Nair", "flat", Does::Tend(Tend::Field("warranty-until", "2028-09-30"))),
        on(4 * DAY - 105, "Priya Nair", "flat", Does::Tend(Tend::Ticked(3))),
        on(4 * DAY - 110, "Callum Reid", "stairs", Does::Tend(Tend::Link(Link::CausedBy, "batch"))),
        on(
            4 * DAY - 115,
            "Callum Reid",
            "stairs",
            Does::Reply(
                "The cause is known: a sensor that is wrong below two degrees. The new ones come at the end of the week, and yours is the first on the list. Until then the heater in the cellar keeps the pipes warm.",
            ),
        ),
        on(4 * DAY - 120, "Tomasz Wilk", "glass", Does::Tend(Tend::Link(Link::CausedBy, "batch"))),
        on(4 * DAY - 125, "Tomasz Wilk", "glass", Does::Tend(Tend::Macro("Ask for the serial number"))),
        on(4 * DAY - 126, "Tomasz Wilk", "glass", Does::Tend(Tend::Status("Wants the serial number"))),
        on(3 * DAY, "Maren Ashdown", "batch", Does::Tend(Tend::Ticked(2))),
        on(
            3 * DAY - 20,
            "Maren Ashdown",
            "batch",
            Does::Note(
                "Bluefjord admits it and sends 400 sensors. Sigrid was as embarrassed as one can be in writing.",
            ),
        ),
        on(
            3 * DAY - 25,
            "Maren Ashdown",
            "batch",
            Does::Tend(Tend::Spent("1h 30m", "Lists compared with the orders since spring")),
        ),
        on(
            26 * 60,
            "Joan Pickering",
            "twice",
            asked(
                Offer::Help,
                Kind::Incident,
                Priority::P3,
                "Flat 2 again",
                "Now the hot water is only warm as well. I could not find my old message, so I write a new one, sorry.",
            ),
        ),
        on(25 * 60 + 10, "Priya Nair", "twice", Does::Take),
        on(
            25 * 60,
            "Priya Nair",
            "twice",
            Does::Reply(
                "No need to be sorry. It is the same sensor, and I put both of your messages together, so that the fitter reads them in one place.",
            ),
        ),
        on(24 * 60 + 55, "Priya Nair", "twice", Does::Tend(Tend::Merge { into: "flat" })),
        on(
            24 * 60 + 40,
            "Priya Nair",
            "flat",
            Does::Tend(Tend::Spent("0:15", "Both messages read against each other")),
        ),
        on(20 * 60, "Callum Reid", "stairs", Does::Tend(Tend::Snooze { hours: 45 })),
    ]
}

/// One mail with two matters in it.
pub(super) fn annex() -> Vec<Line> {
    vec![
        on(
            3 * DAY,
            "Gareth Lloyd",
            "cable",
            asked(
                Offer::Help,
                Kind::Question,
                Priority::P3,
                "Annex: which cable, and how high above the ground?",
                "The electrician comes next week. Which cable does he have to lay for two Ember 16 Duo, and how high above the ground do they stand? It snows here, now and then.",
            ),
        ),
        on(3 * DAY - 60, "Tomasz Wilk", "cable", Does::Take),
        on(
            3 * DAY - 70,
            "Tomasz Wilk",
            "cable",
            Does::Reply(
                "Five wires of 4 mm² for each unit, each with a breaker of its own. Forty centimetres above the ground, so that the snow lies below and not in front. The drawing is in your account.",
            ),
        ),
        on(
            2 * DAY,
            "Gareth Lloyd",
            "cable",
            Does::Write(
                "Thank you, that is clear. Something else while I have you: the October invoice went to our old address in Saltmarsh Row, and our accounts will not pay it like this. Could it be sent again?",
            ),
        ),
        on(
            2 * DAY - 30,
            "Tomasz Wilk",
            "cable",
            Does::Tend(Tend::Split {
                name: "invoice",
                offer: Offer::Billing,
                subject: "October invoice went to the old address",
            }),
        ),
        on(
            2 * DAY - 35,
            "Tomasz Wilk",
            "cable",
            Does::Reply(
                "The invoice is a ticket of its own now, with Finance, who can really change it. Here we stay with cables.",
            ),
        ),
        on(30 * 60, "Clara Winslow", "invoice", Does::Take),
        on(
            30 * 60 - 10,
            "Clara Winslow",
            "invoice",
            Does::Tend(Tend::Spent("10m", "Address changed in three places")),
        ),
        on(6 * 60, "Tomasz Wilk", "cable", Does::Tend(Tend::Snooze { hours: 6 * 24 })),
    ]
}

/// A matter that follows one that was over.
pub(super) fn the_same_again() -> Vec<Line> {
    vec![
        on(
            9 * DAY,
            "Yaw Boateng",
            "filter",
            asked(
                Offer::Help,
                Kind::Request,
                Priority::P4,
                "Filters for the sports hall",
                "Two sets, please. The old ones have seen a whole summer of chalk.",
            ),
        ),
        on(9 * DAY - 200, "Ines Carvalho", "filter", Does::Take),
        on(
            9 * DAY - 210,
            "Ines Carvalho",
            "filter",
            Does::Solve(
                "Two sets of the fine ones leave tomorrow. Arrow upwards, whatever the caretaker says.",
            ),
        ),
        on(8 * DAY, "Yaw Boateng", "filter", Does::AcceptSolved),
        on(
            3 * DAY + 100,
            "Yaw Boateng",
            "size",
            asked(
                Offer::Help,
                Kind::Question,
                Priority::P4,
                "The filters are a finger too wide",
                "The arrow points upwards, and still they do not go in. Is there a size for the older housing?",
            ),
        ),
        on(3 * DAY + 10, "Ines Carvalho", "size", Does::Take),
        on(3 * DAY + 5, "Ines Carvalho", "size", Does::Tend(Tend::Link(Link::Follows, "filter"))),
        on(3 * DAY, "Ines Carvalho", "size", Does::Tend(Tend::Macro("Ask for the serial number"))),
    ]
}

/// Two matters of one pallet.
pub(super) fn pallet() -> Vec<Line> {
    vec![
        on(
            2 * DAY + 300,
            "Heiko Sander",
            "list",
            asked(
                Offer::Suppliers,
                Kind::Question,
                Priority::P3,
                "Packing list of the first pallet",
                "Your gate signed for eleven boxes, our list says twelve. Which of us cannot count?",
            ),
        ),
        on(2 * DAY + 200, "Ottilie Brandt", "list", Does::Take),
        on(
            2 * DAY + 190,
            "Ottilie Brandt",
            "list",
            Does::AskBack("Box twelve may stand in the corner behind gate 3. What is on its label?"),
        ),
        on(
            2 * DAY,
            "Heiko Sander",
            "credit",
            asked(
                Offer::Suppliers,
                Kind::Request,
                Priority::P4,
                "Credit note for the dented housing",
                "It was on the first pallet as well, on top, where one sees it. The photograph came with the driver.",
            ),
        ),
        on(2 * DAY - 60, "Ottilie Brandt", "credit", Does::Take),
        on(2 * DAY - 65, "Ottilie Brandt", "credit", Does::Tend(Tend::Link(Link::RelatesTo, "list"))),
    ]
}

const DAY: i64 = 24 * 60;
