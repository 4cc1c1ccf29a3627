//! Reports in running text: which lines name a recipient, and which explain.

use super::{Finding, MOST, Scene, address_in, code};

/// One finding for each recipient that the text names.
pub(super) fn findings(scene: &Scene<'_>) -> Vec<Finding> {
    let lines: Vec<&str> = scene.prose.lines().collect();
    let mut named = sections(&lines);
    if named.is_empty() {
        named = transcript(&lines);
    }
    let announced = announced(scene);
    if named.is_empty() {
        named = announced.into_iter().map(|recipient| (recipient, scene.prose.clone())).collect();
    }
    if named.is_empty() {
        named =
            mentioned(scene, &lines).into_iter().map(|recipient| (recipient, scene.prose.clone())).collect();
    }
    named.truncate(MOST);
    let one_code = if named.len() == 1 { code::enhanced(&scene.prose) } else { None };
    let told = |recipient: String, diagnosis: String| Finding {
        status: code::enhanced(&diagnosis).or_else(|| one_code.clone()),
        recipient: Some(recipient),
        action: None,
        diagnosis,
    };
    named.into_iter().map(|(recipient, diagnosis)| told(recipient, diagnosis)).collect()
}

/// What the text says about a recipient, or all of it.
pub(super) fn about(scene: &Scene<'_>, recipient: Option<&str>) -> String {
    let lines: Vec<&str> = scene.prose.lines().collect();
    let found = recipient.and_then(|recipient| {
        let mut all = sections(&lines);
        all.extend(transcript(&lines));
        all.into_iter().find(|(one, told)| one.eq_ignore_ascii_case(recipient) && told.lines().count() > 1)
    });
    found.map_or_else(|| scene.prose.clone(), |(_, told)| told)
}

/// Lines that begin with an address or consist of one, each with the lines below it.
fn sections(lines: &[&str]) -> Vec<(String, String)> {
    let named =
        lines.iter().enumerate().filter_map(|(at, line)| named_alone(line).map(|address| (at, address)));
    let starts: Vec<(usize, String)> = named.take(MOST).collect();
    let mut all: Vec<(String, String)> = Vec::new();
    for (i, (at, address)) in starts.iter().enumerate() {
        let end = starts.get(i + 1).map_or(lines.len(), |(next, _)| *next);
        let told = lines[*at..end].join("\n");
        match all.iter_mut().find(|(one, _)| one == address) {
            Some((_, before)) => {
                before.push('\n');
                before.push_str(&told);
            }
            None => all.push((address.clone(), told)),
        }
    }
    // Addresses listed above one explanation share it.
    let last = all.last().map(|(_, told)| told.clone()).unwrap_or_default();
    for (_, told) in &mut all {
        if told.lines().filter(|line| !line.trim().is_empty()).count() <= 1 && code::reply(told).is_none() {
            told.push('\n');
            told.push_str(&last);
        }
    }
    all
}

fn named_alone(line: &str) -> Option<String> {
    let text = line.trim().trim_start_matches(['*', '-', '•', '|', '·']).trim();
    if text.is_empty() || text.len() > 400 {
        return None;
    }
    let lower = text.to_ascii_lowercase();
    for start in [
        "recipient:",
        "recipient address:",
        "failed recipient:",
        "to: recipient:",
        "invalid final delivery userid:",
        "recipients:",
    ] {
        if let Some(rest) = lower.strip_prefix(start) {
            return first_address(&text[text.len() - rest.len()..]);
        }
    }
    if let Some(rest) = text.strip_prefix('<') {
        let (address, after) = rest.split_once('>')?;
        let after = after.trim_start();
        let opens = after.is_empty()
            || after.starts_with([':', '(', ';', ',', '.', '-', '['])
            || after.starts_with("...");
        return opens.then(|| address_in(address)).flatten();
    }
    let word = text.split_whitespace().next()?;
    let rest = text[word.len()..].trim_start();
    let alone = rest.is_empty() || rest.starts_with(['(', '<', '[']) || rest.starts_with("on ");
    let at_edge = line.starts_with(|c: char| !c.is_whitespace());
    let headed = at_edge && (word.ends_with([':', ';']) || code::reply(rest).is_some()) || alone;
    (word.contains('@') && headed)
        .then(|| address_in(word.split(['<', '(']).next().unwrap_or(word)))
        .flatten()
}

