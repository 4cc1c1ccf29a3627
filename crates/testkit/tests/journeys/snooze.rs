//! A ticket is put out of sight until a time, and the customer's answer brings it back at once.

use testkit::Site;

use crate::{minutes, shop, takes};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_snoozed_ticket_leaves_the_list_and_the_customers_answer_wakes_it() {
    let shop = shop();
    let (ada, help) = (shop.ada, shop.help);
    let number = shop.desk.opens(ada, help, "My order has not come", "Where is it?");
    shop.desk.opens(ada, help, "Another matter", "Please look.");
    let Some(site) = Site::open(shop.desk).await else { return };
    let kim = site.enter("Kim").await;
    kim.follow("My order has not come").await;
    takes(&kim).await;
    kim.unfold("Snooze").await;
    kim.sees("every clock goes on").await;
    kim.tick("Tomorrow morning, Thu 5 Mar 2026, 08:00").await;
    kim.press("Snooze").await;
    kim.sees("Out of sight until then. The clocks go on.").await;
    kim.sees("Snoozed until").await;

    kim.visit("/").await;
    kim.sees("Another matter").await;
    assert!(!kim.words().await.contains("My order has not come"), "it is out of sight");
    kim.visit("/views?q=is:open").await;
    kim.sees("Another matter").await;
    assert!(!kim.words().await.contains("My order has not come"), "and out of lists of open tickets");
    kim.visit("/?view=snoozed").await;
    kim.sees("My order has not come").await;
    kim.sees("snoozed until").await;

    site.desk.wait(minutes(5));
    kim.visit("/").await;
    site.is_heard_by(1).await;
    site.desk.replies(ada, number, "It is urgent now.");
    kim.sees("My order has not come").await;
    kim.sees("woke up").await;
    kim.follow("My order has not come").await;
    kim.sees("Woke up").await;
    kim.close().await;
}
