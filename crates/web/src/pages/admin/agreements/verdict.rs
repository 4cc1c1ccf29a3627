//! Whether a promise can be kept by the usual plan, in words, with the walk from the worst start.

use desk::DeskError;
use desk::agreements::{Draft, Finding as Found, JudgedTarget};
use domain::agreement::{AgreementKind, Metric, Target};
use domain::feasibility::{Stage, Walk};
use domain::priority::Priority;
use jiff::SignedDuration;
use maud::{Markup, html};
use store::catalogue::Catalogue;

use super::Finding;
use crate::format::{self, Reader};
use crate::said;
use crate::t;
use crate::text::Locale;
use crate::ui::badge::{Tone, badge};
use crate::ui::icon::Icon;
use crate::ui::table::{figures, table, words};

pub fn verdict(reader: &Reader, catalogue: &Catalogue, finding: Option<&Finding>) -> Markup {
    let locale = reader.locale;
    match finding {
        None => html! { p.muted { (t!(locale, "admin-verdict-not-yet")) } },
        Some(Err(DeskError::Invalid { problem, .. } | DeskError::Conflict(problem))) => html! {
            p.muted { (t!(locale, "admin-verdict-not-yet")) }
            p { (said::problem(locale, problem)) }
        },
        Some(Err(_)) => html! { p.muted { (t!(locale, "admin-verdict-not-yet")) } },
        Some(Ok((draft, judged))) => html! {
            @if judged.targets.is_empty() { p.muted { (t!(locale, "admin-verdict-no-resolution")) } }
            @for target in &judged.targets { (one(reader, catalogue, draft, target, judged.worst().is_some_and(|(place, ..)| place == target.place))) }
        },
    }
}

fn one(reader: &Reader, catalogue: &Catalogue, draft: &Draft, judged: &JudgedTarget, open: bool) -> Markup {
    let locale = reader.locale;
    let Some(target) = draft.targets.get(judged.place) else { return html! {} };
    let promise = t!(
        locale,
        "admin-verdict-promise",
        metric = metric_name(locale, target.metric),
        priority = priority_name(locale, target.priority),
        time = whole_hours(locale, target.within)
    );
    html! {
        section.verdict {
            h3 { (promise) }
            (found(reader, catalogue, &judged.finding, open))
            @if let Some(chance) = &judged.chance {
                p.muted { (t!(locale, "admin-verdict-chance", share = format::percent(locale, chance.share()), draws = format::number(locale, i64::from(chance.draws)))) }
            }
        }
    }
}

fn found(reader: &Reader, catalogue: &Catalogue, finding: &Found, open: bool) -> Markup {
    let locale = reader.locale;
    match finding {
        Found::NoPlan => html! {
            p { (badge(Tone::Waiting, Some(Icon::Info), t!(locale, "admin-verdict-cannot-tell"))) " " (t!(locale, "admin-verdict-no-plan")) }
        },
        Found::PlanBroken { problem } => html! {
            p { (badge(Tone::Soon, Some(Icon::Warning), t!(locale, "admin-verdict-cannot-tell"))) " " (t!(locale, "admin-verdict-broken", problem = said::problem(locale, problem))) }
        },
        Found::CannotTell { stage } => html! {
            p { (badge(Tone::Soon, Some(Icon::Warning), t!(locale, "admin-verdict-cannot-tell"))) " " (t!(locale, "admin-verdict-stage", stage = stage.to_string())) }
        },
        Found::Fits { spare, worst } => html! {
            p { (badge(Tone::Good, Some(Icon::Check), t!(locale, "admin-verdict-fits"))) " " (t!(locale, "admin-verdict-spare", time = whole_hours(locale, *spare))) }
            (walk(reader, catalogue, worst, open))
        },
        Found::DoesNotFit { missing, binding, worst } => html! {
            p { (badge(Tone::Bad, Some(Icon::Cross), t!(locale, "admin-verdict-does-not-fit"))) " " (t!(locale, "admin-verdict-binding", time = whole_hours(locale, *missing), unit = binding.to_string())) }
            (walk(reader, catalogue, worst, open))
        },
    }
}

