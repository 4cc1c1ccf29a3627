//! Somebody looks from their first window to their last.

use domain::id::{PersonId, TicketId};

use super::Open;

#[test]
fn somebody_looks_from_their_first_window_to_their_last() {
    let open = Open::default();
    let (ticket, other) = (TicketId(7), TicketId(8));
    let (kim, lea) = (PersonId(1), PersonId(2));
    assert_eq!(open.enter((ticket, kim)), 1);
    assert_eq!(open.enter((ticket, kim)), 2);
    assert_eq!(open.enter((ticket, lea)), 1);
    assert_eq!(open.enter((other, kim)), 1);
    let of = |ticket| open.within((ticket, PersonId(0))..=(ticket, PersonId(9)));
    assert_eq!(of(ticket), [(ticket, kim), (ticket, lea)]);
    assert_eq!(open.leave((ticket, kim)), Some(1));
    assert_eq!(open.leave((ticket, kim)), Some(0));
    assert_eq!(open.leave((ticket, kim)), None, "nobody leaves twice");
    assert_eq!(of(ticket), [(ticket, lea)]);
    assert_eq!(of(other), [(other, kim)]);
}
