//! Reports of mail that did not arrive: who, how final, and why, in one form for every mail system.

mod code;
mod evidence;
mod feedback;
mod notice;
mod original;
mod prose;
mod reason;
mod signs;
mod status;

use std::cell::OnceCell;

use serde::Serialize;

pub use reason::Reason;

use crate::address::EmailAddress;
use crate::limits::Limits;
use crate::mime::{self, Kind as Shape, Part};
use crate::parse::{Message, ReturnPath};

/// One recipient whom a mail did not reach.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Bounce {
    /// As the report writes it; absent when the report does not name anybody.
    pub recipient: Option<String>,
    /// The enhanced status code (RFC 3463), from the report or the server's reply.
    pub status: Option<String>,
    pub kind: Kind,
    pub reason: Reason,
    /// With angle brackets: the mail that did not arrive.
    pub original_message_id: Option<String>,
    /// What the server said, on one line.
    pub diagnosis: Option<String>,
}

/// Whether it is worth trying again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// The address cannot be written to.
    Hard,
    Soft,
}

/// What a report says about one recipient before it is judged.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Finding {
    pub recipient: Option<String>,
    pub action: Option<String>,
    pub status: Option<String>,
    pub diagnosis: String,
    /// No server said it; the report around it does, and says other things too.
    pub is_around: bool,
}

/// The bounces in a message, or nothing when it is no report of a failed delivery.
pub(crate) fn read(
    raw: &[u8],
    parts: &[Part],
    message: &Message,
    text: &str,
    limits: &Limits,
) -> Option<Vec<Bounce>> {
    if !evidence::may_be_a_report(parts, message, text) {
        return None;
    }
    let scene = Scene::new(raw, parts, message, text, limits);
    if let Some(inner) = wrapped(&scene) {
        return inner;
    }
    if let Some(complaint) = feedback::read(&scene) {
        return Some(complaint);
    }
    let findings = findings(&scene)?;
    let original = original::id(&scene);
    let bounces: Vec<Bounce> = findings
        .into_iter()
        .filter(Finding::is_failure)
        .map(|mut one| {
            one.diagnosis.truncate(one.diagnosis.floor_char_boundary(TOLD));
            judged(one, &scene, original.clone())
        })
        .collect();
    (!bounces.is_empty()).then_some(bounces)
}

/// Some gateways wrap a whole report in a mail of their own: then the report is what it says.
fn wrapped(scene: &Scene<'_>) -> Option<Option<Vec<Bounce>>> {
    if !evidence::is_from_a_system(scene.message)
        || scene.parts.len() > 3
        || scene.parts.iter().any(evidence::is_report)
    {
        return None;
    }
    let part = scene.parts.iter().find(|part| part.mime == "message/rfc822")?;
    let inner = part.transfer.up_to(&scene.raw[part.body.clone()], WRAPPED).0;
    // What is no report itself might wrap one again, and that one another, without end.
    let parts = mime::parts(&inner, 0, scene.limits).ok()?;
    let top = parts.first().filter(|top| evidence::is_report(top))?;
    let kind = top.fields.plain(&inner, "content-type")?.to_ascii_lowercase();
    if !kind.starts_with("multipart/report") || !kind.contains("delivery-status") {
        return None;
    }
    Some(crate::parse::message(&inner, scene.limits).ok()?.bounce)
}

/// The most of a wrapped report that is read.
const WRAPPED: usize = 256 * 1024;

/// What is looked at again and again.
pub(crate) struct Scene<'a> {
    pub raw: &'a [u8],
    pub parts: &'a [Part],
    pub message: &'a Message,
    /// What the report says, down to the copy of the original.
    pub prose: String,
    /// The copy of the original, when it follows in the text.
    pub copy: String,
    pub limits: &'a Limits,
    in_prose: OnceCell<Option<Reason>>,
}

impl<'a> Scene<'a> {
    fn new(raw: &'a [u8], parts: &'a [Part], message: &'a Message, text: &str, limits: &'a Limits) -> Self {
        let lines: Vec<&str> = text.lines().collect();
        let cut = original::begins(&lines).unwrap_or(lines.len());
        let (prose, copy) = (start_of(&lines[..cut]), start_of(&lines[cut..]));
        Self { raw, parts, message, prose, copy, limits, in_prose: OnceCell::new() }
    }

    /// The reason that the words of the whole report tell.
    fn in_prose(&self) -> Option<Reason> {
        *self.in_prose.get_or_init(|| reason::from_words(&self.prose))
    }

    pub(crate) fn leaves(&self, mime: &'a str) -> impl Iterator<Item = String> {
        let leaves = self.parts.iter().filter(move |part| part.kind == Shape::Leaf && part.mime == mime);
        leaves.map(|part| part.text(self.raw, 256 * 1024).0)
    }
}

/// The most of a report that is read.
const PROSE: usize = 64 * 1024;

/// The most recipients of one report.
pub(crate) const MOST: usize = 200;

/// The most that is remembered of what was said about one recipient.
const TOLD: usize = 4 * 1024;

fn start_of(lines: &[&str]) -> String {
    let mut start = String::new();
    for line in lines {
        if start.len() + line.len() > PROSE {
            break;
        }
        start.push_str(line);
        start.push('\n');
    }
    start
}

