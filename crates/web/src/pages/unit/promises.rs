//! The promises of a unit week by week: those to requesters and those to other units, with the same instruments.

use std::collections::BTreeMap;

use desk::{DeskError, Look};
use domain::id::UnitId;
use domain::stats;
use maud::{Markup, html};
use store::tally::{self, Kept, Week};

use super::WEEKS;
use crate::csv::Cell;
use crate::format::{self, Reader};
use crate::t;
use crate::text::Locale;
use crate::ui::badge::Tone;
use crate::ui::bars::{self, Columns, Point};
use crate::ui::explain::Explain;
use crate::ui::panel;
use crate::ui::tile::{self, Tile};

/// To whom a unit promised.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum To {
    Requesters,
    Units,
}

impl To {
    const ALL: [Self; 2] = [Self::Requesters, Self::Units];

    fn title(self, locale: Locale) -> &'static str {
        match self {
            Self::Requesters => t!(locale, "unit-kept-weeks"),
            Self::Units => t!(locale, "unit-kept-units-weeks"),
        }
    }

    fn label(self, locale: Locale) -> &'static str {
        match self {
            Self::Requesters => t!(locale, "unit-kept"),
            Self::Units => t!(locale, "unit-kept-units"),
        }
    }

    fn rows(self, locale: Locale) -> &'static str {
        match self {
            Self::Requesters => t!(locale, "unit-kept-rows"),
            Self::Units => t!(locale, "unit-kept-units-rows"),
        }
    }

    fn none(self, locale: Locale) -> String {
        match self {
            Self::Requesters => t!(locale, "unit-kept-none", weeks = WEEKS),
            Self::Units => t!(locale, "unit-kept-units-none", weeks = WEEKS),
        }
    }

    const fn word(self) -> &'static str {
        match self {
            Self::Requesters => "requesters",
            Self::Units => "units",
        }
    }
}

/// Both kinds over the weeks that the page looks at.
pub(super) struct Promises {
    unit: UnitId,
    this_week: Week,
    to_requesters: BTreeMap<Week, Kept>,
    to_units: BTreeMap<Week, Kept>,
}

pub(super) fn read(look: &mut Look, unit: UnitId) -> Result<Promises, DeskError> {
    let this_week = tally::week(look.now);
    let from = this_week - WEEKS + 1;
    Ok(Promises {
        unit,
        this_week,
        to_requesters: tally::promises(look.tx, unit, from)?,
        to_units: tally::handoff_promises(look.tx, unit, from)?,
    })
}

impl Promises {
    const fn of(&self, to: To) -> &BTreeMap<Week, Kept> {
        match to {
            To::Requesters => &self.to_requesters,
            To::Units => &self.to_units,
        }
    }

    fn weeks(&self, to: To) -> impl Iterator<Item = (Week, Kept)> {
        let first = self.this_week - WEEKS + 1;
        (first..=self.this_week).map(move |week| (week, self.of(to).get(&week).copied().unwrap_or_default()))
    }

    fn sum(&self, to: To) -> Kept {
        self.weeks(to).fold(Kept::default(), |sum, (_, week)| Kept {
            kept: sum.kept + week.kept,
            missed: sum.missed + week.missed,
        })
    }
}

/// A tile for each kind of promise of which some came due; one that says so where none did.
pub(super) fn tiles(reader: &Reader, promises: &Promises) -> Markup {
    let any = To::ALL.into_iter().any(|to| n(promises.sum(to)) > 0);
    html! {
        @for to in To::ALL {
            @if n(promises.sum(to)) > 0 || !any && to == To::Requesters { (kept(reader.locale, promises, to)) }
        }
    }
}

fn kept(locale: Locale, promises: &Promises, to: To) -> Markup {
    let sum = promises.sum(to);
    let share = sum.kept as f64 / n(sum) as f64;
    let tone = match share {
        share if share >= 0.9 => Tone::Good,
        share if share >= 0.75 => Tone::Soon,
        share if share >= 0.0 => Tone::Bad,
        _ => Tone::Quiet,
    };
    let basis = t!(locale, "unit-kept-basis", count = n(sum), weeks = WEEKS);
    let value = format::percent(locale, share);
    tile::tile(locale, &Tile { label: to.label(locale), value: &value, basis: &basis, tone, explain: None })
}

pub(super) fn charts(reader: &Reader, promises: &Promises) -> Markup {
    html! { div.halves { @for to in To::ALL { (chart(reader.locale, promises, to)) } } }
}

fn chart(locale: Locale, promises: &Promises, to: To) -> Markup {
    let total = n(promises.sum(to));
    if total == 0 {
        return panel::panel(to.title(locale), None, &html! { p.muted { (to.none(locale)) } });
    }
    let points = promises.weeks(to).map(|(week, sum)| {
        let monday = tally::monday(week).to_zoned(jiff::tz::TimeZone::UTC);
        Point {
            label: format!("{}.{}.", monday.day(), monday.month()),
            value: (n(sum) > 0).then(|| 100.0 * sum.kept as f64 / n(sum) as f64),
            n: u64::try_from(n(sum)).unwrap_or(0),
            href: None,
        }
    });
    let columns = Columns {
        title: to.title(locale).to_owned(),
        unit: t!(locale, "unit-kept-unit").to_owned(),
        points: points.collect(),
        target: None,
        places: 0,
        csv: Some(format!("/units/{}/promises", promises.unit)),
        explain: Some(Explain {
            formula: t!(locale, "unit-kept-formula").to_owned(),
            rows: to.rows(locale).to_owned(),
            n: u64::try_from(total).unwrap_or(0),
            href: None,
        }),
    };
    bars::columns(locale, &columns)
}

pub(super) const COLUMNS: [&str; 7] =
    ["week_from", "promised_to", "kept", "missed", "share", "share_low", "share_high"];

/// A row for each week and kind in which a promise came due.
pub(super) fn cells(promises: &Promises) -> Vec<Vec<Cell>> {
    let weeks = To::ALL.into_iter().flat_map(|to| promises.weeks(to).map(move |week| (to, week)));
    weeks
        .filter(|(_, (_, sum))| n(*sum) > 0)
        .map(|(to, (week, sum))| {
            let count = |value: i64| u64::try_from(value).unwrap_or(0);
            let monday = tally::monday(week).to_zoned(jiff::tz::TimeZone::UTC).date();
            let mut row = vec![
                Cell::text(monday.to_string()),
                Cell::text(to.word()),
                Cell::Number(sum.kept),
                Cell::Number(sum.missed),
                Cell::Share(sum.kept as f64 / n(sum) as f64),
            ];
            row.extend(match stats::wilson(count(sum.kept), count(n(sum))) {
                Some(ends) => [Cell::Share(ends.low), Cell::Share(ends.high)],
                None => [Cell::Nothing, Cell::Nothing],
            });
            row
        })
        .collect()
}

const fn n(sum: Kept) -> i64 {
    sum.kept + sum.missed
}
