//! Jobs are wanted once, held by one worker at a time, retried, and laid aside in sight.

use jiff::{SignedDuration, Timestamp};
use store::job::{self, LEASE, TRIES, Wanted};
use store::{Db, StoreError, migrations};

use super::place::Place;

fn now() -> Timestamp {
    Timestamp::from_second(1_790_000_000).unwrap()
}

fn open(place: &Place) -> Db {
    Db::open(place.url(), migrations::ALL).unwrap()
}

fn want(db: &Db, id: i64, key: Option<&'static str>) -> bool {
    db.write_now(move |tx| job::enqueue(tx, &Wanted { id, kind: "send", payload: "{}", key, run_at: now() }))
        .unwrap()
}

fn lease(db: &Db, at: Timestamp) -> Vec<job::Leased> {
    db.write_now(move |tx| job::lease(tx, at, 10)).unwrap()
}

pub(crate) fn a_job_is_wanted_once_and_held_by_one(place: &Place) {
    let db = open(place);
    assert!(want(&db, 1, Some("mail-7")));
    assert!(!want(&db, 2, Some("mail-7")));
    assert!(want(&db, 3, None));
    assert_eq!(lease(&db, now()).iter().map(|job| job.id).collect::<Vec<_>>(), [1, 3]);
    assert_eq!(lease(&db, now()), []);
}

pub(crate) fn a_worker_paused_past_its_lease_has_no_effect(place: &Place) {
    let db = open(place);
    want(&db, 1, None);
    let paused = lease(&db, now()).remove(0);
    let later = now() + LEASE + SignedDuration::from_secs(1);
    let second = lease(&db, later).remove(0);
    assert!(second.fence > paused.fence);
    let late = paused.clone();
    let effects =
        db.write_now(move |tx| Ok::<_, StoreError>((job::holds(tx, &late)?, job::done(tx, &late)?))).unwrap();
    assert_eq!(effects, (false, false));
    assert!(!db.write_now(move |tx| job::failed(tx, &paused, later, "late")).unwrap());
    assert!(db.write_now(move |tx| job::done(tx, &second)).unwrap());
    assert_eq!(lease(&db, later + LEASE), []);
}

pub(crate) fn a_job_that_keeps_failing_is_laid_aside_and_can_be_revived(place: &Place) {
    let db = open(place);
    want(&db, 1, None);
    let mut at = now();
    for attempt in 1..=TRIES {
        let job = lease(&db, at).remove(0);
        assert_eq!(job.attempts, attempt);
        assert!(db.write_now(move |tx| job::failed(tx, &job, at, "the other side is asleep")).unwrap());
        at += SignedDuration::from_hours(7);
    }
    assert_eq!(lease(&db, at), []);
    let dead = db.read_now(|tx| job::dead(tx, 10)).unwrap();
    assert_eq!(dead.len(), 1);
    assert_eq!(dead[0].last_error.as_deref(), Some("the other side is asleep"));
    assert!(db.write_now(move |tx| job::revive(tx, 1, at)).unwrap());
    assert_eq!(lease(&db, at).len(), 1);
}

/// A worker that dies with its transaction leaves the job as it was.
pub(crate) fn a_job_is_wanted_only_when_its_transaction_commits(place: &Place) {
    let db = open(place);
    let undone: Result<(), StoreError> = db.write_now(|tx| {
        job::enqueue(tx, &Wanted { id: 1, kind: "send", payload: "{}", key: None, run_at: now() })?;
        Err(StoreError::Encoding("changed my mind".to_owned()))
    });
    assert!(undone.is_err());
    assert_eq!(lease(&db, now()), []);
}
