//! The dates on which an ordinary week does not hold, and how dates with names are written.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::pattern::Pattern;
use super::spec::{CalendarSpec, Interval, Weekday};

pub(super) const DAY: i64 = 86_400;

const MIDNIGHT_MINUTE: i64 = 24 * 60;

/// The open seconds of each date that a holiday, shift or break touches, by days since 1970.
pub(super) fn days(spec: &CalendarSpec) -> BTreeMap<i64, Pattern> {
    let holidays: BTreeSet<i64> = spec.holidays.keys().map(|date| day_number(*date)).collect();
    let shifts = by_day(&spec.shifts);
    let breaks = by_day(&spec.breaks);
    let starting = |day: i64| -> &[Interval] {
        let hours = spec.hours.get(&weekday(day)).map_or(&[][..], Vec::as_slice);
        shifts.get(&day).copied().unwrap_or(hours)
    };
    let breaking = |day: i64| breaks.get(&day).copied().unwrap_or_default();

    let dated = shifts.keys().chain(breaks.keys());
    let touched = dated.flat_map(|day| [*day, *day + 1]);
    let touched: BTreeSet<i64> = touched.chain(holidays.iter().copied()).collect();
    let open_on = |day: i64| {
        if holidays.contains(&day) {
            return Pattern::default();
        }
        let open = on_date(starting(day), starting(day - 1));
        open.without(&on_date(breaking(day), breaking(day - 1)))
    };
    touched.into_iter().map(|day| (day, open_on(day))).collect()
}

/// What lies on one date: of its own intervals the part before midnight, of those of the date
/// before the part after it.
pub(super) fn on_date(own: &[Interval], of_the_date_before: &[Interval]) -> Pattern {
    let own = own.iter().map(|interval| {
        let close = i64::from(interval.close_minute()).min(MIDNIGHT_MINUTE);
        (i64::from(interval.open_minute()) * 60, close * 60)
    });
    let late = of_the_date_before.iter();
    let late = late.filter(|interval| interval.passes_midnight()).map(|interval| {
        let close = i64::from(interval.close_minute()) - MIDNIGHT_MINUTE;
        (0, close * 60)
    });
    Pattern::new(own.chain(late).collect())
}

pub(super) fn weekday(day: i64) -> Weekday {
    // Day 0, the first of January 1970, was a Thursday.
    let from_monday = (day + 3).rem_euclid(7);
    Weekday::ALL[usize::try_from(from_monday).expect("a remainder of seven is not negative")]
}

fn by_day(dates: &BTreeMap<Date, Vec<Interval>>) -> BTreeMap<i64, &[Interval]> {
    dates.iter().map(|(date, intervals)| (day_number(*date), intervals.as_slice())).collect()
}

fn day_number(date: Date) -> i64 {
    date.duration_since(Date::constant(1970, 1, 1)).as_secs() / DAY
}

/// A map of dates to names, read from a plain list of dates as well.
pub(super) mod named_dates {
    use std::collections::BTreeMap;
    use std::fmt;

    use jiff::civil::Date;
    use serde::de::{Deserializer, MapAccess, SeqAccess, Visitor};
    use serde::ser::{Serialize, Serializer};

    pub(in super::super) fn serialize<S: Serializer>(
        dates: &BTreeMap<Date, String>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        dates.serialize(serializer)
    }

    pub(in super::super) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<BTreeMap<Date, String>, D::Error> {
        deserializer.deserialize_any(ListOrMap)
    }

    struct ListOrMap;

    impl<'de> Visitor<'de> for ListOrMap {
        type Value = BTreeMap<Date, String>;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a list of dates, or a map of dates to names")
        }

        fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
            let mut dates = BTreeMap::new();
            while let Some(date) = list.next_element()? {
                dates.insert(date, String::new());
            }
            Ok(dates)
        }

        fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
            let mut dates = BTreeMap::new();
            while let Some((date, name)) = map.next_entry()? {
                dates.insert(date, name);
            }
            Ok(dates)
        }
    }
}
