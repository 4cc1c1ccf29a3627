//! Suspended mail: what was not turned into a message, why, and what to do with it.

pub mod code;
pub mod one;

use std::sync::Arc;

use axum::extract::State;
use axum::http::Uri;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use domain::id::MailId;
use maud::{Markup, html};
use store::inbox::Inbox;
use store::mail::Mail;

use super::shell::{self, Came, Part, query_value};
use crate::app::App;
use crate::format;
use crate::refusal::Refused;
use crate::routes::{Right, Route};
use crate::t;
use crate::ui::badge::{Tone, badge};
use crate::ui::icon::Icon;
use crate::ui::navigation;
use crate::ui::panel;
use crate::ui::table::{table, words};
use crate::visitor::Visitor;

/// Counters stop at "999+".
pub const MOST_COUNTED: i64 = 1000;

const A_PAGE: usize = 50;

pub fn routes() -> Vec<Route> {
    let right = Right::Administrator;
    vec![
        Route::get("/admin/mail/suspended", right, get(list)),
        Route::get("/admin/mail/suspended/{mail}", right, get(one::show)),
        Route::get("/admin/mail/suspended/{mail}/source", right, get(one::source)),
        Route::post("/admin/mail/suspended/{mail}/release", right, post(one::release)),
        Route::post("/admin/mail/suspended/{mail}/trust", right, post(one::trust)),
        Route::post("/admin/mail/suspended/{mail}/block", right, post(one::block)),
        Route::post("/admin/mail/suspended/{mail}/delete", right, post(one::delete)),
    ]
}

async fn list(State(app): State<App>, visitor: Visitor, came: Came, uri: Uri) -> Result<Response, Refused> {
    let locale = visitor.reader.locale;
    let viewer = Arc::clone(&visitor.viewer);
    let before = query_value(&uri, "before").and_then(|id| id.parse().ok()).unwrap_or(i64::MAX);
    let (mut mails, inboxes) = app
        .desk
        .look(move |look| {
            let mails = desk::suspended::page(look, &viewer, MailId(before), A_PAGE as i64 + 1)?;
            let mut inboxes = std::collections::BTreeMap::new();
            for mail in &mails {
                if !inboxes.contains_key(&mail.inbox)
                    && let Some(inbox) = store::inbox::by_id(look.tx, mail.inbox)?
                {
                    inboxes.insert(mail.inbox, inbox);
                }
            }
            Ok((mails, inboxes))
        })
        .await?;
    let more = mails.len() > A_PAGE;
    mails.truncate(A_PAGE);
    let older = mails.last().filter(|_| more).map(|last| format!("?before={}", last.id));
    let newest = (before < i64::MAX).then_some(Part::Suspended.href());
    let rows: Vec<Vec<Markup>> =
        mails.iter().map(|mail| row(&visitor, mail, inboxes.get(&mail.inbox))).collect();
    let columns = [
        words(t!(locale, "mail-subject")),
        words(t!(locale, "mail-from")),
        words(t!(locale, "mail-inbox")),
        words(t!(locale, "mail-came")),
        words(t!(locale, "mail-why")),
        words(t!(locale, "mail-kept-until")),
    ];
    let content = html! {
        (shell::head(t!(locale, "mail-suspended"), None))
        @if rows.is_empty() {
            (panel::panel(t!(locale, "mail-suspended"), None, &panel::empty(Icon::Check, t!(locale, "mail-suspended-none"), t!(locale, "mail-suspended-none-words"), None)))
        } @else {
            p.muted.lead { (t!(locale, "mail-suspended-words")) }
            (table(t!(locale, "mail-suspended"), &columns, &rows))
        }
        (navigation::pages(locale, newest, older.as_deref()))
    };
    Ok(shell::part(&visitor, Part::Suspended, &came, &content).into_response())
}

fn row(visitor: &Visitor, mail: &Mail, inbox: Option<&Inbox>) -> Vec<Markup> {
    let (reader, locale) = (&visitor.reader, visitor.reader.locale);
    vec![
        html! { a href={ "/admin/mail/suspended/" (mail.id) } { bdi { (subject(visitor, mail)) } } },
        from(visitor, mail),
        html! { @if let Some(inbox) = inbox { a href={ "/admin/inboxes/" (inbox.id) } { (inbox.name) } } },
        format::moment(reader, mail.arrived_at),
        badge(Tone::Soon, None, &code::reason(locale, mail)),
        html! { @if let Some(until) = mail.until_at { (format::moment(reader, until)) } @else { "–" } },
    ]
}

fn subject<'a>(visitor: &Visitor, mail: &'a Mail) -> &'a str {
    let written = mail.subject.as_deref().filter(|subject| !subject.trim().is_empty());
    written.unwrap_or(t!(visitor.reader.locale, "mail-no-subject"))
}

/// The address always stands beside the name, because the name can be anything.
fn from(visitor: &Visitor, mail: &Mail) -> Markup {
    html! {
        div {
            @if let Some(name) = &mail.from_name { bdi { (name) } br; }
            @match &mail.from_address {
                Some(address) => { bdi.small.muted { (address) } }
                None => { span.muted { (t!(visitor.reader.locale, "mail-from-nobody")) } }
            }
        }
    }
}
