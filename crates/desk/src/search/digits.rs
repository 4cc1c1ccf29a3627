//! Phone numbers in texts: their digits, however they are written.

/// Shorter ones are found as words.
const SHORTEST: usize = 6;
const LONGEST: usize = 20;

/// A number that looks like one somebody could call, and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Digits {
    pub(crate) from: usize,
    pub(crate) to: usize,
    /// Without the marks of dialling: no plus, no zeros before it, no `(0)` in it.
    pub(crate) plain: String,
}

/// Every such number of a text. Digits in a word with letters are a word.
pub(crate) fn numbers(text: &str) -> Vec<Digits> {
    let mut found = Vec::new();
    let (mut from, mut to, mut is_in_word) = (None, 0, false);
    for (at, letter) in text.char_indices().chain(std::iter::once((text.len(), '\n'))) {
        let is_digit = letter.is_ascii_digit();
        if (is_digit && !is_in_word) || (from.is_none() && letter == '+') {
            from = from.or(Some(at));
            to = at + 1;
        } else if !matches!(letter, ' ' | '(' | ')' | '/' | '-' | '.' | '\u{a0}')
            && let Some(from) = from.take()
            && !(letter.is_alphanumeric() && to == at)
        {
            found.extend(number(text, from, to));
        }
        is_in_word = letter.is_alphabetic() || (is_in_word && is_digit);
    }
    found
}

fn number(text: &str, from: usize, to: usize) -> Option<Digits> {
    let digits: String = text[from..to].replace("(0)", "").chars().filter(char::is_ascii_digit).collect();
    let plain = digits.trim_start_matches('0').to_owned();
    (SHORTEST..=LONGEST).contains(&plain.len()).then_some(Digits { from, to, plain })
}

/// Digits from the last to the first, so that those at the end of a number are found as a beginning.
pub(crate) fn backwards(plain: &str) -> String {
    plain.chars().rev().collect()
}

/// The same number without the code of a country, which has one to three digits.
pub(crate) fn without_country(plain: &str) -> impl Iterator<Item = &str> {
    (1..=3).filter_map(move |code| plain.get(code..)).filter(|rest| rest.len() >= SHORTEST)
}

#[cfg(test)]
mod tests;
