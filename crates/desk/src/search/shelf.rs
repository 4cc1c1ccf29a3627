//! Where the index lies: folders of which one is current, so that a new one takes the place of the old at once.

use std::fs::File;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use jiff::Timestamp;

use super::SearchError;

/// The file that names the current folder.
const CURRENT: &str = "current";

/// The folder of one node's index.
#[derive(Clone, Debug)]
pub(crate) struct Shelf(PathBuf);

impl Shelf {
    pub(crate) fn new(folder: &Path) -> Self {
        Self(folder.to_owned())
    }

    pub(crate) fn folder(&self) -> &Path {
        &self.0
    }

    /// The name of the current folder; `None` when there is none.
    pub(crate) fn current(&self) -> Result<Option<String>, SearchError> {
        match std::fs::read_to_string(self.0.join(CURRENT)) {
            Ok(name) => Ok(Some(name.trim().to_owned()).filter(|name| number(name).is_some())),
            Err(cause) if cause.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(cause) => Err(SearchError::folder(&self.0, &cause)),
        }
    }

    /// A name for a new folder, later than every other one.
    pub(crate) fn coming(&self, now: Timestamp) -> String {
        let entries = std::fs::read_dir(&self.0).into_iter().flatten().flatten();
        let last = entries.filter_map(|entry| entry.file_name().to_str().and_then(number)).max();
        now.as_microsecond().max(last.map_or(0, |last| last + 1)).to_string()
    }

    /// From here on that folder is the current one.
    pub(crate) fn publish(&self, name: &str) -> Result<(), SearchError> {
        let whole = || {
            let coming = self.0.join(format!("{CURRENT}.{name}"));
            let mut file = File::create(&coming)?;
            file.write_all(name.as_bytes())?;
            file.sync_all()?;
            std::fs::rename(&coming, self.0.join(CURRENT))?;
            File::open(&self.0)?.sync_all()
        };
        whole().map_err(|cause| SearchError::folder(&self.0, &cause))
    }

    /// Removes the folders before that one; what somebody else builds now has a later name and stays.
    pub(crate) fn tidy(&self, current: &str) {
        let Ok(entries) = std::fs::read_dir(&self.0) else { return };
        for entry in entries.flatten() {
            let name = entry.file_name();
            let is_before = name.to_str().and_then(number) < number(current);
            if is_before
                && name.to_str().and_then(number).is_some()
                && let Err(error) = std::fs::remove_dir_all(entry.path())
            {
                tracing::warn!(%error, "an index that nobody reads any more stays; trying again");
            }
        }
    }
}

fn number(name: &str) -> Option<i64> {
    name.parse().ok()
}
