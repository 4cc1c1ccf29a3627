use domain::affiliation::Class;
use domain::event::{Actor, Closing, Event, Fact, Opening, Side, WaitOn};
use domain::id::{EventId, OrganisationId, PersonId, ServiceId, TicketId, UnitId};
use domain::priority::Priority;
use domain::ticket::Kind;
use jiff::{SignedDuration, Timestamp};
use store::{Db, WallClock};

use super::{Filter, Group, durations, handoffs, ledger, promises, quantile};
use crate::act::{Act, Desk};
use crate::project;

const SUPPORT: UnitId = UnitId(1);
const WAREHOUSE: UnitId = UnitId(2);
const IT: UnitId = UnitId(3);

fn at(hour: i64) -> Timestamp {
    // Monday, 29 February 2016 in UTC: the ninth ISO week.
    Timestamp::from_second(1_456_704_000 + hour * 3600).unwrap()
}

/// A desk with three units, a service each, and one person who asks.
fn desk() -> Desk {
    let db = Db::open("sqlite::memory:", store::migrations::ALL).unwrap();
    let desk = Desk::new(db, WallClock::fixed(at(10_000)));
    desk.act_now(Actor::Desk, |act| {
        act.tx.batch(
            "insert into organisation (id, name, created_at) values (9, 'Kaltwind', 0);
             insert into person (id, name, class, created_at) values (5, 'Ida', 'external', 0);",
        )?;
        for (id, name) in [(1, "Support"), (2, "Warehouse"), (3, "IT")] {
            act.tx.batch(&format!(
                "insert into unit (id, name, kind, created_at) values ({id}, '{name}', 'team', 0);
                 insert into service (id, name, unit_id, audience_external, matrix, reopen_days, close_days, created_at)
                 values ({id}, '{name} help', {id}, 1, '[[1,2,3],[2,3,3],[3,3,4]]', 30, 30, 0);"
            ))?;
        }
        store::catalogue::changed(act.tx, EventId(act.new_id()))?;
        Ok(())
    })
    .unwrap();
    desk
}

/// Writes what happened, as an import would: each fact at its own instant.
fn tell(desk: &Desk, ticket: i64, parent: Option<i64>, story: Vec<(i64, Fact)>) {
    desk.act_now(Actor::Desk, move |act| {
        for (hour, fact) in story {
            tell_one(act, TicketId(ticket), parent.map(TicketId), at(hour), fact)?;
        }
        Ok(())
    })
    .unwrap();
}

fn tell_one(
    act: &mut Act,
    ticket: TicketId,
    parent: Option<TicketId>,
    at: Timestamp,
    fact: Fact,
) -> Result<(), crate::DeskError> {
    act.now = at;
    if matches!(fact, Fact::Opened(_) | Fact::Asked(_)) {
        let event = Event { id: EventId(act.new_id()), at, actor: act.actor, ticket, parent, fact };
        store::event::record(act.tx, &event, at)?;
        project::appear(act, &event, "A matter")?;
    } else {
        project::happen(act, ticket, |_, _| Ok(fact))?;
    }
    Ok(())
}

fn opening(number: i64, unit: UnitId, asking: Option<UnitId>) -> Opening {
    Opening {
        number,
        kind: Kind::Request,
        service: ServiceId(unit.0),
        unit,
        person: None,
        requester: PersonId(5),
        beneficiary: PersonId(5),
        payer: None,
        organisation: None,
        asking_unit: asking,
        class: Class::External,
        priority: Priority::P2,
        outbound: false,
        message: None,
    }
}

fn opened(number: i64, unit: UnitId) -> Fact {
    Fact::Opened(opening(number, unit, None))
}

fn moved(unit: UnitId) -> Fact {
    Fact::Transferred { unit, person: None, reason: None }
}

const fn solved() -> Fact {
    Fact::Solved { message: None, overriding: None }
}

const fn closed() -> Fact {
    Fact::Closed { how: Closing::Timer, rating: None, reason: None }
}

