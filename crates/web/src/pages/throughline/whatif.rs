//! What if a hand-off had taken another time: when the ticket would have been solved, and what each change saves.

use domain::agreement::{AgreementKind, Metric};
use domain::ledger::whatif::{self, Change, Target};
use jiff::SignedDuration;
use maud::{Markup, html};
use store::aside::Branch;
use store::catalogue::Promised;

use super::Chain;
use crate::format::{self, Reader};
use crate::pages::shown;
use crate::t;
use crate::ui::button::{self, Weight};
use crate::ui::field::{self, Choice, Field, Kind};
use crate::ui::icon::Icon;
use crate::ui::table::{self, figures, words};

/// The longest list of changes that is looked at.
const MOST: usize = 10;

/// A hand-off by its number, and how long it takes instead.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Wish {
    number: i64,
    hours: f64,
}

/// `whatif=NUMBER:HOURS` any number of times, and the form's own `handoff` and `hours` after them.
pub(super) fn wishes(query: &str) -> Vec<Wish> {
    let fields: Vec<(String, String)> = serde_html_form::from_str(query).unwrap_or_default();
    let wish = |number: &str, hours: &str| {
        let hours: f64 = hours.trim().replace(',', ".").parse().ok()?;
        let number = number.parse().ok()?;
        (hours.is_finite() && (0.0..=100_000.0).contains(&hours)).then_some(Wish { number, hours })
    };
    let of = |name: &str| fields.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value.as_str());
    let earlier = fields.iter().filter(|(key, _)| key == "whatif");
    let mut wishes: Vec<Wish> = earlier
        .filter_map(|(_, value)| value.split_once(':').and_then(|(number, hours)| wish(number, hours)))
        .collect();
    if let Some(new) = wish(of("handoff"), of("hours")) {
        wishes.retain(|wish| wish.number != new.number);
        wishes.push(new);
    }
    wishes.truncate(MOST);
    wishes
}

pub(super) fn show(reader: &Reader, chain: &Chain, wishes: &[Wish]) -> Markup {
    let known: Vec<(Wish, &Branch)> = wishes
        .iter()
        .filter_map(|wish| {
            let mut named = handoffs(chain);
            Some((*wish, named.find(|branch| branch.number == wish.number)?))
        })
        .collect();
    html! {
        p { (t!(reader.locale, "whatif-words")) }
        (form(reader, chain, &known))
        @if !known.is_empty() { (outcome(reader, chain, &known)) }
    }
}

fn handoffs(chain: &Chain) -> impl Iterator<Item = &Branch> {
    chain.branches.values().filter(|branch| branch.id != chain.root && !chain.masked.contains(&branch.id))
}

fn form(reader: &Reader, chain: &Chain, known: &[(Wish, &Branch)]) -> Markup {
    let locale = reader.locale;
    let labels: Vec<(String, String)> =
        handoffs(chain).map(|branch| (branch.number.to_string(), label(reader, chain, branch))).collect();
    let choices: Vec<Choice> =
        labels.iter().map(|(value, label)| Choice { value, label, help: None }).collect();
    let costliest = handoffs(chain).max_by_key(|branch| charged(chain, branch));
    let hours = costliest
        .and_then(|branch| promised(chain, branch))
        .map_or_else(String::new, |within| format!("{}", within.as_secs() / 3600));
    let first = costliest.map_or_else(String::new, |branch| branch.number.to_string());
    html! {
        form.whatif action={ "/tickets/" (chain.number) "/throughline" } {
            @for (wish, _) in known { input type="hidden" name="whatif" value={ (wish.number) ":" (wish.hours) }; }
            (field::select(locale, &Field::new("handoff", t!(locale, "whatif-handoff")).value(&first).required(), &choices))
            (field::input(locale, Kind::Text, &Field::new("hours", t!(locale, "whatif-hours")).value(&hours).required()))
            (button::submit(Weight::Primary, Some(Icon::Throughline), t!(locale, "whatif-ask")))
            @if !known.is_empty() {
                (button::link(Weight::Quiet, None, t!(locale, "whatif-clear"), &format!("/tickets/{}/throughline", chain.number)))
            }
        }
    }
}

