use domain::id::{OutgoingId, PersonId, TicketId};
use proptest::prelude::*;

use super::{Key, PlusToken, Tag, letters, tags, tokens};
use crate::address::EmailAddress;
use crate::{Limits, parse};

const TAG: Tag = Tag { ticket: TicketId(42), outgoing: OutgoingId(7), recipient: PersonId(3) };

fn key() -> Key {
    Key::new([9; 32])
}

fn inbox() -> EmailAddress {
    EmailAddress::parse("help@example.org").unwrap()
}

#[test]
fn in_4_our_own_id_says_ticket_message_and_recipient_in_any_case() {
    let id = TAG.message_id(&key(), "example.org");
    assert_eq!(Tag::read(&id, &key()), Some(TAG));
    assert_eq!(Tag::read(&id.to_uppercase(), &key()), Some(TAG));
    assert!(id.len() < 120, "{id}");
}

#[test]
fn m6_an_id_of_another_key_or_another_statement_says_nothing() {
    let id = TAG.message_id(&key(), "example.org");
    assert_eq!(Tag::read(&id, &Key::new([8; 32])), None);
    assert_eq!(Tag::read(&id[..id.len() / 2], &key()), None, "cut");
    assert_eq!(Tag::read("<42.7.3@example.org>", &key()), None);
}

#[test]
fn m7_another_version_is_not_read_even_when_it_is_signed() {
    let mut bytes = vec![0];
    bytes.extend_from_slice(&[0; 24]);
    let signature = key().signature(&bytes);
    bytes.extend_from_slice(&signature);
    assert_eq!(Tag::read(&format!("<{}@x>", letters::write(&bytes)), &key()), None);
}

#[test]
fn in_4_tokens_are_read_from_each_field_that_says_where_a_mail_went() {
    let token = PlusToken::new([5; 16]);
    let address = token.address(&inbox());
    for field in ["To", "Cc", "Delivered-To", "X-Original-To"] {
        let raw = format!("From: kim@example.org\r\n{field}: {}\r\n\r\nx", address.to_uppercase());
        let message = parse::message(raw.as_bytes(), &Limits::default()).unwrap();
        assert_eq!(tokens(&message, &inbox()), std::slice::from_ref(&token), "{field}");
    }
    let other = EmailAddress::parse("sales@example.org").unwrap();
    assert_eq!(PlusToken::read(&EmailAddress::parse(&address).unwrap(), &other), None);
}

#[test]
fn m2_a_number_behind_the_plus_is_no_token() {
    for local in ["help+42", "help+id42", "help+", "help"] {
        let address = EmailAddress::parse(&format!("{local}@example.org")).unwrap();
        assert_eq!(PlusToken::read(&address, &inbox()), None, "{local}");
    }
}

#[test]
fn secrets_are_not_shown() {
    assert_eq!(format!("{:?} {:?}", key(), PlusToken::new([5; 16])), "Key(..) PlusToken(..)");
}

proptest! {
    #[test]
    fn m6_no_header_value_outside_our_signature_grants_anything(value in ".{0,200}") {
        let raw = format!("From: kim@example.org\r\nIn-Reply-To: <{value}>\r\nReferences: {value}\r\n\r\nx");
        if let Ok(message) = parse::message(raw.as_bytes(), &Limits::default()) {
            prop_assert_eq!(tags(&message, &key()), vec![]);
        }
    }

    #[test]
    fn m6_no_changed_letter_is_believed(at in any::<prop::sample::Index>(), letter in "[a-z2-7]") {
        let id = TAG.message_id(&key(), "x");
        let at = 1 + at.index(id.len() - 4);
        let mut changed = id.clone();
        changed.replace_range(at..=at, &letter);
        prop_assert!(changed == id || Tag::read(&changed, &key()).is_none());
    }

    #[test]
    fn letters_are_read_as_they_were_written(bytes in prop::collection::vec(any::<u8>(), 0..60)) {
        prop_assert_eq!(letters::read(&letters::write(&bytes)), Some(bytes));
    }
}
