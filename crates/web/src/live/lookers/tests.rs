//! Somebody looks from their first window to their last.

use domain::id::{PersonId, TicketId};

use super::Lookers;

#[test]
fn somebody_looks_from_their_first_window_to_their_last() {
    let lookers = Lookers::default();
    let (ticket, other) = (TicketId(7), TicketId(8));
    let (kim, lea) = (PersonId(1), PersonId(2));
    assert!(lookers.enter(ticket, kim));
    assert!(!lookers.enter(ticket, kim));
    assert!(lookers.enter(ticket, lea));
    assert!(lookers.enter(other, kim));
    assert_eq!(lookers.of(ticket), [kim, lea]);
    assert!(!lookers.leave(ticket, kim));
    assert!(lookers.leave(ticket, kim));
    assert!(!lookers.leave(ticket, kim), "nobody leaves twice");
    assert_eq!(lookers.of(ticket), [lea]);
    assert_eq!(lookers.of(other), [kim]);
}
