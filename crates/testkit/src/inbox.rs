//! Inboxes of a test, and mail that waits in them for somebody's decision.

use desk::entitled::ByDesk;
use desk::inboxes::Input;
use domain::id::{InboxId, MailId, ServiceId, UnitId};
use store::mail::{Became, Kept, Source, State};

use crate::TestDesk;

/// A mail that was held, as it was read.
#[derive(Debug, Clone, Default)]
pub struct Held {
    pub code: &'static str,
    pub from_address: Option<String>,
    pub from_name: Option<String>,
    pub subject: String,
    pub raw: String,
}

impl TestDesk {
    /// An inbox with what `change` makes of it.
    pub fn inbox(
        &self,
        address: &str,
        (unit, service): (UnitId, ServiceId),
        change: impl FnOnce(&mut Input),
    ) -> InboxId {
        let mut input = Input::named(address, address, unit, service);
        change(&mut input);
        self.set_up(move |act| desk::inboxes::create(act, &ByDesk, &input))
    }

    /// Keeps a mail that waits for a decision for 30 days.
    ///
    /// # Panics
    /// When its bytes cannot be packed.
    pub fn holds(&self, inbox: InboxId, held: Held) -> MailId {
        self.set_up(move |act| {
            let id = MailId(act.new_id());
            let packed = zstd::encode_all(held.raw.as_bytes(), 1).expect("memory can be written to");
            let mut content = [0; 32];
            content[..8].copy_from_slice(&id.0.to_be_bytes());
            let kept = Kept {
                id,
                inbox,
                content,
                arrived_at: act.now,
                source: Source::Imap,
                silent: false,
                envelope_from: held.from_address.as_deref(),
                envelope_to: None,
                size: i64::try_from(held.raw.len()).unwrap_or(i64::MAX),
                raw: Some(&packed),
                until_at: None,
            };
            store::mail::keep(act.tx, &kept)?;
            let became = Became {
                state: State::Suspended,
                message_id: None,
                from_address: held.from_address.as_deref(),
                from_name: held.from_name.as_deref(),
                subject: Some(&held.subject),
                ticket: None,
                hint: None,
                code: Some(held.code),
                detail: None,
                until_at: Some(act.now + jiff::SignedDuration::from_hours(30 * 24)),
            };
            store::mail::became(act.tx, id, &became)?;
            Ok(id)
        })
    }
}
