//! Addresses of inboxes: what leads to one is never anybody's.

use domain::id::InboxId;
use mail::address::EmailAddress as Address;
use store::Tx;
use store::inbox::Inbox;

use crate::act::Act;
use crate::words::EmailAddress;
use crate::{DeskError, Problem};

/// The inbox that an address leads to, ended ones included: its own, an alias, or either with a `+` and
/// anything behind it. Such an address is never an identity.
pub(crate) fn leading_from(tx: &mut Tx, address: &str) -> Result<Option<Inbox>, DeskError> {
    let Ok(address) = Address::parse(address) else { return Ok(None) };
    if let Some(found) = store::inbox::by_address(tx, address.key())? {
        return Ok(Some(found));
    }
    let Some((local, domain)) = address.key().rsplit_once('@') else { return Ok(None) };
    let Some((local, _)) = local.split_once('+') else { return Ok(None) };
    Ok(store::inbox::by_address(tx, &format!("{local}@{domain}"))?)
}

/// An address that is nobody's but this inbox's: not a person's, and not another inbox's.
pub(super) fn of_inbox(
    act: &mut Act,
    id: InboxId,
    field: &'static str,
    text: &str,
) -> Result<String, DeskError> {
    let address = EmailAddress::parse(text)?;
    let taken = |owner: String| {
        DeskError::invalid(field, Problem::InboxAddressTaken { address: address.as_str().to_owned(), owner })
    };
    if let Some(name) = store::person::name_behind(act.tx, address.as_str())? {
        return Err(taken(name));
    }
    match leading_from(act.tx, address.as_str())? {
        Some(other) if other.id != id => Err(taken(other.name)),
        Some(_) | None => Ok(address.as_str().to_owned()),
    }
}
