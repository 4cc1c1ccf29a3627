//! Snoozing, answering fields of one's own, reopening and closing, as actions: inside and outside, by people and by the
//! desk itself, each as it was foreseen.

use desk::action::{self, Done};
use desk::{DeskError, Problem};
use domain::action::Action;
use domain::custom::Type;
use domain::event::Actor;
use domain::snooze::Until;
use domain::ticket::State;
use domain::ticket::rules::Refusal;
use jiff::SignedDuration;
use testkit::TestDesk;

use super::lists::{as_foreseen, house, id, text};
use super::now;

fn by_desk(desk: &TestDesk, number: i64, actions: &[Action]) -> Result<Vec<Done>, String> {
    let (ticket, actions) = (id(desk, number), actions.to_vec());
    let act = move |act: &mut desk::Act| Ok(action::all_by_desk(act, ticket, &actions));
    let done = desk.desk.act_now(Actor::Desk, act).unwrap();
    done.map_err(|stopped| format!("{}: {}", stopped.place, stopped.cause))
}

pub(crate) fn a_ticket_sleeps_and_wakes_by_actions(desk: &TestDesk) {
    let house = house(desk);
    let eva = desk.employee("Eva");
    for requester in [house.ada, eva] {
        let number = desk.opens(requester, house.help, "Where is my parcel?", "Since Monday.");
        let sleeps = |until: &str| Action::Snooze { until: Until::parse(until).unwrap() };
        let until = desk.now() + SignedDuration::from_hours(4);
        let done = as_foreseen(desk, house.kim, number, &[sleeps("4h"), sleeps("240m")]).unwrap();
        assert_eq!(done, [Done::Did, Done::Already]);
        assert_eq!(now(desk, number).0.snoozed_until, Some(until));
        assert_eq!(
            as_foreseen(desk, house.kim, number, &[Action::Wake, Action::Wake]).unwrap(),
            [Done::Did, Done::Already]
        );
        assert_eq!(by_desk(desk, number, &[sleeps("tomorrow")]).unwrap(), [Done::Did]);
        assert!(now(desk, number).0.snoozed_until > Some(desk.now()));
        assert_eq!(by_desk(desk, number, &[Action::Wake, sleeps("monday")]).unwrap(), [Done::Did; 2]);
        // Whoever reads on after giving it away does not put it out of others' sight.
        let moved = Action::Transfer { unit: house.warehouse, reason: String::new() };
        assert_eq!(
            as_foreseen(desk, house.kim, number, &[moved, sleeps("4h")]).unwrap_err(),
            format!("1: {}", DeskError::NotAllowed)
        );
        let over = as_foreseen(desk, house.kim, number, &[Action::Solve { reason: text("") }, sleeps("1d")]);
        assert!(over.unwrap_err().starts_with("1: "), "what is solved does not sleep");
    }
}

pub(crate) fn a_field_is_set_by_actions_where_it_is_asked_and_nowhere_else(desk: &TestDesk) {
    let house = house(desk);
    let help = house.help;
    desk.field("colour", |input| {
        input.name = "Colour".to_owned();
        input.holds = Type::One;
        input.choices = vec!["red".to_owned(), "blue".to_owned()];
        input.services = vec![help];
    });
    desk.field("size", |input| input.holds = Type::Number);
    desk.field("who", |input| input.holds = Type::Person);
    let set = |field: &str, value: &str| {
        let values = Some(text(value)).filter(|value| !value.is_empty());
        Action::SetField { field: text(field), values: values.into_iter().collect() }
    };
    let number = desk.opens(house.ada, help, "Where is my parcel?", "Since Monday.");
    let does = |actions: &[Action]| as_foreseen(desk, house.kim, number, actions);
    let done = does(&[set("colour", "red"), set("colour", "Red"), set("size", "12.5"), set("colour", "")]);
    assert_eq!(done.unwrap(), [Done::Did, Done::Already, Done::Did, Done::Did]);
    let wrong = does(&[set("size", "3"), set("size", "many")]).unwrap_err();
    assert!(wrong.starts_with("1: ") && wrong.contains("“many” is no number"), "{wrong}");
    let unknown = does(&[set("shade", "dark")]).unwrap_err();
    assert_eq!(unknown, format!("0: {}", Problem::CustomUnknown { key: text("shade") }));
    // The service of another ticket has no such field: it is called by its name.
    let other = desk.opens(house.ada, desk.service("Returns", house.support), "And this?", "It is heavy.");
    let not_here = Problem::CustomNotAsked { name: text("Colour") };
    assert_eq!(
        as_foreseen(desk, house.kim, other, &[set("colour", "red")]).unwrap_err(),
        format!("0: {not_here}")
    );
    // The desk itself knows whom a field names.
    assert_eq!(
        by_desk(desk, number, &[set("colour", "blue"), set("size", "12.5")]).unwrap(),
        [Done::Did, Done::Already]
    );
    assert_eq!(by_desk(desk, number, &[set("who", "ada@example.org")]).unwrap(), [Done::Did]);
    assert!(by_desk(desk, number, &[set("who", "nobody@here.example")]).is_err());
    assert_eq!(by_desk(desk, other, &[set("colour", "red")]).unwrap_err(), format!("0: {not_here}"));
}

pub(crate) fn a_ticket_ends_and_goes_on_by_actions(desk: &TestDesk) {
    let house = house(desk);
    let eva = desk.employee("Eva");
    let reopen = || Action::Reopen { reason: text("It came back.") };
    let solve = || Action::Solve { reason: String::new() };
    let number = desk.opens(house.ada, house.help, "Where is my parcel?", "Since Monday.");
    let does = |actions: &[Action]| as_foreseen(desk, house.kim, number, actions);
    assert_eq!(does(&[reopen()]).unwrap(), [Done::Already], "it is open");
    assert!(does(&[Action::Close]).is_err(), "it is not solved");
    assert_eq!(does(&[solve(), Action::Close]).unwrap(), [Done::Did; 2]);
    assert_eq!(now(desk, number).0.state, State::Closed);
    assert_eq!(does(&[reopen(), reopen()]).unwrap(), [Done::Did, Done::Already]);
    assert_eq!(now(desk, number).0.state, State::Open);
    assert_eq!(by_desk(desk, number, &[solve(), Action::Close, reopen()]).unwrap(), [Done::Did; 3]);
    // Whoever has no other provider says themselves that it is done, and no rule says it for them.
    let chairs = desk.service_with("Chairs", house.support, |service| {
        service.captive = true;
        service.neutral_unit = Some(house.warehouse);
    });
    let captive = desk.opens(eva, chairs, "My chair", "It squeaks.");
    let refused = format!("1: {}", Refusal::Captive);
    assert_eq!(as_foreseen(desk, house.kim, captive, &[solve(), Action::Close]).unwrap_err(), refused);
    assert_eq!(by_desk(desk, captive, &[solve(), Action::Close]).unwrap_err(), refused);
    // A hand-off is returned, not reopened.
    let handoff = desk.asks(house.kim, number, house.stock, "Parcel", "Shelf 3?");
    as_foreseen(desk, house.bo, handoff, &[reopen()]).unwrap_err();
}
