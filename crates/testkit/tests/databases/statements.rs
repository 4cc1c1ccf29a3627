//! What a statement takes and gives.

use jiff::Timestamp;
use store::db::Rule;
use store::{DbError, Tx, params};

use crate::place::{Place, bodies};

pub(crate) fn add(tx: &mut Tx, id: i64, body: &str) -> Result<(), DbError> {
    tx.execute("insert into note (id, body) values ($1, $2)", params![id, body]).map(|_| ())
}

pub(crate) fn values_come_back_as_they_went_in(place: &Place) {
    let db = place.open();
    let noon: Timestamp = "2026-03-01T12:00:00.000001Z".parse().unwrap();
    db.write_now(move |tx| {
        tx.execute(
            "insert into note (id, body, weight, raw, done) values ($1, $2, $3, $4, $5)",
            params![noon, "snow ☃ ü", 0.1, vec![0_u8, 255], true],
        )?;
        tx.execute("insert into note (id, body) values ($1, $2)", params![-1_i64, String::new()])
    })
    .unwrap();
    type Read = (Timestamp, String, Option<f64>, Option<Vec<u8>>, bool);
    let read: Vec<Read> = db
        .read_now(|tx| {
            tx.query("select id, body, weight, raw, done from note order by id", &[], |row| {
                let borrowed: &str = row.get(1)?;
                Ok((row.get(0)?, borrowed.to_owned(), row.get(2)?, row.get(3)?, row.get(4)?))
            })
        })
        .unwrap();
    let before_1970 = Timestamp::from_microsecond(-1).unwrap();
    assert_eq!(read[0], (before_1970, String::new(), None, None, false));
    assert_eq!(read[1], (noon, "snow ☃ ü".to_owned(), Some(0.1), Some(vec![0, 255]), true));
}

pub(crate) fn sums_and_averages_are_numbers(place: &Place) {
    let db = place.open();
    let sums: (i64, f64, f64, i64, Option<i64>) = db
        .write_now(|tx| {
            for id in [2, 3, 10_000_000_000] {
                add(tx, id, &id.to_string())?;
            }
            tx.query_one(
                "select sum(id), avg(id), avg(id) filter (where id < 4), count(*), sum(id) filter (where id < 0) from note",
                &[],
                |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?)),
            )
        })
        .unwrap_or_else(|error: DbError| panic!("{error}"));
    assert_eq!(sums.0, 10_000_000_005);
    assert!((sums.1 - 10_000_000_005.0 / 3.0).abs() < 1e-3);
    assert!((sums.2 - 2.5).abs() < 1e-12);
    assert_eq!((sums.3, sums.4), (3, None));
}

pub(crate) fn placeholders_may_come_in_any_order_and_repeat(place: &Place) {
    let db = place.open();
    db.write_now(|tx| tx.execute("insert into note (body, id) values ($2, $1)", params![7, "seven"]))
        .unwrap();
    let found = db.read_now(|tx| {
        let sql = "select id from note where body = $2 and id > $1 - 1 and id < $1 + 1";
        tx.query_opt(sql, params![7_i64, "seven"], |row| row.get::<i64>(0))
    });
    assert_eq!(found, Ok(Some(7)));
    let short = db.read_now(|tx| tx.exists("select 1 from note where id = $1 and body = $2", params![7]));
    assert!(matches!(short, Err(DbError::Parameters { expected: 2, given: 1, .. })), "{short:?}");
}

pub(crate) fn a_column_of_another_type_is_named(place: &Place) {
    let db = place.open();
    db.write_now(|tx| add(tx, 1, "text")).unwrap();
    let read = db.read_now(|tx| tx.query_one("select body from note", &[], |row| row.get::<i64>(0)));
    assert!(matches!(read, Err(DbError::Column { index: 0, found: "text", .. })), "{read:?}");
    let null = db.read_now(|tx| tx.query_one("select weight from note", &[], |row| row.get::<f64>(0)));
    assert!(matches!(null, Err(DbError::Column { found: "nothing (null)", .. })), "{null:?}");
    let absent = db.read_now(|tx| tx.query_one("select body from note", &[], |row| row.get::<String>(1)));
    assert!(matches!(absent, Err(DbError::Column { index: 1, .. })), "{absent:?}");
}

pub(crate) fn one_row_means_one_row(place: &Place) {
    let db = place.open();
    let none = db.read_now(|tx| tx.query_one("select id from note", &[], |row| row.get::<i64>(0)));
    assert!(matches!(none, Err(DbError::NoRow { .. })), "{none:?}");
    db.write_now(|tx| add(tx, 1, "one").and_then(|()| add(tx, 2, "two"))).unwrap();
    let many = db.read_now(|tx| tx.query_opt("select id from note", &[], |row| row.get::<i64>(0)));
    assert!(matches!(many, Err(DbError::ManyRows { .. })), "{many:?}");
}

pub(crate) fn a_broken_rule_is_named(place: &Place) {
    let db = place.open();
    db.write_now(|tx| add(tx, 1, "one")).unwrap();
    let broken = |sql: &'static str| match db.write_now(move |tx| tx.execute(sql, &[])) {
        Err(DbError::Constraint { rule, .. }) => rule,
        other => panic!("{sql} gave {other:?}"),
    };
    assert_eq!(broken("insert into note (id, body) values (1, 'other')"), Rule::Unique);
    assert_eq!(broken("insert into note (id, body) values (2, 'one')"), Rule::Unique);
    assert_eq!(broken("insert into note (id, body) values (2, null)"), Rule::NotNull);
    assert_eq!(broken("insert into note (id, body, parent_id) values (2, 'two', 9)"), Rule::ForeignKey);
    assert_eq!(bodies(&db), ["one"]);
}

pub(crate) fn a_swallowed_failure_still_undoes_the_write(place: &Place) {
    let db = place.open();
    let swallowed = db.write_now(|tx| {
        add(tx, 1, "one")?;
        let again = add(tx, 1, "one again");
        assert!(again.is_err());
        let later = add(tx, 2, "two");
        assert!(matches!(later, Err(DbError::Aborted { .. })), "{later:?}");
        Ok::<_, DbError>(())
    });
    assert!(matches!(swallowed, Err(DbError::Aborted { .. })), "{swallowed:?}");
    assert!(bodies(&db).is_empty());
}

pub(crate) fn a_savepoint_undoes_only_itself(place: &Place) {
    let db = place.open();
    db.write_now(|tx| {
        add(tx, 1, "before")?;
        let part: Result<(), DbError> = tx.savepoint(|tx| {
            add(tx, 2, "undone")?;
            tx.savepoint(|tx| add(tx, 3, "undone, too"))?;
            add(tx, 1, "taken")
        });
        assert!(part.unwrap_err().is_unique_violation());
        add(tx, 4, "after")
    })
    .unwrap();
    assert_eq!(bodies(&db), ["before", "after"]);
}
