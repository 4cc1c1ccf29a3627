//! How somebody wants to be told of what happens: at the desk and by mail, thing by thing.

use std::sync::Arc;

use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use desk::{DeskError, Problem};
use domain::event::Actor;
use domain::notice::{Choice, Occasion, Way};
use maud::{Markup, html};

use crate::app::App;
use crate::form::Posted;
use crate::pages::admin::texts::names;
use crate::refusal::Refused;
use crate::t;
use crate::ui::button::{self, Weight};
use crate::ui::field;
use crate::ui::table::{table, words};
use crate::visitor::Visitor;

/// The field that names the occasions which stand on the board; the empty one says that it was asked for.
const BOARD: &str = "board";

/// `POST /profile/notices`: each occasion with its way, and those that stand on the board.
pub(super) async fn change(
    State(app): State<App>,
    visitor: Visitor,
    posted: Result<Posted<Vec<(String, String)>>, Refused>,
) -> Result<Response, Refused> {
    let Posted(sent) = posted?;
    let said = Said::read(&sent)?;
    let viewer = Arc::clone(&visitor.viewer);
    let actor = Actor::Person(viewer.person);
    let chosen = app.desk.act(actor, move |act| {
        let mut wanted = Vec::with_capacity(said.ways.len());
        for (occasion, mail) in said.ways {
            let was = store::notice::choice(act.tx, viewer.person, occasion)?;
            let board = said.boards.as_ref().map_or(was.board, |boards| boards.contains(&occasion));
            wanted.push((occasion, Choice { board, mail }));
        }
        desk::notices::choose(act, &viewer, &wanted)
    });
    chosen.await?;
    Ok(Redirect::to("/profile?done=notices").into_response())
}

struct Said {
    ways: Vec<(Occasion, Way)>,
    boards: Option<Vec<Occasion>>,
}

impl Said {
    fn read(sent: &[(String, String)]) -> Result<Self, DeskError> {
        let mut said = Self { ways: Vec::new(), boards: None };
        for (name, value) in sent {
            if name != BOARD {
                let way = Way::parse(value).ok_or(DeskError::invalid("", Problem::ChooseOne))?;
                said.ways.push((occasion(name)?, way));
                continue;
            }
            let boards = said.boards.get_or_insert_default();
            if !value.is_empty() {
                boards.push(occasion(value)?);
            }
        }
        Ok(said)
    }
}

fn occasion(word: &str) -> Result<Occasion, DeskError> {
    Occasion::parse(word)
        .ok_or_else(|| DeskError::invalid("", Problem::FieldUnknown { name: word.to_owned() }))
}

pub(super) fn form(visitor: &Visitor, choices: &[(Occasion, Choice)]) -> Markup {
    let locale = visitor.reader.locale;
    let columns = [
        words(t!(locale, "notice-what")),
        words(t!(locale, "notice-board")),
        words(t!(locale, "notice-mail")),
    ];
    let rows: Vec<Vec<Markup>> =
        choices.iter().map(|(occasion, choice)| row(visitor, *occasion, *choice)).collect();
    html! {
        p.muted { (t!(locale, "notice-words")) }
        form.form.told-choices #notices method="post" action="/profile/notices" {
            (field::token(&visitor.csrf))
            input type="hidden" name=(BOARD) value="";
            (table(t!(locale, "profile-notices"), &columns, &rows))
            div { (button::submit(Weight::Primary, None, t!(locale, "notice-save"))) }
        }
    }
}

fn row(visitor: &Visitor, occasion: Occasion, choice: Choice) -> Vec<Markup> {
    let locale = visitor.reader.locale;
    let (word, what) = (occasion.as_str(), names::told(locale, occasion));
    // A mention always arrives.
    let always = occasion == Occasion::Mentioned;
    let board = html! {
        label {
            span.visually-hidden { (what) ": " (t!(locale, "notice-board")) }
            input type="checkbox" name=(BOARD) value=(word) checked[choice.board || always] disabled[always];
            @if always { " " span.muted { (t!(locale, "notice-always")) } }
        }
    };
    let mail = html! {
        label {
            span.visually-hidden { (what) ": " (t!(locale, "notice-mail")) }
            select.input name=(word) {
                @for way in Way::ALL {
                    option value=(way.as_str()) selected[*way == choice.mail] { (names::way(locale, *way)) }
                }
            }
        }
    };
    vec![html! { (what) }, board, mail]
}
