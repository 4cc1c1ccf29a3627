//! The throughline of a ticket: who had it when, what was asked inside, and which of it the customer waited for.

mod axis;
mod drawing;

use jiff::{SignedDuration, Timestamp};
use maud::{Markup, html};

use super::explain::Explain;
use super::picture::{Picture, picture};
use super::table::{self, figures, words};
use crate::format::{self, Reader};
use crate::t;
use crate::text::Locale;

/// Everything the picture shows; times outside `[from, to)` are cut off.
#[derive(Debug, Clone)]
pub struct Waterfall {
    pub from: Timestamp,
    pub to: Timestamp,
    /// Drawn as a line while the ticket is open.
    pub now: Option<Timestamp>,
    pub due: Vec<Due>,
    /// In the order of the hand-offs: a lane of depth n + 1 hangs below the last lane of depth n.
    pub lanes: Vec<Lane>,
    /// Nights, weekends and holidays of the promise's calendar.
    pub shades: Vec<(Timestamp, Timestamp)>,
    pub csv: Option<String>,
    pub explain: Option<Explain>,
}

/// A promise: the vertical line.
#[derive(Debug, Clone)]
pub struct Due {
    pub at: Timestamp,
    pub label: String,
    pub missed: bool,
}

/// One holder.
#[derive(Debug, Clone)]
pub struct Lane {
    pub label: String,
    /// Second line of the label: the ticket's number, or the person.
    pub about: String,
    pub href: Option<String>,
    pub depth: u8,
    pub segments: Vec<Segment>,
}

/// One stretch of time in one pair of hands.
#[derive(Debug, Clone)]
pub struct Segment {
    pub from: Timestamp,
    pub to: Timestamp,
    pub kind: Kind,
    /// Who had it.
    pub who: String,
    /// Why it was there, or what happened: "asked the warehouse at 14:05".
    pub why: String,
    /// The part of it that counts in the promise's calendar.
    pub working: Option<SignedDuration>,
    pub on_path: bool,
    /// How far its end could have moved without moving the ticket's end.
    pub slack_to: Option<Timestamp>,
    /// Whether it has not ended yet.
    pub running: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Work,
    Queued,
    Handoff,
    Requester,
    Supplier,
    Agreed,
    Administrative,
}

impl Kind {
    pub const ALL: [Kind; 7] = [
        Kind::Work,
        Kind::Queued,
        Kind::Handoff,
        Kind::Requester,
        Kind::Supplier,
        Kind::Agreed,
        Kind::Administrative,
    ];

    const fn class(self) -> &'static str {
        match self {
            Kind::Work => "segment-work",
            Kind::Queued => "segment-queued",
            Kind::Handoff => "segment-handoff",
            Kind::Requester => "segment-requester",
            Kind::Supplier => "segment-supplier",
            Kind::Agreed => "segment-agreed",
            Kind::Administrative => "segment-administrative",
        }
    }
}

/// The picture, its legend and its table.
pub fn waterfall(reader: &Reader, view: &Waterfall) -> Markup {
    let locale = reader.locale;
    let segments: usize = view.lanes.iter().map(|lane| lane.segments.len()).sum();
    let summary = t!(
        locale,
        "waterfall-summary",
        from = format::absolute(reader, view.from),
        to = format::absolute(reader, view.now.unwrap_or(view.to)),
        lanes = view.lanes.len(),
        segments = segments
    );
    picture(
        locale,
        &Picture {
            title: t!(locale, "waterfall-title"),
            summary: &summary,
            drawing: &drawing::drawing(reader, view),
            legend: Some(&legend(locale, view)),
            table: &rows(reader, view),
            csv: view.csv.as_deref(),
            explain: view.explain.as_ref(),
        },
    )
}

pub fn kind_words(locale: Locale, kind: Kind) -> &'static str {
    match kind {
        Kind::Work => t!(locale, "segment-work"),
        Kind::Queued => t!(locale, "segment-queued"),
        Kind::Handoff => t!(locale, "segment-handoff"),
        Kind::Requester => t!(locale, "segment-requester"),
        Kind::Supplier => t!(locale, "segment-supplier"),
        Kind::Agreed => t!(locale, "segment-agreed"),
        Kind::Administrative => t!(locale, "segment-administrative"),
    }
}

