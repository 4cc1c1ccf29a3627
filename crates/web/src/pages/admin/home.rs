//! The start of the set-up: what there is, what is missing, what was changed last.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use desk::{DeskError, Look};
use domain::id::{PersonId, UnitId};
use domain::permission::Viewer;
use domain::service::Audience;
use jiff::Timestamp;
use maud::{Markup, html};
use store::catalogue::Catalogue;
use store::inbox::{Health, Inbox};

use super::agreements::list::{Standing, Standings, standings};
use super::events::{Shown, lines_table, seen};
use super::inboxes::capped;
use super::shell::{self, Came, Part};
use super::suspended::MOST_COUNTED as MOST_COUNTED_MAILS;
use crate::app::App;
use crate::format;
use crate::refusal::Refused;
use crate::routes::{Right, Route};
use crate::t;
use crate::text::Locale;
use crate::ui::badge::{Tone, badge};
use crate::ui::icon::Icon;
use crate::ui::panel;
use crate::ui::tile::{Tile, tile};
use crate::visitor::Visitor;

const MOST_COUNTED: i64 = 100_000;
const NEWEST_PEOPLE: i64 = 5_000;
const MOST_SHOWN: usize = 6;

pub fn routes() -> Vec<Route> {
    vec![Route::get("/admin", Right::Administrator, get(show))]
}

struct Seen {
    catalogue: Arc<Catalogue>,
    people: i64,
    organisations: i64,
    members: BTreeMap<UnitId, i64>,
    untied: Vec<(PersonId, String)>,
    standings: Standings,
    latest: Vec<Shown>,
    inboxes: Vec<(Inbox, Health)>,
    suspended: i64,
    waiting: i64,
    now: Timestamp,
}

async fn show(State(app): State<App>, visitor: Visitor, came: Came) -> Result<Response, Refused> {
    let viewer = Arc::clone(&visitor.viewer);
    let seen = app.desk.study(move |look| read(look, &viewer)).await?;
    let locale = visitor.reader.locale;
    let missing = missing(locale, &seen);
    let content = html! {
        (shell::head(t!(locale, "admin-home-title"), None))
        div.stack {
            div.tiles.tiles-dense { (tiles(locale, &seen)) }
            (panel::panel(t!(locale, "admin-missing"), None, &html! {
                @if missing.is_empty() { p { (badge(Tone::Good, Some(Icon::Check), t!(locale, "admin-missing-nothing"))) " " (t!(locale, "admin-missing-nothing-words")) } }
                ul.missing { @for gap in &missing { (gap_line(locale, gap)) } }
            }))
            (panel::panel(t!(locale, "admin-latest"), None, &html! {
                @if seen.latest.is_empty() { p.muted { (t!(locale, "admin-latest-none")) } }
                @else { (lines_table(&visitor.reader, &seen.latest)) }
            }))
        }
    };
    Ok(shell::part(&visitor, Part::Home, &came, &content).into_response())
}

fn read(look: &mut Look, viewer: &Viewer) -> Result<Seen, DeskError> {
    let latest = store::audit::of_set_up(look.tx, 10)?;
    Ok(Seen {
        catalogue: Arc::clone(&look.catalogue),
        people: store::audit::people(look.tx, MOST_COUNTED)?,
        organisations: store::audit::organisations(look.tx, MOST_COUNTED)?,
        members: store::unit::member_counts(look.tx)?,
        untied: store::audit::untied(look.tx, NEWEST_PEOPLE, 100)?,
        standings: standings(look, viewer)?,
        inboxes: store::inbox::healths(look.tx)?,
        suspended: store::mail::count_suspended(look.tx, MOST_COUNTED_MAILS)?,
        waiting: store::mail::count_waiting(look.tx, MOST_COUNTED_MAILS)?,
        now: look.now,
        latest: latest.into_iter().map(|line| seen(look, viewer, line)).collect::<Result<_, _>>()?,
    })
}

fn tiles(locale: Locale, seen: &Seen) -> Markup {
    let catalogue = &seen.catalogue;
    let units = catalogue.units.values().filter(|unit| unit.ended_at.is_none()).count();
    let services = catalogue.services.values().filter(|offer| offer.ended_at.is_none()).count();
    let agreements = catalogue.agreements.iter().filter(|own| own.valid_until.is_none()).count();
    let serving: i64 = seen.members.values().sum();
    let captive = catalogue.services.values().filter(|offer| offer.service.captive).count();
    let number = |count: usize| format::number(locale, i64::try_from(count).unwrap_or(i64::MAX));
    let fits = seen.standings.values().filter(|standing| **standing == Standing::Fits).count();
    let shown = [
        (Part::People, format::number(locale, seen.people), t!(locale, "admin-tile-people", count = serving)),
        (
            Part::Organisations,
            format::number(locale, seen.organisations),
            t!(locale, "admin-tile-organisations").to_owned(),
        ),
        (Part::Units, number(units), t!(locale, "admin-tile-units", count = seen.members.len())),
        (Part::Services, number(services), t!(locale, "admin-tile-services", count = captive)),
        (Part::Calendars, number(catalogue.calendars.len()), t!(locale, "admin-tile-calendars").to_owned()),
        (Part::Agreements, number(agreements), t!(locale, "admin-tile-agreements", count = fits)),
    ];
    html! {
        @for (part, value, basis) in &shown {
            (tile(locale, &Tile { label: part.title(locale), value, basis, tone: Tone::Quiet, explain: Some(part.href()) }))
        }
        (mail_tiles(locale, seen))
    }
}

