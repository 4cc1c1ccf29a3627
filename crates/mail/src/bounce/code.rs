//! Status codes in what servers say: `550`, `5.1.1`.

/// The first enhanced status code (RFC 3463) of class 2, 4 or 5.
pub(super) fn enhanced(text: &str) -> Option<String> {
    tokens(text).find(|token| is_enhanced(token)).map(str::to_owned)
}

/// The first of class 4 or 5 in running text, where a version of a program may look like a code of class 2.
pub(super) fn failed(text: &str) -> Option<String> {
    tokens(text).find(|token| is_enhanced(token) && !token.starts_with('2')).map(str::to_owned)
}

/// The same, of one class when that is known: what was tried elsewhere before may say something else.
pub(super) fn enhanced_of(class: Option<&str>, text: &str) -> Option<String> {
    let fits = |token: &&str| is_enhanced(token) && class.is_none_or(|class| token.starts_with(class));
    tokens(text).find(fits).map(str::to_owned)
}

/// The enhanced code that a bare reply stands for.
pub(super) fn from_reply(text: &str) -> Option<String> {
    reply(text).map(|reply| format!("{}.0.0", reply / 100))
}

/// The first reply code of class 4 or 5.
pub(super) fn reply(text: &str) -> Option<u16> {
    tokens(text).filter(|token| token.len() == 3).find_map(|token| {
        let code: u16 = token.parse().ok()?;
        ((400..=459).contains(&code) || (500..=559).contains(&code)).then_some(code)
    })
}

/// Codes that only say "failed".
pub(super) fn is_vague(status: &str) -> bool {
    status.ends_with(".0.0")
}

fn is_enhanced(token: &str) -> bool {
    let mut numbers = token.split('.');
    let (Some(class), Some(subject), Some(detail), None) =
        (numbers.next(), numbers.next(), numbers.next(), numbers.next())
    else {
        return false;
    };
    let short =
        |number: &str| (1..=3).contains(&number.len()) && number.bytes().all(|byte| byte.is_ascii_digit());
    matches!(class, "2" | "4" | "5") && subject.len() == 1 && short(subject) && short(detail)
}

/// Runs of digits and dots, cut off from letters around them.
fn tokens(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_ascii_alphanumeric() && c != '.')
        .map(|token| token.trim_matches('.'))
        .filter(|token| !token.is_empty())
}
