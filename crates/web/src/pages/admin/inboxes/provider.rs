//! The second step: who runs the mailbox, and what has to be done there first.

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use desk::inboxes::Input;
use desk::inboxes::presets::{PRESETS, Preset, SigningIn};
use domain::id::InboxId;
use maud::html;

use super::steps::{Step, steps};
use crate::app::App;
use crate::pages::admin::shell::{self, Came, Id, Part};
use crate::refusal::Refused;
use crate::t;
use crate::text::Locale;
use crate::ui::badge::{Tone, badge};
use crate::ui::icon::Icon;
use crate::visitor::Visitor;

pub async fn show(
    State(app): State<App>,
    visitor: Visitor,
    came: Came,
    Id(id): Id,
) -> Result<Response, Refused> {
    let input = app.desk.look(move |look| Input::of(look, InboxId(id))).await?;
    let locale = visitor.reader.locale;
    let chosen = input.incoming.as_ref().and_then(|incoming| incoming.preset.as_deref());
    let title = input.name.as_str();
    let content = html! {
        (shell::head(title, None))
        (steps(locale, Some(id), Step::Provider))
        p.lead { (t!(locale, "mail-provider-words", address = input.address.as_str())) }
        ul.presets aria-label=(t!(locale, "mail-step-provider")) { @for preset in PRESETS { li {
            a href={ "/admin/inboxes/" (id) "/servers?preset=" (preset.key) } {
                strong { (name(locale, preset)) }
            }
            @if chosen == Some(preset.key) { p { (badge(Tone::Good, Some(Icon::Check), t!(locale, "mail-provider-chosen"))) } }
            p.small.muted { (todo(locale, preset)) }
            p.small { (signing_in(locale, preset)) }
        } } }
    };
    Ok(shell::below(&visitor, Part::Inboxes, title, &came, &content).into_response())
}

/// Names of companies are the same everywhere; what we call the last one is ours.
pub fn name(locale: Locale, preset: &Preset) -> &'static str {
    match preset.key {
        "own" => t!(locale, "mail-preset-own"),
        "own-oauth" => t!(locale, "mail-preset-own-oauth"),
        "google-app-password" => t!(locale, "mail-preset-google-app-password"),
        _ => preset.name,
    }
}

/// What has to be done at the provider first, in the reader's language where we have it.
pub fn todo(locale: Locale, preset: &'static Preset) -> &'static str {
    match preset.key {
        "google" => t!(locale, "mail-todo-google"),
        "google-app-password" => t!(locale, "mail-todo-google-app-password"),
        "microsoft" => t!(locale, "mail-todo-microsoft"),
        "fastmail" => t!(locale, "mail-todo-fastmail"),
        "icloud" => t!(locale, "mail-todo-icloud"),
        "yahoo" => t!(locale, "mail-todo-yahoo"),
        "zoho" => t!(locale, "mail-todo-zoho"),
        "gmx" => t!(locale, "mail-todo-gmx"),
        "webde" => t!(locale, "mail-todo-webde"),
        "mailbox-org" => t!(locale, "mail-todo-mailbox-org"),
        "infomaniak" => t!(locale, "mail-todo-infomaniak"),
        "ovh" => t!(locale, "mail-todo-ovh"),
        "own-oauth" => t!(locale, "mail-todo-own-oauth"),
        "own" => t!(locale, "mail-todo-own"),
        _ => preset.todo,
    }
}

fn signing_in(locale: Locale, preset: &Preset) -> &'static str {
    match preset.signing_in {
        SigningIn::Password => t!(locale, "mail-signs-in-password"),
        SigningIn::AppPassword => t!(locale, "mail-signs-in-app-password"),
        SigningIn::OAuth(_) | SigningIn::OwnOAuth => t!(locale, "mail-signs-in-oauth"),
    }
}

#[cfg(test)]
mod tests {
    use super::{PRESETS, todo};
    use crate::text::Locale;

    #[test]
    fn every_provider_has_its_sentence_in_german() {
        for preset in PRESETS {
            assert_ne!(todo(Locale::German, preset), preset.todo, "{}", preset.key);
        }
    }
}
