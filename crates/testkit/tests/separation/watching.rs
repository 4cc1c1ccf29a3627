//! Watching from the asking side: no word, no line and no number of what only the serving side reads.

use axum::http::StatusCode;

use crate::canary::word;
use crate::site::Site;
use crate::texts::{ADA, BO, HANA, KIM};
use crate::world::World;

#[test]
fn who_asked_a_hand_off_never_hears_of_what_is_inside() {
    let world = World::new();
    let site = Site::new(&world);
    let (handoff, bo, hana) = (world.number("handoff"), world.actor(BO), world.actor(HANA));
    let address = format!("/tickets/{handoff}/watch");
    let bell = || site.get(hana, "/notices/bell").body;
    // She watches it since it was asked; what was told of it until now is read by opening it.
    assert!(site.get(hana, "/notices").holds(&word("hand-off subject")));
    assert!(site.get(hana, &format!("/tickets/{handoff}")).status.is_success());
    let quiet = bell();
    assert!(site.post(hana, &address, "stance=watching").status.is_redirection());
    world.desk.notes(bo.person.unwrap(), handoff, &word("hand-off note"));
    world.desk.notifies();
    assert_eq!(bell(), quiet, "not even that there was something");
    for place in ["/notices", "/notices/latest"] {
        let page = site.get(hana, place).body;
        assert!(!page.contains(&word("hand-off note")) && !page.contains("wrote a note"), "{page}");
    }
    // Who else watches is told to those who read inside.
    assert_eq!(site.get(hana, &format!("/tickets/{handoff}/watchers")).status, StatusCode::NOT_FOUND);
    assert!(site.get(bo, &format!("/tickets/{handoff}/watchers")).holds("Hana"));
    world.desk.replies(bo.person.unwrap(), handoff, "Which shelf?");
    world.desk.notifies();
    assert_ne!(bell(), quiet);
    assert!(site.get(hana, "/notices").holds(&word("hand-off subject")));
}

#[test]
fn a_hand_off_is_watched_by_nobody_for_whom_it_is_not_there() {
    let world = World::new();
    let site = Site::new(&world);
    let handoff = world.number("handoff");
    let readers = &world.tickets.iter().find(|(number, _)| *number == handoff).unwrap().1;
    for actor in world.actors.iter().filter(|actor| actor.token.is_some()) {
        let answer = site.post(actor, &format!("/tickets/{handoff}/watch"), "stance=watching");
        let may = readers.contains(&actor.name);
        assert_eq!(answer.status.is_redirection(), may, "{}: {}", actor.name, answer.status);
    }
    assert!(!readers.contains(&ADA) && readers.contains(&KIM));
}
