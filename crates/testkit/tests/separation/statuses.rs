//! Statuses of one's own: who reads what they are called, inside and outside.

use domain::id::PersonId;
use domain::status::Category;
use testkit::TestDesk;

use crate::canary::{Canary, word};
use crate::site::Site;
use crate::texts::{ADA, ADMIN, BO, COLLEAGUE, HR, KIM, LEA, MO, OVERSEER, inside};
use crate::world::World;

const NAME: &str = "name of the status of the external ticket";
const OUTSIDE: &str = "what its requester reads of it";
const OFFERED: &str = "name of a status that no ticket has";

/// One on the ticket, which is offered no more, and one that is offered.
pub(crate) fn put(desk: &TestDesk, kim: PersonId, external: i64) -> Vec<i64> {
    let own = desk.status(&word(NAME), Category::Open, |input| input.outside = word(OUTSIDE));
    desk.says(kim, external, own).unwrap();
    desk.set_up(move |act| desk::status::retire(act, &desk::entitled::ByDesk, own, true));
    let offered = desk.status(&word(OFFERED), Category::Open, |_| {});
    vec![own.0, offered.0]
}

pub(crate) fn canaries() -> Vec<Canary> {
    [
        (NAME, inside(&[BO, MO])),
        (OUTSIDE, vec![ADA, COLLEAGUE, ADMIN]),
        // Whoever serves a ticket chooses among them, and whoever lists tickets asks for them.
        (OFFERED, inside(&[BO, MO, LEA, HR])),
    ]
    .map(|(name, for_whom)| Canary { name, word: word(name), for_whom })
    .into()
}

#[test]
fn a_filter_by_a_status_finds_only_what_its_reader_lists() {
    let world = World::new();
    let site = Site::new(&world);
    let subject = word("external subject");
    for actor in world.actors.iter().filter(|actor| actor.person.is_some()) {
        let page = site.get(actor, &format!("/views?q=status:{}", word(NAME)));
        let lists = site.get(actor, "/views?q=from:ada").body.contains(&subject);
        assert_eq!(page.body.contains(&subject), lists, "{}", actor.name);
    }
}

#[test]
fn statuses_are_offered_to_whoever_lists_tickets_and_not_once_they_are_retired() {
    let world = World::new();
    let site = Site::new(&world);
    for (name, knows) in [(KIM, true), (OVERSEER, true), (LEA, true), (HR, true), (ADA, false)] {
        let offered = site.get(world.actor(name), "/views/completions?q=status:").body;
        assert_eq!(offered.contains(&word(OFFERED)), knows, "{name}");
        assert!(!offered.contains(&word(NAME)), "{name}");
    }
}
