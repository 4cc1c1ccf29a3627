//! Header blocks and markers that stand above an unmarked copy of what is answered.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::words;

/// Whether an answered message begins here: a marker, or a block of its header fields.
pub(super) fn begins(lines: &[&str], at: usize) -> bool {
    let line = lines[at].trim();
    if line.is_empty() {
        return false;
    }
    is_original_marker(line) || is_header_block(lines, at) || is_dated_address(lines, at)
}

/// Whether what follows was passed on, so that it is no history.
pub(super) fn is_forward_marker(line: &str) -> bool {
    let line = line.trim();
    if line.len() > 120 {
        return false;
    }
    let marked = line.starts_with("--")
        || line.starts_with("==")
        || line.starts_with('_')
        || line.ends_with([':', '：']);
    if !marked {
        return false;
    }
    let lower = line.to_lowercase();
    let core = lower.trim_matches(['-', '=', '_', ' ', '*', ':', '：', '\u{a0}']);
    words::FORWARDED.iter().any(|words| core == *words || core.starts_with(words) && line.starts_with("--"))
}

/// Only dashes, underscores, stars or equal signs.
pub(super) fn is_rule(line: &str) -> bool {
    let line = line.trim();
    line.len() >= 3 && line.chars().all(|c| matches!(c, '-' | '_' | '*' | '=' | '—' | '─'))
}

fn is_original_marker(line: &str) -> bool {
    if line.len() > 120 {
        return false;
    }
    let dashed = line.starts_with(['-', '—', '_', '=', '*', '+']) || line.ends_with("--");
    if !dashed {
        return false;
    }
    let lower = line.to_lowercase();
    let core = lower.trim_matches(['-', '—', '_', '=', '*', '+', ' ', ':', '\u{a0}', '>']);
    words::ORIGINAL.iter().any(|words| core.starts_with(words))
}

/// The kinds of fields that such a block has.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Label {
    From,
    Date,
    To,
    Subject,
}

fn names(label: Label) -> &'static [&'static str] {
    match label {
        Label::From => &words::FROM,
        Label::Date => &words::DATE,
        Label::To => &words::TO,
        Label::Subject => &words::SUBJECT,
    }
}

const ALL: [Label; 4] = [Label::From, Label::Date, Label::To, Label::Subject];

/// At least three kinds of fields close together, or sender and date with an address.
fn is_header_block(lines: &[&str], at: usize) -> bool {
    let Some(first) = label(lines[at]) else { return false };
    if first == Label::To {
        return false;
    }
    let mut kinds = vec![first];
    let mut addressed = lines[at].contains('@');
    let mut strange = 0;
    for line in lines[at + 1..].iter().take(14) {
        if line.trim().is_empty() {
            // One blank line between fields happens when a page becomes text.
            strange += 1;
        } else if let Some(kind) = label(line) {
            if !kinds.contains(&kind) {
                kinds.push(kind);
            }
            addressed |= line.contains('@');
            strange = 0;
        } else {
            strange += 1;
        }
        if strange > 2 || kinds.len() == ALL.len() {
            break;
        }
    }
    let pair = kinds.contains(&Label::From) && kinds.contains(&Label::Date) && addressed;
    kinds.len() >= 3 && kinds.contains(&Label::From) || pair
}

/// When and to whom, right below each other and above everything else.
fn is_dated_address(lines: &[&str], at: usize) -> bool {
    let is_start = at == 0 || lines[at - 1].trim().is_empty();
    let digits = lines[at].chars().filter(|c| c.is_numeric()).count();
    is_start
        && digits >= 6
        && label(lines[at]) == Some(Label::Date)
        && lines.get(at + 1).is_some_and(|next| next.contains('@') && label(next) == Some(Label::To))
}

fn label(line: &str) -> Option<Label> {
    let line = line.trim().trim_start_matches(['*', '_', '>', ' ', '|']);
    let start = &line[..line.floor_char_boundary(64.min(line.len()))];
    let colon = start.find([':', '：'])?;
    let name = line[..colon].to_lowercase();
    let name = name.trim_matches(['*', '_', ' ', '\u{a0}', '\t', '\u{200f}', '\u{200e}']);
    LABELS.get(name).copied()
}

static LABELS: LazyLock<HashMap<&str, Label>> = LazyLock::new(|| {
    // The first meaning of a word counts.
    let mut labels = HashMap::new();
    for label in ALL {
        for name in names(label) {
            labels.entry(*name).or_insert(label);
        }
    }
    labels
});
