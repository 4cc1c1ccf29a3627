//! Gives a page to its reader piece by piece, and stops before a tag that costs too much.

use std::cell::Cell;

/// Bytes of one piece: few, because one tag can bring hundreds of elements.
const PIECE: usize = 1024;

/// What can part two attributes of one tag; each is compared with all before it.
const MOST_GAPS: usize = 50_000;

/// The most attributes of an element; browsers bear more, mailers write a dozen.
pub(super) const MOST_ATTRIBUTES: usize = 256;

/// What a reader tells while it reads.
#[derive(Default)]
pub(super) struct Seen {
    /// A tag, a text or an error came since it was last asked.
    pub has_moved: Cell<bool>,
    pub too_much: Cell<bool>,
}

/// Whether all of `source` was given to `read`.
pub(super) fn pieces(source: &str, seen: &Seen, mut read: impl FnMut(&str)) -> bool {
    let mut rest = source;
    let mut gaps = 0;
    while !rest.is_empty() {
        let at = rest.floor_char_boundary(PIECE.min(rest.len()));
        let (piece, after) = rest.split_at(at.max(1));
        gaps += piece.bytes().filter(|byte| is_gap(*byte)).count();
        if gaps > MOST_GAPS {
            return false;
        }
        read(piece);
        if seen.too_much.get() {
            return false;
        }
        if seen.has_moved.replace(false) {
            gaps = 0;
        }
        rest = after;
    }
    true
}

fn is_gap(byte: u8) -> bool {
    byte.is_ascii_whitespace() || matches!(byte, b'/' | b'"' | b'\'')
}
