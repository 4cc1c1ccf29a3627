//! Out of a kind of mail with one click: by a token that was given to one person for one purpose.

use domain::event::Actor;
use domain::id::PersonId;
use domain::notice::{Choice, Occasion, Subscription, Way};
use jiff::{SignedDuration, Timestamp};
use mail::compose::{HeaderText, Unsubscribe};

use crate::act::{Act, Look};
use crate::{DeskError, base_url, files, outbox};

/// A token is good for this long after its mail.
const GOOD_FOR: SignedDuration = SignedDuration::from_hours(24 * 180);

/// What stands below a mail that somebody can unsubscribe from.
pub(crate) struct Footer {
    pub(crate) markdown: String,
    /// Only where the desk is reached through TLS: mail programs take nothing else.
    pub(crate) header: Option<Unsubscribe>,
}

/// Why it was sent and how to get no more of it. Its token is made anew with each mail, because only the hash
/// of one is kept.
pub(crate) fn footer(
    act: &mut Act,
    person: PersonId,
    subscription: Subscription,
) -> Result<Footer, DeskError> {
    let language = store::person::by_id(act.tx, person)?.map(|person| person.language);
    let german = language.as_deref() == Some("de");
    let why = super::why::words(subscription, german);
    let Some(base) = base_url::known(act.tx)? else {
        return Ok(Footer { markdown: format!("---\n\n{why} {}", at_the_desk(german)), header: None });
    };
    let token = files::hex(&outbox::random::<16>()?);
    store::notice::give(act.tx, &hash(&token), (person, subscription), act.now)?;
    let link = format!("{base}/unsubscribe/{token}");
    let (off, choose) =
        if german { ("Nicht mehr schicken", "Auswählen") } else { ("Switch it off", "Choose") };
    let profile = format!("{base}/profile#notices");
    let header = base
        .starts_with("https://")
        .then(|| Unsubscribe { link: HeaderText::cleaned(&link), one_click: true });
    Ok(Footer { markdown: format!("---\n\n{why}\n\n{off}: {link}\n\n{choose}: {profile}"), header })
}

/// What a token unsubscribes from; looking changes nothing.
pub fn offered(look: &mut Look, token: &str) -> Result<Subscription, DeskError> {
    Ok(found(look.tx, token, look.now)?.1)
}

/// Ends it. Doing so again changes nothing.
pub fn run(act: &mut Act, token: &str) -> Result<Subscription, DeskError> {
    let (person, subscription) = found(act.tx, token, act.now)?;
    let occasions = match subscription {
        Subscription::To(occasion) => vec![occasion],
        Subscription::Digest => Occasion::ALL.to_vec(),
    };
    let mut off = Vec::new();
    for occasion in occasions {
        let choice = store::notice::choice(act.tx, person, occasion)?;
        if subscription != Subscription::Digest || choice.mail == Way::Digest {
            off.push((occasion, Choice { mail: Way::Never, ..choice }));
        }
    }
    // Whoever has the mail speaks for the person, and for nothing but this.
    act.actor = Actor::Person(person);
    super::change(act, person, &off)?;
    Ok(subscription)
}

/// Forgets tokens and what stands on boards when they are too old; gives how many.
pub fn forget(act: &mut Act) -> Result<u64, DeskError> {
    let shown = store::notice::board::forget(act.tx, act.now - GOOD_FOR)?;
    Ok(shown + store::notice::forget_tokens(act.tx, act.now - GOOD_FOR)?)
}

fn found(tx: &mut store::Tx, token: &str, now: Timestamp) -> Result<(PersonId, Subscription), DeskError> {
    store::notice::of_token(tx, &hash(token), now - GOOD_FOR)?.ok_or(DeskError::NotFound)
}

fn hash(token: &str) -> [u8; 32] {
    *blake3::hash(token.as_bytes()).as_bytes()
}

const fn at_the_desk(german: bool) -> &'static str {
    if german { "In Ihrem Profil können Sie das ändern." } else { "You can change that in your profile." }
}
