//! The lines with which mailers introduce what is answered: "On Monday, Kim wrote:".

use super::words;

/// The most lines over which mailers break it.
const LINES: usize = 5;
const LONGEST: usize = 400;

/// How many lines from `at` introduce a quotation, or nothing.
pub(super) fn at(lines: &[&str], at: usize, is_quoted: impl Fn(usize) -> bool) -> Option<usize> {
    let first = bare(lines[at]);
    if first.is_empty() {
        return None;
    }
    let mut joined = String::new();
    for length in 1..=LINES.min(lines.len() - at) {
        let line = bare(lines[at + length - 1]);
        if line.is_empty() || length > 1 && is_quoted(at + length - 1) {
            return None;
        }
        if !joined.is_empty() {
            joined.push(' ');
        }
        joined.extend(line.chars().filter(|c| !crate::address::is_hidden(*c)));
        if joined.len() > LONGEST {
            return None;
        }
        let next = (at + length..lines.len()).find(|next| !lines[*next].trim().is_empty());
        let before_quote = next.is_some_and(&is_quoted);
        if introduces(&joined, before_quote) {
            return Some(length);
        }
        // A line that begins like an introduction may go on; any other must be one by itself.
        if length == 1 && !may_go_on(&joined) {
            return None;
        }
    }
    None
}

fn bare(line: &str) -> &str {
    line.trim().trim_start_matches(['*', '_']).trim_end_matches(['*', '_']).trim()
}

fn may_go_on(line: &str) -> bool {
    let lower = line.to_lowercase();
    opens(&lower) || has_digits(&lower, 3) || lower.contains('@') || lower.contains('<')
}

fn introduces(line: &str, before_quote: bool) -> bool {
    let lower = line.to_lowercase();
    let dashed = lower.starts_with("--");
    let core = lower.trim_matches(['-', '—', '=', ' ', '\u{a0}', '*', '_', '>']);
    let ended = core.strip_suffix([':', '：']).map(str::trim_end);
    let said = ended.unwrap_or(core);
    let dated = has_digits(said, 3) || said.contains('@');
    // Most lines end here, before a hundred words are looked for.
    if !(before_quote || (ended.is_some() && dated) || dashed) {
        return false;
    }
    let wrote = words::WROTE.iter().any(|word| has_word(said, word));
    let addressed = said.contains('@');
    match (ended.is_some() || dashed, wrote) {
        (true, true) => {
            before_quote || dashed || dated && (opens(said) || addressed || starts_with_date(said))
        }
        // Some mailers say only when and who.
        (true, false) if before_quote && has_digits(said, 6) => true,
        (true, false) => {
            addressed && has_digits(said, 4) && (before_quote || said.contains('<')) && opens_or_date(said)
        }
        (false, true) => before_quote && dated && opens_or_date(said) && ends_with_any(said),
        (false, false) => before_quote && addressed && starts_with_date(said),
    }
}

fn ends_with_any(said: &str) -> bool {
    words::WROTE.iter().any(|word| said.ends_with(word))
}

fn opens_or_date(said: &str) -> bool {
    opens(said) || starts_with_date(said)
}

/// Begins with a word with which introductions begin.
fn opens(lower: &str) -> bool {
    let lower = lower.trim_start_matches(['-', ' ', '>', '*']);
    words::OPENERS.iter().any(|opener| lower.starts_with(opener))
}

fn starts_with_date(lower: &str) -> bool {
    let start: String = lower.chars().take(12).collect();
    let weekday = words::WEEKDAYS.iter().any(|day| lower.starts_with(day));
    weekday || start.starts_with(|c: char| c.is_ascii_digit()) && has_digits(&start, 3)
}

fn has_digits(text: &str, wanted: usize) -> bool {
    text.chars().filter(|c| c.is_numeric()).take(wanted).count() == wanted
}

/// Contains `word`; where the script has gaps between words, as a whole word.
fn has_word(text: &str, word: &str) -> bool {
    text.match_indices(word).any(|(at, _)| {
        let before = text[..at].chars().next_back();
        let after = text[at + word.len()..].chars().next();
        let joins = |c: Option<char>| c.is_some_and(|c| c.is_alphabetic() && u32::from(c) < 0x2E80);
        !word.is_ascii() || !joins(before) && !joins(after)
    })
}
