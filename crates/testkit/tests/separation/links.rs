//! Links: nobody learns from one ticket that another one is there.

use domain::id::PersonId;
use domain::link::Link;
use testkit::TestDesk;

use crate::site::Site;
use crate::texts::{BO, HANA, KIM};
use crate::world::{UNKNOWN, World};

/// One from the customer's ticket, which the warehouse reads as well, to two that it does not.
pub(crate) fn put(desk: &TestDesk, kim: PersonId, from: i64, to: [i64; 2]) {
    for other in to {
        desk.act(kim, move |act, viewer| {
            let seen = store::access::by_number(act.tx, viewer, from, act.now)?.unwrap();
            desk::link::add(act, viewer, seen.serve().unwrap(), Link::CausedBy, other)
        })
        .unwrap();
    }
}

#[test]
fn a_hidden_end_is_neither_shown_nor_counted() {
    let world = World::new();
    let site = Site::new(&world);
    let (external, own) = (world.number("external"), world.number("own"));
    let page = format!("/tickets/{external}");
    let mark = format!("/tickets/{own}\"");
    let [kim, bo] = [KIM, BO].map(|name| site.get(world.actor(name), &page).body);
    assert!(kim.contains(&mark) && kim.contains("linked it"), "whoever reads both sees it");
    assert!(!bo.contains(&mark) && !bo.contains("linked it"), "the warehouse does not");
    // Hana asked the other end: on her own ticket she is the requester, also here.
    let hana = site.get(world.actor(HANA), &page).body;
    assert!(!hana.contains(&mark), "nor does she");
    for actor in &world.actors {
        let listed = site.get(actor, &format!("/api/v1/tickets/{external}/links"));
        let sees = listed.body.contains(&format!("\"number\":{own}"));
        assert_eq!(sees, kim_like(actor.name), "{}: {}", actor.name, listed.body);
    }
}

/// Support, but for Hana, whose ticket it is, and whoever oversees everything.
fn kim_like(name: &str) -> bool {
    crate::texts::inside(&[]).contains(&name) && name != HANA
}

#[test]
fn a_link_to_a_hidden_ticket_is_refused_like_one_to_nothing() {
    let world = World::new();
    let site = Site::new(&world);
    let kim = world.actor(KIM);
    let before = world.head();
    let address = format!("/tickets/{}/links", world.number("external"));
    let secret = world.number("secret");
    let [hidden, nothing] = [secret, UNKNOWN].map(|number| {
        let number = number.to_string();
        let answer = site.post(kim, &address, &format!("link=relates_to&ticket={number}"));
        let offered = site.get(kim, &format!("{address}/candidates?ticket={number}"));
        (answer.status, once_forgotten(&answer.body).replace(&number, "N"), offered.status, offered.body)
    });
    assert_eq!(hidden, nothing);
    assert_eq!(world.head(), before);
}

/// Each page has keys of its own against sending a form twice.
fn once_forgotten(body: &str) -> String {
    let parts = body.split("name=\"once\" value=\"");
    parts.map(|part| part.split_once('"').map_or(part, |(_, rest)| rest)).collect()
}

#[test]
fn whoever_asked_links_nothing() {
    let world = World::new();
    let site = Site::new(&world);
    let before = world.head();
    for (actor, number) in world.requesters() {
        for form in ["links", "links/removal"] {
            let sent = format!("link=relates_to&ticket={number}");
            site.post(actor, &format!("/tickets/{number}/{form}"), &sent);
            assert_eq!(world.head(), before, "{} did {form}", actor.name);
        }
    }
}
