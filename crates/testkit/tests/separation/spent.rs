//! Time spent: what it was for is read inside alone.

use domain::id::PersonId;
use testkit::TestDesk;

use crate::canary::{Canary, word};
use crate::texts::{BO, MO, inside};

const NOTE: &str = "what time was spent for";

pub(crate) fn say(desk: &TestDesk, kim: PersonId, external: i64) {
    desk.with(kim, external, |act, seen| {
        let day = jiff::civil::date(2026, 11, 24);
        let typed = desk::spent::Typed { time: "1:30".to_owned(), day, note: word(NOTE) };
        desk::spent::add(act, seen.annotate().ok_or(desk::DeskError::NotAllowed)?, &typed)
    })
    .unwrap();
}

pub(crate) fn canaries() -> Vec<Canary> {
    vec![Canary { name: NOTE, word: word(NOTE), for_whom: inside(&[BO, MO]) }]
}
