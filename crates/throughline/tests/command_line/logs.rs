//! The public logs, imported and reported by the binary, held against figures that are reckoned here from the files.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use serde_json::Value;

use crate::binary::Place;

/// One row of a log by its column names.
type Row = BTreeMap<String, String>;

/// The folder of public data, or `None` with a word when it is not there.
fn data(file: &str) -> Option<PathBuf> {
    let folder = std::env::var_os("THROUGHLINE_DATA").map(PathBuf::from);
    let usual = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data");
    let path = folder.unwrap_or(usual).join(file);
    if path.exists() {
        return Some(path);
    }
    #[expect(clippy::print_stderr, reason = "a skipped test must not look like a passed one")]
    {
        eprintln!(
            "skipped: {} is not there; THROUGHLINE_DATA names the folder of public data",
            path.display()
        );
    }
    None
}

fn read(path: &Path) -> Vec<Row> {
    let file = std::fs::File::open(path).unwrap();
    let plain = zstd::stream::read::Decoder::new(file).unwrap();
    let mut reader = csv::Reader::from_reader(plain);
    let names = reader.headers().unwrap().clone();
    reader
        .records()
        .map(|record| {
            let record = record.unwrap();
            names.iter().zip(record.iter()).map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
        })
        .collect()
}

/// The rows of each case in the order of `sort`.
fn cases<K: Ord>(rows: Vec<Row>, case: impl Fn(&Row) -> String, sort: impl Fn(&Row) -> K) -> Vec<Vec<Row>> {
    let mut cases: BTreeMap<String, Vec<Row>> = BTreeMap::new();
    for row in rows {
        cases.entry(case(&row)).or_default().push(row);
    }
    for rows in cases.values_mut() {
        rows.sort_by_key(&sort);
    }
    cases.into_values().collect()
}

/// How often one known unit directly follows another in a case.
fn matrix(cases: &[Vec<Row>], unit: &str, unknown: &[&str]) -> BTreeMap<(String, String), u64> {
    let mut counts = BTreeMap::new();
    for case in cases {
        let mut last: Option<&String> = None;
        for unit in case.iter().map(|row| &row[unit]).filter(|unit| !unknown.contains(&unit.as_str())) {
            if let Some(last) = last
                && last != unit
            {
                *counts.entry((last.clone(), unit.clone())).or_default() += 1;
            }
            last = Some(unit);
        }
    }
    counts
}

fn reported(place: &Place, report: &[&str]) -> Vec<Value> {
    let mut arguments = vec!["report"];
    arguments.extend(report);
    arguments.push("--json");
    let ran = place.run(&arguments);
    assert_eq!(ran.code, 0, "{ran:?}");
    serde_json::from_str(&ran.out).unwrap()
}

fn text(row: &Value, name: &str) -> String {
    row[name].as_str().unwrap_or_else(|| panic!("{name} in {row}")).to_owned()
}

fn number(row: &Value, name: &str) -> u64 {
    row[name].as_u64().unwrap_or_else(|| panic!("{name} in {row}"))
}

fn reported_matrix(place: &Place) -> BTreeMap<(String, String), u64> {
    let rows = reported(place, &["handoffs"]);
    rows.iter().map(|row| ((text(row, "from"), text(row, "to")), number(row, "count"))).collect()
}

fn imported(file: &Path, profile: &str, zone: &str) -> Place {
    let place = Place::new();
    let file = file.to_str().unwrap();
    let ran = place.run(&["import", "log", "--profile", profile, file, "--timezone", zone]);
    assert_eq!(ran.code, 0, "{ran:?}");
    place
}

fn uci_at(text: &str) -> DateTime {
    DateTime::strptime("%d/%m/%Y %H:%M", text).unwrap()
}

#[test]
fn reports_on_the_incident_log_agree_with_the_file() {
    let Some(path) = data("incident-servicenow-uci/incident_event_log.csv.zst") else { return };
    let order = |row: &Row| row["sys_mod_count"].parse::<i64>().unwrap();
    let cases = cases(read(&path), |row| row["number"].clone(), order);
    let place = imported(&path, "uci", "Europe/Lisbon");
    assert_eq!(reported_matrix(&place), matrix(&cases, "assignment_group", &["?"]));
    promises_agree(&place, &cases);
    durations_agree(&place, &cases);
    the_ledger_covers_every_life(&place, &cases);
}

