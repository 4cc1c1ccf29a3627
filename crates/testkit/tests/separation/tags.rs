//! Tags: who reads them, and who may know that there is one.

use domain::id::PersonId;
use testkit::TestDesk;

use crate::canary::{Canary, word};
use crate::site::Site;
use crate::texts::{ADMIN, BO, HANA, HR, KIM, MO, OVERSEER, inside};
use crate::world::World;

const EXTERNAL: &str = "tag of the external ticket";
const OWN: &str = "tag of the agent's own ticket";
const SECRET: &str = "tag of the secret ticket";

/// One tag on each ticket: of a customer, of an agent, and of an employee with human resources.
pub(crate) fn put(desk: &TestDesk, [kim, hr]: [PersonId; 2], [external, own, secret]: [i64; 3]) {
    for (person, number, tag) in [(kim, external, EXTERNAL), (kim, own, OWN), (hr, secret, SECRET)] {
        desk.tags(person, number, &word(tag));
    }
}

/// In this order, and one that no tag has.
pub(crate) fn ids(desk: &TestDesk) -> [i64; 4] {
    let id = |name: &str| -> i64 {
        let tag = domain::tag::Tag::kept(&word(name));
        desk.desk.look_now(move |look| Ok(store::tag::named(look.tx, &tag)?)).unwrap().map_or(0, |id| id.0)
    };
    [id(EXTERNAL), id(OWN), id(SECRET), 17]
}

pub(crate) fn canaries() -> Vec<Canary> {
    let without_hana = inside(&[]).into_iter().filter(|name| *name != HANA).collect();
    [(EXTERNAL, inside(&[BO, MO])), (OWN, without_hana), (SECRET, vec![HR])]
        .map(|(name, for_whom)| Canary { name, word: word(name), for_whom })
        .into()
}

#[test]
fn tags_are_offered_to_whoever_lists_a_ticket_that_has_them() {
    let world = World::new();
    let site = Site::new(&world);
    // A hand-off shows its chain the tags of the ticket above, but no list of theirs has it.
    let known = [
        (EXTERNAL, vec![KIM, HANA, "lead of support", OVERSEER, ADMIN]),
        (OWN, vec![KIM, "lead of support", OVERSEER, ADMIN]),
        (SECRET, vec![HR]),
    ];
    for (name, for_whom) in known {
        for actor in world.actors.iter().filter(|actor| actor.person.is_some()) {
            for address in [
                format!("/tags?tag={}", &word(name)[..10]),
                format!("/views/completions?q=tag:{}", &word(name)[..10]),
            ] {
                let offered = site.get(actor, &address).body.contains(&word(name));
                assert_eq!(offered, for_whom.contains(&actor.name), "{name} to {}: {address}", actor.name);
            }
        }
    }
}

#[test]
fn an_administrator_learns_nothing_of_a_tag_behind_a_wall() {
    let world = World::new();
    let site = Site::new(&world);
    let admin = world.actor(ADMIN);
    let ids = world.addresses("{tag}");
    let (external, secret, nothing) = (&ids[0], &ids[2], &ids[3]);
    let hidden = site.get(admin, &format!("/admin/tags/{secret}"));
    let unknown = site.get(admin, &format!("/admin/tags/{nothing}"));
    assert_eq!((hidden.status, hidden.body), (unknown.status, unknown.body));
    // A name that only a hidden tag has is as free as any other.
    let answer = site.post(admin, &format!("/admin/tags/{external}"), &format!("name={}", word(SECRET)));
    assert!(answer.status.is_redirection(), "{}", answer.status);
}
