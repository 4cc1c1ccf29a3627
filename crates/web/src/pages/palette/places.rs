//! Where the palette leads: pages, views, units and services of the viewer, their tickets, and the search itself.

use desk::{DeskError, Look};
use domain::id::TicketId;
use domain::permission::Viewer;
use store::access::Seen;
use store::queue::{self, After};

use super::rows::Row;
use crate::guard::urlencode;
use crate::pages::admin::shell::Part;
use crate::pages::{on_behalf, search};
use crate::t;
use crate::text::Locale;
use crate::ui::icon::Icon;
use crate::ui::keys;

/// The pages that are there for the viewer.
pub(super) fn pages(look: &mut Look, viewer: &Viewer, locale: Locale) -> Result<Vec<Row>, DeskError> {
    let acted_in_bulk = viewer.is_agent() && store::bulk_action::has_any(look.tx, viewer.person)?;
    let mut rows = Vec::new();
    let mut add = |icon, label: &str, href: &str| {
        let row = Row::new(icon, label, href);
        rows.push(match keys::leading_to(href) {
            Some(key) => row.key(key),
            None => row,
        });
    };
    if viewer.is_agent() {
        add(Icon::Inbox, t!(locale, "place-work"), "/");
        add(Icon::Map, t!(locale, "place-map"), "/map");
        if on_behalf::may_open(viewer) {
            add(Icon::Plus, t!(locale, "write-title"), "/tickets/new");
        }
        add(Icon::Plus, t!(locale, "views-new"), "/views/new");
    }
    add(Icon::Person, t!(locale, "place-my-tickets"), "/portal");
    add(Icon::Service, t!(locale, "place-services"), "/portal/services");
    add(Icon::Bell, t!(locale, "notices-title"), "/notices");
    add(Icon::Settings, t!(locale, "place-profile"), "/profile");
    if viewer.is_agent() {
        add(Icon::Wand, t!(locale, "macros-title"), "/macros");
        add(Icon::Calendar, t!(locale, "presence"), "/presence");
        add(Icon::Calendar, t!(locale, "recurring"), "/recurring");
        add(Icon::Clock, t!(locale, "spent-title"), "/time");
        if acted_in_bulk {
            add(Icon::Bolt, t!(locale, "bulk-title"), "/bulk");
        }
    }
    let parts: &[Part] = if viewer.administrator {
        &Part::ALL
    } else if desk::rules::set_up::may_keep_any(viewer) {
        &[Part::Rules]
    } else {
        &[]
    };
    for part in parts {
        add(part.icon(), part.title(locale), part.href());
    }
    Ok(rows)
}

pub(super) fn views(look: &mut Look, viewer: &Viewer) -> Result<Vec<Row>, DeskError> {
    let views = store::view::of(look.tx, viewer)?;
    Ok(views
        .into_iter()
        .map(|view| Row::new(Icon::Inbox, view.name, format!("/views/{}", view.id)).about(view.filter))
        .collect())
}

/// Units that the viewer sees, and services that are offered to them.
pub(super) fn named(look: &Look, viewer: &Viewer) -> Vec<Row> {
    search::named(look, viewer, "")
        .map(|named| Row::new(named.icon, named.name, named.href).about(named.about))
        .collect()
}

/// A ticket by its exact number.
pub(super) fn ticket(look: &mut Look, viewer: &Viewer, seen: &Seen) -> Result<Option<Row>, DeskError> {
    let Some((subject, ..)) = store::ticket::fixed(look.tx, seen.ticket)? else { return Ok(None) };
    let href = search::goes_on(look, viewer, seen)?;
    Ok(Some(Row::new(Icon::Inbox, format!("#{} {subject}", seen.number), href)))
}

/// What the viewer has taken, first due first; who serves nothing sees what they asked for.
pub(super) fn own(look: &mut Look, viewer: &Viewer, most: usize) -> Result<Vec<Row>, DeskError> {
    let limit = i64::try_from(most).unwrap_or(i64::MAX);
    let row = |number: i64, subject: &str, place: &str| {
        Row::new(Icon::Inbox, format!("#{number} {subject}"), format!("{place}/{number}"))
    };
    if viewer.is_agent() {
        let taken = queue::of_person(look.tx, viewer, After::START, limit)?;
        let rows = taken.iter().map(|one| row(one.number, &one.subject, "/tickets").about(&one.requester));
        return Ok(rows.collect());
    }
    let asked = queue::mine(look.tx, viewer, TicketId(i64::MAX), limit)?;
    Ok(asked.iter().map(|one| row(one.number, &one.subject, "/portal/tickets")).collect())
}

/// The page that searches everything, for what the few hits here leave out.
pub(super) fn everything(locale: Locale, q: &str) -> Row {
    Row::new(Icon::Search, t!(locale, "palette-everything", words = q), format!("/search?q={}", urlencode(q)))
}
