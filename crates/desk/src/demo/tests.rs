//! A small demo is made twice, looked at from all sides, and must be believable.

use std::collections::BTreeMap;

use domain::event::{Event, Fact};
use domain::id::{TicketId, UnitId};
use domain::ledger::{Holder, charge, lines};
use jiff::{SignedDuration, Timestamp};
use store::id::Ids;
use store::{Db, WallClock, params};

use super::{Options, Summary, build, people};
use crate::act::Desk;

fn made(tickets: u32, seed: u64) -> (Desk, Summary, Timestamp) {
    let now: Timestamp = "2026-11-19T14:23:00Z".parse().unwrap();
    let db = Db::open("sqlite::memory:", store::migrations::ALL).unwrap();
    let desk = Desk::with_ids(db, WallClock::fixed(now), Ids::of_node(7));
    let mut last = (0, 0);
    let summary =
        build(&desk, &Options { tickets, seed, now }, &mut |done, total| last = (done, total)).unwrap();
    assert_eq!(last.0, last.1);
    (desk, summary, now)
}

fn texts(desk: &Desk, sql: &'static str) -> Vec<String> {
    desk.look_now(move |look| Ok(look.tx.query(sql, params![], |row| row.get::<String>(0))?)).unwrap()
}

fn count(desk: &Desk, condition: &str) -> i64 {
    let sql = format!("select count(*) from ticket t where {condition}");
    desk.look_now(move |look| Ok(look.tx.query_one(&sql, params![], |row| row.get::<i64>(0))?)).unwrap()
}

#[test]
fn the_same_seed_on_the_same_day_makes_the_same_organisation() {
    let [one, two] = [3, 3].map(|seed| made(60, seed).0);
    for sql in [
        "select kind || ' ' || at || ' ' || payload from event where ticket_id is not null order by position",
        "select body from message order by id",
        "select subject || ' ' || opened_at from ticket order by number",
        "select name || ' ' || coalesce(email, '') from person order by id",
    ] {
        assert_eq!(texts(&one, sql), texts(&two, sql), "{sql}");
    }
    let other = made(60, 4).0;
    let subjects = "select subject from ticket order by number";
    assert_ne!(texts(&one, subjects), texts(&other, subjects));
}

#[test]
fn something_goes_on_now_in_every_state() {
    let (desk, _, now) = made(150, 1);
    let now = now.as_microsecond();
    let minutes = |minutes: i64| now - minutes * 60_000_000;
    let states = [
        "state = 'open' and person_id is null and parent_id is null".to_owned(),
        "state = 'open' and person_id is not null and waiting is null".to_owned(),
        "state = 'open' and waiting = 'requester'".to_owned(),
        "state = 'open' and waiting = 'supplier'".to_owned(),
        format!("state = 'open' and waiting = 'agreed' and waiting_until_at > {now}"),
        "parent_id is not null and state = 'open' and person_id is null".to_owned(),
        "parent_id is not null and state = 'solved'".to_owned(),
        "parent_id is not null and state = 'open' and exists (select 1 from event e where e.ticket_id = t.id and e.kind = 'reopened')".to_owned(),
        "parent_id is null and state = 'solved'".to_owned(),
        format!("state = 'closed' and closed_at > {}", minutes(60)),
        "state = 'open' and escalated = 1".to_owned(),
        "confidential = 1 and state = 'open'".to_owned(),
        format!("state = 'open' and unanswered_since_at > {}", minutes(15)),
        "exists (select 1 from ticket p join ticket g on g.id = p.parent_id where p.id = t.parent_id and g.parent_id is null) and state = 'open'".to_owned(),
    ];
    for state in states {
        assert!(count(&desk, &state) > 0, "nothing is in the state: {state}");
    }
    let due = |condition: String| {
        count(
            &desk,
            &format!(
                "exists (select 1 from clock c where c.ticket_id = t.id and c.outcome = 'running' and {condition})"
            ),
        )
    };
    assert!(
        due(format!("c.due_at between {now} and {}", minutes(-60))) > 0,
        "something is due within the hour"
    );
    assert!(due(format!("c.due_at < {now}")) > 0, "something is late");
}

