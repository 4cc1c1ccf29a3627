//! A plan is read with the path of its mistakes, and written as it was read.

use domain::calendar::CalendarSpec;
use domain::event::Actor;
use domain::id::{CalendarId, ServiceId, UnitId};
use store::{Db, WallClock};

use super::{Step, parse};
use crate::{ByDesk, Desk, DeskError};

fn desk() -> (Desk, UnitId, CalendarId, ServiceId) {
    let db = Db::open("sqlite::memory:", store::migrations::ALL).unwrap();
    let clock = WallClock::fixed("2026-03-02T09:00:00Z".parse().unwrap());
    let desk = Desk::with_ids(db, clock, store::id::Ids::of_node(1));
    let (unit, calendar, service) = desk
        .act_now(Actor::Desk, |act| {
            let unit = crate::units::create(act, &ByDesk, &crate::units::Input::named("IT"))?;
            let input = crate::calendars::Input { name: "Always".into(), spec: CalendarSpec::always("UTC") };
            let calendar = crate::calendars::create(act, &ByDesk, &input)?;
            let saved =
                crate::services::create(act, &ByDesk, &crate::services::Input::named("Laptops", unit))?;
            Ok((unit, calendar, saved.id))
        })
        .unwrap();
    (desk, unit, calendar, service)
}

fn read(desk: &Desk, text: String) -> Result<Step, DeskError> {
    desk.look_now(move |look| parse(&text, &look.catalogue, ServiceId(1)))
}

#[test]
fn a_plan_reads_and_writes_the_same() {
    let (desk, unit, calendar, service) = desk();
    let text = format!(
        r#"{{"sequence":[{{"own":{{"unit":{unit},"hours":1.5,"calendar":{calendar}}}}},{{"parallel":[{{"handoff":{{"service":{service}}}}}]}}]}}"#
    );
    let step = read(&desk, text).unwrap();
    assert_eq!(step.services(), [service]);
    assert_eq!(read(&desk, step.to_json()).unwrap(), step);
}

#[test]
fn a_wrong_step_is_named_by_its_path() {
    let (desk, unit, calendar, _) = desk();
    let own = |hours: &str| {
        format!(r#"{{"sequence":[{{"own":{{"unit":{unit},"hours":{hours},"calendar":{calendar}}}}}]}}"#)
    };
    let wrong = [
        (own("-1"), "plan.sequence[0].own.hours"),
        (r#"{"handoff":{"service":99}}"#.to_owned(), "plan.handoff.service"),
        (r#"{"handoff":{"service":1}}"#.to_owned(), "itself"),
        (r#"{"parallel":[]}"#.to_owned(), "plan.parallel"),
        (r#"{"loop":[]}"#.to_owned(), "plan.loop"),
        (r#"{"own":{"unit":1,"hourz":2}}"#.to_owned(), "hourz"),
        ("{".to_owned(), "not JSON"),
    ];
    for (text, expected) in wrong {
        let refused = read(&desk, text).unwrap_err();
        let DeskError::Invalid { field: "plan", problem: message } = refused else { panic!("{refused}") };
        let message = message.to_string();
        assert!(message.contains(expected), "{message} names {expected}");
    }
}
