//! What the page of a ticket says of merges: where it goes on, what it took in, and how that is taken apart.

use std::collections::BTreeSet;

use desk::files::Files;
use desk::{DeskError, Look};
use domain::event::Fact;
use domain::permission::Viewer;
use domain::ticket::Ticket;
use maud::{Markup, html};

use super::view::{self, Named, View};
use crate::t;
use crate::text::Locale;
use crate::ui::button::{self, Weight};
use crate::ui::field;
use crate::ui::icon::{Icon, icon};
use crate::visitor::Visitor;

/// The tickets that were merged into one, and into those, as far as the viewer reads inside of them.
pub(super) fn took_in(
    look: &mut Look,
    files: &Files,
    viewer: &Viewer,
    ticket: &Ticket,
) -> Result<Vec<View>, DeskError> {
    let mut known = BTreeSet::from([ticket.id]);
    let mut to_read = ticket.took_in.clone();
    let mut parts = Vec::new();
    while let Some(id) = to_read.pop() {
        if !known.insert(id) {
            continue;
        }
        let seen = store::access::by_id(look.tx, viewer, id, look.now)?;
        let Some((seen, granted)) = seen.and_then(|seen| Some((seen, seen.read_inside()?))) else { continue };
        let part = view::inside(look, files, viewer, seen, &granted)?;
        to_read.extend(part.ticket.took_in.iter().copied());
        parts.push(View { is_part: true, ..part });
    }
    Ok(parts)
}

/// The ticket at the end of a chain of merges; nothing is read for one that was not merged.
pub(super) fn goes_on(look: &mut Look, viewer: &Viewer, ticket: &Ticket) -> Result<Option<Named>, DeskError> {
    if ticket.merged_into.is_none() {
        return Ok(None);
    }
    let last = store::ticket::goes_on_as(look.tx, ticket.id)?;
    let seen = store::access::by_id(look.tx, viewer, last, look.now)?;
    let Some(seen) = seen.filter(|seen| seen.ticket != ticket.id) else { return Ok(None) };
    let subject = store::ticket::fixed(look.tx, last)?.map(|(subject, ..)| subject).unwrap_or_default();
    Ok(Some(Named { number: seen.number, subject }))
}

/// Below the head: where it goes on, or what it took in; with the way back.
pub(super) fn line(visitor: &Visitor, view: &View) -> Markup {
    let locale = visitor.reader.locale;
    html! {
        @if view.ticket.merged_into.is_some() {
            div.flash.flash-soon #merged {
                (icon(Icon::Link))
                p {
                    strong { (t!(locale, "merge-was")) }
                    @if let Some(onward) = &view.goes_on { " " (onward_link(locale, onward)) }
                }
                (undo_form(visitor, view)) (undo(locale, view))
            }
        }
        @if !view.took_in.is_empty() {
            p.ticket-facts {
                (icon(Icon::Link)) " " (t!(locale, "merge-took-in"))
                @for part in &view.took_in { " " a href={ "/tickets/" (part.sheet.number) } { "#" (part.sheet.number) " " (part.sheet.subject) } }
            }
            @for part in &view.took_in { (undo_form(visitor, part)) }
        }
    }
}

fn onward_link(locale: Locale, onward: &Named) -> Markup {
    let ticket = format!("#{}", onward.number);
    html! { a href={ "/tickets/" (onward.number) } { (t!(locale, "merge-goes-on", ticket = ticket)) } " " span.muted { (onward.subject) } }
}

/// Taking apart stands beside lines of text, where a form cannot: the form itself stands with the head.
fn undo_form(visitor: &Visitor, merged: &View) -> Markup {
    html! {
        @if may_take_apart(merged) {
            form id=(undo_id(merged)) method="post" action={ "/tickets/" (merged.sheet.number) "/merge/end" } { (field::token(&visitor.csrf)) }
        }
    }
}

fn undo(locale: Locale, merged: &View) -> Markup {
    html! {
        @if may_take_apart(merged) {
            " " (button::submit_of(Weight::Quiet, Some(Icon::Return), t!(locale, "merge-undo"), &undo_id(merged)))
        }
    }
}

fn undo_id(merged: &View) -> String {
    format!("take-apart-{}", merged.sheet.number)
}

fn may_take_apart(merged: &View) -> bool {
    merged.seen.serve().is_some() && merged.ticket.merged_into.is_some() && merged.goes_on.is_some()
}

/// Beside the line of a merge in the history of either ticket.
pub(super) fn undo_beside(locale: Locale, view: &View, fact: &Fact) -> Markup {
    let merged = match fact {
        Fact::MergedInto { .. } => Some(view),
        Fact::TookIn { ticket, .. } => view.took_in.iter().find(|part| part.seen.ticket == *ticket),
        _ => None,
    };
    html! { @if let Some(merged) = merged { (undo(locale, merged)) } }
}

/// As the end of a sentence that begins with who did it. A ticket that is not for the reader has no name.
pub(super) fn told(locale: Locale, view: &View, fact: &Fact) -> String {
    let (Fact::MergedInto { ticket }
    | Fact::Unmerged { ticket, .. }
    | Fact::TookIn { ticket, .. }
    | Fact::GaveBack { ticket, .. }) = fact
    else {
        return String::new();
    };
    let onward = view.goes_on.as_ref().filter(|_| view.ticket.merged_into == Some(*ticket));
    let part = view.took_in.iter().find(|part| part.seen.ticket == *ticket);
    let number = onward.map(|onward| onward.number).or(part.map(|part| part.sheet.number));
    let ticket = number.map_or_else(|| t!(locale, "merge-another").to_owned(), |number| format!("#{number}"));
    match fact {
        Fact::MergedInto { .. } => t!(locale, "history-merged-into", ticket = ticket),
        Fact::TookIn { .. } => t!(locale, "history-took-in", ticket = ticket),
        _ => t!(locale, "history-taken-apart", ticket = ticket),
    }
}

/// Above what was said on a ticket that was merged into the one that is shown.
pub(super) fn origin(locale: Locale, view: &View) -> Markup {
    html! {
        @if view.is_part {
            p.small.muted.merge-origin { (icon(Icon::Link)) " " a href={ "/tickets/" (view.sheet.number) } { (t!(locale, "merge-origin", ticket = format!("#{}", view.sheet.number))) } }
        }
    }
}

/// Why words that somebody wrote have no form here: the ticket was merged meanwhile, and where they can be said.
pub(super) fn unsent(locale: Locale, view: &View) -> Markup {
    html! { (t!(locale, "merge-unsent")) @if let Some(onward) = &view.goes_on { " " (onward_link(locale, onward)) } }
}