#[test]
fn the_workshop_is_where_customers_wait() {
    let (desk, summary, now) = made(150, 1);
    let (shares, elapsed) = shares(&desk, now);
    assert_eq!(shares.values().sum::<SignedDuration>(), elapsed);
    let most = shares.iter().max_by_key(|(_, spent)| **spent).map(|(name, _)| name.as_str());
    assert_eq!(most, Some("Repair Workshop"), "{shares:?}");
    assert!(summary.handoffs > 30);
}

#[test]
fn texts_are_about_something_and_nobody_writes_the_same_subject_all_the_time() {
    let (desk, _, _) = made(150, 1);
    let subjects = texts(&desk, "select distinct subject from ticket");
    assert!(subjects.len() > 130, "{}", subjects.len());
    let all = texts(
        &desk,
        "select body from message union all select body from note union all select body from reason union all select subject from ticket",
    );
    for text in all {
        assert!(!text.to_lowercase().contains("lorem") && !text.contains('{'), "{text}");
    }
}

#[test]
fn nothing_that_people_keep_or_do_is_missing() {
    let (desk, _, now) = made(40, 1);
    let now = now.as_microsecond();
    let inside = "join ticket t on t.id = x.ticket_id where t.class = 'internal'";
    let outside = "join ticket t on t.id = x.ticket_id where t.class <> 'internal'";
    let both = |table: &str, least: i64| {
        [inside, outside].map(|side| (least, format!("select count(*) from {table} x {side}")))
    };
    let mut wanted = vec![
        (1, "select count(*) from macro where person_id is not null".to_owned()),
        (2, "select count(*) from macro where person_id is null and unit_id is null".to_owned()),
        (6, "select count(*) from macro where unit_id is not null".to_owned()),
        (3, "select count(*) from macro where reply <> '' and actions <> '[]'".to_owned()),
        (4, "select cast(sum(uses) as bigint) from macro".to_owned()),
        (3, "select count(*) from rule".to_owned()),
        (1, "select count(*) from rule where unit_id is not null".to_owned()),
        (4, "select count(*) from custom_field where about = 'ticket'".to_owned()),
        (
            4,
            "select count(distinct v.thing_id) from custom_value v join person p on p.id = v.thing_id"
                .to_owned(),
        ),
        (
            5,
            "select count(distinct v.thing_id) from custom_value v join organisation o on o.id = v.thing_id"
                .to_owned(),
        ),
        (5, "select count(*) from status".to_owned()),
        (2, "select count(*) from signature".to_owned()),
        (3, "select count(*) from recurring".to_owned()),
        (4, "select count(*) from saved_view where person_id is null".to_owned()),
        (4, "select count(*) from checklist_usual".to_owned()),
        (2, format!("select count(*) from ticket where class = 'internal' and snoozed_until_at > {now}")),
        (2, format!("select count(*) from ticket where class <> 'internal' and snoozed_until_at > {now}")),
    ];
    wanted.extend(both("time_spent", 2));
    wanted.extend(both("ticket_tag", 1));
    wanted.extend(both("rule_run", 1));
    wanted.extend(both("checklist_item", 3));
    wanted.extend(both("(select * from checklist_item where done_at is not null)", 2));
    wanted.extend(both("(select thing_id as ticket_id from custom_value)", 5));
    wanted.extend(both("(select * from event where kind = 'merged_into')", 1));
    for (least, sql) in wanted {
        let there = desk
            .look_now({
                let sql = sql.clone();
                move |look| Ok(look.tx.query_one(&sql, params![], |row| row.get::<i64>(0))?)
            })
            .unwrap();
        assert!(there >= least, "{there} of {least}: {sql}");
    }
}

