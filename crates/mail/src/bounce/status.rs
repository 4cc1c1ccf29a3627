//! The formal part of a report (RFC 3464): a group of fields for each recipient.

use super::{Finding, address_in};

/// One finding for each group that names a recipient. Also finds such groups in running text.
pub(super) fn groups(text: &str) -> Vec<Finding> {
    let mut all: Vec<Finding> = Vec::new();
    let mut group = Group::default();
    for (name, value) in fields(text) {
        match name.as_str() {
            "" => {
                group.end(&mut all);
            }
            "final-recipient" | "original-recipient" | "x-actual-recipient" | "recipient" => {
                let value = without_type(&value);
                if name == "final-recipient" && group.has("final-recipient") {
                    group.end(&mut all);
                }
                group.fields.push((name, value));
            }
            _ => group.fields.push((name, value)),
        }
    }
    group.end(&mut all);
    all
}

#[derive(Default)]
struct Group {
    fields: Vec<(String, String)>,
}

impl Group {
    fn has(&self, name: &str) -> bool {
        self.fields.iter().any(|(one, _)| one == name)
    }

    fn named(&self, name: &str) -> Option<&str> {
        self.fields.iter().find(|(one, _)| one == name).map(|(_, value)| value.as_str())
    }

    fn end(&mut self, all: &mut Vec<Finding>) {
        let group = std::mem::take(self);
        let names = ["final-recipient", "original-recipient", "x-actual-recipient"];
        if !names.iter().any(|name| group.has(name)) {
            return;
        }
        let named: Vec<String> =
            names.iter().filter_map(|name| group.named(name).and_then(address_in)).collect();
        // The last server may know an account by a name that is no address anywhere else.
        let is_whole =
            |address: &&String| address.rsplit('@').next().is_some_and(|domain| domain.contains('.'));
        let recipient = named.iter().find(is_whole).or(named.first()).cloned();
        let action = group.named("action").map(|action| {
            action.split([' ', ';', '(']).next().unwrap_or_default().trim().to_ascii_lowercase()
        });
        let status = group.named("status").and_then(super::code::enhanced);
        let diagnosis = group
            .fields
            .iter()
            .filter(|(name, _)| {
                matches!(
                    name.as_str(),
                    "diagnostic-code" | "x-supplementary-info" | "x-notes" | "x-display-name"
                )
            })
            .map(|(_, value)| without_type(value))
            .collect::<Vec<_>>()
            .join("\n");
        let finding = Finding { recipient, action, status, diagnosis, is_around: false };
        if !all.contains(&finding) {
            all.push(finding);
        }
    }
}

/// Name and value of each field, unfolded; a blank line is a field without a name.
fn fields(text: &str) -> Vec<(String, String)> {
    let mut all: Vec<(String, String)> = Vec::new();
    for line in text.lines().take(5_000) {
        if line.trim().is_empty() {
            all.push(Default::default());
        } else if line.starts_with([' ', '\t']) {
            match all.last_mut() {
                Some((name, value)) if !name.is_empty() => {
                    value.push(' ');
                    value.push_str(line.trim());
                }
                _ => {}
            }
        } else if let Some((name, value)) = line.split_once(':') {
            let name = name.trim();
            let sound = !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
            if sound {
                all.push((name.to_ascii_lowercase(), value.trim().to_owned()));
            }
        } else if let Some((_, value)) = all.last_mut().filter(|(name, _)| name == "diagnostic-code") {
            // Some servers break the line of their own words without a fold.
            value.push(' ');
            value.push_str(line.trim());
        }
    }
    all
}

/// `rfc822; kim@example.org` without its type.
fn without_type(value: &str) -> String {
    match value.split_once(';') {
        Some((kind, rest)) if kind.trim().chars().all(|c| c.is_ascii_alphanumeric() || c == '-') => {
            rest.trim().to_owned()
        }
        _ => value.trim().to_owned(),
    }
}
