//! Whom an agent opens a ticket for: those whom they serve, and those of whom they know how they are reached.

use axum::http::StatusCode;

use crate::site::Site;
use crate::texts::{ADA, ADMIN, BO, EVA, HR, KIM, LEA};
use crate::world::World;

#[test]
fn a_name_finds_those_whom_one_serves_and_a_whole_address_everybody() {
    let world = World::new();
    let site = Site::new(&world);
    let person = |name| world.actor(name).person.unwrap();
    let form = |whose| format!("/people/{}/tickets/new", person(whose));
    for (whose, who, shown) in [
        (ADA, KIM, true),
        (ADA, BO, true),
        (ADA, LEA, false),
        (EVA, HR, true),
        (EVA, KIM, false),
        (EVA, ADMIN, true),
    ] {
        let answer = site.get(world.actor(who), &form(whose));
        let status = if shown { StatusCode::OK } else { StatusCode::NOT_FOUND };
        assert_eq!(answer.status, status, "{who} opens a ticket for {whose}");
        if !shown {
            let unknown = site.get(world.actor(who), "/people/17/tickets/new");
            assert_eq!(answer.status, unknown.status);
            assert_eq!(answer.body.len(), unknown.body.len(), "hidden and unknown are the same answer");
        }
    }
    let eva = person(EVA);
    let leads_to = format!("/people/{eva}/tickets/new");
    let kim = world.actor(KIM);
    let by_name = site.get(kim, "/tickets/new?q=Eva");
    assert!(!by_name.body.contains(&leads_to), "somebody of human resources is found by name");
    let address = world.desk.set_up(move |act| -> Result<String, desk::DeskError> {
        Ok(store::person::by_id(act.tx, eva)?.and_then(|person| person.email).unwrap_or_default())
    });
    let by_address = site.get(kim, &format!("/tickets/new?q={address}"));
    assert!(by_address.body.contains(&leads_to), "{address} finds nobody");
    let opened = site.get(kim, &format!("{}?reached={address}", form(EVA)));
    assert_eq!(opened.status, StatusCode::OK);
}

#[test]
fn writing_somebody_in_is_for_those_who_serve_and_says_nothing_of_who_is_there() {
    let world = World::new();
    let site = Site::new(&world);
    let form = "name=Nobody&email=eva%40example.org&phone=";
    for who in [ADA, EVA] {
        let answer = site.post(world.actor(who), "/tickets/new/people", form);
        let unknown = site.post(world.actor(who), "/nothing/of/this/name", form);
        assert_eq!((answer.status, answer.body.len()), (unknown.status, unknown.body.len()), "{who}");
    }
    let answer = site.post(world.actor(KIM), "/tickets/new/people", form);
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    assert!(!answer.body.contains("Eva"), "{}", answer.body);
}

/// Whom somebody looks for.
pub(crate) fn sought(address: &str) -> Vec<String> {
    let words = ["a", "ada", "eva", "kim", "canary", "eva@example.com", "nobody@example.com"];
    words.map(|words| format!("{address}?q={words}")).into()
}

/// Of whom somebody asks what they asked before.
pub(crate) fn similar(people: &[String], address: &str) -> Vec<String> {
    let written = ["ada@example.com", "eva@example.com", "kim@example.com"].map(|to| format!("to={to}"));
    let called = people.iter().flat_map(|person| {
        ["", "&reached=eva%40example.org"].map(|reached| format!("person={person}{reached}"))
    });
    let who = written.into_iter().chain(called);
    who.map(|who| format!("{address}?{who}&subject=canary")).collect()
}
