//! Hours that change while promises run.

use desk::calendars::Input;
use desk::entitled::ByDesk;
use desk::{DeskError, Problem};
use domain::agreement::AgreementKind;
use domain::calendar::CalendarSpec;
use jiff::{SignedDuration, Timestamp};
use testkit::TestDesk;

fn office() -> CalendarSpec {
    let hours = ["monday", "tuesday", "wednesday", "thursday", "friday"]
        .map(|day| (day.to_owned(), serde_json::json!([["09:00", "17:00"]])));
    let week: serde_json::Map<String, serde_json::Value> = hours.into_iter().collect();
    serde_json::from_value(serde_json::json!({ "time_zone": "UTC", "hours": week })).unwrap()
}

fn due(desk: &TestDesk, number: i64) -> Timestamp {
    desk.desk
        .look_now(move |look| {
            let sql = "select due_at from ticket where number = $1";
            Ok(look.tx.query_one(sql, store::params![number], |row| row.get(0))?)
        })
        .unwrap()
}

fn is_clean(desk: &TestDesk) {
    let report = desk::recompute::check(&desk.desk, |_| {}).unwrap();
    assert_eq!(report.total, 0, "{:?}", report.differences);
}

/// Noon of a Wednesday: eight hours of nine to five end on Thursday at noon, those of day and night at eight.
pub(crate) fn other_hours_count_for_tickets_opened_after_them(desk: &TestDesk) {
    let calendar = desk.calendar("Office", office());
    let unit = |name: &'static str| {
        let input = desk::units::Input { calendar: Some(calendar), ..desk::units::Input::named(name) };
        desk.set_up(move |act| desk::units::create(act, &ByDesk, &input))
    };
    let (support, warehouse) = (unit("Support"), unit("Warehouse"));
    let help = desk.service_with("Help", support, |input| {
        input.finishing_allowance = SignedDuration::from_hours(6);
    });
    let stock = desk.service("Stock", warehouse);
    desk.promises(AgreementKind::Sla, help, 8, calendar);
    desk.promises(AgreementKind::Ola, stock, 40, calendar);
    let (ada, kim, bo) =
        (desk.customer("Ada"), desk.agent("Kim", &[support]), desk.agent("Bo", &[warehouse]));
    let old = desk.opens(ada, help, "Opened in office hours", "Where is it?");
    desk.takes(kim, old);
    let asked = desk.asks(kim, old, stock, "Look for it", "Is it there?");
    let (thursday_noon, wednesday_two) =
        ("2026-03-05T12:00:00Z".parse().unwrap(), "2026-03-04T14:00:00Z".parse().unwrap());
    assert_eq!((due(desk, old), due(desk, asked)), (thursday_noon, wednesday_two));

    let change = move |spec: CalendarSpec| {
        let input = Input { name: "Day and night".into(), spec };
        desk.set_up(move |act| desk::calendars::change(act, &ByDesk, calendar, &input));
    };
    change(CalendarSpec::always("UTC"));
    is_clean(desk);

    desk.wait(SignedDuration::from_hours(1));
    desk.replies(kim, old, "We are looking for it.");
    desk.delivers(bo, asked, "It was under the table.");
    assert_eq!((due(desk, old), due(desk, asked)), (thursday_noon, wednesday_two));
    let new = desk.opens(ada, help, "Opened day and night", "And where is this one?");
    assert_eq!(due(desk, new), "2026-03-04T21:00:00Z".parse().unwrap());
    is_clean(desk);

    desk.returns(kim, asked, "It is another one.");
    desk.delivers(bo, asked, "This one.");
    desk.accepts(kim, asked, 5);
    change(office());
    desk.solves(kim, old);
    desk.solves(kim, new);
    is_clean(desk);

    let versions = desk
        .desk
        .look_now(move |look| {
            let named = &look.catalogue.calendars[&calendar];
            assert_eq!(named.name, "Day and night");
            Ok(named.versions.iter().map(|version| version.version).collect::<Vec<_>>())
        })
        .unwrap();
    assert_eq!(versions, [1, 2, 3]);
}

