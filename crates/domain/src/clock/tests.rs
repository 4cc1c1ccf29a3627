//! Clocks start, stand and stop as promised.

mod counted;

use jiff::{SignedDuration, Timestamp};

use super::{Applied, Clock, Outcome, Why, WorkingTime, run};
use crate::agreement::{AgreementKind, Metric, Pauses, Target};
use crate::event::invented::{
    HANDOFFS, TICKET, automatic, closed, escalated, event, moved, opening, reopened, said, solved, waits,
};
use crate::event::{Closing, Event, Fact, Opening, Side, WaitOn};
use crate::id::{AgreementId, CalendarId, OrganisationId, TargetId, TicketId, UnitId};
use crate::ticket::Ticket;

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

const fn hours(number: i64) -> SignedDuration {
    SignedDuration::from_hours(number)
}

fn at(hour: i64) -> Timestamp {
    Timestamp::UNIX_EPOCH + hours(hour)
}

const HANDOFF: TicketId = HANDOFFS[0];

/// Events of one ticket by hour, the first one being its opening.
fn told(facts: &[(i64, Fact)]) -> Vec<Event> {
    let opened = (0, Fact::Opened(opening(1)));
    let all = std::iter::once(&opened).chain(facts);
    (0..).zip(all).map(|(id, (hour, fact))| event(id, at(*hour), TICKET, fact.clone())).collect()
}

const ALL_PAUSES: Pauses = Pauses { requester: true, supplier: true, agreed: true };
const NO_PAUSES: Pauses = Pauses { requester: false, supplier: false, agreed: false };

fn target(kind: AgreementKind, metric: Metric, within: i64, pauses: Pauses) -> Target {
    Target {
        id: TargetId(1),
        agreement: AgreementId(1),
        kind,
        metric,
        priority: None,
        within: hours(within),
        calendar: CalendarId(1),
        quantile: None,
        pauses,
    }
}

fn sla(metric: Metric, within: i64) -> Target {
    target(AgreementKind::Sla, metric, within, ALL_PAUSES)
}

fn ola(metric: Metric, within: i64) -> Target {
    target(AgreementKind::Ola, metric, within, ALL_PAUSES)
}

fn clocks_of(ticket: TicketId, events: &[Event], target: &Target) -> Vec<Clock> {
    let ticket = Ticket::fold(ticket, events).unwrap();
    run(&ticket, events, &[Applied { target, calendar: &Always }])
}

fn clocks(facts: &[(i64, Fact)], target: &Target) -> Vec<Clock> {
    clocks_of(TICKET, &told(facts), target)
}

fn only(facts: &[(i64, Fact)], target: &Target) -> Clock {
    let mut all = clocks(facts, target);
    assert_eq!(all.len(), 1, "{all:?}");
    all.remove(0)
}

/// Start, stop and outcome of each clock, in hours.
fn verdicts(all: &[Clock]) -> Vec<(i64, Option<i64>, Outcome)> {
    let hour = |at: Timestamp| at.as_second() / 3600;
    all.iter().map(|clock| (hour(clock.started_at), clock.stopped_at.map(hour), clock.outcome)).collect()
}

use Outcome::{Met, Missed, Paused, Running, Void};

#[test]
fn the_first_reply_of_a_person_ends_first_response() {
    let facts =
        [(0, automatic(Side::Serving)), (1, said(Side::Requesting)), (3, said(Side::Serving)), (5, solved())];
    let clock = only(&facts, &sla(Metric::FirstResponse, 4));
    assert_eq!((clock.stopped_at, clock.outcome, clock.due_at), (Some(at(3)), Met, Some(at(4))));
    assert_eq!(only(&facts, &sla(Metric::FirstResponse, 2)).outcome, Missed);
}

#[test]
fn a_reply_at_the_due_instant_is_in_time() {
    let clock = only(&[(4, said(Side::Serving))], &sla(Metric::FirstResponse, 4));
    assert_eq!((clock.outcome, clock.due_at), (Met, Some(at(4))));
}

#[test]
fn solving_without_a_word_ends_first_response_and_reopening_does_not_revive_it() {
    let facts = [(3, solved()), (4, reopened(Side::Requesting))];
    assert_eq!(verdicts(&clocks(&facts, &sla(Metric::FirstResponse, 4))), [(0, Some(3), Met)]);
}

#[test]
fn next_response_starts_with_the_oldest_unanswered_message_after_the_first_response() {
    let facts = [
        (1, said(Side::Requesting)),
        (2, said(Side::Serving)),
        (5, said(Side::Requesting)),
        (7, said(Side::Requesting)),
        (8, said(Side::Serving)),
        (9, said(Side::Serving)),
        (10, said(Side::Requesting)),
    ];
    let all = clocks(&facts, &sla(Metric::NextResponse, 2));
    assert_eq!(verdicts(&all), [(5, Some(8), Missed), (10, None, Running)]);
    assert_eq!((all[1].stay, all[1].due_at), (1, Some(at(12))));
}

