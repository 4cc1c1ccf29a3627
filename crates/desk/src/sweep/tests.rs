use std::collections::BTreeSet;

use domain::event::Actor;
use domain::id::TicketId;
use store::{Db, WallClock, migrations};

use super::{AT_ONCE, Step, batch};
use crate::DeskError;
use crate::act::Desk;

const BROKEN: TicketId = TicketId(2);

/// As many as are asked for, and one of them cannot be done.
static STEP: Step = Step {
    what: "be done",
    due: |_, most| Ok((1..=most).map(TicketId).collect()),
    one: |_, ticket| if ticket == BROKEN { Err(DeskError::NotFound) } else { Ok(()) },
};

#[test]
fn a_ticket_that_cannot_be_done_holds_up_no_other() {
    let clock = WallClock::fixed("2026-03-04T12:00:00Z".parse().unwrap());
    let desk = Desk::new(Db::open("sqlite::memory:", migrations::ALL).unwrap(), clock);
    let first = desk.act_now(Actor::Desk, |act| batch(act, &STEP, &BTreeSet::new())).unwrap();
    assert_eq!((first.changed, first.refused, first.was_last), (AT_ONCE - 1, vec![BROKEN], false));

    let aside = BTreeSet::from([BROKEN]);
    let next = desk.act_now(Actor::Desk, move |act| batch(act, &STEP, &aside)).unwrap();
    assert_eq!(
        (next.changed, next.refused, next.was_last),
        (AT_ONCE, vec![], false),
        "it takes nobody's place"
    );
}
