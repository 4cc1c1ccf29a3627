//! Fields of one's own: who reads what was answered.

use domain::custom::{Of, Shown};
use domain::id::{PersonId, ServiceId};
use testkit::TestDesk;

use crate::canary::{Canary, word};
use crate::site::Site;
use crate::texts::{ADA, BO, COLLEAGUE, HR, KIM, LEA, MO, OVERSEER, inside, readers};
use crate::world::World;

const INSIDE: &str = "answer of the serving side";
const BOTH: &str = "answer that both sides read";
const NAME: &str = "name of a field of the serving side";
const PERSON: &str = "answer about a customer";

/// Three fields of the service, each answered on the ticket or about its requester.
pub(crate) fn answer(
    desk: &TestDesk,
    help: ServiceId,
    (kim, ada, admin): (PersonId, PersonId, PersonId),
    external: i64,
) -> Vec<i64> {
    let hidden = desk.field("hidden", |input| {
        input.name = word(NAME);
        input.services = vec![help];
    });
    let open = desk.field("open", |input| {
        input.shown = Shown::Both;
        input.services = vec![help];
    });
    let about = desk.field("about", |input| input.of = Of::Person);
    desk.answers(kim, external, "hidden", &word(INSIDE)).unwrap();
    desk.answers(kim, external, "open", &word(BOTH)).unwrap();
    desk.act(admin, move |act, viewer| {
        let typed = [("about".to_owned(), vec![word(PERSON)])].into();
        desk::custom::of_person(act, viewer, ada, &typed)
    })
    .unwrap();
    vec![hidden.0, open.0, about.0]
}

pub(crate) fn canaries() -> Vec<Canary> {
    [
        (INSIDE, inside(&[BO, MO])),
        (BOTH, readers(&[BO, MO])),
        (NAME, inside(&[BO, MO])),
        (PERSON, inside(&[BO, MO])),
    ]
    .map(|(name, for_whom)| Canary { name, word: word(name), for_whom })
    .into()
}

#[test]
fn programs_read_the_fields_that_pages_show() {
    let world = World::new();
    let site = Site::new(&world);
    let address = format!("/api/v1/tickets/{}", world.number("external"));
    for (name, sees_inside) in [(ADA, false), (COLLEAGUE, false), (KIM, true), (BO, true)] {
        let body = site.get(world.actor(name), &address).body;
        assert!(body.contains(&word(BOTH)), "{name}");
        assert_eq!(body.contains(&word(INSIDE)), sees_inside, "{name}");
        assert_eq!(body.contains("hidden"), sees_inside, "{name}");
    }
}

#[test]
fn a_field_is_offered_to_whoever_lists_tickets_of_its_service() {
    let world = World::new();
    let site = Site::new(&world);
    for (name, knows) in [(KIM, true), (OVERSEER, true), (LEA, false), (HR, false), (BO, false)] {
        let offered = site.get(world.actor(name), "/views/completions?q=field.").body;
        assert_eq!(offered.contains("field.hidden"), knows, "{name}");
        assert!(offered.contains("field.about"), "{name} lists tickets of people");
    }
}

#[test]
fn a_filter_by_a_field_finds_only_what_its_reader_lists() {
    let world = World::new();
    let site = Site::new(&world);
    let subject = word("external subject");
    for actor in world.actors.iter().filter(|actor| actor.person.is_some()) {
        let page = site.get(actor, &format!("/views?q=field.hidden:{}", word(INSIDE)));
        let lists = site.get(actor, "/views?q=from:ada").body.contains(&subject);
        assert_eq!(page.body.contains(&subject), lists, "{}", actor.name);
    }
}
