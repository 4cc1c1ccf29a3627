//! Why did this happen: which rules looked at a ticket, and what became of each.

use std::collections::BTreeSet;
use std::sync::Arc;

use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use desk::{DeskError, Look};
use domain::action::Action;
use domain::id::PersonId;
use domain::rule::Verdict;
use maud::{Markup, html};
use store::rule::Run;

use super::said;
use crate::app::App;
use crate::format;
use crate::pages::frame::{self, Frame, Here};
use crate::refusal::Refused;
use crate::said::action::Named;
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
        let runs = store::rule::runs(look.tx, &granted, MOST)?;
        let people = named(look, &runs)?;
        Ok((runs, people, Arc::clone(&look.catalogue)))
    });
    let (runs, people, catalogue) = read.await?;
    let named = Named { catalogue: &catalogue, people: &people };
    let locale = visitor.reader.locale;
    let title = t!(locale, "rule-why");
    let ticket = format!("#{number}");
    let address = format!("/tickets/{number}");
    let content = html! {
        header.page-head { div { h1 { (title) } p.muted { (t!(locale, "rule-why-words")) } } }
        @if runs.is_empty() { (panel::empty(Icon::Bolt, t!(locale, "rule-why-none"), t!(locale, "rule-why-none-words"), None)) }
        div.stack { @for run in &runs { (moment(&visitor, &named, run)) } }
    };
    let above = [Place::new(t!(locale, "place-work"), "/"), Place::new(&ticket, &address)];
    Ok(frame::show(&visitor, &Frame { above: &above, ..Frame::new(title, Here::Work) }, &content)
        .into_response())
}

/// The people whom the actions name that ran.
fn named(look: &mut Look, runs: &[Run]) -> Result<Vec<(PersonId, String)>, DeskError> {
    let verdicts = runs.iter().flat_map(|run| &run.verdicts);
    let actions = verdicts.filter_map(|(_, verdict)| match verdict {
        Verdict::Acted { did, .. } => Some(did),
        _ => None,
    });
    let people: BTreeSet<PersonId> = actions.flatten().filter_map(Action::person).collect();
    let mut named = Vec::with_capacity(people.len());
    for person in people {
        named.extend(store::person::by_id(look.tx, person)?.map(|found| (person, found.name)));
    }
    Ok(named)
}

fn moment(visitor: &Visitor, named: &Named, run: &Run) -> Markup {
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
                    li { strong { (said::rule(locale, named.catalogue, *rule)) } ": " (said::verdict(locale, named, verdict)) }
                }
            }
        },
    )
}
