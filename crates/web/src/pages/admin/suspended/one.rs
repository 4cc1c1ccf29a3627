//! One suspended mail: why, its header and words, its source, and the decision.

use std::sync::Arc;

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use desk::suspended::Peek;
use desk::{Act, DeskError};
use domain::id::MailId;
use domain::permission::Viewer;
use maud::{Markup, html};
use store::inbox::Inbox;
use store::mail::Mail;

use super::{code, from, subject};
use crate::app::App;
use crate::format;
use crate::headers;
use crate::pages::admin::fields::{Fields, Sent};
use crate::pages::admin::shell::{self, Came, Done, Id, Part};
use crate::refusal::Refused;
use crate::t;
use crate::ui::badge::{Tone, badge};
use crate::ui::button::{self, Weight};
use crate::ui::checked::checked;
use crate::ui::icon::Icon;
use crate::ui::panel;
use crate::visitor::Visitor;

pub async fn show(
    State(app): State<App>,
    visitor: Visitor,
    came: Came,
    Id(id): Id,
) -> Result<Response, Refused> {
    let (viewer, files) = (Arc::clone(&visitor.viewer), app.desk.files.clone());
    let locale = visitor.reader.locale;
    let (mail, inbox, peek) = app
        .desk
        .study(move |look| {
            let mail = desk::suspended::by_id(look, &viewer, MailId(id))?;
            let inbox = store::inbox::by_id(look.tx, mail.inbox)?;
            let peek = match desk::suspended::read(look, &viewer, &files, mail.id) {
                Ok(peek) => Ok(peek),
                Err(DeskError::Conflict(problem)) => Err(crate::said::problem(locale, &problem)),
                Err(error) => return Err(error),
            };
            Ok((mail, inbox, peek))
        })
        .await?;
    Ok(page(&visitor, came, &mail, inbox.as_ref(), peek.as_ref().map_err(String::as_str)).into_response())
}

/// The mail as it came, to be saved.
pub async fn source(State(app): State<App>, visitor: Visitor, Id(id): Id) -> Result<Response, Refused> {
    let (viewer, files) = (Arc::clone(&visitor.viewer), app.desk.files.clone());
    let raw = app.desk.study(move |look| desk::suspended::raw(look, &viewer, &files, MailId(id))).await?;
    Ok(headers::file("message/rfc822", &format!("mail-{id}.eml"), raw))
}

pub async fn release(
    State(app): State<App>,
    visitor: Visitor,
    Id(id): Id,
    sent: Sent,
) -> Result<Response, Refused> {
    decide(&app, &visitor, sent, Done::Released, move |act, by| desk::suspended::release(act, by, MailId(id)))
        .await
}

pub async fn trust(
    State(app): State<App>,
    visitor: Visitor,
    Id(id): Id,
    sent: Sent,
) -> Result<Response, Refused> {
    let verb = move |act: &mut Act, by: &Viewer| desk::suspended::release_and_trust(act, by, MailId(id));
    decide(&app, &visitor, sent, Done::Trusted, verb).await
}

pub async fn block(
    State(app): State<App>,
    visitor: Visitor,
    Id(id): Id,
    sent: Sent,
) -> Result<Response, Refused> {
    decide(&app, &visitor, sent, Done::Blocked, move |act, by| desk::suspended::block(act, by, MailId(id)))
        .await
}

pub async fn delete(
    State(app): State<App>,
    visitor: Visitor,
    Id(id): Id,
    sent: Sent,
) -> Result<Response, Refused> {
    decide(&app, &visitor, sent, Done::Deleted, move |act, by| desk::suspended::delete(act, by, MailId(id)))
        .await
}

async fn decide<F>(app: &App, visitor: &Visitor, sent: Sent, done: Done, verb: F) -> Result<Response, Refused>
where
    F: FnOnce(&mut Act, &Viewer) -> Result<(), DeskError> + Send + 'static,
{
    Fields::read(sent, &[])?;
    shell::act(app, visitor, verb).await?;
    Ok(shell::done(Part::Suspended.href(), done))
}

