//! A thread stays together however its headers are shuffled, and nothing but our marks makes certain.

use proptest::prelude::*;

use super::{Decision, Evidence, Marked, Numbered, decide};
use crate::id::{PersonId, TicketId};

fn ticket() -> impl Strategy<Value = TicketId> {
    (1_i64..4).prop_map(TicketId)
}

fn marked() -> impl Strategy<Value = Marked> {
    (ticket(), 1_i64..4).prop_map(|(ticket, person)| Marked { ticket, recipient: PersonId(person) })
}

fn evidence() -> impl Strategy<Value = Evidence> {
    let number = (ticket(), any::<bool>())
        .prop_map(|(ticket, sender_belongs)| Numbered { ticket, sender_belongs });
    (
        prop::collection::vec(marked(), 0..3),
        prop::collection::vec(marked(), 0..3),
        prop::collection::vec(ticket(), 0..4),
        prop::option::of(number),
    )
        .prop_map(|(tags, tokens, known, number)| Evidence { tags, tokens, known, number })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(10_000))]

    #[test]
    fn in_4_any_order_of_references_keeps_a_thread_together(
        one in ticket(),
        count in 1_usize..6,
        evidence in evidence(),
    ) {
        // Every Message-ID of one thread leads to one ticket, so whichever comes first leads there.
        let of_one = Evidence { tags: vec![], tokens: vec![], known: vec![one; count], ..evidence };
        prop_assert_eq!(decide(&of_one), Decision::Known { ticket: one });
    }

    #[test]
    fn in_4_only_a_mark_of_ours_makes_certain(evidence in evidence()) {
        let without = Evidence { tags: vec![], tokens: vec![], ..evidence.clone() };
        let is_certain = |evidence: &Evidence| matches!(decide(evidence), Decision::Certain { .. });
        prop_assert!(!is_certain(&without));
        prop_assert_eq!(is_certain(&evidence), !evidence.tags.is_empty() || !evidence.tokens.is_empty());
    }

    #[test]
    fn in_4_4_a_number_alone_never_threads(ticket in ticket()) {
        let stranger = Numbered { ticket, sender_belongs: false };
        let evidence = Evidence { number: Some(stranger), ..Evidence::default() };
        prop_assert_eq!(decide(&evidence), Decision::New { possibly: Some(ticket) });
    }
}

#[test]
fn in_4_the_first_hit_wins() {
    let marked = |ticket| Marked { ticket: TicketId(ticket), recipient: PersonId(9) };
    let mut evidence = Evidence {
        tags: vec![marked(1), marked(2)],
        tokens: vec![marked(3)],
        known: vec![TicketId(4)],
        number: Some(Numbered { ticket: TicketId(5), sender_belongs: true }),
    };
    let ticket = |evidence: &Evidence| match decide(evidence) {
        Decision::Certain { ticket, .. } | Decision::Known { ticket } | Decision::Hinted { ticket } => ticket.0,
        Decision::New { .. } => 0,
    };
    assert_eq!(ticket(&evidence), 1);
    evidence.tags.clear();
    assert_eq!(ticket(&evidence), 3);
    evidence.tokens.clear();
    assert_eq!(ticket(&evidence), 4);
    evidence.known.clear();
    assert_eq!(ticket(&evidence), 5);
    evidence.number = None;
    assert_eq!(decide(&evidence), Decision::New { possibly: None });
}
