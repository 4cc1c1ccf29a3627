//! An import whose process is killed leaves whole batches, and the same command goes on from there.

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

use jiff::tz::TimeZone;

use super::{assert_clean, desk, desk_at, import, many, mapping, raw_count, told};
use crate::eventlog::Source;
use crate::import::{Log, Progress, log};

const DATABASE_VARIABLE: &str = "DESK_TEST_IMPORT_INTO";
const CASES: u32 = 6_000;

/// The other half of the test below: started by it in a process of its own.
#[test]
#[ignore = "started by the test that kills it"]
#[expect(clippy::print_stdout, reason = "the parent reads how far it is")]
fn child_that_imports_until_it_is_killed() {
    let Ok(database) = std::env::var(DATABASE_VARIABLE) else { return };
    let source = Source::from_bytes("small", many(CASES)).unwrap();
    let request =
        Log { source, name: "small".to_owned(), mapping: mapping(), zone: TimeZone::UTC, dry_run: false };
    let mut progress = |now: Progress| {
        if let Progress::Writing { cases, .. } = now {
            println!("written {cases}");
        }
    };
    log(&desk_at(&database), request, &mut progress, &|| false).unwrap();
}

#[test]
fn a_killed_import_goes_on_to_the_same_end() {
    let folder = tempfile::tempdir().unwrap();
    let database = format!("sqlite:{}", folder.path().join("desk.db").display());
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "import::tests::killed::child_that_imports_until_it_is_killed"])
        .args(["--ignored", "--nocapture"])
        .env(DATABASE_VARIABLE, &database)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let written = lines.map_while(Result::ok).find(|line| line.contains("written "));
    assert!(written.is_some(), "the child wrote a batch");
    // SIGKILL: no handler, no last word.
    child.kill().unwrap();
    child.wait().unwrap();
    let resumed = desk_at(&database);
    let kept = raw_count(&resumed);
    assert!(kept > 0 && kept < i64::from(CASES) * 4, "{kept}");
    assert_eq!(kept % 4, 0, "cases are whole");
    assert_clean(&resumed);
    import(&resumed, many(CASES));
    assert_eq!(raw_count(&resumed), i64::from(CASES) * 4);
    assert_clean(&resumed);
    let whole = desk();
    import(&whole, many(CASES));
    assert_eq!(told(&resumed), told(&whole));
}
