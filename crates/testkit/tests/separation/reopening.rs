//! Reopening: who says for how long, and what the requester's side may know of tickets that follow.

use crate::site::Site;
use crate::texts::{ADMIN, LEAD};
use crate::world::World;

#[test]
fn nobody_says_for_how_long_who_does_not_lead_the_unit() {
    let world = World::new();
    let site = Site::new(&world);
    let unit = world.addresses("{unit}")[0].clone();
    let address = format!("/units/{unit}/reopening");
    for actor in world.actors.iter().filter(|actor| ![LEAD, ADMIN].contains(&actor.name)) {
        let before = world.head();
        let answer = site.post(actor, &address, "who=days&days=3");
        assert_eq!(world.head(), before, "{} did it: {}", actor.name, answer.status);
    }
    for (leads, days) in [(LEAD, 3), (ADMIN, 4)] {
        let before = world.head();
        let answer = site.post(world.actor(leads), &address, &format!("who=days&days={days}"));
        assert!(answer.status.is_redirection() && world.head() > before, "{leads}: {}", answer.status);
    }
}
