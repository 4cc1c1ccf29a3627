//! The name beside an address, made harmless: short, one line, nothing invisible, nothing that looks like a link.

use std::fmt;

use serde::Serialize;

const LONGEST: usize = 100;

/// A name as it may be shown and written again.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
#[serde(transparent)]
pub struct DisplayName(String);

impl DisplayName {
    /// What is left of `text` when it is made harmless, or nothing.
    pub fn cleaned(text: &str) -> Option<Self> {
        let mut name = String::with_capacity(text.len().min(LONGEST));
        let mut count = 0;
        for c in text.trim().chars() {
            let c = if c.is_whitespace() { ' ' } else { c };
            if is_hidden(c) || c == ' ' && name.ends_with(' ') {
                continue;
            }
            if count == LONGEST {
                break;
            }
            name.push(c);
            count += 1;
        }
        let name = name.trim().trim_matches(['"', '\'']).trim();
        (!name.is_empty() && !is_like_a_link(name)).then(|| Self(name.to_owned()))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for DisplayName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Control signs, direction marks, line separators and other signs without a width.
pub(crate) fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{00ad}' | '\u{061c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

fn is_like_a_link(name: &str) -> bool {
    let lower = name.to_ascii_lowercase();
    ["://", "www.", "http:", "https:", "javascript:"].iter().any(|sign| lower.contains(sign))
}