/// "Warehouse #1043: took 9 h, promised 8 h".
fn label(reader: &Reader, chain: &Chain, branch: &Branch) -> String {
    let locale = reader.locale;
    let took = format::duration(locale, took(chain, branch));
    let unit = chain.unit(branch.unit);
    match promised(chain, branch) {
        Some(within) => t!(
            locale,
            "whatif-label-promised",
            unit = unit,
            number = branch.number.to_string(),
            took = took,
            within = shown::working(locale, within)
        ),
        None => {
            t!(locale, "whatif-label", unit = unit, number = branch.number.to_string(), took = took)
        }
    }
}

/// How long the ticket above it waited for a hand-off.
fn took(chain: &Chain, branch: &Branch) -> SignedDuration {
    let waits = branch.parent.and_then(|parent| chain.lines.get(&parent)).map(|line| line.waits.as_slice());
    let of = domain::custody::WaitFor::Handoff(branch.id);
    let all = waits.unwrap_or_default().iter().filter(|wait| wait.on == of);
    all.map(|wait| wait.to.duration_since(wait.from)).sum()
}

fn charged(chain: &Chain, branch: &Branch) -> SignedDuration {
    let own = chain.ledger.charges.iter().filter(|charge| charge.ticket == branch.id);
    own.map(domain::ledger::Charge::elapsed).sum()
}

/// The working time that an agreement between the units promises for it.
fn promised(chain: &Chain, branch: &Branch) -> Option<SignedDuration> {
    let promised = Promised {
        service: branch.service,
        class: branch.class,
        asking: branch.asking,
        priority: branch.priority?,
        opened_at: branch.opened_at,
    };
    let targets = chain.catalogue.targets(&promised);
    let ola = targets
        .into_iter()
        .find(|target| target.kind == AgreementKind::Ola && target.metric == Metric::Resolution)?;
    Some(ola.within)
}

fn outcome(reader: &Reader, chain: &Chain, known: &[(Wish, &Branch)]) -> Markup {
    let locale = reader.locale;
    let changes: Vec<Change> = known
        .iter()
        .map(|(wish, branch)| Change {
            target: Target::Handoff(branch.id),
            duration: SignedDuration::from_secs((wish.hours * 3600.0).round() as i64),
        })
        .collect();
    let found = match whatif::with(&chain.lines, chain.root, &changes) {
        Ok(found) => found,
        Err(cause) => return html! { p.field-error role="alert" { (cause) } },
    };
    let columns = [
        words(t!(locale, "whatif-handoff")),
        figures(t!(locale, "whatif-took")),
        figures(t!(locale, "whatif-instead")),
        figures(t!(locale, "whatif-alone")),
    ];
    let rows: Vec<Vec<Markup>> = known
        .iter()
        .zip(&changes)
        .zip(&found.alone)
        .map(|(((_, branch), change), alone)| {
            vec![
                html! { (chain.handoff(locale, branch.id)) },
                html! { (format::duration(locale, took(chain, branch))) },
                html! { (format::duration(locale, change.duration)) },
                html! { (saved(reader, *alone)) },
            ]
        })
        .collect();
    html! {
        p.whatif-outcome role="status" {
            @if found.saving.is_zero() { (t!(locale, "whatif-nothing")) }
            @else if chain.ledger.provisional { (t!(locale, "whatif-now", saving = saved(reader, found.saving))) }
            @else { (t!(locale, "whatif-solved", time = format::absolute(reader, found.solved), saving = saved(reader, found.saving))) }
        }
        div { (table::table(t!(locale, "whatif-title"), &columns, &rows)) }
        @if known.len() > 1 { p.muted { (t!(locale, "whatif-joint", saving = saved(reader, found.saving))) } }
    }
}

fn saved(reader: &Reader, saving: SignedDuration) -> String {
    let time = format::duration(reader.locale, saving);
    if saving.is_zero() {
        t!(reader.locale, "whatif-no-saving").to_owned()
    } else if saving.is_negative() {
        t!(reader.locale, "whatif-later", time = time)
    } else {
        t!(reader.locale, "whatif-earlier", time = time)
    }
}
