//! The waterfall: one lane for each stay of each ticket with a unit, hand-offs below the ticket they block.

use domain::agreement::Metric;
use domain::clock::Outcome;
use domain::custody::{self, Custody, Holder, WaitFor};
use domain::id::{TicketId, UnitId};
use domain::ledger::{Because, Charge};
use jiff::{SignedDuration, Timestamp};
use store::aside::Branch;

use super::{Chain, charges};
use crate::format::Reader;
use crate::pages::shown;
use crate::t;
use crate::ui::waterfall::{Due, Kind, Lane, Segment, Waterfall};

/// Nights are shaded while there are no more of them than this: else they are only noise.
const MOST_SHADES: usize = 90;

pub(super) fn waterfall(reader: &Reader, chain: &Chain) -> Waterfall {
    let root = &chain.custodies[&chain.root];
    let from = root.opened_at;
    let end = root.lives.last().map_or(chain.now, |life| life.1);
    let due = dues(reader, chain);
    let span = end.duration_since(from).max(SignedDuration::from_mins(30));
    let margin = SignedDuration::from_secs(span.as_secs() / 40);
    let far = end + SignedDuration::from_secs(span.as_secs() / 2);
    let last_due = due.iter().map(|due| due.at).filter(|at| *at <= far).max();
    let to = last_due.map_or(end, |at| at.max(end)) + margin;
    let mut lanes = Vec::new();
    add(reader, chain, chain.root, 0, &mut lanes);
    let shades = chain.calendar().map(|calendar| calendar.off_intervals(from, to)).unwrap_or_default();
    Waterfall {
        from,
        to,
        now: root.running.then_some(chain.now),
        due,
        lanes,
        shades: if shades.len() > MOST_SHADES { Vec::new() } else { shades },
        csv: None,
        explain: None,
    }
}

/// First response and resolution: what the requester was told.
fn dues(reader: &Reader, chain: &Chain) -> Vec<Due> {
    let shown = chain.clocks.iter().filter(|clock| {
        clock.outcome != Outcome::Void && matches!(clock.metric, Metric::FirstResponse | Metric::Resolution)
    });
    shown
        .filter_map(|clock| {
            Some(Due {
                at: clock.due_at?,
                label: shown::metric(reader.locale, clock.metric).to_owned(),
                missed: clock.outcome == Outcome::Missed || clock.is_late(chain.now),
            })
        })
        .collect()
}

fn add(reader: &Reader, chain: &Chain, ticket: TicketId, depth: u8, lanes: &mut Vec<Lane>) {
    let (Some(custody), Some(branch)) = (chain.custodies.get(&ticket), chain.branches.get(&ticket)) else {
        return;
    };
    if chain.masked.contains(&ticket) {
        lanes.push(masked(reader, chain, custody, depth));
        return;
    }
    let mut units: Vec<UnitId> = Vec::new();
    for segment in &custody.segments {
        if !units.contains(&segment.unit) {
            units.push(segment.unit);
        }
    }
    for unit in units {
        lanes.push(lane(reader, chain, custody, branch, unit, depth));
    }
    for below in chain.branches.values().filter(|below| below.parent == Some(ticket)) {
        add(reader, chain, below.id, depth + 1, lanes);
    }
}

fn lane(reader: &Reader, chain: &Chain, custody: &Custody, branch: &Branch, unit: UnitId, depth: u8) -> Lane {
    let charged: Vec<&Charge> =
        chain.ledger.charges.iter().filter(|charge| charge.ticket == branch.id).collect();
    let mut segments: Vec<Segment> = custody
        .segments
        .iter()
        .filter(|segment| segment.unit == unit)
        .flat_map(|segment| cut(reader, chain, custody, segment, &charged))
        .collect();
    slack(chain, branch.id, &mut segments);
    let last = custody.segments.iter().rev().find(|segment| segment.unit == unit && segment.person.is_some());
    let person = last.and_then(|segment| segment.person).and_then(|person| chain.person(person));
    Lane {
        label: chain.unit(unit).to_owned(),
        about: match person {
            Some(person) => format!("#{} · {person}", branch.number),
            None => format!("#{}", branch.number),
        },
        href: Some(format!("/tickets/{}", branch.number)),
        depth,
        segments,
    }
}

