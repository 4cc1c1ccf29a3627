//! What every set-up page shares: the frame with its side, the path's id, and a verb done as the visitor.

use std::convert::Infallible;
use std::sync::Arc;

use axum::extract::{FromRequestParts, Path};
use axum::http::Uri;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Redirect, Response};
use desk::{Act, DeskError};
use domain::event::Actor;
use domain::permission::Viewer;
use maud::{Markup, html};

use super::fields::{Fields, Wrong};
use crate::app::App;
use crate::pages::frame::{self, Frame, Here};
use crate::refusal::Refused;
use crate::t;
use crate::text::Locale;
use crate::ui::button::{self, Weight};
use crate::ui::field;
use crate::ui::flash::{Flash, Mood};
use crate::ui::icon::Icon;
use crate::ui::navigation::{self, Place};
use crate::visitor::Visitor;

/// The part of the set-up that a page belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    Home,
    People,
    Organisations,
    Units,
    Services,
    Calendars,
    Agreements,
    Inboxes,
    Suspended,
    Texts,
    Tags,
    Rules,
    Customs,
    Statuses,
    Glass,
    Events,
}

impl Part {
    pub const ALL: [Self; 16] = [
        Self::Home,
        Self::People,
        Self::Organisations,
        Self::Units,
        Self::Services,
        Self::Calendars,
        Self::Agreements,
        Self::Inboxes,
        Self::Suspended,
        Self::Texts,
        Self::Tags,
        Self::Rules,
        Self::Customs,
        Self::Statuses,
        Self::Glass,
        Self::Events,
    ];

    pub fn title(self, locale: Locale) -> &'static str {
        match self {
            Self::Home => t!(locale, "admin-home"),
            Self::People => t!(locale, "admin-people"),
            Self::Organisations => t!(locale, "admin-organisations"),
            Self::Units => t!(locale, "admin-units"),
            Self::Services => t!(locale, "admin-services"),
            Self::Calendars => t!(locale, "admin-calendars"),
            Self::Agreements => t!(locale, "admin-agreements"),
            Self::Inboxes => t!(locale, "mail-inboxes"),
            Self::Suspended => t!(locale, "mail-suspended"),
            Self::Texts => t!(locale, "texts-title"),
            Self::Tags => t!(locale, "tags"),
            Self::Rules => t!(locale, "rules"),
            Self::Customs => t!(locale, "custom-fields"),
            Self::Statuses => t!(locale, "statuses"),
            Self::Glass => t!(locale, "admin-glass"),
            Self::Events => t!(locale, "admin-events"),
        }
    }

    pub const fn href(self) -> &'static str {
        match self {
            Self::Home => "/admin",
            Self::People => "/admin/people",
            Self::Organisations => "/admin/organisations",
            Self::Units => "/admin/units",
            Self::Services => "/admin/services",
            Self::Calendars => "/admin/calendars",
            Self::Agreements => "/admin/agreements",
            Self::Inboxes => "/admin/inboxes",
            Self::Suspended => "/admin/mail/suspended",
            Self::Texts => "/admin/texts",
            Self::Tags => "/admin/tags",
            // Leads keep rules, too.
            Self::Rules => "/rules",
            Self::Customs => "/admin/fields",
            Self::Statuses => "/admin/statuses",
            Self::Glass => "/admin/glass",
            Self::Events => "/admin/events",
        }
    }

    pub const fn icon(self) -> Icon {
        match self {
            Self::Home => Icon::Settings,
            Self::People => Icon::Person,
            Self::Organisations => Icon::Organisation,
            Self::Units => Icon::Unit,
            Self::Services => Icon::Service,
            Self::Calendars => Icon::Calendar,
            Self::Agreements => Icon::Handoff,
            Self::Inboxes => Icon::Inbox,
            Self::Suspended => Icon::Pause,
            Self::Texts => Icon::Reply,
            Self::Tags => Icon::Note,
            Self::Rules => Icon::Bolt,
            Self::Customs => Icon::Settings,
            Self::Statuses => Icon::Check,
            Self::Glass => Icon::Lock,
            Self::Events => Icon::Eye,
        }
    }
}

/// The first page of a part.
pub fn part(visitor: &Visitor, part: Part, came: &Came, content: &Markup) -> Markup {
    show(visitor, part, part.title(visitor.reader.locale), &[], came, content)
}

/// A page below the first one of a part.
pub fn below(visitor: &Visitor, part: Part, title: &str, came: &Came, content: &Markup) -> Markup {
    let locale = visitor.reader.locale;
    let above = [
        Place::new(Part::Home.title(locale), Part::Home.href()),
        Place::new(part.title(locale), part.href()),
    ];
    show(visitor, part, title, &above, came, content)
}