/// Who, what, how long and why in one line: the title, the label and the line below the picture.
fn sentence(reader: &Reader, segment: &Segment) -> String {
    let locale = reader.locale;
    let elapsed = format::duration(locale, segment.to.duration_since(segment.from));
    let mut parts = vec![format!("{}: {}", segment.who, kind_words(locale, segment.kind))];
    parts.push(format!("{} – {}", format::absolute(reader, segment.from), end(reader, segment)));
    parts.push(match segment.working {
        Some(working) => {
            format!(
                "{elapsed} ({})",
                t!(locale, "duration-working", time = format::duration(locale, working))
            )
        }
        None => elapsed,
    });
    if segment.on_path {
        parts.push(t!(locale, "waterfall-path").to_owned());
    }
    if let Some(slack) = slack(reader, segment) {
        parts.push(t!(locale, "waterfall-slack-of", time = slack));
    }
    if !segment.why.is_empty() {
        parts.push(segment.why.clone());
    }
    parts.join(" · ")
}

fn end(reader: &Reader, segment: &Segment) -> String {
    if segment.running {
        t!(reader.locale, "waterfall-running").to_owned()
    } else {
        format::absolute(reader, segment.to)
    }
}

fn slack(reader: &Reader, segment: &Segment) -> Option<String> {
    let until = segment.slack_to.filter(|until| *until > segment.to)?;
    Some(format::duration(reader.locale, until.duration_since(segment.to)))
}

fn rows(reader: &Reader, view: &Waterfall) -> Markup {
    let locale = reader.locale;
    let columns = [
        words(t!(locale, "waterfall-holder")),
        words(t!(locale, "waterfall-kind")),
        words(t!(locale, "waterfall-from")),
        words(t!(locale, "waterfall-to")),
        figures(t!(locale, "waterfall-elapsed")),
        figures(t!(locale, "waterfall-working")),
        words(t!(locale, "waterfall-path")),
        figures(t!(locale, "waterfall-slack")),
        words(t!(locale, "waterfall-why")),
    ];
    let rows: Vec<Vec<Markup>> =
        view.lanes.iter().flat_map(|lane| lane.segments.iter().map(|segment| row(reader, segment))).collect();
    table::table(t!(locale, "waterfall-title"), &columns, &rows)
}

fn row(reader: &Reader, segment: &Segment) -> Vec<Markup> {
    let locale = reader.locale;
    let yes_or_no = if segment.on_path { t!(locale, "waterfall-yes") } else { t!(locale, "waterfall-no") };
    vec![
        html! { (segment.who) },
        html! { (kind_words(locale, segment.kind)) },
        html! { time datetime=(segment.from) { (format::absolute(reader, segment.from)) } },
        html! { time datetime=(segment.to) { (end(reader, segment)) } },
        html! { (format::duration(locale, segment.to.duration_since(segment.from))) },
        html! { @if let Some(working) = segment.working { (format::duration(locale, working)) } @else { "–" } },
        html! { (yes_or_no) },
        html! { (slack(reader, segment).as_deref().unwrap_or("–")) },
        html! { (segment.why) },
    ]
}

fn legend(locale: Locale, view: &Waterfall) -> Markup {
    let used =
        |kind: Kind| view.lanes.iter().flat_map(|lane| &lane.segments).any(|segment| segment.kind == kind);
    html! {
        ul.legend {
            @for kind in Kind::ALL.into_iter().filter(|kind| used(*kind)) {
                li { (swatch(&html! { rect class=(kind.class()) x="1" y="3" width="22" height="10" rx="2" {} })) (kind_words(locale, kind)) }
            }
            li { (swatch(&html! { line.through x1="2" y1="8" x2="22" y2="8" {} })) (t!(locale, "waterfall-path")) }
            li { (swatch(&html! { line.slack x1="2" y1="8" x2="22" y2="8" {} })) (t!(locale, "waterfall-slack")) }
            li { (swatch(&html! { line.due x1="12" y1="1" x2="12" y2="15" {} })) (t!(locale, "waterfall-promise")) }
            @if !view.shades.is_empty() {
                li { (swatch(&html! { rect.shade width="24" height="16" {} })) (t!(locale, "waterfall-shade")) }
            }
        }
    }
}

fn swatch(content: &Markup) -> Markup {
    html! { svg.swatch width="24" height="16" aria-hidden="true" focusable="false" { (content) } }
}

#[cfg(test)]
mod tests;
