//! What is said when something cannot be done: what happened, what was kept, what to do.

use axum::extract::rejection::{PathRejection, QueryRejection};
use axum::http::{StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use desk::DeskError;
use domain::preference::Preferences;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use maud::{Markup, html};
use store::{DbError, StoreError};

use crate::format::Reader;
use crate::said;
use crate::t;
use crate::text::Locale;
use crate::ui::button::{self, Weight};
use crate::ui::layout;
use crate::visitor::Visitor;

/// Why a request was not followed.
#[derive(Debug, Clone)]
pub enum Refused {
    /// Unknown, or not for this visitor: the same answer to the byte.
    NotFound,
    SignIn,
    NotAllowed,
    /// The form did not come from our page, or its token is old.
    Forged,
    /// The form or the JSON could not be read; the cause is for programs.
    Unreadable(String),
    TooLarge,
    /// The desk says no.
    Desk(DeskError),
    /// Something else says no, in words for the person.
    Said(StatusCode, String),
    /// Our fault; the words are in the log.
    Trouble,
    Busy,
}

impl Refused {
    /// The answer as a page.
    #[must_use]
    pub fn answer(&self, locale: Locale, visitor: Option<&Visitor>) -> Response {
        let anybody = || Reader { locale, zone: TimeZone::UTC, now: Timestamp::UNIX_EPOCH };
        let reader = visitor.map_or_else(anybody, |visitor| visitor.reader.clone());
        let preferences = visitor.map(|visitor| visitor.preferences).unwrap_or_default();
        let page = page(locale, &preferences, &self.title(locale), &self.words(&reader));
        (self.status(), page).into_response()
    }

    /// The answer to a program, as RFC 9457 has it.
    #[must_use]
    pub fn problem(&self) -> Response {
        let body = serde_json::json!({
            "type": "about:blank",
            "title": self.title(Locale::English),
            "status": self.status().as_u16(),
            "detail": self.detail(),
        });
        (self.status(), [(header::CONTENT_TYPE, "application/problem+json")], body.to_string())
            .into_response()
    }

    #[must_use]
    pub const fn status(&self) -> StatusCode {
        match self {
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::SignIn => StatusCode::UNAUTHORIZED,
            Self::NotAllowed | Self::Forged => StatusCode::FORBIDDEN,
            Self::Unreadable(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Desk(DeskError::Invalid { .. }) => StatusCode::UNPROCESSABLE_ENTITY,
            Self::Desk(_) => StatusCode::CONFLICT,
            Self::Said(status, _) => *status,
            Self::Trouble => StatusCode::INTERNAL_SERVER_ERROR,
            Self::Busy => StatusCode::SERVICE_UNAVAILABLE,
        }
    }

    fn title(&self, locale: Locale) -> String {
        match self {
            Self::NotFound => t!(locale, "refused-not-found"),
            Self::SignIn => t!(locale, "refused-sign-in"),
            Self::NotAllowed => t!(locale, "refused-not-allowed"),
            Self::Forged => t!(locale, "refused-forged"),
            Self::Unreadable(_) | Self::TooLarge => t!(locale, "refused-unreadable"),
            Self::Desk(_) | Self::Said(..) => t!(locale, "refused-said"),
            Self::Trouble | Self::Busy => t!(locale, "refused-trouble"),
        }
        .to_owned()
    }

    /// For programs, in English.
    fn detail(&self) -> String {
        match self {
            Self::Desk(error) => error.to_string(),
            Self::Unreadable(cause) => cause.clone(),
            other => other.words(&Reader {
                locale: Locale::English,
                zone: TimeZone::UTC,
                now: Timestamp::UNIX_EPOCH,
            }),
        }
    }

    fn words(&self, reader: &Reader) -> String {
        let locale = reader.locale;
        match self {
            Self::NotFound => t!(locale, "refused-not-found-words").to_owned(),
            Self::SignIn => t!(locale, "refused-sign-in-words").to_owned(),
            Self::NotAllowed => t!(locale, "refused-not-allowed-words").to_owned(),
            Self::Forged => t!(locale, "refused-forged-words").to_owned(),
            Self::Unreadable(_) => t!(locale, "refused-unreadable-words").to_owned(),
            Self::Desk(error) => said::error(reader, error),
            Self::Said(_, words) => words.clone(),
            Self::TooLarge => t!(locale, "refused-too-large-words").to_owned(),
            Self::Trouble => t!(locale, "refused-trouble-words").to_owned(),
            Self::Busy => t!(locale, "refused-busy-words").to_owned(),
        }
    }
}

impl From<DeskError> for Refused {
    fn from(error: DeskError) -> Self {
        match error {
            DeskError::NotFound => Self::NotFound,
            DeskError::NotAllowed => Self::NotAllowed,
            DeskError::Refused(_)
            | DeskError::Circle(_)
            | DeskError::Conflict(_)
            | DeskError::Invalid { .. } => Self::Desk(error),
            DeskError::Store(StoreError::Db(DbError::Closed)) => Self::Busy,
            DeskError::Store(cause) => {
                tracing::error!(%cause, "a request failed");
                Self::Trouble
            }
        }
    }
}

impl From<PathRejection> for Refused {
    fn from(_: PathRejection) -> Self {
        Self::NotFound
    }
}

impl From<QueryRejection> for Refused {
    fn from(_: QueryRejection) -> Self {
        Self::NotFound
    }
}

impl IntoResponse for Refused {
    /// The door behind which the handler stood knows the reader and says it again in their language.
    fn into_response(self) -> Response {
        let mut response = self.answer(Locale::default(), None);
        response.extensions_mut().insert(self);
        response
    }
}

/// The answer for a path that is not in the table: the same as for a hidden thing.
pub async fn no_such_page(_: Uri) -> Response {
    Refused::NotFound.answer(Locale::default(), None)
}

fn page(locale: Locale, preferences: &Preferences, title: &str, words: &str) -> Markup {
    layout::alone_for(
        locale,
        preferences,
        title,
        &html! {
            h1 { (title) }
            p { (words) }
            p { (button::link(Weight::Primary, None, t!(locale, "back-home"), "/")) }
        },
    )
}
