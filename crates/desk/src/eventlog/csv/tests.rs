use jiff::tz::TimeZone;

use super::{CELL_LIMIT_BYTES, read};
use crate::eventlog::mapping::Role;
use crate::eventlog::{Entry, Error, Mapping, Reject, Row, Source};

const HEADER: &str = "id,what,when,note\n";

fn mapping() -> Mapping {
    Mapping::of("id", "what", "when")
}

fn entries(bytes: impl Into<Vec<u8>>) -> Vec<Entry> {
    let source = Source::from_bytes("log", bytes).unwrap();
    read(source, &mapping(), &TimeZone::UTC).unwrap().map(Result::unwrap).collect()
}

fn rows(bytes: impl Into<Vec<u8>>) -> Vec<Row> {
    entries(bytes).into_iter().map(Result::unwrap).collect()
}

fn rejects(bytes: impl Into<Vec<u8>>) -> Vec<Reject> {
    entries(bytes).into_iter().filter_map(Result::err).collect()
}

fn refusal(text: &str) -> Error {
    let source = Source::from_bytes("log", text).unwrap();
    read(source, &mapping(), &TimeZone::UTC).err().unwrap()
}

#[test]
fn the_delimiter_is_found_by_the_columns() {
    for delimiter in [",", ";", "\t", "|"] {
        let text = "id,what,when,note\n7,Opened,2020-01-01,\"a, b; c\"\n"
            .replace("id,what,when,note", &["id", "what", "when", "note"].join(delimiter))
            .replace("7,Opened,2020-01-01,", &format!("7{delimiter}Opened{delimiter}2020-01-01{delimiter}"));
        let rows = rows(text);
        assert_eq!(rows[0].fields.by_name("note"), Some("a, b; c"));
        assert_eq!(rows[0].fields.case_key().as_deref(), Some("7"));
    }
}

#[test]
fn marks_line_ends_and_quoted_newlines_keep_the_line_numbers() {
    let text = "\u{feff}id,what,when,note\r\n1,A,2020-01-01,\"two\r\nlines, \"\"said\"\"\"\r\n\r\n2,B,2020-01-02,\r\n3,C,2020-01-03,x";
    let rows = rows(text);
    let lines: Vec<u64> = rows.iter().map(|row| row.line).collect();
    assert_eq!(lines, [2, 5, 6]);
    assert_eq!(rows[0].fields.by_name("note"), Some("two\r\nlines, \"said\""));
    assert_eq!(rows[1].fields.by_name("note"), Some(""));
    assert_eq!(rows[2].fields.by_name("note"), Some("x"));
}

#[test]
fn missing_trailing_cells_are_absent_and_extra_cells_are_kept() {
    let rows = rows(format!("{HEADER}1,A,2020-01-01\n1,A,2020-01-01,n,more,still\n"));
    assert_eq!(rows[0].fields.by_name("note"), None);
    assert_eq!(rows[1].fields.by_name("column 5"), Some("more"));
    assert_eq!(rows[1].fields.by_name("column 6"), Some("still"));
}

#[test]
fn columns_of_the_same_name_do_not_hide_each_other() {
    let rows = rows("id,what,when,note,note\n1,A,2020-01-01,x,y\n");
    assert_eq!(rows[0].fields.by_name("note"), Some("x"));
    assert_eq!(rows[0].fields.by_name("note#2"), Some("y"));
}

#[test]
fn invalid_utf8_is_rejected_with_its_column_and_its_bytes() {
    let mut bytes = HEADER.as_bytes().to_vec();
    bytes.extend_from_slice(b"1,A,2020-01-01,ok\n2,B,2020-01-01,caf\xe9\n3,\xc3,\xa9,x\n");
    let rejects = rejects(bytes);
    assert_eq!(rejects[0].reason, "column \"note\" is not valid UTF-8");
    assert_eq!(rejects[0].raw, b"2,B,2020-01-01,caf\xe9");
    assert_eq!(rejects[1].reason, "column \"what\" is not valid UTF-8");
}

