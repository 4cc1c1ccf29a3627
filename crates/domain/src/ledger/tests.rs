//! The ledger against the worked examples, its properties, and the minute sweep.

use std::collections::{BTreeMap, HashMap};
use std::time::Duration;

use jiff::SignedDuration;
use proptest::prelude::{Just, Strategy, prop_assert, prop_assert_eq};
use proptest::test_runner::{Config, TestCaseError, TestRunner};

use super::sweep::{self, Facts, at};
use super::{
    Because, Charge, Holder, LateAsk, Ledger, LedgerError, Line, OwnerSpan, Wait, WaitFor, charge, whatif,
};
use crate::id::{OrganisationId, PersonId, TicketId, UnitId};

const CASES: u32 = 10_000;

fn hours(hours: i64) -> SignedDuration {
    SignedDuration::from_hours(hours)
}

/// A ticket owned by the unit of its own number; times in hours.
fn line(ticket: i64, lives: &[(i64, i64)], waits: &[(i64, i64, i64, WaitFor)]) -> Line {
    let owner =
        OwnerSpan { from: at(0), to: at(60_000), unit: UnitId(ticket), person: Some(PersonId(ticket)) };
    let wait = |&(id, from, to, on): &(i64, i64, i64, WaitFor)| Wait {
        id,
        from: at(60 * from),
        to: at(60 * to),
        open: false,
        on,
    };
    Line {
        ticket: TicketId(ticket),
        lives: lives.iter().map(|life| (at(60 * life.0), at(60 * life.1))).collect(),
        provisional: false,
        owners: vec![owner],
        waits: waits.iter().map(wait).collect(),
    }
}

fn lines(all: impl IntoIterator<Item = Line>) -> HashMap<TicketId, Line> {
    all.into_iter().map(|line| (line.ticket, line)).collect()
}

fn supplier(number: i64) -> WaitFor {
    WaitFor::Supplier(OrganisationId(number))
}

fn handoff(ticket: i64) -> WaitFor {
    WaitFor::Handoff(TicketId(ticket))
}

fn unit(number: i64) -> Holder {
    Holder::Unit { unit: UnitId(number), person: Some(PersonId(number)), queued: false }
}

/// From and to in hours, and who.
fn told(ledger: &Ledger) -> Vec<(i64, i64, Holder)> {
    let hour = |instant: jiff::Timestamp| instant.as_second() / 3600;
    ledger.charges.iter().map(|one| (hour(one.from), hour(one.to), one.holder)).collect()
}

#[test]
fn a_wait_asked_late_is_charged_to_the_owner_and_says_so() {
    let facts = lines([line(1, &[(0, 12)], &[(1, 0, 6, supplier(1)), (2, 4, 10, supplier(2))])]);
    let ledger = charge(&facts, TicketId(1)).unwrap();
    let second = Holder::Supplier(OrganisationId(2));
    assert_eq!(told(&ledger), [(0, 4, unit(1)), (4, 10, second), (10, 12, unit(1))]);
    let late: Vec<_> = ledger.charges.iter().map(|charge| charge.late).collect();
    assert_eq!(late, [Some(LateAsk { asked: 2, running: 1 }), None, None]);
    let slack: Vec<_> = ledger.slack.iter().map(|one| (one.wait, one.slack, one.on_path)).collect();
    assert_eq!(slack, [(1, hours(4), false), (2, hours(0), true)]);
}

#[test]
fn a_gap_is_late_only_from_where_the_other_wait_began() {
    let facts = lines([line(1, &[(0, 12)], &[(1, 2, 6, supplier(1)), (2, 4, 12, supplier(2))])]);
    let ledger = charge(&facts, TicketId(1)).unwrap();
    let late = Some(LateAsk { asked: 2, running: 1 });
    let marks: Vec<_> = ledger.charges.iter().map(|charge| charge.late).collect();
    assert_eq!(marks, [None, late, None]);
    assert_eq!(told(&ledger)[..2], [(0, 2, unit(1)), (2, 4, unit(1))]);
}

