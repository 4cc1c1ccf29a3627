//! The public logs on PostgreSQL: every row is kept, what they make follows from its events, and a second import
//! changes nothing.

use std::path::PathBuf;

use desk::eventlog::{error, profile, source};
use desk::import::{Log, Outcome};
use desk::{Desk, import, recompute};
use store::{Db, WallClock, migrations};

/// A profile, a file below the folder of public data, and what is in it.
struct Known {
    profile: &'static str,
    file: &'static str,
    rows: u64,
    cases: u64,
}

#[test]
fn the_incident_log_is_whole_and_clean_on_postgresql() {
    let file = "incident-servicenow-uci/incident_event_log.csv.zst";
    whole_and_clean(&Known { profile: "uci", file, rows: 141_712, cases: 24_918 });
}

#[test]
fn the_help_desk_log_is_whole_and_clean_on_postgresql() {
    let file = "helpdesk-italian/helpdesk.csv.zst";
    whole_and_clean(&Known { profile: "helpdesk-italian", file, rows: 21_348, cases: 4_580 });
}

#[test]
fn the_permit_log_is_whole_and_clean_on_postgresql() {
    let file = "bpi2020-travel/PermitLog.xes.gz";
    whole_and_clean(&Known { profile: "bpi2020-travel", file, rows: 81_092, cases: 6_426 });
}

#[test]
fn the_travel_log_as_csv_is_whole_and_clean_on_postgresql() {
    let file = "bpi2020-travel/bpi2020_events.csv.zst";
    whole_and_clean(&Known { profile: "bpi2020-travel", file, rows: 261_026, cases: 31_873 });
}

fn whole_and_clean(known: &Known) {
    let Some(path) = at_hand(known.file) else { return };
    let Some(url) = testkit::postgres::fresh_database() else { return };
    let clock = WallClock::fixed("2026-11-02T09:00:00Z".parse().unwrap());
    let desk = Desk::new(Db::open(&url, migrations::ALL).unwrap(), clock);
    let first = imported(&desk, known.profile, &path);
    assert_eq!((first.rows, first.cases_new, first.rejects.len()), (known.rows, known.cases, 0));
    let kept = desk.db.read_now(store::imported::raw_count).unwrap();
    assert_eq!(u64::try_from(kept), Ok(known.rows));
    // Also that custody covers each life, and that each ledger sums to it.
    let report = recompute::check(&desk, |_| {}).unwrap();
    assert_eq!((report.tickets, report.total), (known.cases, 0), "{:#?}", report.differences);
    let before = head(&desk);
    let again = imported(&desk, known.profile, &path);
    assert_eq!((again.cases_known, again.cases_new, again.events), (known.cases, 0, 0));
    assert_eq!(head(&desk), before, "the second import wrote something");
}

/// `None`, with a word on standard error, where the data is not there.
#[expect(clippy::print_stderr, reason = "a skipped test must not look like a passed one")]
fn at_hand(file: &str) -> Option<PathBuf> {
    let folder = std::env::var_os("THROUGHLINE_DATA").map_or_else(
        || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data"),
        PathBuf::from,
    );
    let path = folder.join(file);
    if !path.exists() {
        eprintln!(
            "skipped: {} is not here; THROUGHLINE_DATA names the folder of public data",
            path.display()
        );
        return None;
    }
    Some(path)
}

fn imported(desk: &Desk, profile_name: &str, path: &std::path::Path) -> Outcome {
    let source = source::open(path).unwrap();
    let mapping = profile::by_name(profile_name, source.format()).unwrap();
    let name = source.name().to_owned();
    let zone = error::zone("Europe/Lisbon").unwrap();
    let log = Log { source, name, mapping, zone, dry_run: false };
    import::log(desk, log, &mut |_| {}, &|| false).unwrap()
}

fn head(desk: &Desk) -> i64 {
    desk.look_now(|look| Ok(store::event::head(look.tx)?.0)).unwrap()
}
