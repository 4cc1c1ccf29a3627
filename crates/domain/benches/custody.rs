//! How long it takes to say who had a ticket when, and how its promises stand: fifty events.

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use domain::affiliation::Class;
use domain::agreement::{AgreementKind, Metric, Pauses, Target};
use domain::calendar::{Calendar, CalendarSpec};
use domain::clock::{self, Applied};
use domain::custody;
use domain::event::{Actor, Closing, Event, Fact, Opening, Side, WaitOn};
use domain::id::{
    AgreementId, CalendarId, EventId, MessageId, OrganisationId, PersonId, ServiceId, TargetId, TicketId,
    UnitId,
};
use domain::priority::Priority;
use domain::ticket::{Kind, Ticket};
use jiff::{SignedDuration, Timestamp};

const TICKET: TicketId = TicketId(1);

criterion_group!(benches, measure);
criterion_main!(benches);

fn measure(criterion: &mut Criterion) {
    let events = story();
    let ticket = Ticket::fold(TICKET, &events).expect("it was opened");
    let calendar = office();
    let targets = targets();
    let applied: Vec<_> = targets.iter().map(|target| Applied { target, calendar: &calendar }).collect();
    let now = events.last().expect("it has events").at + SignedDuration::from_hours(1);
    let running = clock::run(&ticket, &events, &applied).len();
    println!("{} events, {} targets, {running} clocks", events.len(), targets.len());

    criterion.bench_function("custody of 50 events", |bencher| {
        bencher.iter(|| custody::fold(TICKET, black_box(&events), now));
    });
    criterion.bench_function("ticket of 50 events", |bencher| {
        bencher.iter(|| Ticket::fold(TICKET, black_box(&events)));
    });
    criterion.bench_function("clocks of 50 events, SLA resolution only", |bencher| {
        bencher.iter(|| clock::run(&ticket, black_box(&events), &applied[2..3]));
    });
    criterion.bench_function("clocks of 50 events, 8 targets", |bencher| {
        bencher.iter(|| clock::run(&ticket, black_box(&events), &applied));
    });
}

/// An opening, then seven rounds of seven steps, a few working hours apart.
fn story() -> Vec<Event> {
    let opening = |unit| Opening {
        number: 1,
        kind: Kind::Incident,
        service: ServiceId(1),
        unit: UnitId(unit),
        person: None,
        requester: PersonId(1),
        beneficiary: PersonId(1),
        payer: None,
        organisation: None,
        asking_unit: None,
        class: Class::External,
        priority: Priority::P3,
        outbound: false,
        message: Some(MessageId(1)),
    };
    let said = |side| Fact::Replied { message: MessageId(2), side, automatic: false };
    let wait = |on| Fact::WaitStarted { on, message: None };
    let mut facts = vec![(TICKET, Fact::Opened(opening(1)))];
    for round in 0..7 {
        let handoff = TicketId(10 + round);
        facts.extend([
            (TICKET, Fact::Assigned { person: Some(PersonId(10 + round)) }),
            (TICKET, said(Side::Serving)),
            (
                TICKET,
                wait(if round % 2 == 0 { WaitOn::Requester } else { WaitOn::Supplier(OrganisationId(1)) }),
            ),
            (TICKET, said(Side::Requesting)),
            (handoff, Fact::Asked(opening(2))),
            (handoff, Fact::Closed { how: Closing::Accepted, rating: Some(4), reason: None }),
            (TICKET, Fact::Transferred { unit: UnitId(1 + round % 3), person: None, reason: None }),
        ]);
    }
    let first: Timestamp = "2026-03-02T08:00:00Z".parse().expect("a timestamp");
    let event = |(step, (ticket, fact)): (i64, (TicketId, Fact))| Event {
        id: EventId(step),
        at: first + SignedDuration::from_mins(step * 170),
        actor: Actor::Person(PersonId(9)),
        ticket,
        parent: (ticket != TICKET).then_some(TICKET),
        fact,
    };
    (0..).zip(facts).map(event).collect()
}

fn targets() -> Vec<Target> {
    let metrics = [Metric::FirstResponse, Metric::NextResponse, Metric::Resolution, Metric::NextUpdate];
    let kinds = [AgreementKind::Sla, AgreementKind::Ola];
    let both = kinds.into_iter().flat_map(|kind| metrics.map(|metric| (kind, metric)));
    let target = |(id, (kind, metric)): (i64, (AgreementKind, Metric))| Target {
        id: TargetId(id),
        agreement: AgreementId(1),
        kind,
        metric,
        priority: None,
        within: SignedDuration::from_hours(16),
        calendar: CalendarId(1),
        quantile: None,
        pauses: Pauses { requester: true, supplier: true, agreed: true },
    };
    (0..).zip(both).map(target).collect()
}

fn office() -> Calendar {
    let day = r#"[["09:00","12:30"],["13:00","17:30"]]"#;
    let json = format!(
        r#"{{"time_zone":"Europe/Berlin","hours":{{"mon":{day},"tue":{day},"wed":{day},"thu":{day},"fri":{day}}}}}"#
    );
    let spec: CalendarSpec = serde_json::from_str(&json).expect("the description is well formed");
    Calendar::new(spec).expect("the office has hours")
}
