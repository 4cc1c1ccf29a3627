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
    let why = why(subscription, german);
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

const fn why(subscription: Subscription, german: bool) -> &'static str {
    let Subscription::To(occasion) = subscription else {
        return if german {
            "Sie bekommen diese Mail einmal am Tag, weil Sie es so gewählt haben oder es so üblich ist."
        } else {
            "You get this mail once a day, because you chose so or it is usual."
        };
    };
    match (occasion, german) {
        (Occasion::Given, false) => {
            "You get this mail because a ticket was given to you. Answer at the desk, not to this mail."
        }
        (Occasion::Given, true) => {
            "Sie bekommen diese Mail, weil Ihnen ein Ticket übergeben wurde. Antworten Sie am Desk, nicht auf diese Mail."
        }
        (Occasion::Answered | Occasion::Noted, false) => {
            "You get this mail because you hold the ticket. Answer at the desk, not to this mail."
        }
        (Occasion::Answered | Occasion::Noted, true) => {
            "Sie bekommen diese Mail, weil das Ticket bei Ihnen liegt. Antworten Sie am Desk, nicht auf diese Mail."
        }
        (Occasion::Delivered, false) => {
            "You get this mail because you asked for the hand-off. Answer at the desk, not to this mail."
        }
        (Occasion::Delivered, true) => {
            "Sie bekommen diese Mail, weil Sie die Übergabe angefragt haben. Antworten Sie am Desk, nicht auf diese Mail."
        }
        (Occasion::Returned, false) => {
            "You get this mail because you hold the hand-off. Answer at the desk, not to this mail."
        }
        (Occasion::Returned, true) => {
            "Sie bekommen diese Mail, weil die Übergabe bei Ihnen liegt. Antworten Sie am Desk, nicht auf diese Mail."
        }
        (Occasion::EndsSoon, false) => {
            "You get this mail because you hold the ticket whose promise ends soon."
        }
        (Occasion::EndsSoon, true) => {
            "Sie bekommen diese Mail, weil das Ticket, dessen Zusage bald endet, bei Ihnen liegt."
        }
        (Occasion::StrangerWrote, false) => {
            "You get this mail because you hold the ticket to which somebody else wrote."
        }
        (Occasion::StrangerWrote, true) => {
            "Sie bekommen diese Mail, weil das Ticket, zu dem jemand anderes schrieb, bei Ihnen liegt."
        }
        (Occasion::Mentioned, false) => {
            "You get this mail because somebody named you in a note. Answer at the desk, not to this mail."
        }
        (Occasion::Mentioned, true) => {
            "Sie bekommen diese Mail, weil jemand Sie in einer Notiz genannt hat. Antworten Sie am Desk, nicht auf diese Mail."
        }
        (Occasion::Watched, false) => {
            "You get this mail because you watch the ticket; on its page you can stop that."
        }
        (Occasion::Watched, true) => {
            "Sie bekommen diese Mail, weil Sie das Ticket beobachten; auf seiner Seite können Sie das beenden."
        }
        (Occasion::HandoffWatched, _) => watches_handoff(german),
        (Occasion::Solved, false) => {
            "You get this mail because it is your ticket. Where nobody else provides a service, it always comes."
        }
        (Occasion::Solved, true) => {
            "Sie bekommen diese Mail, weil es Ihr Ticket ist. Bei Diensten, die niemand sonst anbietet, kommt sie immer."
        }
        (Occasion::AskedBack, _) => waits_for(german),
        (Occasion::Replied | Occasion::Closed, false) => "You get this mail because it is your ticket.",
        (Occasion::Replied | Occasion::Closed, true) => "Sie bekommen diese Mail, weil es Ihr Ticket ist.",
    }
}

const fn watches_handoff(german: bool) -> &'static str {
    if german {
        "Sie bekommen diese Mail, weil Sie eine Übergabe Ihrer Einheit beobachten; auf ihrer Seite können Sie das beenden."
    } else {
        "You get this mail because you watch a hand-off of your unit; on its page you can stop that."
    }
}

const fn waits_for(german: bool) -> &'static str {
    if german {
        "Sie bekommen diese Mail, weil Ihr Ticket auf die Übergabe wartet. Antworten Sie am Desk, nicht auf diese Mail."
    } else {
        "You get this mail because your ticket waits for the hand-off. Answer at the desk, not to this mail."
    }
}
