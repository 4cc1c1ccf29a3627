//! The picture tells everything its table tells.

use jiff::tz::TimeZone;

use super::axis;
use crate::format::Reader;
use crate::text::Locale;
use crate::ui::gallery::sample;

fn reader(now: &str) -> Reader {
    Reader {
        locale: Locale::English,
        zone: TimeZone::get("Europe/Berlin").expect("a zone"),
        now: now.parse().expect("an instant"),
    }
}

#[test]
fn every_segment_can_be_focused_and_is_in_the_table() {
    let reader = sample::reader(Locale::English);
    let view = sample::waterfall(&reader);
    let page = super::waterfall(&reader, &view).into_string();
    let segments: usize = view.lanes.iter().map(|lane| lane.segments.len()).sum();
    assert_eq!(page.matches("<g class=\"segment").count(), segments);
    assert_eq!(page.matches("scope=\"row\"").count(), segments);
    assert!(!page.contains("style="), "the policy forbids style attributes");
}

#[test]
fn a_life_of_no_length_is_drawn_all_the_same() {
    let reader = sample::reader(Locale::German);
    let mut view = sample::waterfall(&reader);
    view.to = view.from;
    assert!(!super::waterfall(&reader, &view).into_string().contains("NaN"));
}

#[test]
fn marks_stand_on_whole_local_hours_through_a_change_of_clocks() {
    let reader = reader("2026-10-25T00:00:00Z");
    let from = "2026-10-24T20:00:00Z".parse().expect("an instant");
    let to = "2026-10-25T14:00:00Z".parse().expect("an instant");
    let words: Vec<String> = axis::ticks(&reader, from, to).into_iter().map(|tick| tick.words).collect();
    assert_eq!(words.first().map(String::as_str), Some("22:00"));
    assert!(words.contains(&"25 Oct".to_owned()), "{words:?}");
    assert!(words.len() <= 11, "{words:?}");
}

#[test]
fn a_year_has_few_marks() {
    let reader = reader("2026-10-25T00:00:00Z");
    let from = "2025-10-24T20:00:00Z".parse().expect("an instant");
    let ticks = axis::ticks(&reader, from, reader.now);
    assert!((3..=11).contains(&ticks.len()), "{ticks:?}");
}
