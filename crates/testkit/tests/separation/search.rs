//! Every hat searches for every canary, on the page and as a program: it finds its own and nobody else's.

use std::collections::BTreeSet;

use crate::site::Site;
use crate::world::World;

/// Canaries that lie in texts of the index; the others are looked for all the same, and found by nobody.
const SEARCHED: [&str; 29] = [
    "external subject",
    "external message",
    "external answer",
    "external note",
    "hand-off subject",
    "hand-off question",
    "first deliverable",
    "second deliverable",
    "hand-off note",
    "own subject",
    "own message",
    "note on the agent's own ticket",
    "secret subject",
    "secret message",
    "secret note",
    "upstream subject",
    "upstream message",
    "upstream note",
    "below subject",
    "below question",
    "below note",
    "closed subject",
    "closed message",
    "mailed subject",
    "mailed words",
    "held reply",
    "answer that waits",
    "deliverable that waits",
    "held proof",
];

#[test]
fn every_hat_finds_its_own_canaries_and_nobody_elses() {
    let world = World::new();
    let site = Site::new(&world);
    let (mut leaks, mut outages) = (BTreeSet::new(), BTreeSet::new());
    for actor in world.actors.iter().filter(|actor| actor.token.is_some()) {
        for canary in &world.canaries {
            // The page repeats what was typed; the end of the word comes from the text alone.
            let typed = &canary.word[..canary.word.len() - 2];
            for path in ["/search", "/api/v1/search"] {
                let is_found = site.get(actor, &format!("{path}?q={typed}")).holds(&canary.word);
                let is_theirs = canary.for_whom.contains(&actor.name);
                if is_found && !is_theirs {
                    leaks.insert(format!("{} finds {} by {path}", actor.name, canary.name));
                }
                if !is_found && is_theirs && SEARCHED.contains(&canary.name) {
                    outages.insert(format!("{} does not find {} by {path}", actor.name, canary.name));
                }
            }
        }
    }
    assert!(leaks.is_empty(), "{} leaks:\n{leaks:#?}", leaks.len());
    assert!(outages.is_empty(), "{} outages:\n{outages:#?}", outages.len());
    let known: Vec<&str> = world.canaries.iter().map(|canary| canary.name).collect();
    let unknown: Vec<&&str> = SEARCHED.iter().filter(|name| !known.contains(name)).collect();
    assert!(unknown.is_empty(), "no text holds {unknown:?}");
}

/// A filter beside words finds no more than the words alone, and nothing that a list would not show.
#[test]
fn with_a_filter_nobody_finds_more() {
    let world = World::new();
    let site = Site::new(&world);
    let (mut leaks, mut found) = (BTreeSet::new(), 0);
    for actor in world.actors.iter().filter(|actor| actor.token.is_some()) {
        for canary in &world.canaries {
            let typed = &canary.word[..canary.word.len() - 2];
            for path in ["/search", "/api/v1/search"] {
                let path = format!("{path}?q={typed}+class:inside,outside");
                let is_found = site.get(actor, &path).holds(&canary.word);
                found += usize::from(is_found);
                if is_found && !canary.for_whom.contains(&actor.name) {
                    leaks.insert(format!("{} finds {} by {path}", actor.name, canary.name));
                }
            }
        }
    }
    assert!(leaks.is_empty(), "{} leaks:\n{leaks:#?}", leaks.len());
    assert!(found > 30, "{found}: those who list the tickets find them");
}

/// What is hidden changes no order, no page and no "more" of those from whom it is hidden.
#[test]
fn a_hidden_text_changes_no_answer() {
    let world = World::new();
    let site = Site::new(&world);
    let questions = [
        "canary",
        "external",
        "Hello",
        "turbine",
        "turbin",
        "\"turbine\"",
        "+49 30 12345",
        "turbine is:open,done",
        "is:open turbine or number:1..99999",
    ];
    let strangers: Vec<_> = world
        .actors
        .iter()
        .filter(|actor| {
            actor.token.is_some() && !["employee", "agent in human resources"].contains(&actor.name)
        })
        .collect();
    let ask = || -> Vec<String> {
        strangers
            .iter()
            .flat_map(|actor| questions.map(|q| (actor, q)))
            .flat_map(|(actor, q)| {
                let q = q.replace(' ', "+").replace('"', "%22");
                ["/search", "/api/v1/search"].map(|path| site.get(actor, &format!("{path}?q={q}")).body)
            })
            .collect()
    };
    let before = ask();
    world.says_on_the_secret_ticket("turbine turbine external Hello +49 30 12345");
    assert!(world.desk.indexes() > 0, "the index knows it");
    assert!(
        site.get(world.actor("employee"), "/search?q=turbine").holds("turbine</mark>"),
        "its reader finds it"
    );
    for (before, after) in before.iter().zip(ask()) {
        assert_eq!(*before, after);
    }
}
