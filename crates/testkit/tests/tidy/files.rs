//! What every file keeps to: an opening sentence, a length, no traces of the machine it was written on.

use crate::source;

/// Files aim below 300 lines. Above this many, a file needs a line in [`LONG`].
const MOST_LINES: usize = 400;

/// Long files with their length; a file may get shorter, and then its line goes down with it.
const LONG: &[(&str, usize)] = &[];

#[test]
fn every_file_says_what_it_is_for() {
    let opens = |file: &&source::File| !file.text.starts_with("//! ");
    // Tests stand beside the file that says what is tested.
    let wrong: Vec<String> = source::rust()
        .filter(|file| !file.path.ends_with("/tests.rs"))
        .filter(opens)
        .map(|file| file.path.clone())
        .collect();
    source::nothing(&wrong, "a file opens with one `//!` sentence");
}

#[test]
fn files_stay_short() {
    let mut wrong = Vec::new();
    for file in source::rust() {
        let lines = file.text.lines().count();
        let allowed = LONG.iter().find(|(path, _)| *path == file.path).map(|(_, lines)| *lines);
        match allowed {
            None if lines > MOST_LINES => wrong.push(format!("{} has {lines} lines", file.path)),
            Some(allowed) if lines > allowed => {
                wrong.push(format!("{} grew from {allowed} to {lines} lines", file.path));
            }
            Some(_) if lines <= MOST_LINES => {
                wrong.push(format!("{} is short now: take its line out", file.path));
            }
            Some(_) | None => {}
        }
    }
    for (path, _) in LONG {
        if !source::rust().any(|file| file.path == *path) {
            wrong.push(format!("{path} is gone: take its line out"));
        }
    }
    source::nothing(&wrong, "split the file by what it is about");
}

#[test]
fn every_migration_is_listed() {
    let list = source::all().iter().find(|file| file.path == "crates/store/src/migrations.rs");
    let list = &list.expect("the list of migrations").text;
    let migrations = source::all().iter().filter_map(|file| file.path.strip_prefix("migrations/"));
    let wrong: Vec<String> = migrations
        .filter(|name| !list.contains(&format!("migrations/{name}\"")))
        .map(ToOwned::to_owned)
        .collect();
    source::nothing(&wrong, "a migration that no database ever sees");
}

#[test]
fn no_file_knows_the_machine_it_was_written_on() {
    // Put together here, so that this file does not hold them.
    let traces =
        [["/wo", "rk/"], ["/ro", "ot/"], ["/ho", "me/"], ["C:\\Us", "ers"]].map(|parts| parts.concat());
    let mut wrong = Vec::new();
    for file in source::all().iter().filter(|file| !file.path.ends_with("Cargo.lock")) {
        for (number, line) in file.text.lines().enumerate() {
            if traces.iter().any(|trace| line.contains(trace.as_str())) {
                wrong.push(format!("{}:{} {}", file.path, number + 1, line.trim()));
            }
        }
    }
    source::nothing(&wrong, "a path of one machine");
}

#[test]
fn every_route_stands_once_in_the_table() {
    let mut seen = std::collections::BTreeSet::new();
    let wrong: Vec<String> = web::routes::table()
        .into_iter()
        .map(|route| format!("{} {}", route.method, route.path))
        .filter(|line| !seen.insert(line.clone()))
        .collect();
    source::nothing(&wrong, "two lines for one route");
}
