//! The ledger in words and figures: who is charged with how much, and each charge with its reason.

use std::collections::BTreeMap;

use domain::custody::WaitFor;
use domain::id::TicketId;
use domain::ledger::{Because, Charge, Holder};
use jiff::SignedDuration;
use maud::{Markup, html};

use super::Chain;
use crate::format::{self, Reader};
use crate::pages::shown;
use crate::t;
use crate::ui::bars::{self, Part, Stacked};
use crate::ui::icon::{Icon, icon};
use crate::ui::panel;

/// What one holder is charged with.
struct Share<'a> {
    label: String,
    elapsed: SignedDuration,
    counted: Option<SignedDuration>,
    charges: Vec<&'a Charge>,
}

pub(super) fn ledger(reader: &Reader, chain: &Chain) -> Markup {
    let locale = reader.locale;
    let shares = shares(reader, chain);
    let total = chain.ledger.elapsed();
    let bar = Stacked {
        title: t!(locale, "charged-title").to_owned(),
        parts: shares
            .iter()
            .map(|share| Part {
                label: share.label.clone(),
                href: None,
                elapsed: share.elapsed,
                working: share.counted,
            })
            .collect(),
        tickets: 1,
        csv: None,
        explain: None,
    };
    html! {
        (bars::stacked(locale, &bar))
        p.charged-sentence { (sentence(reader, &shares, total)) }
        (panel::panel(t!(locale, "charged-holders"), None, &html! {
            ul.ledger { @for share in &shares { li { (row(reader, chain, share, total)) } } }
        }))
    }
}

/// "Charged: Warehouse 3 h, IT 1 h. That sums to 4 h ..."
fn sentence(reader: &Reader, shares: &[Share], total: SignedDuration) -> String {
    let locale = reader.locale;
    let parts: Vec<String> = shares
        .iter()
        .map(|share| format!("{} {}", share.label, format::duration(locale, share.elapsed)))
        .collect();
    t!(locale, "charged-sentence", parts = parts.join(", "), total = format::duration(locale, total))
}

fn shares<'a>(reader: &Reader, chain: &'a Chain) -> Vec<Share<'a>> {
    let calendar = chain.calendar();
    let mut shares: BTreeMap<String, Share> = BTreeMap::new();
    for charge in &chain.ledger.charges {
        let label = holder(reader, chain, charge);
        let share = shares.entry(label.clone()).or_insert_with(|| Share {
            label,
            elapsed: SignedDuration::ZERO,
            counted: calendar.map(|_| SignedDuration::ZERO),
            charges: Vec::new(),
        });
        share.elapsed += charge.elapsed();
        if let (Some(counted), Some(calendar)) = (&mut share.counted, calendar) {
            *counted += calendar.between(charge.from, charge.to);
        }
        share.charges.push(charge);
    }
    let mut shares: Vec<Share> = shares.into_values().collect();
    shares.sort_by_key(|share| std::cmp::Reverse(share.elapsed));
    shares
}

fn holder(reader: &Reader, chain: &Chain, charge: &Charge) -> String {
    let locale = reader.locale;
    if chain.masked.contains(&charge.ticket) {
        return t!(locale, "handoff-confidential").to_owned();
    }
    match charge.holder {
        Holder::Unit { unit, .. } => chain.unit(unit).to_owned(),
        Holder::Requester => chain.asked(charge.ticket).to_owned(),
        Holder::Supplier(supplier) => chain.supplier(locale, supplier).to_owned(),
        Holder::Agreed => t!(locale, "through-agreed").to_owned(),
    }
}

fn row(reader: &Reader, chain: &Chain, share: &Share, total: SignedDuration) -> Markup {
    let locale = reader.locale;
    let part = if total.is_zero() { 0.0 } else { share.elapsed.as_secs_f64() / total.as_secs_f64() };
    html! {
        details {
            summary.ledger-row {
                (icon(Icon::ArrowForward))
                strong { (share.label) }
                span.numeric { (format::duration(locale, share.elapsed)) }
                span.numeric.muted {
                    @if let Some(counted) = share.counted {
                        (t!(locale, "duration-working", time = shown::working(locale, counted)))
                    }
                }
                span.numeric { (format::percent(locale, part)) }
            }
            ol.ledger-charges {
                @for charge in &share.charges {
                    li {
                        span { (shown::span(reader, charge.from, Some(charge.to))) }
                        span.numeric { (format::duration(locale, charge.elapsed())) }
                        span { (ticket(chain, charge.ticket)) " " (because(reader, chain, charge)) }
                    }
                }
            }
        }
    }
}

fn ticket(chain: &Chain, ticket: TicketId) -> Markup {
    match chain.branches.get(&ticket).filter(|_| !chain.masked.contains(&ticket)) {
        Some(branch) => html! { a href={ "/tickets/" (branch.number) } { "#" (branch.number) } },
        None => html! {},
    }
}

/// Why a charge fell on its holder.
pub(super) fn because(reader: &Reader, chain: &Chain, charge: &Charge) -> String {
    let locale = reader.locale;
    if chain.masked.contains(&charge.ticket) {
        return String::new();
    }
    if let Some(late) = charge.late {
        let (asked, running) =
            (waited(reader, chain, charge, late.asked), waited(reader, chain, charge, late.running));
        return t!(locale, "because-late", asked = asked, running = running);
    }
    match (charge.because, charge.holder) {
        (Because::Accepting { wait }, _) => {
            t!(locale, "because-accepting", handoff = waited(reader, chain, charge, wait))
        }
        (_, Holder::Unit { queued: true, .. }) => t!(locale, "because-queued").to_owned(),
        (_, Holder::Unit { person, .. }) => match person.and_then(|person| chain.person(person)) {
            Some(name) => t!(locale, "because-work-by", name = name),
            None => t!(locale, "because-work").to_owned(),
        },
        (_, Holder::Requester) => t!(locale, "because-requester").to_owned(),
        (_, Holder::Supplier(_)) => t!(locale, "because-supplier").to_owned(),
        (_, Holder::Agreed) => t!(locale, "because-agreed").to_owned(),
    }
}

/// Whom a wait of the charge's ticket was for.
fn waited(reader: &Reader, chain: &Chain, charge: &Charge, wait: i64) -> String {
    let locale = reader.locale;
    let waits = chain.lines.get(&charge.ticket).map(|line| line.waits.as_slice()).unwrap_or_default();
    match waits.iter().find(|one| one.id == wait).map(|one| one.on) {
        Some(WaitFor::Handoff(ticket)) => chain.handoff(locale, ticket),
        Some(WaitFor::Requester) => chain.asked(charge.ticket).to_owned(),
        Some(WaitFor::Supplier(supplier)) => chain.supplier(locale, supplier).to_owned(),
        Some(WaitFor::Agreed) => t!(locale, "through-agreed").to_owned(),
        None => String::new(),
    }
}
