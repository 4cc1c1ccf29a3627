//! Tickets that come again: whoever serves in the unit of their service reads them, and nobody else.

use desk::recurring::Input;
use domain::id::{PersonId, ServiceId};
use domain::recurrence::{Recurrence, Rule};
use domain::ticket::Kind;
use testkit::TestDesk;

use crate::canary::{Canary, word};
use crate::texts::{HANA, KIM, LEAD};

const SUBJECT: &str = "subject of a recurring ticket";

pub(crate) fn save(desk: &TestDesk, kim: PersonId, help: ServiceId) -> i64 {
    let first = desk.now().to_zoned(jiff::tz::TimeZone::UTC).date();
    let input = Input {
        service: help,
        kind: Kind::Request,
        requester: "ada@example.org".to_owned(),
        subject: word(SUBJECT),
        body: word(SUBJECT),
        fields: Default::default(),
        recurrence: Recurrence {
            rule: Rule::LastWorkday,
            at: jiff::civil::time(8, 0, 0, 0),
            zone: "Europe/Berlin".to_owned(),
            first,
            last: None,
            off_days: None,
        },
    };
    desk.act(kim, move |act, viewer| desk::recurring::save(act, viewer, &input)).unwrap().0
}

/// A lead serves in the unit as well.
pub(crate) fn canaries() -> Vec<Canary> {
    vec![Canary { name: SUBJECT, word: word(SUBJECT), for_whom: vec![KIM, HANA, LEAD] }]
}