#[test]
fn tickets_belong_together_in_every_way_and_what_the_desk_did_says_why() {
    let (desk, _, _) = made(40, 1);
    let details = texts(&desk, "select payload from event where payload like '%linked%'");
    let ways = ["caused_by", "causes", "duplicate_of", "follows", "relates_to", "split_into", "split_from"];
    for way in ways {
        assert!(details.iter().any(|detail| detail.contains(way)), "no ticket is linked by: {way}");
    }
    assert!(details.len() >= 24, "a dozen links, each told at both ends: {}", details.len());
    let said = texts(&desk, "select payload from event where payload like '%status_set%'");
    assert!(said.len() >= 5, "tickets stand where statuses say: {said:?}");
    let why = texts(&desk, "select verdicts from rule_run where verdicts like '%acted%'");
    assert!(why.len() > 3, "{why:?}");
    let by_rule = texts(&desk, "select cast(event_id as text) from event_origin");
    assert!(by_rule.len() > 5, "{}", by_rule.len());
}

#[test]
fn only_the_promise_that_does_not_fit_needs_a_reason() {
    let (desk, _, _) = made(40, 1);
    let reasoned = texts(&desk, "select name from agreement where override_reason is not null order by name");
    assert_eq!(reasoned, ["Warm house"]);
}

#[test]
fn everybody_named_on_the_sign_in_page_exists() {
    let (desk, _, _) = made(40, 1);
    let hats = desk.look_now(people).unwrap();
    assert_eq!(hats.len(), 12);
    assert!(crate::password::Password::parse(super::PASSWORD, None).is_ok());
}

#[test]
fn a_database_in_use_is_left_alone() {
    let (desk, _, now) = made(40, 1);
    let before = texts(&desk, "select cast(count(*) as text) from event");
    assert!(build(&desk, &Options { tickets: 40, seed: 1, now }, &mut |_, _| {}).is_err());
    assert_eq!(texts(&desk, "select cast(count(*) as text) from event"), before);
}

/// Charged time of all solved tickets of customers, by holder's name.
fn shares(desk: &Desk, now: Timestamp) -> (BTreeMap<String, SignedDuration>, SignedDuration) {
    let roots: Vec<i64> = desk
        .look_now(|look| Ok(look.tx.query("select id from ticket where class = 'external' and state <> 'open' and parent_id is null order by id", params![], |row| row.get::<i64>(0))?))
        .unwrap();
    let names: BTreeMap<UnitId, String> = desk
        .look_now(|look| Ok(look.catalogue.units.iter().map(|(id, unit)| (*id, unit.name.clone())).collect()))
        .unwrap();
    let mut shares: BTreeMap<String, SignedDuration> = BTreeMap::new();
    let mut elapsed = SignedDuration::ZERO;
    for root in roots {
        let events = desk
            .look_now(move |look| Ok(store::event::of_ticket_and_descendants(look.tx, TicketId(root))?))
            .unwrap();
        let ledger = charge(&lines(&events, now), TicketId(root)).unwrap();
        for one in &ledger.charges {
            let name = match one.holder {
                Holder::Unit { unit, .. } => names[&unit].clone(),
                Holder::Requester => "requester".to_owned(),
                Holder::Supplier(_) => "supplier".to_owned(),
                Holder::Agreed => "agreed".to_owned(),
            };
            *shares.entry(name).or_default() += one.elapsed();
        }
        elapsed += lives(&events, TicketId(root));
        assert_eq!(ledger.elapsed(), lives(&events, TicketId(root)), "ledger of {root} sums to its life");
    }
    (shares, elapsed)
}

/// From each opening to the solution that ended it, read from the events alone.
fn lives(events: &[Event], ticket: TicketId) -> SignedDuration {
    let mut open_since: Option<Timestamp> = None;
    let mut sum = SignedDuration::ZERO;
    for event in events.iter().filter(|event| event.ticket == ticket) {
        match &event.fact {
            Fact::Opened(_) | Fact::Reopened { .. } => open_since = Some(event.at),
            Fact::Escalated { .. } => {
                open_since.get_or_insert(event.at);
            }
            Fact::Solved { .. } | Fact::Closed { .. } | Fact::MergedInto { .. } => {
                sum += open_since.take().map_or(SignedDuration::ZERO, |since| event.at.duration_since(since));
            }
            _ => {}
        }
    }
    sum
}
