//! A customer asks, another unit is asked, and everybody sees what is theirs to see.

use testkit::Site;
use testkit::browser::Scripts;

use crate::{asks, delivers, minutes, notes, opens, shop, takes};

const NOTE: &str = "canary-7f3a, between us";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_customer_is_helped_and_each_minute_is_charged_to_who_had_it() {
    let shop = shop();
    let (mia, stock) = (shop.desk.employee("Mia"), shop.stock);
    shop.desk.opens(mia, stock, "Count the screws", "Whenever there is time.");
    let Some(site) = Site::open(shop.desk).await else { return };

    let ada = site.enter("Ada").await;
    let number = opens(&ada, "Help", "Where is my parcel?", "It should have come on Monday.").await;
    site.desk.wait(minutes(60));

    let kim = site.enter("Kim").await;
    assert!(kim.list("Next").await[0].contains("Where is my parcel?"));
    kim.follow("Where is my parcel?").await;
    takes(&kim).await;
    notes(&kim, NOTE).await;
    kim.sees(NOTE).await;
    site.desk.wait(minutes(30));
    asks(&kim, "Warehouse: Stock", "Find the parcel", "Please look on shelf 3.").await;
    site.desk.wait(minutes(120));

    let bo = site.enter("Bo").await;
    let first = bo.list("Next").await;
    assert!(first[0].contains("Find the parcel") && first[1].contains("Count the screws"), "{first:?}");
    assert!(first[0].contains(&format!("blocks #{number}")), "{first:?}");
    let reason = bo.explain("Find the parcel").await;
    assert!(reason.contains(&format!("because it blocks #{number}.")), "{reason}");
    bo.follow("Find the parcel").await;
    takes(&bo).await;
    delivers(&bo, "It is on shelf 4.").await;
    let handoff = number + 1;
    site.desk.wait(minutes(15));

    kim.visit(&format!("/tickets/{number}")).await;
    kim.follow(&format!("#{handoff} Find the parcel")).await;
    kim.sees("It is on shelf 4.").await;
    kim.fill("What is missing", "And who sends it on?").await;
    kim.press("Return").await;
    kim.sees("Returned, with your reason.").await;
    site.desk.wait(minutes(45));

    bo.visit("/").await;
    assert!(bo.list("Next").await[0].contains("Find the parcel"));
    bo.follow("Find the parcel").await;
    bo.sees("And who sends it on?").await;
    delivers(&bo, "It was sent on today.").await;
    site.desk.wait(minutes(20));

    kim.visit(&format!("/tickets/{handoff}")).await;
    kim.tick("4").await;
    kim.press("Accept").await;
    kim.sees("Accepted. Your ticket no longer waits for it.").await;
    kim.visit(&format!("/tickets/{number}")).await;
    kim.sees("rated 4 of 5").await;
    site.desk.wait(minutes(10));
    kim.fill("Your reply", "Your parcel was sent on today. Sorry!").await;
    kim.unfold("▾").await;
    kim.press("Send to customer and solve").await;
    kim.sees("The ticket is solved.").await;

    kim.follow("Throughline").await;
    let charged: Vec<Vec<String>> =
        kim.table("Where the time went").await.into_iter().map(|mut row| row.drain(..2).collect()).collect();
    assert_eq!(charged[1..], [["Warehouse", "2 h 45 min"], ["Support", "2 h 15 min"]]);
    kim.sees("That sums to 5 h").await;

    ada.visit("/portal").await;
    ada.follow("Where is my parcel?").await;
    ada.sees("Your parcel was sent on today. Sorry!").await;
    for inside in [NOTE, "shelf", "Warehouse", "Bo"] {
        assert!(!ada.words().await.contains(inside), "{inside}");
    }
    ada.holds_nothing_of(NOTE).await;
    ada.press("Yes, it is solved").await;
    ada.sees("Thank you. The ticket is closed.").await;
    for browser in [ada, kim, bo] {
        browser.close().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_scripts_the_same_can_be_done() {
    let Some(site) = Site::open(shop().desk).await else { return };
    let ada = site.enter_with("Ada", Scripts::Off).await;
    let number = opens(&ada, "Help", "A lamp is broken", "The green one.").await;
    ada.fill("Your reply", "It fell down.").await;
    ada.press("Send reply").await;
    ada.sees("Your reply was sent.").await;
    ada.close().await;

    let kim = site.enter_with("Kim", Scripts::Off).await;
    kim.follow("A lamp is broken").await;
    takes(&kim).await;
    notes(&kim, NOTE).await;
    kim.fill("Your reply", "We will send another one.").await;
    kim.press("Send to customer").await;
    kim.sees("Your reply was sent.").await;
    asks(&kim, "Warehouse: Stock", "A green lamp", "Please send one.").await;
    kim.sees("Waiting for a hand-off").await;
    let handoff = number + 1;
    kim.follow(&format!("#{handoff} A green lamp")).await;
    kim.fill("Reason", "There is one here.").await;
    kim.press("Withdraw").await;
    kim.sees("Withdrawn. Your ticket no longer waits for it.").await;
    kim.visit(&format!("/tickets/{number}")).await;
    kim.unfold("Solve").await;
    kim.press("Solve").await;
    kim.sees("The ticket is solved.").await;
    kim.close().await;
}
