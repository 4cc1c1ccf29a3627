//! A status says where a ticket stands as long as it stands there, and changes nothing else.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};
use proptest::prelude::*;

use super::*;
use crate::agreement::{AgreementKind, Metric, Pauses, Target};
use crate::clock::{self, Applied, WorkingTime};
use crate::custody::{self, Custody};
use crate::event::invented::{
    TICKET, closed, escalated, event, lawful, lawless, minute, opening, reopened, said, solved, told, waits,
};
use crate::event::{Closing, Detail, Event, Fact, Side, WaitOn, standing, undone};
use crate::id::{AgreementId, CalendarId, EventId, OrganisationId, PersonId, TargetId, TicketId};
use crate::ledger::{self, Line};
use crate::ticket::Ticket;
use crate::ticket::rules::Refusal;
use crate::ticket::standing::Way;

fn status(id: i64, category: Category, kind: Option<Kind>) -> Status {
    Status { id: StatusId(id), name: "In review".to_owned(), kind, category, outside: None, retired: false }
}

fn set(category: Category, kind: Option<Kind>) -> Fact {
    Fact::Detailed(Detail::StatusSet { stands: status(1, category, kind).stands(), with: None })
}

fn after(facts: &[Fact]) -> Ticket {
    let facts: Vec<_> = (1..).zip(facts).map(|(at, fact)| (at, TICKET, fact.clone())).collect();
    Ticket::fold(TICKET, &told(&facts)).unwrap()
}

/// Whether the status is still there after the last fact.
fn keeps(facts: &[Fact]) -> bool {
    after(facts).status.is_some()
}

#[test]
fn a_status_falls_away_when_the_ticket_stands_elsewhere() {
    let requester = || waits(WaitOn::Requester);
    let supplier = || waits(WaitOn::Supplier(OrganisationId(1)));
    let (open, others, done) =
        (set(Category::Open, None), set(Category::Others, None), set(Category::Solved, None));
    assert!(keeps(&[open.clone(), said(Side::Requesting), said(Side::Serving)]));
    assert!(keeps(&[open.clone(), Fact::Asked(opening(2))]));
    assert!(!keeps(&[open.clone(), requester()]));
    assert!(!keeps(&[open.clone(), solved()]));
    let asked = [said(Side::Serving), requester(), set(Category::Requester, None)];
    assert!(keeps(&asked));
    assert!(!keeps(&[&asked[..], &[said(Side::Requesting)]].concat()), "they answered");
    assert!(!keeps(&[supplier(), others.clone(), Fact::WaitEnded]));
    let agreed = waits(WaitOn::Agreed { until: minute(50) });
    assert!(keeps(&[supplier(), others, agreed]), "it waits for others all the same");
    assert!(keeps(&[solved(), done.clone(), closed(Closing::Accepted)]), "closing keeps it");
    assert!(!keeps(&[solved(), done.clone(), reopened(Side::Requesting)]));
    assert!(!keeps(&[solved(), done, escalated(3)]));
    let merged = Fact::MergedInto { ticket: TicketId(9) };
    assert!(!keeps(&[open.clone(), merged]), "another ticket goes on with it");
    assert!(!keeps(&[open, Fact::Detailed(Detail::StatusCleared)]));
}

#[test]
fn a_status_that_does_not_fit_is_not_taken() {
    assert!(!keeps(&[set(Category::Solved, None)]));
    assert!(!keeps(&[set(Category::Open, Some(Kind::Compliment))]));
    let complaint = Fact::Detailed(Detail::KindChanged { kind: Kind::Complaint });
    let own = set(Category::Open, Some(Kind::Complaint));
    assert!(keeps(&[complaint.clone(), own.clone()]));
    let other = Fact::Detailed(Detail::KindChanged { kind: Kind::Incident });
    assert!(!keeps(&[complaint, own, other.clone()]), "it is for another kind");
    assert!(keeps(&[set(Category::Open, None), other]));
}

#[test]
fn each_category_is_reached_by_the_act_that_leads_there() {
    let ways = |facts: &[Fact]| {
        let ticket = after(facts);
        let way = |category: &Category| ticket.way_to(&status(2, *category, None)).unwrap();
        Category::ALL.iter().map(way).collect::<Vec<_>>()
    };
    let [open, requester, others, solve] =
        [Way::Resume, Way::WaitForRequester, Way::WaitForOthers, Way::Solve];
    assert_eq!(ways(&[]), [Way::Stay, requester, others, solve]);
    assert_eq!(ways(&[waits(WaitOn::Requester)]), [open, Way::Stay, others, solve]);
    let supplier = waits(WaitOn::Supplier(OrganisationId(1)));
    assert_eq!(ways(&[supplier]), [open, requester, Way::Stay, solve]);
    assert_eq!(ways(&[solved()]), [Way::Reopen, requester, others, Way::Stay]);
    assert_eq!(ways(&[closed(Closing::Accepted)]), [Way::Reopen, requester, others, Way::Stay]);
}

#[test]
fn what_cannot_be_said_of_a_ticket_is_refused() {
    let ticket = after(&[set(Category::Open, None)]);
    let other = Status { id: StatusId(2), ..status(1, Category::Open, Some(Kind::Compliment)) };
    assert_eq!(ticket.way_to(&status(1, Category::Open, None)), Err(Refusal::NoChange));
    assert_eq!(ticket.way_to(&other), Err(Refusal::StatusOfOtherKind));
    let retired = Status { retired: true, ..status(2, Category::Solved, None) };
    assert_eq!(ticket.way_to(&retired), Err(Refusal::StatusRetired));
    let merged = after(&[Fact::MergedInto { ticket: TicketId(9) }]);
    assert_eq!(merged.way_to(&status(2, Category::Solved, None)), Err(Refusal::Merged));
    assert_eq!(merged.change_kind(Kind::Complaint), Err(Refusal::Merged));
    assert_eq!(after(&[]).clear_status(), Err(Refusal::NoChange));
}

