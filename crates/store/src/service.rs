//! Services: what units provide, with the rules and the words of the catalogue.

use domain::id::{ServiceId, UnitId};
use jiff::Timestamp;

use crate::StoreError;
use crate::catalogue::Offer;
use crate::db::{ToParam, Tx};
use crate::params;

pub fn insert(tx: &mut Tx, offer: &Offer, created_at: Timestamp) -> Result<(), StoreError> {
    with_columns(offer, |values| {
        let all: Vec<&dyn ToParam> = values.iter().copied().chain([&created_at as &dyn ToParam]).collect();
        tx.execute(
            "insert into service (id, name, summary, unit_id, audience_internal, audience_connected, \
             audience_external, captive, confidential, finishing_allowance_seconds, matrix, reopen_days, close_days, \
             neutral_unit_id, plan, ended_at, created_at) \
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)",
            &all,
        )
    })?;
    Ok(())
}

pub fn update(tx: &mut Tx, offer: &Offer) -> Result<(), StoreError> {
    with_columns(offer, |values| {
        tx.execute(
            "update service set name = $2, summary = $3, unit_id = $4, audience_internal = $5, \
             audience_connected = $6, audience_external = $7, captive = $8, confidential = $9, \
             finishing_allowance_seconds = $10, matrix = $11, reopen_days = $12, close_days = $13, \
             neutral_unit_id = $14, plan = $15, ended_at = $16 where id = $1",
            values,
        )
    })?;
    Ok(())
}

/// When the last hand-offs about a service that one unit asked of another were opened and delivered,
/// newest first.
pub fn delivered(
    tx: &mut Tx,
    service: ServiceId,
    asking: UnitId,
    unit: UnitId,
    limit: u16,
) -> Result<Vec<(Timestamp, Timestamp)>, StoreError> {
    Ok(tx.query(
        "select opened_at, solved_at from ticket where asking_unit_id = $1 and unit_id = $2 and service_id = $3 \
         and solved_at is not null order by id desc limit $4",
        params![asking, unit, service, limit],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )?)
}

fn with_columns<T>(
    offer: &Offer,
    run: impl FnOnce(&[&dyn ToParam]) -> Result<T, crate::DbError>,
) -> Result<T, StoreError> {
    let service = &offer.service;
    let matrix = serde_json::to_string(&service.matrix).map_err(StoreError::encoding)?;
    Ok(run(&[
        &service.id,
        &offer.name,
        &offer.summary,
        &service.unit,
        &i64::from(service.audience.internal),
        &i64::from(service.audience.connected),
        &i64::from(service.audience.external),
        &i64::from(service.captive),
        &i64::from(service.confidential),
        &service.finishing_allowance.as_secs(),
        &matrix,
        &service.reopen_days,
        &service.close_days,
        &service.neutral_owner,
        &offer.plan,
        &offer.ended_at,
    ])?)
}
