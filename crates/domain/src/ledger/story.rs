//! From events to charges: one ticket, two hand-offs, a question and a return.

use jiff::{SignedDuration, Timestamp};

use super::{Because, Holder, LateAsk, charge, lines};
use crate::affiliation::Class;
use crate::event::{Actor, Closing, Event, Fact, Opening, Side, WaitOn};
use crate::id::{EventId, MessageId, PersonId, ServiceId, TicketId, UnitId};
use crate::priority::Priority;
use crate::ticket::Kind;

const DESK: i64 = 1;
const NETWORK: i64 = 2;
const PURCHASING: i64 = 3;

fn at(hour: i64) -> Timestamp {
    Timestamp::UNIX_EPOCH + SignedDuration::from_hours(hour)
}

fn opening(unit: i64) -> Opening {
    Opening {
        number: 1042,
        kind: Kind::Incident,
        service: ServiceId(1),
        unit: UnitId(unit),
        person: Some(PersonId(unit)),
        requester: PersonId(90),
        beneficiary: PersonId(90),
        payer: None,
        organisation: None,
        asking_unit: None,
        class: Class::External,
        priority: Priority::P2,
        outbound: false,
        message: None,
    }
}

/// What happens on a ticket, as (ticket, hour, fact).
fn told(story: Vec<(i64, i64, Fact)>) -> Vec<Event> {
    let parent = |ticket: i64| (ticket > 10).then_some(TicketId(ticket / 10));
    let event = |(id, (ticket, hour, fact)): (i64, (i64, i64, Fact))| Event {
        id: EventId(id),
        at: at(hour),
        actor: Actor::Desk,
        ticket: TicketId(ticket),
        parent: parent(ticket),
        fact,
    };
    (0..).zip(story).map(event).collect()
}

fn solved() -> Fact {
    Fact::Solved { message: None, overriding: None }
}

fn accepted() -> Fact {
    Fact::Closed { how: Closing::Accepted, rating: Some(4), reason: None }
}

/// Ticket 4 asks for 41, which asks for 411. 41 is delivered, returned and delivered again.
fn story() -> Vec<Event> {
    told(vec![
        (4, 0, Fact::Opened(opening(DESK))),
        (4, 1, Fact::WaitStarted { on: WaitOn::Requester, message: Some(MessageId(1)) }),
        (4, 2, Fact::Replied { message: MessageId(2), side: Side::Requesting, automatic: true }),
        (4, 3, Fact::Replied { message: MessageId(3), side: Side::Requesting, automatic: false }),
        (41, 4, Fact::Asked(opening(NETWORK))),
        (411, 6, Fact::Asked(opening(PURCHASING))),
        (411, 9, solved()),
        (411, 10, accepted()),
        (41, 12, solved()),
        (41, 14, Fact::Reopened { side: Side::Requesting, reason: None }),
        (41, 15, solved()),
        (41, 16, accepted()),
        (4, 20, solved()),
        (4, 90, accepted()),
    ])
}

fn unit(number: i64) -> Holder {
    Holder::Unit { unit: UnitId(number), person: Some(PersonId(number)), queued: false }
}

#[test]
fn every_hour_of_the_story_is_charged_to_the_one_who_had_it() {
    let ledger = charge(&lines(&story(), at(100)), TicketId(4)).unwrap();
    let charges: Vec<_> = ledger.charges.iter().map(|one| (one.from, one.to, one.holder)).collect();
    let want = [
        (0, 1, unit(DESK)),
        (1, 3, Holder::Requester),
        (3, 4, unit(DESK)),
        (4, 6, unit(NETWORK)),
        (6, 9, unit(PURCHASING)),
        (9, 12, unit(NETWORK)),
        (12, 14, unit(DESK)),
        (14, 15, unit(NETWORK)),
        (15, 20, unit(DESK)),
    ];
    let want: Vec<_> = want.into_iter().map(|(from, to, who)| (at(from), at(to), who)).collect();
    // Purchasing's result lay from 9 to 10 with the network unit, which then worked until 12: one
    // holder, two reasons. So it is with the desk from 15 to 16 and to 20.
    let mut joined: Vec<(Timestamp, Timestamp, Holder)> = Vec::new();
    for one in charges {
        match joined.last_mut() {
            Some(last) if last.2 == one.2 => last.1 = one.1,
            Some(_) | None => joined.push(one),
        }
    }
    assert_eq!(joined, want);
    let accepting = ledger.charges.iter().filter(|one| matches!(one.because, Because::Accepting { .. }));
    assert_eq!(accepting.map(|one| one.from).collect::<Vec<_>>(), [at(9), at(12), at(15)]);
    let deepest = ledger.charges.iter().find(|one| one.depth == 2).unwrap();
    assert_eq!(ledger.via(deepest), [4, 41, 411].map(TicketId));
    assert!(!ledger.provisional);
}

#[test]
fn an_open_ticket_is_charged_until_now_and_marked_provisional() {
    let events: Vec<Event> = story().into_iter().filter(|event| event.at <= at(9)).collect();
    let ledger = charge(&lines(&events, at(11)), TicketId(4)).unwrap();
    assert!(ledger.provisional);
    assert_eq!(ledger.elapsed(), SignedDuration::from_hours(11));
    let last = ledger.charges.last().unwrap();
    assert_eq!((last.to, last.holder, last.ticket), (at(11), unit(NETWORK), TicketId(41)));
}

#[test]
fn asking_a_second_unit_late_is_told_from_events_too() {
    let events = told(vec![
        (4, 0, Fact::Opened(opening(DESK))),
        (41, 0, Fact::Asked(opening(NETWORK))),
        (42, 4, Fact::Asked(opening(PURCHASING))),
        (41, 6, solved()),
        (41, 6, accepted()),
        (42, 10, solved()),
        (42, 10, accepted()),
        (4, 12, solved()),
    ]);
    let ledger = charge(&lines(&events, at(100)), TicketId(4)).unwrap();
    assert_eq!(ledger.charges[0].late, Some(LateAsk { asked: 1, running: 0 }));
    assert_eq!(ledger.slack[0].slack, SignedDuration::from_hours(4));
}
