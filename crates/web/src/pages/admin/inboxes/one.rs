//! One inbox: how it is doing, what it is set to, and trying it.

pub mod tried;

use std::sync::Arc;

use axum::extract::State;
use axum::http::{StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use desk::DeskError;
use desk::inboxes::{AfterFetch, Input, Round, Server, SigningIn, TrialError};
use domain::id::InboxId;
use maud::{Markup, html};
use store::catalogue::Catalogue;
use store::inbox::{Health, Inbox};

use super::servers::protection;
use super::steps::{Step, steps};
use super::{consent, health};
use crate::app::App;
use crate::pages::admin::fields::{Fields, Sent};
use crate::pages::admin::shell::{self, Came, Done, Id, Part};
use crate::refusal::Refused;
use crate::t;
use crate::text::Locale;
use crate::ui::badge::{Tone, badge};
use crate::ui::button::{self, Weight};
use crate::ui::flash::{Flash, Mood, flash};
use crate::ui::icon::Icon;
use crate::ui::panel;
use crate::visitor::Visitor;

struct Seen {
    catalogue: Arc<Catalogue>,
    inbox: Inbox,
    input: Input,
    largest: i64,
    health: Health,
    secrets: [bool; 2],
    redirect_uri: Option<String>,
    round: Option<Round>,
}

pub async fn show(
    State(app): State<App>,
    visitor: Visitor,
    came: Came,
    uri: Uri,
    Id(id): Id,
) -> Result<Response, Refused> {
    let seen = seen(&app, &visitor, id).await?;
    let trouble = consent::trouble(visitor.reader.locale, &uri);
    Ok(page(&visitor, came, &seen, None, trouble).into_response())
}

/// The page with a word on why something was not done.
pub async fn refused(app: &App, visitor: &Visitor, id: i64, words: &str) -> Result<Markup, Refused> {
    let seen = seen(app, visitor, id).await?;
    Ok(page(visitor, Came::default(), &seen, None, Some(words)))
}

/// Connects to both servers, which takes as long as they do.
pub async fn try_servers(
    State(app): State<App>,
    visitor: Visitor,
    Id(id): Id,
    sent: Sent,
) -> Result<Response, Refused> {
    Fields::read(sent, &[])?;
    let locale = visitor.reader.locale;
    let tried = desk::inboxes::test(&app.desk, &visitor.viewer, InboxId(id)).await;
    let seen = seen(&app, &visitor, id).await?;
    let (status, words) = match tried {
        Ok(trial) => {
            let results = tried::results(locale, &trial);
            return Ok(page(&visitor, Came::default(), &seen, Some(&results), None).into_response());
        }
        Err(TrialError::TooMany { retry_after_seconds }) => {
            let minutes = (retry_after_seconds + 59) / 60;
            (StatusCode::TOO_MANY_REQUESTS, t!(locale, "mail-trial-too-many", minutes = minutes))
        }
        Err(TrialError::Busy) => (StatusCode::SERVICE_UNAVAILABLE, t!(locale, "mail-trial-busy").to_owned()),
        Err(TrialError::Desk(error)) => return Err(error.into()),
    };
    Ok((status, page(&visitor, Came::default(), &seen, None, Some(&words))).into_response())
}

pub async fn send_test(
    State(app): State<App>,
    visitor: Visitor,
    Id(id): Id,
    sent: Sent,
) -> Result<Response, Refused> {
    Fields::read(sent, &[])?;
    let before = seen(&app, &visitor, id).await?;
    // The mail is in the language of the inbox, not of whoever presses the button.
    let locale = Locale::from_tag(&before.inbox.language).unwrap_or_default();
    let subject = t!(locale, "mail-test-subject", inbox = before.inbox.name.as_str());
    let body = t!(locale, "mail-test-body", address = before.inbox.address.as_str());
    let wanted = shell::act(&app, &visitor, move |act, by| {
        desk::inboxes::send_test(act, by, InboxId(id), &subject, &body)
    });
    match wanted.await {
        Ok(_) => Ok(shell::done(&format!("/admin/inboxes/{id}"), Done::TestMail)),
        Err(DeskError::Conflict(problem)) => {
            let words = crate::said::problem(visitor.reader.locale, &problem);
            let page = page(&visitor, Came::default(), &before, None, Some(&words));
            Ok((StatusCode::CONFLICT, page).into_response())
        }
        Err(error) => Err(error.into()),
    }
}

pub async fn close_breaker(
    State(app): State<App>,
    visitor: Visitor,
    Id(id): Id,
    sent: Sent,
) -> Result<Response, Refused> {
    Fields::read(sent, &[])?;
    shell::act(&app, &visitor, move |act, by| desk::inboxes::close_breaker(act, by, InboxId(id))).await?;
    Ok(shell::done(&format!("/admin/inboxes/{id}"), Done::GoesOn))
}

pub async fn end(
    State(app): State<App>,
    visitor: Visitor,
    Id(id): Id,
    sent: Sent,
) -> Result<Response, Refused> {
    Fields::read(sent, &[])?;
    shell::act(&app, &visitor, move |act, by| desk::inboxes::end(act, by, InboxId(id))).await?;
    Ok(shell::done("/admin/inboxes", Done::Ended))
}

async fn seen(app: &App, visitor: &Visitor, id: i64) -> Result<Seen, Refused> {
    let (viewer, id) = (Arc::clone(&visitor.viewer), InboxId(id));
    let read = app.desk.look(move |look| {
        let input = Input::of(look, id)?;
        let inbox = store::inbox::by_id(look.tx, id)?.ok_or(DeskError::NotFound)?;
        Ok(Seen {
            catalogue: Arc::clone(&look.catalogue),
            inbox,
            input,
            largest: desk::inboxes::largest(look, id)?,
            health: store::inbox::health(look.tx, id)?,
            secrets: desk::inboxes::can_sign_in(look, id)?,
            redirect_uri: desk::inboxes::consent::redirect_uri(look)?,
            round: desk::inboxes::last_test(look, &viewer, id)?,
        })
    });
    Ok(read.await?)
}

fn page(
    visitor: &Visitor,
    came: Came,
    seen: &Seen,
    results: Option<&Markup>,
    refused: Option<&str>,
) -> Markup {
    let locale = visitor.reader.locale;
    let inbox = &seen.inbox;
    let here = format!("/admin/inboxes/{}", inbox.id);
    let change = |place: &str| {
        button::link(
            Weight::Quiet,
            Some(Icon::Settings),
            t!(locale, "mail-change"),
            &format!("{here}/{place}"),
        )
    };
    let content = html! {
        (shell::head(&inbox.name, None))
        (steps(locale, Some(inbox.id.0), Step::Try))
        @if let Some(words) = refused { (flash(locale, &Flash { mood: Mood::Warning, words })) }
        @if let Some(alarm) = health::alarm(visitor, inbox, &seen.health) { (alarm) }
        div.halves {
            div.stack {
                (panel::panel(t!(locale, "mail-health"), None, &panel::facts(&[
                    (t!(locale, "mail-receiving"), health::receiving(&visitor.reader, inbox, &seen.health)),
                    (t!(locale, "mail-sending"), health::sending(&visitor.reader, inbox, &seen.health)),
                    (t!(locale, "mail-texts"), health::texts(&visitor.reader, &seen.health)),
                ])))
                @if let Some(connection) = consent::connection(visitor, &here, &seen.input, seen.secrets, seen.redirect_uri.as_deref()) {
                    (connection)
                }
                (panel::panel(t!(locale, "mail-trial"), None, &html! {
                    p.muted { (t!(locale, "mail-trial-words")) }
                    @if let Some(results) = results { (results) }
                    (button::post(Weight::Primary, Some(Icon::Link), t!(locale, "mail-trial-go"), &format!("{here}/trial"), &visitor.csrf))
                }))
                (panel::panel(t!(locale, "mail-round"), None, &html! {
                    p.muted { (t!(locale, "mail-round-words", address = inbox.address.as_str())) }
                    @if let Some(round) = &seen.round { (tried::round(&visitor.reader, &here, round)) }
                    (button::post(Weight::Secondary, Some(Icon::Reply), t!(locale, "mail-round-go"), &format!("{here}/test-mail"), &visitor.csrf))
                }))
            }
            div.stack {
                (panel::panel(t!(locale, "mail-step-address"), Some(&change("address")), &address(locale, seen)))
                (panel::panel(t!(locale, "mail-step-servers"), Some(&change("servers")), &servers(locale, seen)))
                (panel::panel(t!(locale, "admin-end"), None, &html! {
                    p { (t!(locale, "mail-end-words")) }
                    (button::post(Weight::Danger, None, t!(locale, "mail-end"), &format!("{here}/end"), &visitor.csrf))
                }))
            }
        }
    };
    shell::below(visitor, Part::Inboxes, &inbox.name, &came, &content)
}

fn address(locale: Locale, seen: &Seen) -> Markup {
    let (inbox, catalogue) = (&seen.inbox, &seen.catalogue);
    let language = Locale::from_tag(&inbox.language).unwrap_or_default();
    let service = catalogue.services.get(&inbox.service);
    let yes = |yes: bool| if yes { t!(locale, "admin-yes") } else { t!(locale, "admin-no") };
    panel::facts(&[
        (
            t!(locale, "mail-address"),
            html! { (inbox.address) @for alias in &seen.input.aliases { br; (alias) } },
        ),
        (
            t!(locale, "mail-service"),
            html! {
                a href={ "/admin/services/" (inbox.service) } { (service.map_or("–", |offer| offer.name.as_str())) }
                " · " a href={ "/admin/units/" (inbox.unit) } { (catalogue.unit_name(inbox.unit)) }
            },
        ),
        (t!(locale, "admin-language"), html! { (language.own_name()) }),
        (t!(locale, "mail-acknowledges-short"), html! { (yes(inbox.acknowledges)) }),
        (t!(locale, "mail-undo"), html! { (inbox.undo_seconds) " s" }),
        (t!(locale, "mail-largest"), html! { (seen.largest) }),
        (
            t!(locale, "mail-signature"),
            html! { @if inbox.signature.is_empty() { "–" } @else { span.as-written { (inbox.signature) } } },
        ),
    ])
}

fn servers(locale: Locale, seen: &Seen) -> Markup {
    let [incoming_secret, outgoing_secret] = seen.secrets;
    let incoming = match &seen.input.incoming {
        None => html! { (t!(locale, "mail-receive-pushed")) },
        Some(incoming) => html! {
            (server(locale, &incoming.server, incoming_secret)) br;
            (t!(locale, "mail-folder")) " " (incoming.folder) ", "
            @match &incoming.after_fetch {
                AfterFetch::Leave => { (t!(locale, "mail-after-leave-short")) }
                AfterFetch::Move(to) => { (t!(locale, "mail-after-move-short", folder = to.as_str())) }
            }
            @if incoming.with_history { br; (t!(locale, "mail-history-short")) }
        },
    };
    let outgoing = match &seen.input.outgoing {
        None => html! { (t!(locale, "mail-send-nothing")) },
        Some(outgoing) => server(locale, &outgoing.server, outgoing_secret),
    };
    let authority = seen.inbox.authority.as_deref().unwrap_or("–");
    panel::facts(&[
        (t!(locale, "mail-receiving"), incoming),
        (t!(locale, "mail-sending"), outgoing),
        (t!(locale, "mail-authority-short"), html! { (authority) }),
        (
            t!(locale, "mail-checks-short"),
            html! { (if seen.inbox.checks { t!(locale, "admin-yes") } else { t!(locale, "admin-no") }) },
        ),
    ])
}

fn server(locale: Locale, server: &Server, secret: bool) -> Markup {
    let known = match &server.signing_in {
        SigningIn::Nothing => None,
        SigningIn::Password { name } => {
            Some((name, t!(locale, "mail-secret-is-set"), t!(locale, "mail-secret-missing")))
        }
        SigningIn::Token { name, .. } => {
            Some((name, t!(locale, "mail-consent-given"), t!(locale, "mail-consent-missing")))
        }
    };
    html! {
        (server.host) ":" (server.port) ", " (protection(locale, server.security))
        @if server.inside { " " (badge(Tone::Waiting, None, t!(locale, "mail-inside-short"))) }
        @if let Some((name, there, missing)) = known {
            br; (t!(locale, "mail-signs-in-as", name = name.as_str())) " "
            @if secret { (badge(Tone::Good, Some(Icon::Lock), there)) }
            @else { (badge(Tone::Soon, Some(Icon::Warning), missing)) }
        }
    }
}
