//! How long a ledger takes: fifty hand-offs below one ticket, and ten thousand ordinary tickets.

use std::collections::HashMap;
use std::hint::black_box;
use std::time::Duration;

use criterion::{Criterion, criterion_group, criterion_main};
use domain::id::{OrganisationId, PersonId, TicketId, UnitId};
use domain::ledger::{Line, OwnerSpan, Wait, WaitFor, charge, whatif};
use jiff::{SignedDuration, Timestamp};

fn at(minute: i64) -> Timestamp {
    Timestamp::from_second(1_700_000_000 + minute * 60).expect("a minute of this century")
}

fn line(ticket: i64, life: (i64, i64), waits: &[(i64, i64, WaitFor)]) -> Line {
    let waits = waits.iter().zip(1..).map(|(&(from, to, on), id)| Wait {
        id,
        from: at(from),
        to: at(to),
        open: false,
        on,
    });
    let owner = |from, to, unit, person| OwnerSpan { from: at(from), to: at(to), unit: UnitId(unit), person };
    let taken = life.0 + (life.1 - life.0) / 10;
    Line {
        ticket: TicketId(ticket),
        lives: vec![(at(life.0), at(life.1))],
        provisional: false,
        owners: vec![
            owner(life.0, taken, ticket % 7, None),
            owner(taken, life.1, ticket % 7, Some(PersonId(3))),
        ],
        waits: waits.collect(),
    }
}

/// One ticket, ten hand-offs partly in parallel, each with a chain of four below it.
fn fifty_handoffs() -> HashMap<TicketId, Line> {
    let mut lines = HashMap::new();
    let mut asked = Vec::new();
    for first in 0..10 {
        let (mut from, mut to) = (1_000 * first, 1_000 * first + 1_700);
        asked.push((from, to, WaitFor::Handoff(TicketId(10 * first + 1))));
        for level in 1..=5 {
            let ticket = 10 * first + level;
            let mut waits = vec![(from + 40, from + 90, WaitFor::Requester)];
            if level < 5 {
                waits.push((from + 100, to - 100, WaitFor::Handoff(TicketId(ticket + 1))));
            }
            lines.insert(TicketId(ticket), line(ticket, (from, to - 10), &waits));
            (from, to) = (from + 100, to - 100);
        }
    }
    lines.insert(TicketId(0), line(0, (0, 12_000), &asked));
    lines
}

/// Three waits each, one of them for another ticket.
fn ten_thousand_tickets() -> HashMap<TicketId, Line> {
    let mut lines = HashMap::new();
    for ticket in 0..10_000 {
        let from = ticket * 3;
        let mut waits = vec![
            (from + 10, from + 200, WaitFor::Requester),
            (from + 100, from + 300, WaitFor::Supplier(OrganisationId(1))),
        ];
        if ticket % 2 == 0 {
            waits.push((from + 310, from + 500, WaitFor::Handoff(TicketId(ticket + 1))));
        }
        lines.insert(TicketId(ticket), line(ticket, (from, from + 600), &waits));
    }
    lines
}

fn ledgers(criterion: &mut Criterion) {
    let fifty = fifty_handoffs();
    criterion.bench_function("charge, 50 hand-offs nested and parallel", |bencher| {
        bencher.iter(|| charge(black_box(&fifty), TicketId(0)));
    });
    let changes: Vec<whatif::Change> = (0..10)
        .map(|first| whatif::Change {
            target: whatif::Target::Handoff(TicketId(10 * first + 5)),
            duration: SignedDuration::from_mins(30),
        })
        .collect();
    criterion.bench_function("what if, 50 hand-offs, 10 changes", |bencher| {
        bencher.iter(|| whatif::with(black_box(&fifty), TicketId(0), &changes));
    });
    let many = ten_thousand_tickets();
    criterion.bench_function("charge, 10,000 tickets", |bencher| {
        bencher.iter(|| {
            let charges = |ticket: &TicketId| charge(&many, *ticket).map(|it| it.charges.len());
            many.keys().map(charges).map(Result::unwrap_or_default).sum::<usize>()
        });
    });
}

criterion_group! {
    name = benches;
    config = Criterion::default()
        .sample_size(20)
        .warm_up_time(Duration::from_millis(500))
        .measurement_time(Duration::from_secs(2));
    targets = ledgers
}
criterion_main!(benches);
