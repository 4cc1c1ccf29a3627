//! Which answers count after one of them changed: what is not asked any more rests, and what is asked again is back.

use domain::custom::{Custom, Of, asked};
use domain::id::ServiceId;
use store::Tx;
use store::custom::kept::{self, Settled};

use crate::DeskError;

/// Sets answers aside whose condition does not hold any more, and brings those back whose condition holds again.
pub(super) fn settle(
    tx: &mut Tx,
    customs: &[Custom],
    (of, thing, service): (Of, i64, Option<ServiceId>),
) -> Result<Settled, DeskError> {
    let apply = |custom: &&Custom| custom.when.is_some() && !custom.ended && custom.is_for(of, service);
    let depend: Vec<&Custom> = customs.iter().filter(apply).collect();
    if depend.is_empty() {
        return Ok(Settled::default());
    }
    let answers = store::custom::of(tx, thing, customs)?;
    let aside = kept::aside(tx, thing, customs)?;
    // A field that is not asked has no value that counts, so those that rest may stand among the others here.
    let all = aside.iter().chain(&answers).map(|(id, value)| (*id, value.clone())).collect();
    let asked = asked(customs, of, service, &all);
    let mut settled = Settled::default();
    for custom in depend {
        let is_asked = asked.iter().any(|own| own.id == custom.id);
        if !is_asked && answers.contains_key(&custom.id) {
            kept::set_aside(tx, thing, custom.id)?;
            settled.rested.push(custom.id);
        }
        if is_asked && aside.contains_key(&custom.id) && !answers.contains_key(&custom.id) {
            kept::bring_back(tx, thing, custom.id)?;
            settled.returned.push(custom.id);
        }
    }
    Ok(settled)
}