fn promises_agree(place: &Place, cases: &[Vec<Row>]) {
    let mut expected: BTreeMap<u64, (u64, u64)> = BTreeMap::new();
    for case in cases {
        let last = &case[case.len() - 1];
        let priority = last["priority"].split(' ').next().unwrap().parse().unwrap();
        let sums = expected.entry(priority).or_default();
        if last["made_sla"] == "true" { sums.0 += 1 } else { sums.1 += 1 }
    }
    let rows = reported(place, &["promises", "--by", "priority"]);
    let found: BTreeMap<u64, (u64, u64)> = rows
        .iter()
        .map(|row| {
            assert_eq!(row["source"], "imported");
            assert_eq!(
                (number(row, "kept"), number(row, "missed")),
                (number(row, "imported_kept"), number(row, "imported_missed"))
            );
            assert_eq!(number(row, "n"), number(row, "kept") + number(row, "missed"));
            (number(row, "priority"), (number(row, "kept"), number(row, "missed")))
        })
        .collect();
    assert_eq!(found, expected);
    for by in ["week", "unit"] {
        let rows = reported(place, &["promises", "--by", by]);
        assert_eq!(rows.iter().map(|row| number(row, "n")).sum::<u64>(), cases.len() as u64);
        assert_eq!(
            rows.iter().map(|row| number(row, "kept")).sum::<u64>(),
            expected.values().map(|(kept, _)| kept).sum::<u64>()
        );
    }
    weeks_agree(place, cases);
}

/// The week of the solution: of the last row that resolves, else of the first that closes.
fn weeks_agree(place: &Place, cases: &[Vec<Row>]) {
    let mut expected: BTreeMap<String, u64> = BTreeMap::new();
    for case in cases {
        let week = solved(case).date().iso_week_date();
        *expected.entry(format!("{:04}-W{:02}", week.year(), week.week())).or_default() += 1;
    }
    let rows = reported(place, &["promises", "--by", "week", "--timezone", "Europe/Lisbon"]);
    let found: BTreeMap<String, u64> = rows.iter().map(|row| (text(row, "week"), number(row, "n"))).collect();
    assert_eq!(found, expected);
}

/// Local time of the solution as the rows tell it; a row never counts before the one above it.
fn solved(case: &[Row]) -> DateTime {
    let mut latest = DateTime::MIN;
    let mut solved: Option<DateTime> = None;
    let mut open = true;
    for row in case {
        latest = latest.max(uci_at(&row["sys_updated_at"]));
        match row["incident_state"].as_str() {
            "Resolved" => {
                solved = Some(latest);
                open = false;
            }
            "Closed" if open => {
                solved = Some(latest);
                open = false;
            }
            "Closed" | "-100" => {}
            _ => open = true,
        }
    }
    solved.unwrap()
}

fn durations_agree(place: &Place, cases: &[Vec<Row>]) {
    let zone = TimeZone::get("Europe/Lisbon").unwrap();
    let instant = |local: DateTime| local.to_zoned(zone.clone()).unwrap().timestamp();
    let mut expected: BTreeMap<u64, Vec<f64>> = BTreeMap::new();
    for case in cases {
        let (first, last) = (&case[0], &case[case.len() - 1]);
        let opened = uci_at(&first["opened_at"]).min(uci_at(&first["sys_updated_at"]));
        let hours = instant(solved(case)).duration_since(instant(opened)).as_secs_f64() / 3600.0;
        expected.entry(last["priority"][..1].parse().unwrap()).or_default().push(hours);
    }
    let rows = reported(place, &["durations", "--by", "priority"]);
    let to_solved: Vec<&Value> = rows.iter().filter(|row| row["measure"] == "open_to_solved").collect();
    assert_eq!(to_solved.len(), expected.len());
    for row in to_solved {
        let mut hours = expected.remove(&number(row, "priority")).unwrap();
        hours.sort_by(f64::total_cmp);
        assert_eq!(number(row, "n"), hours.len() as u64);
        assert_eq!(number(row, "open"), 0);
        #[expect(clippy::cast_precision_loss, reason = "a count of a file's rows")]
        let mean = hours.iter().sum::<f64>() / hours.len() as f64;
        for (name, expected) in [("mean", mean), ("p50", quantile(&hours, 50)), ("p95", quantile(&hours, 95))]
        {
            let found = row[name].as_f64().unwrap();
            assert!(
                (found - expected).abs() < 1e-6 * expected.max(1.0),
                "{name} {found} {expected} in {row}"
            );
        }
    }
}

/// Type 7 in whole hundredths, so that the place is found without a rounding of its own.
fn quantile(sorted: &[f64], percent: usize) -> f64 {
    let place = percent * (sorted.len() - 1);
    let (below, rest) = (place / 100, place % 100);
    let above = (below + 1).min(sorted.len() - 1);
    #[expect(clippy::cast_precision_loss, reason = "a rest below 100")]
    let share = rest as f64 / 100.0;
    sorted[below] * (1.0 - share) + sorted[above] * share
}

fn the_ledger_covers_every_life(place: &Place, cases: &[Vec<Row>]) {
    let by_unit = reported(place, &["ledger", "--by", "unit"]);
    let by_holder = reported(place, &["ledger", "--by", "holder"]);
    let by_service = reported(place, &["ledger", "--by", "service"]);
    let total = |rows: &[Value]| rows.iter().map(|row| row["elapsed_hours"].as_f64().unwrap()).sum::<f64>();
    let all = total(&by_holder);
    for rows in [&by_unit, &by_service] {
        assert!((total(rows) - all).abs() < 1e-6 * all, "{} {all}", total(rows));
    }
    assert_eq!(by_service.iter().map(|row| number(row, "tickets")).sum::<u64>(), cases.len() as u64);
}

