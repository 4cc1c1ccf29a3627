//! Who can see what, on every route there is: canaries in every text, and every hat asks for every page.

#![allow(clippy::unwrap_used, reason = "a broken promise may panic")]

#[path = "separation/accessibility.rs"]
mod accessibility;
#[path = "separation/acts.rs"]
mod acts;
#[path = "separation/asked.rs"]
mod asked;
#[path = "separation/assignment.rs"]
mod assignment;
#[path = "separation/board.rs"]
mod board;
#[path = "separation/bulk.rs"]
mod bulk;
#[path = "separation/canary.rs"]
mod canary;
#[path = "separation/checklists.rs"]
mod checklists;
#[path = "separation/customs.rs"]
mod customs;
#[path = "separation/drafts.rs"]
mod drafts;
#[path = "separation/letters.rs"]
mod letters;
#[path = "separation/linked.rs"]
mod linked;
#[path = "separation/links.rs"]
mod links;
#[path = "separation/macros.rs"]
mod macros;
#[path = "separation/news.rs"]
mod news;
#[path = "separation/notes.rs"]
mod notes;
#[path = "separation/notices.rs"]
mod notices;
#[path = "separation/on_behalf.rs"]
mod on_behalf;
#[path = "separation/paged.rs"]
mod paged;
#[path = "separation/people.rs"]
mod people;
#[path = "separation/programs.rs"]
mod programs;
#[path = "separation/promises.rs"]
mod promises;
#[path = "separation/queries.rs"]
mod queries;
#[path = "separation/recurring.rs"]
mod recurring;
#[path = "separation/reopening.rs"]
mod reopening;
#[path = "separation/rules.rs"]
mod rules;
#[path = "separation/search.rs"]
mod search;
#[path = "separation/site.rs"]
mod site;
#[path = "separation/spent.rs"]
mod spent;
#[path = "separation/statuses.rs"]
mod statuses;
#[path = "separation/tags.rs"]
mod tags;
#[path = "separation/texts.rs"]
mod texts;
#[path = "separation/views.rs"]
mod views;
#[path = "separation/watching.rs"]
mod watching;
#[path = "separation/world.rs"]
mod world;

use std::collections::BTreeSet;

use axum::http::StatusCode;
use site::Site;
use world::{UNKNOWN, World};

/// A new route shows up here and is looked at by whoever adds it.
#[test]
fn the_table_of_routes_is_as_agreed() {
    let mut lines: Vec<String> = web::routes::table()
        .iter()
        .map(|route| format!("{:<5} {:<45} {:?}", route.method, route.path, route.right))
        .collect();
    lines.sort();
    insta::assert_snapshot!(lines.join("\n"));
}

#[test]
fn every_route_has_a_world_to_be_asked_in() {
    let world = World::new();
    for route in web::routes::table() {
        assert!(
            !world.addresses(route.path).is_empty(),
            "say in world.rs what stands for the places of {}",
            route.path
        );
    }
}

#[test]
fn nobody_reads_what_is_not_theirs_and_everybody_reads_what_is() {
    let world = World::new();
    let site = Site::new(&world);
    let before = world.head();
    let mut leaks = BTreeSet::new();
    let mut seen = BTreeSet::new();
    let elsewhere = accessibility::ELSEWHERE;
    let mut unseen: BTreeSet<&str> = BTreeSet::new();
    let routes = web::routes::table();
    for route in routes.iter().filter(|route| route.method == "GET") {
        if !elsewhere.contains(&route.path) {
            unseen.insert(route.path);
        }
        for (actor, address) in world.asked(route.path) {
            let answer = site.get(actor, &address);
            // Whoever is not signed in is led to where they can.
            let led_on = answer.status.is_redirection() && !answer.headers.contains("/sign-in");
            if answer.status.is_success() || led_on {
                unseen.remove(route.path);
            }
            assert!(!answer.status.is_server_error(), "{} gets {} at {address}", actor.name, answer.status);
            for canary in &world.canaries {
                if answer.holds(&canary.word) {
                    seen.insert((actor.name, canary.name));
                    if !canary.for_whom.contains(&actor.name) {
                        leaks.insert(format!("{} reads {} at {address}", actor.name, canary.name));
                    }
                }
            }
        }
    }
    assert!(unseen.is_empty(), "nobody is shown these pages; give their places something real: {unseen:?}");
    assert!(leaks.is_empty(), "{} leaks:\n{}", leaks.len(), leaks.into_iter().collect::<Vec<_>>().join("\n"));
    let missing: Vec<String> = world
        .canaries
        .iter()
        .flat_map(|canary| canary.for_whom.iter().map(move |actor| (*actor, canary.name)))
        .filter(|pair| !seen.contains(pair))
        .map(|(actor, canary)| format!("{actor} finds {canary} nowhere"))
        .collect();
    assert!(missing.is_empty(), "{} outages:\n{}", missing.len(), missing.join("\n"));
    assert_eq!(world.head(), before, "looking changed something");
}

