//! Reports in running text: which lines name a recipient, and which explain.

use super::{Finding, MOST, Scene, address_in, code, signs};

/// One finding for each recipient that the text names.
pub(super) fn findings(scene: &Scene<'_>) -> Vec<Finding> {
    let lines: Vec<&str> = scene.prose.lines().collect();
    let mut named = closed_list(&lines);
    if named.is_empty() {
        named = sections(&lines);
    }
    if named.is_empty() {
        named = transcript(&lines);
    }
    let announced = announced(scene);
    only(&mut named, |recipient| announced.iter().any(|one| one.eq_ignore_ascii_case(recipient)));
    // A report names the sender of the mail too; it went back to him.
    let is_other = |recipient: &str| {
        scene.message.to.iter().all(|one| !one.address.as_str().eq_ignore_ascii_case(recipient))
    };
    only(&mut named, is_other);
    if named.is_empty() {
        named = locals(scene, &lines);
    }
    if named.is_empty() {
        named = announced.into_iter().map(|recipient| (recipient, scene.prose.clone())).collect();
    }
    if named.is_empty() {
        named =
            mentioned(scene, &lines).into_iter().map(|recipient| (recipient, scene.prose.clone())).collect();
    }
    named.truncate(MOST);
    let one_code = if named.len() == 1 { code::failed(&scene.prose) } else { None };
    let told = |recipient: String, diagnosis: String| Finding {
        status: code::failed(&diagnosis).or_else(|| one_code.clone()),
        recipient: Some(recipient),
        action: None,
        diagnosis,
        is_around: false,
    };
    named.into_iter().map(|(recipient, diagnosis)| told(recipient, diagnosis)).collect()
}

/// A list that takes mail of members only names itself, and below it the addresses at which one becomes one.
fn closed_list(lines: &[&str]) -> Vec<(String, String)> {
    let line = lines.iter().find(|line| !line.trim().is_empty()).copied().unwrap_or_default();
    let is_closed = line.trim_start().to_lowercase().starts_with("you are not a member");
    let address = line.split('<').nth(1).and_then(|rest| address_in(rest.split('>').next()?));
    address.filter(|_| is_closed).map(|address| (address, line.to_owned())).into_iter().collect()
}

/// Keeps those that fit, when any does.
fn only(named: &mut Vec<(String, String)>, fits: impl Fn(&str) -> bool) {
    if named.iter().any(|(recipient, _)| fits(recipient)) {
        named.retain(|(recipient, _)| fits(recipient));
    }
}

/// A provider may name its own customers without its domain, one word below what it says of them.
fn locals(scene: &Scene<'_>, lines: &[&str]) -> Vec<(String, String)> {
    let Some(from) = scene.message.from.first() else { return Vec::new() };
    let Some(at) = lines.iter().position(|line| line.trim_end().ends_with(':') && says_failure(line)) else {
        return Vec::new();
    };
    let word =
        lines[at + 1..].iter().map(|line| line.trim()).find(|line| !line.is_empty()).unwrap_or_default();
    let is_local = word.starts_with(|c: char| c.is_ascii_alphanumeric())
        && word.chars().all(|c| c.is_ascii_alphanumeric() || "._-".contains(c));
    let address = address_in(&format!("{word}@{}", from.address.domain())).filter(|_| is_local);
    address.map(|address| (address, scene.prose.clone())).into_iter().collect()
}

fn says_failure(line: &str) -> bool {
    let lower = line.to_lowercase();
    signs::FAILURES.iter().any(|sign| lower.contains(sign))
}

/// Whether an address stands alone right below the words that something failed.
pub(super) fn names_right_below_failure(scene: &Scene<'_>) -> bool {
    let lines: Vec<&str> = scene.prose.lines().filter(|line| !line.trim().is_empty()).take(60).collect();
    (0..lines.len()).any(|at| {
        let said = lines[at.saturating_sub(1)..=at].join(" ");
        says_failure(&said) && lines.get(at + 1).is_some_and(|next| named_alone(next).is_some())
    })
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
        // Gateways write below a rule what has nothing to do with it.
        let is_rule = |line: &&str| line.trim().len() > 20 && line.trim().bytes().all(|byte| byte == b'_');
        let end = *at + lines[*at..end].iter().position(is_rule).unwrap_or(end - *at);
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
    let text = line.trim().trim_start_matches(['*', '-', '•', '|', '·', '>']).trim();
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
    if text.starts_with('"') && text.ends_with('>') {
        let (_, address) = text.rsplit_once('<')?;
        return address_in(address);
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
    // What stands behind the words of failure is nearer than the head above them.
    let failed = lines.iter().position(|line| says_failure(line)).unwrap_or(0);
    let (head, told) = lines.split_at(failed);
    let mut all = told
        .iter()
        .flat_map(bracketed)
        .chain(told.iter().flat_map(|line| words(line)))
        .chain(head.iter().flat_map(bracketed))
        .chain(head.iter().flat_map(|line| words(line)));
    let in_copy = || {
        let to = scene
            .copy
            .lines()
            .find(|line| line.get(..3).is_some_and(|start| start.eq_ignore_ascii_case("to:")))?;
        words(&to[3..]).into_iter().next()
    };
    all.find(|address| !known(address)).or_else(in_copy)
}
