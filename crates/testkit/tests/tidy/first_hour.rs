//! Whether each of the 25 things that agents miss in their first hour has a journey in a browser.

use std::collections::BTreeSet;

use crate::source;

const POINTS: usize = 25;

#[test]
fn each_point_of_the_first_hour_has_a_journey() {
    let journeys = journeys();
    let page =
        source::all().iter().find(|file| file.path == "docs/journeys.md").expect("the page of journeys");
    let mut wrong = Vec::new();
    let mut points = Vec::new();
    for row in page.text.lines().filter(|line| line.starts_with("| ")) {
        let cells: Vec<&str> = row.trim_matches('|').split('|').map(str::trim).collect();
        let [number, says, named] = cells[..] else { panic!("three columns: {row}") };
        let Ok(number) = number.parse::<usize>() else { continue };
        points.push(number);
        let names: Vec<&str> = named.split('`').filter(|name| name.contains("::")).collect();
        for name in names.iter().filter(|name| !journeys.contains(**name)) {
            wrong.push(format!("{number} ({says}): there is no journey {name}"));
        }
        if names.is_empty() {
            wrong.push(format!("{number} ({says}): no journey"));
        }
    }
    source::nothing(&wrong, "a point of the first hour that nothing holds");
    assert!(points.iter().copied().eq(1..=POINTS), "each point once: {points:?}");
}

/// Each with the file that it stands in.
fn journeys() -> BTreeSet<String> {
    let mut journeys = BTreeSet::new();
    for file in source::rust() {
        let Some((_, place)) = file.path.split_once("/tests/journeys/") else { continue };
        let mut before = "";
        for line in file.text.lines() {
            if let Some(rest) = line.strip_prefix("async fn ").filter(|_| before.starts_with("#[tokio::test"))
            {
                let name = rest.split('(').next().unwrap_or_default();
                journeys.insert(format!("{}::{name}", place.trim_end_matches(".rs")));
            }
            before = line;
        }
    }
    journeys
}
