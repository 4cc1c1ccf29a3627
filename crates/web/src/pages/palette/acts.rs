//! What can be done with the open ticket, as far as its rules and the viewer's rights let it: the same that its page
//! offers.

use desk::{DeskError, Look};
use domain::event::Side;
use domain::permission::Viewer;
use domain::priority::Priority;
use domain::ticket::offers::Deed;
use domain::ticket::{State, Ticket};
use store::access::Seen;

use super::rows::Row;
use crate::t;
use crate::text::Locale;
use crate::ui::icon::Icon;
use crate::ui::keys::{self, Does};

pub(super) fn offered(
    look: &mut Look,
    viewer: &Viewer,
    locale: Locale,
    number: i64,
) -> Result<Vec<Row>, DeskError> {
    let Some(seen) = store::access::by_number(look.tx, viewer, number, look.now)? else {
        return Ok(Vec::new());
    };
    if seen.serve().is_none() && seen.annotate().is_none() {
        return Ok(Vec::new());
    }
    let events = store::event::of_ticket(look.tx, seen.ticket)?;
    let Some(ticket) = Ticket::fold(seen.ticket, &events) else { return Ok(Vec::new()) };
    let Some(service) = look.catalogue.ruling(&ticket) else { return Ok(Vec::new()) };
    let may = |deed| ticket.may(deed, &service, look.now).is_ok();
    let row = |icon: Icon, label: &str, anchor: &str, does: Option<Does>| {
        let row = Row::new(icon, label, format!("/tickets/{number}#{anchor}"));
        does.map_or(row.clone(), |does| row.key(keys::of(does)))
    };
    let mut rows = Vec::new();
    if seen.serve().is_some() {
        rows.extend(served(viewer, locale, &ticket, &may, &row));
    }
    if seen.annotate().is_some() {
        rows.insert(
            usize::from(seen.serve().is_some() && ticket.state != State::Closed),
            row(Icon::Lock, t!(locale, "composer-note"), "do-note", Some(Does::Note)),
        );
    }
    if let Some(granted) = seen.serve()
        && let Some(message) = desk::split::latest(look, &granted, &ticket)?
    {
        let place = format!("/tickets/{number}/messages/{message}/split");
        rows.push(Row::new(Icon::Reply, t!(locale, "palette-split"), place));
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
