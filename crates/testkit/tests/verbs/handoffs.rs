//! One unit asks another: accepted, returned, blocking, and never in a circle.

use desk::DeskError;
use domain::ticket::State;
use domain::ticket::rules::Refusal;
use testkit::TestDesk;

use crate::tickets::now;

pub(crate) fn a_hand_off_returned_and_delivered_again_is_rework(desk: &TestDesk) {
    let (support, warehouse) = (desk.unit("Support"), desk.unit("Warehouse"));
    let (help, stock) = (desk.service("Help", support), desk.service("Stock", warehouse));
    let (ada, kim, bo) =
        (desk.customer("Ada"), desk.agent("Kim", &[support]), desk.agent("Bo", &[warehouse]));
    let number = desk.opens(ada, help, "Wrong lamp", "This is not mine.");
    let handoff = desk.asks(kim, number, stock, "Swap lamp", "The green one.");
    desk.delivers(bo, handoff, "Sent the red one.");
    let empty = desk.with(kim, handoff, |act, seen| {
        desk::handoff::hand_back(act, seen.ask().ok_or(DeskError::NotAllowed)?, " ")
    });
    assert!(matches!(empty, Err(DeskError::Refused(Refusal::ReasonNeeded))));
    desk.returns(kim, handoff, "Green, not red.");
    assert_eq!(now(desk, handoff).0.state, State::Open);
    desk.delivers(bo, handoff, "Sent the green one.");
    let unexplained = desk.with(kim, handoff, |act, seen| {
        desk::handoff::accept(act, seen.ask().ok_or(DeskError::NotAllowed)?, Some(2), "")
    });
    assert!(
        matches!(unexplained, Err(DeskError::Refused(Refusal::ReasonNeeded))),
        "a low rating wants its reason"
    );
    desk.accepts(kim, handoff, 3);
    assert_eq!(now(desk, handoff).0.reopened, 1);
}

pub(crate) fn a_hand_off_blocks_until_it_is_accepted(desk: &TestDesk) {
    let (support, warehouse) = (desk.unit("Support"), desk.unit("Warehouse"));
    let (help, stock) = (desk.service("Help", support), desk.service("Stock", warehouse));
    let (ada, kim) = (desk.customer("Ada"), desk.agent("Kim", &[support]));
    let number = desk.opens(ada, help, "Missing screw", "One is missing.");
    let handoff = desk.asks(kim, number, stock, "Screw", "M4, please.");
    assert!(matches!(desk.try_solve(kim, number, ""), Err(DeskError::Refused(Refusal::Blocked(1)))));
    desk.try_solve(kim, number, "The customer found it.").unwrap();
    assert_eq!(now(desk, number).0.state, State::Solved);
    assert_eq!(now(desk, handoff).0.state, State::Open, "the hand-off goes on and no longer blocks");
}

pub(crate) fn units_cannot_wait_for_each_other(desk: &TestDesk) {
    let (support, warehouse) = (desk.unit("Support"), desk.unit("Warehouse"));
    let (help, stock) = (desk.service("Help", support), desk.service("Stock", warehouse));
    let (ada, kim, bo) =
        (desk.customer("Ada"), desk.agent("Kim", &[support]), desk.agent("Bo", &[warehouse]));
    let number = desk.opens(ada, help, "Where is it?", "Please look.");
    let handoff = desk.asks(kim, number, stock, "Look", "Please.");
    let refused = desk.try_ask(bo, handoff, help, "Ask back", "What colour?").unwrap_err();
    assert!(refused.to_string().contains("Support → Warehouse → Support"), "{refused}");
}

pub(crate) fn a_hand_off_belongs_to_whoever_owns_the_asking_ticket_now(desk: &TestDesk) {
    let (support, warehouse, sales) = (desk.unit("Support"), desk.unit("Warehouse"), desk.unit("Sales"));
    let (help, stock) = (desk.service("Help", support), desk.service("Stock", warehouse));
    let (ada, kim) = (desk.customer("Ada"), desk.agent("Kim", &[support]));
    let (bo, sam) = (desk.agent("Bo", &[warehouse]), desk.agent("Sam", &[sales]));
    let number = desk.opens(ada, help, "Where is it?", "Please look.");
    let handoff = desk.asks(kim, number, stock, "Look", "Please.");
    assert!(desk.sees(sam, handoff).is_none());
    desk.with(kim, number, move |act, seen| {
        desk::transfer::run(act, seen.serve().ok_or(DeskError::NotAllowed)?, sales, "A matter of sales.")
    })
    .unwrap();
    desk.delivers(bo, handoff, "Here.");
    desk.accepts(sam, handoff, 4);
    desk.solves(sam, number);
}
