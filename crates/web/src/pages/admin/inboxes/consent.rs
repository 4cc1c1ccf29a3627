//! Connecting a mailbox: on to the provider, and back with its answer.

use axum::extract::State;
use axum::http::{StatusCode, Uri};
use axum::response::{IntoResponse, Redirect, Response};
use desk::DeskError;
use desk::inboxes::consent::{self, Answer, Trouble};
use desk::inboxes::presets::{self, Preset};
use desk::inboxes::{Input, Secret, SigningIn};
use domain::id::InboxId;
use maud::{Markup, html};

use super::provider;
use super::steps::{Step, steps};
use crate::app::App;
use crate::pages::admin::fields::{Fields, Sent};
use crate::pages::admin::shell::{self, Came, Done, Id, Part, query_value};
use crate::refusal::Refused;
use crate::t;
use crate::text::Locale;
use crate::ui::badge::{Tone, badge};
use crate::ui::button::{self, Weight};
use crate::ui::icon::Icon;
use crate::ui::panel;
use crate::visitor::Visitor;

/// A page with the way to the provider. It is a link: forms of this desk lead nowhere else.
pub async fn begin(
    State(app): State<App>,
    visitor: Visitor,
    Id(id): Id,
    sent: Sent,
) -> Result<Response, Refused> {
    Fields::read(sent, &[])?;
    let locale = visitor.reader.locale;
    let session = visitor.token.clone();
    let begun = shell::act(&app, &visitor, move |act, by| consent::begin(act, by, &session, InboxId(id)));
    let begun = match begun.await {
        Ok(begun) => begun,
        Err(DeskError::Conflict(problem)) => {
            let words = crate::said::problem(locale, &problem);
            return Ok((StatusCode::CONFLICT, super::one::refused(&app, &visitor, id, &words).await?)
                .into_response());
        }
        Err(error) => return Err(error.into()),
    };
    let input = app.desk.look(move |look| Input::of(look, InboxId(id))).await?;
    let host = begun.url.split('/').nth(2).unwrap_or_default();
    let content = html! {
        (shell::head(&input.name, None))
        (steps(locale, Some(id), Step::Try))
        (panel::panel(t!(locale, "mail-consent"), None, &html! {
            p { (t!(locale, "mail-consent-away", host = host, mailbox = begun.mailbox.as_str())) }
            p.muted.small { (t!(locale, "mail-consent-minutes", minutes = consent::GOOD_FOR.as_mins())) }
            div.buttons {
                (button::link(Weight::Primary, Some(Icon::Link), &t!(locale, "mail-consent-on", host = host), &begun.url))
                (button::link(Weight::Quiet, None, t!(locale, "mail-consent-back"), &format!("/admin/inboxes/{id}")))
            }
        }))
    };
    Ok(shell::below(&visitor, Part::Inboxes, &input.name, &Came::default(), &content).into_response())
}

/// The provider's answer, which is used up at once: what is left in the browser's history opens nothing.
pub async fn come_back(State(app): State<App>, visitor: Visitor, uri: Uri) -> Result<Response, Refused> {
    let answer = Answer {
        state: query_value(&uri, "state").unwrap_or_default(),
        code: query_value(&uri, "code").map(Secret::new),
        error: query_value(&uri, "error"),
    };
    let ended = consent::finish(&app.desk, &visitor.viewer, &visitor.token, answer).await?;
    Ok(match (ended.inbox, ended.outcome) {
        (Some(inbox), Ok(())) => shell::done(&format!("/admin/inboxes/{inbox}"), Done::Connected),
        (Some(inbox), Err(trouble)) => told(&format!("/admin/inboxes/{inbox}"), trouble),
        (None, outcome) => told(Part::Inboxes.href(), outcome.err().unwrap_or(Trouble::Unknown)),
    })
}

fn told(to: &str, trouble: Trouble) -> Response {
    Redirect::to(&format!("{to}?consent={}", trouble.word())).into_response()
}

/// What went wrong on the way that led to this page.
pub fn trouble(locale: Locale, uri: &Uri) -> Option<&'static str> {
    let word = query_value(uri, "consent")?;
    Trouble::ALL.into_iter().find(|trouble| trouble.word() == word).map(|trouble| words(locale, trouble))
}

fn words(locale: Locale, trouble: Trouble) -> &'static str {
    match trouble {
        Trouble::Unknown => t!(locale, "mail-consent-unknown"),
        Trouble::Expired => t!(locale, "mail-consent-expired"),
        Trouble::Changed => t!(locale, "mail-consent-changed"),
        Trouble::Denied => t!(locale, "mail-consent-denied"),
        Trouble::Declined => t!(locale, "mail-consent-declined"),
        Trouble::NoRefreshToken => t!(locale, "mail-consent-no-refresh-token"),
        Trouble::CodeRefused => t!(locale, "mail-consent-code-refused"),
        Trouble::ClientRefused => t!(locale, "mail-consent-client-refused"),
        Trouble::Nonsense => t!(locale, "mail-consent-nonsense"),
        Trouble::Unreachable => t!(locale, "mail-consent-unreachable"),
        Trouble::TooOften => t!(locale, "mail-consent-too-often"),
    }
}

/// How far the connection came, and the button for it; nothing for an inbox that takes no tokens.
pub fn connection(
    visitor: &Visitor,
    here: &str,
    input: &Input,
    connected: [bool; 2],
    redirect_uri: Option<&str>,
) -> Option<Markup> {
    let locale = visitor.reader.locale;
    let incoming = input.incoming.as_ref().map(|incoming| &incoming.server.signing_in);
    let outgoing = input.outgoing.as_ref().map(|outgoing| &outgoing.server.signing_in);
    let sides = [incoming.zip(Some(connected[0])), outgoing.zip(Some(connected[1]))];
    let wanting: Vec<(&'static Preset, bool)> = sides
        .into_iter()
        .flatten()
        .filter_map(|(signing_in, connected)| match signing_in {
            SigningIn::Token { provider, .. } => Some((presets::by_key(provider)?, connected)),
            SigningIn::Nothing | SigningIn::Password { .. } => None,
        })
        .collect();
    let (preset, _) = *wanting.first()?;
    let all = wanting.iter().all(|(_, connected)| *connected);
    Some(panel::panel(
        t!(locale, "mail-consent"),
        None,
        &html! {
            p {
                @if all { (badge(Tone::Good, Some(Icon::Lock), t!(locale, "mail-consent-given"))) }
                @else { (badge(Tone::Soon, Some(Icon::Warning), t!(locale, "mail-consent-missing"))) }
            }
            p.muted { (t!(locale, "mail-consent-words")) }
            (registered(locale, redirect_uri))
            @if redirect_uri.is_some() {
                (button::post(
                    if all { Weight::Secondary } else { Weight::Primary },
                    Some(Icon::Link),
                    &t!(locale, "mail-consent-go", provider = provider::name(locale, preset)),
                    &format!("{here}/consent"),
                    &visitor.csrf,
                ))
            }
        },
    ))
}

/// The address that the provider has to know, or how to come by one.
pub fn registered(locale: Locale, redirect_uri: Option<&str>) -> Markup {
    html! {
        @match redirect_uri {
            Some(address) => p { (t!(locale, "mail-consent-address")) br; code { (address) } },
            None => p { a href=(Part::Texts.href()) { (t!(locale, "mail-consent-no-address")) } },
        }
    }
}
