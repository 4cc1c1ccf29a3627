//! UX 24 and 18: a mail that did not arrive is told, shown and sent once more; and one chooses what to hear of.

use testkit::Site;
use testkit::browser::Scripts;
use testkit::letters::{refused, taken};

use crate::shop;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn ux_24_mail_that_did_not_arrive_rings_the_bell_and_goes_again_with_one_click() {
    let shop = shop();
    shop.desk.notifies();
    shop.desk.sending_inbox("help@shop.example", (shop.support, shop.help));
    let number = shop.desk.opens(shop.ada, shop.help, "Where is my parcel?", "It should be here.");
    shop.desk.takes(shop.kim, number);
    shop.desk.replies(shop.kim, number, "It is on its way.");
    shop.desk.wait(crate::minutes(1));
    assert_eq!(shop.desk.hands_over(refused("no such user")).len(), 1);
    shop.desk.notifies();
    let Some(site) = Site::open(shop.desk).await else { return };
    let kim = site.enter("Kim").await;
    kim.visit("/views?q=is:bounced").await;
    kim.sees("mail did not arrive").await;
    assert_eq!(kim.bell().await, "1");
    kim.unfold("Notices").await;
    kim.sees("A mail did not arrive").await;
    kim.sees("because you hold the ticket, or wrote").await;
    kim.visit("/notices").await;
    kim.follow(&format!("#{number} Where is my parcel?")).await;
    kim.sees("What was sent last did not arrive.").await;
    kim.sees("ada@example.org did not get it.").await;
    kim.sees("no such user").await;
    kim.press("Send again").await;
    kim.sees("waits for the server").await;
    let page = kim.words().await;
    assert!(!page.contains("What was sent last did not arrive."), "{page}");
    kim.visit("/views?q=is:bounced").await;
    kim.holds_nothing_of("Where is my parcel?").await;
    kim.close().await;
    assert_eq!(site.desk.hands_over(taken()).len(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn ux_18_a_new_ticket_of_ones_unit_is_told_to_whoever_chose_it() {
    let shop = shop();
    shop.desk.notifies();
    let lea = shop.desk.agent("Lea", &[shop.support]);
    shop.desk.may_sign_in(&[lea]);
    let Some(site) = Site::open(shop.desk).await else { return };
    let lea = site.enter_with("Lea", Scripts::Off).await;
    lea.visit("/profile").await;
    lea.tick("A new ticket in my unit that nobody holds: At the desk").await;
    lea.press("Save what I am told").await;
    lea.sees("saved").await;
    let number = site.desk.opens(shop.ada, shop.help, "Where is my parcel?", "It should be here.");
    site.desk.wait(crate::minutes(2));
    site.desk.notifies();
    let kim = site.enter("Kim").await;
    for (browser, rings) in [(&lea, true), (&kim, false)] {
        browser.visit("/notices").await;
        let page = browser.words().await;
        assert_eq!(page.contains("New in your unit, and nobody holds it"), rings, "{page}");
        assert_eq!(page.contains("because you chose to hear of new tickets"), rings, "{page}");
        assert_eq!(page.contains(&format!("#{number}")), rings);
    }
    for browser in [lea, kim] {
        browser.close().await;
    }
}
