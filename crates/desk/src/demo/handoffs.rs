//! What units ask of each other, what they hand back, and how good that was.

use super::offers::Offer;
use super::plan::{Acceptance, Asking, Step, Told, What, step};

/// What agents tell each other and nobody else.
pub(super) const NOTES: &[&str] = &[
    "Spoke on the phone: friendly, but in a hurry. Mornings are best.",
    "Same fault as last month in {place}. Perhaps the batch of the {part}?",
    "Warranty runs until next June, checked.",
    "Do not promise a day before the workshop has looked at it.",
    "The photo shows frost on the {part}. Not the usual thing with {error}.",
    "He says he knows somebody at the newspaper. Let us simply do it well.",
    "The order has two delivery addresses, take the second one.",
];

struct Kind {
    subjects: &'static [&'static str],
    bodies: &'static [&'static str],
    delivered: &'static [&'static str],
    returned: &'static [&'static str],
    again: &'static [&'static str],
}

const REPAIR: Kind = Kind {
    subjects: &[
        "Repair: {model}, {error}",
        "Diagnose and replace {part}",
        "{model} from {place}: {part} defective",
        "Bench test after {error}",
    ],
    bodies: &[
        "Please take this one in. {error} comes back after an hour; the installer suspects the **{part}**.\n\nOrder {order}, under warranty.",
        "Unit arrives with the next van. Needs a diagnosis first, then a word on how long it takes. Order {order}.",
        "Please repair and test under load. The customer has no other heating, so an honest date helps more than a quick one.",
    ],
    delivered: &[
        "Replaced the {part}, cleaned the contacts, ran it for 9 h at 35 °C. No further faults.",
        "Cold solder joint on the {part}. Resoldered, sealed, tested overnight.\n\n| test | value |\n|---|---|\n| flow | 35.2 °C |\n| COP | 3.8 |",
        "{part} was fine, the cable to it was not. New cable, ten starts in the cold chamber without {error}.",
        "Done. Also changed the door seal, it was brittle.",
    ],
    returned: &[
        "The test sheet is missing, so I cannot tell the customer what was done.",
        "It came back with the same {error} after one night. Please look again.",
        "Serial number on the sheet is not the one of this unit.",
    ],
    again: &[
        "Sheet attached now, sorry.",
        "Found it: the plug of the {part} had not latched. Ran two nights without a fault.",
    ],
};

const STOCK: Kind = Kind {
    subjects: &[
        "Send {part} to {place}",
        "Pick and ship for {order}",
        "{part} for {model}, express",
        "Is there a {part} on the shelf?",
    ],
    bodies: &[
        "Please pick one {part} for the {model} and send it to {place}. Order {order}.",
        "The first parcel arrived broken. Please send another and put a second layer of paper in.",
        "Delivery {order} is overdue. Could you look where it stands, and send it today if it is still here?",
    ],
    delivered: &[
        "Picked from row 14, packed, handed to the driver at two.",
        "It had been put into the wrong cage. On the van now.",
        "Sent by express. Only three pieces of this one are left, please tell Purchasing.",
    ],
    returned: &[
        "Wrong variant: this one has the short plug.",
        "The address is the old one, the label says {place} twice.",
    ],
    again: &[
        "Right variant is on its way, the other one comes back with the driver.",
        "New label printed, leaves with the evening run.",
    ],
};

const LOAN: Kind = Kind {
    subjects: &["Loan unit for {place}", "Ready a loan {model}"],
    bodies: &[
        "Please ready a loan unit for {place} while the workshop has theirs. Twelve flats, so the larger one if there is one.",
    ],
    delivered: &[
        "Loan unit no. 7 is checked and on the van, returns slip inside.",
        "Only the small one is free until Monday. It is ready with two heaters to help it.",
    ],
    returned: &["The hose set is missing from the box."],
    again: &["Hose set follows with the afternoon van."],
};

const BUYING: Kind = Kind {
    subjects: &[
        "Buy: {part} for {model}",
        "No {part} left, one on the bench waits for it",
        "Quote for ten {part}s",
    ],
    bodies: &[
        "The shelf is empty and a unit stands open on bench 2. Please order one {part}, two if the price allows.",
        "We need the {part} in the revised version, the old one fails again within a year.",
    ],
    delivered: &[
        "Arrived this morning and checked in.",
        "Bought from the second source, a little dearer, but here.",
        "Here is one; the other nine follow in a fortnight.",
    ],
    returned: &["This is the version without the new seal."],
    again: &["Exchanged with the supplier, the revised one is in the tray."],
};

const CREDIT: Kind = Kind {
    subjects: &["Credit {amount} for {order}", "Was {order} paid twice?"],
    bodies: &[
        "Please check whether {amount} was paid for {order} and what we owe. The customer has asked for an answer with figures.",
    ],
    delivered: &[
        "Paid twice, indeed. Credit note written, money leaves tonight.",
        "Paid once only; the second booking is a reservation that has lapsed.",
    ],
    returned: &["The sum does not match the invoice: 20 per cent are missing."],
    again: &["Tax was left out. Corrected."],
};

