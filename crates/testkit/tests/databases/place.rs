//! Where a database of one test lives, and the little schema it has.

use store::Db;
use store::db::Migration;

pub(crate) const NOTES: &[Migration] = &[Migration::new(
    1,
    "0001_notes",
    "create table note (
        id {id},
        body text not null,
        weight {real},
        raw {bytes},
        done bigint not null default 0,
        parent_id bigint references note (id)
     );
     create unique index note_body on note (body);
     create table entry (position bigint primary key, writer bigint not null);",
)];

pub(crate) struct Place {
    pub(crate) url: String,
    pub(crate) folder: Option<tempfile::TempDir>,
}

impl Place {
    pub(crate) fn memory() -> Place {
        Place { url: "sqlite::memory:".to_owned(), folder: None }
    }

    pub(crate) fn sqlite_file() -> Place {
        let folder = tempfile::tempdir().unwrap();
        Place { url: format!("sqlite:{}", folder.path().join("desk.db").display()), folder: Some(folder) }
    }

    pub(crate) fn postgres() -> Option<Place> {
        Some(Place { url: testkit::postgres::fresh_database()?, folder: None })
    }

    pub(crate) fn url(&self) -> &str {
        &self.url
    }

    /// Whether several processes may write to it.
    pub(crate) fn is_shared(&self) -> bool {
        self.url.starts_with("postgres")
    }

    pub(crate) fn open(&self) -> Db {
        Db::open(&self.url, NOTES).unwrap()
    }
}

pub(crate) fn bodies(db: &Db) -> Vec<String> {
    db.read_now(|tx| tx.query("select body from note order by id", &[], |row| row.get(0))).unwrap()
}

pub(crate) fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap()
}
