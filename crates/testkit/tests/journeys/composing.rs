//! An agent writes with what the desk keeps ready: canned replies and macros.

use desk::macros::Input;
use domain::action::Action;
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
    canned(&shop, "Letter", "Dear {{organisation|friend}}, thank you.");
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
    // What the ticket does not know has its fallback.
    kim.fill(REPLY, "/letter").await;
    kim.sees("Dear friend, thank you.").await;
    kim.keys("\u{e007}").await;
    kim.comes_to("it is put in", async || kim.value(REPLY).await == "Dear friend, thank you.").await;
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
async fn a_macro_shows_everything_before_it_happens_and_replies_and_acts() {
    let shop = shop();
    let number = shop.desk.opens(shop.ada, shop.help, "Broken lid", "It is broken.");
    let (kim, stock) = (shop.kim, shop.stock);
    shop.desk
        .act(kim, move |act, viewer| {
            let input = Input {
                name: "Refund".to_owned(),
                reply: "Hi {{requester.first_name|there}}, you get your money back.".to_owned(),
                note: "Refund agreed.".to_owned(),
                actions: vec![
                    Action::Take,
                    Action::Tag { tag: "refund".to_owned() },
                    Action::WaitForRequester,
                    Action::Ask {
                        service: stock,
                        subject: "A lid".to_owned(),
                        text: "Please send one.".to_owned(),
                    },
                ],
                filter: String::new(),
            };
            desk::macros::save(act, viewer, Owner::Person(kim), &input)
        })
        .unwrap();
    let Some(site) = Site::open(shop.desk).await else { return };
    let kim = site.enter_with("Kim", Scripts::Off).await;
    kim.visit(&format!("/tickets/{number}")).await;
    kim.follow("Macros").await;
    kim.follow("Refund").await;
    kim.sees("Add a note for the serving side").await;
    kim.sees("Take the ticket").await;
    kim.sees("Put the tag “refund” on it").await;
    kim.sees("Wait for the requester").await;
    kim.sees("Ask Warehouse for Stock: A lid").await;
    kim.sees("Send a reply to the requester").await;
    assert_eq!(kim.value(REPLY).await, "Hi Ada, you get your money back.");
    kim.fill(REPLY, "Hi Ada, you get all of it back.").await;
    kim.press("Do all of it").await;
    kim.sees("Everything the macro says is done.").await;
    kim.sees("Hi Ada, you get all of it back.").await;
    kim.sees("Refund agreed.").await;
    kim.sees("A lid").await;
    assert!(kim.has_button("Take the tag refund off").await);
    kim.unfold("History").await;
    for what in ["ran the macro “Refund”", "added a note", "took it", "waits for the requester"] {
        kim.sees(what).await;
    }
    kim.close().await;
    let ada = site.enter("Ada").await;
    ada.visit(&format!("/portal/tickets/{number}")).await;
    ada.sees("Hi Ada, you get all of it back.").await;
    ada.holds_nothing_of("Refund").await;
    ada.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_macro_is_made_in_its_form_and_does_nothing_where_it_would_say_nothing() {
    let shop = shop();
    let number = shop.desk.opens(shop.ada, shop.help, "Broken lid", "It is broken.");
    let Some(site) = Site::open(shop.desk).await else { return };
    let kim = site.enter_with("Kim", Scripts::Off).await;
    kim.visit("/macros/new").await;
    kim.fill("Name", "To the warehouse").await;
    kim.fill("Reply", "Dear {{organisation}}, a colleague goes on with it.").await;
    kim.unfold("More: a note, things to do, where it is offered").await;
    kim.fill("Note", "Look at the lid.").await;
    kim.choose("Move it to", "Warehouse").await;
    kim.fill("Put tags on it", "lid, Big Deal").await;
    kim.press("Save").await;
    kim.sees("never used").await;
    kim.visit(&format!("/tickets/{number}/macros")).await;
    kim.follow("To the warehouse").await;
    kim.sees("This ticket says nothing for: organisation.").await;
    kim.visit(&format!("/tickets/{number}")).await;
    assert!(!kim.words().await.contains("Look at the lid."));
    // With a fallback it says something everywhere, and does all of it.
    kim.visit("/macros").await;
    kim.follow("To the warehouse").await;
    assert_eq!(kim.value("Put tags on it").await, "lid, Big Deal");
    kim.fill("Reply", "Dear {{organisation|customer}}, a colleague goes on with it.").await;
    kim.press("Save").await;
    kim.visit(&format!("/tickets/{number}/macros")).await;
    kim.follow("To the warehouse").await;
    assert_eq!(kim.value(REPLY).await, "Dear customer, a colleague goes on with it.");
    kim.press("Do all of it").await;
    kim.sees("Everything the macro says is done.").await;
    kim.sees("held by Warehouse").await;
    kim.sees("big-deal").await;
    kim.sees("Look at the lid.").await;
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

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_note_is_changed_and_a_ticket_printed() {
    let shop = shop();
    let number = shop.desk.opens(shop.ada, shop.help, "Broken lid", "It is broken.");
    shop.desk.notes(shop.kim, number, "Call her at noon.");
    let Some(site) = Site::open(shop.desk).await else { return };
    let kim = site.enter_with("Kim", Scripts::Off).await;
    kim.visit(&format!("/tickets/{number}")).await;
    kim.follow("Edit").await;
    kim.fill("Your note", "Call her at one.").await;
    kim.press("Save the note").await;
    kim.sees("Call her at one.").await;
    assert!(!kim.words().await.contains("Call her at noon."));
    kim.follow("changed once").await;
    kim.sees("Call her at noon.").await;
    kim.visit(&format!("/tickets/{number}/print")).await;
    kim.sees("Call her at one.").await;
    kim.sees("It is broken.").await;
    kim.sees("Support").await;
    kim.close().await;
    let ada = site.enter_with("Ada", Scripts::Off).await;
    ada.visit(&format!("/tickets/{number}/print")).await;
    ada.sees("It is broken.").await;
    ada.holds_nothing_of("Call her").await;
    ada.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_reply_to_many_says_whom_it_reaches_and_leaves_out_where_it_would_say_nothing() {
    let shop = shop();
    shop.desk.sending_inbox("help@desk.example", (shop.support, shop.help));
    let contoso = shop.desk.organisation("Contoso", false);
    let bea = shop.desk.person("Bea", domain::affiliation::Relation::Buyer, Some(contoso));
    let first = shop.desk.opens(shop.ada, shop.help, "A lid", "Where is it?");
    let second = shop.desk.opens(bea, shop.help, "Another lid", "Where is mine?");
    let Some(site) = Site::open(shop.desk).await else { return };
    let kim = site.enter_with("Kim", Scripts::Off).await;
    kim.visit("/views?q=is:open").await;
    kim.tick("All tickets of this list").await;
    kim.press("Reply").await;
    kim.fill("Reply", "Dear {{organisaton}}, it comes today.").await;
    kim.press("See what would happen").await;
    kim.sees("did you mean “organisation”?").await;
    kim.fill("Reply", "Dear {{organisation}}, it comes today.").await;
    kim.press("See what would happen").await;
    kim.sees("One person gets mail. One mail leaves.").await;
    kim.sees(&format!("How it reads on #{second}:")).await;
    kim.sees("Dear Contoso, it comes today.").await;
    kim.sees("This ticket says nothing for: organisation.").await;
    kim.press("Do it with 2 tickets").await;
    kim.sees("0 of 2 tickets").await;
    crate::lists::step(&site);
    kim.follow("Look again").await;
    assert_eq!(kim.table("Refused, and why").await[1][0], format!("#{first}"));
    kim.visit(&format!("/tickets/{second}")).await;
    kim.sees("Dear Contoso, it comes today.").await;
    kim.visit(&format!("/tickets/{first}")).await;
    assert!(!kim.words().await.contains("it comes today"));
    kim.close().await;
}
