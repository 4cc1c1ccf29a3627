//! The fields of a set-up form as text: what was typed is what is shown again beside the error.

use axum::http::StatusCode;
use desk::{DeskError, Problem};
use jiff::civil::Date;

use crate::form::{Once, PostedOnce};
use crate::format::Reader;
use crate::refusal::Refused;
use crate::said;

/// What a form holds, name by name; a name may come several times.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Fields(Vec<(String, String)>, Once);

/// The pairs of a form before anybody looked at their names.
pub type Sent = PostedOnce<Vec<(String, String)>>;

impl Fields {
    /// Refuses a form that carries a name this page never asked for.
    pub fn read(sent: Sent, known: &[&str]) -> Result<Self, Refused> {
        match sent.0.iter().find(|(name, _)| !known.contains(&name.as_str())) {
            Some((name, _)) => {
                Err(DeskError::invalid("", Problem::FieldUnknown { name: name.clone() }).into())
            }
            None => Ok(Self(sent.0, sent.1)),
        }
    }

    /// Which sending of the form this is.
    #[must_use]
    pub const fn once(&self) -> &Once {
        &self.1
    }

    #[must_use]
    pub fn with(mut self, name: &str, value: impl Into<String>) -> Self {
        self.0.push((name.to_owned(), value.into()));
        self
    }

    /// Adds a box that is ticked.
    #[must_use]
    pub fn ticked_when(self, name: &str, ticked: bool) -> Self {
        if ticked { self.with(name, "yes") } else { self }
    }

    /// The same with another value under this name.
    #[must_use]
    pub fn replaced(&self, name: &str, value: &str) -> Self {
        let others = self.0.iter().filter(|(own, _)| own != name).cloned().collect();
        Self(others, self.1.clone()).with(name, value)
    }

    /// The first value of that name; empty when there is none.
    #[must_use]
    pub fn text(&self, name: &str) -> &str {
        self.0.iter().find(|(own, _)| own == name).map_or("", |(_, value)| value.as_str())
    }

    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter(move |(own, _)| own == name).map(|(_, value)| value.as_str())
    }

    #[must_use]
    pub fn has(&self, name: &str, value: &str) -> bool {
        self.all(name).any(|own| own == value)
    }

    #[must_use]
    pub fn ticked(&self, name: &str) -> bool {
        self.has(name, "yes")
    }

    /// The trimmed text, when there is any.
    #[must_use]
    pub fn some(&self, name: &str) -> Option<String> {
        Some(self.text(name).trim()).filter(|text| !text.is_empty()).map(str::to_owned)
    }

    /// An id chosen from a list; nothing chosen is `None`.
    pub fn id(&self, field: &'static str) -> Result<Option<i64>, DeskError> {
        self.some(field).map(|text| text.parse().map_err(|_| not_listed(field))).transpose()
    }

    pub fn needed_id(&self, field: &'static str) -> Result<i64, DeskError> {
        self.id(field)?.ok_or_else(|| DeskError::invalid(field, Problem::ChooseOne))
    }

    pub fn whole<N: std::str::FromStr>(&self, field: &'static str) -> Result<N, DeskError> {
        let text = self.text(field).trim();
        text.parse().map_err(|_| DeskError::invalid(field, Problem::NotANumber { text: text.to_owned() }))
    }

    /// A day; nothing written is `None`.
    pub fn day(&self, field: &'static str) -> Result<Option<Date>, DeskError> {
        let read =
            |text: String| text.parse().map_err(|_| DeskError::invalid(field, Problem::NotADay { text }));
        self.some(field).map(read).transpose()
    }
}

/// What is wrong with a form, field by field; a field without a name means the whole.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wrong(Vec<(&'static str, String)>);

impl Wrong {
    /// The error of a verb, when it can be shown on the form; everything else is refused.
    pub fn of(reader: &Reader, error: DeskError) -> Result<Self, Refused> {
        match error {
            DeskError::Invalid { field, problem } => {
                Ok(Self(vec![(field, said::problem(reader.locale, &problem))]))
            }
            DeskError::Conflict(problem) => Ok(Self(vec![("", said::problem(reader.locale, &problem))])),
            other @ (DeskError::NotFound
            | DeskError::NotAllowed
            | DeskError::Refused(_)
            | DeskError::Circle(_)
            | DeskError::Store(_)) => Err(Refused::from(other)),
        }
    }

    #[must_use]
    pub fn about(&self, field: &str) -> Option<&str> {
        self.0.iter().find(|(own, _)| *own == field).map(|(_, words)| words.as_str())
    }

    /// For the summary at the top of the form.
    #[must_use]
    pub fn listed(&self) -> Vec<(&str, &str)> {
        self.0.iter().map(|(field, words)| (*field, words.as_str())).collect()
    }

    #[must_use]
    pub const fn status(&self) -> StatusCode {
        if self.0.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY }
    }
}

fn not_listed(field: &'static str) -> DeskError {
    DeskError::invalid(field, Problem::NotListedAnyMore)
}
