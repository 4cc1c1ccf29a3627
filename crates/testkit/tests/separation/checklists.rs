//! Steps of a ticket are read inside alone.

use domain::id::PersonId;
use testkit::TestDesk;

use crate::canary::{Canary, word};
use crate::texts::{BO, MO, inside};

const STEP: &str = "step of a checklist";

/// The steps that there are.
pub(crate) fn ids(desk: &TestDesk) -> Vec<i64> {
    let all = "select id from checklist_item order by id";
    desk.desk.look_now(|look| Ok(look.tx.query(all, &[], |row| row.get(0))?)).unwrap()
}

pub(crate) fn add(desk: &TestDesk, kim: PersonId, external: i64) {
    desk.with(kim, external, |act, seen| {
        desk::checklist::add(
            act,
            seen.annotate().ok_or(desk::DeskError::NotAllowed)?,
            &format!("{}\nCall back", word(STEP)),
        )
    })
    .unwrap();
}

pub(crate) fn canaries() -> Vec<Canary> {
    vec![Canary { name: STEP, word: word(STEP), for_whom: inside(&[BO, MO]) }]
}
