//! Whether every query that a page understands is asked in the separation test: the pages' sources say which there are.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use crate::world::World;

/// These choose nothing of what is read: they say what was just done, where a visitor goes afterwards, what stands in a
/// form that is empty otherwise, or where a mail that is posted comes in.
const CHOOSE_NOTHING: &[&str] =
    &["done", "next", "out", "error", "comment", "rating", "link", "from", "inbox"];

#[test]
fn every_query_that_a_page_understands_is_asked() {
    let world = World::new();
    let mut known = 0;
    let mut missing = Vec::new();
    for file in sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../web/src")) {
        let source = std::fs::read_to_string(&file).unwrap();
        let paths = paths(&file, &source);
        for name in names(&source).iter().filter(|name| !CHOOSE_NOTHING.contains(&name.as_str())) {
            if paths.is_empty() {
                // What is only posted to shows nothing.
                continue;
            }
            known += 1;
            let addresses = paths.iter().flat_map(|path| world.addresses(path));
            let asks = |address: String| {
                let query = address.split_once('?').map_or("", |(_, query)| query).to_owned();
                query.split('&').any(|part| part.split('=').next() == Some(name.as_str()))
            };
            if !addresses.into_iter().any(asks) {
                missing.push(format!("?{name}= of {}", paths.join(", ")));
            }
        }
    }
    assert!(known > 40, "the queries of pages are found in their sources: {known}");
    assert!(missing.is_empty(), "say in queries.rs or paged.rs how to ask for:\n{}", missing.join("\n"));
}

fn sources(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let (folders, files): (Vec<PathBuf>, Vec<PathBuf>) = entries.partition(|path| path.is_dir());
    let own = files.into_iter().filter(|path| path.extension().is_some_and(|ending| ending == "rs"));
    own.chain(folders.iter().flat_map(|folder| sources(folder))).collect()
}

/// The pages that a file serves; where it has no routes of its own, those of the file above it.
fn paths(file: &Path, source: &str) -> Vec<String> {
    let own: Vec<String> = source
        .split("Route::get(")
        .skip(1)
        .filter_map(|rest| rest.trim_start().strip_prefix('"')?.split('"').next().map(str::to_owned))
        .collect();
    let above = file.parent().map(|folder| folder.with_extension("rs")).filter(|above| above.is_file());
    match above {
        Some(above) if own.is_empty() => paths(&above, &std::fs::read_to_string(&above).unwrap()),
        _ => own,
    }
}

/// What stands before the equals signs.
fn names(source: &str) -> BTreeSet<String> {
    let asked = source.split("Query<").skip(1).filter_map(|rest| rest.split('>').next());
    let mut names: BTreeSet<String> = asked.flat_map(|name| fields(source, name)).collect();
    for rest in source.split("query_value(").skip(1) {
        let arguments = rest.split(')').next().unwrap_or_default();
        names.extend(arguments.split('"').nth(1).map(str::to_owned));
    }
    names
}

fn fields(source: &str, of: &str) -> Vec<String> {
    let Some((_, rest)) = source.split_once(&format!("struct {of} {{")) else { return Vec::new() };
    let mut renamed = None;
    let mut fields = Vec::new();
    for line in rest.lines().map(str::trim).take_while(|line| *line != "}") {
        if let Some((_, name)) = line.split_once("rename = \"") {
            renamed = name.split('"').next();
            continue;
        }
        let Some((name, _)) = line.split_once(": ").filter(|_| !line.starts_with("//")) else { continue };
        let name = name.rsplit(' ').next().unwrap_or(name).trim_start_matches("r#");
        fields.push(renamed.take().unwrap_or(name).to_owned());
    }
    fields
}
