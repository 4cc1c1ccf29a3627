//! Transfer encodings, undone leniently and in pieces, so that a large attachment is never in memory twice.

/// How the bytes of a part were made fit for the wire.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Transfer {
    Identity,
    Base64,
    QuotedPrintable,
    Uuencode,
}

impl Transfer {
    pub(crate) fn named(name: Option<&str>) -> Self {
        let name = name.unwrap_or_default().trim().trim_matches(['"', '\'']).to_ascii_lowercase();
        match name.split([' ', ';', '(']).next().unwrap_or_default() {
            "base64" => Self::Base64,
            "quoted-printable" => Self::QuotedPrintable,
            "x-uuencode" | "uuencode" | "uue" | "x-uue" => Self::Uuencode,
            _ => Self::Identity,
        }
    }

    /// Gives the decoded bytes to `take`, piece by piece, until it says that it has enough.
    pub(crate) fn decode(self, raw: &[u8], take: &mut dyn FnMut(&[u8]) -> bool) {
        match self {
            Self::Identity => {
                take(raw);
            }
            Self::Base64 => base64_pieces(raw, take),
            Self::QuotedPrintable => quoted_pieces(raw, take),
            Self::Uuencode => uu_pieces(raw, take),
        }
    }

    /// At most `limit` decoded bytes, and whether there were more.
    pub(crate) fn up_to(self, raw: &[u8], limit: usize) -> (Vec<u8>, bool) {
        let mut bytes = Vec::new();
        let mut cut = false;
        self.decode(raw, &mut |piece| {
            let room = limit - bytes.len();
            cut = piece.len() > room;
            bytes.extend_from_slice(&piece[..piece.len().min(room)]);
            !cut
        });
        (bytes, cut)
    }
}

const PIECE: usize = 16 * 1024;

pub(crate) fn base64(raw: &[u8]) -> Vec<u8> {
    Transfer::Base64.up_to(raw, usize::MAX).0
}

fn base64_pieces(raw: &[u8], take: &mut dyn FnMut(&[u8]) -> bool) {
    let mut piece = Vec::with_capacity(PIECE + 3);
    let (mut bits, mut held) = (0_u32, 0_u8);
    for (at, byte) in raw.iter().enumerate() {
        let Some(value) = sextet(*byte) else {
            if *byte == b'=' && held > 0 {
                // Padding ends a group; some mailers go on with the next one.
                tail(bits, held, &mut piece);
                (bits, held) = (0, 0);
                if !is_base64_again(&raw[at..]) {
                    break;
                }
            }
            continue;
        };
        bits = bits << 6 | u32::from(value);
        held += 1;
        if held == 4 {
            piece.extend_from_slice(&bits.to_be_bytes()[1..]);
            (bits, held) = (0, 0);
            if piece.len() >= PIECE {
                if !take(&piece) {
                    return;
                }
                piece.clear();
            }
        }
    }
    tail(bits, held, &mut piece);
    if !piece.is_empty() {
        take(&piece);
    }
}

/// Whether another group follows the padding; lists write their footer there as it is.
fn is_base64_again(rest: &[u8]) -> bool {
    // A line of an encoded part is shorter; of a longer one the start tells enough.
    let rest = rest[..rest.len().min(200)].trim_ascii_start();
    let rest = &rest[rest.iter().take_while(|byte| **byte == b'=').count()..];
    let line =
        rest.trim_ascii_start().split(|byte| *byte == b'\n').next().unwrap_or_default().trim_ascii_end();
    line.iter().all(|byte| sextet(*byte).is_some() || *byte == b'=')
}

fn tail(bits: u32, held: u8, piece: &mut Vec<u8>) {
    match held {
        2 => piece.push((bits >> 4) as u8),
        3 => piece.extend_from_slice(&((bits >> 2) as u16).to_be_bytes()),
        _ => {}
    }
}

fn sextet(byte: u8) -> Option<u8> {
    match byte {
        b'A'..=b'Z' => Some(byte - b'A'),
        b'a'..=b'z' => Some(byte - b'a' + 26),
        b'0'..=b'9' => Some(byte - b'0' + 52),
        b'+' => Some(62),
        b'/' => Some(63),
        _ => None,
    }
}

fn quoted_pieces(raw: &[u8], take: &mut dyn FnMut(&[u8]) -> bool) {
    let mut piece = Vec::with_capacity(PIECE + 1024);
    for line in raw.split_inclusive(|byte| *byte == b'\n') {
        quoted_line(line, &mut piece);
        if piece.len() >= PIECE {
            if !take(&piece) {
                return;
            }
            piece.clear();
        }
    }
    if !piece.is_empty() {
        take(&piece);
    }
}

fn quoted_line(line: &[u8], piece: &mut Vec<u8>) {
    let content = line.strip_suffix(b"\n").unwrap_or(line);
    let content = content.strip_suffix(b"\r").unwrap_or(content);
    let end = &line[content.len()..];
    let kept = content.iter().rposition(|byte| !matches!(byte, b' ' | b'\t')).map_or(0, |last| last + 1);
    let content = if end.is_empty() { content } else { &content[..kept] };
    let mut at = 0;
    while at < content.len() {
        if content[at] != b'=' {
            piece.push(content[at]);
            at += 1;
        } else if at + 1 == content.len() {
            return;
        } else if let Some(byte) = hex_pair(content.get(at + 1..at + 3)) {
            piece.push(byte);
            at += 3;
        } else {
            piece.push(b'=');
            at += 1;
        }
    }
    piece.extend_from_slice(end);
}

/// The Q encoding of header words: blanks are underscores.
pub(crate) fn quoted_word(raw: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(raw.len());
    let mut at = 0;
    while at < raw.len() {
        match (raw[at], hex_pair(raw.get(at + 1..at + 3))) {
            (b'=', Some(byte)) => {
                bytes.push(byte);
                at += 3;
            }
            (b'_', _) => {
                bytes.push(b' ');
                at += 1;
            }
            (byte, _) => {
                bytes.push(byte);
                at += 1;
            }
        }
    }
    bytes
}

fn hex_pair(pair: Option<&[u8]>) -> Option<u8> {
    let [high, low] = pair? else { return None };
    let high = char::from(*high).to_digit(16)?;
    let low = char::from(*low).to_digit(16)?;
    Some((high * 16 + low) as u8)
}

fn uu_pieces(raw: &[u8], take: &mut dyn FnMut(&[u8]) -> bool) {
    let mut piece = Vec::with_capacity(PIECE + 64);
    for line in raw.split(|byte| *byte == b'\n') {
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        if line.starts_with(b"begin ") || line.is_empty() {
            continue;
        }
        if line == b"end" {
            break;
        }
        let wanted = usize::from(line[0].wrapping_sub(b' ') & 63);
        let before = piece.len();
        for group in line[1..].chunks(4) {
            let bits = (0..4).fold(0_u32, |bits, i| {
                bits << 6 | u32::from(group.get(i).copied().unwrap_or(b' ').wrapping_sub(b' ') & 63)
            });
            piece.extend_from_slice(&bits.to_be_bytes()[1..]);
        }
        piece.truncate(before + wanted);
        if piece.len() >= PIECE {
            if !take(&piece) {
                return;
            }
            piece.clear();
        }
    }
    if !piece.is_empty() {
        take(&piece);
    }
}
