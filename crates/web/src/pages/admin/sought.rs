//! What is looked for in the lists of people and organisations: the beginning of a name, and beside it what is
//! answered in fields of one's own.

use std::sync::Arc;

use axum::http::{StatusCode, Uri};
use desk::views::Place;
use desk::{DeskError, Look, Problem};
use domain::custom::{Custom, Of};
use domain::filter::value::Word;
use domain::filter::{Test, spoken};
use domain::permission::Viewer;
use jiff::tz::TimeZone;
use maud::{Markup, html};
use store::filtered;
use store::page::Names;

use super::fields::Wrong;
use super::{people, shell};
use crate::app::App;
use crate::refusal::Refused;
use crate::t;
use crate::text::Locale;
use crate::ui::button::{self, Weight};
use crate::ui::field::{self, Field, Kind};
use crate::ui::icon::Icon;
use crate::visitor::Visitor;

/// What was typed, taken apart.
pub struct Sought {
    /// With the name alone.
    pub names: Names,
    /// What has to be answered, where something is said about that.
    test: Option<Test>,
}

impl Sought {
    /// What is wrong with a filter is said with its place.
    pub fn read(
        look: &Look,
        (viewer, zone): (&Viewer, &TimeZone),
        typed: &str,
        names: Names,
    ) -> Result<Self, DeskError> {
        if !spoken::is_spoken(typed) {
            return Ok(Self { names, test: None });
        }
        let catalogue = Arc::clone(&look.catalogue);
        let place = Place { viewer, catalogue: &catalogue, now: look.now, zone };
        let (words, rest) = spoken::apart(place.understand(typed)?.0);
        let prefix: Vec<&str> = words.iter().map(Word::text).collect();
        let test = place.understand(&rest.to_string())?.1;
        Ok(Self { names: Names { prefix: prefix.join(" "), ..names }, test: Some(test) })
    }

    /// The ids of those who pass; `None` where only their names count.
    pub fn passing(&self, look: &mut Look, viewer: &Viewer, of: Of) -> Result<Option<Vec<i64>>, DeskError> {
        let Some(test) = &self.test else { return Ok(None) };
        let found = filtered::directory(look.tx, viewer, (of, &self.names, test))?;
        found.map(Some).ok_or_else(|| DeskError::invalid("q", Problem::FilterOfAnswers))
    }
}

/// A field to find something by the beginning of its name, and by answers where any are asked.
pub fn search(
    locale: Locale,
    action: &str,
    (sought, wrong): (&str, Option<&str>),
    (label, help): (&str, &str),
    customs: &[Custom],
) -> Markup {
    let example = customs.first().map(|custom| custom.key.as_str());
    let help = match example {
        Some(key) => format!("{help} {}", t!(locale, "people-find-answers", key = key)),
        None => help.to_owned(),
    };
    html! {
        form.form-line role="search" action=(action) {
            (field::input(locale, Kind::Search, &Field::new("q", label).value(sought).help(&help).error(wrong)))
            (button::submit(Weight::Secondary, Some(Icon::Search), t!(locale, "admin-find")))
        }
    }
}

/// The fields that are asked of these.
pub fn askable(customs: &[Custom], of: Of) -> Vec<Custom> {
    customs.iter().filter(|custom| custom.is_asked_of(of)).cloned().collect()
}

/// A page of a list, or what is wrong with what was typed.
pub struct Listed<T> {
    pub typed: String,
    /// The fields that may be asked for.
    pub customs: Vec<Custom>,
    pub found: Vec<T>,
    /// There are more behind the last of them.
    pub more: bool,
    wrong: Wrong,
}

impl<T> Listed<T> {
    /// What was typed, and what is wrong with it.
    pub fn asked(&self) -> (&str, Option<&str>) {
        (&self.typed, self.wrong.listed().first().map(|(_, words)| *words))
    }

    pub const fn status(&self) -> StatusCode {
        self.wrong.status()
    }
}

/// What `find` gives for the address of a list.
pub async fn list<T: Send + 'static>(
    app: &App,
    visitor: &Visitor,
    uri: &Uri,
    of: Of,
    find: fn(&mut Look, &Viewer, &Sought) -> Result<Vec<T>, DeskError>,
) -> Result<Listed<T>, Refused> {
    let typed = shell::query_value(uri, "q").unwrap_or_default();
    let names = people::names(uri, &typed);
    let most = usize::from(names.limit) - 1;
    let (viewer, zone, line) = (Arc::clone(&visitor.viewer), visitor.reader.zone.clone(), typed.clone());
    let read = app.desk.look(move |look| {
        let customs = askable(&look.catalogue.customs, of);
        let found = Sought::read(look, (&viewer, &zone), &line, names)
            .and_then(|sought| find(look, &viewer, &sought));
        Ok((customs, found))
    });
    let (customs, found) = read.await?;
    let (mut found, wrong) = match found {
        Ok(found) => (found, Wrong::default()),
        Err(error) => (Vec::new(), Wrong::of(&visitor.reader, error)?),
    };
    let more = found.len() > most;
    found.truncate(most);
    Ok(Listed { typed, customs, found, more, wrong })
}
