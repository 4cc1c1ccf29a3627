//! Time spent on a ticket: what colleagues said, the sum, and saying or correcting one's own.

use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::response::Response;
use axum::routing::post;
use desk::spent::{self, Typed};
use desk::{DeskError, Problem};
use domain::id::SpentId;
use jiff::civil::Date;
use maud::{Markup, html};
use serde::Deserialize;
use store::spent::Spent;

use super::details::{annotating, back, refused};
use super::doing::Form;
use super::view::View;
use super::{Failed, Fields};
use crate::app::App;
use crate::form::PostedOnce;
use crate::format;
use crate::refusal::Refused;
use crate::routes::{Right, Route};
use crate::t;
use crate::ui::button::{self, Weight};
use crate::ui::custom;
use crate::ui::field::{self, Field, Kind};
use crate::ui::icon::Icon;
use crate::ui::panel;
use crate::visitor::Visitor;

pub(super) fn routes() -> Vec<Route> {
    vec![Route::post("/tickets/{number}/time", Right::Ticket, post(say))]
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Sent {
    /// The entry that is corrected; a new one without.
    entry: String,
    time: String,
    day: String,
    note: String,
}

/// `POST /tickets/{number}/time`: an entry, or the correction of one's own.
async fn say(
    State(app): State<App>,
    visitor: Visitor,
    path: Result<Path<i64>, PathRejection>,
    posted: Result<PostedOnce<Sent>, Refused>,
) -> Result<Response, Refused> {
    let (Path(number), PostedOnce(sent, once)) = (path?, posted?);
    let kept = sent.clone();
    let outcome = annotating(&app, &visitor, &once, number, move |act, granted| {
        let day: Date = sent
            .day
            .parse()
            .map_err(|_| DeskError::invalid("day", Problem::NotADay { text: sent.day.clone() }))?;
        let typed = Typed { time: sent.time.clone(), day, note: sent.note.clone() };
        match sent.entry.as_str() {
            "" => spent::add(act, granted, &typed).map(|_| ()),
            entry => {
                let entry = entry.parse().map_err(|_| DeskError::NotFound)?;
                spent::correct(act, granted, SpentId(entry), &typed)
            }
        }
    });
    match outcome.await {
        Ok(()) => Ok(back(number, "time")),
        Err(error) => {
            let values = vec![kept.time, kept.day, kept.note];
            let typed = Fields { name: kept.entry, values, ..Fields::default() };
            refused(&app, &visitor, number, error, (Form::Time, typed)).await
        }
    }
}

pub(super) fn panel(visitor: &Visitor, view: &View, failed: Option<&Failed>) -> Markup {
    let reader = &visitor.reader;
    let locale = reader.locale;
    let failed = failed.filter(|failed| failed.form == Form::Time);
    let sum: i64 = view.spent.iter().map(|entry| entry.minutes).sum();
    let may = view.seen.annotate().is_some();
    if view.spent.is_empty() && !may {
        return html! {};
    }
    let today = reader.local(reader.now).date().to_string();
    let content = html! {
        div #time {
            @if view.spent.is_empty() { p.muted { (t!(locale, "time-none")) } }
            @else {
                p { strong { (domain::spent::written(sum)) } " " (t!(locale, "time-sum")) " · " a href="/time" { (t!(locale, "spent-see-all")) } }
                ul.plain-list.spent { @for entry in &view.spent { li { (line(visitor, view, entry, failed)) } } }
            }
            @if may {
                @let new = failed.filter(|failed| failed.fields.name.is_empty());
                details.answer-edit open[new.is_some()] {
                    summary { (t!(locale, "time-add")) }
                    (form(visitor, view, "", ["", &today, ""], new))
                }
            }
        }
    };
    panel::panel(t!(locale, "time"), None, &content)
}

fn line(visitor: &Visitor, view: &View, entry: &Spent, failed: Option<&Failed>) -> Markup {
    let locale = visitor.reader.locale;
    let id = entry.id.to_string();
    let day = domain::custom::date(entry.day).map(|day| day.to_string()).unwrap_or_default();
    let time = domain::spent::written(entry.minutes);
    let failed = failed.filter(|failed| failed.fields.name == id);
    let shown =
        domain::custom::date(entry.day).map(|day| custom::day(&visitor.reader, day)).unwrap_or_default();
    html! {
        strong { (time) } " " (entry.name) " " span.muted { "· " (shown) }
        @if !entry.note.is_empty() { p { (entry.note) } }
        @if let Some(at) = entry.corrected_at {
            " " span.muted { "(" (t!(locale, "time-corrected", time = format::brief(&visitor.reader, at))) ")" }
            @for (own, day, minutes, note, _) in &view.spent_before {
                @if *own == entry.id {
                    br; del.muted { (domain::spent::written(*minutes)) " " (domain::custom::date(*day).map(|day| custom::day(&visitor.reader, day)).unwrap_or_default()) " " (note) }
                }
            }
        }
        @if entry.person == view.seen.viewer {
            details.answer-edit.spent-correct open[failed.is_some()] {
                summary { (t!(locale, "time-correct")) }
                (form(visitor, view, &id, [&time, &day, &entry.note], failed))
            }
        }
    }
}

fn form(visitor: &Visitor, view: &View, entry: &str, stands: [&str; 3], failed: Option<&Failed>) -> Markup {
    let locale = visitor.reader.locale;
    let typed = |place: usize| {
        failed.and_then(|failed| failed.fields.values.get(place)).map_or(stands[place], String::as_str)
    };
    let of = if entry.is_empty() { "time".to_owned() } else { format!("time-{entry}") };
    html! {
        form.form method="post" action={ "/tickets/" (view.sheet.number) "/time" } {
            (field::token_once(&visitor.csrf))
            input type="hidden" name="entry" value=(entry);
            (field::input(locale, Kind::Text, &Field::new("time", t!(locale, "time-how-long")).of(&of).value(typed(0)).placeholder("1:30").error(failed.map(|failed| failed.words.as_str())).required()))
            (field::input(locale, Kind::Date, &Field::new("day", t!(locale, "time-day")).of(&of).value(typed(1)).required()))
            (field::input(locale, Kind::Text, &Field { maximum: Some(300), ..Field::new("note", t!(locale, "time-note")).of(&of).value(typed(2)) }))
            div { (button::submit(Weight::Secondary, Some(Icon::Check), t!(locale, "time-save"))) }
        }
    }
}
