//! Inserts many rows of one shape, as fast as each database takes them.

use std::sync::OnceLock;

use crate::db::{DbError, Dialect, ToParam, Tx, Value};

/// How many rows one statement carries: a call costs nothing in this process, but a round trip to a
/// server. Few sizes, so that few statements are prepared.
const SIZES: [usize; 3] = [64, 8, 1];

/// The rows of one table, with its statements written once.
pub(crate) struct Rows<const N: usize> {
    table: &'static str,
    columns: [&'static str; N],
    statements: [OnceLock<String>; SIZES.len()],
}

impl<const N: usize> Rows<N> {
    pub(crate) const fn of(table: &'static str, columns: [&'static str; N]) -> Self {
        Self { table, columns, statements: [const { OnceLock::new() }; SIZES.len()] }
    }

    pub(crate) fn insert<'v>(
        &self,
        tx: &mut Tx,
        rows: impl IntoIterator<Item = [Value<'v>; N]>,
    ) -> Result<(), DbError> {
        let sizes = match tx.dialect() {
            Dialect::Sqlite => SIZES.len() - 1..SIZES.len(),
            Dialect::Postgres => 0..SIZES.len(),
        };
        let largest = SIZES[sizes.start];
        let mut rows = rows.into_iter().peekable();
        let mut waiting: Vec<Value<'v>> = Vec::new();
        while let Some(row) = rows.next() {
            waiting.extend(row);
            let is_last = rows.peek().is_none();
            for place in sizes.clone() {
                let size = SIZES[place];
                while waiting.len() >= size * N && (is_last || size == largest) {
                    let given: Vec<&dyn ToParam> =
                        waiting[..size * N].iter().map(|value| value as &dyn ToParam).collect();
                    tx.execute(self.statement(place), &given)?;
                    waiting.drain(..size * N);
                }
            }
        }
        Ok(())
    }

    fn statement(&self, place: usize) -> &str {
        self.statements[place].get_or_init(|| {
            let row = |row: usize| {
                let places: Vec<String> = (1..=N).map(|place| format!("${}", row * N + place)).collect();
                format!("({})", places.join(", "))
            };
            let all: Vec<String> = (0..SIZES[place]).map(row).collect();
            format!("insert into {} ({}) values {}", self.table, self.columns.join(", "), all.join(", "))
        })
    }
}
