//! Putting a ticket out of sight: the times that are offered, and how the page says that it is snoozed.

use desk::DeskError;
use desk::act::Act;
use domain::calendar::Calendar;
use domain::event::Fact;
use domain::id::UnitId;
use domain::snooze::{self, Preset};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use maud::{Markup, html};
use store::access::{Granted, Serve};
use store::catalogue::Catalogue;

use super::doing;
use super::view::View;
use crate::format::{self, Reader};
use crate::t;
use crate::text::Locale;
use crate::ui::field::Choice;
use crate::ui::icon::{Icon, icon};

/// The choice beside the presets: a date and time of one's own.
const DATE: &str = "date";

/// A time with its name, and when that is.
pub(super) struct Offered {
    value: &'static str,
    label: String,
}

impl Offered {
    pub(super) fn choice(&self) -> Choice<'_> {
        Choice { value: self.value, label: &self.label, help: None }
    }
}

pub(super) fn choices(reader: &Reader, view: &View) -> Vec<Offered> {
    let calendar = calendar(&view.catalogue, view.sheet.unit, reader.now);
    let presets = snooze::presets(reader.now, &reader.zone, calendar);
    let named = presets.into_iter().map(|(preset, at)| Offered {
        value: preset.as_str(),
        label: format!("{}, {}", name(reader.locale, preset), format::absolute(reader, at)),
    });
    let date = Offered { value: DATE, label: t!(reader.locale, "snooze-at-date").to_owned() };
    named.chain([date]).collect()
}

pub(super) fn first(offered: &[Offered]) -> &'static str {
    offered.first().map_or(DATE, |first| first.value)
}

fn name(locale: Locale, preset: Preset) -> &'static str {
    match preset {
        Preset::Evening => t!(locale, "snooze-evening"),
        Preset::Tomorrow => t!(locale, "snooze-tomorrow"),
        Preset::Monday => t!(locale, "snooze-monday"),
        Preset::NextWeek => t!(locale, "snooze-next-week"),
    }
}

/// The instant that was chosen. A preset that the day has passed since the page was made is said to be over.
pub(super) fn until(
    act: &mut Act,
    granted: Granted<Serve>,
    chosen: &str,
    date: &str,
    zone: &TimeZone,
) -> Result<Timestamp, DeskError> {
    let Some(preset) = Preset::parse(chosen) else { return doing::instant(date, zone) };
    let unit = store::ticket::owner_and_parent(act.tx, granted.ticket)?.ok_or(DeskError::NotFound)?.0;
    let calendar = calendar(&act.catalogue, unit, act.now);
    let found = snooze::presets(act.now, zone, calendar).into_iter().find(|(one, _)| *one == preset);
    // Refused by the rule, in its words.
    Ok(found.map_or(act.now, |(_, at)| at))
}

fn calendar(catalogue: &Catalogue, unit: UnitId, now: Timestamp) -> Option<&Calendar> {
    catalogue.calendar_for(catalogue.units.get(&unit)?.calendar?, now)
}

/// As the end of a sentence that begins with who did it.
pub(super) fn told(reader: &Reader, fact: &Fact) -> String {
    match fact {
        Fact::Snoozed { until } => {
            t!(reader.locale, "history-snoozed", time = format::absolute(reader, *until))
        }
        _ => t!(reader.locale, "history-woken").to_owned(),
    }
}

/// Below the head: that it is out of sight until when, or that it came back; and that clocks go on.
pub(super) fn line(reader: &Reader, view: &View) -> Markup {
    let locale = reader.locale;
    html! {
        @if let Some(until) = view.ticket.snoozed_until {
            p.ticket-facts { (icon(Icon::Moon)) " " strong { (t!(locale, "snooze-is", time = format::absolute(reader, until))) } " " (t!(locale, "snooze-clocks")) }
        } @else if let Some(at) = view.ticket.woken_at {
            p.ticket-facts { (icon(Icon::Moon)) " " strong { (t!(locale, "snooze-woke", time = format::absolute(reader, at))) } }
        }
    }
}
