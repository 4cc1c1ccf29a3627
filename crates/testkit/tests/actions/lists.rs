//! What a list of actions does to a ticket, what it would do, and that it does all of it or nothing.

use desk::action::{self, Done, Stopped};
use desk::{ByDesk, DeskError, Problem};
use domain::action::Action;
use domain::event::{Actor, WaitOn};
use domain::id::{PersonId, ServiceId, TicketId, UnitId};
use domain::priority::Priority;
use domain::ticket::State;
use domain::ticket::rules::Refusal;
use testkit::TestDesk;

use super::now;

pub(crate) struct House {
    pub(crate) support: UnitId,
    pub(crate) warehouse: UnitId,
    pub(crate) help: ServiceId,
    pub(crate) stock: ServiceId,
    pub(crate) ada: PersonId,
    pub(crate) kim: PersonId,
    pub(crate) lea: PersonId,
    pub(crate) bo: PersonId,
}

pub(crate) fn house(desk: &TestDesk) -> House {
    let (support, warehouse) = (desk.unit("Support"), desk.unit("Warehouse"));
    House {
        support,
        warehouse,
        help: desk.service("Help", support),
        stock: desk.service("Stock", warehouse),
        ada: desk.customer("Ada"),
        kim: desk.agent("Kim", &[support]),
        lea: desk.agent("Lea", &[support]),
        bo: desk.agent("Bo", &[warehouse]),
    }
}

pub(crate) fn text(text: &str) -> String {
    text.to_owned()
}

/// The ticket's id, for a person for whom it exists or not.
pub(crate) fn id(desk: &TestDesk, number: i64) -> TicketId {
    now(desk, number).0.id
}

fn runs(desk: &TestDesk, who: PersonId, number: i64, actions: &[Action]) -> Result<Vec<Done>, Stopped> {
    let (id, actions) = (id(desk, number), actions.to_vec());
    desk.act(who, move |act, viewer| Ok(action::run_all(act, viewer, id, &actions))).unwrap()
}

fn foresees(desk: &TestDesk, who: PersonId, number: i64, actions: &[Action]) -> Result<Vec<Done>, Stopped> {
    let (id, actions) = (id(desk, number), actions.to_vec());
    desk.desk
        .look_now(move |look| {
            let viewer = store::access::viewer(look.tx, who)?.ok_or(DeskError::NotFound)?;
            Ok(action::may(look, &viewer, id, &actions))
        })
        .unwrap()
}

/// Runs a list, and holds what was foreseen against what happened.
pub(crate) fn as_foreseen(
    desk: &TestDesk,
    who: PersonId,
    number: i64,
    actions: &[Action],
) -> Result<Vec<Done>, String> {
    let foreseen = foresees(desk, who, number, actions).map_err(|stopped| said(&stopped));
    let happened = runs(desk, who, number, actions).map_err(|stopped| said(&stopped));
    assert_eq!(foreseen, happened, "{actions:?}");
    happened
}

fn said(stopped: &Stopped) -> String {
    format!("{}: {}", stopped.place, stopped.cause)
}

fn head(desk: &TestDesk) -> i64 {
    desk.desk.look_now(|look| Ok(store::event::head(look.tx)?.0)).unwrap()
}

pub(crate) fn a_list_of_actions_does_what_each_says(desk: &TestDesk) {
    let house = house(desk);
    let other = desk.service("Returns", house.support);
    let number = desk.opens(house.ada, house.help, "Where is my parcel?", "Since Monday.");
    let does = |who, actions: &[Action]| as_foreseen(desk, who, number, actions).unwrap();

    assert_eq!(does(house.kim, &[Action::Take, Action::Take]), [Done::Did, Done::Already]);
    assert_eq!(now(desk, number).0.person, Some(house.kim));
    does(house.kim, &[Action::Assign { person: house.lea }]);
    assert_eq!(now(desk, number).0.person, Some(house.lea));
    does(house.kim, &[Action::PutBack]);
    assert_eq!(now(desk, number).0.person, None);
    let pressing = Action::SetPriority { priority: Priority::P1, reason: text("They cannot open.") };
    does(house.kim, &[pressing.clone(), Action::SetService { service: other }]);
    let ticket = now(desk, number).0;
    assert_eq!((ticket.priority, ticket.service), (Priority::P1, other));
    assert_eq!(does(house.kim, &[pressing]), [Done::Already]);

    let asks = [Action::Reply { text: text("Which number?") }, Action::WaitForRequester];
    does(house.kim, &asks);
    assert_eq!(now(desk, number).0.waiting, Some(WaitOn::Requester));
    assert_eq!(does(house.kim, &asks[1..]), [Done::Already]);
    does(house.kim, &[Action::Note { text: text("Odd.") }]);
    let ask = Action::Ask { service: house.stock, subject: text("Parcel"), text: text("Shelf 3?") };
    does(house.kim, &[ask]);
    assert_eq!(now(desk, number).0.handoffs.len(), 1);
    does(house.kim, &[Action::Solve { reason: text("Sent anew.") }]);
    assert_eq!(now(desk, number).0.state, State::Solved);

    let second = desk.opens(house.ada, house.help, "And this one?", "It is heavy.");
    let moved = Action::Transfer { unit: house.warehouse, reason: text("Theirs.") };
    as_foreseen(desk, house.kim, second, &[moved, Action::Note { text: text("Good luck.") }]).unwrap();
    assert_eq!(now(desk, second).0.unit, house.warehouse);
    as_foreseen(desk, house.bo, second, &[Action::Take]).unwrap();
}

