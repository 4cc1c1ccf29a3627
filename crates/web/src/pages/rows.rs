//! Tickets as lists show them: one row each, with more of each where a view wants it.

use domain::view::Column;
use maud::Markup;
use store::catalogue::Catalogue;
use store::queue::Entry;
use store::ticket::Because;

use super::shown;
use crate::format::{self, Reader};
use crate::t;
use crate::text::Locale;
use crate::ui::badge::{self, Promise};
use crate::ui::icon::Icon;
use crate::ui::panel;
use crate::ui::queue::{self, Blocked, LastBy, Row};

/// Tickets as a queue shows them.
pub fn rows(reader: &Reader, catalogue: &Catalogue, entries: &[Entry], title: &str) -> Markup {
    with(reader, catalogue, entries, title, &[])
}

/// The same, with more of each.
pub fn with(
    reader: &Reader,
    catalogue: &Catalogue,
    entries: &[Entry],
    title: &str,
    columns: &[Column],
) -> Markup {
    let locale = reader.locale;
    if entries.is_empty() {
        return panel::empty(Icon::Check, t!(locale, "work-empty"), t!(locale, "work-empty-words"), None);
    }
    let lines: Vec<Line> = entries.iter().map(|entry| Line::of(reader, catalogue, entry, columns)).collect();
    let rows: Vec<Row> = lines.iter().map(Line::row).collect();
    queue::queue(reader, title, &rows)
}

/// The texts of a row, kept while it is drawn.
struct Line<'a> {
    entry: &'a Entry,
    href: String,
    number: String,
    requester: String,
    blocks: Option<(String, String)>,
    promise: Promise<'static>,
    reason: Option<String>,
    more: Vec<(&'static str, String)>,
}

impl<'a> Line<'a> {
    fn of(reader: &Reader, catalogue: &Catalogue, entry: &'a Entry, columns: &[Column]) -> Self {
        let done = entry.solved_at.is_some();
        Self {
            entry,
            href: format!("/tickets/{}", entry.number),
            number: format!("#{}", entry.number),
            requester: match entry.asking {
                Some(asking) => format!("{} · {}", catalogue.unit_name(asking), entry.requester),
                None => entry.requester.clone(),
            },
            blocks: entry.blocks.map(|number| (format!("#{number}"), format!("/tickets/{number}"))),
            promise: match entry.because {
                _ if done => Promise::None,
                Because::Age => Promise::None,
                Because::Own | Because::Blocks => shown::due(reader.now, entry.due_at),
            },
            reason: (!done).then(|| shown::place(reader, entry.because, entry.due_at, entry.due_number)),
            more: columns.iter().map(|column| more(reader, catalogue, entry, *column)).collect(),
        }
    }

    fn row(&self) -> Row<'_> {
        let entry = self.entry;
        Row {
            href: &self.href,
            number: &self.number,
            subject: &entry.subject,
            requester: &self.requester,
            organisation: entry.organisation.as_deref(),
            last_by: match entry.last_side {
                Some(domain::event::Side::Serving) => LastBy::Us,
                Some(domain::event::Side::Requesting) => LastBy::Them,
                None => LastBy::Nobody,
            },
            unanswered_since: entry.unanswered_since,
            promise: self.promise,
            priority: shown::priority(entry.priority),
            holder: entry.person.as_ref().map(|(_, name)| name.as_str()),
            unread: entry.unread,
            draft: entry.draft,
            blocks: self.blocks.as_ref().map(|(number, href)| Blocked { number, href }),
            waits_for: u32::try_from(entry.handoffs_open).unwrap_or(0),
            more: &self.more,
            reason: self.reason.as_deref(),
        }
    }
}

/// One thing more of a ticket, with its label.
fn more(reader: &Reader, catalogue: &Catalogue, entry: &Entry, column: Column) -> (&'static str, String) {
    let locale = reader.locale;
    let says = match column {
        Column::Unit => catalogue.unit_name(entry.unit).to_owned(),
        Column::Service => {
            catalogue.services.get(&entry.service).map_or("–", |offer| offer.name.as_str()).to_owned()
        }
        Column::Kind => shown::kind(locale, entry.kind).to_owned(),
        Column::Class => shown::class(locale, entry.class).to_owned(),
        Column::State => {
            let (waiting, handoffs) = (entry.waiting.as_deref(), entry.handoffs_open);
            let state = shown::state(entry.state, waiting, handoffs, entry.asking.is_some());
            badge::state_words(locale, state).to_owned()
        }
        Column::Opened => t!(locale, "views-opened", time = format::relative(reader, entry.opened_at)),
        Column::Changed => t!(locale, "views-changed", time = format::relative(reader, entry.changed_at)),
    };
    (column_words(locale, column), says)
}

/// What a column is called.
pub fn column_words(locale: Locale, column: Column) -> &'static str {
    match column {
        Column::Unit => t!(locale, "filter-unit"),
        Column::Service => t!(locale, "filter-service"),
        Column::Kind => t!(locale, "filter-kind"),
        Column::Class => t!(locale, "filter-class"),
        Column::State => t!(locale, "filter-state"),
        Column::Opened => t!(locale, "filter-opened"),
        Column::Changed => t!(locale, "filter-changed"),
    }
}
