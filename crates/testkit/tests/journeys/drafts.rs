//! Whatever somebody writes is there again in the next window, on whichever side of a ticket they write it.

use testkit::Site;
use testkit::browser::{Browser, Scripts};
use testkit::patience::comes_about;

use crate::shop;

/// A part of the page that only its writer has.
const HALF: &str = "Half a sen";

async fn finds(person: &Browser, page: &str, label: &str, words: &str) {
    person.visit(page).await;
    assert_eq!(person.value(label).await, words);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_requester_finds_their_words_again_and_nobody_else_does() {
    let shop = shop();
    let eva = shop.desk.employee("Eva");
    shop.desk.may_sign_in(&[eva]);
    let outside = shop.desk.opens(shop.ada, shop.help, "Where is my parcel?", "It should be here.");
    let inside = shop.desk.opens(eva, shop.help, "My screen is dark", "Since this morning.");
    let Some(site) = Site::open(shop.desk).await else { return };
    let kim = site.enter("Kim").await;
    for (name, whose, number) in [("Ada", shop.ada, outside), ("Eva", eva, inside)] {
        let page = format!("/portal/tickets/{number}");
        let person = site.enter(name).await;
        person.visit(&page).await;
        person.fill("Your reply", HALF).await;
        person.sees("Draft kept").await;
        let other = site.enter(name).await;
        finds(&other, &page, "Your reply", HALF).await;
        other.fill("Your reply", "A whole sentence.").await;
        let is_kept =
            || site.desk.drafted(whose, number).iter().any(|draft| draft.body == "A whole sentence.");
        assert!(comes_about(is_kept).await, "{:?}", site.desk.drafted(whose, number));
        other.visit("/portal").await;
        other.sees("Draft").await;
        person.fill("Your reply", "Half a sentence.").await;
        person.sees("You went on with this in another window.").await;
        kim.visit(&format!("/tickets/{number}")).await;
        kim.holds_nothing_of("A whole sentence.").await;
        kim.holds_nothing_of("is writing a reply").await;
        finds(&person, &page, "Your reply", "A whole sentence.").await;
        person.press("Send reply").await;
        person.sees("A whole sentence.").await;
        finds(&other, &page, "Your reply", "").await;
        person.visit("/portal").await;
        assert!(!person.words().await.contains("Draft"), "nothing is left to be sent");
        person.close().await;
        other.close().await;
    }
    kim.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_unit_that_asks_finds_its_words_again_without_scripts_too() {
    let shop = shop();
    let number = shop.desk.opens(shop.ada, shop.help, "Where is my parcel?", "It should be here.");
    shop.desk.takes(shop.kim, number);
    let handoff = shop.desk.asks(shop.kim, number, shop.stock, "A lid", "Is there one?");
    let Some(site) = Site::open(shop.desk).await else { return };
    let page = format!("/tickets/{handoff}");
    let kim = site.enter("Kim").await;
    kim.visit(&page).await;
    kim.fill("Your message", HALF).await;
    kim.sees("Draft kept").await;
    kim.close().await;

    let kim = site.enter_with("Kim", Scripts::Off).await;
    kim.visit(&format!("/tickets/{number}")).await;
    kim.sees("Draft").await;
    finds(&kim, &page, "Your message", HALF).await;
    kim.fill("Your message", "Which colour is it?").await;
    kim.press("Keep as draft").await;
    kim.sees("Your draft was kept.").await;
    let bo = site.enter("Bo").await;
    bo.visit(&page).await;
    bo.sees("A lid").await;
    bo.holds_nothing_of("Which colour").await;
    bo.holds_nothing_of("is writing a reply").await;
    finds(&kim, &page, "Your message", "Which colour is it?").await;
    kim.press("Send to Warehouse").await;
    kim.sees("Your reply was sent.").await;
    assert_eq!(kim.value("Your message").await, "");
    bo.sees("Which colour is it?").await;
    bo.close().await;

    // The hand-off goes on without what was begun: the words are there, and can be forgotten.
    kim.fill("Your message", "Never mi").await;
    kim.press("Keep as draft").await;
    kim.sees("Your draft was kept.").await;
    let kim_is = shop.kim;
    site.desk
        .with(kim_is, handoff, |act, seen| desk::handoff::withdraw(act, seen.ask().unwrap(), ""))
        .unwrap();
    kim.visit(&page).await;
    assert_eq!(kim.value("Your text, not sent").await, "Never mi");
    kim.press("Discard draft").await;
    kim.sees("Your draft was discarded.").await;
    kim.holds_nothing_of("Never mi").await;
    kim.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_asked_delivered_and_sent_back_is_kept_while_it_is_written() {
    let shop = shop();
    let number = shop.desk.opens(shop.ada, shop.help, "Where is my parcel?", "It should be here.");
    shop.desk.takes(shop.kim, number);
    let Some(site) = Site::open(shop.desk).await else { return };
    let page = format!("/tickets/{number}");
    let kim = site.enter("Kim").await;
    kim.visit(&page).await;
    kim.unfold("Ask another unit").await;
    kim.choose("Service", "Warehouse: Stock").await;
    kim.fill("Subject", "A lid for Ada").await;
    kim.fill("What do you need, and what for?", "Is there a l").await;
    let begun = || site.desk.drafted(shop.kim, number).iter().any(|draft| draft.body == "Is there a l");
    assert!(comes_about(begun).await, "{:?}", site.desk.drafted(shop.kim, number));
    kim.visit(&page).await;
    kim.unfold("Ask another unit Draft").await;
    assert_eq!(kim.value("Subject").await, "A lid for Ada");
    assert_eq!(kim.value("What do you need, and what for?").await, "Is there a l");
    assert_eq!(kim.value("Your reply").await, "", "each form has its own");
    kim.fill("What do you need, and what for?", "Is there a lid?").await;
    kim.press("Ask another unit").await;
    kim.sees("The other unit was asked.").await;
    assert!(!kim.has_fold("Ask another unit Draft").await, "what was sent is no draft");
    let handoff = number + 1;

    let bo = site.enter_with("Bo", Scripts::Off).await;
    let there = format!("/tickets/{handoff}");
    bo.visit(&there).await;
    bo.sees("A lid for Ada").await;
    bo.unfold("Deliver").await;
    bo.fill("What you hand back", "A blue li").await;
    bo.press("Keep as draft").await;
    bo.sees("Your draft was kept.").await;
    bo.visit("/").await;
    bo.sees("Draft").await;
    bo.visit(&there).await;
    bo.unfold("Deliver Draft").await;
    assert_eq!(bo.value("What you hand back").await, "A blue li");
    bo.fill("What you hand back", "A blue lid.").await;
    bo.press("Deliver").await;
    bo.sees("Delivered. The unit that asked").await;
    site.desk.wait(jiff::SignedDuration::from_mins(1));

    kim.visit(&there).await;
    kim.fill("What is missing", "It is red, not bl").await;
    kim.sees("Draft kept").await;
    finds(&kim, &there, "What is missing", "It is red, not bl").await;
    bo.visit(&there).await;
    bo.holds_nothing_of("It is red").await;
    kim.fill("What is missing", "It is red, not blue.").await;
    kim.press("Return").await;
    kim.sees("It is red, not blue.").await;
    assert_eq!(site.desk.drafted(shop.kim, handoff), []);
    kim.close().await;
    bo.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_opens_a_ticket_is_kept_before_there_is_one() {
    let shop = shop();
    let eva = shop.desk.employee("Eva");
    shop.desk.may_sign_in(&[eva]);
    shop.desk.sending_inbox("help@desk.example", (shop.support, shop.help));
    shop.desk.opens(shop.ada, shop.help, "Where is my parcel?", "It should be here.");
    shop.desk.indexes();
    let Some(site) = Site::open(shop.desk).await else { return };
    // Outside and inside, in the portal.
    for (name, whose) in [("Ada", shop.ada), ("Eva", eva)] {
        let person = site.enter(name).await;
        person.visit("/portal/services").await;
        person.follow("Help").await;
        person.fill("In one line", "My lamp is dark").await;
        person.fill("What happened, or what do you need?", "Since this mor").await;
        let begun = || site.desk.begun(whose).iter().any(|draft| draft.body == "Since this mor");
        assert!(comes_about(begun).await, "{:?}", site.desk.begun(whose));
        person.visit("/portal").await;
        person.sees("My lamp is dark").await;
        person.follow("Help").await;
        assert_eq!(person.value("In one line").await, "My lamp is dark");
        assert_eq!(person.value("What happened, or what do you need?").await, "Since this mor");
        person.fill("What happened, or what do you need?", "Since this morning.").await;
        person.press("Send").await;
        person.sees("Your ticket is with us.").await;
        assert_eq!(site.desk.begun(whose), []);
        person.close().await;
    }

    // By hand, for somebody who called, and written first.
    let kim = site.enter_with("Kim", Scripts::Off).await;
    kim.visit(&format!("/people/{}/tickets/new", shop.ada)).await;
    kim.fill("Subject", "Ada called").await;
    kim.fill("What they said", "The lamp hums").await;
    kim.press("Keep as draft").await;
    kim.visit("/tickets/new").await;
    kim.sees("Begun, not sent").await;
    kim.sees("Ada called").await;
    kim.fill("To", "Dora <dora@example.net>").await;
    kim.fill("Your message", "Please send it ba").await;
    kim.press("Keep as draft").await;
    finds(&kim, "/tickets/new", "Your message", "Please send it ba").await;
    assert_eq!(kim.value("To").await, "Dora <dora@example.net>");
    kim.visit("/tickets/new?to=ada@example.org").await;
    kim.sees("Send or discard it first; then you can write to ada@example.org.").await;
    assert_eq!(kim.value("Your message").await, "Please send it ba");
    kim.press("Discard draft").await;
    finds(&kim, "/tickets/new", "Your message", "").await;
    let bo = site.enter("Bo").await;
    bo.visit("/tickets/new").await;
    assert!(!bo.words().await.contains("Ada called"));
    bo.close().await;
    kim.follow("Ada").await;
    assert_eq!(kim.value("What they said").await, "The lamp hums");
    kim.choose("Service", "Help").await;
    kim.press("Open the ticket").await;
    kim.sees("The ticket is open.").await;
    assert_eq!(site.desk.begun(shop.kim), []);
    kim.close().await;
}