#[test]
fn thanks_for_a_solution_starts_no_clock_but_reopening_does() {
    let thanks = [(1, said(Side::Serving)), (2, solved()), (3, said(Side::Requesting))];
    assert_eq!(clocks(&thanks, &sla(Metric::NextResponse, 2)), []);
    let facts = [&thanks[..], &[(6, reopened(Side::Serving))]].concat();
    assert_eq!(verdicts(&clocks(&facts, &sla(Metric::NextResponse, 2))), [(6, None, Running)]);
}

#[test]
fn reopening_resumes_resolution_and_the_first_outcome_stays_visible() {
    let facts = [(3, solved()), (10, reopened(Side::Requesting)), (12, solved())];
    let clock = only(&facts, &sla(Metric::Resolution, 4));
    assert_eq!((clock.outcome, clock.first_outcome), (Missed, Some(Met)));
    assert_eq!((clock.consumed, clock.due_at), (hours(5), Some(at(11))));
    let counted: Vec<_> = clock.segments.iter().map(|s| (s.from, s.to, s.counted)).collect();
    assert_eq!(
        counted,
        [(at(0), Some(at(3)), true), (at(3), Some(at(10)), false), (at(10), Some(at(12)), true)]
    );
    let again = only(&facts[..2], &sla(Metric::Resolution, 4));
    assert_eq!((again.outcome, again.first_outcome, again.due_at), (Running, Some(Met), Some(at(11))));
    assert_eq!(again.stopped_at, None);
}

#[test]
fn a_promise_used_up_before_the_reopening_stays_missed() {
    let facts = [(5, solved()), (10, reopened(Side::Requesting)), (11, solved())];
    let clock = only(&facts, &sla(Metric::Resolution, 4));
    assert_eq!((clock.outcome, clock.first_outcome, clock.due_at), (Missed, Some(Missed), Some(at(4))));
}

#[test]
fn waiting_for_the_requester_pauses_only_where_the_target_says_so() {
    let facts = [(1, said(Side::Serving)), (2, waits(WaitOn::Requester))];
    let clock = only(&facts, &sla(Metric::Resolution, 4));
    assert_eq!((clock.outcome, clock.due_at, clock.consumed), (Paused, None, hours(2)));
    assert!(clock.is_paused(at(90)) && !clock.is_late(at(90)));
    assert_eq!(clock.remaining(&Always, at(90)), hours(2));
    let strict = only(&facts, &target(AgreementKind::Sla, Metric::Resolution, 4, NO_PAUSES));
    assert_eq!((strict.outcome, strict.due_at), (Running, Some(at(4))));
    assert!(strict.is_late(at(90)));
    assert_eq!(strict.remaining(&Always, at(6)), hours(-2));
    let answered = [&facts[..], &[(9, said(Side::Requesting))]].concat();
    assert_eq!(only(&answered, &sla(Metric::Resolution, 4)).due_at, Some(at(11)));
}

#[test]
fn an_agreed_date_pauses_until_then_and_the_due_time_is_known_at_once() {
    let until = at(30);
    let facts = [(2, waits(WaitOn::Agreed { until }))];
    let clock = only(&facts, &sla(Metric::Resolution, 4));
    assert_eq!((clock.outcome, clock.due_at), (Running, Some(at(32))));
    assert!(clock.is_paused(at(29)) && !clock.is_paused(until));
    assert_eq!(clock.segments[1].why, Why::Agreed { until });
    assert_eq!(clock.remaining(&Always, at(31)), hours(1));
    let strict = only(&facts, &target(AgreementKind::Sla, Metric::Resolution, 4, NO_PAUSES));
    assert_eq!((strict.due_at, strict.spent(&Always, at(3))), (Some(at(4)), hours(3)));
}

#[test]
fn a_handoff_never_pauses_and_takes_the_ball_from_the_requester() {
    let mut events = told(&[(1, said(Side::Serving)), (2, waits(WaitOn::Requester))]);
    events.push(event(8, at(3), HANDOFF, Fact::Asked(opening(2))));
    let clock = clocks_of(TICKET, &events, &sla(Metric::Resolution, 4)).remove(0);
    assert_eq!((clock.outcome, clock.due_at), (Running, Some(at(5))));
    assert_eq!(clock.segments[2].why, Why::Handoffs(vec![HANDOFF]));
}

#[test]
fn each_reply_promises_the_next_update() {
    let facts = [(1, said(Side::Serving)), (4, said(Side::Serving)), (9, solved())];
    let all = clocks(&facts, &sla(Metric::NextUpdate, 4));
    assert_eq!(verdicts(&all), [(1, Some(4), Met), (4, Some(9), Missed)]);
}

