//! Somebody who called and is not in the directory yet: whoever takes the call writes them in.

use domain::id::PersonId;
use domain::permission::Viewer;

use crate::act::Act;
use crate::people::{self, Input};
use crate::{DeskError, Problem};

/// What somebody says of themselves: their name, and an address or a phone number or both.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Newcomer {
    pub name: String,
    pub email: String,
    pub phone: String,
}

/// The person, and under what they are found. Whoever has this address already is who it is: nothing of them is
/// changed. Anybody else is somebody outside, until an administrator says what ties them to us.
pub fn introduce(
    act: &mut Act,
    viewer: &Viewer,
    newcomer: &Newcomer,
) -> Result<(PersonId, String), DeskError> {
    if viewer.units.is_empty() {
        return Err(DeskError::NotAllowed);
    }
    let (email, phone) = (newcomer.email.trim().to_lowercase(), newcomer.phone.trim());
    if email.is_empty() && phone.is_empty() {
        return Err(DeskError::invalid("email", Problem::ReachMissing));
    }
    if !email.is_empty()
        && let Some(known) = store::person::behind_email(act.tx, &email)?
    {
        return match known {
            known if known.id == viewer.person => Err(DeskError::invalid("email", Problem::OutboundToSelf)),
            known if known.disabled_at.is_some() => Err(DeskError::invalid("email", Problem::PersonGone)),
            known => Ok((known.id, email)),
        };
    }
    let own = people::known(act, viewer.person)?;
    let input = Input {
        email: Some(email.clone()),
        phone: Some(phone.to_owned()),
        language: own.language,
        time_zone: own.time_zone,
        ..Input::named(newcomer.name.trim())
    };
    let person = people::made(act, &input, &[])?;
    Ok((person, if email.is_empty() { phone.to_owned() } else { email }))
}
