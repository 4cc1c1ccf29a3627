//! Two tickets about one matter are looked at side by side, merged, and taken apart again; who was writing loses nothing.

use testkit::Site;

use crate::{minutes, shop, takes};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_merge_shows_both_says_who_is_told_and_is_undone_from_the_history() {
    let shop = shop();
    let (ada, help) = (shop.ada, shop.help);
    let older = shop.desk.opens(ada, help, "My order has not come", "Where is it?");
    shop.desk.wait(minutes(5));
    let younger = shop.desk.opens(ada, help, "Order still missing", "I wrote about it before.");
    let Some(site) = Site::open(shop.desk).await else { return };
    let (kim, writing) = (site.enter("Kim").await, site.enter("Kim").await);
    kim.visit(&format!("/tickets/{younger}")).await;
    takes(&kim).await;
    writing.visit(&format!("/tickets/{younger}")).await;
    writing.fill("Your reply", "It was sent this morning.").await;

    kim.follow("Merge…").await;
    kim.fill("Number of the ticket that goes on", &older.to_string()).await;
    kim.press("Show both").await;
    for words in ["Where is it?", "I wrote about it before.", "Nobody is told that they were merged.", "Ada"]
    {
        kim.sees(words).await;
    }
    kim.press(&format!("Merge into #{older}")).await;
    kim.sees("Merged. What was said on both stands here.").await;
    kim.sees("Where is it?").await;
    kim.sees("I wrote about it before.").await;
    kim.sees(&format!("said on #{younger}")).await;

    writing.press("Send to customer").await;
    writing.sees("The ticket was merged while you wrote, and nothing was sent.").await;
    assert_eq!(writing.value("Your text, not sent").await, "It was sent this morning.");
    writing.follow(&format!("Go on in #{older}")).await;
    writing.is_at(|path| path.contains(&older.to_string())).await;

    kim.visit(&format!("/search?q={younger}")).await;
    kim.is_at(|path| path == format!("/tickets/{older}")).await;
    kim.visit("/views?q=is:merged").await;
    kim.sees("Order still missing").await;
    let asks = site.enter("Ada").await;
    asks.visit(&format!("/portal/tickets/{younger}")).await;
    asks.sees("What was said on both stands in the other one.").await;
    asks.follow(&format!("Go on in #{older}")).await;
    asks.sees("I wrote about it before.").await;

    kim.visit(&format!("/tickets/{older}")).await;
    kim.unfold("History").await;
    kim.press("Take apart").await;
    kim.sees("Taken apart. Both go on as if they had never been merged.").await;
    kim.is_at(|path| path.contains(&younger.to_string())).await;
    kim.sees("Merge…").await;
    kim.visit(&format!("/tickets/{older}")).await;
    kim.sees("Where is it?").await;
    assert!(!kim.words().await.contains("I wrote about it before."), "each has its own words again");
    for browser in [kim, writing, asks] {
        browser.close().await;
    }
}
