//! Which words may not name a thing.

use crate::source;

/// Words that say nothing about what a thing does, or that are not our vocabulary.
const PARTS: [&str; 6] = ["Manager", "Helper", "Utils", "Util", "Factory", "Singleton"];
const WHOLE: [&str; 7] = ["utils", "util", "common", "helpers", "helper", "misc", "manager"];
const FOREIGN: [&str; 6] = ["User", "Contact", "Account", "Company", "Issue", "UserType"];

/// Names that somebody else's trait gives to what we must write.
const GIVEN: [&str; 2] = ["get_document", "get_template_contents"];

/// The name that a line of code declares.
fn declared(line: &str) -> Option<(&'static str, &str)> {
    let code = line.trim_start();
    let code = code.strip_prefix("pub(crate) ").or_else(|| code.strip_prefix("pub(super) ")).unwrap_or(code);
    let code = code.strip_prefix("pub ").unwrap_or(code);
    let code = code.strip_prefix("const fn ").map_or(code, |_| &code["const ".len()..]);
    let code = code.strip_prefix("async ").unwrap_or(code);
    for kind in ["struct", "enum", "trait", "type", "fn", "mod"] {
        if let Some(rest) = code.strip_prefix(kind).and_then(|rest| rest.strip_prefix(' ')) {
            let end = rest.find(|letter: char| !letter.is_alphanumeric() && letter != '_');
            return Some((kind, &rest[..end.unwrap_or(rest.len())]));
        }
    }
    None
}

#[test]
fn names_say_what_a_thing_does() {
    let mut wrong = Vec::new();
    for file in source::rust() {
        for (number, line) in file.text.lines().enumerate() {
            let Some((kind, name)) = declared(line) else { continue };
            let empty = WHOLE.contains(&name)
                || kind == "fn" && name.starts_with("get_") && !GIVEN.contains(&name)
                || kind != "fn" && kind != "mod" && PARTS.iter().any(|part| name.contains(part));
            let foreign = matches!(kind, "struct" | "enum" | "trait" | "type") && FOREIGN.contains(&name);
            if empty || foreign {
                wrong.push(format!("{}:{} {kind} {name}", file.path, number + 1));
            }
        }
    }
    source::nothing(&wrong, "a name that says nothing, or is not in docs/VOCABULARY.md");
}

#[test]
fn files_are_named_after_what_they_hold() {
    let mut wrong = Vec::new();
    for file in source::rust() {
        let mut parts = file.path.trim_end_matches(".rs").split('/');
        if parts.any(|part| WHOLE.contains(&part) || part.starts_with("get_")) {
            wrong.push(file.path.clone());
        }
    }
    source::nothing(&wrong, "a file that could hold anything");
}
