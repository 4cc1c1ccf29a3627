use proptest::prelude::*;

use super::{Link, Linked, of, other};
use crate::custody;
use crate::event::invented::{TICKET, event, lawful, linked, minute, moved, told};
use crate::event::{Detail, Event, Fact};
use crate::id::TicketId;
use crate::ticket::Ticket;

const OTHER: TicketId = TicketId(9);

fn unlinked(link: Link) -> Fact {
    Fact::Detailed(Detail::Unlinked { link, ticket: OTHER })
}

#[test]
fn the_other_end_of_the_other_end_is_this_one() {
    for link in Link::ALL {
        assert_eq!(link.reverse().reverse(), *link);
        assert_eq!(link.is_chosen(), link.reverse().is_chosen(), "{link:?}");
    }
}

#[test]
fn a_link_stands_until_it_is_taken_off_and_the_last_one_counts() {
    let made = (1, TICKET, linked(Link::CausedBy));
    assert_eq!(
        of(TICKET, &told(std::slice::from_ref(&made))),
        [Linked { link: Link::CausedBy, ticket: OTHER, message: None }]
    );
    let gone = told(&[made.clone(), (2, TICKET, unlinked(Link::CausedBy))]);
    assert_eq!(of(TICKET, &gone), []);
    let other = told(&[made, (2, TICKET, linked(Link::DuplicateOf))]);
    assert_eq!(of(TICKET, &other), [Linked { link: Link::DuplicateOf, ticket: OTHER, message: None }]);
}

#[test]
fn the_links_of_a_hand_off_are_not_those_of_the_ticket_it_blocks() {
    let events = told(&[(1, crate::event::invented::HANDOFFS[0], linked(Link::Causes))]);
    assert_eq!(of(TICKET, &events), []);
}

#[test]
fn only_links_name_another_ticket() {
    assert_eq!(other(&linked(Link::Follows)).map(|end| end.ticket), Some(OTHER));
    assert_eq!(other(&unlinked(Link::Follows)).map(|end| end.link), Some(Link::Follows));
    assert_eq!(other(&moved(2)), None);
}

/// The same story with a link after each of its events.
fn with_links(events: &[Event], link: Link) -> Vec<Event> {
    let mut with = Vec::new();
    for (place, told) in events.iter().enumerate() {
        with.push(told.clone());
        let id = 1_000 + i64::try_from(place).unwrap();
        with.push(event(id, told.at, TICKET, linked(link)));
    }
    with
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn links_never_change_who_had_a_ticket(
        events in lawful(),
        link in prop::sample::select(Link::ALL),
        later in 0..100_i64,
    ) {
        let now = events.last().map_or(minute(0), |last| last.at).max(minute(later));
        let with = with_links(&events, link);
        prop_assert_eq!(custody::fold(TICKET, &events, now), custody::fold(TICKET, &with, now));
        let [plain, linked] = [&events, &with].map(|events| Ticket::fold(TICKET, events).unwrap());
        prop_assert_eq!(
            (plain.state, plain.unit, plain.person, plain.waiting, plain.unanswered_since, plain.solved_at),
            (linked.state, linked.unit, linked.person, linked.waiting, linked.unanswered_since, linked.solved_at)
        );
    }
}
