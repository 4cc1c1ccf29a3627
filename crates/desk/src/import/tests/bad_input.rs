//! What is wrong in a log is refused row by row, or the log as a whole before anything is written.

use jiff::tz::TimeZone;

use super::{HEADER, assert_clean, custody_of, desk, events, head, import, mapping, raw_count};
use crate::eventlog::{Error, Source};
use crate::import::{ImportError, Log, log};

#[test]
fn rows_without_a_case_and_unreadable_dates_are_refused_with_their_lines() {
    let desk = desk();
    let text = format!(
        "{HEADER},work,2026-03-02T08:00:00Z,Desk,,Ada,1\nA,work,yesterday,Desk,,Ada,2\nA,work,2026-03-02T08:00:00Z,Desk,,Ada,3\n"
    );
    let outcome = import(&desk, text);
    let lines: Vec<u64> = outcome.rejects.iter().map(|reject| reject.line).collect();
    assert_eq!(lines, [2, 3]);
    assert_eq!((outcome.cases_new, raw_count(&desk)), (1, 1));
}

#[test]
fn dates_out_of_order_never_make_time_run_backwards() {
    let desk = desk();
    let text = format!(
        "{HEADER}A,work,2026-03-02T08:00:00Z,Desk,,Ada,1\nA,work,2026-03-02T07:00:00Z,Network,,Ada,2\n\
         A,done,2026-03-02T06:00:00Z,Network,,Ada,3\n"
    );
    let outcome = import(&desk, text);
    assert_eq!(outcome.warnings.cases_reordered, 1);
    let custody = custody_of(&events(&desk)[&1001]);
    assert!(custody.segments.iter().all(|segment| segment.from < segment.to));
    assert_eq!(raw_count(&desk), 3);
    assert_clean(&desk);
}

#[test]
fn a_huge_cell_and_invalid_text_are_refused_and_the_rest_is_kept() {
    let desk = desk();
    let mut text = HEADER.as_bytes().to_vec();
    text.extend(b"A,work,2026-03-02T08:00:00Z,Desk,,Ada,");
    text.resize(text.len() + 10 * 1024 * 1024, b'x');
    text.extend(b"\nB,work,2026-03-02T08:00:00Z,\xff\xfe,,Ada,2\nC,work,2026-03-02T08:00:00Z,Desk,,Ada,3\n");
    let outcome = import(&desk, text);
    let reasons: Vec<&str> = outcome.rejects.iter().map(|reject| reject.reason.as_str()).collect();
    assert_eq!(reasons.len(), 2);
    assert!(reasons[0].contains("bytes") && reasons[1].contains("UTF-8"), "{reasons:?}");
    assert_eq!(outcome.cases_new, 1);
}

#[test]
fn wrong_columns_refuse_the_log_before_anything_is_written() {
    let desk = desk();
    let source = Source::from_bytes("small", "case,wat,when\nA,work,2026-03-02T08:00:00Z\n").unwrap();
    let request =
        Log { source, name: "small".to_owned(), mapping: mapping(), zone: TimeZone::UTC, dry_run: false };
    let refused = log(&desk, request, &mut |_| {}, &|| false).unwrap_err();
    assert!(matches!(refused, ImportError::Log(Error::Columns { .. })), "{refused}");
    assert!(refused.to_string().contains("did you mean \"wat\""), "{refused}");
    assert_eq!(head(&desk).0, 0);
}
