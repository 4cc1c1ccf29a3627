//! The data folder and the database in it, opened for what a command needs.

use std::path::{Path, PathBuf};

use desk::Desk;
use desk::files::{Bucket, Files};
use desk::search::Search;
use mail::egress::Egress;
use store::{Db, WallClock};

use crate::arguments::Place;
use crate::failure::Failure;

/// The file that `serve` and the other commands use.
pub(crate) const OWN: &str = "throughline.sqlite";
/// The folder of attachments.
const ATTACHMENTS: &str = "attachments";
/// The folder of the index of texts.
const INDEX: &str = "search";
/// The same for the demonstration, which has another database.
const DEMO_INDEX: &str = "demo-search";
/// The folder of mail that was handed over while nobody could write to the database.
pub(crate) const SPOOL: &str = "spool";
/// The file that `demo` uses.
pub(crate) const DEMO: &str = "demo.sqlite";

impl Place {
    /// The address of the database: the one given, else a file in the data folder.
    pub(crate) fn address(&self, file: &str) -> String {
        match &self.database {
            Some(address) => address.clone(),
            None => format!("sqlite:{}", self.data.join(file).display()),
        }
    }

    /// Opens the database to write to it, and makes it when it is not there.
    pub(crate) fn open(&self, file: &str) -> Result<Desk, Failure> {
        let (address, files) = (self.address(file), self.files()?);
        if self.database.is_none() {
            make_folder(&self.data)?;
        }
        let db = Db::open(&address, store::migrations::ALL)?;
        Ok(self.with_index(db, file).with_files(files))
    }

    /// Opens the database only to read it, beside a server that may be running.
    pub(crate) fn look(&self) -> Result<Desk, Failure> {
        let address = self.address(OWN);
        if let Some(path) = sqlite_path(&address)
            && !path.exists()
        {
            return Err(Failure::new(format!(
                "there is no database at {} yet. Nothing was made. \
                 Start `throughline serve`, import a log, or name another one with --database",
                path.display()
            )));
        }
        let db = Db::open_shared(&address, store::migrations::ALL)?;
        self.desk(db, OWN)
    }

    /// A desk on that database, with its attachments where they were said to be.
    pub(crate) fn desk(&self, db: Db, file: &str) -> Result<Desk, Failure> {
        Ok(self.with_index(db, file).with_files(self.files()?))
    }

    /// The index of texts lies in the data folder.
    fn with_index(&self, db: Db, file: &str) -> Desk {
        let index = if file == DEMO { DEMO_INDEX } else { INDEX };
        Desk::new(db, WallClock::system()).with_search(Search::in_folder(&self.data.join(index)))
    }

    /// The data folder's own place for attachments, or the bucket that was named.
    fn files(&self) -> Result<Files, Failure> {
        let folder = self.data.join(ATTACHMENTS);
        let Some(address) = &self.files else { return Ok(Files::in_folder(&folder)) };
        let readable = std::env::vars_os()
            .filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)));
        let bucket = Bucket::open(address, &folder, Egress::system(), readable);
        Ok(Files::in_bucket(bucket.map_err(Failure::usage)?))
    }
}

/// The file behind an address, when it is one.
pub(crate) fn sqlite_path(address: &str) -> Option<PathBuf> {
    let path = address.strip_prefix("sqlite:")?;
    let path = path.strip_prefix("//").unwrap_or(path);
    (path != ":memory:").then(|| PathBuf::from(path))
}

/// An address as it may be shown: without the password.
pub(crate) fn shown(address: &str) -> String {
    if let Some(path) = sqlite_path(address) {
        return std::path::absolute(&path).unwrap_or(path).display().to_string();
    }
    match (address.split_once("://"), address.rsplit_once('@')) {
        (Some((scheme, _)), Some((_, place))) => format!("{scheme}://...@{place}"),
        _ => address.to_owned(),
    }
}

fn make_folder(folder: &Path) -> Result<(), Failure> {
    std::fs::create_dir_all(folder).map_err(|error| {
        Failure::new(format!(
            "the data folder {} cannot be made: {error}. Nothing was changed. \
             Choose another one with --data, or let yourself write there",
            folder.display()
        ))
    })
}