/// Running tickets are put under new hours only when somebody asks for it, who saw which ones.
pub(crate) fn running_tickets_are_renewed_once_their_list_was_seen(desk: &TestDesk) {
    let calendar = desk.calendar("Office", office());
    let support = desk.unit("Support");
    let personnel = desk.unit("Personnel");
    let (help, own) = (
        desk.service("Help", support),
        desk.service_with("Personal matters", personnel, |service| service.confidential = true),
    );
    desk.promises(AgreementKind::Sla, help, 8, calendar);
    desk.promises(AgreementKind::Sla, own, 8, calendar);
    let (ada, eva, kim, theo) =
        (desk.customer("Ada"), desk.employee("Eva"), desk.agent("Kim", &[support]), desk.employee("Theo"));
    desk.appoint(theo, store::office::Office::Administrator);
    let open = desk.opens(ada, help, "Open", "Where is it?");
    let solved = desk.opens(ada, help, "Solved", "And this?");
    desk.opens(eva, own, "Confidential", "Please.");
    desk.solves(kim, solved);
    desk.set_up(move |act| {
        let input = Input { name: "Office".into(), spec: CalendarSpec::always("UTC") };
        desk::calendars::change(act, &ByDesk, calendar, &input)
    });
    desk.wait(SignedDuration::from_hours(1));
    let listed = || {
        let list = desk.act(theo, move |act, viewer| {
            let mut look = desk::Look {
                tx: &mut *act.tx,
                now: act.now,
                catalogue: std::sync::Arc::clone(&act.catalogue),
            };
            desk::renew::of_calendar(&mut look, viewer, calendar)
        });
        list.unwrap()
    };
    let list = listed();
    assert_eq!((list.tickets.len(), list.hidden, list.more), (1, 1, false));
    let (thursday, tonight) =
        ("2026-03-05T12:00:00Z".parse().unwrap(), "2026-03-04T20:00:00Z".parse().unwrap());
    assert_eq!((list.tickets[0].number, list.tickets[0].due), (open, Some(thursday)));
    assert_eq!(list.tickets[0].then, Some(tonight), "from its original start");
    let renew = |mark: &str| {
        let mark = mark.to_owned();
        desk.act(theo, move |act, viewer| desk::renew::run(act, viewer, calendar, &mark))
    };
    assert!(matches!(renew("another list"), Err(DeskError::Conflict(Problem::ListChanged))));
    assert!(desk.act(kim, move |act, viewer| desk::renew::run(act, viewer, calendar, "")).is_err());
    assert_eq!(due(desk, open), thursday);
    assert_eq!(renew(&list.mark).unwrap(), 2);
    assert_eq!(due(desk, open), tonight);
    is_clean(desk);
    let list = listed();
    assert_eq!((list.tickets.len(), list.hidden), (0, 0));
    desk.wait(SignedDuration::from_hours(2));
    desk.replies(kim, open, "It is on its way.");
    assert_eq!(due(desk, open), tonight);
    is_clean(desk);
}

/// What the set-up decides about running tickets is written with the change of the set-up.
pub(crate) fn a_change_of_the_set_up_leaves_no_ticket_behind(desk: &TestDesk) {
    let (day, night) =
        (desk.calendar("Office", office()), desk.calendar("Always", CalendarSpec::always("UTC")));
    let unit = |name: &'static str, calendar| {
        let input = desk::units::Input { calendar: Some(calendar), ..desk::units::Input::named(name) };
        desk.set_up(move |act| desk::units::create(act, &ByDesk, &input))
    };
    let (support, warehouse) = (unit("Support", day), unit("Warehouse", day));
    let help = desk.service_with("Help", support, |input| {
        input.finishing_allowance = SignedDuration::from_hours(2);
    });
    let stock = desk.service("Stock", warehouse);
    desk.promises(AgreementKind::Sla, help, 16, day);
    let (ada, kim) = (desk.customer("Ada"), desk.agent("Kim", &[support]));
    let ticket = desk.opens(ada, help, "Where is it?", "I wait.");
    desk.takes(kim, ticket);
    let asked = desk.asks(kim, ticket, stock, "Look for it", "Is it there?");
    let before = due(desk, asked);
    is_clean(desk);

    let change = |allowance: i64, confidential: bool| {
        let mut input = desk::services::Input::named("Help", support);
        input.audience = domain::service::Audience { internal: true, connected: true, external: true };
        input.finishing_allowance = SignedDuration::from_hours(allowance);
        input.confidential = confidential;
        desk.set_up(move |act| desk::services::change(act, &ByDesk, help, &input));
    };
    change(6, false);
    let (friday_ten, thursday_two) =
        ("2026-03-06T10:00:00Z".parse().unwrap(), "2026-03-05T14:00:00Z".parse().unwrap());
    assert_eq!(
        (before, due(desk, asked)),
        (friday_ten, thursday_two),
        "its owner needs more time afterwards"
    );
    is_clean(desk);

    let always = desk::units::Input { calendar: Some(night), ..desk::units::Input::named("Support") };
    desk.set_up(move |act| desk::units::change(act, &ByDesk, support, &always));
    is_clean(desk);

    let leader = desk.employee("Lee");
    desk.appoint(leader, store::office::Office::Overseer(None));
    assert!(desk.sees(leader, ticket).is_some());
    change(6, true);
    assert!(desk.sees(leader, ticket).is_none(), "what became confidential is hidden at once");
    is_clean(desk);
}
