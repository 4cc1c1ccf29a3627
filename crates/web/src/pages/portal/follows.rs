//! Tickets that one of somebody's tickets follows, or that follow it: those of them that are theirs, too.

use desk::{DeskError, Look};
use domain::link::{Link, Linked};
use domain::permission::{Relation, Viewer};
use maud::{Markup, html};

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
    follows: &[Linked],
) -> Result<Vec<Follows>, DeskError> {
    let mut theirs = Vec::new();
    for linked in follows {
        let seen = store::access::by_id(look.tx, viewer, linked.ticket, look.now)?;
        let Some(seen) = seen.filter(|seen| seen.relation == Relation::Requesting) else { continue };
        if let Some((subject, ..)) = store::ticket::fixed(look.tx, linked.ticket)? {
            theirs.push(Follows { link: linked.link, number: seen.number, subject });
        }
    }
    Ok(theirs)
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