/// The longest path from the start at which it is tightest.
fn walk(reader: &Reader, catalogue: &Catalogue, walk: &Walk, open: bool) -> Markup {
    let locale = reader.locale;
    let columns = [
        words(t!(locale, "admin-walk-stage")),
        words(t!(locale, "admin-walk-from")),
        words(t!(locale, "admin-walk-to")),
        figures(t!(locale, "admin-walk-takes")),
    ];
    let rows: Vec<Vec<Markup>> = walk
        .legs
        .iter()
        .map(|leg| {
            vec![
                html! { (stage_name(locale, catalogue, leg.stage)) },
                html! { (format::absolute(reader, leg.from)) },
                html! { (format::absolute(reader, leg.to)) },
                html! { (format::duration(locale, leg.to.duration_since(leg.from))) },
            ]
        })
        .collect();
    html! {
        p { (t!(locale, "admin-walk-worst", start = format::absolute(reader, walk.started_at), finish = format::absolute(reader, walk.finished_at), due = format::absolute(reader, walk.due_at))) }
        details.disclosure open[open] {
            summary { (t!(locale, "admin-walk")) }
            (table(t!(locale, "admin-walk"), &columns, &rows))
        }
    }
}

fn stage_name(locale: Locale, catalogue: &Catalogue, stage: Stage) -> String {
    let unit = catalogue.unit_name(stage.unit);
    let service = stage.service.and_then(|id| catalogue.services.get(&id));
    service.map_or_else(
        || t!(locale, "admin-walk-own", unit = unit.to_owned()),
        |offer| format!("{unit} ({})", offer.name),
    )
}

/// What a version promises: one line for each metric, with its priorities behind one another.
pub fn promises(locale: Locale, catalogue: &Catalogue, targets: &[Target]) -> Markup {
    let alike = |one: &Target, two: &Target| {
        one.metric == two.metric && one.calendar == two.calendar && one.quantile == two.quantile
    };
    html! {
        ul.plain {
            @for group in targets.chunk_by(alike) {
                @let first = &group[0];
                li {
                    (metric_name(locale, first.metric)) ": "
                    @for (place, target) in group.iter().enumerate() {
                        @if place > 0 { " · " }
                        (priority_name(locale, target.priority)) " " strong.whole { (whole_hours(locale, target.within)) }
                    }
                    " " span.muted { (catalogue.calendars.get(&first.calendar).map_or("–", |own| own.name.as_str())) }
                    @if let Some(share) = first.quantile { span.muted { ", " (t!(locale, "admin-share", share = format::percent(locale, share))) } }
                }
            }
        }
    }
}

/// Working time is said in hours, never in days, whose length depends on the calendar.
pub fn whole_hours(locale: Locale, time: SignedDuration) -> String {
    let minutes = time.as_secs() / 60;
    match (minutes / 60, minutes % 60) {
        (0, minutes) => t!(locale, "duration-minutes", minutes = minutes),
        (hours, 0) => t!(locale, "duration-hours", hours = hours),
        (hours, minutes) => t!(locale, "duration-hours-minutes", hours = hours, minutes = minutes),
    }
}

pub fn kind_name(locale: Locale, kind: AgreementKind) -> &'static str {
    match kind {
        AgreementKind::Sla => t!(locale, "admin-kind-sla"),
        AgreementKind::Ola => t!(locale, "admin-kind-ola"),
        AgreementKind::Uc => t!(locale, "admin-kind-uc"),
    }
}

pub fn metric_name(locale: Locale, metric: Metric) -> &'static str {
    match metric {
        Metric::FirstResponse => t!(locale, "admin-metric-first-response"),
        Metric::NextResponse => t!(locale, "admin-metric-next-response"),
        Metric::Resolution => t!(locale, "admin-metric-resolution"),
        Metric::NextUpdate => t!(locale, "admin-metric-next-update"),
        Metric::Acceptance => t!(locale, "admin-metric-acceptance"),
    }
}

fn priority_name(locale: Locale, priority: Option<Priority>) -> String {
    priority.map_or_else(|| t!(locale, "admin-priority-any").to_owned(), |own| format!("P{}", own.number()))
}