#[test]
fn handoffs_of_the_help_desk_log_agree_with_the_file() {
    let Some(path) = data("helpdesk-italian/helpdesk.csv.zst") else { return };
    let at = |row: &Row| row["time:timestamp"].parse::<jiff::Timestamp>().unwrap();
    let cases = cases(read(&path), |row| row["case:concept:name"].clone(), at);
    let place = imported(&path, "helpdesk-italian", "UTC");
    assert_eq!(reported_matrix(&place), matrix(&cases, "workgroup", &[""]));
    let rows = reported(&place, &["durations", "--by", "service"]);
    let closed = rows.iter().filter(|row| row["measure"] == "open_to_closed");
    let all: u64 = closed.map(|row| number(row, "n") + number(row, "open")).sum();
    assert_eq!(all, cases.len() as u64);
}

#[test]
fn an_imported_log_checks_clean_and_is_exported_in_three_formats() {
    let Some(path) = data("helpdesk-italian/helpdesk.csv.zst") else { return };
    let place = imported(&path, "helpdesk-italian", "UTC");
    let clean = place.run(&["recompute", "--check"]);
    assert_eq!(clean.code, 0, "{clean:?}");
    assert!(clean.out.contains("Clean"), "{}", clean.out);
    for (format, name, begin) in
        [("csv", "out.csv", "case"), ("xes", "out.xes", "<?xml"), ("ocel", "out.json", "{")]
    {
        let written = place.run(&["export", format, "--output", name]);
        assert_eq!(written.code, 0, "{written:?}");
        assert!(std::fs::read_to_string(place.path(name)).unwrap().starts_with(begin));
        assert!(!place.path(&format!("{name}.part")).exists());
    }
}

#[test]
fn what_is_exported_is_imported_again_with_the_same_ledger() {
    let Some(path) = data("helpdesk-italian/helpdesk.csv.zst") else { return };
    let place = imported(&path, "helpdesk-italian", "UTC");
    let ledger = reported(&place, &["ledger", "--by", "unit"]);
    for (format, name) in [("csv", "out.csv"), ("xes", "out.xes"), ("ocel", "out.json")] {
        assert_eq!(place.run(&["export", format, "--output", name]).code, 0);
        let again = imported(&place.path(name), "throughline", "UTC");
        assert_eq!(reported(&again, &["ledger", "--by", "unit"]), ledger, "{format}");
        assert_eq!(reported_matrix(&again), reported_matrix(&place), "{format}");
    }
}

#[test]
fn an_import_with_rejects_says_where_they_are_and_a_dry_run_writes_nothing() {
    let place = Place::new();
    let log = "case:concept:name,concept:name,time:timestamp,customer,product,workgroup,org:resource\n\
               1,Insert ticket,2020-01-01T00:00:00Z,Ida,Pump,Support,Kim\n\
               1,Closed,yesterday,Ida,Pump,Support,Kim\n\
               1,Closed,2020-01-02T00:00:00Z,Ida,Pump,Support,Kim\n";
    std::fs::write(place.path("log.csv"), log).unwrap();
    let mut arguments =
        vec!["import", "log", "--profile", "helpdesk-italian", "log.csv", "--rejects", "rejects.csv"];
    arguments.push("--dry-run");
    let dry = place.run(&arguments);
    assert_eq!(dry.code, 0, "{dry:?}");
    assert!(dry.out.contains("Would import 2 rows"), "{}", dry.out);
    assert!(reported(&place, &["durations", "--by", "unit"]).is_empty());
    arguments.pop();
    let ran = place.run(&arguments);
    assert!(ran.out.contains("Imported 2 rows") && ran.out.contains("rejects.csv"), "{}", ran.out);
    let rejects = std::fs::read_to_string(place.path("rejects.csv")).unwrap();
    assert!(rejects.contains("3,") && rejects.contains("yesterday"), "{rejects}");
    let again = place.run(&arguments);
    assert!(again.out.contains("1 known already"), "{}", again.out);
    assert_eq!(number(&reported(&place, &["durations", "--by", "unit"])[0], "n"), 1);
}

#[test]
fn handoffs_of_the_travel_log_agree_with_the_file() {
    let Some(path) = data("bpi2020-travel/bpi2020_events.csv.zst") else { return };
    let at = |row: &Row| row["timestamp"].parse::<jiff::Timestamp>().unwrap();
    let key = |row: &Row| format!("{}/{}", row["process"], row["case_id"]);
    let cases = cases(read(&path), key, at);
    let place = imported(&path, "bpi2020-travel", "UTC");
    assert_eq!(reported_matrix(&place), matrix(&cases, "role", &["UNDEFINED", ""]));
}