#[test]
fn three_handoffs_are_charged_fourteen_and_four_and_nothing() {
    let waits = [(1, 0, 10, handoff(11)), (2, 0, 14, handoff(12)), (3, 14, 18, handoff(13))];
    let facts = lines([
        line(1, &[(0, 18)], &waits),
        line(11, &[(0, 10)], &[]),
        line(12, &[(0, 14)], &[]),
        line(13, &[(14, 18)], &[]),
    ]);
    let ledger = charge(&facts, TicketId(1)).unwrap();
    assert_eq!(told(&ledger), [(0, 14, unit(12)), (14, 18, unit(13))]);
    assert_eq!(ledger.slack[0].slack, hours(4));
    assert_eq!(ledger.via(&ledger.charges[0]), [TicketId(1), TicketId(12)]);

    let b = whatif::Change { target: whatif::Target::Handoff(TicketId(12)), duration: hours(6) };
    let outcome = whatif::with(&facts, TicketId(1), &[b]).unwrap();
    assert_eq!((outcome.solved, outcome.saving), (at(14 * 60), hours(4)));

    let a =
        whatif::Change { target: whatif::Target::Wait { ticket: TicketId(1), wait: 1 }, duration: hours(5) };
    let both = whatif::with(&facts, TicketId(1), &[a, b]).unwrap();
    assert_eq!((both.alone, both.saving), (vec![hours(0), hours(4)], hours(8)));
}

#[test]
fn shortening_a_nested_handoff_shortens_the_handoff_that_asked_for_it() {
    let facts = lines([
        line(1, &[(0, 20)], &[(1, 2, 18, handoff(2))]),
        line(2, &[(2, 16)], &[(1, 3, 13, handoff(3)), (2, 3, 8, supplier(1))]),
        line(3, &[(3, 12)], &[(1, 4, 11, supplier(2))]),
    ]);
    let target = whatif::Target::Wait { ticket: TicketId(3), wait: 1 };
    let change = whatif::Change { target, duration: hours(1) };
    let outcome = whatif::with(&facts, TicketId(1), &[change]).unwrap();
    assert_eq!(outcome.saving, hours(5), "six hours less, of which the supplier takes one back");
}

#[test]
fn delivered_but_not_accepted_is_the_askers_time() {
    let facts = lines([line(1, &[(0, 12)], &[(1, 1, 10, handoff(2))]), line(2, &[(2, 5), (7, 8)], &[])]);
    let ledger = charge(&facts, TicketId(1)).unwrap();
    let want = [(0, 1), (1, 2), (2, 5), (5, 7), (7, 8), (8, 10), (10, 12)];
    let holders = [1, 1, 2, 1, 2, 1, 1].map(unit);
    let want: Vec<_> = want.iter().zip(holders).map(|(&(from, to), who)| (from, to, who)).collect();
    assert_eq!(told(&ledger), want);
    assert_eq!(ledger.charges[3].because, Because::Accepting { wait: 1 });
    assert_eq!((ledger.charges[3].ticket, ledger.charges[3].depth), (TicketId(1), 0));
}

#[test]
fn sums_by_holder_are_elapsed_and_counted() {
    let facts = lines([line(1, &[(0, 12)], &[(1, 2, 6, supplier(1)), (2, 8, 9, supplier(1))])]);
    let ledger = charge(&facts, TicketId(1)).unwrap();
    let sums = ledger.by_holder(|charge| charge.elapsed() / 2);
    assert_eq!(sums[&unit(1)].elapsed, hours(7));
    assert_eq!(sums[&Holder::Supplier(OrganisationId(1))].counted, hours(5) / 2);
    assert_eq!(ledger.elapsed(), hours(12));
}

#[test]
fn a_circle_is_refused_with_its_path() {
    let ring = |ticket: i64, next: i64| line(ticket, &[(0, 9)], &[(1, 1, 8, handoff(next))]);
    let facts = lines([ring(1, 2), ring(2, 3), ring(3, 4), ring(4, 2)]);
    let path = [2, 3, 4, 2].map(TicketId).to_vec();
    let error = charge(&facts, TicketId(1)).unwrap_err();
    assert_eq!(error, LedgerError::Cycle { path });
    assert!(error.to_string().contains("2 -> 3 -> 4 -> 2"), "{error}");
    assert_eq!(whatif::with(&facts, TicketId(1), &[]).unwrap_err(), error);
}