fn first_address(text: &str) -> Option<String> {
    text.split([' ', '\t', '<', '>', ',', ';', '"', '\'', '(', ')', '[', ']'])
        .filter(|word| word.contains('@'))
        .find_map(address_in)
}

/// What two servers said to each other: `550 5.1.1 <kim@example.org>... User unknown`.
fn transcript(lines: &[&str]) -> Vec<(String, String)> {
    let mut all: Vec<(String, String)> = Vec::new();
    let mut since = 0;
    let mut asked: Option<String> = None;
    for (at, line) in lines.iter().enumerate() {
        let text = line.trim();
        let lower = text.to_ascii_lowercase();
        if lower.contains("rcpt to:") {
            asked = first_address(text).or(asked);
            if !code_leads(text) {
                continue;
            }
        }
        if !code_leads(text) {
            continue;
        }
        let is_reply = text.starts_with("<<<");
        let said = text.trim_start_matches("<<<");
        let named = said
            .find('<')
            .and_then(|start| first_address(said[start..].split('>').next().unwrap_or_default()));
        let Some(address) = named.or_else(|| if is_reply { asked.clone() } else { None }) else { continue };
        let told = lines[since..=at].join("\n");
        since = at + 1;
        match all.iter_mut().find(|(one, _)| *one == address) {
            Some((_, before)) => {
                before.push('\n');
                before.push_str(&told);
            }
            None => all.push((address, told)),
        }
    }
    if all.is_empty() {
        all.extend(asked.map(|address| (address, lines.join("\n"))));
    }
    all
}

fn code_leads(text: &str) -> bool {
    let text = text.trim_start_matches(['<', '>', ' ', '(', '[', '"']);
    text.get(..3).is_some_and(|start| code::reply(start).is_some())
}

/// Exim and its kin say in a field whom they could not reach.
fn announced(scene: &Scene<'_>) -> Vec<String> {
    let fields = &scene.parts[0].fields;
    let mut all = Vec::new();
    for field in fields.all("x-failed-recipients") {
        let value = crate::header::unfolded(&scene.raw[field.value.clone()]);
        all.extend(value.split([',', ' ', ';']).filter_map(address_in));
    }
    all.dedup();
    all
}

/// The first address that is neither ours nor the mail system's.
fn mentioned(scene: &Scene<'_>, lines: &[&str]) -> Option<String> {
    let message = scene.message;
    let known = |address: &str| {
        let lower = address.to_ascii_lowercase();
        message
            .to
            .iter()
            .chain(&message.from)
            .chain(&message.delivered_to)
            .any(|one| one.address.key() == lower)
            || lower.starts_with("postmaster@")
            || lower.starts_with("mailer-daemon@")
    };
    let words = |line: &str| -> Vec<String> {
        line.split([' ', '\t', '<', '>', ',', ';', '"', '\'', '(', ')', '[', ']', '='])
            .filter(|word| word.contains('@'))
            .filter_map(address_in)
            .collect()
    };
    let bracketed = |line: &&str| {
        line.split('<').skip(1).filter_map(|rest| address_in(rest.split('>').next()?)).collect::<Vec<_>>()
    };
    let mut all = lines.iter().flat_map(bracketed).chain(lines.iter().flat_map(|line| words(line)));
    let in_copy = || {
        let to = scene
            .copy
            .lines()
            .find(|line| line.get(..3).is_some_and(|start| start.eq_ignore_ascii_case("to:")))?;
        words(&to[3..]).into_iter().next()
    };
    all.find(|address| !known(address)).or_else(in_copy)
}