#[test]
fn moves_and_asked_handoffs_make_the_matrix_and_there_and_back_is_a_ping_pong() {
    let desk = desk();
    tell(
        &desk,
        10,
        None,
        vec![
            (0, opened(1, SUPPORT)),
            (1, moved(IT)),
            (2, moved(SUPPORT)),
            (3, moved(SUPPORT)),
            (4, moved(IT)),
            (5, solved()),
        ],
    );
    tell(&desk, 11, None, vec![(0, opened(2, SUPPORT))]);
    tell(&desk, 12, Some(11), vec![(1, Fact::Asked(opening(3, WAREHOUSE, Some(SUPPORT))))]);
    let rows = desk.look_now(|look| handoffs::run(look, &Filter::default())).unwrap();
    let rows: Vec<_> = rows.iter().map(|row| (row.from.as_str(), row.to.as_str(), row.count)).collect();
    assert_eq!(rows, [("Support", "IT", 2), ("IT", "Support", 1), ("Support", "Warehouse", 1)]);
    let rows = desk.look_now(|look| handoffs::pingpong(look, &Filter::default())).unwrap();
    let rows: Vec<_> = rows.iter().map(|row| (row.a.as_str(), row.b.as_str(), row.count)).collect();
    assert_eq!(rows, [("IT", "Support", 1), ("Support", "IT", 1)]);
}

#[test]
fn durations_state_the_tickets_that_are_still_open() {
    let desk = desk();
    for (number, hours) in [(1, 2), (2, 4), (3, 10)] {
        tell(&desk, number, None, vec![(0, opened(number, SUPPORT)), (hours, solved())]);
    }
    tell(&desk, 3, None, vec![(20, closed())]);
    tell(&desk, 4, None, vec![(0, opened(4, SUPPORT))]);
    let rows = desk.look_now(|look| durations::run(look, &Filter::default(), durations::By::Unit)).unwrap();
    assert_eq!(rows.len(), 2);
    let to_solved = &rows[0];
    assert_eq!(to_solved.group, Group::Unit(Some("Support".into())));
    assert_eq!((to_solved.n, to_solved.open), (3, 1));
    assert_eq!(to_solved.p50, Some(4.0));
    assert_eq!(to_solved.p25, Some(3.0));
    assert_eq!(to_solved.mean, Some(16.0 / 3.0));
    assert_eq!((rows[1].n, rows[1].open, rows[1].p95), (1, 3, Some(20.0)));
}

#[test]
fn ledgers_sum_exactly_to_the_time_from_opening_to_solution() {
    let desk = desk();
    // Support 0-2, Warehouse (asked) 2-6, the requester 6-9, Kaltwind 9-10, Support 10-12.
    tell(&desk, 20, None, vec![(0, opened(1, SUPPORT))]);
    tell(&desk, 21, Some(20), vec![(2, Fact::Asked(opening(2, WAREHOUSE, Some(SUPPORT))))]);
    tell(&desk, 21, Some(20), vec![(6, solved()), (6, closed())]);
    tell(
        &desk,
        20,
        None,
        vec![
            (6, Fact::WaitStarted { on: WaitOn::Requester, message: None }),
            (9, Fact::WaitStarted { on: WaitOn::Supplier(OrganisationId(9)), message: None }),
            (10, Fact::WaitEnded),
            (12, solved()),
        ],
    );
    tell(&desk, 30, None, vec![(0, opened(3, IT)), (1, solved())]);
    tell(&desk, 40, None, vec![(0, opened(4, IT))]);
    let report =
        desk.look_now(|look| ledger::run(look, &Filter::default(), ledger::By::Holder, None)).unwrap();
    let rows: Vec<_> = report
        .rows
        .iter()
        .map(|row| (row.group.word().unwrap(), row.tickets, row.elapsed.as_hours()))
        .collect();
    let expected = [
        ("Support", 1, 4),
        ("Warehouse", 1, 4),
        ("requester", 1, 3),
        ("IT", 1, 1),
        ("supplier: Kaltwind", 1, 1),
    ];
    let expected: Vec<_> =
        expected.iter().map(|(name, tickets, hours)| ((*name).to_owned(), *tickets, *hours)).collect();
    assert_eq!(rows, expected);
    assert_eq!((report.tickets, report.elapsed), (2, SignedDuration::from_hours(13)));
    assert_eq!(report.rows.iter().map(|row| row.elapsed).sum::<SignedDuration>(), report.elapsed);
    assert!(report.rows.iter().all(|row| row.working.is_none() && row.without_promise == row.tickets));
    let by_unit =
        desk.look_now(|look| ledger::run(look, &Filter::default(), ledger::By::Unit, None)).unwrap();
    assert_eq!(by_unit.rows.iter().map(|row| row.elapsed).sum::<SignedDuration>(), report.elapsed);
    assert!(by_unit.rows.iter().any(|row| row.group == Group::Unit(None)));
    let inside = desk
        .look_now(|look| ledger::run(look, &Filter::default(), ledger::By::Service, Some(Class::Internal)))
        .unwrap();
    assert_eq!((inside.rows.len(), inside.tickets), (0, 0));
}

