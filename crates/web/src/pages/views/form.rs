//! What somebody writes about a view, and the form in which they write it.

use std::sync::Arc;

use desk::DeskError;
use desk::views::Input;
use domain::custom::Custom;
use domain::id::{PersonId, UnitId};
use domain::permission::Viewer;
use domain::view::{Column, Grouping, Sort};
use maud::{Markup, html};
use serde::Deserialize;
use store::catalogue::Catalogue;
use store::view::{Owner, View};

use super::{builder, words};
use crate::pages::admin::fields::{Fields, Sent, Wrong};
use crate::pages::rows;
use crate::refusal::Refused;
use crate::t;
use crate::text::Locale;
use crate::ui::button::{self, Weight};
use crate::ui::field::{self, Choice, Field, Kind};
use crate::ui::icon::Icon;
use crate::ui::panel;
use crate::visitor::Visitor;

/// A view that is being written.
#[derive(Debug, Clone, Default)]
pub(super) struct Draft {
    pub(super) name: String,
    pub(super) filter: String,
    pub(super) sort: String,
    pub(super) grouping: String,
    pub(super) columns: Vec<Column>,
    /// `me`, `unit:ID` or `everybody`.
    pub(super) owner: String,
}

/// What the visitor pressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Pressed {
    Save,
    /// To save, although both faces of the filter were changed and say something else: nobody can tell
    /// which one counts.
    Torn,
    /// Takes the form over into the text.
    Build,
    /// Takes the text over into the form.
    Read,
}

/// The draft of a sent form. The filter is whichever face was changed.
pub(super) fn read(sent: Sent, customs: &[Custom]) -> Result<(Draft, Pressed, Fields), Refused> {
    let names = builder::names(customs);
    let own = ["name", "filter", "before", "sort", "grouping", "column", "owner", "do"];
    let known: Vec<&str> = own.into_iter().chain(names.iter().map(String::as_str)).collect();
    let fields = Fields::read(sent, &known)?;
    let pressed = match fields.text("do") {
        "build" => Pressed::Build,
        "read" => Pressed::Read,
        _ => Pressed::Save,
    };
    // Each face is worked out once: forms may be long.
    let before = fields.text("before").trim();
    let typed = fields.text("filter").trim().to_owned();
    let built = builder::sent(&fields, customs);
    let form_changed = builder::shown(before, customs).is_some_and(|shown| shown != built);
    let both_changed = form_changed && typed != before;
    let is_torn = both_changed && builder::shown(&typed, customs).is_none_or(|shown| shown != built);
    let pressed = if pressed == Pressed::Save && is_torn { Pressed::Torn } else { pressed };
    let filter = match pressed {
        Pressed::Build => built,
        Pressed::Save if form_changed && typed == before => built,
        Pressed::Read | Pressed::Save | Pressed::Torn => typed,
    };
    let draft = Draft {
        name: fields.text("name").to_owned(),
        filter,
        sort: fields.text("sort").to_owned(),
        grouping: fields.text("grouping").to_owned(),
        columns: fields.all("column").filter_map(Column::parse).collect(),
        owner: fields.text("owner").to_owned(),
    };
    Ok((draft, pressed, fields))
}

impl Draft {
    pub(super) fn of(view: &View) -> Self {
        Self {
            name: view.name.clone(),
            filter: view.filter.clone(),
            sort: view.sort.as_str().to_owned(),
            grouping: view.grouping.as_str().to_owned(),
            columns: view.columns.clone(),
            owner: owner_word(view.owner),
        }
    }

    pub(super) fn input(&self) -> Input {
        Input {
            name: self.name.clone(),
            filter: self.filter.clone(),
            sort: Sort::parse(&self.sort).unwrap_or(Sort::Due),
            grouping: Grouping::parse(&self.grouping).unwrap_or(Grouping::Nothing),
            columns: self.columns.clone(),
        }
    }
}

fn owner_word(owner: Owner) -> String {
    match owner {
        Owner::Person(_) => "me".to_owned(),
        Owner::Unit(unit) => format!("unit:{unit}"),
        Owner::Everybody => "everybody".to_owned(),
    }
}

/// Whose a view shall be; what is not offered does not exist.
pub(in crate::pages) fn owner(me: PersonId, word: &str) -> Result<Owner, DeskError> {
    match word.split_once(':') {
        None if word == "everybody" => Ok(Owner::Everybody),
        None if word == "me" || word.is_empty() => Ok(Owner::Person(me)),
        Some(("unit", unit)) => {
            unit.parse().map(|unit| Owner::Unit(UnitId(unit))).map_err(|_| DeskError::NotFound)
        }
        _ => Err(DeskError::NotFound),
    }
}

/// Owners that the viewer may choose, by their words.
pub(in crate::pages) fn owners(
    locale: Locale,
    viewer: &Viewer,
    catalogue: &Catalogue,
) -> Vec<(String, String)> {
    let units = catalogue
        .units
        .values()
        .filter(|unit| unit.ended_at.is_none() && desk::views::may_keep(viewer, Owner::Unit(unit.id)));
    let mut owners = vec![("me".to_owned(), t!(locale, "views-owner-me").to_owned())];
    owners.extend(units.map(|unit| {
        (owner_word(Owner::Unit(unit.id)), t!(locale, "views-owner-unit", unit = unit.name.as_str()))
    }));
    if desk::views::may_keep(viewer, Owner::Everybody) {
        owners.push(("everybody".to_owned(), t!(locale, "views-owner-everybody").to_owned()));
    }
    owners
}

