//! What only a SQLite file can suffer: a second process, a wrong file, a full disk.

use std::time::Duration;

use store::{Db, DbError};

use crate::place::{NOTES, Place, bodies};
use crate::schema;
use crate::statements::add;

#[test]
fn a_second_process_is_refused_and_a_reader_beside_is_welcome() {
    let place = Place::sqlite_file();
    let db = place.open();
    db.write_now(|tx| add(tx, 1, "one")).unwrap();
    let second = Db::open(&place.url, NOTES).err();
    assert!(matches!(second, Some(DbError::AlreadyOpen { .. })), "{second:?}");
    let beside = Db::open_shared(&place.url, NOTES).unwrap();
    assert_eq!(bodies(&beside), ["one"]);
    let written = beside.write_now(|tx| add(tx, 2, "two"));
    assert!(matches!(written, Err(DbError::ReadOnly { .. })), "{written:?}");
    drop(db);
    place.open();
}

#[test]
fn inline_reads_see_every_commit_and_may_not_write() {
    let place = Place::sqlite_file();
    let db = place.open();
    crate::place::runtime().block_on(async {
        for id in 1..=20_i64 {
            db.write(move |tx| add(tx, id, &id.to_string())).await.unwrap();
            let count = db
                .read_inline(|tx| tx.query_one("select count(*) from note", &[], |row| row.get::<i64>(0)))
                .await;
            assert_eq!(count, Ok(id));
        }
        let written = db.read_inline(|tx| add(tx, 21, "sneaked in")).await;
        assert!(matches!(written, Err(DbError::ReadOnly { .. })), "{written:?}");
    });
}

#[test]
fn a_file_that_is_no_database_is_left_alone() {
    let place = Place::sqlite_file();
    let path = place.folder.as_ref().unwrap().path().join("desk.db");
    let letter = "Dear Sir or Madam, this is a letter. ".repeat(100);
    std::fs::write(&path, &letter).unwrap();
    let refused = Db::open(&place.url, NOTES).err();
    assert!(matches!(refused, Some(DbError::NotADatabase { .. })), "{refused:?}");
    assert_eq!(std::fs::read_to_string(&path).unwrap(), letter);
}

#[test]
fn the_database_of_another_program_is_left_alone() {
    let place = Place::sqlite_file();
    let other = [store::db::Migration::new(1, "0001_other", "create table recipe (id {id});")];
    drop(Db::open(&place.url, &other).unwrap());
    let db = Db::open(&place.url, &other).unwrap();
    db.write_now(|tx| tx.batch("drop table migration")).unwrap();
    drop(db);
    assert_eq!(Db::open(&place.url, NOTES).err(), Some(DbError::ForeignDatabase));
}

#[test]
fn a_folder_that_cannot_be_written_is_named() {
    for folder in ["/proc", "/no/such/folder"] {
        let refused = Db::open(&format!("sqlite:{folder}/desk.db"), NOTES).err();
        assert!(matches!(refused, Some(DbError::Open { .. } | DbError::ReadOnly { .. })), "{refused:?}");
        assert!(refused.unwrap().to_string().contains(folder));
    }
}

#[test]
fn a_file_that_is_damaged_is_named_and_writing_stops() {
    let place = Place::sqlite_file();
    let db = place.open();
    for id in 0..200 {
        db.write_now(move |tx| add(tx, id, &format!("{id} {}", "x".repeat(300)))).unwrap();
    }
    drop(db);
    let path = place.folder.as_ref().unwrap().path().join("desk.db");
    let mut bytes = std::fs::read(&path).unwrap();
    let from = bytes.len() / 4;
    bytes[from..].fill(0xab);
    std::fs::write(&path, bytes).unwrap();
    let db = place.open();
    let read =
        db.read_now(|tx| tx.query("select body from note order by body", &[], |row| row.get::<String>(0)));
    assert!(matches!(read, Err(DbError::Corrupt { .. })), "{read:?}");
    let deleted = db.write_now(|tx| tx.execute("delete from note", &[]));
    assert!(matches!(deleted, Err(DbError::Corrupt { .. })), "{deleted:?}");
    assert!(matches!(db.write_trouble(), Some(DbError::Corrupt { .. })));
    let refused = db.write_now(|tx| tx.execute("update note set done = 1 where id = 1", &[]));
    assert!(matches!(refused, Err(DbError::Corrupt { .. })), "{refused:?}");
}

#[test]
fn a_full_disk_refuses_writes_keeps_reads_and_recovers_by_itself() {
    let place = Place::sqlite_file();
    let db = place.open();
    db.write_now(|tx| add(tx, 1, "before")).unwrap();
    let pages: i64 = db.write_now(|tx| tx.query_one("pragma page_count", &[], |row| row.get(0))).unwrap();
    // No page beyond these may be had: SQLite answers as it does on a full disk.
    db.write_now(move |tx| tx.batch(&format!("pragma max_page_count = {}", pages + 2))).unwrap();
    let large = "x".repeat(100_000);
    let text = large.clone();
    let refused = db.write_now(move |tx| add(tx, 2, &text));
    assert_eq!(refused, Err(DbError::DiskFull));
    assert_eq!(db.write_now(|tx| add(tx, 3, "small")), Err(DbError::DiskFull), "refused without trying");
    assert_eq!(bodies(&db), ["before"]);
    assert_eq!(db.write_trouble(), Some(DbError::DiskFull));
    std::thread::sleep(Duration::from_millis(1_100));
    db.write_now(|tx| add(tx, 4, "small again")).unwrap();
    assert_eq!(db.write_trouble(), None);
    db.write_now(|tx| tx.batch("pragma max_page_count = 1000000")).unwrap();
    db.write_now(move |tx| add(tx, 5, &large)).unwrap();
    assert_eq!(bodies(&db).len(), 3);
}

#[test]
fn a_newer_schema_is_refused() {
    schema::a_newer_schema_is_refused(&Place::sqlite_file());
}

#[test]
fn a_changed_migration_is_refused() {
    schema::a_changed_migration_is_refused(&Place::sqlite_file());
}
