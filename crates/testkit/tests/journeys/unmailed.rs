//! No inbox sends: a reply in the portal and a delivery to another unit wait all the same, and are taken back.

use testkit::Site;

use crate::{Shop, minutes, shop};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_reply_and_a_delivery_are_undone_before_anybody_outside_saw_them() {
    let shop = shop();
    let shop = Shop { desk: shop.desk.undoing(), ..shop };
    let number = shop.desk.opens(shop.ada, shop.help, "Where is my parcel?", "It should be here.");
    let handoff = shop.desk.asks(shop.kim, number, shop.stock, "Find the parcel", "Please look.");
    let Some(site) = Site::open(shop.desk).await else { return };
    let ada = site.enter("Ada").await;
    ada.visit(&format!("/portal/tickets/{number}")).await;
    let kim = site.enter("Kim").await;
    kim.visit(&format!("/tickets/{number}")).await;
    kim.fill("Your reply", "It is lsot.").await;
    kim.press("Send to customer").await;
    kim.sees("Your reply leaves in").await;
    kim.press("Undo").await;
    kim.sees("Its words are below.").await;
    assert_eq!(kim.value("Your reply").await, "It is lsot.");
    kim.fill("Your reply", "It is lost.").await;
    kim.press("Send to customer").await;
    kim.sees("Your reply leaves in").await;
    ada.holds_nothing_of("It is lost.").await;
    site.desk.wait(minutes(1));
    ada.sees("It is lost.").await;
    ada.holds_nothing_of("lsot").await;

    kim.visit(&format!("/tickets/{handoff}")).await;
    let bo = site.enter("Bo").await;
    bo.visit(&format!("/tickets/{handoff}")).await;
    crate::delivers(&bo, "It is on shlef 4.").await;
    kim.holds_nothing_of("shlef").await;
    bo.press("Undo").await;
    bo.sees("Its words are below.").await;
    assert_eq!(bo.value("Your reply").await, "It is on shlef 4.");
    crate::delivers(&bo, "It is on shelf 4.").await;
    site.desk.wait(minutes(1));
    kim.sees("It is on shelf 4.").await;
    kim.holds_nothing_of("shlef").await;
    for window in [ada, kim, bo] {
        window.close().await;
    }
}
