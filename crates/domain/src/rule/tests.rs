use super::*;
use crate::id::{MessageId, ServiceId};

#[test]
fn phrases_stand_at_the_beginning_of_words_and_not_across_texts() {
    let texts = Texts::of(["Broken LAMP", "Please call +49-30; it's urgent!"]);
    for (phrases, found) in [
        ("lamp", true),
        ("lam", true),
        ("amp", false),
        ("broken  lamp", true),
        ("lamp please", false),
        ("nothing, urgent", true),
        ("+49-30", true),
        ("", true),
        ("nothing", false),
    ] {
        assert_eq!(Phrases::parse(phrases).are_in(&texts), found, "{phrases:?}");
    }
    assert_eq!(Phrases::parse(" Lamp ,, broken   CHAIR ").joined(), "lamp, broken chair");
}

#[test]
fn a_rule_answers_neither_to_itself_nor_to_a_chain_of_three() {
    let [a, b, c, d] = [1, 2, 3, 4].map(RuleId);
    assert_eq!(guard(a, &[]), Ok(()));
    assert_eq!(guard(a, &[b, c]), Ok(()));
    assert_eq!(guard(a, &[a]), Err(Guard::Itself));
    assert_eq!(guard(a, &[b, a, c]), Err(Guard::Itself));
    assert_eq!(guard(d, &[a, b, c]), Err(Guard::TooDeep));
}

#[test]
fn time_counts_forward_but_backward_from_a_promise_and_in_hours_where_it_is_said() {
    let at = |text: &str| text.parse::<Timestamp>().expect("an instant");
    let noon = at("2026-03-04T12:00:00Z");
    let hour = SignedDuration::from_hours(1);
    assert_eq!(fires_at(Since::Solved, noon, hour, None), at("2026-03-04T13:00:00Z"));
    assert_eq!(fires_at(Since::BeforeDue, noon, hour, None), at("2026-03-04T11:00:00Z"));
    let always = Calendar::always("UTC").expect("a calendar");
    assert_eq!(fires_at(Since::Waiting, noon, hour, Some(&always)), at("2026-03-04T13:00:00Z"));
    assert_eq!(fires_at(Since::BeforeDue, noon, hour, Some(&always)), at("2026-03-04T11:00:00Z"));
}

#[test]
fn automatic_mail_happens_to_no_rule_and_a_hand_off_is_delivered_not_solved() {
    let message = MessageId(1);
    let automatic = Fact::Replied { message, side: Side::Serving, automatic: true };
    assert_eq!(Happening::of(&automatic, false), None);
    let solved = Fact::Solved { message: None, overriding: None };
    assert_eq!(Happening::of(&solved, false), Some(Happening::Solved));
    assert_eq!(Happening::of(&solved, true), Some(Happening::Delivered));
    assert_eq!(Happening::of(&Fact::ServiceChanged { service: ServiceId(1) }, false), None);
}

#[test]
fn a_verdict_is_read_as_it_was_kept() {
    for (verdict, kept) in [
        (Verdict::Acted { already: 0, did: Vec::new() }, r#"{"verdict":"acted"}"#),
        (Verdict::Ended { by: RuleId(4) }, r#"{"verdict":"ended","by":4}"#),
    ] {
        assert_eq!(serde_json::to_string(&verdict).expect("text"), kept);
        assert_eq!(serde_json::from_str::<Verdict>(kept).expect("a verdict"), verdict);
    }
}

#[test]
fn what_goes_wrong_and_how_it_went_are_happenings_and_what_is_put_back_is_none() {
    let of = |fact: &Fact| Happening::of(fact, false);
    let what = crate::event::Carried::message(crate::id::MessageId(1), crate::id::OutgoingId(2));
    assert_eq!(of(&Fact::Bounced { what, given_up: false }), Some(Happening::MailBounced));
    assert_eq!(of(&Fact::Bounced { what, given_up: true }), Some(Happening::MailBounced));
    assert_eq!(of(&Fact::Rated { rating: 1, comment: None }), Some(Happening::Rated));
    assert_eq!(of(&Fact::Assigned { person: None }), None);
    for one in Happening::ALL {
        assert_eq!(Happening::parse(one.as_str()), Some(*one));
    }
}
