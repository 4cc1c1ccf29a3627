//! The files of the repository, read once for every rule.

use std::path::{Path, PathBuf};
use std::sync::LazyLock;

/// A text file, with its path below the top of the repository.
pub(crate) struct File {
    pub(crate) path: String,
    pub(crate) text: String,
}

impl File {
    /// A test, a bench or an example: it may know more than the crate itself.
    pub(crate) fn is_test(&self) -> bool {
        let parts: Vec<&str> = self.path.split('/').collect();
        parts.iter().any(|part| matches!(*part, "tests" | "benches" | "examples" | "tests.rs"))
    }

    /// The crate whose `src` the file is part of.
    pub(crate) fn krate(&self) -> Option<&str> {
        let (krate, inside) = self.path.strip_prefix("crates/")?.split_once('/')?;
        inside.starts_with("src/").then_some(krate)
    }
}

pub(crate) fn top() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Every text file that belongs to the repository.
pub(crate) fn all() -> &'static [File] {
    static ALL: LazyLock<Vec<File>> = LazyLock::new(|| {
        let mut files = Vec::new();
        read(&top(), "", &mut files);
        files.sort_by(|a, b| a.path.cmp(&b.path));
        files
    });
    &ALL
}

pub(crate) fn rust() -> impl Iterator<Item = &'static File> {
    all().iter().filter(|file| file.path.ends_with(".rs"))
}

/// Fails with every line of `wrong`, and what the rule is for.
pub(crate) fn nothing(wrong: &[String], rule: &str) {
    assert!(wrong.is_empty(), "{rule}:\n{}", wrong.join("\n"));
}

fn read(folder: &Path, below: &str, files: &mut Vec<File>) {
    let mut entries: Vec<_> =
        std::fs::read_dir(folder).expect("the folder can be read").filter_map(Result::ok).collect();
    entries.sort_by_key(std::fs::DirEntry::file_name);
    for entry in entries {
        let name = entry.file_name().to_string_lossy().into_owned();
        let path = if below.is_empty() { name.clone() } else { format!("{below}/{name}") };
        let kind = entry.file_type().expect("an entry has a type");
        if kind.is_dir() {
            if !matches!(name.as_str(), "target" | "node_modules" | ".git" | "data") {
                read(&entry.path(), &path, files);
            }
        } else if kind.is_file()
            && name != ".git"
            && let Ok(text) = std::fs::read_to_string(entry.path())
        {
            files.push(File { path, text });
        }
    }
}
