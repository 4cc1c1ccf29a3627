//! What can be done with the open ticket, as far as its rules and the viewer's rights let it: the same that its page
//! offers.

use desk::{DeskError, Look};
use domain::event::Side;
use domain::permission::{Relation, Viewer};
use domain::priority::Priority;
use domain::service::Service;
use domain::ticket::offers::Deed;
use domain::ticket::{State, Ticket};
use store::access::Seen;

use super::rows::Row;
use crate::pages::ticket::watching;
use crate::t;
use crate::text::Locale;
use crate::ui::icon::Icon;
use crate::ui::keys::{self, Does};

pub(super) fn offered(
    look: &mut Look,
    viewer: &Viewer,
    locale: Locale,
    (number, q): (i64, &str),
) -> Result<Vec<Row>, DeskError> {
    let Some(seen) = store::access::by_number(look.tx, viewer, number, look.now)? else {
        return Ok(Vec::new());
    };
    let row = |icon: Icon, label: &str, anchor: &str, does: Option<Does>| {
        let row = Row::new(icon, label, format!("/tickets/{number}#{anchor}"));
        does.map_or(row.clone(), |does| row.key(keys::of(does)))
    };
    if !seen.relation.reads_inside() {
        return heard(look, locale, seen, &row);
    }
    let events = store::event::of_ticket(look.tx, seen.ticket)?;
    let Some(ticket) = Ticket::fold(seen.ticket, &events) else { return Ok(Vec::new()) };
    let Some(service) = look.catalogue.ruling(&ticket) else { return Ok(Vec::new()) };
    let now = look.now;
    let may = |deed| ticket.may(deed, &service, now).is_ok();
    let mut rows = Vec::new();
    if seen.serve().is_some() {
        rows.extend(served(viewer, locale, &ticket, &may, &row));
        rows.extend(kept(look, locale, (&ticket, &service), &row));
    }
    if seen.annotate().is_some() {
        rows.insert(
            usize::from(seen.serve().is_some() && ticket.state != State::Closed),
            row(Icon::Lock, t!(locale, "composer-note"), "do-note", Some(Does::Note)),
        );
    }
    if let Some(granted) = seen.serve() {
        if let Some(message) = desk::split::latest(look, &granted, &ticket)? {
            let place = format!("/tickets/{number}/messages/{message}/split");
            rows.push(Row::new(Icon::Reply, t!(locale, "palette-split"), place));
        }
        if ticket.state == State::Open {
            rows.extend(macros(look, viewer, locale, (seen, q))?);
        }
    }
    rows.extend(heard(look, locale, seen, &row)?);
    if ticket.news.for_person(viewer.person).is_some() {
        rows.push(row(Icon::Inbox, t!(locale, "action-unread"), "do-unread", None));
    }
    if Seen::read_inside(seen).is_some() {
        rows.push(Row::new(
            Icon::Throughline,
            t!(locale, "ticket-throughline"),
            format!("/tickets/{number}/throughline"),
        ));
    }
    Ok(rows)
}

/// What is kept beside it and changed in its place.
fn kept(
    look: &Look,
    locale: Locale,
    (ticket, service): (&Ticket, &Service),
    row: &impl Fn(Icon, &str, &str, Option<Does>) -> Row,
) -> Vec<Row> {
    let mut statuses = look.catalogue.statuses.iter();
    let has_status =
        ticket.status.is_some() || statuses.any(|status| ticket.offers(status, service, look.now));
    let status = has_status.then(|| row(Icon::Check, t!(locale, "status-of-ticket"), "edit-status", None));
    status.into_iter().chain([row(Icon::Plus, t!(locale, "tags-add"), "do-tag", None)]).collect()
}

/// The way to the macros; those that are called so, once something is typed.
fn macros(
    look: &mut Look,
    viewer: &Viewer,
    locale: Locale,
    (seen, q): (Seen, &str),
) -> Result<Vec<Row>, DeskError> {
    let address = format!("/tickets/{}/macros", seen.number);
    let mut rows = vec![Row::new(Icon::Wand, t!(locale, "macros-run"), address.as_str())];
    if !q.is_empty() {
        let offered = desk::macros::offered(look, viewer, seen.ticket)?;
        let offered = offered.iter().filter(|each| !each.is_canned());
        rows.extend(offered.map(|each| {
            Row::new(Icon::Wand, each.name.as_str(), format!("{address}/{}", each.id))
                .about(t!(locale, "macros-macro"))
        }));
    }
    Ok(rows)
}