#[test]
fn an_imported_verdict_stands_where_no_clock_of_ours_ended() {
    let desk = desk();
    for (number, kept) in [(1, 1), (2, 0), (3, 1)] {
        tell(&desk, number, None, vec![(0, opened(number, SUPPORT)), (24 * 7 * number, solved())]);
        desk.act_now(Actor::Desk, move |act| {
            act.tx.batch(&format!(
                "insert into imported_case (source, case_key, ticket_id, rows, fingerprint, kept)
                 values ('log', 'case {number}', {number}, 2, x'00', {kept})"
            ))?;
            Ok(())
        })
        .unwrap();
    }
    tell(&desk, 4, None, vec![(0, opened(4, SUPPORT)), (1, solved())]);
    let by = promises::By::Week(jiff::tz::TimeZone::UTC);
    let rows = desk.look_now(move |look| promises::run(look, &Filter::default(), &by)).unwrap();
    let rows: Vec<_> =
        rows.iter().map(|row| (row.group.word().unwrap(), row.source, row.kept, row.missed, row.n)).collect();
    assert_eq!(
        rows,
        [
            ("2016-W10".to_owned(), promises::Source::Imported, 1, 0, 1),
            ("2016-W11".to_owned(), promises::Source::Imported, 0, 1, 1),
            ("2016-W12".to_owned(), promises::Source::Imported, 1, 0, 1),
        ]
    );
    let only = Filter { since: at(1), ..Filter::default() };
    let rows = desk.look_now(move |look| promises::run(look, &only, &promises::By::Unit)).unwrap();
    assert!(rows.is_empty());
    let unknown = Filter { source: Some("other".into()), ..Filter::default() };
    let refused = desk.look_now(move |look| promises::run(look, &unknown, &promises::By::Unit));
    assert!(refused.unwrap_err().to_string().contains("known are: log"));
}

#[test]
fn a_reopened_ticket_is_charged_for_both_lives() {
    let desk = desk();
    tell(
        &desk,
        1,
        None,
        vec![
            (0, opened(1, SUPPORT)),
            (2, solved()),
            (5, Fact::Reopened { side: Side::Requesting, reason: None }),
            (6, solved()),
        ],
    );
    let report =
        desk.look_now(|look| ledger::run(look, &Filter::default(), ledger::By::Holder, None)).unwrap();
    assert_eq!(report.elapsed, SignedDuration::from_hours(3));
}

#[test]
fn rows_are_flat_objects_with_the_name_of_the_group() {
    let row = handoffs::Row { from: "A".into(), to: "B".into(), count: 2 };
    assert_eq!(serde_json::to_string(&row).unwrap(), r#"{"from":"A","to":"B","count":2}"#);
    let row = ledger::Row {
        group: Group::Unit(None),
        tickets: 1,
        elapsed: SignedDuration::from_mins(90),
        working: None,
        without_promise: 1,
    };
    assert_eq!(
        serde_json::to_string(&row).unwrap(),
        r#"{"unit":null,"tickets":1,"elapsed_hours":1.5,"working_hours":null,"without_promise":1}"#
    );
    let week = Group::Week("2016-W09".into());
    let row = promises::Row {
        group: week,
        source: promises::Source::Own,
        kept: 1,
        missed: 0,
        n: 1,
        imported_kept: 0,
        imported_missed: 1,
    };
    assert!(
        serde_json::to_string(&row).unwrap().starts_with(r#"{"week":"2016-W09","source":"own","kept":1,"#)
    );
}

#[test]
fn quantiles_are_those_of_type_seven() {
    let values = [1.0, 2.0, 4.0, 8.0];
    assert_eq!(quantile::type7(&values, 0.5), Some(3.0));
    assert_eq!(quantile::type7(&values, 0.25), Some(1.75));
    assert_eq!(quantile::type7(&values, 1.0), Some(8.0));
    assert_eq!(quantile::type7(&[], 0.5), None);
    assert_eq!(quantile::type7(&[7.0], 0.95), Some(7.0));
}
