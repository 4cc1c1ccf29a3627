//! Signatures: after a delimiter, the words of a device, the footer of a list.

use super::{Fold, block, words};

/// The most lines that are believed to be a signature.
const LONGEST: usize = 12;

/// The most paragraphs at the end that are looked at.
pub(super) const MOST: usize = 8;

/// Folds the signatures above each quotation and at the end.
pub(super) fn fold(lines: &[&str], folds: &mut [Option<Fold>]) {
    let mut start = 0;
    while start < lines.len() {
        if folds[start].is_some() {
            start += 1;
            continue;
        }
        let end = (start..lines.len()).find(|line| folds[*line].is_some()).unwrap_or(lines.len());
        section(&lines[start..end], &mut folds[start..end]);
        start = end;
    }
}

fn section(lines: &[&str], folds: &mut [Option<Fold>]) {
    if let Some(at) = lines.iter().position(|line| is_delimiter(line)) {
        folds[at..].fill(Some(Fold::Signature));
    }
    for _ in 0..MOST {
        let Some((at, end)) = last_paragraph(lines, folds) else { return };
        let paragraph = &lines[at..end];
        if !is_footer(lines, at, paragraph) && !is_device(paragraph) && !is_dashed_name(paragraph) {
            if let Some(loose) = loose_delimiter(&lines[..end]) {
                folds[loose..].fill(Some(Fold::Signature));
            } else if is_device(&paragraph[paragraph.len() - 1..]) {
                folds[end - 1..].fill(Some(Fold::Signature));
                continue;
            }
            return;
        }
        folds[at..].fill(Some(Fold::Signature));
    }
}

/// Where the last paragraph begins and ends that is not folded yet.
fn last_paragraph(lines: &[&str], folds: &[Option<Fold>]) -> Option<(usize, usize)> {
    let last =
        (0..lines.len()).rev().find(|line| folds[*line].is_none() && !lines[*line].trim().is_empty())?;
    let start = (0..=last).rev().take_while(|line| !lines[*line].trim().is_empty()).last().unwrap_or(last);
    folds[start].is_none().then_some((start, last + 1))
}

fn is_delimiter(line: &str) -> bool {
    matches!(line.trim_end_matches(['\r', ' ', '\u{a0}']), "--" | "__" | "—" | "– –" | "- -" | "- --")
}

/// A longer rule, when only a few short lines follow and something stands above.
fn loose_delimiter(lines: &[&str]) -> Option<usize> {
    let at = lines.iter().rposition(|line| block::is_rule(line) && !line.trim().starts_with(['*', '=']))?;
    let below: Vec<&&str> = lines[at + 1..].iter().filter(|line| !line.trim().is_empty()).collect();
    let above = lines[..at].iter().any(|line| !line.trim().is_empty());
    let short =
        !below.is_empty() && below.len() <= LONGEST && below.iter().all(|line| line.chars().count() <= 72);
    (above && short).then_some(at)
}

/// A rule and the words with which list programs end.
fn is_footer(lines: &[&str], at: usize, paragraph: &[&str]) -> bool {
    let ruled = block::is_rule(paragraph[0]);
    let says = |line: &&str| {
        let lower = line.to_lowercase();
        words::FOOTERS.iter().any(|word| lower.contains(word))
    };
    ruled && at > 0 && paragraph.len() > 1 && lines[at + 1..].iter().take(4).any(says)
}

/// "Sent from my telephone", alone or with a link below.
fn is_device(paragraph: &[&str]) -> bool {
    paragraph.len() <= 2 && says_device(paragraph[0])
}

fn says_device(line: &str) -> bool {
    let line = line.trim().trim_matches(['*', '_', '[', ']', '<', '>']);
    let lower = line.to_lowercase().replace(['’', '\u{a0}'], "'").replace("' ", " ");
    if lower.chars().count() > 90 {
        return false;
    }
    if let Some(rest) = words::DEVICE_STARTS.iter().find_map(|start| lower.strip_prefix(start)) {
        let rest = rest.split(['<', '(', '[']).next().unwrap_or(rest).trim_end_matches(['.', ' ']);
        let sentence = rest.contains([',', ';', '!', '?']) || rest.contains(". ");
        return !sentence && rest.split_whitespace().count() <= 6;
    }
    let ends = words::DEVICE_ENDS.iter().any(|end| lower.trim_end_matches(['.', ' ']).ends_with(end));
    let is_short = lower.split_whitespace().count() <= 7 && !lower.contains([',', ';', '!', '?']);
    let sent =
        is_short && words::DEVICE_SENT.iter().any(|sent| lower.starts_with(sent) || lower.ends_with(sent));
    (ends || sent) && words::DEVICES.iter().any(|device| lower.contains(device))
}

/// `-Kim` on a line of its own.
fn is_dashed_name(paragraph: &[&str]) -> bool {
    let [line] = paragraph else { return false };
    let Some(name) = line.trim_end().strip_prefix('-') else { return false };
    let name = name.trim_start_matches('-');
    let starts = name.starts_with(char::is_alphabetic);
    starts
        && name.split_whitespace().count() <= 4
        && name.chars().all(|c| c.is_alphabetic() || " .'-".contains(c))
}
