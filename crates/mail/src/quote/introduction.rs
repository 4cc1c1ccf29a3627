//! The lines with which mailers introduce what is answered: "On Monday, Kim wrote:".

use super::words;

/// The most lines over which mailers break it.
pub(super) const LINES: usize = 5;
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
        if line.is_empty() && is_before_address(lines, at + length) && may_go_on(&joined) {
            continue;
        }
        let is_marked = length > 1 && is_quoted(at + length - 1) && !closes_address(&joined, line);
        if line.is_empty() || is_marked {
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
        if length == 1 && !may_go_on(&joined) && !is_before_address(lines, at + 1) {
            return None;
        }
    }
    None
}

/// Where a page became text, the address may stand in a paragraph of its own.
fn is_before_address(lines: &[&str], at: usize) -> bool {
    lines.get(at).is_some_and(|next| next.trim_start().starts_with(['<', '[']))
}

/// `> wrote:` below an address that began on a line before.
fn closes_address(joined: &str, line: &str) -> bool {
    joined.matches('<').count() > joined.matches('>').count() && line.starts_with('>') && line.ends_with(':')
}

/// The lines, with an introduction that stands behind other words on a line of its own.
pub(super) fn apart(text: &str, is_quoted: impl Fn(&str) -> bool) -> Vec<&str> {
    let lines: Vec<&str> = text.lines().collect();
    let mut all = Vec::with_capacity(lines.len());
    for (at, line) in lines.iter().enumerate() {
        let next = || lines[at + 1..].iter().find(|line| !line.trim().is_empty());
        let is_long = (20..2 * LONGEST).contains(&line.len()) && line.trim_end().ends_with([':', '：']);
        match (is_long && next().is_some_and(|next| is_quoted(next))).then(|| within(line)).flatten() {
            Some(start) => all.extend([&line[..start], &line[start..]]),
            None => all.push(line),
        }
    }
    all
}

/// No introduction says the word more often after its beginning.
const MOST_STARTS: usize = 8;

/// Where in a line an introduction begins, when words stand before it.
fn within(line: &str) -> Option<usize> {
    if introduces(line, true) && opens_or_date(&line.trim().to_lowercase()) {
        return None;
    }
    let last = |begins: &str| {
        let starts = line.rmatch_indices(begins).map(|(at, _)| at).filter(|at| *at > 0);
        starts.take(MOST_STARTS).find(|at| introduces(line[*at..].trim(), true))
    };
    last("--- On ").or_else(|| last(" On "))
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
            let is_sure = before_quote || said.contains('<') || starts_with_date(said) && has_digits(said, 6);
            addressed && has_digits(said, 4) && is_sure && opens_or_date(said)
        }
        (false, true) => before_quote && dated && opens_or_date(said) && ends_with_any(said),
        (false, false) => before_quote && (addressed || has_digits(said, 8)) && starts_with_date(said),
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
    let month = words::MONTHS.iter().any(|month| {
        lower.strip_prefix(month).is_some_and(|rest| {
            rest.trim_start_matches(|c: char| c.is_alphabetic() || c == '.')
                .trim_start()
                .starts_with(|c: char| c.is_numeric())
        })
    });
    weekday || month || start.starts_with(|c: char| c.is_ascii_digit()) && has_digits(&start, 3)
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
