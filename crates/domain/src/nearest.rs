//! The known word that is nearest to what somebody typed.

/// The fewest edits that turn `a` into `b`; of `a`, the first 64 characters count.
#[must_use]
pub fn edits(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, from) in a.chars().take(64).enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, to) in b.iter().enumerate() {
            let swap = diagonal + usize::from(from != *to);
            diagonal = row[j + 1];
            row[j + 1] = swap.min(diagonal + 1).min(row[j] + 1);
        }
    }
    row[b.len()]
}

/// The word that was probably meant: one that begins with what was typed, or else differs from it in
/// few places, at most one in three; first letters are rarely mistyped. Compared in lower case.
pub fn meant<'a>(typed: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let typed = typed.to_lowercase();
    let length = typed.chars().count();
    if length < 2 {
        return None;
    }
    let score = |word: &str| {
        let word = word.to_lowercase();
        if word.starts_with(&typed) {
            return (0, false);
        }
        (edits(&typed, &word), typed.chars().next() != word.chars().next())
    };
    known
        .into_iter()
        .map(|word| (score(word), word))
        .filter(|((edits, _), _)| *edits <= length.div_ceil(3))
        .min_by_key(|(score, _)| *score)
        .map(|(_, word)| word)
}

#[cfg(test)]
mod tests;
