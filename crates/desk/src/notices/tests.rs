use super::digest::morning;

#[test]
fn the_next_morning_is_half_past_seven_where_somebody_lives() {
    let at = |now: &str, zone| morning(now.parse().unwrap(), zone).to_string();
    assert_eq!(at("2026-03-04T12:00:00Z", "Europe/Berlin"), "2026-03-05T06:30:00Z");
    assert_eq!(at("2026-03-04T06:29:59Z", "Europe/Berlin"), "2026-03-04T06:30:00Z");
    assert_eq!(at("2026-03-04T06:30:00Z", "Europe/Berlin"), "2026-03-05T06:30:00Z", "never twice a day");
    assert_eq!(at("2026-03-28T12:00:00Z", "Europe/Berlin"), "2026-03-29T05:30:00Z", "summer time begins");
    assert_eq!(at("2026-03-04T12:00:00Z", "Pacific/Kiritimati"), "2026-03-04T17:30:00Z");
    assert_eq!(at("2026-03-04T12:00:00Z", "Nowhere/At/All"), "2026-03-05T07:30:00Z");
}
