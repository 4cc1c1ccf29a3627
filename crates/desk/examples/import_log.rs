//! Imports a log into a new SQLite file and prints how long each part took: `import_log PROFILE FILE ZONE DATABASE`.

use std::time::Instant;

use desk::eventlog::{error, profile, source};
use desk::import::{Log, Progress};
use desk::{Desk, import};
use store::{Db, WallClock};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let given: Vec<String> = std::env::args().skip(1).collect();
    let [profile_name, file, zone, database] = given.as_slice() else {
        return Err("give a profile, a log, a time zone and a database".into());
    };
    let db = Db::open(database, store::migrations::ALL)?;
    let desk = Desk::new(db, WallClock::system());
    let began = Instant::now();
    let source = source::open(file.as_ref())?;
    let mapping = profile::by_name(profile_name, source.format())?;
    let name = source.name().to_owned();
    let log = Log { source, name, mapping, zone: error::zone(zone)?, dry_run: false };
    let mut read = None;
    let mut progress = |now: Progress| {
        if matches!(now, Progress::Writing { .. }) {
            read.get_or_insert_with(|| began.elapsed());
        }
    };
    let outcome = import::log(&desk, log, &mut progress, &|| false)?;
    let all = began.elapsed();
    println!(
        "{} rows as {} events of {} new, {} known, {} grown cases in {all:.2?} ({:.0} rows/s); first batch written after {:.2?}; {} rejects; {} people, {} units, {} services created",
        outcome.rows,
        outcome.events,
        outcome.cases_new,
        outcome.cases_known,
        outcome.cases_grown,
        outcome.rows as f64 / all.as_secs_f64(),
        read.unwrap_or_default(),
        outcome.rejects.len(),
        outcome.created.people.len(),
        outcome.created.units.len(),
        outcome.created.services.len(),
    );
    Ok(())
}
