//! How one matter goes: the steps of the unit that has it, and of those it asks.

use domain::priority::Priority;

use super::chance::Chance;
use super::company::Unit;
use super::names::Language;
use super::offers::Offer;
use super::phrases::{Details, Said, said};
use super::situations::Path;

/// Something that an agent does after `effort` of a usual job's work.
#[derive(Clone, Debug)]
pub(super) struct Step {
    pub effort: f64,
    pub what: What,
}

#[derive(Clone, Debug)]
pub(super) enum What {
    Reply(String),
    Note(String),
    /// Asks the requester, who answers after so many hours, or never.
    Ask {
        question: String,
        answer: Option<(String, f64)>,
    },
    /// Waits for a supplier, for so many days.
    Supplier {
        which: usize,
        days: f64,
        note: String,
    },
    /// Agrees on a day with the requester.
    Agree {
        words: String,
        days: i64,
    },
    /// Asks other units, all at the same time.
    Hand(Vec<Asking>),
    Transfer {
        to: Unit,
        reason: String,
    },
    Priority {
        priority: Priority,
        reason: String,
    },
    /// Solves, or delivers.
    Finish(String),
}

/// A hand-off to come.
#[derive(Clone, Debug)]
pub(super) struct Asking {
    pub offer: Offer,
    pub subject: String,
    pub body: String,
    pub steps: Vec<Step>,
    pub end: Acceptance,
    /// Hours after the others of the same step.
    pub late_hours: f64,
}

/// What the asking unit makes of the deliverable.
#[derive(Clone, Debug)]
pub(super) enum Acceptance {
    /// With a rating and its reason.
    Rated(u8, String),
    Unrated,
    /// Nobody looks until it is accepted by itself.
    Untouched,
    /// Sent back with a reason, done again as the text says, then rated.
    Returned {
        reason: String,
        again: String,
        rating: u8,
    },
    /// Not needed any more after so many days.
    Withdrawn {
        days: f64,
        reason: String,
    },
}

/// Everything that words are drawn from.
pub(super) struct Told<'a> {
    pub offer: Offer,
    pub language: Language,
    /// What solves this very matter.
    pub answer: Option<&'static str>,
    pub details: &'a Details,
    pub chance: &'a mut Chance,
    pub suppliers: usize,
}

/// The steps of a matter that went the way of `path`.
#[expect(clippy::too_many_lines, reason = "one arm for each path")]
pub(super) fn steps(path: Path, told: &mut Told) -> Vec<Step> {
    let mut steps = Vec::new();
    if told.chance.happens(0.12) {
        steps.push(told.note());
    }
    match path {
        Path::Answer => steps.push(told.finish(1.0, Said::AnsweredQuestion)),
        Path::Question => {
            steps.push(told.ask());
            steps.push(told.finish(0.8, Said::AnsweredQuestion));
        }
        Path::Repair => {
            steps.push(told.reply(0.5, Said::Received));
            if told.chance.happens(0.2) {
                steps.push(told.ask());
            }
            steps.extend(told.priority());
            let repair = told.repair();
            steps.push(step(0.3, What::Hand(vec![repair])));
            steps.push(told.finish(0.5, Said::Repaired));
        }
        Path::RepairAndLoan => {
            steps.push(told.reply(0.5, Said::Received));
            let repair = told.repair();
            let mut loan = told.stock(true);
            if told.chance.happens(0.3) {
                loan.late_hours = told.chance.around(20.0, 0.4);
            }
            steps.push(step(0.4, What::Hand(vec![repair, loan])));
            steps.push(told.finish(0.5, Said::Repaired));
        }
        Path::Shipping => {
            steps.push(told.reply(0.5, Said::Received));
            let parcel = told.stock(false);
            steps.push(step(0.3, What::Hand(vec![parcel])));
            steps.push(told.finish(0.4, Said::Sent));
        }
        Path::Credit => {
            steps.push(told.reply(0.5, Said::Received));
            if told.chance.happens(0.35) {
                let claim = told.claim();
                steps.push(step(0.3, What::Hand(vec![claim])));
            }
            steps.push(told.finish(0.8, Said::PaidBack));
        }
        Path::Visit => {
            let days = told.chance.between(3, 9);
            steps.push(step(0.7, What::Agree { words: told.words(Said::DayAgreed), days }));
            steps.push(told.finish(0.6, Said::Visited));
        }
        Path::Supplier => {
            steps.push(told.supplier());
            steps.push(told.finish(0.6, Said::AnsweredQuestion));
        }
        Path::MisplacedBill => {
            steps.push(told.transfer(Unit::Finance));
            steps.push(told.finish(0.8, Said::PaidBack));
        }
        Path::MisplacedOrder => {
            steps.push(told.transfer(Unit::Sales));
            steps.push(told.finish(0.8, Said::AnsweredQuestion));
        }
        Path::Claim => {
            steps.push(told.reply(0.6, Said::Received));
            let (repair, credit) = (told.repair(), told.credit());
            steps.push(step(0.8, What::Hand(vec![repair, credit])));
            steps.push(told.finish(1.2, Said::PaidBack));
        }
        Path::Joining => {
            let (device, desk) = (told.device(), told.desk());
            steps.push(step(0.6, What::Hand(vec![device, desk])));
            steps.push(step(0.5, What::Finish(told.one(&[
                "Everything is ready: desk by the window, key, laptop and shoes. Welcome to the new colleague!",
                "IT and Facilities are done. The badge lies at the reception.",
            ]))));
        }
    }
    steps
}

