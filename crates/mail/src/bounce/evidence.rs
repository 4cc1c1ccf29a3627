//! What speaks for a report: who writes, what it is called, and what its first lines say.

use super::{Scene, code, prose, signs};
use crate::address::DisplayName;
use crate::automatic;
use crate::mime::Part;
use crate::parse::{Message, ReturnPath};

/// Whether anything speaks for a report, so that most mails are not searched for the words of one.
pub(super) fn may_be_a_report(parts: &[Part], message: &Message, text: &str) -> bool {
    let subject = message.subject.as_deref().unwrap_or_default().trim().to_lowercase();
    message.from.is_empty()
        || is_from_a_system(message)
        || parts[0].fields.has("x-failed-recipients")
        || parts.iter().any(|part| part.mime.starts_with("message/") || part.mime == "multipart/report")
        || text.trim_start().starts_with('{')
        || subject == "unsubscribe"
        || signs::SUBJECTS.iter().any(|sign| subject.contains(sign))
}

pub(super) fn is_from_a_system(message: &Message) -> bool {
    let named = |name: &DisplayName| {
        let shown = name.as_str().to_lowercase();
        signs::SYSTEM_NAMES.iter().any(|sign| shown.contains(sign))
    };
    message.return_path == Some(ReturnPath::Null)
        || message.from.iter().any(|from| {
            automatic::is_mail_system(from.address.local()) || from.name.as_ref().is_some_and(named)
        })
}

/// Whether a mail system or its kin wrote this about a delivery.
pub(super) fn looks_like_a_report(scene: &Scene<'_>) -> bool {
    let message = scene.message;
    let top = &scene.parts[0].fields;
    if top.has("x-failed-recipients") || scene.parts.iter().any(is_report) {
        return true;
    }
    let from_system = is_from_a_system(message);
    let subject = message.subject.as_deref().unwrap_or_default().to_lowercase();
    let titled = signs::SUBJECTS.iter().any(|sign| subject.contains(sign));
    let absent = automatic::is_absence(&subject);
    let is_from_nobody = message.from.is_empty() && titled;
    // A customer may ask about a bounce, and pass one on; then no mail system wrote it.
    let stands_alone =
        titled && !is_answer(&subject) && (says_a_code(scene) || prose::names_right_below_failure(scene));
    !absent
        && ((from_system || is_from_nobody) && (titled || speaks_of_failure(scene))
            || stands_alone && speaks_of_failure(scene))
}

/// A mail system that sends a message back need not say why.
pub(super) fn returns_a_message(scene: &Scene<'_>) -> bool {
    let encloses = scene.parts.iter().skip(1).any(|part| part.mime == "message/rfc822");
    encloses && scene.message.from.iter().any(|from| automatic::is_mail_system(from.address.local()))
}

fn is_answer(subject: &str) -> bool {
    crate::quote::is_forward(subject)
        || ["re:", "aw:", "sv:", "antw:"].iter().any(|start| subject.starts_with(start))
}

fn says_a_code(scene: &Scene<'_>) -> bool {
    code::reply(&scene.prose).is_some()
        || scene.prose.trim_start().to_lowercase().starts_with("you are not a member")
}

pub(super) fn is_report(part: &Part) -> bool {
    part.mime == "multipart/report" && part.report_type.as_deref() == Some("delivery-status")
}

pub(super) fn speaks_of_failure(scene: &Scene<'_>) -> bool {
    let start: String = scene.prose.chars().take(4_000).collect::<String>().to_lowercase();
    let start = start.split_whitespace().collect::<Vec<_>>().join(" ");
    signs::FAILURES.iter().any(|sign| start.contains(sign))
}
