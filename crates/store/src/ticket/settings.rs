//! What of a ticket can be set back, as its row keeps it.

use std::collections::BTreeMap;

use domain::bulk_action::Settings;
use domain::id::TicketId;
use domain::priority::Priority;

use crate::StoreError;
use crate::db::Tx;
use crate::params;

/// Whoever asks: for what the desk compares by itself. What was answered in fields of one's own, whoever set them
/// adds.
pub fn settings(tx: &mut Tx, ticket: TicketId) -> Result<Option<Settings>, StoreError> {
    Ok(tx.query_opt(
        "select unit_id, person_id, priority, service_id, snoozed_until_at from ticket where id = $1",
        params![ticket],
        |row| {
            Ok(Settings {
                unit: row.get(0)?,
                person: row.get(1)?,
                priority: Priority::try_from(row.get::<u8>(2)?).unwrap_or(Priority::P4),
                service: row.get(3)?,
                snoozed_until: row.get(4)?,
                answers: BTreeMap::new(),
            })
        },
    )?)
}
