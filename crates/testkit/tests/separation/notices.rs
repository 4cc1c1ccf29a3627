//! What people are told by mail holds no word that they may not read at the desk.

use std::collections::BTreeSet;

use domain::notice::{Choice, Occasion, Way};
use jiff::SignedDuration;
use testkit::post::Bag;

use crate::world::World;

/// What can still be taken back when the world begins, and is out when it was waited for.
const WAITING: [&str; 2] = ["answer that waits", "deliverable that waits"];

/// Everything that people are told about everything that happened in the world, in one of the ways.
fn told(way: Way) -> (World, Bag) {
    let world = World::unheard();
    for person in world.actors.iter().filter_map(|actor| actor.person) {
        world.desk.set_up(move |act| {
            for occasion in Occasion::ALL {
                store::notice::choose(act.tx, person, *occasion, Choice { board: true, mail: way })?;
            }
            Ok(())
        });
    }
    let mut bag = Bag::default();
    world.desk.notifies();
    while world.desk.sends(&mut bag) > 0 {}
    for waiting in WAITING {
        let word = crate::canary::word(waiting);
        assert!(bag.left.iter().all(|left| !left.raw.contains(&word)), "{waiting} can still be taken back");
    }
    world.desk.wait(SignedDuration::from_hours(20));
    world.desk.notifies();
    while world.desk.sends(&mut bag) > 0 {}
    bag.left.retain(|left| left.raw.contains("Auto-Submitted: auto-generated"));
    (world, bag)
}

#[test]
fn a_notice_holds_no_word_that_its_recipient_may_not_read() {
    for way in [Way::AtOnce, Way::Digest] {
        let (world, bag) = told(way);
        let mut held = BTreeSet::new();
        for left in &bag.left {
            let person = world.by_address(&left.to[0]);
            // An inbox's name is how it signs its mail; everything else is held against the pages.
            let message = &left.message;
            let words = format!("{:?} {:?} {:?}", message.subject, message.text, message.html);
            let canaries = world.canaries.iter().filter(|canary| !WAITING.contains(&canary.name));
            for canary in canaries.filter(|canary| words.contains(&canary.word)) {
                assert!(
                    canary.for_whom.contains(&person),
                    "{person} is told {} by mail: {}",
                    canary.name,
                    left.raw
                );
                held.insert(canary.name);
            }
            assert!(!left.raw.contains(&crate::canary::word("hand-off note")), "{}", left.raw);
        }
        assert!(held.len() > 1, "{way:?}: nobody was told anything: {held:?}");
    }
}

#[test]
fn nobody_is_told_anything_who_wants_to_know_nothing() {
    let (_, bag) = told(Way::Never);
    assert!(bag.left.is_empty());
}
