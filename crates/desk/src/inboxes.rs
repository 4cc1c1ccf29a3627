//! Inboxes: where mail comes in and who answers it, as an administrator sets it up.

mod address;
pub(crate) mod connections;
pub mod consent;
mod largest;
mod provider;
mod round;
mod servers;
mod signing;
#[cfg(test)]
mod tests;
mod token;
mod trial;

use domain::id::{InboxId, ServiceId, UnitId};

use serde_json::json;
use store::event::Subject;
use store::inbox::{Inbox, Purpose};

pub(crate) use address::leading_from;
pub use largest::{largest, set_largest};
pub use mail::egress::{Failure, Protocol};
pub use mail::presets;
pub use mail::secret::Secret;
pub use round::{Round, last_test, send_test};
pub use servers::{AfterFetch, Incoming, Outgoing, OwnProvider, Protection, Server, SigningIn};
pub use signing::Signing;
pub(crate) use token::opens;
pub use token::{can_sign_in, token_secret};
pub(crate) use trial::Gate;
pub use trial::{Outcome, Trial, TrialError, test};

use crate::act::{Act, Look};
use crate::entitled::{Entitled, differing};
use crate::words::Name;
use crate::{DeskError, Problem};

/// The longest time in which a reply can be taken back.
pub const MOST_UNDO_SECONDS: i64 = domain::preference::UndoSeconds::MOST as i64;

/// What an administrator says about an inbox. A secret that is absent stays as it is.
#[derive(Clone, Debug)]
pub struct Input {
    pub name: String,
    pub address: String,
    pub aliases: Vec<String>,
    pub unit: UnitId,
    pub service: ServiceId,
    pub language: String,
    pub signature: String,
    pub incoming: Option<Incoming>,
    pub incoming_secret: Option<Secret<String>>,
    pub outgoing: Option<Outgoing>,
    pub outgoing_secret: Option<Secret<String>>,
    pub signing: Option<Signing>,
    /// The private key, in PEM form.
    pub signing_secret: Option<Secret<String>>,
    /// The server whose Authentication-Results are believed.
    pub authority: Option<String>,
    /// We check senders ourselves.
    pub checks: bool,
    pub acknowledges: bool,
    pub undo_seconds: i64,
}

impl Input {
    /// An inbox that neither fetches nor sends yet.
    #[must_use]
    pub fn named(name: &str, address: &str, unit: UnitId, service: ServiceId) -> Self {
        Self {
            name: name.to_owned(),
            address: address.to_owned(),
            aliases: Vec::new(),
            unit,
            service,
            language: "en".to_owned(),
            signature: String::new(),
            incoming: None,
            incoming_secret: None,
            outgoing: None,
            outgoing_secret: None,
            signing: None,
            signing_secret: None,
            authority: None,
            checks: true,
            acknowledges: true,
            undo_seconds: 10,
        }
    }

    /// What was said about an inbox until now. Its secrets stay where they are.
    pub fn of(look: &mut Look, id: InboxId) -> Result<Self, DeskError> {
        let inbox = store::inbox::by_id(look.tx, id)?.filter(|inbox| inbox.ended_at.is_none());
        let inbox = inbox.ok_or(DeskError::NotFound)?;
        Ok(Self {
            aliases: store::inbox::aliases(look.tx, id)?,
            incoming: inbox.incoming.as_deref().and_then(Incoming::read),
            outgoing: inbox.outgoing.as_deref().and_then(Outgoing::read),
            signing: inbox.signing.as_deref().and_then(Signing::read),
            name: inbox.name,
            address: inbox.address,
            unit: inbox.unit,
            service: inbox.service,
            language: inbox.language,
            signature: inbox.signature,
            incoming_secret: None,
            outgoing_secret: None,
            signing_secret: None,
            authority: inbox.authority,
            checks: inbox.checks,
            acknowledges: inbox.acknowledges,
            undo_seconds: inbox.undo_seconds,
        })
    }
}

