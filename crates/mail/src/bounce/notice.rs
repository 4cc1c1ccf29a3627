//! Notices of Amazon's mail service, which come as JSON in a mail.

use serde::Deserialize;

use super::Finding;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Envelope {
    message: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Notice {
    notification_type: String,
    bounce: Option<Refused>,
    mail: Option<Mail>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Mail {
    message_id: String,
}

/// What such a notice says.
pub(super) struct Told {
    pub findings: Vec<Finding>,
    pub original: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Refused {
    bounced_recipients: Vec<Recipient>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Recipient {
    email_address: String,
    action: Option<String>,
    status: Option<String>,
    diagnostic_code: Option<String>,
}

/// The recipients of a notice, or nothing when the text is none.
pub(super) fn read(text: &str) -> Option<Told> {
    if !text.trim_start().starts_with('{') {
        return None;
    }
    // Lines were folded on the way, also inside strings.
    let text = text.replace('\n', "");
    let text = text.as_str();
    let one = |text: &str| serde_json::Deserializer::from_str(text).into_iter::<Notice>().next()?.ok();
    let envelope = serde_json::Deserializer::from_str(text).into_iter::<Envelope>().next();
    let notice = match envelope {
        Some(Ok(envelope)) => one(&envelope.message)?,
        _ => one(text)?,
    };
    let refused = notice.bounce.filter(|_| notice.notification_type == "Bounce")?;
    let finding = |one: Recipient| Finding {
        recipient: Some(one.email_address),
        action: one.action,
        status: one.status,
        diagnosis: one.diagnostic_code.unwrap_or_default(),
        is_around: false,
    };
    Some(Told {
        findings: refused.bounced_recipients.into_iter().map(finding).collect(),
        original: notice.mail.map(|mail| format!("<{}>", mail.message_id)),
    })
}
