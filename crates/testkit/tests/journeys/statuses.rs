//! An administrator makes a status for complaints, an agent says it of one, and the customer's answer ends it.

use desk::entitled::ByDesk;
use desk::people::{Tie, affiliations};
use domain::affiliation::{Party, Relation};
use domain::status::Category;
use domain::ticket::Kind;
use jiff::civil::date;
use store::office::Office;
use testkit::browser::Scripts;
use testkit::{Site, TestDesk};

fn desk() -> TestDesk {
    let desk = TestDesk::new();
    let support = desk.unit("Support");
    let help = desk.service("Help", support);
    let (ada, kim, amal) = (desk.customer("Ada"), desk.agent("Kim", &[support]), desk.employee("Amal"));
    desk.appoint(amal, Office::Administrator);
    let number = desk.opens(ada, help, "The lamp is dark", "I am not amused.");
    desk.opens(ada, help, "The chair wobbles", "Please help.");
    desk.replies(kim, number, "Have you a photo?");
    desk.may_sign_in(&[ada, kim, amal]);
    desk
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_status_is_made_said_of_a_ticket_and_ended_by_the_customers_answer() {
    let Some(site) = Site::open(desk()).await else { return };
    let amal = site.enter("Amal").await;
    amal.visit("/admin/statuses").await;
    amal.follow("New status").await;
    amal.fill("Name", "Waiting for a photo").await;
    amal.choose("For tickets of the kind", "Complaint").await;
    amal.tick(
        "Waiting for the requesterChosen for a ticket, it waits for whoever asked. Their answer ends it.",
    )
    .await;
    amal.fill("Requesters read", "Please send us a photo").await;
    amal.press("Add").await;
    amal.sees("Waiting for a photo").await;
    amal.close().await;

    let kim = site.enter("Kim").await;
    kim.follow("The lamp is dark").await;
    assert!(!kim.words().await.contains("Waiting for a photo"), "it is for complaints");
    kim.unfold("Request (change Kind)").await;
    kim.choose("Kind", "Complaint").await;
    kim.press("Save").await;
    kim.comes_to("kind", async || kim.has_fold("Complaint (change").await).await;
    kim.unfold("Open (change Status)").await;
    kim.choose("Status", "Waiting for a photo (Waiting for the requester)").await;
    kim.press("Save").await;
    kim.comes_to("status", async || kim.has_fold("Waiting for a photo (change").await).await;
    kim.sees("Go on").await;
    kim.unfold("History").await;
    kim.sees("set the status Waiting for a photo").await;
    assert!(kim.repeated_ids().await.is_empty());
    kim.visit("/").await;
    kim.sees("Waiting for a photo").await;
    kim.visit("/views?q=is:open+status:waiting").await;
    kim.sees("The lamp is dark").await;
    assert!(!kim.words().await.contains("The chair wobbles"));
    kim.visit("/views?q=status:wating").await;
    kim.sees("there is no status that is called “wating”").await;

    let ada = site.enter("Ada").await;
    ada.follow("The lamp is dark").await;
    ada.sees("Please send us a photo").await;
    ada.holds_nothing_of("Waiting for a photo").await;
    ada.fill("Your reply", "Here it is.").await;
    ada.press("Send reply").await;
    ada.sees("Your reply was sent.").await;
    ada.holds_nothing_of("Please send us a photo").await;
    ada.close().await;

    kim.visit("/").await;
    kim.follow("The lamp is dark").await;
    kim.comes_to("plain word", async || kim.has_fold("Open (change Status").await).await;
    kim.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_scripts_a_status_that_waits_for_others_asks_for_whom() {
    let desk = desk();
    desk.status("Parts ordered", Category::Others, |input| input.kind = Some(Kind::Request));
    let maker = desk.organisation("Maker", false);
    let tie = Tie { relation: Relation::Supplier, class: None, from: date(2020, 1, 1), until: None };
    desk.set_up(move |act| affiliations::add(act, &ByDesk, Party::Organisation(maker), &tie));
    let Some(site) = Site::open(desk).await else { return };
    let kim = site.enter_with("Kim", Scripts::Off).await;
    kim.follow("The lamp is dark").await;
    kim.unfold("Open (change Status)").await;
    kim.choose("Status", "Parts ordered (Waiting for others)").await;
    kim.press("Save").await;
    kim.sees("Say for which supplier, or until which agreed date.").await;
    kim.choose("Supplier", "Maker").await;
    kim.press("Save").await;
    kim.comes_to("status", async || kim.has_fold("Parts ordered (change").await).await;
    kim.sees("Maker").await;
    kim.close().await;
}
