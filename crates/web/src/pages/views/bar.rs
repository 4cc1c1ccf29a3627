//! The line above a list: its filter as text, its order and its groups.

use std::sync::Arc;

use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use desk::views::Place;
use domain::filter::complete::{self, Completion};
use domain::view::{Grouping, Sort};
use maud::{Markup, html};
use serde::Deserialize;

use super::words;
use crate::app::App;
use crate::refusal::Refused;
use crate::t;
use crate::text::Locale;
use crate::ui::button::{self, Weight};
use crate::ui::icon::Icon;
use crate::visitor::Visitor;

/// What stands in the line.
#[derive(Debug, Clone, Copy)]
pub struct Bar<'a> {
    pub filter: &'a str,
    pub sort: Sort,
    /// The orders in which this list can be read.
    pub sorts: &'a [Sort],
    pub grouping: Grouping,
    /// The saved view that this began with.
    pub view: Option<i64>,
    /// What is wrong with the filter.
    pub wrong: Option<&'a str>,
}

impl Default for Bar<'_> {
    fn default() -> Self {
        Self {
            filter: "",
            sort: Sort::Due,
            sorts: Sort::ALL,
            grouping: Grouping::Nothing,
            view: None,
            wrong: None,
        }
    }
}

pub fn bar(locale: Locale, bar: &Bar<'_>) -> Markup {
    html! {
        form.filter-bar action="/views" role="search" aria-label=(t!(locale, "filter-label")) {
            div.filter-text .field-wrong[bar.wrong.is_some()] {
                label.visually-hidden for="filter" { (t!(locale, "filter-label")) }
                input.input #filter name="q" value=(bar.filter) autocomplete="off" spellcheck="false"
                    autocapitalize="none" list="filter-completions" data-do="filter" maxlength="2000"
                    placeholder=(t!(locale, "filter-placeholder")) aria-describedby=[bar.wrong.map(|_| "filter-error")]
                    aria-invalid=[bar.wrong.map(|_| "true")] hx-get="/views/completions"
                    hx-trigger="input changed delay:150ms" hx-target="#filter-completions" hx-swap="innerHTML";
                datalist #filter-completions {}
                @if let Some(wrong) = bar.wrong { p.field-error #filter-error role="alert" { (wrong) } }
            }
            label.visually-hidden for="filter-sort" { (t!(locale, "filter-sort")) }
            select.input #filter-sort name="sort" {
                @for sort in bar.sorts {
                    option value=(sort.as_str()) selected[*sort == bar.sort] { (words::sort(locale, *sort)) }
                }
            }
            label.visually-hidden for="filter-group" { (t!(locale, "filter-group")) }
            select.input #filter-group name="group" {
                @for grouping in Grouping::ALL {
                    option value=(grouping.as_str()) selected[*grouping == bar.grouping] {
                        (words::grouping(locale, *grouping))
                    }
                }
            }
            @if let Some(view) = bar.view { input type="hidden" name="view" value=(view); }
            (button::submit(Weight::Secondary, Some(Icon::Search), t!(locale, "filter-apply")))
        }
    }
}

#[derive(Debug, Default, Deserialize)]
pub(super) struct Typed {
    #[serde(default)]
    q: String,
}

/// `GET /views/completions?q=TEXT`: the whole text with each thing that could stand at its end.
pub(super) async fn completions(
    State(app): State<App>,
    visitor: Visitor,
    typed: Result<Query<Typed>, QueryRejection>,
) -> Result<Markup, Refused> {
    let Query(Typed { q }) = typed?;
    let text: String = q.chars().take(2_000).collect();
    let (viewer, zone) = (Arc::clone(&visitor.viewer), visitor.reader.zone.clone());
    let whole = app
        .desk
        .look(move |look| {
            let place = Place { viewer: &viewer, catalogue: &look.catalogue, now: look.now, zone: &zone };
            let put = |completion: Completion| {
                let mut whole = text.clone();
                whole.replace_range(completion.at, &completion.text);
                whole
            };
            let mut offered = place.complete(&text, text.len());
            if let Some(begun) = complete::tag_at(&text, text.len()) {
                let most = i64::try_from(complete::MOST).unwrap_or(i64::MAX);
                let known = store::tag::known(look.tx, &viewer, &begun.text, most)?;
                offered.extend(known.into_iter().map(|text| Completion { at: begun.at.clone(), text }));
            }
            Ok(offered.into_iter().map(put).collect::<Vec<String>>())
        })
        .await?;
    Ok(html! { @for text in &whole { option value=(text) {} } })
}
