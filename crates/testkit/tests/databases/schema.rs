//! Migrations: applied once, in order, and refused when they do not fit.

use store::db::Migration;
use store::{Db, DbError};

use crate::place::{NOTES, Place};

const GOOD: Migration = NOTES[0];
const SECOND: Migration = Migration::new(2, "0002_more", "create table more (id {id});");
const BROKEN: Migration = Migration::new(2, "0002_broken", "create table more (id {id}); create nonsense;");

pub(crate) fn a_migration_that_fails_is_undone_and_the_earlier_ones_are_kept(place: &Place) {
    let Err(failed) = Db::open(&place.url, &[GOOD, BROKEN]) else { panic!("nonsense was applied") };
    assert!(matches!(failed, DbError::MigrationFailed { number: 2, .. }), "{failed}");
    // Half of the broken one would be in the way here.
    Db::open(&place.url, &[GOOD, SECOND]).unwrap();
}

pub(crate) fn a_newer_schema_is_refused(place: &Place) {
    drop(Db::open(&place.url, &[GOOD, SECOND]).unwrap());
    let refused = Db::open(&place.url, &[GOOD]).err();
    assert_eq!(refused, Some(DbError::Newer { number: 2, name: "0002_more".to_owned() }));
}

pub(crate) fn a_changed_migration_is_refused(place: &Place) {
    drop(Db::open(&place.url, &[GOOD]).unwrap());
    let changed = Migration::new(1, "0001_notes", "create table other (id {id});");
    let refused = Db::open(&place.url, &[changed]).err();
    assert_eq!(refused, Some(DbError::MigrationChanged { number: 1, name: "0001_notes".to_owned() }));
}

pub(crate) fn the_schema_of_the_desk_can_be_made(place: &Place) {
    let db = Db::open(&place.url, store::migrations::ALL).unwrap();
    let applied: usize =
        db.read_now(|tx| tx.query_one("select count(*) from migration", &[], |row| row.get(0))).unwrap();
    assert_eq!(applied, store::migrations::ALL.len());
}
