//! What the database floor promises, on SQLite alone; the shared promises are tested on both in `testkit`.

use super::{Db, DbError, Migration, Rule, Tx, Value};
use crate::params;

const NOTES: &[Migration] = &[Migration::new(
    1,
    "0001_notes",
    "create table note (id {id}, body text not null, weight {real}, raw {bytes}, done boolean not null default false);
     create unique index note_body on note (body);",
)];

fn add(tx: &mut Tx, id: i64, body: &str) -> Result<(), DbError> {
    tx.execute("insert into note (id, body) values ($1, $2)", params![id, body]).map(|_| ())
}

fn count(db: &Db) -> i64 {
    db.read_now(|tx| tx.query_one("select count(*) from note", &[], |row| row.get(0))).unwrap()
}

#[test]
fn values_come_back_as_they_went_in() {
    let db = Db::open("sqlite::memory:", NOTES).unwrap();
    db.write_now(|tx| {
        tx.execute(
            "insert into note (done, raw, weight, body, id) values ($5, $4, $3, $2, $1)",
            params![7, "snow ☃", Some(1.5), vec![0_u8, 255], true],
        )
    })
    .unwrap();
    let read: (i64, String, Option<f64>, Vec<u8>, bool) = db
        .read_now(|tx| {
            tx.query_one(
                "select id, body, weight, raw, done from note where done = $1",
                params![true],
                |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?)),
            )
        })
        .unwrap();
    assert_eq!(read, (7, "snow ☃".to_owned(), Some(1.5), vec![0, 255], true));
}

#[test]
fn a_column_of_another_type_is_named() {
    let db = Db::open("sqlite::memory:", NOTES).unwrap();
    let read: Result<i64, DbError> = db.read_now(|tx| tx.query_one("select 'seven'", &[], |row| row.get(0)));
    assert_eq!(read, Err(DbError::Column { index: 0, expected: "an integer (i64)", found: "text" }));
}

#[test]
fn a_missing_or_spare_parameter_is_refused() {
    let db = Db::open("sqlite::memory:", NOTES).unwrap();
    let given = |sql: &'static str| db.read_now(move |tx| tx.exists(sql, params![1]));
    assert!(matches!(given("select 1"), Err(DbError::Parameters { expected: 0, given: 1, .. })));
    assert!(matches!(given("select $1 + $2"), Err(DbError::Parameters { expected: 2, given: 1, .. })));
    assert!(matches!(given("select $2"), Err(DbError::Parameters { .. })));
}

#[test]
fn a_taken_value_is_a_unique_violation() {
    let db = Db::open("sqlite::memory:", NOTES).unwrap();
    db.write_now(|tx| add(tx, 1, "once")).unwrap();
    let twice = db.write_now(|tx| add(tx, 2, "once")).unwrap_err();
    assert!(twice.is_unique_violation(), "{twice}");
    let null =
        db.write_now(|tx| tx.execute("insert into note (id, body) values (3, $1)", params![Value::Null]));
    assert!(matches!(null, Err(DbError::Constraint { rule: Rule::NotNull, .. })));
}

#[test]
fn a_read_cannot_write() {
    let folder = tempfile::tempdir().unwrap();
    let file = Db::open(&format!("sqlite:{}", folder.path().join("desk.db").display()), NOTES).unwrap();
    for db in [file, Db::open("sqlite::memory:", NOTES).unwrap()] {
        let written = db.read_now(|tx| add(tx, 1, "sneaked in"));
        assert!(matches!(written, Err(DbError::ReadOnly { .. })), "{written:?}");
        assert_eq!(count(&db), 0);
    }
}

#[test]
fn the_library_is_compiled_as_the_workspace_asks() {
    let db = Db::open("sqlite::memory:", NOTES).unwrap();
    let options: Vec<String> =
        db.read_now(|tx| tx.query("pragma compile_options", &[], |row| row.get(0))).unwrap();
    for wanted in ["DEFAULT_MEMSTATUS=0", "DQS=0"] {
        assert!(options.iter().any(|option| option == wanted), "{wanted} is missing from .cargo/config.toml");
    }
}
