//! How the desk looks and acts for somebody: theme, density, what follows a reply, keys, quiet hours.

use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use desk::{DeskError, Problem};
use domain::calendar::Weekday;
use domain::event::Actor;
use domain::preference::{AfterReply, Days, Density, Keys, Preference, Preferences, QuietHours, Theme};
use maud::{Markup, html};
use serde::Deserialize;

use super::{Typed, again};
use crate::app::App;
use crate::form::Posted;
use crate::refusal::Refused;
use crate::said;
use crate::t;
use crate::text::Locale;
use crate::ui::button::{self, Weight};
use crate::ui::field::{self, Choice, Field, Kind};
use crate::visitor::Visitor;

/// The form as it was sent.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Chosen {
    theme: String,
    density: String,
    after_reply: String,
    undo: String,
    keys: String,
    quiet_from: String,
    quiet_until: String,
    quiet_day: Vec<String>,
}

impl Chosen {
    pub(super) fn of(preferences: &Preferences) -> Self {
        let hours = preferences.quiet.map(|quiet| <(String, String)>::from(quiet.interval()));
        let (quiet_from, quiet_until) = hours.unwrap_or_default();
        let days = preferences.quiet.map_or(Days::ALL, QuietHours::days);
        let days = Weekday::ALL.into_iter().filter(|day| days.has(*day));
        Self {
            theme: preferences.theme.as_str().to_owned(),
            density: preferences.density.as_str().to_owned(),
            after_reply: preferences.after_reply.as_str().to_owned(),
            undo: preferences.undo.map(|own| own.seconds().to_string()).unwrap_or_default(),
            keys: if preferences.keys == Keys::On { "yes" } else { "" }.to_owned(),
            quiet_from,
            quiet_until,
            quiet_day: days.map(|day| Days::word(day).to_owned()).collect(),
        }
    }

    fn read(&self, is_agent: bool) -> Result<Vec<Preference>, DeskError> {
        let one = |field: &'static str| move || DeskError::invalid(field, Problem::ChooseOne);
        let mut chosen = vec![
            Preference::Theme(Theme::parse(&self.theme).ok_or_else(one("theme"))?),
            Preference::Density(Density::parse(&self.density).ok_or_else(one("density"))?),
            Preference::Keys(if self.keys == "yes" { Keys::On } else { Keys::Off }),
            Preference::Quiet(desk::preferences::quiet(
                &self.quiet_from,
                &self.quiet_until,
                &self.quiet_day,
            )?),
        ];
        if is_agent {
            let after = AfterReply::parse(&self.after_reply).ok_or_else(one("after_reply"))?;
            chosen.push(Preference::AfterReply(after));
            chosen.push(Preference::Undo(desk::preferences::undo(&self.undo)?));
        }
        Ok(chosen)
    }
}

/// `POST /profile/preferences`.
pub(super) async fn change(
    State(app): State<App>,
    visitor: Visitor,
    posted: Result<Posted<Chosen>, Refused>,
) -> Result<Response, Refused> {
    let Posted(chosen) = posted?;
    let viewer = Arc::clone(&visitor.viewer);
    let sent = chosen.clone();
    let actor = Actor::Person(viewer.person);
    let kept = app.desk.act(actor, move |act| {
        let wanted = sent.read(viewer.is_agent())?;
        desk::preferences::choose(act, &viewer, &wanted)
    });
    match kept.await {
        Ok(()) => Ok(Redirect::to("/profile?done=preferences").into_response()),
        Err(DeskError::Invalid { field, problem }) => {
            let words = said::problem(visitor.reader.locale, &problem);
            let wrong = Some((field, words.as_str()));
            let typed = Typed { chosen, ..Typed::of(&visitor) };
            again(&app, &visitor, &typed, wrong, None, StatusCode::UNPROCESSABLE_ENTITY).await
        }
        Err(error) => Err(error.into()),
    }
}