/// That time was spent there is said; by whom and why is not.
fn masked(reader: &Reader, chain: &Chain, custody: &Custody, depth: u8) -> Lane {
    let label = t!(reader.locale, "handoff-confidential").to_owned();
    let segments = custody
        .lives
        .iter()
        .map(|(from, to)| Segment {
            from: *from,
            to: *to,
            kind: Kind::Work,
            who: label.clone(),
            why: String::new(),
            working: chain.calendar().map(|calendar| calendar.between(*from, *to)),
            on_path: chain
                .ledger
                .charges
                .iter()
                .any(|charge| charge.ticket == custody.ticket && charge.from < *to && *from < charge.to),
            slack_to: None,
            running: custody.running && *to >= chain.now,
        })
        .collect();
    Lane { label, about: String::new(), href: None, depth, segments }
}

/// A stretch of custody, cut where its charge begins and ends.
fn cut(
    reader: &Reader,
    chain: &Chain,
    custody: &Custody,
    segment: &custody::Segment,
    charged: &[&Charge],
) -> Vec<Segment> {
    let mut pieces = Vec::new();
    let mut reached = segment.from;
    let inside = charged.iter().filter(|charge| charge.from < segment.to && segment.from < charge.to);
    for charge in inside {
        let (from, to) = (charge.from.max(segment.from), charge.to.min(segment.to));
        if reached < from {
            pieces.push((reached, from, None));
        }
        pieces.push((from, to, Some(*charge)));
        reached = to;
    }
    if reached < segment.to {
        pieces.push((reached, segment.to, None));
    }
    pieces
        .into_iter()
        .map(|(from, to, charge)| piece(reader, chain, custody, segment, (from, to), charge))
        .collect()
}

fn piece(
    reader: &Reader,
    chain: &Chain,
    custody: &Custody,
    segment: &custody::Segment,
    (from, to): (Timestamp, Timestamp),
    charge: Option<&Charge>,
) -> Segment {
    let locale = reader.locale;
    let unit = chain.unit(segment.unit);
    let person = segment.person.and_then(|person| chain.person(person));
    let (kind, who) = match &segment.holder {
        Holder::Owner { queued: true } => (Kind::Queued, unit),
        Holder::Owner { queued: false } => (Kind::Work, person.unwrap_or(unit)),
        Holder::Requester => (Kind::Requester, chain.asked(custody.ticket)),
        Holder::Supplier(supplier) => (Kind::Supplier, chain.supplier(locale, *supplier)),
        Holder::Agreed { .. } => (Kind::Agreed, unit),
        Holder::Handoffs(_) => (Kind::Handoff, unit),
        Holder::Administrative => (Kind::Administrative, unit),
    };
    let waiting = match &segment.holder {
        Holder::Handoffs(tickets) => {
            let names: Vec<String> = tickets.iter().map(|one| chain.handoff(locale, *one)).collect();
            t!(locale, "why-handoffs", units = names.join(", "))
        }
        Holder::Owner { .. }
        | Holder::Requester
        | Holder::Supplier(_)
        | Holder::Agreed { .. }
        | Holder::Administrative => String::new(),
    };
    let charged = charge
        .filter(|charge| charge.late.is_some() || matches!(charge.because, Because::Accepting { .. }))
        .map(|charge| charges::because(reader, chain, charge));
    Segment {
        from,
        to,
        kind,
        who: who.to_owned(),
        why: charged.unwrap_or(waiting),
        working: chain.calendar().map(|calendar| calendar.between(from, to)),
        on_path: charge.is_some(),
        slack_to: None,
        running: custody.running && to >= chain.now,
    }
}

/// The end of a hand-off that the ticket itself asked for could have come later by its slack.
fn slack(chain: &Chain, ticket: TicketId, segments: &mut [Segment]) {
    let found =
        chain.ledger.slack.iter().find(|slack| slack.on == WaitFor::Handoff(ticket) && !slack.on_path);
    if let (Some(slack), Some(last)) = (found, segments.last_mut()) {
        last.slack_to = last.to.checked_add(slack.slack).ok();
    }
}
