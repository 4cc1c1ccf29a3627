//! Many callers at once: groups, positions, snapshots.

use std::sync::mpsc;
use std::time::{Duration, Instant};

use store::{Db, DbError, Tx, params};

use crate::place::{Place, bodies, runtime};
use crate::statements::add;

/// Keeps the writing thread busy until `release` is dropped, so that what follows waits as one group.
fn hold_the_writer(db: &Db) -> (mpsc::Sender<()>, std::thread::JoinHandle<()>) {
    let (release, released) = mpsc::channel::<()>();
    let (entered, has_entered) = mpsc::channel();
    let db = db.clone();
    let holder = std::thread::spawn(move || {
        db.write_now(move |_| {
            entered.send(()).unwrap();
            let _ = released.recv();
            Ok::<_, DbError>(())
        })
        .unwrap();
    });
    has_entered.recv().unwrap();
    (release, holder)
}

pub(crate) fn a_failing_and_a_panicking_write_are_undone_alone(place: &Place) {
    let db = place.open();
    let (release, holder) = hold_the_writer(&db);
    let waiting: Vec<_> = (1..=5_i64)
        .map(|id| {
            let db = db.clone();
            let thread = std::thread::spawn(move || {
                db.write_now(move |tx| {
                    add(tx, id, &format!("number {id}"))?;
                    match id {
                        2 => add(tx, id, "the same id again"),
                        4 => panic!("number four"),
                        _ => Ok(()),
                    }
                })
            });
            std::thread::sleep(Duration::from_millis(5));
            thread
        })
        .collect();
    drop(release);
    holder.join().unwrap();
    let outcomes: Vec<Result<(), DbError>> =
        waiting.into_iter().map(|thread| thread.join().unwrap()).collect();
    assert!(outcomes[1].as_ref().unwrap_err().is_unique_violation());
    assert_eq!(outcomes[3], Err(DbError::Panicked { message: "number four".to_owned() }));
    assert!(outcomes[0].is_ok() && outcomes[2].is_ok() && outcomes[4].is_ok(), "{outcomes:?}");
    assert_eq!(bodies(&db), ["number 1", "number 3", "number 5"]);
}

pub(crate) fn a_dropped_future_still_commits(place: &Place) {
    let db = place.open();
    runtime().block_on(async {
        let write = db.write(|tx| {
            std::thread::sleep(Duration::from_millis(100));
            add(tx, 1, "nobody waits for me")
        });
        let waited = tokio::time::timeout(Duration::from_millis(20), write).await;
        assert!(waited.is_err(), "the write was to take longer than the wait");
    });
    // Writes are done in order, so this one is answered after the abandoned one.
    db.write_now(|tx| add(tx, 2, "later")).unwrap();
    assert_eq!(bodies(&db), ["nobody waits for me", "later"]);
}

fn append(tx: &mut Tx, writer: i64) -> Result<(), DbError> {
    let last: i64 = tx.query_one("select coalesce(max(position), 0) from entry", &[], |row| row.get(0))?;
    tx.execute("insert into entry (position, writer) values ($1, $2)", params![last + 1, writer]).map(|_| ())
}

/// Follows the log while `writers` write; panics when a position is skipped.
fn follow(db: &Db, until: i64) {
    let began = Instant::now();
    let mut seen = 0;
    while seen < until {
        assert!(began.elapsed() < Duration::from_secs(60), "the follower stands at {seen} of {until}");
        let from = seen;
        let next: Vec<i64> = db
            .read_now(move |tx| {
                tx.query(
                    "select position from entry where position > $1 order by position",
                    params![from],
                    |row| row.get(0),
                )
            })
            .unwrap();
        for position in next {
            assert_eq!(position, seen + 1, "the follower skipped a position");
            seen = position;
        }
    }
}

fn write_from_many(handles: &[Db]) {
    const EACH: i64 = 40;
    let writers: Vec<_> = (0..8_i64)
        .map(|writer| {
            let db = handles[usize::try_from(writer).unwrap() % handles.len()].clone();
            std::thread::spawn(move || {
                for _ in 0..EACH {
                    db.write_now(move |tx| append(tx, writer)).unwrap();
                }
            })
        })
        .collect();
    follow(&handles[0], 8 * EACH);
    for writer in writers {
        writer.join().unwrap();
    }
}

pub(crate) fn eight_writers_leave_no_hole_and_a_follower_skips_nothing(place: &Place) {
    write_from_many(&[place.open()]);
}

pub(crate) fn two_processes_write_in_turn(place: &Place) {
    write_from_many(&[place.open(), place.open()]);
}

pub(crate) fn a_reader_sees_one_snapshot(place: &Place) {
    if place.url == "sqlite::memory:" {
        // One thread does everything there, so nothing can change between two statements.
        return;
    }
    let db = place.open();
    let writer = db.clone();
    let counts = db
        .read_now(move |tx| {
            let count = |tx: &mut Tx| tx.query_one("select count(*) from note", &[], |row| row.get::<i64>(0));
            let before = count(tx)?;
            writer.write_now(|tx| add(tx, 1, "between")).unwrap();
            Ok::<_, DbError>((before, count(tx)?))
        })
        .unwrap();
    assert_eq!(counts, (0, 0));
    assert_eq!(bodies(&db), ["between"]);
}

pub(crate) fn everything_accepted_before_closing_is_done(place: &Place) {
    if place.url == "sqlite::memory:" {
        return;
    }
    let db = place.open();
    let runtime = runtime();
    for id in 0..100_i64 {
        let db = db.clone();
        let write = async move { db.write(move |tx| add(tx, id, &id.to_string())).await };
        runtime.block_on(async {
            let _ = tokio::time::timeout(Duration::ZERO, write).await;
        });
    }
    drop(db);
    assert_eq!(bodies(&place.open()).len(), 100);
}