fn page(
    visitor: &Visitor,
    came: Came,
    mail: &Mail,
    inbox: Option<&Inbox>,
    peek: Result<&Peek, &str>,
) -> Markup {
    let locale = visitor.reader.locale;
    let here = format!("/admin/mail/suspended/{}", mail.id);
    let title = subject(visitor, mail);
    let save = button::link(
        Weight::Secondary,
        Some(Icon::Download),
        t!(locale, "mail-save-source"),
        &format!("{here}/source"),
    );
    let content = html! {
        div.page-head { h1 { bdi { (title) } } @if peek.is_ok() { div.buttons { (save) } } }
        div.example.lead {
            p { (badge(Tone::Soon, Some(Icon::Pause), &code::reason(locale, mail))) }
            p { (code::meaning(locale, mail)) }
            @if let Some(detail) = mail.detail.as_deref().filter(|detail| !detail.is_empty()) { p.small.muted { (t!(locale, "mail-detail")) " " bdi { (detail) } } }
        }
        div.halves {
            (panel::panel(t!(locale, "admin-details"), None, &facts(visitor, mail, inbox)))
            (panel::panel(t!(locale, "mail-decide"), None, &decisions(visitor, &here, mail)))
        }
        div.stack.after { @match peek {
            Ok(peek) => {
                (panel::panel(t!(locale, "mail-text"), None, &html! {
                    @if peek.text.is_empty() { p.muted { (t!(locale, "mail-text-none")) } }
                    @else { pre.mail-text dir="auto" tabindex="0" { (peek.text) } }
                    @if peek.is_cut { p.muted { (t!(locale, "mail-text-cut")) } }
                }))
                section.panel {
                    details.disclosure.panel-body {
                        summary { (t!(locale, "mail-header")) }
                        pre.mail-source tabindex="0" { (peek.header) }
                    }
                }
            }
            Err(words) => { (panel::panel(t!(locale, "mail-text"), None, &html! { p { (words) } })) }
        } }
    };
    shell::below(visitor, Part::Suspended, title, &came, &content)
}

fn facts(visitor: &Visitor, mail: &Mail, inbox: Option<&Inbox>) -> Markup {
    let (reader, locale) = (&visitor.reader, visitor.reader.locale);
    let kilobytes = (mail.size + 1023) / 1024;
    panel::facts(&[
        (t!(locale, "mail-from"), from(visitor, mail)),
        (
            t!(locale, "mail-inbox"),
            html! { @if let Some(inbox) = inbox { a href={ "/admin/inboxes/" (inbox.id) } { (inbox.name) } } },
        ),
        (t!(locale, "mail-came"), html! { (format::absolute(reader, mail.arrived_at)) }),
        (
            t!(locale, "mail-kept-until"),
            html! { @if let Some(until) = mail.until_at { (format::absolute(reader, until)) } @else { "–" } },
        ),
        (
            t!(locale, "mail-envelope"),
            html! { bdi { (mail.envelope_from.as_deref().unwrap_or("–")) } " → " bdi { (mail.envelope_to.as_deref().unwrap_or("–")) } },
        ),
        (
            t!(locale, "mail-checks-short"),
            html! { @if let Some(found) = &mail.found { (checked(locale, found)) } @else { "–" } },
        ),
        (t!(locale, "mail-size"), html! { (format::number(locale, kilobytes)) " kB" }),
    ])
}

fn decisions(visitor: &Visitor, here: &str, mail: &Mail) -> Markup {
    let locale = visitor.reader.locale;
    let press = |weight, icon, words, act: &str| {
        button::post(weight, icon, words, &format!("{here}/{act}"), &visitor.csrf)
    };
    html! {
        div.mail-decision {
            (press(Weight::Primary, Some(Icon::Check), t!(locale, "mail-release"), "release"))
            p.small.muted { (t!(locale, "mail-release-help")) }
        }
        @if let Some(address) = &mail.from_address {
            div.mail-decision {
                (press(Weight::Secondary, Some(Icon::Star), t!(locale, "mail-trust"), "trust"))
                p.small.muted { (t!(locale, "mail-trust-help", address = address.as_str())) }
            }
            div.mail-decision {
                (press(Weight::Danger, None, t!(locale, "mail-block"), "block"))
                p.small.muted { (t!(locale, "mail-block-help", address = address.as_str())) }
            }
        }
        div.mail-decision {
            (press(Weight::Danger, None, t!(locale, "mail-delete"), "delete"))
            p.small.muted { (t!(locale, "mail-delete-help")) }
        }
    }
}
