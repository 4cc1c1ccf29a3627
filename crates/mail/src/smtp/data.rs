//! A message as it goes over the line: every line ends in CRLF, and no line of it can be the final dot.

/// The message with CRLF at the end of every line, as it will be sent. Whatever signs it has to sign this.
pub fn canonical(message: &[u8]) -> Vec<u8> {
    let mut lines = Lines::new(false);
    let mut out = Vec::with_capacity(message.len() + message.len() / 32);
    lines.feed(message, &mut out);
    lines.end(&mut out);
    out
}

/// Feeds pieces through: bare CR and bare LF become CRLF, and with `stuffed` a dot at the start of a line is
/// doubled. A server that takes a bare LF for the end of a line then has none to take (SMTP smuggling).
pub(super) struct Lines {
    stuffed: bool,
    at_start: bool,
    after_cr: bool,
}

impl Lines {
    pub(super) fn new(stuffed: bool) -> Self {
        Self { stuffed, at_start: true, after_cr: false }
    }

    pub(super) fn feed(&mut self, piece: &[u8], out: &mut Vec<u8>) {
        for byte in piece {
            let follows_cr = std::mem::take(&mut self.after_cr);
            match byte {
                b'\n' if follows_cr => {}
                b'\r' | b'\n' => {
                    out.extend_from_slice(b"\r\n");
                    self.at_start = true;
                    self.after_cr = *byte == b'\r';
                }
                _ => {
                    if self.stuffed && self.at_start && *byte == b'.' {
                        out.push(b'.');
                    }
                    out.push(*byte);
                    self.at_start = false;
                }
            }
        }
    }

    /// Ends the last line, if it was left open.
    pub(super) fn end(&mut self, out: &mut Vec<u8>) {
        if !self.at_start {
            out.extend_from_slice(b"\r\n");
            self.at_start = true;
        }
    }
}

/// What the message needs of the server beyond ASCII.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Letters {
    pub(super) header: bool,
    pub(super) body: bool,
}

pub(super) fn beyond_ascii(message: &[u8]) -> Letters {
    let end = end_of_header(message);
    Letters { header: !message[..end].is_ascii(), body: !message[end..].is_ascii() }
}

fn end_of_header(message: &[u8]) -> usize {
    let mut start = 0;
    while let Some(length) = message[start..].iter().position(|byte| *byte == b'\n') {
        let line = &message[start..start + length];
        if line.is_empty() || line == b"\r" {
            return start;
        }
        start += length + 1;
    }
    message.len()
}

#[cfg(test)]
mod tests;
