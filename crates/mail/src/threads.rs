//! A set of messages in threads, by what they say they answer.

use std::collections::HashMap;

use sha2::{Digest, Sha256};

use crate::limits::Limits;
use crate::parse;

/// Messages that are to be threaded together.
#[derive(Debug, Default)]
pub struct Set {
    messages: Vec<Entry>,
}

#[derive(Debug)]
struct Entry {
    id: String,
    date: i64,
    /// The messages it names, the one it answers first, then the newest; then its conversation.
    names: Vec<String>,
}

impl Set {
    /// Reads the header fields of one message. The same id again is the same message.
    pub fn add(&mut self, raw: &[u8], limits: &Limits) {
        let message = parse::headers(raw, limits).unwrap_or_default();
        let id = message.message_id.unwrap_or_else(|| stand_in(raw));
        let mut names: Vec<String> =
            message.in_reply_to.into_iter().chain(message.references.into_iter().rev()).collect();
        names.extend(message.conversation);
        self.messages.push(Entry { id, date: message.date.unwrap_or(i64::MAX), names });
    }

    /// The ids of each thread, oldest message first; the thread that began first comes first.
    pub fn threads(&self) -> Vec<Vec<String>> {
        let mut groups = Groups::default();
        let mut first: HashMap<&str, usize> = HashMap::new();
        for (at, message) in self.messages.iter().enumerate() {
            first.entry(&message.id).or_insert(at);
        }
        for id in first.keys() {
            groups.of(id);
        }
        for message in &self.messages {
            match message.names.iter().find(|name| first.contains_key(name.as_str())) {
                Some(known) => groups.join(&message.id, known),
                // Of a conversation whose beginning is not here, siblings share one of the ids that they name.
                None => message.names.iter().for_each(|name| groups.join(&message.id, name)),
            }
        }
        let mut threads: HashMap<usize, Vec<(i64, usize, &str)>> = HashMap::new();
        for (id, at) in first {
            threads.entry(groups.of(id)).or_default().push((self.messages[at].date, at, id));
        }
        let mut threads: Vec<_> = threads.into_values().collect();
        for thread in &mut threads {
            thread.sort_unstable();
        }
        threads.sort_unstable();
        threads
            .into_iter()
            .map(|thread| thread.into_iter().map(|(_, _, id)| id.to_owned()).collect())
            .collect()
    }
}

/// A name for a message that has none, the same for the same bytes.
fn stand_in(raw: &[u8]) -> String {
    use std::fmt::Write;
    let hash = Sha256::digest(raw);
    let hex = hash.iter().take(16).fold(String::new(), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    });
    format!("<sha256-{hex}@without.id>")
}

/// Ids that belong together (union by index, paths halved).
#[derive(Default)]
struct Groups {
    index: HashMap<String, usize>,
    parent: Vec<usize>,
}

impl Groups {
    fn of(&mut self, id: &str) -> usize {
        let next = self.parent.len();
        let at = *self.index.entry(id.to_owned()).or_insert(next);
        if at == next {
            self.parent.push(at);
        }
        self.root(at)
    }

    fn root(&mut self, mut at: usize) -> usize {
        while self.parent[at] != at {
            self.parent[at] = self.parent[self.parent[at]];
            at = self.parent[at];
        }
        at
    }

    fn join(&mut self, one: &str, other: &str) {
        let (one, other) = (self.of(one), self.of(other));
        self.parent[one.max(other)] = one.min(other);
    }
}

#[cfg(test)]
mod tests;
