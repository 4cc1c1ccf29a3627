//! Mail with which a service proves who owns an address: confirmations, one-time codes, resets, invitations.

mod purposes;
mod words;

use crate::parse::Message;

/// Only the beginning is looked at: such mail says soon what it wants.
const LOOKED_AT: usize = 8 * 1024;

/// Whether whoever reads this mail could act as the owner of the address that it went to. It errs towards yes:
/// a yes costs an agent one click, a no may cost an account.
pub fn is_like(message: &Message) -> bool {
    let subject = message.subject.as_deref().unwrap_or_default();
    let text = message.text.as_deref().filter(|text| !text.trim().is_empty()).unwrap_or(&message.visible);
    let text = start(text);
    let page = start(message.html.as_ref().map_or("", |html| html.as_str()));
    let opens = [text, page].into_iter().flat_map(links).any(|link| has_token(link) || asks(link));
    let machine = is_machine(message);
    if !opens && !machine && !has_code(subject) && !has_code(text) {
        return false;
    }
    let said = format!("{subject}\n{text}").to_lowercase().replace(['\u{2019}', '\u{2018}'], "'");
    let said = said.split_whitespace().collect::<Vec<_>>().join(" ");
    purposes::PURPOSES.iter().any(|purpose| said.contains(purpose)) || machine && opens
}

fn start(text: &str) -> &str {
    let mut end = text.len().min(LOOKED_AT);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

/// Nobody reads what is written back to there.
fn is_machine(message: &Message) -> bool {
    message.automatic.is_some()
        || message.from.iter().any(|from| {
            let local: String = from.address.local().chars().filter(char::is_ascii_alphabetic).collect();
            let local = local.to_ascii_lowercase();
            words::NOBODY.iter().any(|nobody| local.contains(nobody))
                || words::MACHINES.contains(&local.as_str())
        })
}

fn links(text: &str) -> impl Iterator<Item = &str> {
    text.match_indices("://").map(|(at, _)| {
        let link = &text[at + 3..];
        let end = link.find(|c: char| c.is_whitespace() || "\"'<>)]".contains(c)).unwrap_or(link.len());
        &link[..end]
    })
}

/// A piece behind the host that nobody could guess: a long run of letters and digits, or a UUID.
fn has_token(link: &str) -> bool {
    let Some((_, behind)) = link.split_once(['/', '?', '#']) else { return false };
    behind.split(['/', '?', '&', '=', '#', '.', ';', '%', '+']).any(|piece| {
        let run = piece.split(['-', '_']).map(str::len).max().unwrap_or_default();
        let mixed =
            piece.chars().any(|c| c.is_ascii_digit()) && piece.chars().any(|c| c.is_ascii_alphabetic());
        let uuid = piece.len() == 36 && piece.bytes().all(|byte| byte == b'-' || byte.is_ascii_hexdigit());
        uuid || mixed && run >= 16
    })
}

/// A link that says what it is for, and carries something short along with it.
fn asks(link: &str) -> bool {
    let Some((_, behind)) = link.split_once('/') else { return false };
    let behind = behind.to_ascii_lowercase();
    let short = |piece: &str| piece.len() >= 6 && piece.chars().any(|c| c.is_ascii_digit());
    words::IN_LINKS.iter().any(|word| behind.contains(word))
        && behind.split(['/', '?', '&', '=', '#']).any(short)
}

/// A code to be typed somewhere: on a line of its own, or on a line that speaks of a code.
fn has_code(text: &str) -> bool {
    text.lines().any(|line| {
        let bare = line.trim().trim_matches(['*', '.', ':', '"']);
        if is_code(bare) {
            return true;
        }
        let lower = line.to_lowercase();
        if !words::CODES.iter().any(|code| lower.contains(code)) {
            return false;
        }
        let pieces: Vec<&str> = line.split(|c: char| !c.is_alphanumeric() && c != '-').collect();
        let half = |piece: &str| piece.len() == 3 && piece.bytes().all(|byte| byte.is_ascii_digit());
        pieces.iter().any(|piece| is_code(piece)) || pieces.windows(2).any(|two| half(two[0]) && half(two[1]))
    })
}

/// Four to eight digits, perhaps in two halves.
fn is_code(word: &str) -> bool {
    let halves = word.splitn(2, ['-', ' ']);
    let digits: String = halves.collect();
    let shaped = word.len() - digits.len() <= 1 && word.chars().next().is_some_and(|c| c.is_ascii_digit());
    shaped && (4..=8).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests;
