//! What people are told at the desk: a bell that counts by itself, and a page of everything.

use domain::notice::Occasion;
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

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_answer_that_no_mail_brings_rings_the_bell_of_whoever_asked() {
    let shop = shop();
    shop.desk.notifies();
    let number = shop.desk.opens(shop.ada, shop.help, "Where is my parcel?", "It should be here.");
    let Some(site) = Site::open(shop.desk).await else { return };
    let ada = site.enter("Ada").await;
    ada.visit("/portal").await;
    site.desk.replies(shop.kim, number, "The neighbour has it.");
    site.desk.wait(crate::minutes(1));
    site.desk.notifies();
    ada.comes_to("number at the bell", async || ada.bell().await == "1").await;
    ada.unfold("Notices").await;
    ada.sees("You have a new answer").await;
    ada.sees("because it is your own ticket").await;
    ada.visit("/notices").await;
    ada.follow(&format!("#{number} Where is my parcel?")).await;
    ada.is_at(|path| path == format!("/portal/tickets/{number}")).await;
    ada.sees("The neighbour has it.").await;
    ada.comes_to("silent bell", async || ada.bell().await.is_empty()).await;
    ada.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_question_back_on_a_hand_off_rings_for_whoever_waits_and_stands_beside_their_ticket() {
    let shop = shop();
    shop.desk.notifies();
    let kim = shop.kim;
    let bo = shop.desk.set_up(|act| Ok(store::person::by_email(act.tx, "bo@example.org")?.unwrap().id));
    let number = shop.desk.opens(shop.ada, shop.help, "Where is my parcel?", "It should be here.");
    shop.desk.takes(kim, number);
    let handoff = shop.desk.asks(kim, number, shop.stock, "Find the parcel", "It is brown.");
    let Some(site) = Site::open(shop.desk).await else { return };
    let kim = site.enter("Kim").await;
    kim.visit(&format!("/tickets/{number}")).await;
    kim.holds_nothing_of("Waiting for our answer").await;
    let asked = site.desk.with(bo, handoff, |act, seen| {
        let body = desk::words::Body::parse("Which brown?")?;
        let then = desk::reply::Then::WaitForRequester;
        desk::reply::serve(act, seen.serve().ok_or(desk::DeskError::NotAllowed)?, &body, then)
    });
    asked.unwrap();
    site.desk.wait(crate::minutes(1));
    site.desk.notifies();
    kim.visit("/views?q=is:unread").await;
    kim.sees("Where is my parcel?").await;
    kim.comes_to("number at the bell", async || kim.bell().await == "1").await;
    kim.visit(&format!("/tickets/{number}")).await;
    kim.sees("Waiting for our answer").await;
    kim.visit("/notices").await;
    kim.sees("Bo wrote on a hand-off for which your ticket waits").await;
    kim.follow(&format!("#{handoff} Find the parcel")).await;
    kim.is_at(|path| path == format!("/tickets/{handoff}")).await;
    kim.sees("Which brown?").await;
    kim.comes_to("silent bell", async || kim.bell().await.is_empty()).await;
    kim.close().await;
}

/// Keys, as WebDriver writes them.
const ENTER: char = '\u{e007}';
const DOWN: char = '\u{e015}';

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_colleague_is_named_from_a_list_and_by_hand_and_one_who_may_not_read_it_is_not_told() {
    let shop = shop();
    shop.desk.notifies();
    let (lea, len) = (shop.desk.agent("Lea", &[shop.support]), shop.desk.agent("Len", &[shop.support]));
    shop.desk.may_sign_in(&[lea, len]);
    let number = shop.desk.opens(shop.ada, shop.help, "Where is my parcel?", "It should be here.");
    let Some(site) = Site::open(shop.desk).await else { return };
    let page = format!("/tickets/{number}");
    let kim = site.enter("Kim").await;
    kim.visit(&page).await;
    kim.unfold("Internal note").await;
    kim.fill("Your note", "Please look, @le").await;
    kim.comes_to("names", async || kim.list("Colleagues to mention").await == ["Lea", "Len"]).await;
    kim.keys(&format!("{DOWN}{ENTER}")).await;
    assert_eq!(kim.value("Your note").await, "Please look, @Len ");
    kim.press("Add note").await;
    kim.sees("Your note was added.").await;
    site.desk.notifies();
    let plain = site.enter_with("Kim", testkit::browser::Scripts::Off).await;
    plain.visit(&page).await;
    plain.unfold("Internal note").await;
    plain.fill("Your note", "@Lea knows, and so does @Bo.").await;
    plain.press("Add note").await;
    plain.sees("Bo cannot see this ticket and was not told.").await;
    plain.close().await;
    site.desk.notifies();
    let len = site.enter("Len").await;
    len.visit("/notices").await;
    len.sees("Kim mentioned you in a note").await;
    len.visit(&page).await;
    len.unfold("Watching").await;
    len.sees("Watching now:").await;
    len.press("Mute it").await;
    len.is_at(|path| path == page).await;
    len.unfold("Muted").await;
    len.sees("nothing of this ticket but when somebody mentions you").await;
    let lea = site.enter("Lea").await;
    lea.visit(&page).await;
    lea.unfold("Watching").await;
    lea.press("Stop watching").await;
    lea.is_at(|path| path == page).await;
    lea.unfold("Watch").await;
    lea.sees("Nobody watches it.").await;
    for browser in [kim, len, lea] {
        browser.close().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn everybody_chooses_what_is_told_at_the_desk_and_by_mail() {
    let shop = shop();
    let Some(site) = Site::open(shop.desk).await else { return };
    let kim = site.enter("Kim").await;
    kim.visit("/profile").await;
    let rows = kim.table("What you are told").await;
    assert_eq!(rows[0], ["What happens", "At the desk", "By mail"]);
    assert!(rows.iter().any(|row| row[0] == "Somebody mentions me in a note" && row[1].contains("always")));
    kim.choose("A ticket was given to me: By mail", "Never").await;
    kim.press("Save what I am told").await;
    kim.sees("Your choice was saved.").await;
    let choice = site.desk.set_up(move |act| Ok(store::notice::choice(act.tx, shop.kim, Occasion::Given)?));
    assert_eq!((choice.board, choice.mail), (true, domain::notice::Way::Never));
    kim.close().await;
}
