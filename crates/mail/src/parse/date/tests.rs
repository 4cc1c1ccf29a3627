use crate::parse::fields::seconds;

const NEW_YEAR: i64 = 1_704_067_200;

#[test]
fn in_10_dates_of_old_and_careless_programs_are_read() {
    for (written, wanted) in [
        ("Mon, 1 Jan 2024 00:00:00 +0000", NEW_YEAR),
        ("Mon, 01 Jan 2024 01:00:00 +0100 (CET)", NEW_YEAR),
        ("Mon, 1 Jan 2024 00:00:00 -0000", NEW_YEAR),
        ("Mon, 1 Jan 2024 00:00 GMT", NEW_YEAR),
        ("1 Jan 24 00:00 EST", NEW_YEAR + 5 * 3600),
        ("1 Jan 2024 00:00:00 PDT", NEW_YEAR + 7 * 3600),
        ("Mon, 1 Jan 99 00:00:00 +0000", 915_148_800),
        ("Mon, 1 Jan 124 00:00:00 +0000", NEW_YEAR),
        ("Mon, 1-Jan-2024 00:00:00 +0000", NEW_YEAR),
        ("Monday, 01-Jan-24 00:00:00 GMT", NEW_YEAR),
        ("Mon, 1 Jan 2024 00:00:00", NEW_YEAR),
        ("Mon Jan  1 00:00:00 2024", NEW_YEAR),
        ("Mon Jan  1 00:00:00 EST 2024", NEW_YEAR + 5 * 3600),
        ("Mon, 1 January 2024 0:0:0 +0000", NEW_YEAR),
        ("Mon, 1 Jan 2024 00:00:00 +05:30", NEW_YEAR - 19_800),
        ("Mon, 1 January 2024 00:00:00 +05:30", NEW_YEAR - 19_800),
        ("2024-01-01T00:00:00Z", NEW_YEAR),
        ("2024-01-01T01:00:00+01:00", NEW_YEAR),
    ] {
        assert_eq!(seconds(written), Some(wanted), "{written}");
    }
}

#[test]
fn in_10_what_is_no_date_is_none() {
    for written in
        ["", "yesterday", "99 January 2024 00:00:00 +0000", "1 Jan", "99:99", "Jan Jan Jan 1 1 1 1"]
    {
        assert_eq!(seconds(written), None, "{written}");
    }
}