const CLAIM: Kind = Kind {
    subjects: &["Do we owe {amount} for {order}?", "Wording for a goodwill payment"],
    bodies: &[
        "Is there anything in the terms that obliges us to pay here? If not, which wording keeps it a gesture?",
    ],
    delivered: &[
        "No duty to pay, but I would. Wording is below, please use it as it stands.",
        "We owe it: paragraph 7 of the terms is clear.",
    ],
    returned: &["The wording names the wrong product."],
    again: &["Corrected, thank you."],
};

const DEVICE: Kind = Kind {
    subjects: &["Laptop and accounts for a new colleague", "Access from the first day"],
    bodies: &["Laptop, mail, parts catalogue, badge reader. She starts on {weekday}."],
    delivered: &["Laptop is in the cupboard, first password in the sealed envelope."],
    returned: &["The parts catalogue is missing from the list of programs."],
    again: &["Installed and tried."],
};

const DESK: Kind = Kind {
    subjects: &["Desk, key and shoes", "Workplace for a new colleague"],
    bodies: &["One desk near the window, key for halls 1 and 2, safety shoes as in the first message."],
    delivered: &["Desk stands, key and shoes are in the drawer."],
    returned: &["Shoes are two sizes too large."],
    again: &["Right size is here now."],
};

impl Told<'_> {
    pub(super) fn repair(&mut self) -> Asking {
        let mut steps = Vec::new();
        if self.chance.happens(0.27) {
            let part = self.buying();
            steps.push(step(0.35, What::Hand(vec![part])));
        } else if self.chance.happens(0.1) {
            let part = self.asking(&STOCK, Offer::Stock, Vec::new());
            steps.push(step(0.35, What::Hand(vec![part])));
        }
        let mut asking = self.asking(&REPAIR, Offer::Repair, steps);
        if self.chance.happens(0.12) {
            asking.end = self.sent_back(&REPAIR);
        }
        asking
    }

    pub(super) fn stock(&mut self, loan: bool) -> Asking {
        self.asking(if loan { &LOAN } else { &STOCK }, Offer::Stock, Vec::new())
    }

    pub(super) fn credit(&mut self) -> Asking {
        self.asking(&CREDIT, Offer::Credit, Vec::new())
    }

    pub(super) fn claim(&mut self) -> Asking {
        self.asking(&CLAIM, Offer::Claims, Vec::new())
    }

    pub(super) fn device(&mut self) -> Asking {
        self.asking(&DEVICE, Offer::ItHelp, Vec::new())
    }

    pub(super) fn desk(&mut self) -> Asking {
        self.asking(&DESK, Offer::Buildings, Vec::new())
    }

    pub(super) fn buying(&mut self) -> Asking {
        let mut steps = Vec::new();
        if self.chance.happens(0.6) {
            steps.push(self.supplier());
        }
        self.asking(&BUYING, Offer::Buying, steps)
    }

    fn asking(&mut self, kind: &Kind, offer: Offer, mut steps: Vec<Step>) -> Asking {
        if self.chance.happens(0.15) {
            steps.insert(0, step(0.1, What::Note(self.one(NOTES))));
        }
        if self.chance.happens(0.12) {
            steps.insert(
                0,
                step(
                    0.1,
                    What::Reply(self.one(&[
                        "Seen. It is number four in the row.",
                        "We have it, expect a word tomorrow.",
                        "Which of the two is it, the old type or the new one? I start with the new one.",
                    ])),
                ),
            );
        }
        let delivered = self.one(kind.delivered);
        steps.push(step(1.0, What::Finish(delivered)));
        let end = self.end(kind);
        Asking {
            offer,
            subject: self.one(kind.subjects),
            body: self.one(kind.bodies),
            steps,
            end,
            late_hours: 0.0,
        }
    }

    fn end(&mut self, kind: &Kind) -> Acceptance {
        match self.chance.weighted([58.0, 22.0, 8.0, 9.0, 3.0].into_iter()) {
            0 => self.rated(),
            1 => Acceptance::Unrated,
            2 => Acceptance::Untouched,
            3 => self.sent_back(kind),
            _ => Acceptance::Withdrawn {
                days: self.chance.around(2.0, 0.5),
                reason: self.one(&[
                    "The customer has found it out alone, thank you all the same.",
                    "Asked twice by mistake; the other one goes on.",
                ]),
            },
        }
    }

    fn rated(&mut self) -> Acceptance {
        let rating = [5_u8, 4, 3, 2, 1][self.chance.weighted([40.0, 34.0, 15.0, 8.0, 3.0].into_iter())];
        let reason = match rating {
            5 => self.one(&["", "Exactly what I needed.", "Quick and complete, thank you.", ""]),
            4 => self.one(&["", "Good, a day earlier would have been better.", ""]),
            3 => self.one(&["Took long, result is fine.", "I had to ask twice where it stands."]),
            _ => self.one(&[
                "Far too late, the customer had called four times by then.",
                "No word for a week, then half a sentence.",
                "I had to explain the same thing three times.",
            ]),
        };
        Acceptance::Rated(rating, reason)
    }

    fn sent_back(&mut self, kind: &Kind) -> Acceptance {
        let rating = if self.chance.happens(0.5) { 2 } else { 3 };
        Acceptance::Returned { reason: self.one(kind.returned), again: self.one(kind.again), rating }
    }
}
