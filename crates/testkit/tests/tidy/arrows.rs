//! Which crate may know which: throughline -> web -> desk -> store -> domain.

use crate::source::{self, File};

const OURS: [&str; 7] = ["domain", "store", "mail", "desk", "web", "throughline", "testkit"];

/// What each crate's sources may name.
fn allowed(krate: &str) -> &'static [&'static str] {
    match krate {
        "domain" => &[],
        "store" | "mail" => &["domain"],
        "desk" => &["domain", "store", "mail"],
        "web" => &["domain", "store", "desk"],
        "throughline" => &["domain", "store", "mail", "desk", "web"],
        "testkit" => &["domain", "store", "mail", "desk", "web"],
        other => panic!("the crate {other} has no line in the table of arrows"),
    }
}

fn manifests() -> impl Iterator<Item = (&'static str, &'static File)> {
    source::all().iter().filter_map(|file| {
        let krate = file.path.strip_prefix("crates/")?.strip_suffix("/Cargo.toml")?;
        // A folder inside a crate, as that of a fuzz target, is a workspace of its own.
        let krate = Some(krate).filter(|krate| !krate.contains('/'))?;
        Some((krate, file))
    })
}

/// The names under `[section]` of a manifest.
fn section<'a>(text: &'a str, section: &str) -> Vec<&'a str> {
    let lines = text.lines().skip_while(|line| line.trim() != format!("[{section}]")).skip(1);
    let lines = lines.take_while(|line| !line.starts_with('['));
    lines.filter_map(|line| line.split(['.', ' ', '=']).next()).filter(|name| !name.is_empty()).collect()
}

#[test]
fn manifests_name_only_crates_below_their_own() {
    let mut wrong = Vec::new();
    for (krate, manifest) in manifests() {
        for name in section(&manifest.text, "dependencies") {
            if OURS.contains(&name) && !allowed(krate).contains(&name) {
                wrong.push(format!("{krate} depends on {name}"));
            }
        }
    }
    source::nothing(&wrong, "an arrow runs upwards");
}

#[test]
fn sources_name_only_crates_below_their_own() {
    let mut wrong = Vec::new();
    for file in source::rust().filter(|file| !file.is_test()) {
        let Some(krate) = file.krate() else { continue };
        for (number, line) in file.text.lines().enumerate() {
            let code = line.trim_start();
            if code.starts_with("//") {
                continue;
            }
            for name in OURS.iter().filter(|name| **name != krate && !allowed(krate).contains(*name)) {
                if names_crate(code, name) {
                    wrong.push(format!("{}:{} names {name}", file.path, number + 1));
                }
            }
        }
    }
    source::nothing(&wrong, "an arrow runs upwards");
}

/// Whether a line of code has a path that begins with a crate's name; a local module would be
/// reached as `crate::web` or `self::web`.
fn names_crate(code: &str, name: &str) -> bool {
    if code.starts_with(&format!("use {name}::")) || code.starts_with(&format!("pub use {name}::")) {
        return true;
    }
    let path = format!("{name}::");
    code.match_indices(&path).any(|(place, _)| {
        let before = code[..place].chars().next_back();
        before.is_none_or(|letter| matches!(letter, ' ' | '(' | '<' | '&' | '!' | ',' | '['))
    })
}

#[test]
fn the_domain_stays_pure() {
    let pure = ["jiff", "serde", "serde_json", "thiserror"];
    let mut wrong = Vec::new();
    for (krate, manifest) in manifests().filter(|(krate, _)| *krate == "domain") {
        for name in section(&manifest.text, "dependencies") {
            if !pure.contains(&name) {
                wrong.push(format!("{krate} depends on {name}"));
            }
        }
    }
    for file in source::rust().filter(|file| file.krate() == Some("domain") && !file.is_test()) {
        for word in ["std::fs", "std::net", "std::env", "async fn", "std::thread", "::now()"] {
            if file.text.contains(word) {
                wrong.push(format!("{} says {word}", file.path));
            }
        }
    }
    source::nothing(&wrong, "the domain knows no files, network, clock or threads");
}

#[test]
fn web_reads_the_store_and_never_writes() {
    let writes =
        ["insert", "update", "write", "record", "append", "shift", "set_", "delete", "remove", "join_"];
    let mut wrong = Vec::new();
    for file in source::rust().filter(|file| file.krate() == Some("web") && !file.is_test()) {
        for (number, line) in file.text.lines().enumerate() {
            let direct = line.contains("db.write") || line.contains(".write_now(");
            let called = line.match_indices("store::").any(|(place, _)| {
                let call = line[place..].split("::").nth(2).unwrap_or_default();
                writes.iter().any(|write| call.starts_with(write))
            });
            if direct || called {
                wrong.push(format!("{}:{}", file.path, number + 1));
            }
        }
    }
    source::nothing(&wrong, "pages act through the desk's verbs");
}

/// Files outside the store that hold SQL; the table may only get shorter.
const SQL_ELSEWHERE: &[&str] = &["crates/desk/src/people_of.rs", "crates/desk/src/session.rs"];

#[test]
fn sql_is_spoken_in_the_store_only() {
    let mut wrong = Vec::new();
    let outside = |file: &&File| matches!(file.krate(), Some("desk" | "web" | "throughline" | "domain"));
    for file in source::rust().filter(outside).filter(|file| !file.is_test()) {
        let speaks = ["\"select ", "\"insert into ", "\"update ", "\"delete from "]
            .iter()
            .any(|start| file.text.contains(start));
        if speaks && !SQL_ELSEWHERE.contains(&file.path.as_str()) {
            wrong.push(file.path.clone());
        }
    }
    source::nothing(&wrong, "SQL outside the store");
}

#[test]
fn versions_are_named_once_in_the_workspace() {
    let mut wrong = Vec::new();
    for (krate, manifest) in manifests() {
        for line in manifest.text.lines().filter(|line| line.contains("version = \"")) {
            wrong.push(format!("{krate}: {line}"));
        }
    }
    source::nothing(&wrong, "a dependency is named in the root manifest and taken with `workspace = true`");
}
