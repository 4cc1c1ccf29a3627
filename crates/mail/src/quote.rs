//! What is new in a message: quoted history and signatures are folded away, never removed.

mod block;
mod introduction;
mod marks;
mod signature;
mod words;

use crate::html::Page;

/// Why a line is folded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fold {
    /// What is answered, or the line that introduces it.
    Quote,
    Signature,
}

/// The lines of `text` that are new.
pub fn visible(text: &str) -> String {
    let lines = introduction::apart(text, marks::is_quoted);
    let quoted = marks::folds(&lines);
    shown(&lines, quoted)
}

/// The lines of a page that are new.
pub fn visible_of_page(page: &Page) -> String {
    let lines: Vec<&str> = page.lines.iter().map(|line| line.text.as_str()).collect();
    let mut folds: Vec<_> = page
        .lines
        .iter()
        .map(|line| match (line.is_quoted || marks::is_quoted(&line.text), line.is_signature) {
            (true, _) => Some(Fold::Quote),
            (false, true) => Some(Fold::Signature),
            (false, false) => None,
        })
        .collect();
    marks::keep_own(page, &lines, &mut folds);
    keep_forwarded(&lines, &mut folds);
    shown(&lines, folds)
}

/// Whether a subject says that the message was passed on; then nothing in it is history.
pub fn is_forward(subject: &str) -> bool {
    let subject = subject.trim_start().to_lowercase();
    words::FORWARD_PREFIXES.iter().any(|prefix| {
        subject.strip_prefix(prefix).is_some_and(|rest| rest.trim_start().starts_with([':', '：']))
    })
}

fn shown(lines: &[&str], quoted: Vec<Option<Fold>>) -> String {
    let folds = fold(lines, quoted);
    let shown = join(lines.iter().zip(&folds).map(|(line, fold)| fold.is_none().then_some(*line)));
    if !shown.is_empty() {
        return shown;
    }
    // Everything is quoted: passed on, or answered without a word. Then the quoted part is what there is to see.
    join(lines.iter().map(|line| Some(*line)))
}

/// Where lines were folded away, one blank line is left.
fn join<'a>(lines: impl Iterator<Item = Option<&'a str>>) -> String {
    let mut text = String::new();
    let mut after_fold = false;
    for line in lines {
        let Some(line) = line else {
            after_fold = true;
            continue;
        };
        if line.trim().is_empty() && (text.is_empty() || after_fold) {
            continue;
        }
        if after_fold && !text.is_empty() {
            text.truncate(text.trim_end().len());
            text.push_str("\n\n");
        }
        after_fold = false;
        text.push_str(line.trim_end());
        text.push('\n');
    }
    text.truncate(text.trim_end().len());
    text
}

fn fold(lines: &[&str], mut folds: Vec<Option<Fold>>) -> Vec<Option<Fold>> {
    let mut end = lines.len();
    let mut seen_words = false;
    let mut at = 0;
    while at < lines.len() {
        if folds[at].is_some() {
            at += 1;
            continue;
        }
        let line = lines[at];
        if block::is_forward_marker(line) {
            end = at;
            break;
        }
        if let Some(length) = introduction::at(lines, at, |line| folds[line].is_some()) {
            let next = (at + length..lines.len()).find(|line| !lines[*line].trim().is_empty());
            let is_marked = next.is_none_or(|next| folds[next].is_some());
            let until = if is_marked { at + length } else { lines.len() };
            if is_marked || seen_words {
                folds[at..until].fill(Some(Fold::Quote));
                at = until;
                continue;
            }
        } else if seen_words && block::begins(lines, at) {
            folds[at..].fill(Some(Fold::Quote));
            break;
        }
        seen_words |= !line.trim().is_empty() && !block::is_rule(line);
        at += 1;
    }
    let begins =
        |at: usize, folds: &[Option<Fold>]| folds[at].is_some() && (at == 0 || folds[at - 1].is_none());
    for at in 0..end {
        if begins(at, &folds) {
            fold_rule_above(lines, &mut folds, at);
        }
    }
    marks::fold_armour(lines, &mut folds);
    signature::fold(&lines[..end], &mut folds[..end]);
    folds
}

/// A line of dashes above a quoted block belongs to it.
fn fold_rule_above(lines: &[&str], folds: &mut [Option<Fold>], at: usize) {
    for line in (0..at).rev() {
        if folds[line].is_none() && block::is_rule(lines[line]) {
            folds[line] = Some(Fold::Quote);
        } else if !lines[line].trim().is_empty() {
            return;
        }
    }
}

/// Mailers wrap what is passed on in the same elements as what is answered.
fn keep_forwarded(lines: &[&str], folds: &mut [Option<Fold>]) {
    let mut at = 0;
    while at < lines.len() {
        let end = (at..lines.len()).find(|line| folds[*line] != folds[at]).unwrap_or(lines.len());
        let first = (at..end).find(|line| !lines[*line].is_empty());
        if folds[at] == Some(Fold::Quote) && first.is_some_and(|first| block::is_forward_marker(lines[first]))
        {
            folds[at..].fill(None);
            return;
        }
        at = end;
    }
}

#[cfg(test)]
mod tests;
