//! An agent splits a message off, reads beforehand who is told, and finds both tickets saying so.

use testkit::Site;

use crate::shop;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_message_is_split_into_a_ticket_of_its_own() {
    let shop = shop();
    let number = shop.desk.opens(shop.ada, shop.help, "Where is my parcel?", "And my invoice is wrong.");
    let Some(site) = Site::open(shop.desk).await else { return };
    let kim = site.enter("Kim").await;
    kim.visit(&format!("/tickets/{number}")).await;
    kim.follow("Split into a ticket of its own").await;
    kim.sees("A new ticket begins with this message of Ada").await;
    kim.sees("Ada gets no mail about it, because no inbox sends mail for this ticket.").await;
    assert_eq!(kim.value("Subject of the new ticket").await, "And my invoice is wrong.");
    kim.fill("Subject of the new ticket", "").await;
    kim.press("Split it off").await;
    kim.fill("Subject of the new ticket", "A wrong invoice").await;
    assert!(kim.repeated_ids().await.is_empty());
    kim.press("Split it off").await;
    kim.sees("Split off. The new ticket has the message").await;
    kim.sees("A wrong invoice").await;
    kim.sees("Was split from").await;
    kim.sees("This message was split from").await;
    kim.follow(&format!("#{number} Where is my parcel?")).await;
    kim.sees("Was split into").await;
    kim.sees("This message began").await;
    kim.unfold("History").await;
    kim.sees("linked it: Was split into #").await;
    kim.close().await;
    let ada = site.enter("Ada").await;
    ada.follow("A wrong invoice").await;
    ada.sees("And my invoice is wrong.").await;
    ada.holds_nothing_of("split").await;
    ada.close().await;
}
