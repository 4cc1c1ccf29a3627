//! An agent writes with what the desk keeps ready: canned replies and macros.

use desk::macros::Input;
use store::view::Owner;
use testkit::Site;
use testkit::browser::Scripts;

use crate::{Shop, shop};

fn canned(shop: &Shop, name: &'static str, reply: &'static str) {
    let kim = shop.kim;
    shop.desk
        .act(kim, move |act, viewer| {
            let input = Input { name: name.to_owned(), reply: reply.to_owned(), ..Input::default() };
            desk::macros::save(act, viewer, Owner::Person(kim), &input)
        })
        .unwrap();
}

const REPLY: &str = "Your reply";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_canned_reply_is_one_slash_away_and_says_what_is_missing() {
    let shop = shop();
    let number = shop.desk.opens(shop.ada, shop.help, "Where is my parcel?", "It is late.");
    canned(&shop, "Late parcel", "Hi {{requester.first_name|there}}, it comes *tomorrow*.");
    canned(&shop, "Opening hours", "We are open from 9 to 5.");
    canned(&shop, "Firm", "Dear {{organisation}}");
    let Some(site) = Site::open(shop.desk).await else { return };
    let kim = site.enter("Kim").await;
    kim.visit(&format!("/tickets/{number}")).await;
    kim.fill(REPLY, "Good morning.\n/late").await;
    kim.sees("Hi Ada, it comes *tomorrow*.").await;
    assert!(!kim.words().await.contains("We are open"), "only what was searched");
    kim.keys("\u{e007}").await;
    kim.comes_to("the text is put in", async || {
        kim.value(REPLY).await == "Good morning.\nHi Ada, it comes *tomorrow*."
    })
    .await;
    // By the arrows, and what is missing is said instead of put in.
    kim.fill(REPLY, "/").await;
    kim.sees("says nothing for: organisation").await;
    kim.keys("\u{e00c}").await;
    kim.comes_to("the list is closed", async || !kim.words().await.contains("says nothing for")).await;
    assert_eq!(kim.value(REPLY).await, "/", "escape leaves what was typed");
    assert!(kim.repeated_ids().await.is_empty());
    kim.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_canned_reply_is_made_and_used_without_scripts() {
    let shop = shop();
    let number = shop.desk.opens(shop.ada, shop.help, "Where is my parcel?", "It is late.");
    let Some(site) = Site::open(shop.desk).await else { return };
    let kim = site.enter_with("Kim", Scripts::Off).await;
    kim.visit("/macros").await;
    kim.follow("New").await;
    kim.fill("Name", "Late parcel").await;
    kim.fill("Reply", "Hi {{requester.frist_name|there}}!").await;
    kim.press("Save").await;
    kim.sees("did you mean “requester.first_name”?").await;
    assert_eq!(kim.value("Reply").await, "Hi {{requester.frist_name|there}}!", "nothing is lost");
    kim.fill("Reply", "Hi {{requester.first_name|there}}!").await;
    kim.press("Save").await;
    kim.sees("never used").await;
    kim.visit(&format!("/tickets/{number}")).await;
    kim.follow("Type / at the start of a line for canned replies.").await;
    kim.press("Put it below what I am writing").await;
    kim.is_at(|path| path.starts_with("/tickets/")).await;
    assert_eq!(kim.value(REPLY).await, "Hi Ada!");
    kim.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn sending_is_one_button_that_does_as_last_time_and_a_note_looks_like_nothing_else() {
    let shop = shop();
    let first = shop.desk.opens(shop.ada, shop.help, "Broken lid", "It is broken.");
    let second = shop.desk.opens(shop.ada, shop.help, "Another lid", "It is broken, too.");
    let Some(site) = Site::open(shop.desk).await else { return };
    let kim = site.enter("Kim").await;
    kim.visit(&format!("/tickets/{first}")).await;
    assert!(kim.has_button("Send to customer").await && kim.has_button("Add note").await);
    kim.fill(REPLY, "Which colour?").await;
    kim.unfold("▾").await;
    kim.press("Send to customer and wait").await;
    kim.sees("The ticket waits").await;
    // Ctrl and Return do what the button says, which is what was done last.
    kim.visit(&format!("/tickets/{second}")).await;
    assert!(kim.has_button("Send to customer and wait").await);
    kim.fill(REPLY, "And here?").await;
    kim.keys("\u{e009}\u{e007}").await;
    kim.sees("The ticket waits").await;
    // The note has its own colour, words and button.
    kim.unfold("Internal note").await;
    kim.sees("Only the serving side sees this.").await;
    kim.fill("Your note", "They want blue.").await;
    kim.press("Add note").await;
    kim.sees("They want blue.").await;
    kim.close().await;
}
