//! What is news to whom, event by event.

use super::News;
use crate::event::invented::{HANDOFFS, TICKET, automatic, minute, opening, said, solved};
use crate::event::{Actor, Event, Fact, Side};
use crate::id::{EventId, NoteId, PersonId, TicketId};

const ADA: PersonId = PersonId(20);
const KIM: PersonId = PersonId(7);
const BO: PersonId = PersonId(8);

fn happens(id: i64, actor: Actor, ticket: TicketId, fact: Fact) -> Event {
    let parent = (ticket != TICKET).then_some(TICKET);
    Event { id: EventId(id), at: minute(id), actor, ticket, parent, fact }
}

fn heard(events: &[(i64, Actor, TicketId, Fact)]) -> News {
    let mut news = News::default();
    for (id, actor, ticket, fact) in events {
        news.hear(TICKET, &happens(*id, *actor, *ticket, fact.clone()));
    }
    news
}

const fn by(person: PersonId) -> Actor {
    Actor::Person(person)
}

#[test]
fn ones_own_words_are_never_news_and_hide_none_of_others() {
    let asked = (1, by(ADA), TICKET, said(Side::Requesting));
    let noted = (2, by(KIM), TICKET, Fact::Noted { note: NoteId(1) });
    let more = (3, by(KIM), TICKET, said(Side::Serving));
    let news = heard(&[asked, noted, more]);
    assert_eq!(news.for_person(KIM), Some(EventId(1)));
    assert_eq!(news.for_person(BO), Some(EventId(3)));
    assert_eq!(heard(&[(4, by(KIM), TICKET, said(Side::Serving))]).for_person(KIM), None);
}

#[test]
fn what_alternates_is_news_of_the_other_one() {
    let turns: Vec<(i64, Actor, TicketId, Fact)> = (1..8)
        .map(|turn| (turn, by(if turn % 2 == 0 { KIM } else { ADA }), TICKET, said(Side::Serving)))
        .collect();
    let news = heard(&turns);
    assert_eq!(
        (news.for_person(ADA), news.for_person(KIM), news.for_person(BO)),
        (Some(EventId(6)), Some(EventId(7)), Some(EventId(7)))
    );
}

#[test]
fn deliveries_of_hand_offs_are_news_of_the_ticket_that_waits() {
    let asked = (1, by(KIM), HANDOFFS[0], Fact::Asked(opening(2)));
    let delivered = (2, by(BO), HANDOFFS[0], solved());
    let news = [asked, delivered];
    assert_eq!(heard(&news[..1]).last, None);
    assert_eq!(heard(&news).for_person(KIM), Some(EventId(2)));
}

#[test]
fn what_the_asked_unit_says_is_news_of_the_ticket_that_waits_and_what_it_is_told_is_not() {
    let on = |id, who, fact| (id, by(who), HANDOFFS[0], fact);
    let asked = on(1, KIM, Fact::Asked(opening(2)));
    let back = [asked.clone(), on(2, BO, said(Side::Serving)), on(3, KIM, said(Side::Requesting))];
    assert_eq!(heard(&back).for_person(KIM), Some(EventId(2)));
    let quiet = [asked, on(2, BO, Fact::Noted { note: NoteId(1) }), on(3, BO, automatic(Side::Serving))];
    assert_eq!(heard(&quiet).last, None);
}

#[test]
fn what_the_desk_does_by_itself_is_news_only_where_it_speaks_for_somebody() {
    assert_eq!(heard(&[(1, Actor::Desk, TICKET, automatic(Side::Serving))]).last, None);
    assert_eq!(heard(&[(1, by(KIM), TICKET, Fact::Assigned { person: Some(KIM) })]).last, None);
    assert_eq!(heard(&[(1, Actor::Import, TICKET, said(Side::Serving))]).for_person(KIM), Some(EventId(1)));
}
