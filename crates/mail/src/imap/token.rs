//! The pieces a response is made of: words, strings, parentheses.

/// One response as it was read: text, and between it the literals.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Piece {
    Text(Vec<u8>),
    Literal(Bytes),
}

/// A string of the server, of which perhaps only the beginning was kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Bytes {
    pub(super) size: u64,
    pub(super) kept: Vec<u8>,
}

impl Bytes {
    pub(super) fn whole(kept: Vec<u8>) -> Self {
        Self { size: kept.len() as u64, kept }
    }

    pub(super) fn is_whole(&self) -> bool {
        self.size == self.kept.len() as u64
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Token {
    Open,
    Close,
    /// Also numbers and NIL.
    Word(String),
    String(Bytes),
}

/// `None` where a string is not closed.
pub(super) fn tokens(pieces: Vec<Piece>) -> Option<Vec<Token>> {
    let mut tokens = Vec::new();
    for piece in pieces {
        match piece {
            Piece::Literal(bytes) => tokens.push(Token::String(bytes)),
            Piece::Text(text) => {
                let mut rest = text.as_slice();
                while let Some((token, after)) = next(rest)? {
                    tokens.push(token);
                    rest = after;
                }
            }
        }
    }
    Some(tokens)
}

/// The next token of a text and what follows; `Some(None)` at its end.
fn next(text: &[u8]) -> Option<Option<(Token, &[u8])>> {
    let text = text.trim_ascii_start();
    let Some((first, rest)) = text.split_first() else { return Some(None) };
    let token = match first {
        b'(' => (Token::Open, rest),
        b')' => (Token::Close, rest),
        b'"' => {
            let (string, after) = quoted(rest)?;
            (Token::String(Bytes::whole(string)), after)
        }
        _ => word(text),
    };
    Some(Some(token))
}

fn quoted(text: &[u8]) -> Option<(Vec<u8>, &[u8])> {
    let mut string = Vec::new();
    let mut bytes = text.iter().enumerate();
    while let Some((at, byte)) = bytes.next() {
        match byte {
            b'"' => return Some((string, &text[at + 1..])),
            b'\\' => string.push(*bytes.next()?.1),
            _ => string.push(*byte),
        }
    }
    None
}

/// Up to the next space or parenthesis; inside brackets, as in `BODY[HEADER.FIELDS (DATE)]`, these belong to it.
fn word(text: &[u8]) -> (Token, &[u8]) {
    let mut depth = 0u32;
    let end = text.iter().position(|byte| {
        match byte {
            b'[' => depth += 1,
            b']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        depth == 0 && matches!(byte, b' ' | b'\t' | b'(' | b')')
    });
    // A word that begins with a closing parenthesis cannot come here, so at least one byte is taken.
    let (word, rest) = text.split_at(end.unwrap_or(text.len()));
    (Token::Word(String::from_utf8_lossy(word).into_owned()), rest)
}
