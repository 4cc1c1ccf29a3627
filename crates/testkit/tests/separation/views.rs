//! Saved views: whose names are read by whom, and who changes them.

use std::collections::BTreeSet;

use desk::views::Input;
use domain::id::{PersonId, UnitId, ViewId};
use domain::view::{Column, Grouping, Sort};
use store::view::Owner;
use testkit::TestDesk;

use crate::canary::{Canary, word};
use crate::site::Site;
use crate::world::World;

/// An id that no view has.
const NONE: i64 = 17;

pub(crate) struct Views {
    private: ViewId,
    of_support: ViewId,
    shared: ViewId,
}

impl Views {
    pub(crate) fn new(desk: &TestDesk, support: UnitId, kim: PersonId, admin: PersonId) -> Self {
        let save = |person: PersonId, owner: Owner, name: &str, grouping: Grouping| {
            let input = Input {
                name: word(name),
                filter: "is:open".to_owned(),
                sort: Sort::Due,
                grouping,
                columns: Column::ALL.to_vec(),
            };
            desk.act(person, move |act, viewer| desk::views::save(act, viewer, owner, &input)).unwrap()
        };
        Self {
            private: save(kim, Owner::Person(kim), "name of a private view", Grouping::Nothing),
            of_support: save(kim, Owner::Unit(support), "name of a unit's view", Grouping::Unit),
            shared: save(admin, Owner::Everybody, "name of everybody's view", Grouping::Order),
        }
    }

    pub(crate) fn ids(&self) -> [i64; 4] {
        [self.private.0, self.of_support.0, self.shared.0, NONE]
    }

    /// `support` sees the unit, `agents` serve or oversee anything.
    pub(crate) fn canaries(
        owner: &'static str,
        support: &[&'static str],
        agents: &[&'static str],
    ) -> Vec<Canary> {
        let canary =
            |name, for_whom: &[&'static str]| Canary { name, word: word(name), for_whom: for_whom.into() };
        vec![
            canary("name of a private view", &[owner]),
            canary("name of a unit's view", support),
            canary("name of everybody's view", agents),
        ]
    }
}

#[test]
fn nobody_changes_a_view_that_is_not_theirs() {
    let world = World::new();
    let site = Site::new(&world);
    let ids = world.addresses("{view}");
    let (private, of_support, shared) = (&ids[0], &ids[1], &ids[2]);
    let keepers = |view: &String| -> BTreeSet<&str> {
        match view {
            view if view == private => BTreeSet::from(["agent in support"]),
            view if view == of_support => BTreeSet::from([
                "agent in support",
                "agent in support with a ticket of her own",
                "lead of support",
                "administrator",
            ]),
            view if view == shared => BTreeSet::from(["administrator"]),
            _ => BTreeSet::new(),
        }
    };
    let acts = [
        ("edit", "name=Theirs&filter=is:open&sort=due&grouping=nothing&do=save"),
        ("place", "step=up"),
        ("owner", "owner=me"),
        ("removal", ""),
    ];
    for view in &ids {
        let keepers = keepers(view);
        for actor in world.actors.iter().filter(|actor| !keepers.contains(actor.name)) {
            for (act, form) in acts {
                let before = world.head();
                let answer = site.post(actor, &format!("/views/{view}/{act}"), form);
                assert_eq!(world.head(), before, "{} did {act} with view {view}", actor.name);
                assert!(
                    answer.status.is_client_error(),
                    "{} was let in: {act}: {}",
                    actor.name,
                    answer.status
                );
            }
        }
    }
    // The forms are good: whoever keeps a view changes it.
    for (view, keeper) in [
        (private, "agent in support"),
        (of_support, "agent in support with a ticket of her own"),
        (shared, "administrator"),
    ] {
        let before = world.head();
        let answer = site.post(world.actor(keeper), &format!("/views/{view}/removal"), "");
        assert_eq!(world.head(), before + 1, "{keeper} could not: {}", answer.status);
    }
}

#[test]
fn a_view_of_somebody_else_answers_like_one_that_does_not_exist() {
    let world = World::new();
    let site = Site::new(&world);
    let ids = world.addresses("{view}");
    let bo = world.actor("agent in the warehouse");
    for page in ["", "/edit"] {
        let nothing = site.get(bo, &format!("/views/{}{page}", ids[3]));
        for hidden in &ids[..2] {
            let answer = site.get(bo, &format!("/views/{hidden}{page}"));
            assert_eq!((answer.status, &answer.body), (nothing.status, &nothing.body));
        }
    }
}
