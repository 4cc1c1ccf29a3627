//! Pages that change by themselves, and keys instead of a mouse.

use testkit::Site;

use crate::shop;

/// The key, as WebDriver writes it.
const ENTER: char = '\u{e007}';
const DRAFT: &str = "Dear Ada, we are";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_new_message_appears_and_the_draft_stays() {
    let shop = shop();
    let number = shop.desk.opens(shop.ada, shop.help, "Where is my parcel?", "It should be here.");
    let Some(site) = Site::open(shop.desk).await else { return };
    let kim = site.enter("Kim").await;
    kim.visit(&format!("/tickets/{number}")).await;
    site.is_heard_by(1).await;
    kim.fill("Your reply", DRAFT).await;
    site.desk.replies(shop.ada, number, "The neighbour has it!");
    kim.sees("The neighbour has it!").await;
    assert_eq!(kim.value("Your reply").await, DRAFT);
    assert!(kim.is_writing_in("Your reply").await);
    kim.keys(" happy.").await;
    assert_eq!(kim.value("Your reply").await, format!("{DRAFT} happy."));
    kim.press("Send to customer").await;
    kim.sees("Something new came in while you were writing.").await;
    assert_eq!(kim.value("Your reply").await, format!("{DRAFT} happy."));
    kim.press("Send to customer").await;
    kim.sees("Your reply was sent.").await;
    kim.close().await;

    let ada = site.enter("Ada").await;
    ada.visit(&format!("/portal/tickets/{number}")).await;
    site.is_heard_by(1).await;
    ada.fill("Your reply", "Thank").await;
    site.desk.replies(shop.kim, number, "Enjoy it.");
    ada.sees("Enjoy it.").await;
    assert_eq!(ada.value("Your reply").await, "Thank");
    assert!(ada.is_writing_in("Your reply").await);
    ada.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_page_of_a_unit_follows_what_happens() {
    let shop = shop();
    let number = shop.desk.opens(shop.ada, shop.help, "Where is my parcel?", "It should be here.");
    let Some(site) = Site::open(shop.desk).await else { return };
    let kim = site.enter("Kim").await;
    kim.visit(&format!("/units/{}", shop.support)).await;
    kim.sees("No promise to a requester came due").await;
    site.is_heard_by(1).await;
    site.desk.opens(shop.ada, shop.help, "And my invoice?", "It is wrong.");
    kim.sees("And my invoice?").await;
    site.desk.solves(shop.kim, number);
    kim.sees("100 %").await;
    kim.sees("n = 1").await;
    kim.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn keys_move_and_never_disturb_writing() {
    let shop = shop();
    let number = shop.desk.opens(shop.ada, shop.help, "Where is my parcel?", "It should be here.");
    let Some(site) = Site::open(shop.desk).await else { return };
    let kim = site.enter("Kim").await;
    kim.sees("Where is my parcel?").await;
    kim.keys("jo").await;
    kim.is_at(|path| path == format!("/tickets/{number}")).await;
    kim.keys("?").await;
    kim.sees("None of them works while you are writing.").await;
    kim.keys("/").await;
    kim.keys(&format!("#{number}{ENTER}")).await;
    kim.is_at(|path| path == format!("/tickets/{number}")).await;
    kim.visit(&format!("/tickets/{number}")).await;
    kim.keys("n").await;
    kim.fill("Your note", "nor").await;
    kim.keys("n/j?").await;
    assert_eq!(kim.value("Your note").await, "norn/j?", "keys are letters where a text is written");
    assert!(kim.is_writing_in("Your note").await);
    let repeated = kim.repeated_ids().await;
    assert!(repeated.is_empty(), "a label would name the wrong field: {repeated:?}");
    kim.close().await;
}
