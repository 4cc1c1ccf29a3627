//! Tickets that come again: opened once at their time, also after standing still, and never without a right.

use desk::recurring::{self, Input};
use desk::{DeskError, sweep};
use domain::id::{PersonId, RecurringId, ServiceId};
use domain::recurrence::{Recurrence, Rule};
use domain::ticket::Kind;
use jiff::SignedDuration;
use testkit::TestDesk;

fn daily(desk: &TestDesk, service: ServiceId) -> Input {
    let today = desk.now().to_zoned(jiff::tz::TimeZone::UTC).date();
    Input {
        service,
        kind: Kind::Request,
        requester: "eva@example.org".to_owned(),
        subject: "Water the plants".to_owned(),
        body: "All of them.".to_owned(),
        fields: Default::default(),
        recurrence: Recurrence {
            rule: Rule::Daily,
            at: jiff::civil::time(8, 0, 0, 0),
            zone: "UTC".to_owned(),
            first: today,
            last: None,
        },
    }
}

fn saves(desk: &TestDesk, who: PersonId, input: Input) -> Result<RecurringId, DeskError> {
    desk.act(who, move |act, viewer| recurring::save(act, viewer, &input))
}

fn opened(desk: &TestDesk) -> usize {
    sweep::run(&desk.desk).unwrap();
    desk.desk
        .look_now(|look| Ok(store::ticket::next_number(look.tx)?))
        .map(|next| usize::try_from(next - 1_001).unwrap())
        .unwrap()
}

fn kept(desk: &TestDesk, id: RecurringId) -> store::recurring::Recurring {
    desk.desk.look_now(move |look| Ok(store::recurring::by_id(look.tx, id)?)).unwrap().unwrap()
}

pub(crate) fn a_recurring_ticket_comes_once_each_time_and_once_after_standing_still(desk: &TestDesk) {
    let house = desk.unit("House");
    let service = desk.service("Plants", house);
    let (eva, kim) = (desk.employee("Eva"), desk.agent("Kim", &[house]));
    assert!(saves(desk, eva, daily(desk, service)).is_err(), "only who serves there");
    let before = opened(desk);
    let id = saves(desk, kim, daily(desk, service)).unwrap();
    assert_eq!(opened(desk), before, "its time has not come");
    desk.wait(SignedDuration::from_hours(24));
    assert_eq!(opened(desk), before + 1);
    assert_eq!(opened(desk), before + 1, "the sweep opens it once");
    desk.wait(SignedDuration::from_hours(24 * 5));
    assert_eq!(opened(desk), before + 2, "five days of standing still are one ticket");
    let one = kept(desk, id);
    assert!(one.next_at.unwrap() > desk.now());
    let (number, _) = one.last.unwrap();
    assert!(desk.sees(eva, number).is_some() && desk.sees(kim, number).is_some());
    desk.act(kim, move |act, viewer| recurring::pause(act, viewer, id, true)).unwrap();
    desk.wait(SignedDuration::from_hours(48));
    assert_eq!(opened(desk), before + 2);
    desk.act(kim, move |act, viewer| recurring::pause(act, viewer, id, false)).unwrap();
    assert_eq!(opened(desk), before + 2, "what passed while it was paused is not made up for");
    desk.wait(SignedDuration::from_hours(24));
    assert_eq!(opened(desk), before + 3);
}

pub(crate) fn what_cannot_be_opened_any_more_is_paused_with_the_reason(desk: &TestDesk) {
    let house = desk.unit("House");
    let service = desk.service("Plants", house);
    let (eva, kim) = (desk.employee("Eva"), desk.agent("Kim", &[house]));
    let id = saves(desk, kim, daily(desk, service)).unwrap();
    desk.set_up(move |act| desk::people::leave_unit(act, &desk::entitled::ByDesk, kim, house));
    let before = opened(desk);
    desk.wait(SignedDuration::from_hours(24));
    assert_eq!(opened(desk), before);
    let one = kept(desk, id);
    assert!(one.paused && one.failed.is_some());
    let hidden = desk.act(kim, move |act, viewer| recurring::pause(act, viewer, id, false));
    assert!(matches!(hidden, Err(DeskError::NotFound)));
    let _ = eva;
}
