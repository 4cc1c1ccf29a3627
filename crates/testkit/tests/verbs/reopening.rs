//! For how long solved tickets are reopened, and what becomes of what is written later.

use desk::reply::Answered;
use desk::words::Body;
use desk::{DeskError, Problem};
use domain::agreement::AgreementKind;
use domain::assignment::Policy;
use domain::id::{PersonId, UnitId};
use domain::link::Link;
use domain::priority::Priority;
use domain::ticket::{State, Ticket};
use jiff::SignedDuration;
use store::assignment::Giving;
use store::message::Channel;
use store::unit::Role;
use testkit::TestDesk;

use crate::links::seen;

const DAY: SignedDuration = SignedDuration::from_hours(24);

fn says(desk: &TestDesk, who: PersonId, unit: UnitId, days: Option<u16>) -> Result<(), DeskError> {
    desk.act(who, move |act, viewer| desk::reopening::set(act, viewer, unit, days))
}

fn answers(desk: &TestDesk, who: PersonId, number: i64, words: &str) -> Answered {
    let body = Body::parse(words).unwrap();
    desk.with(who, number, move |act, seen| {
        desk::reply::request(act, seen.request().unwrap(), &body, Channel::Portal)
    })
    .unwrap()
}

/// The number of the ticket on which an answer stands that came too late.
fn elsewhere(answered: Answered) -> i64 {
    match answered {
        Answered::Elsewhere(ticket) => ticket.number,
        Answered::Here(message) => panic!("it stands where it was written: {message}"),
    }
}

fn folded(desk: &TestDesk, number: i64) -> (Ticket, String) {
    desk.set_up(move |act| {
        let id = store::mail_thread::of_number(act.tx, number)?.unwrap();
        let events = store::event::of_ticket(act.tx, id)?;
        let ticket = Ticket::fold(id, &events).unwrap();
        let clocks = desk::project::clocks(&act.catalogue, &ticket, &events);
        Ok((ticket, format!("{clocks:?}")))
    })
}

fn said(desk: &TestDesk, who: PersonId, number: i64) -> Vec<String> {
    desk.with(who, number, |act, seen| Ok(store::message::of_ticket(act.tx, &seen.read())?))
        .unwrap()
        .into_iter()
        .map(|said| said.message.body)
        .collect()
}

fn is_clean(desk: &TestDesk) {
    let report = desk::recompute::check(&desk.desk, |_| {}).unwrap();
    assert_eq!(report.total, 0, "{:?}", report.differences);
}

/// Lea leads Support, Kim serves there.
fn office(desk: &TestDesk) -> (UnitId, PersonId, PersonId) {
    let unit = desk.unit("Support");
    let (kim, lea) = (desk.agent("Kim", &[unit]), desk.agent("Lea", &[]));
    desk.joins(lea, unit, Role::Lead);
    (unit, kim, lea)
}

pub(crate) fn a_late_answer_begins_a_ticket_that_follows_and_the_next_one_goes_on_there(desk: &TestDesk) {
    let (unit, kim, lea) = office(desk);
    let help = desk.service("Help", unit);
    desk.promises(AgreementKind::Sla, help, 8, desk.always());
    let contoso = desk.organisation("Contoso", false);
    let ada = desk.person("Ada", domain::affiliation::Relation::Buyer, Some(contoso));
    let number = desk.opens(ada, help, "Lamp", "It is dark.");
    desk.takes(kim, number);
    desk.with(kim, number, |act, seen| {
        desk::priority::change(act, seen.serve().unwrap(), Priority::P1, "It burns")
    })
    .unwrap();
    desk.solves(kim, number);
    says(desk, lea, unit, Some(2)).unwrap();
    desk.wait(DAY);
    assert!(matches!(answers(desk, ada, number, "It flickers."), Answered::Here(_)), "within the time");
    assert_eq!(folded(desk, number).0.state, State::Open);
    desk.solves(kim, number);
    let before = folded(desk, number);
    desk.wait(DAY * 3);
    let next = elsewhere(answers(desk, ada, number, "It is dark again."));
    assert_eq!(
        desk.sees(ada, next).map(|seen| seen.relation),
        Some(domain::permission::Relation::Requesting)
    );
    assert_eq!(said(desk, ada, next), ["It is dark again."]);
    let (ticket, clocks) = folded(desk, next);
    assert_eq!((ticket.requester(), ticket.organisation()), (ada, Some(contoso)));
    assert_eq!((ticket.service, ticket.unit, ticket.person), (help, unit, Some(kim)));
    assert_eq!((ticket.priority, ticket.opened_at), (Priority::P1, desk.now()));
    let due = desk.now() + SignedDuration::from_hours(8);
    assert!(clocks.contains(&due.to_string()), "it counts from its own beginning: {clocks}");
    assert_eq!(seen(desk, kim, next).0, [(Link::Follows, number)]);
    assert_eq!(seen(desk, kim, number).0, [(Link::FollowedBy, next)]);
    let after = folded(desk, number);
    assert_eq!((after.0.state, after.0.solved_at, after.1), (State::Solved, before.0.solved_at, before.1));

    assert_eq!(elsewhere(answers(desk, ada, number, "And the fuse.")), next, "no third one");
    assert_eq!(said(desk, ada, next), ["It is dark again.", "And the fuse."]);
    // Solved not long ago it goes on, also for who answers the old one.
    desk.solves(kim, next);
    desk.wait(DAY);
    assert_eq!(elsewhere(answers(desk, ada, number, "Still.")), next);
    assert_eq!(folded(desk, next).0.state, State::Open);
    desk.solves(kim, next);
    desk.wait(DAY * 3);
    let third = elsewhere(answers(desk, ada, number, "Once more."));
    assert_eq!(seen(desk, kim, third).0, [(Link::Follows, next)]);
    is_clean(desk);
}