#[test]
fn each_delivery_of_a_handoff_asks_to_be_accepted_or_returned() {
    let asked = Fact::Asked(Opening { asking_unit: Some(UnitId(7)), ..opening(2) });
    let steps = |last: (i64, Fact)| {
        let facts = [(0, asked.clone()), (2, solved()), (3, reopened(Side::Requesting)), (5, solved()), last];
        facts.map(|(hour, fact)| event(hour, at(hour), HANDOFF, fact)).to_vec()
    };
    let judged = |hour, how| {
        let all = clocks_of(HANDOFF, &steps((hour, closed(how))), &sla(Metric::Acceptance, 4));
        assert!(all.iter().all(|clock| clock.unit == UnitId(7)));
        assert_eq!(verdicts(&all[..1]), [(2, Some(3), Met)]);
        all[1].outcome
    };
    assert_eq!(judged(6, Closing::Accepted), Met);
    assert_eq!(judged(10, Closing::Accepted), Missed);
    assert_eq!(judged(6, Closing::Withdrawn), Void);
    assert_eq!((judged(8, Closing::Timer), judged(10, Closing::Timer)), (Void, Missed));
    let resolution = clocks_of(HANDOFF, &steps((6, closed(Closing::Accepted))), &ola(Metric::Resolution, 4));
    assert_eq!(verdicts(&resolution), [(0, Some(5), Met)]);
    assert_eq!(clocks(&[(1, solved())], &sla(Metric::Acceptance, 4)), []);
}

#[test]
fn a_handoff_withdrawn_while_it_was_worked_on_counts_nowhere() {
    let facts = [(0, Fact::Asked(opening(2))), (9, closed(Closing::Withdrawn))];
    let events = facts.map(|(hour, fact)| event(hour, at(hour), HANDOFF, fact));
    for metric in [Metric::FirstResponse, Metric::Resolution] {
        assert_eq!(verdicts(&clocks_of(HANDOFF, &events, &ola(metric, 4))), [(0, Some(9), Void)]);
    }
}

#[test]
fn each_unit_has_its_own_clock_and_the_customer_has_one() {
    let facts = [(3, moved(2)), (4, moved(1)), (9, solved()), (10, reopened(Side::Requesting))];
    let all = clocks(&facts, &ola(Metric::Resolution, 4));
    assert_eq!(verdicts(&all), [(0, Some(3), Met), (3, Some(4), Met), (4, None, Running)]);
    assert_eq!(all.iter().map(|clock| clock.unit.0).collect::<Vec<_>>(), [1, 2, 1]);
    assert_eq!((all[2].first_outcome, all[2].due_at), (Some(Missed), Some(at(8))));
    let whole = only(&facts, &sla(Metric::Resolution, 4));
    assert_eq!((whole.due_at, whole.consumed), (Some(at(4)), hours(9)));
}

#[test]
fn a_reply_still_owed_when_the_ticket_moves_on_is_missed_only_when_late() {
    let facts = [(3, moved(2)), (9, moved(3)), (10, said(Side::Serving))];
    let all = clocks(&facts, &ola(Metric::FirstResponse, 4));
    assert_eq!(verdicts(&all), [(0, Some(3), Void), (3, Some(9), Missed), (9, Some(10), Met)]);
}

#[test]
fn escalating_a_solved_ticket_gives_the_neutral_owner_clocks_of_its_own() {
    let facts = [(3, solved()), (5, escalated(2))];
    assert_eq!(
        verdicts(&clocks(&facts, &ola(Metric::Resolution, 4))),
        [(0, Some(3), Met), (5, None, Running)]
    );
    assert_eq!(
        verdicts(&clocks(&facts, &ola(Metric::FirstResponse, 4))),
        [(0, Some(3), Met), (5, None, Running)]
    );
    assert_eq!(verdicts(&clocks(&facts, &sla(Metric::NextResponse, 4))), [(5, None, Running)]);
}

#[test]
fn a_supplier_is_measured_while_it_has_the_ball() {
    let supplier = WaitOn::Supplier(OrganisationId(5));
    let facts = [(2, waits(supplier)), (5, Fact::WaitEnded), (6, waits(supplier))];
    let all = clocks(&facts, &target(AgreementKind::Uc, Metric::Resolution, 2, ALL_PAUSES));
    assert_eq!(verdicts(&all), [(2, Some(5), Missed), (6, None, Running)]);
    assert_eq!(clocks(&facts, &target(AgreementKind::Uc, Metric::FirstResponse, 2, ALL_PAUSES)), []);
}

#[test]
fn an_explanation_has_a_line_for_each_segment() {
    let facts = [(1, said(Side::Serving)), (2, waits(WaitOn::Requester)), (5, said(Side::Requesting))];
    let clock = only(&facts, &sla(Metric::Resolution, 4));
    let lines: Vec<_> =
        clock.explain(&Always, at(6)).into_iter().map(|line| (line.counted, line.working)).collect();
    assert_eq!(lines, [(true, hours(2)), (false, hours(3)), (true, hours(1))]);
}
