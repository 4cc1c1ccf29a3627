//! The pages of people and organisations are for those who serve them.

use axum::http::StatusCode;

use crate::site::Site;
use crate::texts::{ADA, ADMIN, BO, COLLEAGUE, EVA, HR, KIM, LEA, OVERSEER};
use crate::world::World;

#[test]
fn a_person_exists_for_those_who_serve_them() {
    let world = World::new();
    let site = Site::new(&world);
    let page = |name| format!("/people/{}", world.actor(name).person.unwrap());
    for (whose, who, shown) in [
        (ADA, KIM, true),
        (ADA, BO, true),
        (ADA, LEA, false),
        (ADA, HR, false),
        (ADA, COLLEAGUE, false),
        (EVA, HR, true),
        (EVA, KIM, false),
        (EVA, OVERSEER, false),
        (EVA, ADMIN, true),
    ] {
        let answer = site.get(world.actor(who), &page(whose));
        let status = if shown { StatusCode::OK } else { StatusCode::NOT_FOUND };
        assert_eq!(answer.status, status, "{who} opens the page of {whose}");
        if !shown {
            let unknown = site.get(world.actor(who), "/people/17");
            assert_eq!(answer.status, unknown.status);
            assert_eq!(answer.body.len(), unknown.body.len(), "hidden and unknown are the same answer");
        }
    }
}
