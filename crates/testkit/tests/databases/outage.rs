//! PostgreSQL goes away: what callers are told, and that it comes back.

use store::{Db, DbError, Tx};

use crate::place::{NOTES, Place, bodies};
use crate::statements::add;

const CUT_ALL: &str = "select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid()";

pub(crate) fn a_lost_connection_is_made_again(place: &Place) {
    let db = place.open();
    db.write_now(|tx| add(tx, 1, "before")).unwrap();
    bodies(&db);
    testkit::postgres::run_on(&place.url, CUT_ALL);
    db.write_now(|tx| add(tx, 2, "after")).unwrap();
    for _ in 0..20 {
        assert_eq!(bodies(&db), ["before", "after"]);
    }
}

pub(crate) fn a_connection_lost_inside_a_group_undoes_the_group(place: &Place) {
    let db = place.open();
    let lost = db.write_now(|tx: &mut Tx| {
        add(tx, 1, "never kept")?;
        tx.execute("select pg_terminate_backend(pg_backend_pid())", &[])
    });
    assert!(matches!(lost, Err(DbError::ConnectionLost { .. })), "{lost:?}");
    db.write_now(|tx| add(tx, 2, "kept")).unwrap();
    assert_eq!(bodies(&db), ["kept"]);
}

pub(crate) fn a_server_that_is_not_there_is_named(_: &Place) {
    let refused = Db::open("postgres://nobody@127.0.0.1:1/desk", NOTES).err();
    assert!(matches!(refused, Some(DbError::Unavailable { .. })), "{refused:?}");
}