#[test]
fn a_status_is_undone_with_the_act_that_moved_the_ticket_there() {
    let before = [set(Category::Open, None), waits(WaitOn::Supplier(OrganisationId(1)))];
    let facts: Vec<_> = (1..).zip(before).map(|(at, fact)| (at, TICKET, fact)).collect();
    let mut events = told(&facts);
    let with = Some(events.last().unwrap().id);
    let stands = status(2, Category::Others, None).stands();
    let moved = Fact::Detailed(Detail::StatusSet { stands, with });
    events.push(Event {
        actor: crate::event::Actor::Person(PersonId(5)),
        ..event(90, minute(2), TICKET, moved)
    });
    let last = undone::last(TICKET, &events, PersonId(5), minute(3)).map(|event| event.id);
    assert_eq!(last, Some(EventId(90)));
    events.push(event(91, minute(3), TICKET, Fact::Undone { event: EventId(90) }));
    standing(&mut events, |event| event);
    let ticket = Ticket::fold(TICKET, &events).unwrap();
    assert_eq!((ticket.waiting, ticket.status.map(|stands| stands.id)), (None, Some(StatusId(1))));
}

#[test]
fn what_was_told_outside_is_not_undone_by_way_of_its_status() {
    let mut events = told(&[(1, TICKET, solved())]);
    let with = Some(events.last().unwrap().id);
    let stands = status(2, Category::Solved, None).stands();
    let moved = Fact::Detailed(Detail::StatusSet { stands, with });
    events.push(Event {
        actor: crate::event::Actor::Person(PersonId(5)),
        ..event(90, minute(1), TICKET, moved)
    });
    assert!(undone::last(TICKET, &events, PersonId(5), minute(2)).is_none());
}

/// A story with statuses and kinds thrown in anywhere, long ago, so that each counts when its predecessor did.
fn with_statuses(events: &[Event], places: &[(usize, Fact)]) -> Vec<Event> {
    let mut more = events.to_vec();
    for (place, fact) in places {
        let place = 1 + place % more.len();
        more.insert(place, event(99, minute(-99), TICKET, fact.clone()));
    }
    more
}

fn statuses() -> impl Strategy<Value = Vec<(usize, Fact)>> {
    let kinds = prop::option::of(prop::sample::select(Kind::ALL));
    let one = prop_oneof![
        6 => (prop::sample::select(Category::ALL), kinds).prop_map(|(category, kind)| set(category, kind)),
        1 => Just(Fact::Detailed(Detail::StatusCleared)),
        1 => prop::sample::select(Kind::ALL).prop_map(|kind| Fact::Detailed(Detail::KindChanged { kind })),
    ];
    prop::collection::vec((0..24_usize, one), 1..6)
}

/// Every second is working time.
struct Always;

impl WorkingTime for Always {
    fn between(&self, from: Timestamp, to: Timestamp) -> SignedDuration {
        to.duration_since(from)
    }

    fn add(&self, from: Timestamp, working: SignedDuration) -> Timestamp {
        from + working
    }
}

fn target(metric: Metric) -> Target {
    Target {
        id: TargetId(1),
        agreement: AgreementId(1),
        kind: AgreementKind::Sla,
        metric,
        priority: None,
        within: SignedDuration::from_mins(20),
        calendar: CalendarId(1),
        quantile: None,
        pauses: Pauses { requester: true, supplier: true, agreed: true },
    }
}

proptest! {
    #[test]
    fn custody_clocks_and_ledger_are_the_same_with_statuses_and_without(
        events in prop_oneof![lawless(), lawful()],
        names in statuses(),
    ) {
        let more = with_statuses(&events, &names);
        let now = minute(200);
        let (before, after) = (custody::fold(TICKET, &events, now), custody::fold(TICKET, &more, now));
        prop_assert_eq!(&before, &after);
        let line = |custody: &Custody| BTreeMap::from([(TICKET, Line::from(custody))]);
        if let (Some(before), Some(after)) = (&before, &after) {
            prop_assert_eq!(
                ledger::charge(&line(before), TICKET).ok(),
                ledger::charge(&line(after), TICKET).ok()
            );
        }
        let clocks = |events: &[Event]| {
            let ticket = Ticket::fold(TICKET, events)?;
            let targets = Metric::ALL.iter().map(|metric| target(*metric)).collect::<Vec<_>>();
            let applied: Vec<_> = targets.iter().map(|target| Applied { target, calendar: &Always }).collect();
            Some(clock::run(&ticket, events, &applied))
        };
        prop_assert_eq!(clocks(&events), clocks(&more));
    }

    #[test]
    fn a_status_always_fits_and_everything_else_about_a_ticket_is_as_before(
        events in prop_oneof![lawless(), lawful()],
        names in statuses(),
    ) {
        let more = with_statuses(&events, &names);
        for known in 1..=more.len() {
            if let Some(ticket) = Ticket::fold(TICKET, &more[..known]) {
                let fits = |stands: Stands| stands.fits(ticket.category(), ticket.kind);
                prop_assert!(ticket.status.is_none_or(fits), "{:?}", ticket);
            }
        }
        let bare = |events: &[Event]| {
            let ticket = Ticket::fold(TICKET, events)?;
            Some(Ticket { status: None, kind: Kind::Question, events: 0, ..ticket })
        };
        prop_assert_eq!(bare(&events), bare(&more));
    }
}
