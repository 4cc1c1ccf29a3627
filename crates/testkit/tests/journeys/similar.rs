//! A second ticket about the same matter is noticed: by its requester while asking, and by whoever works on it.

use testkit::Site;

use crate::{minutes, shop};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn tickets_about_the_same_matter_are_offered_where_they_are_opened_and_worked_on() {
    let shop = shop();
    let (ada, help) = (shop.ada, shop.help);
    let older = shop.desk.opens(ada, help, "My order has not come", "Where is it?");
    let eva = shop.desk.customer("Eva");
    let hers = shop.desk.opens(eva, help, "An order of mine", "Please look.");
    shop.desk.wait(minutes(5));
    let Some(site) = Site::open(shop.desk).await else { return };
    let asks = site.enter("Ada").await;
    asks.visit("/portal/services").await;
    asks.follow("Help").await;
    asks.fill("In one line", "Order still missing").await;
    asks.fill("What happened, or what do you need?", "I wrote before.").await;
    asks.sees("You have asked something like this already.").await;
    asks.sees(&format!("#{older} My order has not come")).await;
    asks.press("Send").await;
    asks.sees("Your ticket is with us.").await;

    let kim = site.enter("Kim").await;
    kim.follow("Order still missing").await;
    kim.sees("Perhaps the same matter").await;
    kim.sees(&format!("#{older} My order has not come")).await;
    assert!(!kim.words().await.contains(&format!("#{hers}")), "what others asked is another matter");
    kim.follow("Merge them").await;
    kim.sees(&format!("Merge into #{older}")).await;
    for browser in [asks, kim] {
        browser.close().await;
    }
}
