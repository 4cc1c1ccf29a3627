//! An agent puts a tag on a ticket, sees it in the list, and finds the ticket by it; the customer sees nothing.

use testkit::{Site, TestDesk};

fn desk() -> TestDesk {
    let desk = TestDesk::new();
    let support = desk.unit("Support");
    let help = desk.service("Help", support);
    let (ada, bob) = (desk.customer("Ada"), desk.customer("Bob"));
    let kim = desk.agent("Kim", &[support]);
    desk.opens(ada, help, "The lamp is dark", "Please help.");
    let other = desk.opens(bob, help, "The chair wobbles", "Please help.");
    desk.tags(kim, other, "returns");
    desk.may_sign_in(&[ada, kim]);
    desk
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_tag_stands_on_the_ticket_and_in_the_list_and_is_nobodys_outside() {
    let Some(site) = Site::open(desk()).await else { return };
    let kim = site.enter("Kim").await;
    kim.follow("The lamp is dark").await;
    kim.fill("Add a tag", "Big: Deal").await;
    kim.press("Add").await;
    kim.sees("“:” does not fit").await;
    assert_eq!(kim.value("Add a tag").await, "Big: Deal", "what was typed stays");
    kim.fill("Add a tag", "Big Deal").await;
    kim.press("Add").await;
    kim.sees("big-deal").await;
    kim.unfold("History").await;
    kim.sees("added the tag big-deal").await;
    assert!(kim.repeated_ids().await.is_empty());
    kim.visit("/views?q=is:open+tag:big-deal").await;
    kim.sees("The lamp is dark").await;
    kim.sees("big-deal").await;
    assert!(!kim.words().await.contains("The chair wobbles"));
    kim.follow("The lamp is dark").await;
    kim.follow("big-deal").await;
    kim.is_at(|path| path.starts_with("/views")).await;
    kim.follow("The lamp is dark").await;
    kim.press("Take the tag big-deal off").await;
    kim.sees("No tags yet.").await;
    kim.close().await;
    let ada = site.enter("Ada").await;
    ada.follow("The lamp is dark").await;
    ada.sees("Please help.").await;
    ada.holds_nothing_of("big-deal").await;
    ada.close().await;
}
