//! Agreements and their targets; the catalogue reads them.

use domain::agreement::Target;
use domain::id::AgreementId;
use jiff::Timestamp;

use crate::StoreError;
use crate::catalogue::Agreement;
use crate::db::Tx;
use crate::params;

/// Writes a version with its targets.
pub fn insert(tx: &mut Tx, agreement: &Agreement) -> Result<(), StoreError> {
    tx.execute(
        "insert into agreement (id, name, kind, service_id, class, asking_unit_id, version, previous_id, \
         valid_from_at, valid_until_at, override_reason) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        params![
            agreement.id,
            agreement.name,
            agreement.kind,
            agreement.service,
            agreement.class,
            agreement.asking,
            agreement.version,
            agreement.previous,
            agreement.valid_from,
            agreement.valid_until,
            agreement.override_reason
        ],
    )?;
    agreement.targets.iter().try_for_each(|target| insert_target(tx, target))
}

/// Says when a version stops being given to new tickets.
pub fn set_end(tx: &mut Tx, agreement: AgreementId, until: Timestamp) -> Result<(), StoreError> {
    tx.execute("update agreement set valid_until_at = $2 where id = $1", params![agreement, until])?;
    Ok(())
}

fn insert_target(tx: &mut Tx, target: &Target) -> Result<(), StoreError> {
    tx.execute(
        "insert into target (id, agreement_id, metric, priority, within_seconds, calendar_id, quantile, \
         pause_requester, pause_supplier, pause_agreed) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        params![
            target.id,
            target.agreement,
            target.metric,
            target.priority.map(|priority| i64::from(priority.number())),
            target.within.as_secs(),
            target.calendar,
            target.quantile,
            i64::from(target.pauses.requester),
            i64::from(target.pauses.supplier),
            i64::from(target.pauses.agreed)
        ],
    )?;
    Ok(())
}
