//! Only what we made is read as ours.

use domain::id::{OutgoingId, PersonId, TicketId};
use proptest::prelude::*;

use super::{Key, PlusToken, Tag, base32, unbase32};
use crate::address::EmailAddress;

const KEY: Key = Key::new([7; 32]);

fn tag() -> impl Strategy<Value = Tag> {
    (any::<i64>(), any::<i64>(), any::<i64>()).prop_map(|(ticket, outgoing, recipient)| Tag {
        ticket: TicketId(ticket),
        outgoing: OutgoingId(outgoing),
        recipient: PersonId(recipient),
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn in_4_1_a_message_id_of_ours_comes_back_whole(tag in tag(), upper in any::<bool>()) {
        let id = tag.message_id(&KEY, "example.org");
        prop_assert!(id.len() < 100, "{id}");
        let seen = if upper { id.to_uppercase() } else { id.clone() };
        prop_assert_eq!(Tag::read(&KEY, &seen), Some(tag));
        prop_assert_eq!(Tag::read(&KEY, id.trim_matches(['<', '>'])), Some(tag));
        prop_assert_eq!(Tag::read(&Key::new([8; 32]), &id), None);
    }

    #[test]
    fn m6_a_changed_letter_is_not_ours(tag in tag(), at in 1_usize..60, letter in "[a-z2-7]") {
        let id = tag.message_id(&KEY, "example.org");
        let end = id.find('@').unwrap();
        let at = 1 + at % (end - 1);
        let mut changed = id.clone();
        changed.replace_range(at..=at, &letter);
        prop_assume!(changed != id);
        prop_assert_eq!(Tag::read(&KEY, &changed), None);
        prop_assert_eq!(Tag::read(&KEY, &format!("{}@example.org", &id[1..at])), None);
    }

    #[test]
    fn m6_no_header_value_is_ours_by_chance(text in "\\PC{0,120}", local in "[a-z2-7]{1,80}") {
        prop_assert_eq!(Tag::read(&KEY, &text), None);
        prop_assert_eq!(Tag::read(&KEY, &format!("<{local}@example.org>")), None);
    }

    #[test]
    fn letters_and_bytes_are_the_same(bytes in prop::collection::vec(any::<u8>(), 0..60)) {
        prop_assert_eq!(unbase32(&base32(&bytes)), Some(bytes));
    }
}

#[test]
fn in_4_2_a_plus_address_is_of_its_inbox_alone() {
    let inbox = EmailAddress::parse("Help@Example.org").unwrap();
    let token = PlusToken::new(&[3; 20]);
    let address = EmailAddress::parse(&token.address(&inbox)).unwrap();
    assert_eq!(PlusToken::of(&address, &inbox), Some(token.clone()));
    let shouted = EmailAddress::parse(&address.as_str().to_uppercase()).unwrap();
    assert_eq!(PlusToken::of(&shouted, &inbox).map(|token| token.hash()), Some(token.hash()));
    let other = EmailAddress::parse("info@example.org").unwrap();
    assert_eq!(PlusToken::of(&address, &other), None);
    for plain in ["help@example.org", "help+1234@example.org", "help+@example.org"] {
        assert_eq!(PlusToken::of(&EmailAddress::parse(plain).unwrap(), &inbox), None, "{plain}");
    }
}

#[test]
fn m2_a_token_cannot_be_printed() {
    assert_eq!(format!("{:?} {:?}", PlusToken::new(&[1; 20]), KEY), "[token] [key]");
}
