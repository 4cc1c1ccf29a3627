//! What goes on at the moment somebody looks: one ticket in every state, minutes or hours old.

use std::collections::BTreeMap;

use domain::event::WaitOn;
use domain::id::{PersonId, TicketId};
use domain::priority::Priority;
use domain::ticket::Kind;
use jiff::SignedDuration;
use store::message::Channel;

use super::company::AGENT_AND_CUSTOMER;
use super::floor::Floor;
use super::offers::Offer;
use crate::act::Act;
use crate::open::{Open, Urgency};
use crate::reply::Then;
use crate::words::{Body, Subject};
use crate::{DeskError, assign, close, escalate, handoff, note, open, reply, solve, wait};

/// A short story told in lines, with the tickets it made so far.
pub(super) struct Piece {
    pub lines: Vec<Line>,
    tickets: BTreeMap<&'static str, TicketId>,
}

/// One thing that somebody does so long before now.
pub(super) struct Line {
    pub before: SignedDuration,
    who: &'static str,
    ticket: &'static str,
    does: Does,
}

enum Does {
    Open { offer: Offer, kind: Kind, priority: Priority, subject: &'static str, body: &'static str },
    Take,
    Reply(&'static str),
    AskBack(&'static str),
    Write(&'static str),
    Note(&'static str),
    Ask { handoff: &'static str, offer: Offer, subject: &'static str, body: &'static str },
    Deliver(&'static str),
    Return(&'static str),
    Accept(u8, &'static str),
    Supplier(usize),
    Agree { words: &'static str, hours: i64 },
    Solve(&'static str),
    AcceptSolved,
    Escalate(&'static str),
}

/// The ticket that most lines of a piece are about.
const IT: &str = "";

const fn line(minutes: i64, who: &'static str, does: Does) -> Line {
    on(minutes, who, IT, does)
}

const fn on(minutes: i64, who: &'static str, ticket: &'static str, does: Does) -> Line {
    Line { before: SignedDuration::from_mins(minutes), who, ticket, does }
}

const fn asked(
    offer: Offer,
    kind: Kind,
    priority: Priority,
    subject: &'static str,
    body: &'static str,
) -> Does {
    Does::Open { offer, kind, priority, subject, body }
}

pub(super) fn all() -> Vec<Piece> {
    let pieces = vec![
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
        )],
        queue_of_help(),
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
        ],
        supplier_wait(),
        agreed_date(),
        chain_in_progress(),
        delivered_and_returned(),
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
        ],
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
        ],
        breached_and_nearly(),
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
        ],
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
        ],
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
        )],
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
        )],
    ];
    pieces.into_iter().map(|lines| Piece { lines, tickets: BTreeMap::new() }).collect()
}

fn queue_of_help() -> Vec<Line> {
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

fn supplier_wait() -> Vec<Line> {
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
    ]
}

fn agreed_date() -> Vec<Line> {
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
    ]
}

/// A customer waits for Customer Service, which waits for the workshop, which waits for Purchasing.
fn chain_in_progress() -> Vec<Line> {
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

fn delivered_and_returned() -> Vec<Line> {
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

fn breached_and_nearly() -> Vec<Line> {
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

impl Floor {
    /// Does one line of a piece.
    pub(super) fn play(&mut self, act: &mut Act, piece: usize, line: usize) -> Result<(), DeskError> {
        let Line { who, ticket, .. } = self.pieces[piece].lines[line];
        let person = self.person(who).ok_or(DeskError::NotFound)?;
        let does = &self.pieces[piece].lines[line].does;
        if let Does::Open { offer, kind, priority, subject, body } = does {
            let asked = Open {
                service: self.world.services[offer],
                kind: *kind,
                subject: Subject::parse(subject)?,
                body: Body::parse(body)?,
                requester: person,
                beneficiary: None,
                payer: None,
                urgency: Urgency::Set(*priority),
                channel: Channel::Portal,
            };
            let viewer = self.become_person(act, person)?;
            let opened = open::run(act, &viewer, &asked)?;
            self.pieces[piece].tickets.insert(ticket, opened.id);
            self.opened += 1;
            return Ok(());
        }
        let id = self.pieces[piece].tickets[ticket];
        if let Does::Ask { handoff: name, offer, subject, body } = does {
            let asking = handoff::Asking {
                service: self.world.services[offer],
                subject: Subject::parse(subject)?,
                body: Body::parse(body)?,
                priority: None,
            };
            let name = *name;
            let granted = self.serve(act, person, id)?;
            let opened = handoff::ask(act, granted, &asking)?;
            self.pieces[piece].tickets.insert(name, opened.id);
            self.handoffs_in_pieces += 1;
            return Ok(());
        }
        self.go_through(act, piece, line, person, id)
    }

    fn go_through(
        &mut self,
        act: &mut Act,
        piece: usize,
        line: usize,
        person: PersonId,
        ticket: TicketId,
    ) -> Result<(), DeskError> {
        match self.pieces[piece].lines[line].does {
            Does::Open { .. } | Does::Ask { .. } => Ok(()),
            Does::Take => {
                let granted = self.serve(act, person, ticket)?;
                assign::take(act, granted)
            }
            Does::Reply(text) => {
                let granted = self.serve(act, person, ticket)?;
                reply::serve(act, granted, &Body::parse(text)?, Then::Stay).map(|_| ())
            }
            Does::AskBack(text) => {
                let granted = self.serve(act, person, ticket)?;
                reply::serve(act, granted, &Body::parse(text)?, Then::WaitForRequester).map(|_| ())
            }
            Does::Write(text) => {
                let granted = self.request(act, person, ticket)?;
                reply::request(act, granted, &Body::parse(text)?, Channel::Portal).map(|_| ())
            }
            Does::Note(text) => {
                let granted = self.annotate(act, person, ticket)?;
                note::run(act, granted, &Body::parse(text)?).map(|_| ())
            }
            Does::Deliver(text) => {
                let granted = self.serve(act, person, ticket)?;
                handoff::deliver(act, granted, &Body::parse(text)?).map(|_| ())
            }
            Does::Return(reason) => {
                let granted = self.asker(act, person, ticket)?;
                handoff::hand_back(act, granted, reason)
            }
            Does::Accept(rating, reason) => {
                let granted = self.asker(act, person, ticket)?;
                handoff::accept(act, granted, Some(rating), reason)
            }
            Does::Supplier(which) => {
                let organisation = self.world.suppliers[which];
                let granted = self.serve(act, person, ticket)?;
                wait::start(act, granted, WaitOn::Supplier(organisation), None)
            }
            Does::Agree { words, hours } => {
                let granted = self.serve(act, person, ticket)?;
                let message = reply::serve(act, granted, &Body::parse(words)?, Then::Stay)?;
                let until = act.now + SignedDuration::from_hours(hours);
                wait::start(act, granted, WaitOn::Agreed { until }, Some(message))
            }
            Does::Solve(text) => {
                let granted = self.serve(act, person, ticket)?;
                let message = reply::serve(act, granted, &Body::parse(text)?, Then::Stay)?;
                solve::run(act, granted, Some(message), "")
            }
            Does::AcceptSolved => {
                let granted = self.request(act, person, ticket)?;
                close::accept(act, granted)
            }
            Does::Escalate(reason) => {
                let granted = self.request(act, person, ticket)?;
                escalate::run(act, granted, reason)
            }
        }
    }

    /// Somebody of the staff or among those who ask, by name.
    fn person(&self, name: &str) -> Option<PersonId> {
        self.world.named(name).map(|somebody| somebody.person)
    }
}
