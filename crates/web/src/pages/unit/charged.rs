//! What a unit is charged with on the ledgers of the latest solved tickets in whose chain it was.

use desk::{DeskError, Look};
use domain::id::UnitId;
use domain::ledger::{self, Because, Charge, Holder};
use domain::permission::Viewer;
use jiff::SignedDuration;
use maud::{Markup, html};

use crate::csv::Cell;
use crate::format::{self, Reader};
use crate::t;
use crate::ui::bars::{self, Part, Stacked};
use crate::ui::explain::Explain;
use crate::ui::panel;
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
    charged: Causes,
    /// The tickets, those with the most time charged to the unit first.
    rows: Vec<Row>,
}

struct Row {
    number: i64,
    subject: String,
    charged: Causes,
    elapsed: SignedDuration,
}

/// The time charged to the unit, by what it spent it on.
#[derive(Clone, Copy, Default)]
struct Causes {
    work: SignedDuration,
    queued: SignedDuration,
    accepting: SignedDuration,
    late: SignedDuration,
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
    charged.rows.sort_by_key(|row| std::cmp::Reverse(row.charged.total()));
    Ok(charged)
}

impl Charged {
    fn add(&mut self, unit: UnitId, number: i64, subject: String, ledger: &ledger::Ledger) {
        let mut own = Causes::default();
        for charge in &ledger.charges {
            let Holder::Unit { unit: charged, queued, .. } = charge.holder else { continue };
            if charged != unit {
                continue;
            }
            *own.of(charge, queued) += charge.elapsed();
            *self.charged.of(charge, queued) += charge.elapsed();
        }
        self.tickets += 1;
        self.elapsed += ledger.elapsed();
        self.rows.push(Row { number, subject, charged: own, elapsed: ledger.elapsed() });
    }
}

impl Causes {
    fn of(&mut self, charge: &Charge, queued: bool) -> &mut SignedDuration {
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

pub(super) const COLUMNS: [&str; 7] = [
    "ticket",
    "subject",
    "elapsed_seconds",
    "work_seconds",
    "queued_seconds",
    "accepting_seconds",
    "late_seconds",
];

/// A row for each ticket that was looked at, also where nothing is charged.
pub(super) fn cells(charged: &Charged) -> Vec<Vec<Cell>> {
    let row = |row: &Row| {
        let Causes { work, queued, accepting, late } = row.charged;
        let mut cells = vec![Cell::Number(row.number), Cell::text(row.subject.as_str())];
        cells.extend([row.elapsed, work, queued, accepting, late].map(|time| Cell::Number(time.as_secs())));
        cells
    };
    charged.rows.iter().map(row).collect()
}

pub(super) fn causes(reader: &Reader, unit: UnitId, charged: &Charged) -> Markup {
    let locale = reader.locale;
    if charged.tickets == 0 {
        return panel::panel(
            t!(locale, "unit-charged"),
            None,
            &html! { p.muted { (t!(locale, "unit-charged-none")) } },
        );
    }
    let Causes { work, queued, accepting, late } = charged.charged;
    let parts = [
        (t!(locale, "cause-work"), work),
        (t!(locale, "cause-queued"), queued),
        (t!(locale, "cause-accepting"), accepting),
        (t!(locale, "cause-late"), late),
    ];
    let bar = Stacked {
        title: t!(locale, "unit-charged").to_owned(),
        parts: parts
            .into_iter()
            .filter(|(_, elapsed)| !elapsed.is_zero())
            .map(|(label, elapsed)| Part { label: label.to_owned(), href: None, elapsed, working: None })
            .collect(),
        tickets: charged.tickets,
        csv: Some(format!("/units/{unit}/charges")),
        explain: Some(Explain {
            formula: t!(locale, "unit-charged-formula").to_owned(),
            rows: t!(locale, "unit-charged-rows", most = MOST),
            n: charged.tickets,
            href: None,
        }),
    };
    let share = charged.charged.total().as_secs_f64() / charged.elapsed.as_secs_f64();
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
    if charged.rows.is_empty() {
        return html! { p.muted { (t!(locale, "unit-charged-none")) } };
    }
    let columns = [
        words(t!(locale, "queue-number")),
        words(t!(locale, "queue-subject")),
        figures(t!(locale, "unit-charged-here")),
        figures(t!(locale, "unit-charged-of")),
    ];
    let rows: Vec<Vec<Markup>> = charged
        .rows
        .iter()
        .take(LISTED)
        .map(|row| {
            vec![
                html! { a href={ "/tickets/" (row.number) "/throughline" } { "#" (row.number) } },
                html! { (row.subject) },
                html! { (format::duration(locale, row.charged.total())) },
                html! { (format::duration(locale, row.elapsed)) },
            ]
        })
        .collect();
    table::table(t!(locale, "unit-charged-tickets"), &columns, &rows)
}
