//! What is typed into a form is kept for whoever types it: by a script while they type, by a button without one.

use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use desk::draft::{self, Saved, Typed, Writing};
use desk::{Act, DeskError};
use domain::draft::{New, Place, Text};
use domain::event::Actor;
use domain::id::UploadId;
use maud::{Markup, html};
use serde::Deserialize;
use store::access::Seen;
use store::draft::{Addressed, Draft};
use store::upload::Upload;

use super::frame::{self, Frame, Here};
use crate::app::App;
use crate::format;
use crate::refusal::Refused;
use crate::said;
use crate::t;
use crate::text::Locale;
use crate::ui::composer::Keeping;
use crate::ui::icon::{Icon, icon};
use crate::ui::{badge, custom, field, panel};
use crate::visitor::Visitor;

/// A script asks with it, and wants the new version and the time instead of a page.
const BY_SCRIPT: &str = "x-draft";

/// What is kept of a form by itself, and what says nothing of what was typed.
const APART: [&str; 7] = ["body", "version", "discard", "upload", "seen", "beside", "people"];

/// A form as far as it was typed.
#[derive(Debug, Clone)]
pub struct Written {
    pub pairs: Vec<(String, String)>,
    own: Own,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
struct Own {
    body: String,
    /// What stands for a body where an act wants its reason.
    reason: String,
    after: String,
    version: i64,
    discard: String,
    addressed: String,
    to: String,
    cc: String,
    bcc: String,
    upload: Vec<UploadId>,
}

impl Written {
    pub fn read(pairs: Vec<(String, String)>) -> Result<Self, Refused> {
        Ok(Self { own: custom::rest(&pairs)?, pairs })
    }

    pub fn words(&self) -> &str {
        if self.own.body.is_empty() { &self.own.reason } else { &self.own.body }
    }

    /// What was typed into a field; nothing where there is none.
    pub fn field(&self, name: &str) -> &str {
        self.pairs.iter().find(|(own, _)| own == name).map_or("", |(_, value)| value)
    }

    pub fn files(&self) -> &[UploadId] {
        &self.own.upload
    }

