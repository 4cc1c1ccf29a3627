//! The catalogue is complete, and the right language is chosen.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use super::Locale;

#[test]
fn both_languages_have_the_same_texts_with_the_same_arguments() {
    let english = catalogue(Locale::English);
    let german = catalogue(Locale::German);
    let keys = |of: &BTreeMap<String, BTreeSet<String>>| of.keys().cloned().collect::<BTreeSet<_>>();
    let missing: Vec<_> = keys(&english).symmetric_difference(&keys(&german)).cloned().collect();
    assert!(missing.is_empty(), "only in one language: {missing:?}");
    for (key, arguments) in &english {
        assert_eq!(arguments, &german[key], "arguments of {key}");
    }
}

#[test]
fn every_text_that_the_code_says_exists() {
    let known = catalogue(Locale::English);
    let mut said = BTreeSet::new();
    for file in files_below(&root().join("src"), "rs") {
        let text = fs::read_to_string(&file).expect("a source file");
        said.extend(keys_said_in(&text).into_iter().map(|key| (key, file.clone())));
    }
    let unknown: Vec<_> = said.iter().filter(|(key, _)| !known.contains_key(key)).collect();
    assert!(unknown.is_empty(), "not in the catalogue: {unknown:?}");
}

#[test]
fn no_key_is_written_twice() {
    for locale in Locale::ALL {
        let mut seen = BTreeMap::new();
        for file in files_below(&root().join("locales").join(locale.tag()), "ftl") {
            for line in fs::read_to_string(&file).expect("a catalogue file").lines() {
                let Some(key) = key_of(line) else { continue };
                let before = seen.insert(key.to_owned(), file.clone());
                assert!(before.is_none(), "{key} is in {before:?} and {file:?}");
            }
        }
    }
}

#[test]
fn the_preference_wins_over_the_browser_and_the_browser_over_english() {
    assert_eq!(Locale::choose(Some("de-AT"), Some("en")), Locale::German);
    assert_eq!(Locale::choose(None, Some("fr, de;q=0.7, en;q=0.3")), Locale::German);
    assert_eq!(Locale::choose(Some("xx"), Some("en;q=0.2,de;q=0.1")), Locale::English);
    assert_eq!(Locale::choose(None, Some("de;q=0, en;q=0.1")), Locale::English);
    assert_eq!(Locale::choose(None, None), Locale::English);
}

#[test]
fn arguments_are_put_in_without_invisible_marks() {
    assert_eq!(crate::t!(Locale::English, "clocks-earlier", count = 3), "3 earlier clocks");
    assert_eq!(crate::t!(Locale::German, "clocks-earlier", count = 1), "1 frühere Uhr");
}

fn catalogue(locale: Locale) -> BTreeMap<String, BTreeSet<String>> {
    let mut texts = BTreeMap::new();
    for file in files_below(&root().join("locales").join(locale.tag()), "ftl") {
        let mut current = None;
        for line in fs::read_to_string(&file).expect("a catalogue file").lines() {
            if let Some(key) = key_of(line) {
                texts.entry(key.to_owned()).or_insert_with(BTreeSet::new);
                current = Some(key.to_owned());
            }
            let Some(arguments) = current.as_ref().and_then(|key| texts.get_mut(key)) else {
                continue;
            };
            arguments.extend(line.split('$').skip(1).map(|rest| {
                rest.chars()
                    .take_while(|letter| letter.is_ascii_alphanumeric() || *letter == '_')
                    .collect::<String>()
            }));
        }
    }
    texts
}

fn key_of(line: &str) -> Option<&str> {
    let (key, _) = line.split_once('=')?;
    let key = key.strip_suffix(' ').unwrap_or(key);
    (key.starts_with(|letter: char| letter.is_ascii_lowercase()) && !key.contains(' ')).then_some(key)
}

fn keys_said_in(source: &str) -> Vec<String> {
    let code: String = source.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
    let mut keys = Vec::new();
    for (start, call) in code.match_indices("t!(") {
        let before = code[..start].chars().next_back();
        if before.is_some_and(|letter| letter.is_alphanumeric() || letter == '_') {
            continue;
        }
        let Some((head, tail)) = code[start + call.len()..].split_once('"') else { continue };
        if head.trim_end().ends_with(',') && !head.contains(';') {
            keys.extend(tail.split('"').next().map(str::to_owned));
        }
    }
    keys
}

fn files_below(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            found.extend(files_below(&path, extension));
        } else if path.extension().is_some_and(|ending| ending == extension) {
            found.push(path);
        }
    }
    found
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}