pub fn create(act: &mut Act, by: &impl Entitled, input: &Input) -> Result<InboxId, DeskError> {
    by.check(act)?;
    let id = InboxId(act.new_id());
    let (inbox, aliases) = checked(act, id, input, None)?;
    store::inbox::insert(act.tx, &inbox)?;
    store::inbox::set_aliases(act.tx, id, &aliases)?;
    keep_secrets(act, id, input, None)?;
    act.record_change(Subject::Inbox(id.0), "created", &json!({ "unit": input.unit }))?;
    Ok(id)
}

pub fn change(act: &mut Act, by: &impl Entitled, id: InboxId, input: &Input) -> Result<(), DeskError> {
    by.check(act)?;
    let before = live(act, id)?;
    let aliases_before = store::inbox::aliases(act.tx, id)?;
    let (inbox, aliases) = checked(act, id, input, Some(&before))?;
    let changed = differing(&[
        ("name", before.name != inbox.name),
        ("address", before.address != inbox.address),
        ("aliases", aliases_before != aliases),
        ("unit", before.unit != inbox.unit),
        ("service", before.service != inbox.service),
        ("language", before.language != inbox.language),
        ("signature", before.signature != inbox.signature),
        ("incoming", before.incoming != inbox.incoming || input.incoming_secret.is_some()),
        ("outgoing", before.outgoing != inbox.outgoing || input.outgoing_secret.is_some()),
        ("signing", before.signing != inbox.signing || input.signing_secret.is_some()),
        ("authority", before.authority != inbox.authority),
        ("checks", before.checks != inbox.checks),
        ("acknowledges", before.acknowledges != inbox.acknowledges),
        ("undo_seconds", before.undo_seconds != inbox.undo_seconds),
    ]);
    if changed.is_empty() {
        return Ok(());
    }
    store::inbox::update(act.tx, &inbox)?;
    store::inbox::set_aliases(act.tx, id, &aliases)?;
    keep_secrets(act, id, input, Some(&before))?;
    if is_other_folder(&before, input) {
        store::inbox_fetch::begin_anew(act.tx, id)?;
    }
    act.record_change(Subject::Inbox(id.0), "changed", &json!({ "fields": changed }))?;
    Ok(())
}

/// Mail is neither fetched nor sent any more. The address stays ours, so that nobody becomes it.
pub fn end(act: &mut Act, by: &impl Entitled, id: InboxId) -> Result<(), DeskError> {
    by.check(act)?;
    let inbox = live(act, id)?;
    store::inbox::update(act.tx, &Inbox { ended_at: Some(act.now), ..inbox })?;
    for purpose in [Purpose::Incoming, Purpose::Outgoing, Purpose::Signing] {
        store::inbox::set_secret(act.tx, id, purpose, None)?;
    }
    act.record_change(Subject::Inbox(id.0), "ended", &json!({}))?;
    Ok(())
}

/// Automatic mail that the breaker stopped goes on.
pub fn close_breaker(act: &mut Act, by: &impl Entitled, id: InboxId) -> Result<(), DeskError> {
    by.check(act)?;
    live(act, id)?;
    store::inbox::set_breaker(act.tx, id, None)?;
    act.record_change(Subject::Inbox(id.0), "automatic mail goes on", &json!({}))?;
    Ok(())
}

pub(crate) fn live(act: &mut Act, id: InboxId) -> Result<Inbox, DeskError> {
    store::inbox::by_id(act.tx, id)?.filter(|inbox| inbox.ended_at.is_none()).ok_or(DeskError::NotFound)
}

