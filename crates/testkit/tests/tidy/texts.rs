//! Whether every text that people may read is said somewhere.

use crate::source;

/// The key of a message, from the first line of its entry.
fn key(line: &str) -> Option<&str> {
    let (key, _) = line.split_once(" =")?;
    let is_key = key.starts_with(|c: char| c.is_ascii_lowercase())
        && key.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
    is_key.then_some(key)
}

#[test]
fn every_text_of_the_catalogue_is_said_somewhere() {
    let code: String = source::rust().filter(|file| !file.is_test()).map(|file| file.text.as_str()).collect();
    let mut wrong = Vec::new();
    for file in source::all().iter().filter(|file| file.path.starts_with("crates/web/locales/en/")) {
        let keys = file.text.lines().filter_map(key);
        wrong.extend(
            keys.filter(|key| !code.contains(&format!("\"{key}\"")))
                .map(|key| format!("{}: {key}", file.path)),
        );
    }
    source::nothing(&wrong, "a text that nobody says");
}
