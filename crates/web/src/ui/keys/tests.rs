use std::collections::BTreeSet;

use super::*;

#[test]
fn no_key_does_two_things() {
    let keys: BTreeSet<&str> = TABLE.iter().map(|one| one.keys).collect();
    assert_eq!(keys.len(), TABLE.len());
    let firsts: Vec<&str> =
        keys.iter().filter_map(|keys| keys.split_once(' ')).map(|(first, _)| first).collect();
    assert!(
        !firsts.is_empty() && firsts.iter().all(|first| !keys.contains(first)),
        "a first key does nothing by itself"
    );
}

#[test]
fn the_documentation_follows_the_table() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/keys.md");
    let written = std::fs::read_to_string(path).unwrap_or_default();
    if std::env::var_os("INSTA_UPDATE").is_some() {
        std::fs::write(path, documentation()).unwrap();
    } else {
        assert_eq!(written, documentation(), "INSTA_UPDATE=always writes docs/keys.md anew");
    }
}
