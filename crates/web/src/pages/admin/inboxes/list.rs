//! The list of inboxes, with what waits for somebody.

use axum::extract::State;
use axum::http::Uri;
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use store::catalogue::Catalogue;
use store::inbox::{Health, Inbox};

use super::{consent, health};
use crate::app::App;
use crate::format;
use crate::pages::admin::shell::{self, Came, Part};
use crate::pages::admin::suspended::MOST_COUNTED;
use crate::refusal::Refused;
use crate::t;
use crate::ui::button::{self, Weight};
use crate::ui::flash::{Flash, Mood, flash};
use crate::ui::icon::Icon;
use crate::ui::panel;
use crate::ui::table::{table, words};
use crate::visitor::Visitor;

pub async fn show(
    State(app): State<App>,
    visitor: Visitor,
    came: Came,
    uri: Uri,
) -> Result<Response, Refused> {
    let locale = visitor.reader.locale;
    let (catalogue, inboxes, suspended, waiting) = app
        .desk
        .look(|look| {
            Ok((
                look.catalogue.clone(),
                store::inbox::healths(look.tx)?,
                store::mail::count_suspended(look.tx, MOST_COUNTED)?,
                store::mail::count_waiting(look.tx, MOST_COUNTED)?,
            ))
        })
        .await?;
    let add = || {
        button::link(Weight::Primary, Some(Icon::Plus), t!(locale, "mail-inbox-new"), "/admin/inboxes/new")
    };
    let content = html! {
        (shell::head(t!(locale, "mail-inboxes"), Some(&add())))
        @if let Some(words) = consent::trouble(locale, &uri) { (flash(locale, &Flash { mood: Mood::Warning, words })) }
        @for (inbox, health) in &inboxes { @if let Some(alarm) = health::alarm(&visitor, inbox, health) { (alarm) } }
        @if inboxes.is_empty() {
            (panel::panel(t!(locale, "mail-inboxes"), None, &panel::empty(Icon::Inbox, t!(locale, "mail-inboxes-none"), t!(locale, "mail-inboxes-none-words"), None)))
        } @else {
            p.lead {
                a href=(Part::Suspended.href()) { (t!(locale, "mail-suspended-count", count = capped(suspended))) }
                " · " (t!(locale, "mail-waiting-count", count = capped(waiting)))
            }
            (listed(&visitor, &catalogue, &inboxes))
        }
    };
    Ok(shell::part(&visitor, Part::Inboxes, &came, &content).into_response())
}

/// Counters stop at "999+".
pub fn capped(count: i64) -> String {
    format::count(count.unsigned_abs())
}

fn listed(visitor: &Visitor, catalogue: &Catalogue, inboxes: &[(Inbox, Health)]) -> Markup {
    let locale = visitor.reader.locale;
    let columns = [
        words(t!(locale, "mail-inbox")),
        words(t!(locale, "admin-unit")),
        words(t!(locale, "mail-receiving")),
        words(t!(locale, "mail-sending")),
    ];
    let rows: Vec<Vec<Markup>> = inboxes
        .iter()
        .map(|(inbox, health)| {
            vec![
                html! {
                    div {
                        a href={ "/admin/inboxes/" (inbox.id) } { (inbox.name) }
                        br; span.small.muted { (inbox.address) }
                    }
                },
                html! { a href={ "/admin/units/" (inbox.unit) } { (catalogue.unit_name(inbox.unit)) } },
                health::receiving(&visitor.reader, inbox, health),
                health::sending(&visitor.reader, inbox, health),
            ]
        })
        .collect();
    table(t!(locale, "mail-inboxes"), &columns, &rows)
}
