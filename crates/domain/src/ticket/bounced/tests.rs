use crate::event::invented::{TICKET, event, minute, opening, said};
use crate::event::{Carried, Detail, Fact, Side};
use crate::id::{MessageId, NoteId, OutgoingId};
use crate::ticket::Ticket;

const ANSWER: MessageId = MessageId(2);

fn mail(id: i64) -> Carried {
    Carried::message(ANSWER, OutgoingId(id))
}

const fn bounced(what: Carried) -> Fact {
    Fact::Bounced { what, given_up: false }
}

const fn again(what: Carried) -> Fact {
    Fact::Detailed(Detail::SentAgain { what })
}

fn told(facts: &[Fact]) -> Ticket {
    let first = Fact::Opened(opening(1));
    let facts = std::iter::once(&first).chain(facts).cloned();
    let events: Vec<_> = (0_i64..).zip(facts).map(|(at, fact)| event(at, minute(at), TICKET, fact)).collect();
    Ticket::fold(TICKET, &events).unwrap()
}

#[test]
fn an_answer_that_came_back_stands_until_something_is_sent_again() {
    let ours = said(Side::Serving);
    assert!(!told(std::slice::from_ref(&ours)).is_bounced());
    assert!(told(&[ours.clone(), bounced(mail(1))]).is_bounced());
    assert!(!told(&[ours.clone(), bounced(mail(1)), again(mail(1))]).is_bounced());
    assert!(
        told(&[ours.clone(), bounced(mail(1)), said(Side::Requesting)]).is_bounced(),
        "theirs is no answer"
    );
    let next = Fact::Replied { message: MessageId(9), side: Side::Serving, automatic: false };
    assert!(!told(&[ours, bounced(mail(1)), next]).is_bounced());
}

#[test]
fn each_of_several_mails_is_sent_again_by_itself_or_all_together() {
    let both = [said(Side::Serving), bounced(mail(1)), bounced(mail(2))];
    let after = |last: Fact| told(&[&both[..], &[last]].concat()).is_bounced();
    assert!(after(again(mail(1))));
    assert!(!after(again(Carried { mail: None, ..mail(1) })));
}

#[test]
fn an_older_message_that_comes_back_late_is_no_mark_of_the_ticket_but_still_lost() {
    let next = Fact::Replied { message: MessageId(9), side: Side::Serving, automatic: false };
    let ticket = told(&[said(Side::Serving), next, bounced(mail(1))]);
    assert!(!ticket.is_bounced());
    assert_eq!(ticket.lost, [mail(1)]);
}

#[test]
fn what_was_passed_on_and_came_back_stands_until_the_next_answer() {
    let note = Carried { message: None, note: Some(NoteId(1)), mail: Some(OutgoingId(3)) };
    assert!(told(&[said(Side::Serving), bounced(note)]).is_bounced());
    assert!(!told(&[bounced(note), said(Side::Serving)]).is_bounced());
}

#[test]
fn the_same_report_twice_is_one_loss_and_an_old_event_without_its_mail_reads() {
    assert_eq!(told(&[said(Side::Serving), bounced(mail(1)), bounced(mail(1))]).lost.len(), 1);
    let old: Fact = serde_json::from_str(r#"{"fact":"bounced","message":2}"#).unwrap();
    assert_eq!(old, bounced(Carried { message: Some(ANSWER), note: None, mail: None }));
    assert_eq!(serde_json::to_string(&old).unwrap(), r#"{"fact":"bounced","message":2}"#);
}
