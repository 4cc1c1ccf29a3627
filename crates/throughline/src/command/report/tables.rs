//! Reports as tables for people.

use desk::report::{Group, durations, handoffs, hours, ledger, promises};
use jiff::SignedDuration;

use crate::failure::Failure;
use crate::table::{self, Align};

use Align::{Left, Right};

pub(crate) fn handoffs(rows: &[handoffs::Row]) -> Result<(), Failure> {
    let total: u64 = rows.iter().map(|row| row.count).sum();
    let cells: Vec<_> =
        rows.iter().map(|row| vec![row.from.clone(), row.to.clone(), row.count.to_string()]).collect();
    let foot = format!("n = {total} hand-offs between {} pairs of units", rows.len());
    table::print(&[("from", Left), ("to", Left), ("count", Right)], &cells, &foot)
}

pub(crate) fn pingpong(rows: &[handoffs::PingPong]) -> Result<(), Failure> {
    let total: u64 = rows.iter().map(|row| row.count).sum();
    let cells: Vec<_> =
        rows.iter().map(|row| vec![row.a.clone(), row.b.clone(), row.count.to_string()]).collect();
    let foot = format!("n = {total} times there and straight back");
    table::print(&[("a", Left), ("b", Left), ("count", Right)], &cells, &foot)
}

pub(crate) fn promises(rows: &[promises::Row]) -> Result<(), Failure> {
    let n: u64 = rows.iter().map(|row| row.n).sum();
    let kept: u64 = rows.iter().map(|row| row.kept).sum();
    let cells: Vec<_> = rows
        .iter()
        .map(|row| {
            vec![
                word(&row.group),
                match row.source {
                    promises::Source::Own => "own".to_owned(),
                    promises::Source::Imported => "imported".to_owned(),
                },
                row.kept.to_string(),
                row.missed.to_string(),
                row.n.to_string(),
                percent(row.kept, row.n),
                row.imported_kept.to_string(),
                row.imported_missed.to_string(),
            ]
        })
        .collect();
    let head = [
        (title(rows.first().map(|row| &row.group)), Left),
        ("source", Left),
        ("kept", Right),
        ("missed", Right),
        ("n", Right),
        ("kept %", Right),
        ("imported kept", Right),
        ("imported missed", Right),
    ];
    let foot = format!("n = {n} tickets with a verdict, {kept} of them kept ({})", percent(kept, n));
    table::print(&head, &cells, &foot)
}

pub(crate) fn durations(rows: &[durations::Row]) -> Result<(), Failure> {
    let figure = |value: Option<f64>| value.map_or_else(|| "-".to_owned(), |value| format!("{value:.2}"));
    let cells: Vec<_> = rows
        .iter()
        .map(|row| {
            let measure = match row.measure {
                durations::Measure::OpenToSolved => "open to solved",
                durations::Measure::OpenToClosed => "open to closed",
            };
            let mut cells =
                vec![word(&row.group), measure.to_owned(), row.n.to_string(), row.open.to_string()];
            let figures = [row.mean, row.p25, row.p50, row.p75, row.p90, row.p95];
            cells.extend(figures.into_iter().map(figure));
            cells
        })
        .collect();
    let mut head = vec![(title(rows.first().map(|row| &row.group)), Left), ("measure", Left)];
    head.extend(["n", "open", "mean", "p25", "p50", "p75", "p90", "p95"].map(|title| (title, Right)));
    table::print(&head, &cells, "hours by the clock on the wall; quantiles of type 7")
}

pub(crate) fn ledger(report: &ledger::Report) -> Result<(), Failure> {
    let cells: Vec<_> = report
        .rows
        .iter()
        .map(|row| {
            vec![
                word(&row.group),
                row.tickets.to_string(),
                format!("{:.2}", hours(row.elapsed)),
                row.working.map_or_else(|| "-".to_owned(), |working| format!("{:.2}", hours(working))),
                row.without_promise.to_string(),
                share(row.elapsed, report.elapsed),
            ]
        })
        .collect();
    let head = [
        (title(report.rows.first().map(|row| &row.group)), Left),
        ("tickets", Right),
        ("elapsed h", Right),
        ("working h", Right),
        ("without promise", Right),
        ("share", Right),
    ];
    let foot = format!(
        "n = {} solved tickets; the rows sum to {:.2} h, which is all their time from opening to solution",
        report.tickets,
        hours(report.elapsed)
    );
    table::print(&head, &cells, &foot)
}

fn title(group: Option<&Group>) -> &'static str {
    match group {
        Some(Group::Week(_)) => "week",
        Some(Group::Priority(_)) => "priority",
        Some(Group::Unit(_)) => "unit",
        Some(Group::Service(_)) => "service",
        Some(Group::Holder(_)) => "holder",
        None => "",
    }
}

fn word(group: &Group) -> String {
    group.word().unwrap_or_else(|| "(no unit of ours)".to_owned())
}

#[expect(clippy::cast_precision_loss, reason = "a percentage with one decimal")]
fn percent(part: u64, whole: u64) -> String {
    if whole == 0 { "-".to_owned() } else { format!("{:.1} %", 100.0 * part as f64 / whole as f64) }
}

fn share(part: SignedDuration, whole: SignedDuration) -> String {
    if whole.is_zero() {
        return "-".to_owned();
    }
    format!("{:.1} %", 100.0 * part.as_secs_f64() / whole.as_secs_f64())
}
