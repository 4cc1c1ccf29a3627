//! The sample data of the style page.

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use maud::{Markup, html};

use crate::format::{self, Reader};
use crate::text::Locale;
use crate::ui::badge::{Priority, Promise, Tone};
use crate::ui::bars::{Columns, Part, Point, Stacked, spark};
use crate::ui::explain::Explain;
use crate::ui::icon::Icon;
use crate::ui::queue::{Blocked, LastBy, Row};
use crate::ui::servicemap::{Edge, Kept, Node, ServiceMap};
use crate::ui::tile::Tile;
use crate::ui::timeline::Entry;
use crate::ui::waterfall::{Due, Kind, Lane, Segment, Waterfall};

/// A Wednesday morning in Berlin.
pub fn reader(locale: Locale) -> Reader {
    let now = Timestamp::from_second(1_791_964_920).unwrap_or(Timestamp::UNIX_EPOCH);
    Reader { locale, zone: TimeZone::get("Europe/Berlin").unwrap_or(TimeZone::UTC), now }
}

pub fn minutes(reader: &Reader, minutes: i64) -> Timestamp {
    reader.now.checked_add(SignedDuration::from_mins(minutes)).unwrap_or(reader.now)
}

#[allow(clippy::too_many_lines, reason = "one example, told in one piece")]
pub fn waterfall(reader: &Reader) -> Waterfall {
    let at = |hours: f64| minutes(reader, ((hours - 50.0) * 60.0).round() as i64);
    let segment = |from: f64, to: f64, kind: Kind, who: &str, why: &str, on_path: bool| Segment {
        from: at(from),
        to: at(to),
        kind,
        who: who.to_owned(),
        why: why.to_owned(),
        working: Some(SignedDuration::from_mins(((to - from) * 24.0) as i64)),
        on_path,
        slack_to: None,
        running: false,
    };
    let lane = |label: &str, about: &str, depth: u8, segments: Vec<Segment>| Lane {
        label: label.to_owned(),
        about: about.to_owned(),
        href: Some("#".to_owned()),
        depth,
        segments,
    };
    let support = "Customer support";
    Waterfall {
        from: at(0.0),
        to: at(58.0),
        now: Some(at(50.0)),
        due: vec![
            Due { at: at(4.0), label: "First response".to_owned(), missed: false },
            Due { at: at(55.0), label: "Resolution".to_owned(), missed: false },
        ],
        lanes: vec![
            lane(
                support,
                "#1042 · Amara Okafor",
                0,
                vec![
                    segment(0.0, 2.0, Kind::Queued, support, "came in by mail", true),
                    segment(2.0, 6.0, Kind::Work, "Amara Okafor", "read it and asked the warehouse", true),
                    segment(6.0, 34.0, Kind::Handoff, support, "waited for the warehouse", false),
                    segment(
                        34.0,
                        38.0,
                        Kind::Work,
                        "Amara Okafor",
                        "accepted the delivery, asked back",
                        true,
                    ),
                    segment(38.0, 46.0, Kind::Requester, "Mei Tanaka", "asked which pallet it was", true),
                    Segment {
                        running: true,
                        ..segment(46.0, 50.0, Kind::Work, "Amara Okafor", "writes the answer", true)
                    },
                ],
            ),
            lane(
                "Warehouse",
                "#1043 · Jonas Weber",
                1,
                vec![
                    segment(6.0, 12.0, Kind::Queued, "Warehouse", "nobody took it overnight", true),
                    segment(12.0, 16.0, Kind::Work, "Jonas Weber", "looked for the shipment", true),
                    segment(16.0, 29.0, Kind::Handoff, "Warehouse", "waited for IT", false),
                    segment(29.0, 34.0, Kind::Work, "Jonas Weber", "packed the missing cold packs", true),
                ],
            ),
            lane(
                "IT",
                "#1045 · Priya Raman",
                2,
                vec![
                    segment(16.0, 18.0, Kind::Queued, "IT", "waited for the morning", true),
                    segment(18.0, 29.0, Kind::Work, "Priya Raman", "repaired the scanner's table", true),
                ],
            ),
            lane(
                "Cold chain carrier",
                "UC-7",
                2,
                vec![Segment {
                    slack_to: Some(at(29.0)),
                    ..segment(16.0, 24.0, Kind::Supplier, "Polar Freight", "confirmed the pick-up", false)
                }],
            ),
            lane(
                "Accounting",
                "#1044 · Lucía Peña",
                1,
                vec![Segment {
                    slack_to: Some(at(34.0)),
                    ..segment(8.0, 14.0, Kind::Work, "Lucía Peña", "checked the credit note", false)
                }],
            ),
        ],
        shades: vec![(at(8.0), at(23.0)), (at(32.0), at(47.0)), (at(56.0), at(58.0))],
        csv: Some("#".to_owned()),
        explain: Some(explained()),
    }
}

