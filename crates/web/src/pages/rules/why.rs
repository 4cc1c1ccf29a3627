//! Why did this happen: which rules looked at a ticket, and what became of each.

use std::sync::Arc;

use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use desk::DeskError;
use maud::{Markup, html};
use store::catalogue::Catalogue;
use store::rule::Run;

use super::said;
use crate::app::App;
use crate::format;
use crate::pages::frame::{self, Frame, Here};
use crate::refusal::Refused;
use crate::t;
use crate::ui::icon::Icon;
use crate::ui::navigation::Place;
use crate::ui::panel;
use crate::visitor::Visitor;

/// Moments that are shown, latest first.
const MOST: i64 = 100;

/// `GET /tickets/{number}/rules`: for those who read the ticket from the inside.
pub(super) async fn show(
    State(app): State<App>,
    visitor: Visitor,
    path: Result<Path<i64>, PathRejection>,
) -> Result<Response, Refused> {
    let Path(number) = path?;
    let viewer = Arc::clone(&visitor.viewer);
    let read = app.desk.look(move |look| {
        let seen = store::access::by_number(look.tx, &viewer, number, look.now)?;
        let granted = seen.and_then(store::access::Seen::read_inside).ok_or(DeskError::NotFound)?;
        Ok((store::rule::runs(look.tx, &granted, MOST)?, Arc::clone(&look.catalogue)))
    });
    let (runs, catalogue) = read.await?;
    let locale = visitor.reader.locale;
    let title = t!(locale, "rule-why");
    let ticket = format!("#{number}");
    let address = format!("/tickets/{number}");
    let content = html! {
        header.page-head { div { h1 { (title) } p.muted { (t!(locale, "rule-why-words")) } } }
        @if runs.is_empty() { (panel::empty(Icon::Bolt, t!(locale, "rule-why-none"), t!(locale, "rule-why-none-words"), None)) }
        div.stack { @for run in &runs { (moment(&visitor, &catalogue, run)) } }
    };
    let above = [Place::new(t!(locale, "place-work"), "/"), Place::new(&ticket, &address)];
    Ok(frame::show(&visitor, &Frame { above: &above, ..Frame::new(title, Here::Work) }, &content)
        .into_response())
}

fn moment(visitor: &Visitor, catalogue: &Catalogue, run: &Run) -> Markup {
    let reader = &visitor.reader;
    let locale = reader.locale;
    let what = run.happening.map_or(t!(locale, "rule-time-passed"), |one| said::happening(locale, one));
    let title = format!("{} · {what}", format::absolute(reader, run.at));
    panel::panel(
        &title,
        None,
        &html! {
            ul.plain {
                @for (rule, verdict) in &run.verdicts {
                    li { strong { (said::rule(locale, catalogue, *rule)) } ": " (said::verdict(locale, catalogue, verdict)) }
                }
            }
        },
    )
}
