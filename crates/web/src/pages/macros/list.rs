//! All canned replies and macros that a visitor sees, by whose they are.

use std::sync::Arc;

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use desk::views::may_keep;
use maud::{Markup, html};
use store::catalogue::Catalogue;
use store::macros::Macro;
use store::view::Owner;

use crate::app::App;
use crate::pages::frame::{self, Frame, Here};
use crate::refusal::Refused;
use crate::t;
use crate::text::Locale;
use crate::ui::badge::{self, Tone};
use crate::ui::button::{self, Weight};
use crate::ui::icon::Icon;
use crate::ui::navigation::Place;
use crate::ui::panel;
use crate::visitor::Visitor;

/// So much of a text is shown in a list.
const EXCERPT: usize = 160;

/// `GET /macros`
pub(super) async fn all(State(app): State<App>, visitor: Visitor) -> Result<Response, Refused> {
    let viewer = Arc::clone(&visitor.viewer);
    let (macros, catalogue) = app
        .desk
        .look(move |look| Ok((store::macros::of(look.tx, &viewer)?, Arc::clone(&look.catalogue))))
        .await?;
    let locale = visitor.reader.locale;
    let title = t!(locale, "macros-title");
    let content = html! {
        div.page-head {
            h1 { (title) }
            div.buttons {
                (button::link(Weight::Quiet, None, t!(locale, "signature-link"), "/profile/signature"))
                (button::link(Weight::Primary, Some(Icon::Plus), t!(locale, "macros-new"), "/macros/new"))
            }
        }
        p { (t!(locale, "macros-words")) }
        @if macros.is_empty() {
            (panel::empty(Icon::Reply, t!(locale, "macros-none"), t!(locale, "macros-none-words"), None))
        }
        @for (owner, macros) in by_owner(&macros) {
            (panel::panel(&owned_by(locale, &catalogue, owner), None, &rows(&visitor, &macros)))
        }
    };
    let above = [Place::new(t!(locale, "place-work"), "/")];
    let frame = Frame { above: &above, ..Frame::new(title, Here::Elsewhere) };
    Ok(frame::show(&visitor, &frame, &content).into_response())
}

/// Their own first, then each unit's, then everybody's.
fn by_owner(macros: &[Macro]) -> Vec<(Owner, Vec<&Macro>)> {
    let mut owners: Vec<Owner> = macros.iter().map(|each| each.owner).collect();
    owners.sort_unstable();
    owners.dedup();
    owners
        .into_iter()
        .map(|owner| (owner, macros.iter().filter(|each| each.owner == owner).collect()))
        .collect()
}

/// Whose they are, in words.
pub(in crate::pages) fn owned_by(locale: Locale, catalogue: &Catalogue, owner: Owner) -> String {
    match owner {
        Owner::Person(_) => t!(locale, "views-owner-me").to_owned(),
        Owner::Unit(unit) => t!(locale, "views-owner-unit", unit = catalogue.unit_name(unit)),
        Owner::Everybody => t!(locale, "views-owner-everybody").to_owned(),
    }
}

fn rows(visitor: &Visitor, macros: &[&Macro]) -> Markup {
    let locale = visitor.reader.locale;
    html! {
        ul.macro-list role="list" {
            @for each in macros {
                li {
                    div {
                        @if may_keep(&visitor.viewer, each.owner) {
                            a href={ "/macros/" (each.id) "/edit" } { strong { (each.name) } }
                        } @else { strong { (each.name) } }
                        " " (kind(locale, each))
                    }
                    p.muted { (excerpt(if each.reply.is_empty() { &each.note } else { &each.reply })) }
                    p.muted { (t!(locale, "macros-uses", count = each.uses)) }
                }
            }
        }
    }
}

fn kind(locale: Locale, each: &Macro) -> Markup {
    if each.is_canned() {
        badge::badge(Tone::Quiet, Some(Icon::Reply), t!(locale, "macros-canned"))
    } else {
        badge::badge(Tone::Quiet, Some(Icon::Wand), t!(locale, "macros-macro"))
    }
}

/// The beginning of a text on one line.
pub(in crate::pages) fn excerpt(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(EXCERPT) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line,
    }
}