pub(crate) fn a_units_days_come_before_the_services_and_take_nothing_from_who_cannot_go_elsewhere(
    desk: &TestDesk,
) {
    let (unit, kim, lea) = office(desk);
    let judge = desk.unit("Judge");
    let captive = desk.service_with("Lamps", unit, |service| {
        service.captive = true;
        service.neutral_unit = Some(judge);
    });
    let (ada, eva) = (desk.customer("Ada"), desk.employee("Eva"));
    says(desk, lea, unit, Some(0)).unwrap();
    let [outside, inside] = [ada, eva].map(|who| desk.opens(who, captive, "Lamp", "It is dark."));
    for number in [outside, inside] {
        desk.solves(kim, number);
    }
    desk.wait(DAY);
    elsewhere(answers(desk, ada, outside, "It is dark again."));
    assert!(matches!(answers(desk, eva, inside, "It is dark again."), Answered::Here(_)));
    says(desk, lea, unit, None).unwrap();
    let number = desk.opens(ada, captive, "Fuse", "It is blown.");
    desk.solves(kim, number);
    desk.wait(DAY * 13);
    assert!(matches!(answers(desk, ada, number, "Again."), Answered::Here(_)), "the service says so again");
    is_clean(desk);
}

pub(crate) fn leads_say_for_how_long_and_nobody_else(desk: &TestDesk) {
    let (unit, kim, lea) = office(desk);
    let ada = desk.customer("Ada");
    assert!(matches!(says(desk, kim, unit, Some(3)), Err(DeskError::NotAllowed)));
    assert!(matches!(says(desk, ada, unit, Some(3)), Err(DeskError::NotFound)));
    match says(desk, lea, unit, Some(366)) {
        Err(DeskError::Invalid { field: "days", problem }) => {
            assert_eq!(problem, Problem::ReopeningOutOfRange { most: 365 });
        }
        other => panic!("{other:?}"),
    }
    says(desk, lea, unit, Some(365)).unwrap();
    let kept = desk.set_up(move |act| Ok(act.catalogue.reopenings.get(&unit).copied()));
    assert_eq!(kept, Some(365));
}

pub(crate) fn whoever_had_the_old_ticket_comes_first(desk: &TestDesk) {
    let (unit, kim, lea) = office(desk);
    let help = desk.service("Help", unit);
    let (ada, bo) = (desk.customer("Ada"), desk.agent("Bo", &[unit]));
    desk.act(lea, desk::presence::leave).unwrap();
    let giving = Giving { policy: Policy::RoundRobin, by_language: false };
    desk.act(lea, move |act, viewer| desk::assignment::set(act, viewer, unit, giving, &[])).unwrap();
    says(desk, lea, unit, Some(0)).unwrap();
    let number = desk.opens(ada, help, "Lamp", "It is dark.");
    desk.gives();
    let had = folded(desk, number).0.person.unwrap();
    desk.solves(had, number);
    desk.wait(DAY);
    let next = elsewhere(answers(desk, ada, number, "It is dark again."));
    desk.gives();
    assert_eq!(folded(desk, next).0.person, Some(had), "whose turn it is does not matter");
    desk.solves(had, next);
    desk.act(had, desk::presence::leave).unwrap();
    desk.wait(DAY);
    let third = elsewhere(answers(desk, ada, next, "And again."));
    desk.gives();
    let other = if had == kim { bo } else { kim };
    assert_eq!(folded(desk, third).0.person, Some(other), "who is away gets none");
    is_clean(desk);
}