#[test]
fn a_cell_of_ten_megabytes_is_rejected_and_the_next_row_is_read() {
    let cell = "x".repeat(10 * 1024 * 1024);
    let entries = entries(format!("{HEADER}1,A,2020-01-01,\"{cell}\"\n2,B,2020-01-02,y\n"));
    let reject = entries[0].as_ref().unwrap_err();
    assert_eq!(reject.line, 2);
    assert!(reject.reason.contains("\"note\""), "{}", reject.reason);
    assert!(reject.reason.contains(&CELL_LIMIT_BYTES.to_string()), "{}", reject.reason);
    assert!(reject.raw.len() > cell.len());
    assert_eq!(entries[1].as_ref().unwrap().line, 3);
}

#[test]
fn a_quote_that_is_never_closed_costs_only_its_own_line() {
    let entries = entries(format!("{HEADER}1,A,2020-01-01,\"open\n2,B,2020-01-02,y\n3,C,2020-01-03,z\n"));
    assert_eq!(entries.len(), 3);
    let reject = entries[0].as_ref().unwrap_err();
    assert_eq!((reject.line, reject.raw.as_slice()), (2, b"1,A,2020-01-01,\"open".as_slice()));
    assert_eq!(entries[1].as_ref().unwrap().line, 3);
    assert_eq!(entries[2].as_ref().unwrap().line, 4);
}

#[test]
fn a_quote_inside_a_plain_cell_is_text() {
    let rows = rows(format!("{HEADER}1,A,2020-01-01,5\" pipe\n2,B,2020-01-02,y\n"));
    assert_eq!(rows[0].fields.by_name("note"), Some("5\" pipe"));
    assert_eq!(rows.len(), 2);
}

#[test]
fn rows_without_a_case_or_a_date_are_rejected_with_the_reason() {
    let reasons: Vec<String> = rejects(format!("{HEADER},A,2020-01-01,\n1,A,,\n1,A,soon,\n1\n"))
        .into_iter()
        .map(|reject| reject.reason)
        .collect();
    assert_eq!(
        reasons,
        [
            "no case id in column \"id\"",
            "no time in column \"when\"",
            "column \"when\" holds \"soon\", which is no date of the format rfc3339",
            "no time in column \"when\"",
        ]
    );
}

#[test]
fn wrong_columns_are_named_with_what_was_found_and_what_was_meant() {
    let text = refusal("ID,what,time\n1,A,2020-01-01\n").to_string();
    assert!(text.contains("\"id\" (did you mean \"ID\"?)"), "{text}");
    assert!(text.contains("\"when\""), "{text}");
    assert!(text.contains("found were: ID, what, time"), "{text}");
}

#[test]
fn a_header_without_rows_is_an_empty_log_and_no_header_is_an_error() {
    assert!(rows(HEADER).is_empty());
    assert!(matches!(Source::from_bytes("log", ""), Err(Error::Empty { .. })));
}

#[test]
fn a_truncated_archive_is_an_error_with_the_line() {
    let text = format!("{HEADER}{}", "1,A,2020-01-01,some text\n".repeat(50_000));
    let mut bytes = zstd::encode_all(text.as_bytes(), 1).unwrap();
    bytes.truncate(bytes.len() / 2);
    let source = Source::from_bytes("log", bytes).unwrap();
    let last = read(source, &mapping(), &TimeZone::UTC).unwrap().last().unwrap();
    assert!(matches!(last, Err(Error::Read { .. })));
}

#[test]
fn a_guarded_cell_loses_its_guard_only_where_the_mapping_says_so() {
    let text = format!("{HEADER}1,A,2020-01-01,'=1+1\n");
    assert_eq!(rows(text.clone())[0].fields.by_name("note"), Some("'=1+1"));
    let guarded = Mapping { formula_guard: true, ..mapping() };
    let source = Source::from_bytes("log", text).unwrap();
    let row = read(source, &guarded, &TimeZone::UTC).unwrap().next().unwrap().unwrap().unwrap();
    assert_eq!(row.fields.by_name("note"), Some("=1+1"));
    assert_eq!(row.fields.role(Role::Activity), Some("A"));
}
