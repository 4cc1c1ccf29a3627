//! What programs can do to tickets: nothing that their person could not, and hidden is as unknown.

use axum::http::StatusCode;

use crate::site::Site;
use crate::texts::KIM;
use crate::world::{UNKNOWN, World};

/// What is sent about a ticket, as a path behind it and a body.
fn acts(world: &World) -> Vec<(String, String)> {
    let service = &world.addresses("{service}")[0];
    let mut acts = vec![
        ("fields".to_owned(), r#"{"fields": {"open": "x"}}"#.to_owned()),
        ("merge".to_owned(), format!("{{\"into\": {}}}", world.number("external"))),
        ("merge/end".to_owned(), "{}".to_owned()),
    ];
    for message in world.addresses("{message}") {
        let split = format!("{{\"service\": \"{service}\", \"subject\": \"Mine\", \"tells\": true}}");
        acts.push((format!("messages/{message}/split"), split));
    }
    acts
}

#[test]
fn programs_of_requesters_change_nothing() {
    let world = World::new();
    let site = Site::new(&world);
    let before = world.head();
    for (actor, number) in world.requesters() {
        for (path, body) in acts(&world) {
            let answer = site.sends(actor, &format!("/api/v1/tickets/{number}/{path}"), &body);
            assert_eq!(answer.status, StatusCode::NOT_FOUND, "{}: {path}: {}", actor.name, answer.body);
            assert_eq!(world.head(), before, "{} did {path}", actor.name);
        }
    }
}

#[test]
fn a_hidden_ticket_answers_programs_like_one_that_is_not_there() {
    let world = World::new();
    let site = Site::new(&world);
    let before = world.head();
    let secret = world.number("secret");
    for actor in world.actors.iter().filter(|actor| actor.person.is_some()) {
        if site.get(actor, &format!("/api/v1/tickets/{secret}")).status.is_success() {
            continue;
        }
        for (path, body) in acts(&world) {
            let [hidden, nothing] = [secret, UNKNOWN].map(|number| {
                let answer = site.sends(actor, &format!("/api/v1/tickets/{number}/{path}"), &body);
                (answer.status, answer.body)
            });
            assert_eq!(hidden, nothing, "{}: {path}", actor.name);
        }
    }
    assert_eq!(world.head(), before);
}

#[test]
fn a_hidden_ticket_takes_nothing_in_like_one_that_is_not_there() {
    let world = World::new();
    let site = Site::new(&world);
    let before = world.head();
    let address = format!("/api/v1/tickets/{}/merge", world.number("external"));
    let [hidden, nothing] = [world.number("secret"), UNKNOWN].map(|number| {
        let answer = site.sends(world.actor(KIM), &address, &format!("{{\"into\": {number}}}"));
        (answer.status, answer.body)
    });
    assert_eq!(hidden, nothing);
    assert_eq!(hidden.0, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(world.head(), before);
}
