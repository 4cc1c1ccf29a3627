//! A process that is killed in the middle of writing loses nothing it has acknowledged.

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

use store::db::Migration;
use store::{Db, DbError};

use crate::place::{NOTES, Place};
use crate::statements::add;

const URL_VARIABLE: &str = "DESK_TEST_CHILD_URL";
const SCHEMA: &[Migration] = NOTES;

#[test]
fn in_a_sqlite_file() {
    a_killed_process_loses_nothing_acknowledged(&Place::sqlite_file());
}

/// The other half of the test above: started by it in a process of its own.
#[test]
#[ignore = "started by the test that kills it"]
#[expect(clippy::print_stdout, reason = "the parent reads the acknowledgements")]
fn child_that_writes_until_it_is_killed() {
    let Ok(url) = std::env::var(URL_VARIABLE) else { return };
    let db = Db::open(&url, SCHEMA).unwrap();
    let first: i64 = db
        .read_now(|tx| tx.query_one("select coalesce(max(id), 0) + 1 from note", &[], |row| row.get(0)))
        .unwrap();
    let threads: Vec<_> = (0..4_i64)
        .map(|thread| {
            let db = db.clone();
            std::thread::spawn(move || {
                for step in 0.. {
                    let id = first + thread + 4 * step;
                    db.write_now(move |tx| add(tx, id, &format!("note {id}"))).unwrap();
                    println!("ack {id}");
                }
            })
        })
        .collect();
    for thread in threads {
        thread.join().unwrap();
    }
}

pub(crate) fn a_killed_process_loses_nothing_acknowledged(place: &Place) {
    drop(place.open());
    let mut acknowledged = Vec::new();
    for wanted in [20, 150, 60] {
        acknowledged.extend(kill_after(&place.url, wanted));
        let db = place.open();
        let kept: Vec<i64> =
            db.read_now(|tx| tx.query("select id from note", &[], |row| row.get(0))).unwrap();
        let lost: Vec<_> = acknowledged.iter().filter(|id| !kept.contains(id)).collect();
        assert!(lost.is_empty(), "acknowledged, but lost: {lost:?}");
        db.write_now(|tx| tx.exists("select 1 from note", &[]))
            .unwrap_or_else(|error: DbError| panic!("{error}"));
    }
    assert!(acknowledged.len() >= 230);
}

fn kill_after(url: &str, acknowledgements: usize) -> Vec<i64> {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "crash::child_that_writes_until_it_is_killed", "--ignored", "--nocapture"])
        .env(URL_VARIABLE, url)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let mut acknowledged = Vec::new();
    let id_of = |line: String| line.rsplit_once("ack ").and_then(|(_, id)| id.parse::<i64>().ok());
    while acknowledged.len() < acknowledgements {
        let line = lines.next().expect("the child writes until it is killed").unwrap();
        acknowledged.extend(id_of(line));
    }
    // SIGKILL: no handler, no last word.
    child.kill().unwrap();
    child.wait().unwrap();
    // The last line may be torn, whole ones were sent after their commit.
    acknowledged.extend(
        lines
            .map_while(Result::ok)
            .filter(|line| line.starts_with("ack "))
            .filter_map(id_of)
            .filter(|id| *id > 0),
    );
    acknowledged.sort_unstable();
    acknowledged
}
