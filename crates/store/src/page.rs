//! Keyset pages through names: the next page begins behind the last row of the one before.

use crate::StoreError;
use crate::db::Tx;
use crate::params;

/// Which names are wanted, and how many.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Names {
    /// What the name begins with, in any case; empty for all.
    pub prefix: String,
    /// Where the page before ended.
    pub after: Option<Place>,
    pub limit: u16,
}

/// A place in a list that is ordered by name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    pub name: String,
    pub id: i64,
}

impl Names {
    #[must_use]
    pub fn first(prefix: &str, limit: u16) -> Self {
        Self { prefix: prefix.to_owned(), after: None, limit }
    }

    /// The first and the last key of the range, and the place to begin behind.
    pub(crate) fn range(&self) -> (Vec<u8>, Vec<u8>, i64) {
        let (prefix, end) = beginning(self.prefix.trim_start());
        match &self.after {
            Some(place) => (key(&place.name), end, place.id),
            None => (prefix, end, i64::MIN),
        }
    }
}

/// The keys between which every name lies that begins so.
pub(crate) fn beginning(text: &str) -> (Vec<u8>, Vec<u8>) {
    let begin = key(text);
    let mut end = begin.clone();
    // No name in UTF-8 holds this byte, so every name with the beginning comes before it.
    end.push(0xff);
    (begin, end)
}

/// Names that several rows of a table have that were not merged, each as one of them writes it, in their order after
/// `after`.
pub(crate) fn shared(tx: &mut Tx, table: &str, after: &str, limit: u16) -> Result<Vec<String>, StoreError> {
    let sql = format!(
        "select min(name) from {table} where search_key > $1 and merged_into_id is null \
         group by search_key having count(*) > 1 order by search_key limit $2"
    );
    Ok(tx.query(&sql, params![key(after), limit], |row| row.get(0))?)
}

/// How a name is compared: in lower case, byte by byte.
pub(crate) fn key(name: &str) -> Vec<u8> {
    name.to_lowercase().into_bytes()
}
