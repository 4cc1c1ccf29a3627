//! The unit that asked a hand-off watches it, and hears of what both sides read.

use testkit::Site;
use testkit::browser::Scripts;

use crate::shop;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_hand_off_is_watched_from_the_side_that_asked_it() {
    let shop = shop();
    let lea = shop.desk.agent("Lea", &[shop.support]);
    shop.desk.may_sign_in(&[lea]);
    let number = shop.desk.opens(shop.ada, shop.help, "Where is my parcel?", "It should be here.");
    shop.desk.takes(shop.kim, number);
    let handoff = shop.desk.asks(shop.kim, number, shop.stock, "A lid", "Is there one?");
    shop.desk.notifies();
    let Some(site) = Site::open(shop.desk).await else { return };
    let bo = site.desk.set_up(|act| Ok(store::person::by_email(act.tx, "bo@example.org")?)).unwrap().id;
    let lea = site.enter_with("Lea", Scripts::Off).await;
    let page = format!("/tickets/{handoff}");
    lea.visit(&page).await;
    lea.unfold("Watch").await;
    lea.sees("You are told only when it is delivered to you.").await;
    lea.press("Watch this ticket").await;
    lea.is_at(|path| path == page).await;
    lea.unfold("Watching").await;
    lea.sees("everything that both sides read here").await;
    assert!(!lea.words().await.contains("Who watches it?"), "that is for those who read inside");
    site.desk.notes(bo, handoff, "They always ask for lids.");
    site.desk.notifies();
    lea.visit("/notices").await;
    assert!(!lea.words().await.contains("A lid"), "a note is not for her");
    site.desk.replies(bo, handoff, "Which colour?");
    site.desk.notifies();
    lea.visit("/notices").await;
    lea.sees("Bo wrote").await;
    lea.sees("because you watch a hand-off of your unit").await;
    lea.follow(&format!("#{handoff} A lid")).await;
    lea.sees("Which colour?").await;
    lea.unfold("Watching").await;
    lea.press("Stop watching").await;
    lea.is_at(|path| path == page).await;
    lea.unfold("Watch").await;
    lea.visit("/profile").await;
    lea.sees("Something happens on a hand-off of my unit that I watch").await;
    lea.close().await;
}