#[test]
fn missing_facts_are_named() {
    let facts = lines([line(1, &[(0, 9)], &[(1, 1, 8, handoff(2))])]);
    let missing = LedgerError::UnknownTicket { ticket: TicketId(2), asked_by: Some(TicketId(1)) };
    assert_eq!(charge(&facts, TicketId(1)).unwrap_err(), missing);
    let unowned = lines([Line { owners: Vec::new(), ..line(1, &[(0, 9)], &[]) }]);
    let error = charge(&unowned, TicketId(1)).unwrap_err();
    assert_eq!(error, LedgerError::NoOwner { ticket: TicketId(1) });
    let target = whatif::Target::Handoff(TicketId(9));
    let change = whatif::Change { target, duration: hours(1) };
    let error = whatif::with(&lines([line(1, &[(0, 9)], &[])]), TicketId(1), &[change]);
    assert_eq!(error.unwrap_err(), LedgerError::NothingToChange { change: 0 });
}

#[test]
fn a_thousand_levels_do_not_exhaust_the_stack() {
    let levels = 1_000;
    let facts = lines((0..=levels).map(|level| {
        let life = [(level, 3 * levels - level)];
        let wait = [(1, level + 1, 3 * levels - level - 1, handoff(level + 1))];
        line(level, &life, if level < levels { &wait } else { &[] })
    }));
    let run = move || {
        let ledger = charge(&facts, TicketId(0)).unwrap();
        let deepest = ledger.charges.iter().max_by_key(|charge| charge.depth).unwrap();
        let change = whatif::Change { target: whatif::Target::Handoff(TicketId(levels)), duration: hours(0) };
        let saved = whatif::with(&facts, TicketId(0), &[change]).unwrap().saving;
        (ledger.charges.len(), ledger.via(deepest).len(), saved)
    };
    let small = std::thread::Builder::new().stack_size(128 * 1024).spawn(run).unwrap();
    assert_eq!(small.join().unwrap(), (2_001, 1_001, hours(levels)));
}

#[test]
fn ten_thousand_tickets_are_charged_in_no_time_even_without_optimisation() {
    let facts: BTreeMap<TicketId, Line> = (0..10_000)
        .map(|ticket| (TicketId(ticket), line(ticket, &[(0, 12)], &[(1, 2, 6, supplier(1))])))
        .collect();
    let begun = std::time::Instant::now();
    for &ticket in facts.keys() {
        charge(&facts, ticket).unwrap();
    }
    assert!(begun.elapsed() < Duration::from_secs(5), "took {:?}", begun.elapsed());
}

fn for_all<S: Strategy>(strategy: &S, test: impl Fn(S::Value) -> Result<(), TestCaseError>) {
    let config = Config { cases: CASES, failure_persistence: None, ..Config::default() };
    TestRunner::new(config).run(strategy, test).unwrap();
}

fn each_minute(ledger: &Ledger) -> BTreeMap<i64, sweep::Minute> {
    let mut found = BTreeMap::new();
    for one in &ledger.charges {
        let Charge { holder, ticket, depth, because, late, .. } = *one;
        for minute in one.from.as_second() / 60..one.to.as_second() / 60 {
            found.insert(minute, sweep::Minute { holder, ticket, depth, because, late });
        }
    }
    found
}

#[test]
fn the_ledger_agrees_with_the_minute_sweep() {
    for_all(&sweep::chains(), |chain| {
        let ledger = charge(&sweep::lines(&chain), TicketId(0)).unwrap();
        prop_assert_eq!(each_minute(&ledger), sweep::minutes(&chain, 0));
        Ok(())
    });
}

#[test]
fn charges_are_disjoint_and_cover_the_lives_exactly() {
    for_all(&sweep::chains(), |chain| {
        let facts = sweep::lines(&chain);
        let ledger = charge(&facts, TicketId(0)).unwrap();
        let lives: i64 = chain[0].lives.iter().map(|life| life.1 - life.0).sum();
        prop_assert_eq!(ledger.elapsed(), SignedDuration::from_mins(lives));
        prop_assert!(ledger.charges.iter().all(|charge| charge.from < charge.to));
        prop_assert!(ledger.charges.windows(2).all(|pair| pair[0].to <= pair[1].from));
        for life in &facts[&TicketId(0)].lives {
            let inside = ledger.charges.iter().filter(|one| one.from < life.1 && life.0 < one.to);
            let covered = inside.map(|one| one.to.min(life.1).duration_since(one.from.max(life.0)));
            prop_assert_eq!(covered.sum::<SignedDuration>(), life.1.duration_since(life.0));
        }
        for charge in &ledger.charges {
            let via = ledger.via(charge);
            prop_assert_eq!(via.len(), usize::from(charge.depth) + 1);
            prop_assert_eq!(via.last(), Some(&charge.ticket));
        }
        Ok(())
    });
}

