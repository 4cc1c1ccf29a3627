//! One file of many messages, parted by lines that begin with `From `.

use std::io::{self, BufRead};

/// Reads an mbox file message by message; `>From ` becomes `From ` again.
pub struct Mbox<R> {
    lines: R,
    /// The line that parts the next message was read already.
    begun: bool,
    line: Vec<u8>,
}

impl<R: BufRead> Mbox<R> {
    pub fn new(lines: R) -> Self {
        Self { lines, begun: false, line: Vec::new() }
    }

    fn next_line(&mut self) -> io::Result<bool> {
        self.line.clear();
        Ok(self.lines.read_until(b'\n', &mut self.line)? > 0)
    }

    fn read(&mut self) -> io::Result<Option<Vec<u8>>> {
        while !self.begun {
            if !self.next_line()? {
                return Ok(None);
            }
            self.begun = is_divider(&self.line);
        }
        self.begun = false;
        let mut message = Vec::new();
        let mut after_blank = false;
        while self.next_line()? {
            if after_blank && is_divider(&self.line) {
                self.begun = true;
                break;
            }
            after_blank = matches!(self.line.as_slice(), b"\n" | b"\r\n");
            message.extend_from_slice(unquoted(&self.line));
        }
        if message.ends_with(b"\r\n\r\n") {
            message.truncate(message.len() - 2);
        } else if message.ends_with(b"\n\n") {
            message.truncate(message.len() - 1);
        }
        Ok(Some(message))
    }
}

impl<R: BufRead> Iterator for Mbox<R> {
    type Item = io::Result<Vec<u8>>;

    fn next(&mut self) -> Option<Self::Item> {
        self.read().transpose()
    }
}

/// `From somebody Thu Jan  1 00:00:00 1970`: a year or a time at the end, so that prose is no divider.
fn is_divider(line: &[u8]) -> bool {
    let Some(rest) = line.strip_prefix(b"From ") else { return false };
    let text = String::from_utf8_lossy(rest);
    let words: Vec<&str> = text.split_whitespace().collect();
    let dated = words.iter().skip(1).any(|word| {
        let bytes = word.as_bytes();
        let digits = bytes.iter().filter(|byte| byte.is_ascii_digit()).count();
        bytes.contains(&b':') && digits >= 3 || bytes.len() == 4 && digits == 4
    });
    dated || words.len() == 1 && text.contains('@')
}

fn unquoted(line: &[u8]) -> &[u8] {
    let marks = line.iter().take_while(|byte| **byte == b'>').count();
    if marks > 0 && line[marks..].starts_with(b"From ") { &line[1..] } else { line }
}