pub fn queue(reader: &Reader) -> Vec<Row<'static>> {
    let row = urgent(reader);
    vec![
        row,
        Row {
            anchor: "ticket-sample-1",
            number: "#1187",
            subject: "Check which shelf the returned scanners went to, before the inventory on Friday starts",
            requester: "Jonas Weber",
            organisation: Some("Warehouse"),
            unanswered_since: None,
            last_by: LastBy::Us,
            promise: Promise::Soon { due_at: minutes(reader, 55) },
            priority: Priority::High,
            unread: false,
            draft: true,
            blocks: Some(Blocked { number: "#1042", href: "#" }),
            waits_for: 0,
            ..row
        },
        Row {
            anchor: "ticket-sample-2",
            number: "#1190",
            woken: true,
            subject: "Where can I see my points?",
            requester: "Søren Østergård",
            organisation: None,
            unanswered_since: Some(minutes(reader, -310)),
            promise: Promise::OnTrack { due_at: minutes(reader, 1700) },
            priority: Priority::Normal,
            holder: None,
            waits_for: 0,
            ..row
        },
        Row {
            anchor: "ticket-sample-3",
            number: "#988",
            subject: "Invoice shows the old address",
            requester: "Fatima El-Sayed",
            organisation: Some("Al Noor Trading"),
            last_by: LastBy::Us,
            unanswered_since: None,
            promise: Promise::Paused { reason: "waits for the requester" },
            priority: Priority::Normal,
            unread: false,
            waits_for: 0,
            ..row
        },
    ]
}

fn urgent(reader: &Reader) -> Row<'static> {
    Row {
        anchor: "ticket-1042",
        choose: Some("1042"),
        href: "#",
        number: "#1042",
        subject: "Second pallet came without the cold packs",
        requester: "Mei Tanaka",
        organisation: Some("Northwind Foods"),
        last_by: LastBy::Them,
        unanswered_since: Some(minutes(reader, -42)),
        promise: Promise::Overdue { due_at: minutes(reader, -75) },
        priority: Priority::Urgent,
        holder: Some("Amara Okafor"),
        unread: true,
        draft: false,
        blocks: None,
        snoozed_until: None,
        merged: false,
        bounced: false,
        woken: false,
        waits_for: 2,
        tags: &[],
        status: None,
        more: &[],
        reason: Some("The resolution promise of the gold agreement is the earliest thing due in your queue."),
    }
}

pub fn tiles() -> Vec<Tile<'static>> {
    let tile = Tile {
        label: "Promises kept",
        value: "92 %",
        basis: "n = 412, last 30 days",
        tone: Tone::Good,
        explain: Some("#"),
    };
    vec![
        tile,
        Tile { label: "Open now", value: "48", basis: "7 more than a week ago", tone: Tone::Quiet, ..tile },
        Tile {
            label: "First-time yield",
            value: "81 %",
            basis: "n = 96 hand-offs",
            tone: Tone::Soon,
            ..tile
        },
        Tile {
            label: "Charged to us",
            value: "31 h",
            basis: "of 120 h in 38 tickets",
            tone: Tone::Bad,
            ..tile
        },
    ]
}