#[test]
fn the_order_of_the_facts_does_not_matter() {
    let mixed = sweep::chains().prop_flat_map(|chain| {
        let line = sweep::lines(&chain).remove(&TicketId(0)).unwrap();
        let parts = (
            Just(line.lives).prop_shuffle(),
            Just(line.owners).prop_shuffle(),
            Just(line.waits).prop_shuffle(),
        );
        (Just(chain), parts)
    });
    for_all(&mixed, |(chain, (lives, owners, waits))| {
        let mut facts = sweep::lines(&chain);
        let ledger = charge(&facts, TicketId(0)).unwrap();
        let line = facts.get_mut(&TicketId(0)).unwrap();
        (line.lives, line.owners, line.waits) = (lives, owners, waits);
        for line in facts.values_mut() {
            line.waits.reverse();
            line.owners.reverse();
        }
        prop_assert_eq!(charge(&facts, TicketId(0)).unwrap(), ledger);
        Ok(())
    });
}

fn inside_lives(line: &Line, wait: i64) -> Vec<SignedDuration> {
    let wait = line.waits.iter().find(|one| one.id == wait).unwrap();
    let cut = line.lives.iter().map(|life| wait.to.min(life.1).duration_since(wait.from.max(life.0)));
    cut.filter(SignedDuration::is_positive).collect()
}

#[test]
fn slack_is_how_much_a_wait_may_grow_without_moving_the_end() {
    for_all(&sweep::chains(), |chain| {
        let facts = sweep::lines(&chain);
        let ledger = charge(&facts, TicketId(0)).unwrap();
        for one in &ledger.slack {
            prop_assert!(!one.slack.is_negative());
            prop_assert!(!one.on_path || one.slack.is_zero());
            let pieces = inside_lives(&facts[&TicketId(0)], one.wait);
            let target = whatif::Target::Wait { ticket: TicketId(0), wait: one.wait };
            let duration = pieces.iter().sum::<SignedDuration>() + one.slack;
            let saving = |duration| {
                let change = whatif::Change { target, duration };
                whatif::with(&facts, TicketId(0), &[change]).unwrap().saving
            };
            prop_assert_eq!(saving(duration), SignedDuration::ZERO);
            prop_assert_eq!(saving(duration - one.slack / 2), SignedDuration::ZERO);
            if pieces.len() == 1 {
                let minute = SignedDuration::from_mins(1);
                prop_assert_eq!(saving(duration + minute), -minute);
            }
        }
        Ok(())
    });
}

#[test]
fn what_if_agrees_with_the_forward_recomputation_of_one_instant_at_a_time() {
    let changed = (sweep::chains(), 1..5_i64, 0..20_i64);
    for_all(&changed, |(chain, handoff, minutes)| {
        let facts = sweep::lines(&chain);
        let solved = |chain: &[Facts]| chain[0].lives.last().unwrap().1;
        let change = whatif::Change {
            target: whatif::Target::Handoff(TicketId(handoff)),
            duration: SignedDuration::from_mins(minutes),
        };
        match whatif::with(&facts, TicketId(0), &[change]) {
            Err(error) => prop_assert_eq!(error, LedgerError::NothingToChange { change: 0 }),
            Ok(outcome) => {
                let given = Some((TicketId(handoff), minutes));
                let moved = sweep::Forward::new(&chain, given).moved(0, solved(&chain));
                prop_assert_eq!(outcome.saving, SignedDuration::from_mins(-moved));
                prop_assert_eq!(outcome.solved, at(solved(&chain) + moved));
                prop_assert_eq!(outcome.alone, vec![outcome.saving]);
            }
        }
        let unchanged = whatif::with(&facts, TicketId(0), &[]).unwrap();
        prop_assert_eq!(unchanged.solved, at(solved(&chain)));
        Ok(())
    });
}