pub(super) fn form(visitor: &Visitor, chosen: &Chosen, wrong: Option<(&str, &str)>) -> Markup {
    let locale = visitor.reader.locale;
    let error = |name: &str| wrong.filter(|(field, _)| *field == name).map(|(_, words)| words);
    html! {
        form.form method="post" action="/profile/preferences" {
            (field::token(&visitor.csrf))
            (looks(locale, "theme", t!(locale, "preference-theme"), &chosen.theme, &themes(locale)))
            (looks(locale, "density", t!(locale, "preference-density"), &chosen.density, &densities(locale)))
            @if visitor.viewer.is_agent() {
                (field::select(locale, &Field::new("after_reply", t!(locale, "preference-after-reply"))
                    .required().value(&chosen.after_reply).error(error("after_reply")), &afterwards(locale)))
                (field::input(locale, Kind::Number, &Field::new("undo", t!(locale, "preference-undo"))
                    .help(t!(locale, "preference-undo-help")).value(&chosen.undo).error(error("undo"))))
            }
            (field::checkbox(&Field::new("keys", t!(locale, "preference-keys"))
                .help(t!(locale, "preference-keys-help")).value(&chosen.keys)))
            (quiet(locale, chosen, &error))
            div { (button::submit(Weight::Primary, None, t!(locale, "profile-save"))) }
        }
    }
}

fn themes(locale: Locale) -> [(&'static str, &'static str); 3] {
    [Theme::System, Theme::Light, Theme::Dark].map(|theme| {
        let words = match theme {
            Theme::System => t!(locale, "preference-theme-system"),
            Theme::Light => t!(locale, "preference-theme-light"),
            Theme::Dark => t!(locale, "preference-theme-dark"),
        };
        (theme.as_str(), words)
    })
}

fn densities(locale: Locale) -> [(&'static str, &'static str); 2] {
    [Density::Comfortable, Density::Compact].map(|density| {
        let words = match density {
            Density::Comfortable => t!(locale, "preference-density-comfortable"),
            Density::Compact => t!(locale, "preference-density-compact"),
        };
        (density.as_str(), words)
    })
}

fn afterwards(locale: Locale) -> Vec<Choice<'static>> {
    let choice = |after: &AfterReply| {
        let label = match after {
            AfterReply::Next => t!(locale, "preference-after-reply-next"),
            AfterReply::Stay => t!(locale, "preference-after-reply-stay"),
            AfterReply::Back => t!(locale, "preference-after-reply-back"),
        };
        Choice { value: after.as_str(), label, help: None }
    };
    AfterReply::ALL.iter().map(choice).collect()
}

/// Choices with a small picture of each; `look.js` shows the chosen one on the whole page at once.
fn looks(
    locale: Locale,
    name: &str,
    question: &str,
    chosen: &str,
    choices: &[(&'static str, &'static str)],
) -> Markup {
    let picture = |value: &'static str| {
        let (theme, density) = if name == "theme" { (Some(value), None) } else { (None, Some(value)) };
        html! {
            span.look-picture data-theme=[theme] data-density=[density] aria-hidden="true" {
                @for _ in 0..3 { span.look-row { span {} span {} } }
            }
        }
    };
    html! {
        fieldset.field.looks {
            legend { (question) }
            @for (value, words) in choices {
                label.look {
                    input type="radio" name=(name) value=(value) checked[*value == chosen] required data-look=(name);
                    (picture(value))
                    span { (words) }
                }
            }
        }
        noscript { p.field-help { (t!(locale, "preference-look-saved")) } }
    }
}

fn quiet<'a>(locale: Locale, chosen: &Chosen, error: &impl Fn(&str) -> Option<&'a str>) -> Markup {
    let short = t!(locale, "weekdays-short");
    html! {
        fieldset.field.quiet {
            legend { (t!(locale, "preference-quiet")) }
            p.field-help { (t!(locale, "preference-quiet-help")) }
            div.quiet-hours {
                (field::input(locale, Kind::Time, &Field::new("quiet_from", t!(locale, "preference-quiet-from"))
                    .value(&chosen.quiet_from).error(error("quiet_from"))))
                (field::input(locale, Kind::Time, &Field::new("quiet_until", t!(locale, "preference-quiet-until"))
                    .value(&chosen.quiet_until).error(error("quiet_until"))))
            }
            div.quiet-days role="group" aria-label=(t!(locale, "preference-quiet-days")) #field-quiet_day {
                @for (day, words) in Weekday::ALL.into_iter().zip(short.split('|')) {
                    label.choice {
                        input type="checkbox" name="quiet_day" value=(Days::word(day))
                            checked[chosen.quiet_day.iter().any(|own| own == Days::word(day))];
                        span { (words) }
                    }
                }
            }
            @if let Some(words) = error("quiet_day") { p.field-error { (words) } }
        }
    }
}
