//! What a unit is charged with on the ledgers of the latest solved tickets in whose chain it was.

use desk::{DeskError, Look};
use domain::id::UnitId;
use domain::ledger::{self, Because, Charge, Holder};
use domain::permission::Viewer;
use jiff::SignedDuration;
use maud::{Markup, html};

use crate::format::{self, Reader};
use crate::t;
use crate::ui::bars::{self, Part, Stacked};
use crate::ui::table::{self, figures, words};

/// How many solved tickets are looked at.
const MOST: i64 = 100;
/// How many of them are listed.
const LISTED: usize = 10;

#[derive(Default)]
pub(super) struct Charged {
    tickets: u64,
    /// Of all their lives together.
    elapsed: SignedDuration,
    queued: SignedDuration,
    work: SignedDuration,
    late: SignedDuration,
    accepting: SignedDuration,
    /// The tickets with the most time charged to the unit.
    most: Vec<Row>,
}

struct Row {
    number: i64,
    subject: String,
    charged: SignedDuration,
    elapsed: SignedDuration,
}

pub(super) fn read(look: &mut Look, viewer: &Viewer, unit: UnitId) -> Result<Charged, DeskError> {
    let mut charged = Charged::default();
    for (ticket, number, subject) in store::work::solved_with(look.tx, viewer, unit, MOST)? {
        let events = store::event::of_ticket_and_descendants(look.tx, ticket)?;
        // A ledger that cannot be made says so on the ticket's own page.
        if let Ok(ledger) = ledger::charge(&ledger::lines(&events, look.now), ticket) {
            charged.add(unit, number, subject, &ledger);
        }
    }
    charged.most.sort_by_key(|row| std::cmp::Reverse(row.charged));
    charged.most.truncate(LISTED);
    Ok(charged)
}

impl Charged {
    fn add(&mut self, unit: UnitId, number: i64, subject: String, ledger: &ledger::Ledger) {
        let mut own = SignedDuration::ZERO;
        for charge in &ledger.charges {
            let Holder::Unit { unit: charged, queued, .. } = charge.holder else { continue };
            if charged != unit {
                continue;
            }
            own += charge.elapsed();
            *self.cause(charge, queued) += charge.elapsed();
        }
        self.tickets += 1;
        self.elapsed += ledger.elapsed();
        self.most.push(Row { number, subject, charged: own, elapsed: ledger.elapsed() });
    }

    fn cause(&mut self, charge: &Charge, queued: bool) -> &mut SignedDuration {
        if charge.late.is_some() {
            &mut self.late
        } else if matches!(charge.because, Because::Accepting { .. }) {
            &mut self.accepting
        } else if queued {
            &mut self.queued
        } else {
            &mut self.work
        }
    }

    fn total(&self) -> SignedDuration {
        self.queued + self.work + self.late + self.accepting
    }
}

pub(super) fn causes(reader: &Reader, charged: &Charged) -> Markup {
    let locale = reader.locale;
    let parts = [
        (t!(locale, "cause-work"), charged.work),
        (t!(locale, "cause-queued"), charged.queued),
        (t!(locale, "cause-accepting"), charged.accepting),
        (t!(locale, "cause-late"), charged.late),
    ];
    let bar = Stacked {
        title: t!(locale, "unit-charged").to_owned(),
        parts: parts
            .into_iter()
            .filter(|(_, elapsed)| !elapsed.is_zero())
            .map(|(label, elapsed)| Part { label: label.to_owned(), href: None, elapsed, working: None })
            .collect(),
        tickets: charged.tickets,
        csv: None,
        explain: None,
    };
    let share = charged.total().as_secs_f64() / charged.elapsed.as_secs_f64();
    html! {
        (bars::stacked(locale, &bar))
        p.muted {
            (t!(
                locale, "unit-charged-words", count = charged.tickets, share = format::percent(locale, share),
                total = format::duration(locale, charged.elapsed)
            ))
        }
    }
}

pub(super) fn tickets(reader: &Reader, charged: &Charged) -> Markup {
    let locale = reader.locale;
    if charged.most.is_empty() {
        return html! { p.muted { (t!(locale, "unit-charged-none")) } };
    }
    let columns = [
        words(t!(locale, "queue-number")),
        words(t!(locale, "queue-subject")),
        figures(t!(locale, "unit-charged-here")),
        figures(t!(locale, "unit-charged-of")),
    ];
    let rows: Vec<Vec<Markup>> = charged
        .most
        .iter()
        .map(|row| {
            vec![
                html! { a href={ "/tickets/" (row.number) "/throughline" } { "#" (row.number) } },
                html! { (row.subject) },
                html! { (format::duration(locale, row.charged)) },
                html! { (format::duration(locale, row.elapsed)) },
            ]
        })
        .collect();
    table::table(t!(locale, "unit-charged-tickets"), &columns, &rows)
}