#[test]
fn a_hidden_ticket_answers_like_one_that_does_not_exist() {
    let world = World::new();
    let site = Site::new(&world);
    let unknown = UNKNOWN.to_string();
    for route in
        web::routes::table().iter().filter(|route| route.path.contains("{number}") && route.method == "GET")
    {
        for actor in &world.actors {
            let nothing = site.get(actor, &route.path.replace("{number}", &unknown));
            for (number, for_whom) in &world.tickets {
                if for_whom.contains(&actor.name) {
                    continue;
                }
                let hidden = site.get(actor, &route.path.replace("{number}", &number.to_string()));
                let same = hidden.status == nothing.status
                    && hidden.body.replace(&number.to_string(), &unknown) == nothing.body
                    && hidden.headers.replace(&number.to_string(), &unknown) == nothing.headers;
                assert!(same, "{} can tell {} #{number} from nothing", actor.name, route.path);
            }
        }
    }
}

/// What is hidden may not be told from what does not exist by the work it takes, either.
#[test]
fn a_hidden_ticket_takes_the_same_statements_as_one_that_does_not_exist() {
    let world = World::new();
    for person in world.actors.iter().filter_map(|actor| Some((actor.name, actor.person?))) {
        let (name, person) = person;
        let hidden = world.tickets.iter().filter(|(_, for_whom)| !for_whom.contains(&name));
        let numbers: Vec<i64> = hidden.map(|(number, _)| *number).collect();
        let counted = world.desk.desk.look_now(move |look| {
            let Some(viewer) = store::access::viewer(look.tx, person)? else { return Ok(Vec::new()) };
            let mut counted = Vec::new();
            for number in numbers.iter().copied().chain([UNKNOWN]) {
                let before = look.tx.statements();
                let seen = store::access::by_number(look.tx, &viewer, number, look.now)?;
                counted.push((number, seen.is_some(), look.tx.statements() - before));
            }
            Ok(counted)
        });
        let counted = counted.unwrap();
        let unknown = counted.last().map(|(_, _, statements)| *statements);
        for (number, seen, statements) in counted {
            assert!(!seen, "{name} sees #{number}");
            assert_eq!(Some(statements), unknown, "{name} can tell #{number} from nothing by its work");
            assert!(statements > 1, "nothing was looked up");
        }
    }
}

#[test]
fn a_search_for_a_hidden_number_answers_like_one_for_an_unknown_number() {
    let world = World::new();
    let site = Site::new(&world);
    // The page repeats the number, so the unknown one is as long as the others.
    let unknown = "9876".to_owned();
    for actor in &world.actors {
        let nothing = site.get(actor, &format!("/search?q={unknown}"));
        for (number, for_whom) in &world.tickets {
            let found = site.get(actor, &format!("/search?q={number}"));
            if for_whom.contains(&actor.name) {
                assert_eq!(found.status, StatusCode::SEE_OTHER, "{} does not find #{number}", actor.name);
                continue;
            }
            let same = found.status == nothing.status
                && found.body.replace(&number.to_string(), &unknown) == nothing.body
                && found.headers.replace(&number.to_string(), &unknown) == nothing.headers;
            assert!(same, "{} can tell #{number} from nothing by searching", actor.name);
        }
    }
}

#[test]
fn nobody_changes_what_they_may_not_even_see() {
    let world = World::new();
    let site = Site::new(&world);
    let before = world.head();
    for path in acts::paths() {
        for actor in &world.actors {
            let hidden = world.tickets.iter().filter(|(_, for_whom)| !for_whom.contains(&actor.name));
            for address in hidden.flat_map(|(number, _)| acts::on(&world, path, *number)) {
                let answer = acts::send(&site, &world, actor, path, &address);
                assert_eq!(world.head(), before, "{} changed something with {address}", actor.name);
                assert!(!answer.status.is_success(), "{} was let in at {address}", actor.name);
                for canary in &world.canaries {
                    let leaked = answer.holds(&canary.word) && !canary.for_whom.contains(&actor.name);
                    assert!(!leaked, "{} reads {} at {address}", actor.name, canary.name);
                }
            }
        }
    }
}

#[test]
fn requesters_cannot_act_for_the_serving_side() {
    let world = World::new();
    let site = Site::new(&world);
    let before = world.head();
    // What they do themselves stands in the portal.
    for path in acts::paths().into_iter().filter(|path| !path.starts_with("/portal/")) {
        for (actor, number) in world.requesters() {
            for address in acts::on(&world, path, number) {
                acts::send(&site, &world, actor, path, &address);
                assert_eq!(world.head(), before, "{} acted on their own ticket with {address}", actor.name);
            }
        }
    }
}

#[test]
fn a_form_without_the_pages_token_changes_nothing() {
    let world = World::new();
    let site = Site::new(&world);
    let before = world.head();
    for actor in world.actors.iter().filter(|actor| actor.token.is_some()) {
        for address in world.all_addresses("POST") {
            if address == "/sign-in" || address == "/sign-out" || address == "/set-up" {
                continue;
            }
            let answer = site.forged(actor, &address, &world.form());
            assert!(!answer.status.is_success(), "{} forged {address}", actor.name);
            assert_eq!(world.head(), before, "{} forged {address}", actor.name);
        }
    }
}

#[test]
fn people_who_left_see_nothing_from_the_next_request_on() {
    let world = World::new();
    let site = Site::new(&world);
    let bo = world.actor("agent in the warehouse");
    let address = format!("/tickets/{}", world.number("external"));
    assert_eq!(site.get(bo, &address).status, StatusCode::OK);
    world.leaves_the_warehouse(bo);
    assert_eq!(site.get(bo, &address).status, StatusCode::NOT_FOUND);
}
