//! Breaking the glass of a confidential ticket, with a reason that its unit will read.

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use desk::{Act, DeskError, Problem};
use domain::permission::Viewer;
use jiff::Timestamp;
use maud::{Markup, html};

use super::fields::{Fields, Sent, Wrong};
use super::shell::{self, Came, Part};
use crate::app::App;
use crate::format;
use crate::refusal::Refused;
use crate::routes::{Right, Route};
use crate::t;
use crate::ui::field::{self, Field, Kind};
use crate::ui::flash::{Flash, Mood, flash};
use crate::ui::panel;
use crate::ui::table::{table, words};
use crate::visitor::Visitor;

pub fn routes() -> Vec<Route> {
    vec![
        Route::get("/admin/glass", Right::Administrator, get(show)),
        Route::post("/admin/glass", Right::Administrator, post(break_it)),
    ]
}

async fn show(State(app): State<App>, visitor: Visitor) -> Result<Response, Refused> {
    let page = page(&app, &visitor, &Fields::default(), &Wrong::default(), None).await?;
    Ok(page.into_response())
}

/// Says the same whatever stands behind the number.
async fn break_it(State(app): State<App>, visitor: Visitor, sent: Sent) -> Result<Response, Refused> {
    let fields = Fields::read(sent, &["number", "reason"])?;
    let typed = fields.clone();
    let verb = move |act: &mut Act, by: &Viewer| {
        let number = number(typed.text("number"))?;
        desk::break_glass::run(act, by, number, typed.text("reason"))
    };
    match shell::act(&app, &visitor, verb).await {
        Ok(until) => {
            let page = page(&app, &visitor, &Fields::default(), &Wrong::default(), Some(until)).await?;
            Ok(page.into_response())
        }
        Err(error) => {
            let wrong = Wrong::of(&visitor.reader, error)?;
            Ok(shell::answer(&wrong, page(&app, &visitor, &fields, &wrong, None).await?))
        }
    }
}

fn number(text: &str) -> Result<i64, DeskError> {
    let digits = text.trim().trim_start_matches('#');
    digits.parse().ok().filter(|number| *number > 0).ok_or_else(|| {
        DeskError::invalid("number", Problem::NotATicketNumber { text: text.trim().to_owned() })
    })
}

async fn page(
    app: &App,
    visitor: &Visitor,
    fields: &Fields,
    wrong: &Wrong,
    until: Option<Timestamp>,
) -> Result<Markup, Refused> {
    let locale = visitor.reader.locale;
    let person = visitor.viewer.person;
    let open = app.desk.look(move |look| Ok(store::glass::open_to(look.tx, person, look.now)?)).await?;
    let columns = [words(t!(locale, "admin-ticket")), words(t!(locale, "admin-glass-until"))];
    let rows: Vec<Vec<Markup>> = open
        .into_iter()
        .map(|(number, until)| {
            vec![
                html! { a href={ "/tickets/" (number) } { "#" (number) } },
                html! { (format::absolute(&visitor.reader, until)) },
            ]
        })
        .collect();
    let content = html! {
        (shell::head(t!(locale, "admin-glass"), None))
        @if let Some(until) = until {
            (flash(locale, &Flash { mood: Mood::Notice, words: &t!(locale, "admin-glass-done", until = format::absolute(&visitor.reader, until)) }))
        }
        div.halves {
            (panel::panel(t!(locale, "admin-glass-open"), None, &html! {
                p { (t!(locale, "admin-glass-words")) }
                (shell::form(visitor, "/admin/glass", wrong, t!(locale, "admin-glass-break"), &html! {
                    (field::input(locale, Kind::Text, &Field::new("number", t!(locale, "admin-glass-number")).required().value(fields.text("number")).error(wrong.about("number"))))
                    (field::area(locale, &Field::new("reason", t!(locale, "admin-glass-reason")).required().value(fields.text("reason")).help(t!(locale, "admin-glass-reason-help")).error(wrong.about("reason")), 4))
                }))
            }))
            (panel::panel(t!(locale, "admin-glass-yours"), None, &html! {
                @if rows.is_empty() { p.muted { (t!(locale, "admin-glass-none")) } }
                @else { (table(t!(locale, "admin-glass-yours"), &columns, &rows)) }
            }))
        }
    };
    Ok(shell::part(visitor, Part::Glass, &Came::default(), &content))
}
