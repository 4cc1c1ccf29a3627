//! An answer of an SMTP server: a code, and words that may span lines.

use std::time::Duration;

use tokio::time::Instant;

use crate::egress::{Failure, Protocol, Wire};

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Reply {
    pub(super) code: u16,
    pub(super) lines: Vec<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Yes,
    GoOn,
    Later,
    Never,
    Nonsense,
}

const LONGEST_LINE: usize = 4096;
const MOST_LINES: usize = 128;

/// Reads one whole answer within `patience`, however slowly it comes.
pub(super) async fn read(wire: &mut Wire, patience: Duration) -> Result<Reply, Failure> {
    let deadline = Instant::now() + patience;
    let mut reply = Reply { code: 0, lines: Vec::new() };
    while reply.lines.len() < MOST_LINES {
        let line = wire.line(LONGEST_LINE, deadline).await?;
        let (code, last, words) = parse(&line).ok_or(Failure::OtherProtocol(Protocol::Smtp))?;
        reply.code = code;
        reply.lines.push(words);
        if last {
            return Ok(reply);
        }
    }
    Err(Failure::OtherProtocol(Protocol::Smtp))
}

fn parse(line: &[u8]) -> Option<(u16, bool, String)> {
    let (code, rest) = line.split_at_checked(3)?;
    if !code.iter().all(u8::is_ascii_digit) {
        return None;
    }
    let code = std::str::from_utf8(code).ok()?.parse().ok()?;
    let (last, words) = match rest.split_first() {
        None => (true, rest),
        Some((b' ', words)) => (true, words),
        Some((b'-', words)) => (false, words),
        Some(_) => return None,
    };
    Some((code, last, String::from_utf8_lossy(words).into_owned()))
}

impl Reply {
    pub(super) fn kind(&self) -> Kind {
        match self.code {
            200..=299 => Kind::Yes,
            300..=399 => Kind::GoOn,
            400..=499 => Kind::Later,
            500..=599 => Kind::Never,
            _ => Kind::Nonsense,
        }
    }

    pub(super) fn is_yes(&self) -> bool {
        self.kind() == Kind::Yes
    }

    /// What a person may be shown: code and words on one line, without control letters.
    pub(super) fn words(&self) -> String {
        let said = self.lines.join(" ");
        let clean = said.chars().map(|letter| if letter.is_control() { ' ' } else { letter });
        let words = format!("{} {}", self.code, clean.collect::<String>().trim());
        words.trim_end().chars().take(500).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_a_server_are_one_clean_short_line() {
        let reply = Reply { code: 550, lines: vec!["no\x1b[2J".into(), "x".repeat(900)] };
        assert!(reply.words().starts_with("550 no [2J xxx"));
        assert_eq!(reply.words().chars().count(), 500);
    }

    #[test]
    fn what_is_no_answer_is_not_taken_for_one() {
        assert_eq!(parse(b"SSH-2.0-OpenSSH_9"), None);
        assert_eq!(parse(b"25"), None);
        assert_eq!(parse(b"250_ok"), None);
        assert_eq!(parse(b"250"), Some((250, true, String::new())));
        assert_eq!(parse(b"250-SIZE 1"), Some((250, false, "SIZE 1".to_owned())));
    }
}
