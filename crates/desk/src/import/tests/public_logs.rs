//! The public logs: every row is kept, custody covers each life, and a second import changes nothing.

use std::path::PathBuf;

use super::{assert_clean, desk, head, raw_count};
use crate::act::Desk;
use crate::eventlog::{error, profile, source};
use crate::import::{Log, Outcome, log};

/// `None`, with a printed line, where the data is not at hand.
pub(super) fn imported(desk: &Desk, profile_name: &str, file: &str) -> Option<Outcome> {
    let folder = std::env::var_os("THROUGHLINE_DATA").map_or_else(
        || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data"),
        PathBuf::from,
    );
    let path = folder.join(file);
    if !path.exists() {
        println!("skipped: {} is not here", path.display());
        return None;
    }
    let source = source::open(&path).unwrap();
    let mapping = profile::by_name(profile_name, source.format()).unwrap();
    let name = source.name().to_owned();
    let zone = error::zone("Europe/Lisbon").unwrap();
    let request = Log { source, name, mapping, zone, dry_run: false };
    Some(log(desk, request, &mut |_| {}, &|| false).unwrap())
}

fn whole_and_clean(profile_name: &str, file: &str, rows: u64, cases: u64) {
    let desk = desk();
    let Some(outcome) = imported(&desk, profile_name, file) else { return };
    assert_eq!((outcome.rows, outcome.cases_new, outcome.rejects.len()), (rows, cases, 0));
    assert_eq!(u64::try_from(raw_count(&desk)), Ok(rows));
    assert_clean(&desk);
    let before = head(&desk);
    let again = imported(&desk, profile_name, file).unwrap();
    assert_eq!((again.cases_known, again.cases_new, again.events), (cases, 0, 0));
    assert_eq!(head(&desk), before);
}

#[test]
fn the_incident_log_is_whole_and_clean() {
    whole_and_clean("uci", "incident-servicenow-uci/incident_event_log.csv.zst", 141_712, 24_918);
}

#[test]
fn the_help_desk_log_is_whole_and_clean() {
    whole_and_clean("helpdesk-italian", "helpdesk-italian/helpdesk.csv.zst", 21_348, 4_580);
}

#[test]
fn the_permit_log_is_whole_and_clean() {
    whole_and_clean("bpi2020-travel", "bpi2020-travel/PermitLog.xes.gz", 81_092, 6_426);
}

#[test]
fn the_travel_log_as_csv_is_whole_and_clean() {
    whole_and_clean("bpi2020-travel", "bpi2020-travel/bpi2020_events.csv.zst", 261_026, 31_873);
}