fn mail_tiles(locale: Locale, seen: &Seen) -> Markup {
    let troubled = seen.inboxes.iter().filter(|(_, health)| health.is_in_trouble(seen.now)).count();
    let inboxes = format::number(locale, i64::try_from(seen.inboxes.len()).unwrap_or(i64::MAX));
    let in_trouble = t!(locale, "mail-tile-inboxes", count = troubled);
    let (suspended, waiting) = (capped(seen.suspended), capped(seen.waiting));
    let tone_when = |some: bool, tone| if some { tone } else { Tone::Quiet };
    let inboxes_at = Some(Part::Inboxes.href());
    html! {
        (tile(locale, &Tile { label: t!(locale, "mail-inboxes"), value: &inboxes, basis: &in_trouble, tone: tone_when(troubled > 0, Tone::Bad), explain: inboxes_at }))
        (tile(locale, &Tile { label: t!(locale, "mail-suspended"), value: &suspended, basis: t!(locale, "mail-tile-suspended"), tone: tone_when(seen.suspended > 0, Tone::Soon), explain: Some(Part::Suspended.href()) }))
        (tile(locale, &Tile { label: t!(locale, "mail-waiting"), value: &waiting, basis: t!(locale, "mail-tile-waiting"), tone: Tone::Quiet, explain: inboxes_at }))
    }
}

/// Something that keeps the set-up from working, with the things it is true of.
struct Gap {
    tone: Tone,
    words: String,
    help: &'static str,
    things: Vec<(String, String)>,
}

fn missing(locale: Locale, seen: &Seen) -> Vec<Gap> {
    let catalogue = &seen.catalogue;
    let offers = || catalogue.services.values().filter(|offer| offer.ended_at.is_none());
    let service = |id, name: &String| (format!("/admin/services/{id}"), name.clone());
    let hidden: Vec<_> = offers()
        .filter(|offer| offer.service.audience == Audience::default())
        .map(|offer| service(offer.service.id, &offer.name))
        .collect();
    let promised = |id| catalogue.agreements.iter().any(|own| own.service == id && own.valid_until.is_none());
    let unpromised: Vec<_> = offers()
        .filter(|offer| !promised(offer.service.id))
        .map(|offer| service(offer.service.id, &offer.name))
        .collect();
    let empty: Vec<_> = catalogue
        .units
        .values()
        .filter(|unit| unit.ended_at.is_none() && !seen.members.contains_key(&unit.id))
        .map(|unit| (format!("/admin/units/{}", unit.id), unit.name.clone()))
        .collect();
    let standing = |wanted: Standing| -> Vec<(String, String)> {
        let own = catalogue.agreements.iter().filter(|own| seen.standings.get(&own.id) == Some(&wanted));
        own.map(|own| (format!("/admin/agreements/{}", own.id), own.name.clone())).collect()
    };
    let untied: Vec<_> =
        seen.untied.iter().map(|(id, name)| (format!("/admin/people/{id}"), name.clone())).collect();
    let gap = |tone, words: fn(Locale, usize) -> String, help, things: Vec<(String, String)>| Gap {
        tone,
        words: words(locale, things.len()),
        help,
        things,
    };
    let all = vec![
        inboxes_in_trouble(locale, seen),
        gap(
            Tone::Bad,
            |l, n| t!(l, "admin-gap-does-not-fit", count = n),
            t!(locale, "admin-gap-does-not-fit-help"),
            standing(Standing::DoesNotFit),
        ),
        gap(
            Tone::Soon,
            |l, n| t!(l, "admin-gap-empty", count = n),
            t!(locale, "admin-gap-empty-help"),
            empty,
        ),
        gap(
            Tone::Soon,
            |l, n| t!(l, "admin-gap-hidden", count = n),
            t!(locale, "admin-gap-hidden-help"),
            hidden,
        ),
        gap(
            Tone::Soon,
            |l, n| t!(l, "admin-gap-unpromised", count = n),
            t!(locale, "admin-gap-unpromised-help"),
            unpromised,
        ),
        gap(
            Tone::Quiet,
            |l, n| t!(l, "admin-gap-cannot-tell", count = n),
            t!(locale, "admin-gap-cannot-tell-help"),
            standing(Standing::CannotTell),
        ),
        gap(
            Tone::Quiet,
            |l, n| t!(l, "admin-gap-untied", count = n),
            t!(locale, "admin-gap-untied-help"),
            untied,
        ),
    ];
    all.into_iter().filter(|gap| !gap.things.is_empty()).collect()
}

fn inboxes_in_trouble(locale: Locale, seen: &Seen) -> Gap {
    let troubled = seen.inboxes.iter().filter(|(_, health)| health.is_in_trouble(seen.now));
    let things: Vec<_> =
        troubled.map(|(inbox, _)| (format!("/admin/inboxes/{}", inbox.id), inbox.name.clone())).collect();
    Gap {
        tone: Tone::Bad,
        words: t!(locale, "mail-gap-trouble", count = things.len()),
        help: t!(locale, "mail-gap-trouble-help"),
        things,
    }
}

fn gap_line(locale: Locale, gap: &Gap) -> Markup {
    let more = gap.things.len().saturating_sub(MOST_SHOWN);
    html! {
        li {
            p { (badge(gap.tone, Some(if gap.tone == Tone::Quiet { Icon::Info } else { Icon::Warning }), &gap.words)) " " span.muted { (gap.help) } }
            p.missing-things {
                @for (place, (href, name)) in gap.things.iter().take(MOST_SHOWN).enumerate() {
                    @if place > 0 { " · " }
                    a href=(href) { (name) }
                }
                @if more > 0 { " · " span.muted { (t!(locale, "admin-and-more", count = more)) } }
            }
        }
    }
}
