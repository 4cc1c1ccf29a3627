use proptest::prelude::*;

use super::{Closeness, Decision, Evidence, Mark, Named, Number, Subject, decide};
use crate::id::{PersonId, TicketId};

const ONE: TicketId = TicketId(1);
const TWO: TicketId = TicketId(2);

fn nothing() -> Evidence {
    Evidence { marks: vec![], tokens: vec![], named: vec![], number: None, subject: Subject::Kept }
}

fn closeness() -> impl Strategy<Value = Closeness> {
    prop_oneof![Just(Closeness::Participant), Just(Closeness::SameOrganisation), Just(Closeness::Stranger)]
}

#[test]
fn in_4_the_first_evidence_wins() {
    let mark = Mark { ticket: ONE, recipient: PersonId(7) };
    let token = Mark { ticket: TWO, recipient: PersonId(8) };
    let named = Named { ticket: TWO, sender: Closeness::Stranger };
    let number = Number { ticket: TWO, sender: Closeness::Participant };
    let mut evidence = Evidence {
        marks: vec![mark],
        tokens: vec![token],
        named: vec![named],
        number: Some(number),
        ..nothing()
    };
    assert_eq!(decide(&evidence), Decision::Certain(ONE, PersonId(7)));
    evidence.marks.clear();
    assert_eq!(decide(&evidence), Decision::Certain(TWO, PersonId(8)));
    evidence.tokens.clear();
    assert_eq!(decide(&evidence), Decision::Known(TWO));
    evidence.named.clear();
    assert_eq!(decide(&evidence), Decision::Hint(TWO));
    evidence.number = None;
    assert_eq!(decide(&evidence), Decision::New { possibly: None });
}

#[test]
fn in_4_a_changed_subject_of_a_stranger_is_a_new_ticket() {
    let named = |sender| Evidence {
        named: vec![Named { ticket: ONE, sender }],
        subject: Subject::Changed,
        ..nothing()
    };
    assert_eq!(decide(&named(Closeness::Stranger)), Decision::New { possibly: Some(ONE) });
    assert_eq!(decide(&named(Closeness::Participant)), Decision::Known(ONE));
}

proptest! {
    #[test]
    fn m2_a_number_of_a_stranger_never_threads(ticket in 1_i64..1_000_000, changed in any::<bool>()) {
        let number = Some(Number { ticket: TicketId(ticket), sender: Closeness::Stranger });
        let subject = if changed { Subject::Changed } else { Subject::Kept };
        let evidence = Evidence { number, subject, ..nothing() };
        prop_assert_eq!(decide(&evidence), Decision::New { possibly: Some(TicketId(ticket)) });
    }

    #[test]
    fn m6_only_a_mark_or_a_token_is_certain(named in prop::collection::vec((1_i64..9, closeness()), 0..6), number in prop::option::of((1_i64..9, closeness()))) {
        let named = named.into_iter().map(|(id, sender)| Named { ticket: TicketId(id), sender }).collect();
        let number = number.map(|(id, sender)| Number { ticket: TicketId(id), sender });
        let certain = matches!(decide(&Evidence { named, number, ..nothing() }), Decision::Certain(..));
        prop_assert!(!certain);
    }

    #[test]
    fn in_4_any_order_of_references_keeps_a_thread_together(order in Just(vec![1_i64, 2, 3, 4]).prop_shuffle(), sender in closeness()) {
        let marks: Vec<Mark> = order.iter().map(|person| Mark { ticket: ONE, recipient: PersonId(*person) }).collect();
        let certain = matches!(decide(&Evidence { marks, ..nothing() }), Decision::Certain(ONE, _));
        prop_assert!(certain);
        let named = order.iter().map(|_| Named { ticket: ONE, sender }).collect();
        prop_assert_eq!(decide(&Evidence { named, ..nothing() }), Decision::Known(ONE));
    }
}
