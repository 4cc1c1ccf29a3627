//! What is marked as quoted: lines behind `>`, and elements of a page.

use super::{Fold, block, introduction};
use crate::html::{Drawn, Page};

/// The folds of a text by its marks alone.
pub(super) fn folds(lines: &[&str]) -> Vec<Option<Fold>> {
    let mut folds: Vec<_> = lines.iter().map(|line| is_quoted(line).then_some(Fold::Quote)).collect();
    for at in 1..lines.len().saturating_sub(1) {
        let is_between = folds[at - 1].is_some() && folds[at].is_none() && folds[at + 1].is_some();
        if is_between && is_rest_of_a_link(lines[at]) {
            folds[at] = Some(Fold::Quote);
        }
    }
    folds
}

/// Lines behind `>`, also behind initials as in `KM>`, but no line between arrows.
pub(super) fn is_quoted(line: &str) -> bool {
    let line = line.trim_start_matches([' ', '\t']);
    if let Some(rest) = line.strip_prefix('>') {
        return !rest.starts_with("From ") && !rest.trim_end().ends_with("<<");
    }
    let initials = line.bytes().take(4).take_while(u8::is_ascii_uppercase).count();
    (1..=3).contains(&initials) && line[initials..].starts_with("> ")
}

/// What a program writes around words that it signed.
pub(super) fn fold_armour(lines: &[&str], folds: &mut [Option<Fold>]) {
    let mut last: Option<&str> = None;
    for (line, fold) in lines.iter().zip(folds) {
        last = match line.trim() {
            "-----BEGIN PGP SIGNED MESSAGE-----" => Some(""),
            "-----BEGIN PGP SIGNATURE-----" => Some("-----END PGP SIGNATURE-----"),
            _ => last,
        };
        let Some(end) = last else { continue };
        *fold = Some(Fold::Signature);
        if line.trim() == end {
            last = None;
        }
    }
}

/// Programs break links inside of what they quote and forget to mark the rest.
fn is_rest_of_a_link(line: &str) -> bool {
    let line = line.trim();
    let first = line.split_whitespace().next().unwrap_or_default();
    let is_link =
        first.contains("://") || first.ends_with(')') && !first.contains('(') || first.ends_with('>');
    is_link && line[first.len()..].trim_matches([' ', '>', ')']).is_empty()
}

/// Quotations that the writer made are part of what was written.
pub(super) fn keep_own(page: &Page, lines: &[&str], folds: &mut [Option<Fold>]) {
    let mut at = 0;
    while at < lines.len() {
        let drawn = page.lines[at].drawn;
        let end = (at..lines.len()).find(|line| page.lines[*line].drawn != drawn).unwrap_or(lines.len());
        let is_last = !page.lines[end..].iter().any(|line| line.is_quoted);
        let is_own = match drawn {
            Drawn::Never => false,
            Drawn::Inside => !is_last && !is_introduced(lines, at, end),
            Drawn::Alone => !is_introduced(lines, at, end),
        };
        if is_own {
            folds[at..end].fill(None);
        }
        at = end;
    }
}

/// Whether the lines above, or the first ones inside, say who wrote what is quoted.
fn is_introduced(lines: &[&str], at: usize, end: usize) -> bool {
    let written = |line: &usize| !lines[*line].trim().is_empty();
    let above: Vec<usize> =
        (at.saturating_sub(50)..at).rev().filter(written).take(introduction::LINES).collect();
    let is_above = above.iter().any(|line| {
        introduction::at(lines, *line, |quoted| quoted >= at)
            .is_some_and(|length| (line + length..at).all(|between| lines[between].trim().is_empty()))
    });
    let inside = (at..end).find(written);
    is_above
        || inside.is_some_and(|line| {
            introduction::at(lines, line, |_| false).is_some() || block::begins(lines, line)
        })
}
