//! The data folder and the database in it, opened for what a command needs.

use std::path::{Path, PathBuf};

use desk::Desk;
use desk::files::{Bucket, Files};
use desk::search::Search;
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
        let address = self.address(file);
        if self.database.is_none() {
            make_folder(&self.data)?;
        }
        let db = Db::open(&address, store::migrations::ALL)?;
        self.desk(db, file)
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

    /// A desk on that database, with its index in the data folder, and its attachments there or where they
    /// were said to be.
    pub(crate) fn desk(&self, db: Db, file: &str) -> Result<Desk, Failure> {
        let folder = self.data.join(ATTACHMENTS);
        let index = if file == DEMO { DEMO_INDEX } else { INDEX };
        let desk = Desk::new(db, WallClock::system()).with_search(Search::in_folder(&self.data.join(index)));
        let files = match &self.files {
            None => Files::in_folder(&folder),
            Some(address) => {
                let bucket = Bucket::open(address, &folder, desk.egress.clone(), std::env::vars());
                Files::in_bucket(bucket.map_err(Failure::usage)?)
            }
        };
        Ok(desk.with_files(files))
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
