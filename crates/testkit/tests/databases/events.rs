//! The log has no gaps, its hashes chain, and a follower sees every event under many writers.

use domain::event::{Actor, Event, Fact};
use domain::id::{EventId, TicketId};
use jiff::Timestamp;
use store::{Db, StoreError, event, follower, migrations, params};

use super::place::Place;

const WRITERS: i64 = 8;
const EACH: i64 = 100;

fn fact(writer: i64, n: i64) -> Event {
    Event {
        id: EventId(writer * 1_000_000 + n),
        at: Timestamp::from_microsecond(1_790_000_000_000_000 + n).unwrap(),
        actor: Actor::Desk,
        ticket: TicketId(writer),
        parent: None,
        fact: Fact::Logged,
    }
}

/// Writers on handles of their own, as several nodes are, while a follower reads behind them.
pub(crate) fn a_follower_skips_nothing_under_eight_writers(place: &Place) {
    let first = Db::open(place.url(), migrations::ALL).unwrap();
    let nodes: Vec<Db> = (0..if place.is_shared() { 4 } else { 1 })
        .map(|node| if node == 0 { first.clone() } else { Db::open(place.url(), migrations::ALL).unwrap() })
        .collect();
    let writers: Vec<_> = (1..=WRITERS)
        .map(|writer| {
            let db = nodes[usize::try_from(writer).unwrap() % nodes.len()].clone();
            std::thread::spawn(move || {
                for n in 0..EACH {
                    let written: Result<(), StoreError> = db.write_now(move |tx| {
                        let event = fact(writer, n);
                        event::record(tx, &event, event.at)?;
                        // Every fifth writer changes its mind, which must leave no hole.
                        if n % 5 == 4 { Err(StoreError::Encoding("undone".to_owned())) } else { Ok(()) }
                    });
                    assert_eq!(written.is_err(), n % 5 == 4);
                }
            })
        })
        .collect();
    let expected = WRITERS * EACH / 5 * 4;
    let mut seen = Vec::new();
    while i64::try_from(seen.len()).unwrap() < expected {
        let batch = first
            .write_now(|tx| {
                let batch = follower::next(tx, "search", 37)?;
                if let Some(last) = batch.last() {
                    follower::advance(tx, "search", last.position)?;
                }
                Ok::<_, StoreError>(batch)
            })
            .unwrap();
        seen.extend(batch.iter().map(|notice| notice.position));
    }
    for writer in writers {
        writer.join().unwrap();
    }
    assert_eq!(seen, (1..=expected).collect::<Vec<_>>());
    assert_eq!(first.read_now(event::verify).unwrap(), expected);
}

pub(crate) fn a_changed_event_breaks_the_chain_where_it_was_changed(place: &Place) {
    let db = Db::open(place.url(), migrations::ALL).unwrap();
    for n in 1..=5 {
        db.write_now(move |tx| event::record(tx, &fact(1, n), fact(1, n).at)).unwrap();
    }
    assert_eq!(db.read_now(event::verify).unwrap(), 5);
    db.write_now(|tx| tx.execute("update event set actor_kind = 'import' where position = 3", params![]))
        .unwrap();
    let broken = db.read_now(event::verify).unwrap_err();
    assert!(matches!(broken, StoreError::Chain { position: 3 }), "{broken}");
}

pub(crate) fn facts_come_back_as_they_were_recorded(place: &Place) {
    let db = Db::open(place.url(), migrations::ALL).unwrap();
    let waits = Fact::WaitStarted {
        on: domain::event::WaitOn::Agreed { until: Timestamp::from_second(1_800_000_000).unwrap() },
        message: None,
    };
    let event = Event { fact: waits, ..fact(7, 1) };
    let expected = vec![event.clone()];
    db.write_now(move |tx| event::record(tx, &event, event.at)).unwrap();
    assert_eq!(db.read_now(|tx| event::of_ticket(tx, TicketId(7))).unwrap(), expected);
}
