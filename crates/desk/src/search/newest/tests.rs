//! Of many texts, the tickets that were written on last.

use domain::id::TicketId;

use super::{keep_newest, tickets};

#[test]
fn each_ticket_is_kept_once_by_its_newest_text() {
    let mut found = vec![(1, 10), (9, 20), (5, 10), (3, 30), (8, 20), (7, 40)];
    keep_newest(&mut found, 3);
    assert_eq!(found, [(9, 20), (7, 40), (5, 10)]);
}

#[test]
fn one_more_than_are_wanted_says_that_there_are_more() {
    let found = [(9, 20), (7, 40), (5, 10)];
    assert_eq!(tickets(&found, 2), ([TicketId(20), TicketId(40)].into(), true));
    assert_eq!(tickets(&found, 3), ([TicketId(10), TicketId(20), TicketId(40)].into(), false));
}
