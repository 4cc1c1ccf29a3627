use std::collections::BTreeSet;

use super::*;
use crate::event::WaitOn;
use crate::event::invented::{
    HANDOFFS, TICKET, assigned, automatic, event, minute, opening, said, told, waits,
};
use crate::id::MailId;

/// Person 9 does everything; person 1 asked; person 5 holds it.
fn of(facts: &[Fact]) -> Vec<(Occasion, PersonId)> {
    let facts: Vec<_> = (1..).zip(facts).map(|(at, fact)| (at, TICKET, fact.clone())).collect();
    let events = told(&facts);
    let ticket = Ticket::fold(TICKET, &events).unwrap();
    events.iter().filter_map(|event| concerned(&ticket, None, event)).collect()
}

const SOLVED: Fact = Fact::Solved { message: None, overriding: None };

#[test]
fn words_read_back() {
    let all = Occasion::ALL.iter().map(|occasion| Subscription::To(*occasion)).chain([Subscription::Digest]);
    let mut words = BTreeSet::new();
    for subscription in all {
        assert_eq!(Subscription::parse(subscription.as_str()), Some(subscription));
        assert!(words.insert(subscription.as_str()));
    }
    assert_eq!(Subscription::parse("everything"), None);
}

#[test]
fn what_is_for_agents_is_never_told_to_the_requesters_side_and_the_other_way_round() {
    for occasion in Occasion::ALL {
        assert!(!occasion.is_for(Relation::Nothing));
        // Who oversees may be named, may watch, or may have written or held it before; nothing else comes to them.
        let comes = matches!(
            occasion,
            Occasion::Mentioned
                | Occasion::Watched
                | Occasion::Bounced
                | Occasion::Escalated
                | Occasion::Told
        );
        assert_eq!(occasion.is_for(Relation::Overseeing), comes);
        assert_eq!(occasion.is_for(Relation::Requesting), !occasion.is_for_agents());
    }
}

#[test]
fn whoever_holds_it_hears_of_the_requester_and_the_requester_of_the_end() {
    let (anna, kim) = (PersonId(1), PersonId(5));
    let closed = Fact::Closed { how: Closing::Timer, rating: None, reason: None };
    let note = Fact::Noted { note: crate::id::NoteId(4) };
    let facts = [assigned(Some(5)), said(Side::Requesting), note, said(Side::Serving), SOLVED, closed];
    let heard = of(&facts);
    let all = [
        (Occasion::Given, kim),
        (Occasion::Answered, kim),
        (Occasion::Noted, kim),
        (Occasion::Replied, anna),
        (Occasion::Solved, anna),
        (Occasion::Closed, anna),
    ];
    assert_eq!(heard, all);
    assert_eq!(
        of(&[assigned(Some(5)), Fact::StrangerWrote { mail: MailId(3) }])[1].0,
        Occasion::StrangerWrote
    );
}

#[test]
fn machines_own_acts_and_what_serves_nobody_are_not_told() {
    assert_eq!(of(&[assigned(Some(9))]), [], "person 9 took it");
    let closed = Fact::Closed { how: Closing::Accepted, rating: None, reason: None };
    let quiet = [
        assigned(None),
        automatic(Side::Requesting),
        automatic(Side::Serving),
        waits(WaitOn::Requester),
        closed,
    ];
    assert_eq!(of(&quiet), []);
}

#[test]
fn a_hand_off_is_told_to_whoever_waits_for_it_and_comes_back_to_whoever_holds_it() {
    let asked = crate::event::Opening { asking_unit: Some(crate::id::UnitId(1)), ..opening(2) };
    let back = Fact::Reopened { side: Side::Requesting, reason: None };
    let facts = [Fact::Asked(asked), assigned(Some(7)), said(Side::Serving), SOLVED, back];
    let events: Vec<Event> =
        (0..).zip(facts).map(|(at, fact)| event(at, minute(at), HANDOFFS[0], fact)).collect();
    let ticket = Ticket::fold(HANDOFFS[0], &events).unwrap();
    let heard =
        |above| -> Vec<_> { events.iter().filter_map(|event| concerned(&ticket, above, event)).collect() };
    let (one, two, seven) = (PersonId(1), PersonId(2), PersonId(7));
    let told = |asked_back: Option<PersonId>, who| -> Vec<_> {
        let back = asked_back.map(|person| (Occasion::AskedBack, person));
        let rest = [(Occasion::Delivered, who), (Occasion::Returned, seven)];
        [(Occasion::Given, seven)].into_iter().chain(back).chain(rest).collect()
    };
    assert_eq!(heard(None), told(None, one), "what nobody has is nobody's to be told of");
    assert_eq!(heard(Some(two)), told(Some(two), two));
}

#[test]
fn what_changed_back_is_not_worth_a_mail() {
    let back = Fact::Reopened { side: Side::Requesting, reason: None };
    let events = told(&[(1, TICKET, assigned(Some(5))), (2, TICKET, SOLVED), (3, TICKET, back)]);
    let ticket = Ticket::fold(TICKET, &events).unwrap();
    assert!(!Occasion::Solved.still_holds(&ticket, PersonId(1)));
    assert!(Occasion::Answered.still_holds(&ticket, PersonId(5)));
    assert!(!Occasion::Given.still_holds(&ticket, PersonId(6)));
}

#[test]
fn what_went_wrong_and_how_it_went_is_for_whoever_holds_it() {
    let kim = PersonId(5);
    let what = crate::event::Carried::message(crate::id::MessageId(2), crate::id::OutgoingId(1));
    let rated = Fact::Rated { rating: 2, comment: None };
    let facts = [assigned(Some(5)), Fact::Bounced { what, given_up: true }, SOLVED, rated];
    let heard = of(&facts);
    assert_eq!(heard[1], (Occasion::Bounced, kim));
    assert_eq!(heard[3], (Occasion::Rated, kim));
}

#[test]
fn only_what_is_ones_own_stands_on_a_board_by_itself() {
    let off: Vec<_> = Occasion::ALL.iter().filter(|occasion| !occasion.usual().board).collect();
    assert_eq!(off, [&Occasion::Arrived]);
    assert_eq!(Occasion::Arrived.usual().mail, Way::Never);
}