fn findings(scene: &Scene<'_>) -> Option<Vec<Finding>> {
    let formal: Vec<Finding> = ["message/delivery-status", "message/global-delivery-status"]
        .iter()
        .flat_map(|mime| scene.leaves(mime))
        .flat_map(|text| status::groups(&text))
        .take(MOST)
        .collect();
    if !formal.is_empty() {
        return Some(with_prose(formal, scene));
    }
    if let Some(notice) = notice::read(&scene.prose) {
        return Some(notice.findings);
    }
    if !evidence::looks_like_a_report(scene) && !evidence::returns_a_message(scene) {
        return None;
    }
    let inside = status::groups(&scene.prose);
    if !inside.is_empty() {
        return Some(with_prose(inside, scene));
    }
    let told = prose::findings(scene);
    if !told.is_empty() {
        return Some(told);
    }
    let is_sure = evidence::returns_a_message(scene)
        || scene.message.return_path == Some(ReturnPath::Null)
        || evidence::speaks_of_failure(scene);
    let recipient = original::recipient(scene);
    is_sure.then(|| vec![Finding { recipient, diagnosis: scene.prose.clone(), ..Finding::default() }])
}

/// Where the formal part says too little, the words around it decide.
fn with_prose(mut formal: Vec<Finding>, scene: &Scene<'_>) -> Vec<Finding> {
    let is_only = formal.len() == 1;
    for finding in &mut formal {
        if finding.recipient.is_none() && is_only {
            finding.recipient = prose::findings(scene).into_iter().next().and_then(|told| told.recipient);
        }
        // What the refusing server said itself is nearer to the cause than what the reporting one made of it.
        let said = code::enhanced(&finding.diagnosis).filter(|said| !code::is_vague(said));
        finding.status = said.or(finding.status.take());
        let told = prose::about(scene, finding.recipient.as_deref());
        if finding.status.as_deref().is_none_or(code::is_vague) {
            let class = finding.status.as_deref().and_then(|status| status.get(..1));
            finding.status = code::enhanced_of(class, &told).or(finding.status.take());
        }
        if finding.diagnosis.trim().is_empty() {
            let start = &told[..told.floor_char_boundary(TOLD)];
            finding.is_around = told == scene.prose || reason::from_words(start).is_none();
            finding.diagnosis = told;
            if is_only {
                finding.diagnosis.push('\n');
                finding.diagnosis.push_str(&scene.prose);
            }
        } else if reason::from_words(&finding.diagnosis[..finding.diagnosis.floor_char_boundary(TOLD)])
            .is_none()
        {
            finding.diagnosis.push('\n');
            finding.diagnosis.push_str(&told);
        }
    }
    formal
}

impl Finding {
    /// Delivered, relayed and expanded are good news.
    fn is_failure(&self) -> bool {
        match self.action.as_deref() {
            Some(action) => !matches!(action, "delivered" | "relayed" | "expanded" | "deliverable"),
            None => self.status.as_deref().is_none_or(|status| !status.starts_with('2')),
        }
    }
}

fn judged(finding: Finding, scene: &Scene<'_>, original: Option<String>) -> Bounce {
    let reason = reason::of(&finding, scene);
    let status = finding.status.clone().or_else(|| code::enhanced(&finding.diagnosis));
    let diagnosis = finding.diagnosis.split_whitespace().collect::<Vec<_>>().join(" ");
    let diagnosis: String = diagnosis.chars().take(500).collect();
    Bounce {
        recipient: finding.recipient,
        status: status.or_else(|| code::from_reply(&finding.diagnosis)),
        kind: reason.kind(),
        reason,
        original_message_id: original,
        diagnosis: (!diagnosis.is_empty()).then_some(diagnosis),
    }
}

/// An address as reports write it, or nothing.
pub(crate) fn address_in(text: &str) -> Option<String> {
    let text = text.trim().trim_start_matches(['<', '[', '(']);
    let kinds = ["mailto:", "smtp:", "rfc822:", "rfc822;"];
    let is_kind = |kind: &&&str| text.get(..kind.len()).is_some_and(|start| start.eq_ignore_ascii_case(kind));
    let text = kinds.iter().find(is_kind).map_or(text, |kind| &text[kind.len()..]);
    let text =
        text.trim_matches(['<', '>', ':', ';', ',', '.', '\'', '(', ')', '[', ']', '*', '`', ' ', '\t']);
    EmailAddress::parse(text).ok().map(|address| address.as_str().to_owned()).or_else(|| odd(text))
}

/// Addresses that servers accept although no standard does, as `kim..(here)@example.org`.
fn odd(text: &str) -> Option<String> {
    let (local, domain) = text.rsplit_once('@')?;
    let sound = |c: char| !c.is_whitespace() && !c.is_control() && !"<>,;".contains(c);
    let dotted =
        domain.contains('.') && domain.chars().all(|c| c.is_ascii_alphanumeric() || ".-_".contains(c));
    (!local.is_empty() && dotted && text.chars().all(sound)).then(|| text.to_owned())
}

#[cfg(test)]
mod tests;
