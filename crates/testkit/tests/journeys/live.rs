//! Pages that change by themselves, and keys instead of a mouse.

use testkit::Site;
use testkit::browser::Scripts;
use testkit::patience::comes_about;

use crate::shop;

/// The key, as WebDriver writes it.
const ENTER: char = '\u{e007}';
const ESCAPE: char = '\u{e00c}';
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
async fn a_draft_is_kept_while_it_is_typed_and_colleagues_see_that_somebody_writes() {
    let shop = shop();
    let number = shop.desk.opens(shop.ada, shop.help, "Where is my parcel?", "It should be here.");
    let lea = shop.desk.agent("Lea", &[shop.support]);
    shop.desk.may_sign_in(&[lea]);
    let Some(site) = Site::open(shop.desk).await else { return };
    let page = format!("/tickets/{number}");
    let lea = site.enter("Lea").await;
    lea.visit(&page).await;
    let kim = site.enter("Kim").await;
    kim.visit(&page).await;
    site.is_heard_by(2).await;
    lea.sees("Kim is looking at this too.").await;
    kim.fill("Your reply", DRAFT).await;
    kim.sees("Draft kept").await;
    lea.sees("Kim is writing a reply.").await;
    lea.holds_nothing_of("is looking at this too").await;
    lea.holds_nothing_of(DRAFT).await;
    let other = site.enter("Kim").await;
    other.visit(&page).await;
    assert_eq!(other.value("Your reply").await, DRAFT, "it is there in the next window");
    let newest = "Dear Ada, it came.";
    other.fill("Your reply", newest).await;
    let is_kept = || site.desk.drafted(shop.kim, number).iter().any(|draft| draft.body == newest);
    assert!(comes_about(is_kept).await, "{:?}", site.desk.drafted(shop.kim, number));
    kim.keys(" late.").await;
    kim.sees("You went on with this in another window.").await;
    assert_eq!(kim.value("Your reply").await, format!("{DRAFT} late."));
    kim.visit(&page).await;
    assert_eq!(kim.value("Your reply").await, newest);
    kim.press("Send to customer").await;
    kim.sees("Your reply was sent.").await;
    assert_eq!(kim.value("Your reply").await, "");
    kim.sees("Lea is looking at this too.").await;
    lea.close().await;
    site.desk.replies(shop.ada, number, "Thank you!");
    kim.sees("Thank you!").await;
    kim.holds_nothing_of("looking at this too").await;
    let ada = site.enter("Ada").await;
    ada.visit(&format!("/portal/tickets/{number}")).await;
    ada.sees("Thank you!").await;
    ada.holds_nothing_of("looking at this too").await;
    for browser in [kim, other, ada] {
        browser.close().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_scripts_a_draft_is_kept_and_discarded_by_buttons() {
    let shop = shop();
    let number = shop.desk.opens(shop.ada, shop.help, "Where is my parcel?", "It should be here.");
    let Some(site) = Site::open(shop.desk).await else { return };
    let page = format!("/tickets/{number}");
    let kim = site.enter_with("Kim", Scripts::Off).await;
    kim.visit(&page).await;
    kim.fill("Your reply", DRAFT).await;
    kim.press("Keep as draft").await;
    kim.sees("Your draft was kept.").await;
    kim.visit(&page).await;
    assert_eq!(kim.value("Your reply").await, DRAFT);
    kim.press("Discard draft").await;
    kim.sees("Your draft was discarded.").await;
    assert_eq!(kim.value("Your reply").await, "");
    kim.close().await;
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
    kim.sees("Single keys do nothing while you write").await;
    // Nothing that lies over the page stays there.
    kim.keys(&ESCAPE.to_string()).await;
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