fn show(
    visitor: &Visitor,
    part: Part,
    title: &str,
    above: &[Place<'_>],
    came: &Came,
    content: &Markup,
) -> Markup {
    let locale = visitor.reader.locale;
    let side = side(locale, part);
    let flash = came.words(locale).map(|words| Flash { mood: Mood::Done, words });
    let frame = Frame { side: Some(&side), above, flash, ..Frame::new(title, Here::Setup) };
    frame::show(visitor, &frame, content)
}

/// All parts, for the side of a page.
pub fn side(locale: Locale, part: Part) -> Markup {
    let place = |other: Part| {
        Place::new(other.title(locale), other.href()).icon(other.icon()).current_when(other == part)
    };
    navigation::views(t!(locale, "admin-side"), &Part::ALL.map(place))
}

/// The title line of a page with its actions.
pub fn head(title: &str, actions: Option<&Markup>) -> Markup {
    html! {
        div.page-head {
            h1 { (title) }
            @if let Some(actions) = actions { div.buttons { (actions) } }
        }
    }
}

/// A form with the token, the summary of what is wrong, and its buttons.
pub fn form(visitor: &Visitor, action: &str, wrong: &Wrong, save: &str, content: &Markup) -> Markup {
    framed(visitor, action, wrong, save, &html! { (field::token(&visitor.csrf)) (content) })
}

/// The same for a form that makes something.
pub fn making(visitor: &Visitor, action: &str, wrong: &Wrong, save: &str, content: &Markup) -> Markup {
    framed(visitor, action, wrong, save, &html! { (field::token_once(&visitor.csrf)) (content) })
}

fn framed(visitor: &Visitor, action: &str, wrong: &Wrong, save: &str, content: &Markup) -> Markup {
    let locale = visitor.reader.locale;
    html! {
        (field::error_summary(locale, &wrong.listed()))
        form.form method="post" action=(action) novalidate {
            (content)
            div.buttons { (button::submit(Weight::Primary, Some(Icon::Check), save)) }
        }
    }
}

/// Does a verb as the visitor, in one transaction.
pub async fn act<T, F>(app: &App, visitor: &Visitor, verb: F) -> Result<T, DeskError>
where
    F: FnOnce(&mut Act, &Viewer) -> Result<T, DeskError> + Send + 'static,
    T: Send + 'static,
{
    let viewer = Arc::clone(&visitor.viewer);
    app.desk.act(Actor::Person(viewer.person), move |act| verb(act, &viewer)).await
}

/// Makes something as the visitor: the same form sent twice makes it once.
pub async fn make<T, F>(app: &App, visitor: &Visitor, fields: &Fields, verb: F) -> Result<T, DeskError>
where
    F: FnOnce(&mut Act, &Viewer) -> Result<T, DeskError> + Send + 'static,
    T: serde::Serialize + serde::de::DeserializeOwned + Send + 'static,
{
    let viewer = Arc::clone(&visitor.viewer);
    fields.once().act(app, visitor, move |act| verb(act, &viewer)).await
}

/// Back to a page, which says what was done.
pub fn done(to: &str, what: Done) -> Response {
    Redirect::to(&format!("{to}?done={}", what.word())).into_response()
}

/// A page that may carry errors: 200, or 422 with the input kept.
pub fn answer(wrong: &Wrong, page: Markup) -> Response {
    (wrong.status(), page).into_response()
}

/// What was just done, told once after the redirect.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Done {
    Added,
    Saved,
    Ended,
    ForNobody,
    NextVersion,
    TestMail,
    Connected,
    GoesOn,
    Released,
    Trusted,
    Blocked,
    Deleted,
}

impl Done {
    const ALL: [Self; 12] = [
        Self::Added,
        Self::Saved,
        Self::Ended,
        Self::ForNobody,
        Self::NextVersion,
        Self::TestMail,
        Self::Connected,
        Self::GoesOn,
        Self::Released,
        Self::Trusted,
        Self::Blocked,
        Self::Deleted,
    ];

    pub const fn word(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Saved => "saved",
            Self::Ended => "ended",
            Self::ForNobody => "for-nobody",
            Self::NextVersion => "next-version",
            Self::TestMail => "test-mail",
            Self::Connected => "connected",
            Self::GoesOn => "goes-on",
            Self::Released => "released",
            Self::Trusted => "trusted",
            Self::Blocked => "blocked",
            Self::Deleted => "deleted",
        }
    }

    fn says(self, locale: Locale) -> &'static str {
        match self {
            Self::Added => t!(locale, "admin-done-added"),
            Self::Saved => t!(locale, "admin-done-saved"),
            Self::Ended => t!(locale, "admin-done-ended"),
            Self::ForNobody => t!(locale, "admin-done-for-nobody"),
            Self::NextVersion => t!(locale, "admin-done-next-version"),
            Self::TestMail => t!(locale, "mail-done-test-mail"),
            Self::Connected => t!(locale, "mail-done-connected"),
            Self::GoesOn => t!(locale, "mail-done-goes-on"),
            Self::Released => t!(locale, "mail-done-released"),
            Self::Trusted => t!(locale, "mail-done-trusted"),
            Self::Blocked => t!(locale, "mail-done-blocked"),
            Self::Deleted => t!(locale, "mail-done-deleted"),
        }
    }
}

/// How the visitor came to this page.
#[derive(Debug, Clone, Copy, Default)]
pub struct Came(Option<Done>);

impl Came {
    pub fn words(self, locale: Locale) -> Option<&'static str> {
        self.0.map(|done| done.says(locale))
    }
}

impl<S: Sync> FromRequestParts<S> for Came {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        let word = query_value(&parts.uri, "done");
        Ok(Self(word.and_then(|word| Done::ALL.into_iter().find(|done| done.word() == word))))
    }
}

/// The id at the end of the path; anything that is no id leads to a page that is not there.
#[derive(Debug, Clone, Copy)]
pub struct Id(pub i64);

impl<S: Send + Sync> FromRequestParts<S> for Id {
    type Rejection = Refused;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Refused> {
        let Path(id) = Path::<i64>::from_request_parts(parts, state).await?;
        Ok(Self(id))
    }
}

/// One value of the query, decoded.
pub fn query_value(uri: &Uri, name: &str) -> Option<String> {
    let pairs: Vec<(String, String)> = serde_html_form::from_str(uri.query()?).ok()?;
    pairs.into_iter().find(|(own, _)| own == name).map(|(_, value)| value)
}
