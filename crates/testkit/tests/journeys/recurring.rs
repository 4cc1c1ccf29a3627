//! An agent writes a ticket that comes every week, sees when, and finds it opened.

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
