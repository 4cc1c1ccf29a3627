//! Tickets that one of somebody's tickets follows, or that follow it: those of them that are theirs, too.

use desk::{DeskError, Look};
use domain::id::TicketId;
use domain::link::{Link, Linked};
use domain::permission::{Relation, Viewer};
use maud::{Markup, html};
use store::access::Seen;

use crate::t;
use crate::text::Locale;

pub(super) struct Follows {
    link: Link,
    number: i64,
    subject: String,
}

/// Those on which the viewer is on the requester's side.
pub(super) fn theirs(
    look: &mut Look,
    viewer: &Viewer,
    ticket: TicketId,
    follows: &[Linked],
) -> Result<Vec<Follows>, DeskError> {
    let mut theirs = Vec::new();
    for &linked in follows {
        let linked = staying(look, linked)?;
        if linked.ticket == ticket {
            continue;
        }
        let seen = store::access::by_id(look.tx, viewer, linked.ticket, look.now)?;
        let known = |seen: &Seen| theirs.iter().any(|one: &Follows| one.number == seen.number);
        let is_theirs = |seen: &Seen| seen.relation == Relation::Requesting && !known(seen);
        let Some(seen) = seen.filter(is_theirs) else { continue };
        if let Some((subject, ..)) = store::ticket::fixed(look.tx, linked.ticket)? {
            theirs.push(Follows { link: linked.link, number: seen.number, subject });
        }
    }
    Ok(theirs)
}

/// Where one of those that follow was merged, the ticket that stays stands for it.
fn staying(look: &mut Look, linked: Linked) -> Result<Linked, DeskError> {
    Ok(match linked.link {
        Link::FollowedBy => Linked { ticket: store::ticket::goes_on_as(look.tx, linked.ticket)?, ..linked },
        _ => linked,
    })
}

/// The number of the ticket on which the viewer's words stand once this one cannot be reopened.
pub(super) fn last(
    look: &mut Look,
    viewer: &Viewer,
    ticket: TicketId,
    follows: &[Linked],
) -> Result<Option<i64>, DeskError> {
    if follows.iter().all(|linked| linked.link != Link::FollowedBy) {
        return Ok(None);
    }
    let Some(last) = desk::follow_up::goes_on_in(look, ticket, viewer.person)? else { return Ok(None) };
    Ok(store::access::by_id(look.tx, viewer, last, look.now)?.map(|seen| seen.number))
}

/// Behind where a ticket stands: the way to the ticket that goes on with it, merged or followed.
pub(super) fn onward(locale: Locale, merged: Option<i64>, followed: Option<i64>) -> Markup {
    html! {
        @if let Some(number) = merged { " " a href={ "/portal/tickets/" (number) } { (t!(locale, "merge-goes-on", ticket = format!("#{number}"))) } }
        @if let Some(number) = followed { " " a href={ "/portal/tickets/" (number) } { (t!(locale, "standing-followed", ticket = format!("#{number}"))) } }
    }
}

impl Follows {
    /// As a line among the facts of a ticket.
    pub(super) fn fact(&self, locale: Locale) -> (&'static str, Markup) {
        let label = match self.link {
            Link::Follows => t!(locale, "portal-follows"),
            _ => t!(locale, "portal-followed-by"),
        };
        let number = self.number;
        (label, html! { a href={ "/portal/tickets/" (number) } { "#" (number) " " (self.subject) } })
    }
}
