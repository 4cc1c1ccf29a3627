//! Rows of the palette: as options of a list that the keyboard walks, and as plain links.

use desk::search::{Hit, Piece, What};
use maud::{Markup, html};

use crate::pages::search;
use crate::t;
use crate::text::Locale;
use crate::ui::icon::{Icon, icon};

/// Somewhere to go, or something to do.
#[derive(Debug, Clone)]
pub(super) struct Row {
    pub(super) icon: Icon,
    pub(super) label: String,
    pub(super) about: String,
    pub(super) href: String,
    /// The key that does the same, where there is one.
    pub(super) key: Option<&'static str>,
}

#[derive(Debug, Clone)]
pub(super) struct Group {
    pub(super) title: String,
    pub(super) rows: Vec<Row>,
}

impl Group {
    pub(super) fn new(title: impl Into<String>, rows: Vec<Row>) -> Self {
        Self { title: title.into(), rows }
    }
}

impl Row {
    pub(super) fn new(icon: Icon, label: impl Into<String>, href: impl Into<String>) -> Self {
        Self { icon, label: label.into(), about: String::new(), href: href.into(), key: None }
    }

    pub(super) fn about(self, about: impl Into<String>) -> Self {
        Self { about: about.into(), ..self }
    }

    pub(super) fn key(self, key: &'static str) -> Self {
        Self { key: Some(key), ..self }
    }

    pub(super) fn of_hit(hit: &Hit) -> Self {
        let href = search::address(&hit.what);
        match &hit.what {
            What::Ticket { number, subject, requester, .. } => {
                Self::new(Icon::Inbox, format!("#{number} {}", plain(subject)), href).about(plain(requester))
            }
            What::Message { number, words, .. } => {
                Self::new(Icon::Reply, format!("#{number} {}", plain(words)), href)
            }
            What::Note { number, words, .. } => {
                Self::new(Icon::Note, format!("#{number} {}", plain(words)), href)
            }
            What::Person { name, reached, .. } => {
                Self::new(Icon::Person, plain(name), href).about(plain(reached))
            }
            What::Organisation { name, .. } => Self::new(Icon::Organisation, plain(name), href),
        }
    }
}

fn plain(pieces: &[Piece]) -> String {
    pieces.iter().map(|piece| piece.text.as_str()).collect()
}

/// For the dialog: the field keeps the focus, and the option it stands on is named by its id.
pub(super) fn list(locale: Locale, groups: &[Group]) -> Markup {
    let count: usize = groups.iter().map(|group| group.rows.len()).sum();
    let mut place = 0;
    let mut id = move || {
        place += 1;
        format!("palette-{place}")
    };
    html! {
        @for group in groups {
            div.palette-group role="group" aria-label=(group.title) {
                p.palette-title aria-hidden="true" { (group.title) }
                @for row in &group.rows {
                    a.palette-row role="option" aria-selected="false" tabindex="-1" id=(id()) href=(row.href) { (inner(row)) }
                }
            }
        }
        @if count == 0 { p.palette-none { (t!(locale, "palette-none")) } }
        p hidden data-count { (t!(locale, "palette-count", count = count)) }
    }
}

/// For the page: links under headings.
pub(super) fn sections(groups: &[Group]) -> Markup {
    html! {
        @for group in groups {
            section aria-label=(group.title) {
                h2 { (group.title) }
                ul.palette-rows data-list {
                    @for row in &group.rows { li { a.palette-row.queue-subject href=(row.href) { (inner(row)) } } }
                }
            }
        }
    }
}

fn inner(row: &Row) -> Markup {
    html! {
        (icon(row.icon))
        span.palette-label { (row.label) }
        @if !row.about.is_empty() { span.palette-about { (row.about) } }
        @if let Some(key) = row.key { " " kbd { (key) } }
    }
}
