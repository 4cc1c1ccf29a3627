//! Matters that are with several units at once.

use super::{Does, Line, asked, line, on};
use crate::demo::offers::Offer;
use domain::priority::Priority;
use domain::ticket::Kind;

/// A customer waits for Customer Service, which waits for the workshop, which waits for Purchasing.
#[expect(clippy::too_many_lines, reason = "a story told line by line")]
pub(super) fn chain_in_progress() -> Vec<Line> {
    vec![
        line(
            6 * 24 * 60,
            "Femi Adeyemi",
            asked(
                Offer::Help,
                Kind::Incident,
                Priority::P2,
                "Millgate 4: Ember 16 Duo down again, E14",
                "Second time in six weeks. Twelve flats, one of them with a newborn. What we see:\n\n- **E14** after ten minutes\n- outdoor unit silent\n- breaker has not tripped",
            ),
        ),
        line(6 * 24 * 60 - 45, "Priya Nair", Does::Take),
        line(
            6 * 24 * 60 - 60,
            "Priya Nair",
            Does::Reply(
                "I am sorry that it is back. The unit goes to the workshop today, and a loan unit comes to Millgate this afternoon. I stay your contact.",
            ),
        ),
        line(
            6 * 24 * 60 - 75,
            "Priya Nair",
            Does::Ask {
                handoff: "repair",
                offer: Offer::Repair,
                subject: "Ember 16 Duo from Millgate 4, E14 for the second time",
                body: "Please find out **why** it came back, not only what is broken. Twelve flats. Report with photos, the housing association asks for it.",
            },
        ),
        line(
            6 * 24 * 60 - 80,
            "Priya Nair",
            Does::Ask {
                handoff: "loan",
                offer: Offer::Stock,
                subject: "Loan unit to Millgate 4, today",
                body: "The large one, with the long hose set. Somebody is at the door until six.",
            },
        ),
        on(6 * 24 * 60 - 130, "Amara Diallo", "loan", Does::Take),
        on(
            6 * 24 * 60 - 240,
            "Amara Diallo",
            "loan",
            Does::Deliver(
                "Loan unit 7 with the long hoses left at half past two. Signed for by the caretaker.",
            ),
        ),
        on(6 * 24 * 60 - 300, "Priya Nair", "loan", Does::Accept(5, "Within four hours. Thank you!")),
        on(3 * 24 * 60, "Bernard Oakes", "repair", Does::Take),
        on(
            3 * 24 * 60 - 60,
            "Bernard Oakes",
            "repair",
            Does::Note(
                "Board is burnt around the relay. The replacement from last time was the old revision, that is why it came back.",
            ),
        ),
        on(
            3 * 24 * 60 - 70,
            "Bernard Oakes",
            "repair",
            Does::Ask {
                handoff: "board",
                offer: Offer::Buying,
                subject: "Control board Ember 16 Duo, revision C only",
                body: "Revision B burns out after weeks. None on the shelf. Two pieces, please.",
            },
        ),
        on(2 * 24 * 60, "Kwame Mensah", "board", Does::Take),
        on(2 * 24 * 60 - 40, "Kwame Mensah", "board", Does::Supplier(2)),
        line(
            18 * 60,
            "Femi Adeyemi",
            Does::Write("The loan unit runs, thank you. Is there a date for ours? I have to tell the board."),
        ),
        line(
            17 * 60,
            "Priya Nair",
            Does::Reply(
                "The cause is found: a control board of an older revision. The right one is on order, and I will write as soon as it is here.",
            ),
        ),
    ]
}

pub(super) fn delivered_and_returned() -> Vec<Line> {
    vec![
        line(
            5 * 24 * 60,
            "Patrick Shaw",
            asked(
                Offer::Help,
                Kind::Incident,
                Priority::P3,
                "Oven hall: fan of the Fold Cellar grinds",
                "It grinds since the flour dust got in. It still runs, but how long?",
            ),
        ),
        line(5 * 24 * 60 - 30, "Youssef Benali", Does::Take),
        line(
            5 * 24 * 60 - 40,
            "Youssef Benali",
            Does::Reply("We take it apart and clean it, and send you a filter mat against the dust."),
        ),
        line(
            5 * 24 * 60 - 50,
            "Youssef Benali",
            Does::Ask {
                handoff: "fan",
                offer: Offer::Repair,
                subject: "Fold Cellar: fan grinds, flour dust",
                body: "Clean, or replace if the bearing is gone. Bakery, so as little downtime as possible.",
            },
        ),
        line(
            5 * 24 * 60 - 55,
            "Youssef Benali",
            Does::Ask {
                handoff: "mat",
                offer: Offer::Stock,
                subject: "Filter mat for a Fold Cellar, Crumb Street",
                body: "One set, fine. They bake at night, deliver before noon.",
            },
        ),
        on(2 * 24 * 60, "Nadia Haddad", "fan", Does::Take),
        on(
            26 * 60,
            "Nadia Haddad",
            "fan",
            Does::Deliver("Cleaned, bearing greased, runs smoothly for six hours."),
        ),
        on(
            22 * 60,
            "Youssef Benali",
            "fan",
            Does::Return("The test sheet belongs to another serial number. Which unit ran for six hours?"),
        ),
        on(4 * 24 * 60, "Joe Hartley", "mat", Does::Take),
        on(70, "Joe Hartley", "mat", Does::Deliver("Mat is on the van, one spare set with it.")),
    ]
}
