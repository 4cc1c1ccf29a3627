//! An agent links two tickets by words of a title, sees it at both ends, undoes it, and takes a link off.

use testkit::{Site, TestDesk};

fn desk() -> (TestDesk, i64) {
    let desk = TestDesk::new();
    let support = desk.unit("Support");
    let help = desk.service("Help", support);
    let (ada, bob) = (desk.customer("Ada"), desk.customer("Bob"));
    let kim = desk.agent("Kim", &[support]);
    let lamp = desk.opens(ada, help, "The lamp is dark", "Please help.");
    desk.opens(bob, help, "The fuse is blown", "Please help.");
    desk.may_sign_in(&[ada, kim]);
    desk.indexes();
    (desk, lamp)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_tickets_are_linked_and_say_so_at_both_ends() {
    let (desk, lamp) = desk();
    let Some(site) = Site::open(desk).await else { return };
    let kim = site.enter("Kim").await;
    kim.follow("The lamp is dark").await;
    kim.sees("No linked tickets.").await;
    kim.unfold("Link a ticket").await;
    kim.choose("How they belong together", "Is caused by").await;
    kim.fill("Ticket", "999").await;
    kim.press("Link").await;
    kim.sees("There is no ticket #999 that you work with").await;
    assert_eq!(kim.value("Ticket").await, "999", "what was typed stays");
    kim.fill("Ticket", "fuse").await;
    kim.comes_to("the ticket is offered", async || {
        kim.options("links-known").await.iter().any(|option| option.contains("The fuse is blown"))
    })
    .await;
    let offered = kim.options("links-known").await;
    kim.fill("Ticket", &offered[0]).await;
    kim.press("Link").await;
    kim.sees("Is caused by").await;
    kim.press("Undo").await;
    kim.sees("No linked tickets.").await;
    kim.unfold("Link a ticket").await;
    kim.choose("How they belong together", "Is caused by").await;
    kim.fill("Ticket", &offered[0]).await;
    kim.press("Link").await;
    assert!(kim.repeated_ids().await.is_empty());
    kim.follow(&offered[0]).await;
    kim.sees("Causes").await;
    kim.unfold("History").await;
    kim.sees("linked it: Causes #").await;
    kim.press(&format!("Take the link to #{lamp} off")).await;
    kim.sees("No linked tickets.").await;
    kim.close().await;
    let ada = site.enter("Ada").await;
    ada.follow("The lamp is dark").await;
    ada.sees("Please help.").await;
    ada.holds_nothing_of("linked").await;
    ada.close().await;
}
