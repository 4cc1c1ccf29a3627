//! Inserts many rows of one shape, as fast as each database takes them.

use crate::db::{DbError, Dialect, ToParam, Tx, Value};

/// How many rows one statement carries: a call costs nothing in this process, but a round trip to a
/// server. Few sizes, so that few statements are prepared.
const SIZES_IN_PROCESS: &[usize] = &[1];
const SIZES_ON_A_SERVER: &[usize] = &[64, 8, 1];

pub(crate) fn insert<'v, const N: usize>(
    tx: &mut Tx,
    table: &str,
    columns: [&str; N],
    rows: impl IntoIterator<Item = [Value<'v>; N]>,
) -> Result<(), DbError> {
    let sizes = match tx.dialect() {
        Dialect::Sqlite => SIZES_IN_PROCESS,
        Dialect::Postgres => SIZES_ON_A_SERVER,
    };
    let mut rows = rows.into_iter().peekable();
    let mut waiting: Vec<Value<'v>> = Vec::new();
    let mut statements: Vec<String> = sizes.iter().map(|size| statement(table, columns, *size)).collect();
    while let Some(row) = rows.next() {
        waiting.extend(row);
        let is_last = rows.peek().is_none();
        for (size, sql) in sizes.iter().zip(&mut statements) {
            while waiting.len() >= size * N && (is_last || *size == sizes[0]) {
                let given: Vec<&dyn ToParam> =
                    waiting[..size * N].iter().map(|value| value as &dyn ToParam).collect();
                tx.execute(sql, &given)?;
                waiting.drain(..size * N);
            }
        }
    }
    Ok(())
}

fn statement<const N: usize>(table: &str, columns: [&str; N], rows: usize) -> String {
    let row = |row: usize| {
        let places: Vec<String> = (1..=N).map(|place| format!("${}", row * N + place)).collect();
        format!("({})", places.join(", "))
    };
    let all: Vec<String> = (0..rows).map(row).collect();
    format!("insert into {table} ({}) values {}", columns.join(", "), all.join(", "))
}
