//! What the tests of this crate share.

use std::path::PathBuf;

/// A folder of public data, or nothing with a word about it.
pub(crate) fn public(name: &str) -> Option<PathBuf> {
    let folder = std::env::var_os("THROUGHLINE_DATA").map_or_else(
        || PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data")),
        PathBuf::from,
    );
    let folder = folder.join(name);
    if folder.is_dir() {
        return Some(folder);
    }
    println!("skipped: {} is not there; THROUGHLINE_DATA names the folder of public data", folder.display());
    None
}