pub(super) const fn step(effort: f64, what: What) -> Step {
    Step { effort, what }
}

impl Told<'_> {
    fn words(&mut self, what: Said) -> String {
        let what = super::phrases::fitting(what, self.offer);
        let text = *self.chance.pick(said(what, self.language));
        self.details.sentence(text)
    }

    pub(super) fn one(&mut self, texts: &[&str]) -> String {
        let text = *self.chance.pick(texts);
        self.details.inside().fill(text)
    }

    pub(super) fn reply(&mut self, effort: f64, what: Said) -> Step {
        step(effort, What::Reply(self.words(what)))
    }

    fn finish(&mut self, effort: f64, what: Said) -> Step {
        let words = match self.answer {
            Some(answer) => self.details.sentence(answer),
            None => self.words(what),
        };
        step(effort, What::Finish(words))
    }

    fn ask(&mut self) -> Step {
        let question = self.words(Said::Asked);
        let answer =
            self.chance.happens(0.93).then(|| (self.words(Said::Answered), self.chance.around(9.0, 1.0)));
        step(0.5, What::Ask { question, answer })
    }

    fn note(&mut self) -> Step {
        let text = self.one(super::handoffs::NOTES);
        step(0.1, What::Note(text))
    }

    fn priority(&mut self) -> Option<Step> {
        if !self.chance.happens(0.08) {
            return None;
        }
        let reason = self.one(&[
            "An old lady lives alone there; this cannot wait its turn.",
            "The installer confirmed that there is no heating at all.",
            "Third report from the same street, it may be a batch fault.",
        ]);
        Some(step(0.1, What::Priority { priority: Priority::P2, reason }))
    }

    fn transfer(&mut self, to: Unit) -> Step {
        let reason = self.one(&[
            "Came to the wrong door; all papers are in the first message.",
            "This is about money, not about the unit. I told nobody to wait for us.",
        ]);
        step(0.4, What::Transfer { to, reason })
    }

    pub(super) fn supplier(&mut self) -> Step {
        let which = self.chance.below(self.suppliers);
        let days = self.chance.around(4.0, 0.6).clamp(0.5, 21.0);
        let note = self.one(&[
            "Ordered today. They confirmed by phone and will write when it leaves.",
            "Asked for the {part}; the clerk says the line is down for two days.",
            "Order sent with the old terms. Delivery note follows.",
        ]);
        step(0.6, What::Supplier { which, days, note })
    }
}
