//! Two that may be one, people or organisations: what the pages share that find them, compare them and make them one.

use std::fmt::Display;

use desk::{DeskError, Problem};
use maud::{Markup, html};
use store::{StoreError, Tx};

use super::fields::Wrong;
use super::shell::{self, Came, Part};
use crate::format::Reader;
use crate::guard::urlencode;
use crate::refusal::Refused;
use crate::t;
use crate::text::Locale;
use crate::ui::button::{self, Weight};
use crate::ui::field::{self, Field, Kind};
use crate::ui::icon::Icon;
use crate::ui::{navigation, panel};
use crate::visitor::Visitor;

/// Names on a page, and how many of one name are compared.
const NAMES: u16 = 25;
const OF_A_NAME: u16 = 10;

/// Those with the same name, name by name, the oldest of each first.
pub struct Alike<T> {
    pub groups: Vec<Vec<T>>,
    /// The name after which the next page begins.
    next: Option<String>,
}

/// One page of them, from the names that several have and those of one name.
pub fn find<T>(
    tx: &mut Tx,
    after: &str,
    names: fn(&mut Tx, &str, u16) -> Result<Vec<String>, StoreError>,
    of_name: fn(&mut Tx, &str, u16) -> Result<Vec<T>, StoreError>,
) -> Result<Alike<T>, DeskError> {
    let mut names = names(tx, after, NAMES + 1)?;
    let more = names.len() > usize::from(NAMES);
    names.truncate(usize::from(NAMES));
    let mut groups = Vec::with_capacity(names.len());
    for name in &names {
        let same = of_name(tx, name, OF_A_NAME)?;
        if same.len() > 1 {
            groups.push(same);
        }
    }
    Ok(Alike { groups, next: names.pop().filter(|_| more) })
}

/// What a page of them says.
#[derive(Clone, Copy)]
pub struct Words<'a> {
    pub title: &'a str,
    pub about: &'a str,
    pub none: &'a str,
}

/// The page of them: a table for each name.
pub fn page<T>(
    visitor: &Visitor,
    part: Part,
    came: &Came,
    words: Words<'_>,
    alike: &Alike<T>,
    of_name: impl Fn(&[T]) -> Markup,
) -> Markup {
    let locale = visitor.reader.locale;
    let next = alike.next.as_ref().map(|name| format!("?after={}", urlencode(name)));
    let content = html! {
        (shell::head(words.title, None))
        p.muted { (words.about) }
        @if alike.groups.is_empty() {
            (panel::panel(words.title, None, &panel::empty(Icon::Check, t!(locale, "people-alike-none"), words.none, None)))
        }
        @for group in &alike.groups { (of_name(group)) }
        (navigation::pages(locale, None, next.as_deref()))
    };
    shell::part(visitor, part, came, &content)
}

/// In the row of one: the way to compare it with the oldest of its name.
pub fn with_oldest<I: Display + PartialEq>(locale: Locale, part: Part, one: &I, oldest: &I) -> Markup {
    html! {
        @if one == oldest { span.muted { (t!(locale, "people-oldest")) } }
        @else { a href={ (merging(part, one)) "?into=" (oldest) } { (t!(locale, "people-compare-with-oldest")) } }
    }
}

/// Where one is made one with another.
pub fn merging(part: Part, one: &impl Display) -> String {
    format!("{}/{one}/merge", part.href())
}

/// Why the two cannot be made one, as the form shows it.
pub fn wrong(reader: &Reader, problem: Option<Problem>) -> Result<Wrong, Refused> {
    problem.map_or_else(
        || Ok(Wrong::default()),
        |problem| Wrong::of(reader, DeskError::invalid("into", problem)),
    )
}

/// The form that asks for the other one.
pub fn ask(locale: Locale, here: &str, label: &str, help: &str, typed: &str, wrong: &Wrong) -> Markup {
    html! {
        form.form-line action=(here) {
            (field::input(locale, Kind::Text, &Field::new("into", label)
                .value(typed).help(help).error(wrong.about("into")).required()))
            (button::submit(Weight::Secondary, Some(Icon::Search), t!(locale, "people-compare")))
        }
    }
}

/// What making them one does, and the form that does it.
pub fn confirmation(
    visitor: &Visitor,
    here: &str,
    (into, name): (impl Display, &str),
    does: &[&str],
) -> Markup {
    let locale = visitor.reader.locale;
    html! {
        ul {
            @for does in does { li { (does) } }
            li { (t!(locale, "people-merge-undo")) }
        }
        form method="post" action=(here) {
            (field::token(&visitor.csrf))
            input type="hidden" name="into" value=(into);
            (button::submit(Weight::Primary, Some(Icon::Check), &t!(locale, "people-merge", into = name)))
        }
    }
}

/// On the page of one: which other one it turned out to be, or the way to say so.
pub fn section<I: Display>(
    visitor: &Visitor,
    part: Part,
    one: &I,
    into: Option<(I, &str)>,
    words: &str,
) -> Markup {
    let locale = visitor.reader.locale;
    let here = merging(part, one);
    html! {
        @if let Some((id, name)) = into {
            p { (t!(locale, "people-merged-into")) " " a href={ (part.href()) "/" (id) } { (name) } }
            (button::post(Weight::Secondary, None, t!(locale, "people-take-apart"), &format!("{here}/undo"), &visitor.csrf))
        } @else {
            p.muted { (words) }
            a.button href=(here) { (t!(locale, "people-merge-choose")) }
        }
    }
}
