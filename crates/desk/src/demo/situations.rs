//! What people write about: situations with several ways to say each, and how such a matter goes.

mod branches;
mod customers;
mod inside;

use domain::priority::Level;
use domain::ticket::Kind;

use super::names::Language;
use super::offers::Offer;

/// One kind of matter, with texts that hold `{places}` for what differs.
#[derive(Clone, Copy)]
pub(super) struct Situation {
    pub offer: Offer,
    pub kind: Kind,
    pub weight: u16,
    pub path: Path,
    pub language: Language,
    pub impact: Level,
    pub urgency: Level,
    pub subjects: &'static [&'static str],
    /// Told in the same order as the subjects; when there are fewer, they begin again.
    pub bodies: &'static [&'static str],
    /// What solves it, in the order of the bodies; without any, the usual sentences of its path.
    pub answers: &'static [&'static str],
}

/// How a matter goes on from there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Path {
    /// Answered at once.
    Answer,
    /// Needs something from the requester first.
    Question,
    /// The workshop repairs; sometimes it has to buy a part.
    Repair,
    /// The workshop repairs while the warehouse readies a loan unit.
    RepairAndLoan,
    /// The warehouse sends something.
    Shipping,
    /// Finance checks and pays back.
    Credit,
    /// A visit on a day both agree on.
    Visit,
    /// Waits for a supplier directly.
    Supplier,
    /// Asked in the wrong place: moves to Finance.
    MisplacedBill,
    /// Asked in the wrong place: moves to Sales.
    MisplacedOrder,
    /// A claim that the workshop reports on and finance pays for.
    Claim,
    /// A new colleague: IT and Facilities prepare at the same time.
    Joining,
}

const fn situation(
    offer: Offer,
    kind: Kind,
    weight: u16,
    path: Path,
    subjects: &'static [&'static str],
    bodies: &'static [&'static str],
) -> Situation {
    Situation {
        offer,
        kind,
        weight,
        path,
        language: Language::English,
        impact: Level::Low,
        urgency: Level::Medium,
        subjects,
        bodies,
        answers: &[],
    }
}

impl Situation {
    const fn pressing(mut self, impact: Level, urgency: Level) -> Self {
        self.impact = impact;
        self.urgency = urgency;
        self
    }

    const fn answered(mut self, answers: &'static [&'static str]) -> Self {
        self.answers = answers;
        self
    }

    const fn written_in(mut self, language: Language) -> Self {
        self.language = language;
        self
    }
}

/// Every situation there is.
pub(super) fn all() -> impl Iterator<Item = &'static Situation> {
    customers::ALL.iter().chain(branches::ALL).chain(inside::ALL)
}
