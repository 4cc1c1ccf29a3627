//! Canned replies and macros: whose texts are read by whom, and who changes them.

use std::collections::BTreeSet;

use desk::macros::Input;
use domain::action::Action;
use domain::id::{MacroId, PersonId, UnitId};
use store::view::Owner;
use testkit::TestDesk;

use crate::canary::{Canary, word};
use crate::site::Site;
use crate::texts::{ADMIN, BO, HANA, HR, KIM, LEA, LEAD, MO, OVERSEER};
use crate::world::World;

/// An id that no macro has.
const NONE: i64 = 17;

pub(crate) struct Macros {
    private: MacroId,
    of_support: MacroId,
    shared: MacroId,
    acting: MacroId,
}

impl Macros {
    pub(crate) fn new(desk: &TestDesk, support: UnitId, kim: PersonId, admin: PersonId) -> Self {
        let save = |person: PersonId, owner: Owner, text: &str| {
            let input = Input { name: word(text), reply: word(text), ..Input::default() };
            desk.act(person, move |act, viewer| desk::macros::save(act, viewer, owner, &input)).unwrap()
        };
        Self {
            private: save(kim, Owner::Person(kim), "a private canned reply"),
            of_support: save(kim, Owner::Unit(support), "a unit's canned reply"),
            shared: save(admin, Owner::Everybody, "everybody's canned reply"),
            acting: desk
                .act(kim, move |act, viewer| {
                    let name = word("a private macro");
                    let note = word("the note of a private macro");
                    let input = Input { name, note, actions: vec![Action::Take], ..Input::default() };
                    desk::macros::save(act, viewer, Owner::Person(kim), &input)
                })
                .unwrap(),
        }
    }

    pub(crate) fn ids(&self) -> [i64; 5] {
        [self.private.0, self.of_support.0, self.shared.0, NONE, self.acting.0]
    }

    pub(crate) fn canaries() -> Vec<Canary> {
        let canary =
            |name, for_whom: &[&'static str]| Canary { name, word: word(name), for_whom: for_whom.into() };
        vec![
            canary("a private canned reply", &[KIM]),
            canary("a private macro", &[KIM]),
            canary("the note of a private macro", &[KIM]),
            canary("a unit's canned reply", &[KIM, HANA, LEAD, ADMIN]),
            canary("everybody's canned reply", &[KIM, HANA, LEAD, OVERSEER, ADMIN, BO, MO, LEA, HR]),
        ]
    }
}

#[test]
fn nobody_changes_a_canned_reply_that_is_not_theirs() {
    let world = World::new();
    let site = Site::new(&world);
    let ids = world.addresses("{macro}");
    let (private, of_support, shared, acting) = (&ids[0], &ids[1], &ids[2], &ids[4]);
    let keepers = |id: &String| -> BTreeSet<&str> {
        match id {
            id if id == private || id == acting => BTreeSet::from([KIM]),
            id if id == of_support => BTreeSet::from([KIM, HANA, LEAD, ADMIN]),
            id if id == shared => BTreeSet::from([ADMIN]),
            _ => BTreeSet::new(),
        }
    };
    for id in &ids {
        let keepers = keepers(id);
        for actor in world.actors.iter().filter(|actor| !keepers.contains(actor.name)) {
            for (act, form) in [("edit", "name=Theirs&reply=Hello"), ("owner", "owner=me"), ("removal", "")] {
                let before = world.head();
                let answer = site.post(actor, &format!("/macros/{id}/{act}"), form);
                assert_eq!(world.head(), before, "{} did {act} with macro {id}", actor.name);
                assert!(answer.status.is_client_error(), "{} was let in: {act}", actor.name);
            }
        }
    }
    // The forms are good: whoever keeps it changes it.
    for (id, keeper) in [(private, KIM), (of_support, HANA), (shared, ADMIN)] {
        let before = world.head();
        let answer = site.post(world.actor(keeper), &format!("/macros/{id}/removal"), "");
        assert_eq!(world.head(), before + 1, "{keeper} could not: {}", answer.status);
    }
}

/// On a ticket that somebody serves, a text of others can neither be found nor put in.
#[test]
fn a_canned_reply_of_somebody_else_answers_like_one_that_does_not_exist() {
    let world = World::new();
    let site = Site::new(&world);
    let ids = world.addresses("{macro}");
    let hana = world.actor(HANA);
    let address = format!("/tickets/{}/canned", world.number("external"));
    assert!(site.get(hana, &address).holds(&word("a unit's canned reply")));
    assert!(!site.get(hana, &address).holds(&word("a private canned reply")));
    let put = |id: &str| site.post(hana, &address, &format!("macro={id}"));
    assert!(put(&ids[1]).status.is_redirection());
    let (hidden, nothing) = (put(&ids[0]), put(&ids[3]));
    assert_eq!((hidden.status, &hidden.body), (nothing.status, &nothing.body));
    let edit = |id: &str| site.get(hana, &format!("/macros/{id}/edit"));
    let (hidden, nothing) = (edit(&ids[0]), edit(&ids[3]));
    assert_eq!((hidden.status, &hidden.body), (nothing.status, &nothing.body));
}

/// A macro of somebody else runs for nobody, and answers like one that does not exist.
#[test]
fn a_macro_of_somebody_else_does_nothing() {
    let world = World::new();
    let site = Site::new(&world);
    let ids = world.addresses("{macro}");
    let hana = world.actor(HANA);
    let run = |id: &str| {
        let address = format!("/tickets/{}/macros/{id}", world.number("external"));
        let before = world.head();
        let (seen, done) = (site.get(hana, &address), site.post(hana, &address, "note=Hello"));
        assert_eq!(world.head(), before);
        (seen, done)
    };
    let (hidden, nothing) = (run(&ids[4]), run(&ids[3]));
    assert_eq!((hidden.0.status, &hidden.0.body), (nothing.0.status, &nothing.0.body));
    assert_eq!((hidden.1.status, &hidden.1.body), (nothing.1.status, &nothing.1.body));
    // Whoever keeps it can; the form is good.
    let before = world.head();
    let address = format!("/tickets/{}/macros/{}", world.number("external"), ids[4]);
    let done = site.post(world.actor(KIM), &address, &format!("note=Hello&seen={}", i64::MAX));
    assert!(done.status.is_redirection() && world.head() > before, "{}", done.body);
}