pub fn service_map() -> ServiceMap {
    let names = [
        "Customers",
        "Customer support",
        "Sales",
        "Warehouse",
        "Accounting",
        "IT",
        "Facilities",
        "Suppliers' desk",
        "Human resources",
    ];
    let node = |(position, name): (usize, &&str)| Node {
        label: (*name).to_owned(),
        href: Some("#".to_owned()),
        open: (position > 0).then_some(11 * position as u64 % 47),
        outside: position == 0,
    };
    let edges = [
        (0, 1, 1840, Some(93)),
        (0, 2, 620, Some(97)),
        (1, 3, 410, Some(81)),
        (1, 4, 180, Some(96)),
        (2, 3, 150, Some(90)),
        (2, 4, 90, Some(98)),
        (3, 5, 120, Some(72)),
        (3, 7, 75, Some(88)),
        (4, 5, 44, Some(95)),
        (5, 6, 18, None),
        (1, 5, 160, Some(86)),
        (8, 5, 25, Some(100)),
        (5, 3, 9, Some(70)),
    ];
    ServiceMap {
        nodes: names.iter().enumerate().map(node).collect(),
        edges: edges
            .into_iter()
            .map(|(from, to, volume, percent)| Edge {
                from,
                to,
                volume,
                kept: percent.and_then(|percent| Kept::of(percent, 100)),
                href: Some("#".to_owned()),
            })
            .collect(),
        csv: Some("#".to_owned()),
        explain: None,
    }
}

fn explained() -> Explain {
    Explain {
        formula: "the time charged to a holder, divided by the whole time".to_owned(),
        rows: "every minute of the tickets that were solved in this time".to_owned(),
        n: 38,
        href: Some("#".to_owned()),
    }
}

pub fn stacked() -> Stacked {
    let parts = [
        ("Warehouse", 64),
        ("IT", 41),
        ("Customer support", 33),
        ("Requester", 22),
        ("Polar Freight", 12),
        ("Accounting", 5),
    ];
    Stacked {
        title: "Where the customers' time went".to_owned(),
        parts: parts
            .into_iter()
            .map(|(label, hours)| Part {
                label: label.to_owned(),
                href: Some("#".to_owned()),
                elapsed: SignedDuration::from_hours(hours),
                working: Some(SignedDuration::from_hours(hours / 3)),
            })
            .collect(),
        tickets: 38,
        csv: Some("#".to_owned()),
        explain: Some(explained()),
    }
}

pub fn columns() -> Columns {
    let values = [
        Some(88.0),
        Some(91.0),
        Some(93.5),
        Some(79.0),
        None,
        Some(90.0),
        Some(94.0),
        Some(95.5),
        Some(92.0),
        Some(96.0),
    ];
    Columns {
        title: "Promises kept by week".to_owned(),
        unit: "% kept".to_owned(),
        points: values
            .into_iter()
            .enumerate()
            .map(|(week, value)| Point {
                label: format!("W{}", 32 + week),
                value,
                n: if value.is_some() { 40 + 3 * week as u64 } else { 0 },
                href: Some("#".to_owned()),
            })
            .collect(),
        target: Some((95.0, "promised: 95 %".to_owned())),
        places: 1,
        csv: Some("#".to_owned()),
        explain: None,
    }
}

pub fn timeline(reader: &Reader) -> Vec<Entry<'static>> {
    static ASKED: std::sync::LazyLock<Markup> =
        std::sync::LazyLock::new(|| html! { "asked " a href="#" { "Warehouse" } });
    static TOOK: std::sync::LazyLock<Markup> = std::sync::LazyLock::new(|| html! { "took the ticket" });
    vec![
        Entry { at: minutes(reader, -3000), icon: Icon::Person, who: "Amara Okafor", what: &TOOK },
        Entry { at: minutes(reader, -2600), icon: Icon::Handoff, who: "Amara Okafor", what: &ASKED },
        Entry { at: minutes(reader, -30), icon: Icon::Clock, who: "The desk", what: &TOOK },
    ]
}

pub fn units(locale: Locale) -> Vec<Vec<Markup>> {
    let rows = [
        ("Customer support", "Amara Okafor", 48, 0.92, [4.0, 5.0, 3.0, 6.0, 8.0, 7.0]),
        ("Warehouse", "Jonas Weber", 31, 0.81, [8.0, 7.0, 7.5, 6.0, 4.0, 5.0]),
        ("IT", "Priya Raman", 1205, 0.72, [2.0, 2.0, 3.0, 2.5, 4.0, 2.0]),
    ];
    rows.into_iter()
        .map(|(unit, lead, open, kept, trend)| {
            vec![
                html! { a href="#" { (unit) } },
                html! { (lead) },
                html! { (format::number(locale, open)) },
                html! { (format::percent(locale, kept)) },
                spark("Promises kept in the last six weeks", &trend),
            ]
        })
        .collect()
}