    fn typed(&self) -> Typed {
        let Own { after, version, addressed, to, cc, bcc, upload, .. } = self.own.clone();
        let kept = self.pairs.iter().filter(|(name, _)| !APART.contains(&name.as_str()));
        Typed {
            body: self.words().to_owned(),
            after,
            version,
            addressed: (!addressed.is_empty()).then_some(Addressed { to, cc, bcc }),
            fields: kept.cloned().collect(),
            files: upload,
        }
    }
}

/// What became of it.
pub enum Fate {
    /// The script has its answer, or whoever wrote has their words.
    Answered(Response),
    Kept,
    Gone,
    /// Why not; the form comes back with it.
    Not(StatusCode, String),
}

/// Where it is kept, and whether its writer may write there now.
pub type Spot = (Place, Result<Writing, DeskError>);

/// That text of a ticket, as far as it exists for its writer.
pub fn on(seen: Seen, text: Text) -> Spot {
    (Place::Ticket(seen.ticket, text), Writing::on(seen, text))
}

/// Keeps what was typed, or forgets it when its writer says so.
pub async fn keep<F>(
    app: &App,
    visitor: &Visitor,
    headers: &HeaderMap,
    written: &Written,
    spot: F,
) -> Result<Fate, Refused>
where
    F: FnOnce(&mut Act) -> Result<Spot, DeskError> + Send + 'static,
{
    let by_script = headers.contains_key(BY_SCRIPT);
    let gives_up = !written.own.discard.is_empty();
    let (person, typed) = (visitor.viewer.person, written.typed());
    let kept = app.desk.act(Actor::Person(person), move |act| {
        let (place, writing) = spot(act)?;
        if gives_up {
            draft::give_up(act, person, place)?;
            return Ok((None, Saved::Gone));
        }
        let writing = writing?;
        Ok((writing.stirs(), draft::save(act, writing, typed)?))
    });
    let told = |text: String| Fate::Answered(text.into_response());
    let kept = match kept.await {
        Ok((stirred, Saved::Kept { version, began })) => {
            if let Some(ticket) = stirred.filter(|_| began) {
                app.live.stirs(ticket);
            }
            let time = format::brief(&visitor.reader, visitor.reader.now);
            if by_script { told(format!("{version} {time}")) } else { Fate::Kept }
        }
        Ok((_, Saved::Gone)) if by_script => told("0".to_owned()),
        Ok((_, Saved::Gone)) => Fate::Gone,
        Ok((_, Saved::Elsewhere(_))) => {
            Fate::Not(StatusCode::CONFLICT, t!(visitor.reader.locale, "composer-draft-elsewhere").to_owned())
        }
        Err(DeskError::Invalid { problem, .. }) => {
            Fate::Not(StatusCode::UNPROCESSABLE_ENTITY, said::problem(visitor.reader.locale, &problem))
        }
        Err(error) => return not_there(visitor, by_script, error.into(), written.words()),
    };
    Ok(match kept {
        Fate::Not(status, _) if by_script => Fate::Answered(status.into_response()),
        kept => kept,
    })
}

/// A script still has the words; without one they come back with what is said.
fn not_there(visitor: &Visitor, by_script: bool, refused: Refused, words: &str) -> Result<Fate, Refused> {
    match refused {
        Refused::NotFound | Refused::NotAllowed if !by_script && !words.trim().is_empty() => {
            Ok(Fate::Answered(gone(visitor, refused.status(), words)))
        }
        refused => Err(refused),
    }
}

/// The words of a form whose ticket is gone for the writer, or never was.
pub fn gone(visitor: &Visitor, status: StatusCode, words: &str) -> Response {
    let locale = visitor.reader.locale;
    let title = t!(locale, "unsent-title");
    let content =
        html! { h1 { (title) } (unsent(locale, &html! { (t!(locale, "unsent-gone")) }, "unsent", words)) };
    (status, frame::show(visitor, &Frame::new(title, Here::Work), &content)).into_response()
}

/// Words that have no form to stand in any more, and why.
pub fn unsent(locale: Locale, why: &Markup, id: &str, words: &str) -> Markup {
    html! {
        div.stack {
            p { (why) }
            label.visually-hidden for=(id) { (t!(locale, "unsent-title")) }
            textarea.input id=(id) readonly rows="10" { "\n" (words) }
        }
    }
}

/// The same in a panel of its own, with the way to forget them: `POST forget`.
pub fn left(visitor: &Visitor, why: &Markup, draft: &Draft, forget: &str) -> Markup {
    let locale = visitor.reader.locale;
    let id = format!("unsent-{}", draft.id);
    panel::panel(
        t!(locale, "unsent-title"),
        None,
        &html! {
            (unsent(locale, why, &id, &draft.body))
            form method="post" action=(forget) {
                (field::token(&visitor.csrf))
                @if let Place::New(New::Request(service)) = draft.place { input type="hidden" name="service" value=(service); }
                button.button.button-quiet type="submit" name="discard" value="yes" { (t!(locale, "composer-draft-discard")) }
            }
        },
    )
}

/// The ways on to what was begun: where each leads, for whom or for what it is, and the draft.
pub fn begun(locale: Locale, which: Icon, ways: &[(String, &str, &Draft)]) -> Markup {
    if ways.is_empty() {
        return html! {};
    }
    let list = html! {
        ul.hits {
            @for (href, name, draft) in ways {
                li {
                    (icon(which))
                    a.queue-subject href=(href) { (name) }
                    span.muted { (draft.field("subject").unwrap_or_default()) }
                    (mark(locale))
                }
            }
        }
    };
    panel::panel(t!(locale, "begun-title"), None, &list)
}

/// Says where a form is found that something was begun in it.
pub fn mark(locale: Locale) -> Markup {
    html! { " " (badge::badge(badge::Tone::Quiet, Some(Icon::Note), t!(locale, "row-draft"))) }
}

/// The visitor's own draft in one place, as its form shows it.
pub struct Shown<'a> {
    pub draft: Option<&'a Draft>,
    pub files: Vec<Upload>,
    action: String,
    kept: Option<String>,
}

impl<'a> Shown<'a> {
    /// `POST action` keeps what is typed; `uploads` has the files of it among others.
    pub fn of(visitor: &Visitor, draft: Option<&'a Draft>, uploads: &[Upload], action: String) -> Self {
        let bound = draft.map_or(&[][..], |draft| &draft.files);
        Self {
            draft,
            files: uploads.iter().filter(|upload| bound.contains(&upload.id)).cloned().collect(),
            action,
            kept: draft.map(|draft| format::brief(&visitor.reader, draft.saved_at)),
        }
    }

    pub fn body(&self) -> &'a str {
        self.draft.map_or("", |draft| &draft.body)
    }

    pub fn action(&self) -> &str {
        &self.action
    }

    pub fn keeping(&self) -> Keeping<'_> {
        let version = self.draft.map_or(0, |draft| draft.version);
        Keeping { action: &self.action, version, kept: self.kept.as_deref() }
    }
}