/// A select over owners.
pub(in crate::pages) fn owner_select(locale: Locale, chosen: &str, owners: &[(String, String)]) -> Markup {
    let choices: Vec<Choice<'_>> =
        owners.iter().map(|(value, label)| Choice { value, label, help: None }).collect();
    let field = Field::new("owner", t!(locale, "views-owner")).value(chosen).required();
    field::select(locale, &field, &choices)
}

/// Whose something shall be from here on.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::pages) struct Given {
    pub owner: String,
}

/// The form with which something saved is given to another owner.
pub(in crate::pages) fn giving(
    visitor: &Visitor,
    action: &str,
    now: Owner,
    owners: &[(String, String)],
) -> Markup {
    let locale = visitor.reader.locale;
    html! {
        form.form-line method="post" action=(action) {
            (field::token(&visitor.csrf))
            (owner_select(locale, &owner_word(now), owners))
            (button::submit(Weight::Secondary, None, t!(locale, "views-share")))
        }
    }
}

/// The whole form; `owners` only where the view is new.
pub(super) fn form(
    visitor: &Visitor,
    catalogue: &Arc<Catalogue>,
    action: &str,
    draft: &Draft,
    owners: &[(String, String)],
    wrong: &Wrong,
) -> Markup {
    let locale = visitor.reader.locale;
    let customs = desk::custom::known_to(&visitor.viewer, catalogue);
    let sees = |unit: &UnitId| visitor.viewer.sees_unit(*unit);
    let units = catalogue.units.values().filter(|unit| sees(&unit.id));
    let offers = catalogue.services.values().filter(|offer| sees(&offer.service.unit));
    let statuses = catalogue.statuses.iter().filter(|status| !status.retired);
    let names = builder::Names {
        units: units.map(|unit| unit.name.clone()).collect(),
        services: offers.map(|offer| offer.name.clone()).collect(),
        statuses: statuses.map(|status| status.name.clone()).collect(),
    };
    html! {
        (field::error_summary(locale, &wrong.listed()))
        form.form.view-form method="post" action=(action) novalidate {
            (field::token_once(&visitor.csrf))
            input type="hidden" name="before" value=(draft.filter);
            // Return in a field saves, whatever stands above.
            button.visually-hidden type="submit" name="do" value="save" tabindex="-1" aria-hidden="true" {}
            (panel::panel(t!(locale, "views-which"), None, &html! {
                (builder::form(locale, &draft.filter, &names, &customs))
                div.view-text {
                    (field::area(locale, &Field {
                        error: wrong.about("filter"),
                        help: Some(t!(locale, "filter-help")),
                        maximum: Some(2_000),
                        ..Field::new("filter", t!(locale, "filter-as-text")).value(&draft.filter)
                    }, 2))
                    div.buttons {
                        (button::submit_as(Weight::Quiet, None, t!(locale, "builder-write"), "do", "build"))
                        (button::submit_as(Weight::Quiet, None, t!(locale, "builder-read"), "do", "read"))
                    }
                }
            }))
            (panel::panel(t!(locale, "views-how"), None, &html! { div.form.form-columns { (shown(locale, draft)) } }))
            (panel::panel(t!(locale, "views-name-and-owner"), None, &html! {
                div.form.form-columns {
                    (field::input(locale, Kind::Text, &Field::new("name", t!(locale, "views-name")).value(&draft.name).error(wrong.about("name")).required()))
                    @if !owners.is_empty() { (owner_select(locale, &draft.owner, owners)) }
                }
            }))
            div.buttons {
                (button::submit_as(Weight::Primary, Some(Icon::Check), t!(locale, "views-save"), "do", "save"))
            }
        }
    }
}

fn shown(locale: Locale, draft: &Draft) -> Markup {
    let choice = |value, label| Choice { value, label, help: None };
    let sorts: Vec<Choice<'_>> =
        Sort::ALL.iter().map(|sort| choice(sort.as_str(), words::sort(locale, *sort))).collect();
    let groupings: Vec<Choice<'_>> = Grouping::ALL
        .iter()
        .map(|grouping| choice(grouping.as_str(), words::grouping(locale, *grouping)))
        .collect();
    let sort = Field::new("sort", t!(locale, "filter-sort")).value(&draft.sort).required();
    let grouping = Field::new("grouping", t!(locale, "filter-group")).value(&draft.grouping).required();
    html! {
        (field::select(locale, &sort.help(t!(locale, "views-sort-help")), &sorts))
        (field::select(locale, &grouping, &groupings))
        fieldset.field.choices {
            legend { (t!(locale, "views-columns")) }
            @for column in Column::ALL {
                label.choice {
                    input type="checkbox" name="column" value=(column.as_str()) checked[draft.columns.contains(column)];
                    span { (rows::column_words(locale, *column)) }
                }
            }
        }
    }
}
