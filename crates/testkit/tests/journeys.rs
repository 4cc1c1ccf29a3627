//! What people do with the desk in a real browser, from signing in to the ledger.

#![allow(clippy::unwrap_used, reason = "a broken promise may panic")]

#[path = "journeys/inside.rs"]
mod inside;
#[path = "journeys/live.rs"]
mod live;
#[path = "journeys/outside.rs"]
mod outside;

use desk::agreements::{Draft, TargetDraft};
use desk::entitled::ByDesk;
use domain::agreement::{AgreementKind, Metric, Pauses};
use domain::calendar::CalendarSpec;
use domain::id::{PersonId, ServiceId};
use jiff::SignedDuration;
use testkit::TestDesk;
use testkit::browser::Browser;

/// A shop: Support answers customers, the Warehouse has the goods.
struct Shop {
    desk: TestDesk,
    ada: PersonId,
    kim: PersonId,
    help: ServiceId,
    stock: ServiceId,
}

fn shop() -> Shop {
    let desk = TestDesk::new();
    let (support, warehouse) = (desk.unit("Support"), desk.unit("Warehouse"));
    let (help, stock) = (desk.service("Help", support), desk.service("Stock", warehouse));
    promise_solved(&desk, help, 8);
    let ada = desk.customer("Ada");
    let (kim, bo) = (desk.agent("Kim", &[support]), desk.agent("Bo", &[warehouse]));
    desk.may_sign_in(&[ada, kim, bo]);
    Shop { desk, ada, kim, help, stock }
}

/// Promises that tickets of the service are solved within so many hours, day and night.
fn promise_solved(desk: &TestDesk, service: ServiceId, hours: i64) {
    let always = desk::calendars::Input { name: "Always".into(), spec: CalendarSpec::always("UTC") };
    let calendar = desk.set_up(move |act| desk::calendars::create(act, &ByDesk, &always));
    desk.set_up(move |act| {
        let target = TargetDraft {
            metric: Metric::Resolution,
            priority: None,
            within: SignedDuration::from_hours(hours),
            calendar,
            quantile: None,
            pauses: Pauses::default(),
        };
        let draft = Draft {
            name: "Solved in time".into(),
            kind: AgreementKind::Sla,
            service,
            class: None,
            asking: None,
            from: None,
            targets: vec![target],
        };
        desk::agreements::save(act, &ByDesk, None, &draft, Some("For the test."))
    });
}

fn minutes(minutes: i64) -> SignedDuration {
    SignedDuration::from_mins(minutes)
}

/// Asks for a service in the portal and gives the new ticket's number.
async fn opens(person: &Browser, service: &str, subject: &str, body: &str) -> i64 {
    person.visit("/portal/services").await;
    person.follow(service).await;
    person.fill("In one line", subject).await;
    person.fill("What happened, or what do you need?", body).await;
    person.press("Send").await;
    let address =
        person.is_at(|path| path.trim_start_matches("/portal/tickets/").parse::<i64>().is_ok()).await;
    person.sees("Your ticket is with us.").await;
    address.split(['/', '?']).find_map(|part| part.parse().ok()).unwrap()
}

async fn takes(person: &Browser) {
    person.press("Take it").await;
    person.sees("The ticket has its holder.").await;
}

async fn notes(person: &Browser, note: &str) {
    person.unfold("Internal note").await;
    person.fill("Your note", note).await;
    person.press("Add note").await;
    person.sees("Your note was added.").await;
}

/// Asks another unit's service from the ticket's page.
async fn asks(person: &Browser, service: &str, subject: &str, body: &str) {
    person.unfold("Ask another unit").await;
    person.choose("Service", service).await;
    person.fill("Subject", subject).await;
    person.fill("What do you need, and what for?", body).await;
    person.press("Ask another unit").await;
    person.sees("The other unit was asked.").await;
}

async fn delivers(person: &Browser, body: &str) {
    person.unfold("Deliver").await;
    person.fill("What you hand back", body).await;
    person.press("Deliver").await;
    person.sees("Delivered. The unit that asked").await;
}
