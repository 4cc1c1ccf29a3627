//! Matters of customers that wait for somebody: the unit, the requester, a supplier, a date.

use super::{Does, Line, Tend, asked, line, on};
use crate::demo::offers::Offer;
use domain::priority::Priority;
use domain::ticket::Kind;

pub(super) fn stairwell() -> Vec<Line> {
    vec![line(
        4,
        "Denise Harcourt",
        asked(
            Offer::Emergency,
            Kind::Incident,
            Priority::P1,
            "Whole stairwell without heating at Quarry Lane",
            "Five flats called within ten minutes, all cold. The display in the cellar shows **F8** and blinks. Somebody can let you in at any hour; ring at number 3.",
        ),
    )]
}

pub(super) fn pool_heater() -> Vec<Line> {
    vec![
        line(
            26 * 60,
            "Isabelle Martin",
            asked(
                Offer::Help,
                Kind::Question,
                Priority::P3,
                "Pool heater: which setting for the winter?",
                "The pool is closed until Easter. Do we switch the Ember 16 Duo off completely, or is there a setting for the frost?",
            ),
        ),
        line(25 * 60, "Priya Nair", Does::Take),
        line(
            25 * 60 - 20,
            "Priya Nair",
            Does::AskBack(
                "Good question. Is the pipe to the pool drained, or does the water stay in? The answer depends on it.",
            ),
        ),
    ]
}

pub(super) fn quote() -> Vec<Line> {
    vec![
        line(
            30 * 60,
            "Gareth Lloyd",
            asked(
                Offer::Orders,
                Kind::Question,
                Priority::P4,
                "Two units for the annex: is the price still valid?",
                "Your quote from spring says *valid for 60 days*. Does it still hold if we order this month?",
            ),
        ),
        line(28 * 60, "Mei Tanaka", Does::Take),
        line(
            3 * 60,
            "Mei Tanaka",
            Does::Solve(
                "Yes. I have renewed it for you at the same price until the end of the year; the new paper is in your account.",
            ),
        ),
    ]
}

pub(super) fn queue_of_help() -> Vec<Line> {
    vec![
        line(
            52,
            "Joan Pickering",
            asked(
                Offer::Help,
                Kind::Incident,
                Priority::P3,
                "Flat 9: thermostat shows --",
                "The tenant in flat 9 sees two dashes where the temperature was. Batteries are new. What should she try?",
            ),
        ),
        on(
            38,
            "Leyla Demir",
            "proofing room",
            asked(
                Offer::Help,
                Kind::Incident,
                Priority::P2,
                "Proofing room does not get above 24 degrees",
                "Dough needs 30. We bake at four in the morning, so a call after three finds somebody.",
            ),
        ),
        on(31, "Callum Reid", "proofing room", Does::Take),
        on(
            29,
            "Callum Reid",
            "proofing room",
            Does::Reply(
                "Thank you, that is clear. The workshop gets it as urgent today, and I call you after three.",
            ),
        ),
        on(
            27,
            "Callum Reid",
            "proofing room",
            Does::Ask {
                handoff: "humid air",
                offer: Offer::Repair,
                subject: "Ember 9 in a proofing room stays below 24 degrees",
                body: "Humid air, 30 degrees wanted. Please check the defrost sensor first; they bake at four in the morning.",
            },
        ),
    ]
}

pub(super) fn supplier_wait() -> Vec<Line> {
    vec![
        line(
            3 * 24 * 60,
            "Ruud van Dijk",
            asked(
                Offer::Help,
                Kind::Incident,
                Priority::P2,
                "Glasshouse 2: compressor cuts out at full load",
                "At full load it cuts out after six minutes, then restarts by itself. Seedlings do not like that at all.",
            ),
        ),
        line(3 * 24 * 60 - 50, "Tomasz Wilk", Does::Take),
        line(
            3 * 24 * 60 - 55,
            "Tomasz Wilk",
            Does::Reply(
                "Thank you. That is the overload switch; the maker has a revised one. I ask for it at once.",
            ),
        ),
        line(
            2 * 24 * 60,
            "Tomasz Wilk",
            Does::Note("Kaltwind confirms the revised switch, two to three days."),
        ),
        line(2 * 24 * 60 - 5, "Tomasz Wilk", Does::Supplier(0)),
        line(2 * 24 * 60 - 8, "Tomasz Wilk", Does::Tend(Tend::Status("Part on order"))),
    ]
}

pub(super) fn agreed_date() -> Vec<Line> {
    vec![
        line(
            4 * 24 * 60,
            "Helen Marsh",
            asked(
                Offer::Help,
                Kind::Request,
                Priority::P4,
                "Service of both units in the school holidays",
                "Please do the yearly service when no children are in the building.",
            ),
        ),
        line(4 * 24 * 60 - 90, "Maren Ashdown", Does::Take),
        line(
            4 * 24 * 60 - 100,
            "Maren Ashdown",
            Does::Agree {
                words: "We come on the first morning after term ends, at eight. The caretaker knows.",
                hours: 13 * 24,
            },
        ),
        line(4 * 24 * 60 - 102, "Maren Ashdown", Does::Tend(Tend::Status("In the fitter's diary"))),
    ]
}

pub(super) fn breached_and_nearly() -> Vec<Line> {
    vec![
        line(
            11 * 60,
            "Alison Crewe",
            asked(
                Offer::Emergency,
                Kind::Incident,
                Priority::P1,
                "Sports hall has been cold since yesterday evening",
                "The boarders slept in their coats. **H05** on the display, and the reset does nothing.",
            ),
        ),
        line(10 * 60 + 50, "Obinna Eze", Does::Take),
        line(
            10 * 60 + 44,
            "Obinna Eze",
            Does::Reply(
                "Please close valve 2 and hold the red button for ten seconds. If it starts again, leave it running and write the pressure here. A fitter is on the way if not.",
            ),
        ),
        line(
            9 * 60,
            "Alison Crewe",
            Does::Write("It started and stopped again after twenty minutes. Pressure 0.6."),
        ),
        line(
            8 * 60 + 40,
            "Obinna Eze",
            Does::Reply(
                "0.6 is too low, that is the cause. The fitter brings a pump; until then please use the electric heaters.",
            ),
        ),
        on(
            7 * 60 + 20,
            "Yaw Boateng",
            "kitchen",
            asked(
                Offer::Emergency,
                Kind::Incident,
                Priority::P1,
                "No hot water in the school kitchen",
                "Dishes for 200. Nothing but cold water since the delivery came, perhaps they touched a lever.",
            ),
        ),
        on(7 * 60 + 8, "Gwen Pritchard", "kitchen", Does::Take),
        on(
            7 * 60,
            "Gwen Pritchard",
            "kitchen",
            Does::Reply(
                "The lever on the left of the Tarn 300 has to point down. If it does, please send a photo of the gauge, and I will call you back.",
            ),
        ),
    ]
}
