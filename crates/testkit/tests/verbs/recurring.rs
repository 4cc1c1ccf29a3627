//! Tickets that come again: opened once at their time, also after standing still, and never without a right.

use desk::entitled::ByDesk;
use desk::recurring::{self, Input};
use desk::{DeskError, Problem, sweep};
use domain::calendar::CalendarSpec;
use domain::id::CalendarId;
use domain::id::{PersonId, RecurringId, ServiceId};
use domain::recurrence::{OffDays, Recurrence, Rule, Then};
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
            off_days: None,
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
    assert!(one.paused);
    assert_eq!(one.failed, Some(domain::recurrence::Stop::MakerServesElsewhere));
    let hidden = desk.act(kim, move |act, viewer| recurring::pause(act, viewer, id, false));
    assert!(matches!(hidden, Err(DeskError::NotFound)));
    let _ = eva;
}

fn office(holidays: &[&str]) -> CalendarSpec {
    let hours = ["monday", "tuesday", "wednesday", "thursday", "friday"]
        .map(|day| (day.to_owned(), serde_json::json!([["09:00", "17:00"]])));
    let week: serde_json::Map<String, serde_json::Value> = hours.into_iter().collect();
    let spec = serde_json::json!({ "time_zone": "UTC", "hours": week, "holidays": holidays });
    serde_json::from_value(spec).unwrap()
}

/// It is Wednesday, the 4th of March, at noon.
pub(crate) fn on_days_on_which_nobody_works_it_comes_before_after_or_not_at_all(desk: &TestDesk) {
    let calendar = desk.calendar("Office", office(&[]));
    let other = desk.calendar("Night watch", office(&[]));
    let house = desk.set_up(move |act| {
        let input = desk::units::Input { calendar: Some(calendar), ..desk::units::Input::named("House") };
        desk::units::create(act, &ByDesk, &input)
    });
    let service = desk.service("Plants", house);
    desk.employee("Eva");
    let kim = desk.agent("Kim", &[house]);
    let saturdays = |calendar: CalendarId, then: Then| {
        let mut input = daily(desk, service);
        input.recurrence.rule = Rule::Weekly { days: [6].into() };
        input.recurrence.off_days = Some(OffDays { calendar, then });
        saves(desk, kim, input)
    };
    let Err(DeskError::Invalid { field: "calendar", problem: Problem::CalendarUnknown }) =
        saturdays(other, Then::Before)
    else {
        panic!("a calendar that has nothing to do with the service is not there")
    };
    let next = |id: RecurringId| kept(desk, id).next_at.map(|at| at.to_string());
    let says = |day: &str| Some(format!("2026-03-{day}T08:00:00Z"));
    let before = saturdays(calendar, Then::Before).unwrap();
    let after = saturdays(calendar, Then::After).unwrap();
    assert_eq!((next(before), next(after)), (says("06"), says("09")));
    let Err(DeskError::Invalid { problem: Problem::RecurringNever, .. }) = saturdays(calendar, Then::LeftOut)
    else {
        panic!("no Saturday is a working day")
    };
    let closes = |holidays: &'static [&'static str]| {
        let input = desk::calendars::Input { name: "Office".to_owned(), spec: office(holidays) };
        desk.set_up(move |act| desk::calendars::change(act, &ByDesk, calendar, &input));
    };
    closes(&["2026-03-06", "2026-03-09"]);
    assert_eq!((next(before), next(after)), (says("05"), says("10")), "what waits comes by the new days");
    let opened_before = opened(desk);
    desk.wait(SignedDuration::from_hours(24));
    assert_eq!(opened(desk), opened_before + 1);
    assert_eq!(next(before), says("13"), "the Saturday for which it came does not come again");
    closes(&[]);
    assert_eq!((next(before), next(after)), (says("13"), says("09")));
}
