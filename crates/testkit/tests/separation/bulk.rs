//! Bulk actions: what one person wants done with many tickets is theirs alone to look at, to run and to take back.

use desk::bulk_action::Chosen;
use domain::action::Action;
use domain::id::PersonId;
use testkit::TestDesk;

use crate::canary::{Canary, word};
use crate::site::Site;
use crate::world::World;

pub(crate) struct Bulk {
    pub(crate) id: i64,
}

impl Bulk {
    /// One of Kim's that was not begun, with a word that nobody else reads.
    pub(crate) fn new(desk: &TestDesk, kim: PersonId, number: i64) -> Self {
        let id = desk
            .act(kim, move |act, viewer| {
                let seen = store::access::by_number(act.tx, viewer, number, act.now)?.unwrap();
                let chosen = Chosen { tickets: vec![seen.ticket], cut: false };
                let note = Action::Note { text: word("note of a bulk action") };
                desk::bulk_action::propose(act, viewer, &chosen, &[note], "next")
            })
            .unwrap();
        Self { id: id.0 }
    }

    pub(crate) fn canary(owner: &'static str) -> Canary {
        Canary {
            name: "note of a bulk action",
            word: word("note of a bulk action"),
            for_whom: [owner].into_iter().collect(),
        }
    }
}

#[test]
fn nobody_runs_stops_or_takes_back_what_somebody_else_chose() {
    let world = World::new();
    let site = Site::new(&world);
    let ids = world.addresses("{bulk}");
    let acts = [
        ("run", ""),
        ("cancellation", ""),
        ("reversal", ""),
        ("actions", "do=priority&priority=1&reason=Mine"),
    ];
    for actor in world.actors.iter().filter(|actor| actor.name != crate::texts::KIM) {
        for (act, form) in acts {
            let [theirs, unknown] =
                [&ids[0], &ids[1]].map(|bulk| site.post(actor, &format!("/bulk/{bulk}/{act}"), form));
            assert!(
                !theirs.status.is_success() && !theirs.status.is_redirection(),
                "{} did {act}",
                actor.name
            );
            assert_eq!(
                (theirs.status, &theirs.body),
                (unknown.status, &unknown.body),
                "{} {act}",
                actor.name
            );
        }
    }
    // The forms are good: Kim begins it.
    let kim = world.actor(crate::texts::KIM);
    assert!(site.post(kim, &format!("/bulk/{}/run", ids[0]), "").status.is_redirection());
}
