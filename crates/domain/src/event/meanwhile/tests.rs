use jiff::Timestamp;

use super::*;
use crate::event::Side;
use crate::id::MessageId;

const TICKET: TicketId = TicketId(1);
const KIM: PersonId = PersonId(7);

fn event(id: i64, actor: Actor, fact: Fact) -> Event {
    Event { id: EventId(id), at: Timestamp::UNIX_EPOCH, actor, ticket: TICKET, parent: None, fact }
}

fn said(id: i64) -> Fact {
    Fact::Replied { message: MessageId(id), side: Side::Requesting, automatic: false }
}

#[test]
fn words_of_others_after_what_was_seen_are_news_and_own_words_are_not() {
    let (lea, kim) = (Actor::Person(PersonId(8)), Actor::Person(KIM));
    let events = [
        event(10, lea, said(1)),
        event(11, lea, said(2)),
        event(12, kim, said(3)),
        event(13, lea, Fact::Assigned { person: Some(KIM) }),
        event(14, Actor::Desk, said(4)),
    ];
    let news: Vec<i64> = meanwhile(&events, TICKET, EventId(10), KIM).map(|event| event.id.0).collect();
    assert_eq!(news, [11, 14]);
    assert_eq!(seen_until(&events, TICKET), EventId(14));
    assert_eq!(meanwhile(&events, TICKET, EventId(14), KIM).count(), 0);
}

#[test]
fn what_happens_on_another_ticket_is_no_news_here() {
    let elsewhere = Event { ticket: TicketId(2), ..event(11, Actor::Desk, said(2)) };
    assert_eq!(meanwhile(std::slice::from_ref(&elsewhere), TICKET, EventId(0), KIM).count(), 0);
    assert_eq!(seen_until(&[elsewhere], TICKET), EventId(0));
}
