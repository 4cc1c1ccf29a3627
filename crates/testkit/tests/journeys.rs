//! What people do with the desk in a real browser, from signing in to the ledger.

#![allow(clippy::unwrap_used, reason = "a broken promise may panic")]

#[path = "journeys/asking.rs"]
mod asking;
#[path = "journeys/assignment.rs"]
mod assignment;
#[path = "journeys/audience.rs"]
mod audience;
#[path = "journeys/beside.rs"]
mod beside;
#[path = "journeys/composing.rs"]
mod composing;
#[path = "journeys/customs.rs"]
mod customs;
#[path = "journeys/drafts.rs"]
mod drafts;
#[path = "journeys/files.rs"]
mod files;
#[path = "journeys/hand.rs"]
mod hand;
#[path = "journeys/in_peace.rs"]
mod in_peace;
#[path = "journeys/inside.rs"]
mod inside;
#[path = "journeys/letters.rs"]
mod letters;
#[path = "journeys/linked.rs"]
mod linked;
#[path = "journeys/links.rs"]
mod links;
#[path = "journeys/lists.rs"]
mod lists;
#[path = "journeys/live.rs"]
mod live;
#[path = "journeys/mail.rs"]
mod mail;
#[path = "journeys/merge.rs"]
mod merge;
#[path = "journeys/news.rs"]
mod news;
#[path = "journeys/notices.rs"]
mod notices;
#[path = "journeys/on_behalf.rs"]
mod on_behalf;
#[path = "journeys/outside.rs"]
mod outside;
#[path = "journeys/outward.rs"]
mod outward;
#[path = "journeys/people.rs"]
mod people;
#[path = "journeys/reading.rs"]
mod reading;
#[path = "journeys/recurring.rs"]
mod recurring;
#[path = "journeys/reopening.rs"]
mod reopening;
#[path = "journeys/rules.rs"]
mod rules;
#[path = "journeys/search.rs"]
mod search;
#[path = "journeys/signatures.rs"]
mod signatures;
#[path = "journeys/similar.rs"]
mod similar;
#[path = "journeys/snooze.rs"]
mod snooze;
#[path = "journeys/split.rs"]
mod split;
#[path = "journeys/statuses.rs"]
mod statuses;
#[path = "journeys/tags.rs"]
mod tags;
#[path = "journeys/unmailed.rs"]
mod unmailed;
#[path = "journeys/views.rs"]
mod views;

use domain::agreement::AgreementKind;
use domain::id::{PersonId, ServiceId, UnitId};
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
    support: UnitId,
}

fn shop() -> Shop {
    let desk = TestDesk::new();
    let (support, warehouse) = (desk.unit("Support"), desk.unit("Warehouse"));
    let (help, stock) = (desk.service("Help", support), desk.service("Stock", warehouse));
    desk.promises(AgreementKind::Sla, help, 8, desk.always());
    let ada = desk.customer("Ada");
    let (kim, bo) = (desk.agent("Kim", &[support]), desk.agent("Bo", &[warehouse]));
    desk.may_sign_in(&[ada, kim, bo]);
    Shop { desk, ada, kim, help, stock, support }
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