pub(crate) fn a_list_with_a_refused_action_leaves_nothing_behind(desk: &TestDesk) {
    let house = house(desk);
    let number = desk.opens(house.ada, house.help, "Where is my parcel?", "Since Monday.");
    desk.drafts(house.kim, number, domain::draft::Text::Reply, "Half a sentence");
    let before = head(desk);
    let refused = |who, actions: &[Action]| as_foreseen(desk, who, number, actions).unwrap_err();
    let reply = || Action::Reply { text: text("On its way.") };
    let note = || Action::Note { text: text("Odd.") };
    let moved = |unit| Action::Transfer { unit, reason: text("Theirs.") };
    let nobody_asked = Refusal::NothingAsked.to_string();
    assert_eq!(refused(house.kim, &[note(), Action::WaitForRequester]), format!("1: {nobody_asked}"));
    // Whoever gave a ticket away reads on, and no more.
    assert_eq!(
        refused(house.kim, &[reply(), moved(house.warehouse), note(), Action::Take]),
        format!("3: {}", DeskError::NotAllowed)
    );
    assert_eq!(refused(house.bo, &[note()]), format!("0: {}", DeskError::NotFound));
    assert_eq!(refused(house.ada, &[reply()]), format!("0: {}", DeskError::NotAllowed));
    assert_eq!(
        refused(house.kim, &[Action::SetPriority { priority: Priority::P1, reason: text(" ") }]),
        format!("0: {}", Problem::PriorityReasonMissing)
    );
    assert_eq!(
        refused(house.kim, &[reply(), Action::SetService { service: house.stock }]),
        format!("1: {}", Refusal::OtherUnits)
    );
    assert_eq!(
        refused(house.kim, &[Action::Reply { text: text(" ") }]),
        format!("0: {}", Problem::BodyMissing)
    );
    assert_eq!(
        refused(house.kim, &[Action::Ask { service: house.help, subject: text("a"), text: text("b") }]),
        format!("0: {}", Problem::UnitsWait { path: text("Support → Support") })
    );
    assert_eq!(head(desk), before);
    assert_eq!(desk.drafted(house.kim, number).len(), 1, "what was being written is there");
    let reasons = desk.desk.look_now(|look| {
        Ok(look.tx.query_one("select count(*) from reason", &[], |row| row.get::<i64>(0))?)
    });
    assert_eq!(reasons.unwrap(), 0);
}

pub(crate) fn an_action_that_names_what_is_gone_says_so(desk: &TestDesk) {
    let house = house(desk);
    let number = desk.opens(house.ada, house.help, "Where is my parcel?", "Since Monday.");
    let old = desk.unit("Old branch");
    let left = desk.agent("Max", &[house.support]);
    let away = desk.service("Away", house.support);
    desk.set_up(move |act| {
        desk::units::end(act, &ByDesk, old)?;
        desk::services::end(act, &ByDesk, away)?;
        desk::people::disable(act, &ByDesk, left)
    });
    let refused = |action| as_foreseen(desk, house.kim, number, &[action]).unwrap_err();
    let ask = |service| Action::Ask { service, subject: text("a"), text: text("b") };
    assert_eq!(
        refused(Action::Transfer { unit: old, reason: String::new() }),
        format!("0: {}", Problem::UnitGone)
    );
    assert_eq!(refused(Action::Assign { person: left }), format!("0: {}", Problem::PersonGone));
    assert_eq!(refused(Action::Assign { person: PersonId(1) }), format!("0: {}", Problem::PersonGone));
    assert_eq!(refused(Action::Assign { person: house.bo }), format!("0: {}", Problem::ServesElsewhere));
    assert_eq!(refused(Action::SetService { service: away }), format!("0: {}", Problem::ServiceGone));
    assert_eq!(refused(ask(away)), format!("0: {}", Problem::ServiceNotOfferedToUnits));
}

