//! Complaints that mailbox providers pass on (RFC 5965 and the older forms of it).

use super::{Bounce, Kind, Reason, Scene, address_in, original};
use crate::header::Fields;

/// A complaint as one record, or nothing.
pub(super) fn read(scene: &Scene<'_>) -> Option<Bounce> {
    let report = scene.leaves("message/feedback-report").next();
    if report.is_none() && !is_opt_out(scene) && !is_plain_complaint(scene) {
        return None;
    }
    let report = report.unwrap_or_default();
    let field = |name: &str| {
        let bytes = report.as_bytes();
        Fields::read(bytes, 0..bytes.len(), scene.limits).ok()?.plain(bytes, name)
    };
    let recipient = field("original-rcpt-to")
        .or_else(|| field("removal-recipient"))
        .and_then(|value| address_in(&value))
        .or_else(|| recipient_of_original(scene))
        .or_else(|| {
            scene
                .message
                .from
                .first()
                .map(|from| from.address.as_str().to_owned())
                .filter(|_| is_opt_out(scene))
        });
    Some(Bounce {
        recipient,
        status: None,
        kind: Kind::Soft,
        reason: Reason::Feedback,
        original_message_id: original::id(scene),
        diagnosis: field("feedback-type"),
    })
}

/// Hotmail and its kin pass the mail on and name its reader in a field of it.
fn is_plain_complaint(scene: &Scene<'_>) -> bool {
    let subject = scene.message.subject.as_deref().unwrap_or_default().to_lowercase();
    subject.starts_with("complaint about message from ")
        && scene.parts.iter().any(|part| part.mime == "message/rfc822")
}

/// Mail programs write this for readers who press "unsubscribe".
fn is_opt_out(scene: &Scene<'_>) -> bool {
    let subject = scene.message.subject.as_deref().unwrap_or_default().trim().to_lowercase();
    subject == "unsubscribe" && scene.prose.contains("sent this email to unsubscribe")
}

fn recipient_of_original(scene: &Scene<'_>) -> Option<String> {
    let kinds = ["message/rfc822", "text/rfc822-headers"];
    kinds.iter().flat_map(|kind| scene.leaves(kind)).find_map(|text| {
        let bytes = text.as_bytes();
        let fields = Fields::read(bytes, 0..bytes.len(), scene.limits).ok()?;
        ["x-hmxmroriginalrecipient", "to", "delivered-to", "cc"].iter().find_map(|name| {
            let value = fields.plain(bytes, name)?;
            crate::address::written(&value).mailboxes.first().map(|one| one.address.as_str().to_owned())
        })
    })
}