/// What somebody hears of it, as far as they may choose.
fn heard(
    look: &mut Look,
    locale: Locale,
    seen: Seen,
    row: &impl Fn(Icon, &str, &str, Option<Does>) -> Row,
) -> Result<Vec<Row>, DeskError> {
    if !(seen.relation == Relation::Asking || seen.relation.reads_inside()) {
        return Ok(Vec::new());
    }
    let stance = store::watch::stance(look.tx, seen.ticket, seen.viewer)?;
    let fixed = store::ticket::fixed(look.tx, seen.ticket)?;
    let is_confidential = fixed.is_some_and(|(_, _, confidential)| confidential);
    let may_watch = !(is_confidential && seen.relation == Relation::Overseeing);
    let choices = watching::choices(locale, stance, may_watch);
    Ok(choices.into_iter().map(|(icon, label, anchor)| row(icon, label, &anchor, None)).collect())
}

/// What its owning unit can do, in the order of the page.
fn served(
    viewer: &Viewer,
    locale: Locale,
    ticket: &Ticket,
    may: &impl Fn(Deed) -> bool,
    row: &impl Fn(Icon, &str, &str, Option<Does>) -> Row,
) -> Vec<Row> {
    let me = Some(viewer.person);
    let waits = [Deed::WaitForRequester, Deed::WaitForSupplier, Deed::WaitForDate];
    let open = ticket.state == State::Open;
    let prioritised = Priority::ALL.into_iter().any(|priority| may(Deed::ChangePriority(priority)));
    let all = [
        (
            ticket.state != State::Closed,
            Icon::Reply,
            t!(locale, "composer-reply"),
            "do-reply",
            Some(Does::Reply),
        ),
        (
            may(Deed::Assign(me)),
            Icon::Person,
            t!(locale, "action-take"),
            "do-assignment-me",
            Some(Does::Take),
        ),
        (may(Deed::Resume), Icon::Clock, t!(locale, "action-resume"), "do-wait-end", None),
        (may(Deed::Ask), Icon::Handoff, t!(locale, "action-ask"), "do-handoff", Some(Does::HandOff)),
        (may(Deed::Deliver), Icon::Service, t!(locale, "action-deliver"), "do-delivery", Some(Does::Solve)),
        (may(Deed::Solve), Icon::Check, t!(locale, "action-solve"), "do-solution", Some(Does::Solve)),
        (waits.into_iter().any(may), Icon::Pause, t!(locale, "action-wait"), "do-wait", Some(Does::Wait)),
        (open, Icon::Person, t!(locale, "action-assign"), "do-assignment", Some(Does::Assign)),
        (may(Deed::Assign(None)), Icon::Inbox, t!(locale, "action-put-back"), "do-assignment-none", None),
        (open, Icon::Unit, t!(locale, "action-transfer"), "do-transfer", Some(Does::Transfer)),
        (may(Deed::WakeUp), Icon::Moon, t!(locale, "snooze-wake"), "do-wake", None),
        (may(Deed::Snooze), Icon::Moon, t!(locale, "snooze"), "do-snooze", None),
        (prioritised, Icon::Bolt, t!(locale, "action-priority"), "do-priority", Some(Does::Priority)),
        (may(Deed::Reopen(Side::Serving)), Icon::Return, t!(locale, "action-reopen"), "do-reopening", None),
        (may(Deed::Merge), Icon::Link, t!(locale, "merge"), "do-merge", None),
        (may(Deed::Close), Icon::Lock, t!(locale, "action-close"), "do-closing", None),
    ];
    all.into_iter()
        .filter(|(offered, ..)| *offered)
        .map(|(_, icon, label, anchor, does)| row(icon, label, anchor, does))
        .collect()
}
