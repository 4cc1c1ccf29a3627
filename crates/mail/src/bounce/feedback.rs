//! Complaints that mailbox providers pass on (RFC 5965 and the older forms of it).

use super::{Bounce, Kind, MOST, Reason, Scene, address_in, original};
use crate::header::Fields;

/// A complaint as one record for each reader whom it names, or nothing.
pub(super) fn read(scene: &Scene<'_>) -> Option<Vec<Bounce>> {
    let report = scene.leaves("message/feedback-report").next();
    if report.is_none() && !is_opt_out(scene) && !is_plain_complaint(scene) {
        return None;
    }
    let report = report.unwrap_or_default();
    let bytes = report.as_bytes();
    let fields = Fields::read(bytes, 0..bytes.len(), scene.limits).unwrap_or_default();
    let mut named = recipients(bytes, &fields, "original-rcpt-to");
    if named.is_empty() {
        named = recipients(bytes, &fields, "removal-recipient");
    }
    if named.is_empty() {
        named.extend(recipient_of_original(scene).or_else(|| reader_who_opts_out(scene)));
    }
    let original = original::id(scene);
    let complaint = |recipient: Option<String>| Bounce {
        recipient,
        status: None,
        kind: Kind::Soft,
        reason: Reason::Feedback,
        original_message_id: original.clone(),
        diagnosis: fields.plain(bytes, "feedback-type"),
    };
    if named.is_empty() {
        return Some(vec![complaint(None)]);
    }
    Some(named.into_iter().map(|recipient| complaint(Some(recipient))).collect())
}

/// Everybody in the fields of that name; a report may tell of one mail to several readers.
fn recipients(report: &[u8], fields: &Fields, name: &str) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for field in fields.all(name).take(MOST) {
        let value = fields.line(report, field);
        all.extend(value.split([',', ' ']).filter(|word| word.contains('@')).filter_map(address_in));
    }
    all.dedup();
    all.truncate(MOST);
    all
}

fn reader_who_opts_out(scene: &Scene<'_>) -> Option<String> {
    let reader = scene.message.from.first().filter(|_| is_opt_out(scene))?;
    Some(reader.address.as_str().to_owned())
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
