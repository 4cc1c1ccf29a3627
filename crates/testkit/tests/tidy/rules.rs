//! Whether every rule about mail has its tests: a rule without one, and a test that is gone, are told here.

use std::collections::BTreeSet;

use crate::source;

#[path = "rules/table.rs"]
mod table;

use table::RULES;

/// The names of test functions in files of tests, with and without an attribute: stories are named in a list.
fn tests() -> BTreeSet<&'static str> {
    let mut names = BTreeSet::new();
    for file in source::rust().filter(|file| file.is_test()) {
        for line in file.text.lines() {
            let code = line.trim_start();
            let code = code.strip_prefix("pub(crate) ").unwrap_or(code);
            let code = code.strip_prefix("async ").unwrap_or(code);
            let Some(rest) = code.strip_prefix("fn ") else { continue };
            names.extend(rest.split('(').next());
        }
    }
    names
}

/// The start of the names of a rule's own tests: `In 4` has `in_4_`.
fn start(rule: &str) -> String {
    format!("{}_", rule.to_lowercase().replace(' ', "_"))
}

#[test]
fn every_rule_of_mail_has_a_test_named_after_it() {
    let known = tests();
    let mut wrong = Vec::new();
    for rule in RULES {
        if !rule.tests.iter().any(|test| test.starts_with(&start(rule.name))) {
            wrong.push(format!("{} ({}): no test is named after it", rule.name, rule.says));
        }
        for test in rule.tests.iter().filter(|test| !known.contains(*test)) {
            wrong.push(format!("{} ({}): there is no test {test}", rule.name, rule.says));
        }
    }
    source::nothing(&wrong, "a rule about mail that nothing holds");
}

#[test]
fn every_number_of_a_rule_is_in_the_table_once() {
    let numbers = |word: &'static str, most: usize| (1..=most).map(move |number| format!("{word}{number}"));
    let wanted: Vec<String> = numbers("In ", 11).chain(numbers("Out ", 6)).chain(numbers("M", 24)).collect();
    assert_eq!(RULES.iter().map(|rule| rule.name).collect::<Vec<_>>(), wanted);
}
