//! Whoever asked a hand-off watches it as far as they read it: what both sides read, and never what is inside.

use desk::DeskError;
use desk::entitled::ByDesk;
use domain::id::PersonId;
use domain::notice::{Occasion, Stance, Way};
use store::unit::Role;
use testkit::TestDesk;
use testkit::post::Bag;

use crate::board::{lines, told, unread};
use crate::notices::chooses;

fn watches(desk: &TestDesk, person: PersonId, number: i64, stance: Option<Stance>) -> Result<(), DeskError> {
    desk.with(person, number, move |act, seen| desk::watch::choose(act, seen, stance))
}

/// What the last line of somebody's board says, and how often.
fn last(desk: &TestDesk, person: PersonId) -> (Occasion, Option<String>, i64) {
    let line = lines(desk, person).remove(0);
    (line.occasion, line.what, line.times)
}

pub(crate) fn who_asked_a_hand_off_hears_what_both_sides_read_and_nothing_else(desk: &TestDesk) {
    let (support, warehouse, legal) = (desk.unit("Support"), desk.unit("Warehouse"), desk.unit("Legal"));
    let (help, stock) = (desk.service("Help", support), desk.service("Stock", warehouse));
    let advice = desk.service("Advice", legal);
    let (kim, bo) = (desk.agent("Kim", &[support]), desk.agent("Bo", &[support]));
    let (wim, anna) = (desk.agent("Wim", &[warehouse]), desk.customer("Anna"));
    desk.sending_inbox("help@desk.example", (support, help));
    let number = desk.opens(anna, help, "The lamp", "It flickers.");
    desk.takes(kim, number);
    let handoff = desk.asks(kim, number, stock, "A lamp", "Is there one?");
    desk.notifies();
    watches(desk, bo, handoff, Some(Stance::Watching)).unwrap();
    let hers = watches(desk, anna, handoff, Some(Stance::Watching));
    assert!(matches!(hers, Err(DeskError::NotFound)), "for her customer there is no hand-off: {hers:?}");
    chooses(desk, bo, Occasion::HandoffWatched, Way::AtOnce);
    chooses(desk, bo, Occasion::Watched, Way::AtOnce);

    desk.notes(wim, handoff, "They always ask for lamps.");
    let below = desk.asks(wim, handoff, advice, "May we", "sell lamps?");
    desk.notifies();
    assert_eq!(
        (told(desk, bo), unread(desk, bo)),
        (Vec::new(), 0),
        "a note and what is asked below are inside"
    );
    desk.delivers(desk.agent("Lex", &[legal]), below, "You may.");
    desk.accepts(wim, below, 5);
    desk.replies(wim, handoff, "Which one?");
    desk.notifies();
    let said = |what: &str, times| (Occasion::HandoffWatched, Some(what.to_owned()), times);
    assert_eq!((last(desk, bo), unread(desk, bo)), (said("replied", 1), 1));
    desk.delivers(wim, handoff, "Here it is.");
    desk.notifies();
    assert_eq!(last(desk, bo), said("solved", 2));
    assert_eq!(told(desk, kim)[0].0, Occasion::Delivered, "who asked it is told as before, and once");
    desk.returns(kim, handoff, "It is the wrong one.");
    desk.notifies();
    assert_eq!(last(desk, bo), said("reopened", 3));
    let mut bag = Bag::default();
    desk.sends(&mut bag);
    assert!(!bag.left.is_empty(), "by mail as well");
    for left in &bag.left {
        assert!(!left.raw.contains("They always ask") && !left.raw.contains("sell lamps"), "{}", left.raw);
    }

    // With the warehouse, too, Bo reads inside; once they left it again, nothing of that is told any more.
    desk.joins(bo, warehouse, Role::Agent);
    desk.notes(wim, handoff, "Lamps again.");
    desk.notifies();
    assert_eq!(last(desk, bo).0, Occasion::Watched);
    desk.set_up(move |act| desk::people::leave_unit(act, &ByDesk, bo, warehouse));
    assert!(told(desk, bo).iter().all(|(occasion, _)| *occasion == Occasion::HandoffWatched));
    desk.notes(wim, handoff, "And again.");
    desk.notifies();
    assert!(told(desk, bo).is_empty(), "nothing of what was inside is left");
    desk.replies(wim, handoff, "Which one then?");
    desk.notifies();
    assert_eq!(last(desk, bo), said("replied", 1));
    watches(desk, bo, handoff, None).unwrap();
    desk.replies(wim, handoff, "Please say.");
    desk.notifies();
    assert_eq!(last(desk, bo), said("replied", 1), "no longer");
}
