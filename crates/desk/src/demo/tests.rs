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
    let began = std::time::Instant::now();
    let summary =
        build(&desk, &Options { tickets, seed, now }, &mut |done, total| last = (done, total)).unwrap();
    println!("{summary:?} in {:?}", began.elapsed());
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
#[ignore]
fn spy() {
    let tickets = std::env::var("TICKETS").map_or(3000, |n| n.parse().unwrap());
    let (desk, _, now) = made(tickets, 1);
    for (label, sql) in [
        ("states", "select state||' '||count(*) from ticket group by state"),
        (
            "open by unit",
            "select u.name||' '||count(*)||' queued '||sum(t.person_id is null) from ticket t join unit u on u.id=t.unit_id where state='open' group by 1*0, u.name",
        ),
        (
            "kept by agreement",
            "select a.name||' '||c.metric||' '||sum(c.outcome='met')||' met '||sum(c.outcome='missed')||' missed '||sum(c.outcome not in ('met','missed')) from clock c join agreement a on a.id=c.agreement_id group by a.name, c.metric",
        ),
        (
            "workshop ola by month",
            "select strftime('%Y-%m', c.started_at/1000000, 'unixepoch')||' '||sum(c.outcome='met')||' met '||sum(c.outcome='missed')||' missed, running '||sum(c.outcome='running') from clock c join agreement a on a.id=c.agreement_id where a.name='Workshop for other units' and metric='resolution' group by 1*0, strftime('%Y-%m', c.started_at/1000000, 'unixepoch')",
        ),
        ("kinds", "select kind||' '||count(*) from event group by kind"),
        (
            "waiting",
            "select coalesce(waiting,'-')||' '||count(*) from ticket where state='open' group by waiting",
        ),
        ("subjects", "select count(distinct subject)||' of '||count(*) from ticket"),
        (
            "by month",
            "select strftime('%Y-%m', opened_at/1000000, 'unixepoch')||' '||count(*) from ticket group by strftime('%Y-%m', opened_at/1000000, 'unixepoch')",
        ),
        (
            "sample",
            "select subject||' // '||body from message m join ticket t on t.id=m.ticket_id order by m.id*7919%10007 limit 12",
        ),
    ] {
        println!("== {label}");
        for line in texts(&desk, sql) {
            println!("{line}");
        }
    }
    let (shares, elapsed) = shares(&desk, now);
    println!("elapsed {:?}h", elapsed.as_hours());
    let mut all: Vec<_> = shares.into_iter().collect();
    all.sort_by_key(|(_, spent)| -spent.as_secs());
    for (name, spent) in all {
        println!("{name} {}h", spent.as_hours());
    }
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
            Fact::Solved { .. } | Fact::Closed { .. } => {
                sum += open_since.take().map_or(SignedDuration::ZERO, |since| event.at.duration_since(since));
            }
            _ => {}
        }
    }
    sum
}