fn checked(
    act: &mut Act,
    id: InboxId,
    input: &Input,
    before: Option<&Inbox>,
) -> Result<(Inbox, Vec<String>), DeskError> {
    crate::units::live(act, "unit", input.unit)?;
    let offer = crate::services::live(act, "service", input.service)?;
    if offer.service.unit != input.unit {
        return Err(DeskError::invalid("service", Problem::ServiceOfOtherUnit));
    }
    let address = address::of_inbox(act, id, "address", &input.address)?;
    let mut aliases = input
        .aliases
        .iter()
        .map(|alias| address::of_inbox(act, id, "aliases", alias))
        .collect::<Result<Vec<_>, _>>()?;
    aliases.retain(|alias| *alias != address);
    aliases.sort();
    aliases.dedup();
    if !(0..=MOST_UNDO_SECONDS).contains(&input.undo_seconds) {
        return Err(DeskError::invalid("undo_seconds", Problem::UndoTooLong { most: MOST_UNDO_SECONDS }));
    }
    crate::signature::can_always_stand("signature", &input.signature)?;
    if let Some(incoming) = &input.incoming {
        incoming.check()?;
    }
    if let Some(outgoing) = &input.outgoing {
        outgoing.check()?;
    }
    if let Some(signing) = &input.signing {
        signing.check()?;
        input.signing_secret.as_ref().map(|key| signing.signer(key)).transpose()?;
    }
    let inbox = Inbox {
        id,
        name: Name::parse(&input.name)?.as_str().to_owned(),
        address,
        unit: input.unit,
        service: input.service,
        language: crate::people::language(&input.language)?,
        signature: input.signature.trim().to_owned(),
        incoming: input.incoming.as_ref().map(servers::json),
        outgoing: input.outgoing.as_ref().map(servers::json),
        signing: input.signing.as_ref().map(servers::json),
        authority: input
            .authority
            .as_deref()
            .map(str::trim)
            .filter(|name| !name.is_empty())
            .map(str::to_lowercase),
        checks: input.checks,
        acknowledges: input.acknowledges,
        undo_seconds: input.undo_seconds,
        created_at: before.map_or(act.now, |before| before.created_at),
        ended_at: None,
    };
    Ok((inbox, aliases))
}

/// A secret belongs to one server: when another one is named and no new secret is given, it is forgotten,
/// so that it is never shown to somebody else's server.
fn keep_secrets(act: &mut Act, id: InboxId, input: &Input, before: Option<&Inbox>) -> Result<(), DeskError> {
    let incoming = input.incoming.as_ref().map(|incoming| &incoming.server);
    let outgoing = input.outgoing.as_ref().map(|outgoing| &outgoing.server);
    let was = |text: Option<&String>| text.and_then(|text| servers::server_of(text));
    let sides = [
        (
            Purpose::Incoming,
            incoming,
            was(before.and_then(|before| before.incoming.as_ref())),
            &input.incoming_secret,
        ),
        (
            Purpose::Outgoing,
            outgoing,
            was(before.and_then(|before| before.outgoing.as_ref())),
            &input.outgoing_secret,
        ),
    ];
    for (purpose, now, was, secret) in sides {
        let moved = now.is_none_or(|now| was.as_ref().is_none_or(|was| !was.is_same_place(now)));
        match secret {
            Some(secret) => {
                let before = if moved { None } else { store::inbox::secret(act.tx, id, purpose)? };
                let secret = token::completed(now, secret, before.map(Secret::new).as_ref());
                store::inbox::set_secret(act.tx, id, purpose, Some(secret.reveal()))?;
            }
            None if moved => store::inbox::set_secret(act.tx, id, purpose, None)?,
            None => {}
        }
    }
    match (&input.signing, &input.signing_secret) {
        (None, _) => store::inbox::set_secret(act.tx, id, Purpose::Signing, None)?,
        (Some(_), Some(key)) => {
            store::inbox::set_secret(act.tx, id, Purpose::Signing, Some(key.reveal()))?;
        }
        (Some(_), None) => {}
    }
    Ok(())
}

/// Where fetching came so far means nothing in another folder.
fn is_other_folder(before: &Inbox, input: &Input) -> bool {
    let Some(before) = before.incoming.as_deref().and_then(Incoming::read) else { return false };
    input
        .incoming
        .as_ref()
        .is_none_or(|now| !before.server.is_same_place(&now.server) || before.folder != now.folder)
}
