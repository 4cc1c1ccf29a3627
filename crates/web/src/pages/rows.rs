//! Tickets as lists show them: one row each, with more of each where a view wants it.

use domain::status::Status;
use domain::view::{Column, Sort};
use maud::{Markup, html};
use store::catalogue::Catalogue;
use store::filtered::Mark;
use store::queue::Entry;
use store::ticket::Because;

use super::listing::Listing;
use super::listing::reached::Carries;
use super::shown;
use crate::format::{self, Reader};
use crate::t;
use crate::text::Locale;
use crate::ui::badge::{self, Promise};
use crate::ui::icon::Icon;
use crate::ui::panel;
use crate::ui::queue::{self, Blocked, LastBy, Row};

/// The list in which rows stand: the pages of their tickets know it, and they can be chosen there.
#[derive(Debug, Clone, Copy)]
pub struct Within<'a> {
    pub listing: &'a Listing,
    /// An order that the list knows.
    pub sort: Sort,
    /// Where the page of the list began, as its address says it.
    pub page: Option<&'a str>,
}

/// Tickets as a queue shows them.
pub fn rows(reader: &Reader, catalogue: &Catalogue, entries: &[Entry], title: &str) -> Markup {
    with(reader, catalogue, entries, title, &[], None)
}

/// The same, with more of each, in a list.
pub fn with(
    reader: &Reader,
    catalogue: &Catalogue,
    entries: &[Entry],
    title: &str,
    columns: &[Column],
    within: Option<Within<'_>>,
) -> Markup {
    let locale = reader.locale;
    if entries.is_empty() {
        return panel::empty(Icon::Check, t!(locale, "work-empty"), t!(locale, "work-empty-words"), None);
    }
    let reached = within.map(|within| (Carries::of(within.listing, within.page), within.sort));
    let lines: Vec<Line> =
        entries.iter().map(|entry| Line::of(reader, catalogue, entry, columns, reached.as_ref())).collect();
    let rows: Vec<Row> = lines.iter().map(Line::row).collect();
    queue::queue(reader, title, &rows)
}

/// The way on from a page of a list.
#[derive(Debug, Clone, Copy)]
pub enum On<'a> {
    Next(&'a str),
    /// What follows was not looked at yet, which its reader decides; with words about it.
    Look(&'a str, Option<&'a str>),
}

/// One page of a list, which refreshes by itself, and the way on. When the way to the next page comes into
/// sight, that page takes its place; without scripts it is a link.
pub fn page(locale: Locale, here: &str, on: Option<On<'_>>, content: &Markup) -> Markup {
    html! {
        div.queue-part data-refresh hx-get=(here) hx-trigger="refresh" hx-select=".queue-part" hx-swap="outerMorph" {
            (content)
        }
        @match on {
            None => {}
            Some(On::Next(href)) => (way_on(href, "revealed", None, t!(locale, "views-more"))),
            Some(On::Look(href, words)) => (way_on(href, "never", words, t!(locale, "views-look-on"))),
        }
    }
}

fn way_on(href: &str, trigger: &str, words: Option<&str>, label: &str) -> Markup {
    html! {
        div.queue-more hx-get=(href) hx-trigger=(trigger) hx-select=".queue-part, .queue-more" hx-swap="outerHTML" {
            @if let Some(words) = words { p.muted { (words) } }
            a.button href=(href) rel="next" { (label) }
        }
    }
}

/// The texts of a row, kept while it is drawn.
struct Line<'a> {
    entry: &'a Entry,
    anchor: String,
    choose: Option<String>,
    href: String,
    number: String,
    requester: String,
    blocks: Option<(String, String)>,
    promise: Promise<'static>,
    reason: Option<String>,
    more: Vec<(&'static str, String)>,
    /// Where it stands, by a name of one's own; not where a column says it.
    status: Option<(badge::State, &'a str)>,
}

impl<'a> Line<'a> {
    fn of(
        reader: &Reader,
        catalogue: &'a Catalogue,
        entry: &'a Entry,
        columns: &[Column],
        reached: Option<&(Carries, Sort)>,
    ) -> Self {
        let done = entry.solved_at.is_some();
        let address = format!("/tickets/{}", entry.number);
        Self {
            entry,
            anchor: format!("ticket-{}", entry.number),
            choose: reached.map(|_| entry.number.to_string()),
            href: match reached {
                Some((carried, sort)) => format!("{address}?{}", carried.query(Mark::of(entry, *sort))),
                None => address,
            },
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
            status: status(catalogue, entry)
                .filter(|_| !columns.contains(&Column::Status))
                .map(|status| (state(entry), status.name.as_str())),
        }
    }

    fn row(&self) -> Row<'_> {
        let entry = self.entry;
        Row {
            anchor: &self.anchor,
            choose: self.choose.as_deref(),
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
            snoozed_until: entry.snoozed_until,
            woken: entry.woken,
            merged: entry.merged,
            bounced: entry.bounced,
            waits_for: u32::try_from(entry.handoffs_open).unwrap_or(0),
            tags: &entry.tags,
            more: &self.more,
            status: self.status,
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
        Column::State => badge::state_words(locale, state(entry)).to_owned(),
        Column::Status => match status(catalogue, entry) {
            Some(status) => status.name.clone(),
            None => badge::state_words(locale, state(entry)).to_owned(),
        },
        Column::Opened => t!(locale, "views-opened", time = format::relative(reader, entry.opened_at)),
        Column::Changed => t!(locale, "views-changed", time = format::relative(reader, entry.changed_at)),
    };
    (column_words(locale, column), says)
}

fn status<'a>(catalogue: &'a Catalogue, entry: &Entry) -> Option<&'a Status> {
    entry.status.and_then(|status| catalogue.status(status))
}

fn state(entry: &Entry) -> badge::State {
    let (waiting, handoffs) = (entry.waiting.as_deref(), entry.handoffs_open);
    shown::state(entry.state, waiting, handoffs, entry.asking.is_some())
}

/// What a column is called.
pub fn column_words(locale: Locale, column: Column) -> &'static str {
    match column {
        Column::Unit => t!(locale, "filter-unit"),
        Column::Service => t!(locale, "filter-service"),
        Column::Kind => t!(locale, "filter-kind"),
        Column::Class => t!(locale, "filter-class"),
        Column::State => t!(locale, "filter-state"),
        Column::Status => t!(locale, "status-of-ticket"),
        Column::Opened => t!(locale, "filter-opened"),
        Column::Changed => t!(locale, "filter-changed"),
    }
}
