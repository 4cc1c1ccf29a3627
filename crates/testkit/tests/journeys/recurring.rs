//! An agent writes a ticket that comes every week, sees when, and finds it opened.

use domain::calendar::{CalendarSpec, Interval, Weekday};
use jiff::SignedDuration;
use testkit::{Site, TestDesk};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_ticket_comes_every_week_and_says_when() {
    let desk = TestDesk::new();
    let house = desk.unit("House");
    desk.service("Plants", house);
    desk.employee("Eva");
    let kim = desk.agent("Kim", &[house]);
    desk.may_sign_in(&[kim]);
    let Some(site) = Site::open(desk).await else { return };
    let kim = site.enter("Kim").await;
    kim.visit("/recurring").await;
    kim.sees("Nothing comes again yet").await;
    kim.follow("Plants").await;
    kim.fill("Asked for", "nobody@example.org").await;
    kim.fill("Subject", "Water the plants").await;
    kim.fill("Text", "All of them.").await;
    kim.press("Add").await;
    kim.sees("This person is not in the directory").await;
    assert_eq!(kim.value("Subject").await, "Water the plants");
    kim.fill("Asked for", "eva@example.org").await;
    for day in ["Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"] {
        kim.tick(day).await;
    }
    kim.press("Add").await;
    kim.sees("The next times").await;
    assert_eq!(kim.list("The next times").await.len(), 5);
    kim.close().await;
    site.desk.wait(SignedDuration::from_hours(24));
    desk::sweep::run(&site.desk.desk).unwrap();
    let kim = site.enter("Kim").await;
    kim.visit("/recurring").await;
    kim.follow("Water the plants").await;
    kim.sees("Last opened:").await;
    kim.press("Pause").await;
    kim.sees("It is paused.").await;
    kim.visit("/").await;
    kim.sees("Water the plants").await;
    kim.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_ticket_that_comes_again_knows_on_which_days_nobody_works() {
    let desk = TestDesk::new();
    let calendar = desk.calendar("Weekdays", weekdays());
    let house = desk.set_up(move |act| {
        let input = desk::units::Input { calendar: Some(calendar), ..desk::units::Input::named("House") };
        desk::units::create(act, &desk::entitled::ByDesk, &input)
    });
    desk.service("Plants", house);
    desk.employee("Eva");
    let kim = desk.agent("Kim", &[house]);
    desk.may_sign_in(&[kim]);
    let Some(site) = Site::open(desk).await else { return };
    let kim = site.enter("Kim").await;
    kim.visit("/").await;
    kim.follow_at_the_side("Recurring tickets").await;
    kim.follow("Plants").await;
    kim.fill("Asked for", "eva@example.org").await;
    kim.fill("Subject", "Water the plants").await;
    kim.fill("Text", "All of them.").await;
    kim.tick("Monday").await;
    kim.tick("Saturday").await;
    kim.choose("If nobody works on that day", "On the working day before it").await;
    kim.choose("Working days of", "Weekdays").await;
    kim.press("Add").await;
    kim.sees("The next times").await;
    let times = kim.list("The next times").await;
    assert!(times[0].ends_with("instead of 2026-03-07"), "{times:?}");
    kim.choose("If nobody works on that day", "Left out").await;
    kim.press("Save").await;
    kim.sees("nobody works on any of them").await;
    kim.close().await;
}

fn weekdays() -> CalendarSpec {
    let day = vec![Interval::parse("09:00", "17:00").unwrap()];
    let hours = Weekday::ALL.into_iter().take(5).map(|weekday| (weekday, day.clone())).collect();
    CalendarSpec { hours, ..CalendarSpec::closed("UTC") }
}
