//! An agreement and the hours that it counts, of a service that nobody has asked.

use domain::agreement::AgreementKind;
use domain::id::ServiceId;
use testkit::TestDesk;

pub(crate) fn make(desk: &TestDesk, service: ServiceId) {
    desk.promises(AgreementKind::Sla, service, 8, desk.always());
}

/// All of them, and one that is not there.
pub(crate) fn calendars(desk: &TestDesk) -> Vec<i64> {
    all(desk, "select id from calendar order by id")
}

/// The same.
pub(crate) fn agreements(desk: &TestDesk) -> Vec<i64> {
    all(desk, "select id from agreement order by id")
}

fn all(desk: &TestDesk, sql: &'static str) -> Vec<i64> {
    let found: Vec<i64> =
        desk.set_up(move |act| Ok(act.tx.query(sql, store::params![], |row| row.get::<i64>(0))?));
    found.into_iter().chain([17]).collect()
}
