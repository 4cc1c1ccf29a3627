//! What people are told at the desk: a bell that counts by itself, and a page of everything.

use testkit::Site;
use testkit::browser::Scripts;

use crate::shop;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_bell_says_what_happened_and_opening_the_ticket_reads_it() {
    let shop = shop();
    shop.desk.notifies();
    let lea = shop.desk.agent("Lea", &[shop.support]);
    shop.desk.may_sign_in(&[lea]);
    let number = shop.desk.opens(shop.ada, shop.help, "Where is my parcel?", "It should be here.");
    let kim = shop.kim;
    let gives = move |site: &Site, number: i64| {
        let given = site
            .desk
            .with(kim, number, move |act, seen| desk::assign::to(act, seen.serve().unwrap(), Some(lea)));
        given.unwrap();
        site.desk.notifies();
    };
    let Some(site) = Site::open(shop.desk).await else { return };
    let lea = site.enter("Lea").await;
    lea.visit("/portal").await;
    lea.sees("Notices").await;
    gives(&site, number);
    lea.comes_to("number at the bell", async || lea.bell().await == "1").await;
    lea.unfold("Notices").await;
    lea.sees("Kim gave you this ticket").await;
    lea.sees("because the ticket was given to you").await;
    lea.visit("/notices").await;
    lea.follow(&format!("#{number} Where is my parcel?")).await;
    lea.is_at(|path| path == format!("/tickets/{number}")).await;
    lea.comes_to("silent bell", async || lea.bell().await.is_empty()).await;

    // What is told of the ticket before one's eyes is read already; of another one it is not.
    let other = site.desk.opens(shop.ada, shop.help, "And my invoice?", "It is wrong.");
    gives(&site, other);
    lea.comes_to("number at the bell", async || lea.bell().await == "1").await;
    site.desk.replies(shop.ada, number, "The neighbour has it!");
    site.desk.notifies();
    lea.sees("The neighbour has it!").await;
    let all = site.browser(Scripts::Off).await;
    all.sign_in("lea@example.org", testkit::site::PASSWORD).await;
    all.visit("/notices").await;
    all.sees("Ada wrote to you").await;
    lea.comes_to("the other one alone", async || lea.bell().await == "1").await;
    all.press("Mark all as read").await;
    all.is_at(|path| path == "/notices").await;
    lea.comes_to("silent bell", async || lea.bell().await.is_empty()).await;
    for browser in [lea, all] {
        browser.close().await;
    }
}
