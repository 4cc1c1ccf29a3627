//! Ids grow, differ, and tell when they were made.

use std::collections::HashSet;

use jiff::{SignedDuration, Timestamp};

use super::{Ids, made_at};

fn noon() -> Timestamp {
    "2026-03-01T12:00:00Z".parse().unwrap()
}

#[test]
fn ids_grow_even_when_the_clock_stands_or_goes_back() {
    let ids = Ids::new();
    let mut last = 0;
    for step in 0..10_000 {
        let now = if step % 2 == 0 { noon() } else { noon() - SignedDuration::from_hours(1) };
        let id = ids.next(now);
        assert!(id > last);
        last = id;
    }
}

#[test]
fn an_id_tells_its_millisecond() {
    assert_eq!(made_at(Ids::of_node(1023).next(noon())), noon());
}

#[test]
fn threads_never_share_an_id() {
    let ids = Ids::new();
    let drawn: Vec<i64> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..4)
            .map(|_| scope.spawn(|| (0..5_000).map(|_| ids.next(noon())).collect::<Vec<_>>()))
            .collect();
        threads.into_iter().flat_map(|thread| thread.join().unwrap()).collect()
    });
    assert_eq!(drawn.iter().collect::<HashSet<_>>().len(), 20_000);
}

#[test]
fn a_foreseen_node_gives_foreseen_ids() {
    let ids = Ids::of_node(0);
    let first = ids.next(noon());
    assert_eq!(ids.next(noon()), first + 1);
}