pub(crate) fn the_desk_itself_acts_without_rights_and_never_speaks(desk: &TestDesk) {
    let house = house(desk);
    let number = desk.opens(house.ada, house.help, "Where is my parcel?", "Since Monday.");
    let ticket = id(desk, number);
    let runs = |actions: &[Action]| {
        let actions = actions.to_vec();
        desk.desk.act_now(Actor::Desk, move |act| Ok(action::all_by_desk(act, ticket, &actions))).unwrap()
    };
    let done = runs(&[
        Action::Assign { person: house.lea },
        Action::SetPriority { priority: Priority::P2, reason: text("By rule.") },
        Action::Note { text: text("Looked at.") },
        Action::Transfer { unit: house.warehouse, reason: text("By rule.") },
        Action::PutBack,
    ]);
    assert_eq!(done.unwrap(), [Done::Did, Done::Did, Done::Did, Done::Did, Done::Already]);
    let before = head(desk);
    for action in [Action::Take, Action::Reply { text: text("Hello") }] {
        let stopped = runs(&[Action::Note { text: text("Never kept") }, action]).unwrap_err();
        assert_eq!(said(&stopped), format!("1: {}", Problem::NotByDesk));
    }
    assert_eq!(head(desk), before);
}

pub(crate) fn what_is_confidential_stays_so_in_another_service(desk: &TestDesk) {
    let house = house(desk);
    let secret = desk.service_with("Secret", house.support, |service| service.confidential = true);
    let inside = desk.service_with("Inside", house.support, |service| service.audience.external = false);
    let number = desk.opens(house.ada, house.help, "A matter", "Please.");
    let set = |service| as_foreseen(desk, house.kim, number, &[Action::SetService { service }]);
    assert_eq!(set(inside).unwrap_err(), format!("0: {}", Refusal::NotForRequester));
    set(secret).unwrap();
    assert_eq!(set(house.help).unwrap_err(), format!("0: {}", Refusal::StaysConfidential));
    // Given away, it does not exist any more for who gave it.
    let gone =
        [Action::Transfer { unit: house.warehouse, reason: String::new() }, Action::Note { text: text("n") }];
    assert_eq!(
        as_foreseen(desk, house.kim, number, &gone).unwrap_err(),
        format!("1: {}", DeskError::NotFound)
    );
}

pub(crate) fn steps_are_put_on_a_checklist_once_by_people_and_by_the_desk(desk: &TestDesk) {
    let house = house(desk);
    let number = desk.opens(house.ada, house.help, "Where is my parcel?", "Since Monday.");
    let ticket = id(desk, number);
    let add = |steps: &str| Action::AddSteps { steps: text(steps) };
    let stand = || {
        let read = desk.with(house.kim, number, |act, seen| {
            Ok(store::checklist::of_ticket(act.tx, &seen.read_inside().unwrap())?)
        });
        read.unwrap().into_iter().map(|item| item.words).collect::<Vec<_>>()
    };
    let does = |actions: &[Action]| as_foreseen(desk, house.kim, number, actions).unwrap();
    let done = does(&[add("Look\nMend"), add("Mend"), add("Mend\nWrite")]);
    assert_eq!(done, [Done::Did, Done::Already, Done::Did]);
    assert_eq!(stand(), ["Look", "Mend", "Write"]);
    let refused = |who, actions: &[Action]| as_foreseen(desk, who, number, actions).unwrap_err();
    assert_eq!(refused(house.kim, &[add(" \n ")]), format!("0: {}", Problem::ChecklistEmpty));
    let many = (0..desk::checklist::MOST).map(|n| format!("Step {n}\n")).collect::<String>();
    let full = Problem::ChecklistFull { most: desk::checklist::MOST };
    assert_eq!(refused(house.kim, &[add("One more"), add(&many)]), format!("1: {full}"));
    assert_eq!(refused(house.ada, &[add("Hurry")]), format!("0: {}", DeskError::NotAllowed));
    // Whoever gave a ticket away may still say what has to be done there.
    does(&[Action::Transfer { unit: house.warehouse, reason: text("Theirs.") }, add("Count")]);
    let by_desk =
        move |act: &mut desk::Act| Ok(action::all_by_desk(act, ticket, &[add("Count"), add("Pack")]));
    let done = desk.desk.act_now(Actor::Desk, by_desk).unwrap().unwrap();
    assert_eq!(done, [Done::Already, Done::Did]);
    assert_eq!(stand(), ["Look", "Mend", "Write", "Count", "Pack"]);
}
