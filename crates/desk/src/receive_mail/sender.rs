//! Who wrote a mail, as far as its address says. An address is not an identity: it never gives a right.

use domain::id::PersonId;
use mail::parse::Message;
use store::person::Person;

use super::read::Understood;
use crate::act::Act;
use crate::words::EmailAddress;
use crate::{DeskError, people};

/// The one address in From, in the form by which addresses are compared.
pub(super) fn address(understood: &Understood) -> Option<&str> {
    let message: &Message = &understood.message;
    if message.from_is_doubtful {
        return None;
    }
    message.from.first().map(|from| from.address.key())
}

/// The person of an address, if the directory knows one.
pub(super) fn known(act: &mut Act, address: &str) -> Result<Option<Person>, DeskError> {
    Ok(store::person::behind_email(act.tx, address)?)
}

/// The person of an address, added to the directory as somebody outside when it knows none.
pub(super) fn known_or_new(
    act: &mut Act,
    address: &str,
    understood: &Understood,
    language: &str,
) -> Result<Person, DeskError> {
    if let Some(person) = known(act, address)? {
        return Ok(person);
    }
    let name = understood.head().from_name;
    let name = name.as_deref().map(str::trim).filter(|name| !name.is_empty());
    let input = people::Input {
        email: Some(EmailAddress::parse(address)?.as_str().to_owned()),
        language: language.to_owned(),
        ..people::Input::named(name.unwrap_or(address))
    };
    let id: PersonId = people::made(act, &input, &[])?;
    people::known(act, id)
}
