//! A customer writes by mail, an agent answers, undoes and answers again, and somebody else joins in.

use domain::id::InboxId;
use testkit::browser::Scripts;
use testkit::letters::taken;
use testkit::{Site, TestDesk};

use crate::{Shop, minutes, shop};

fn writes(desk: &TestDesk, inbox: InboxId, from: &str, id: &str, headers: &str, words: &str) -> i64 {
    let mail = format!(
        "From: {from}\r\nTo: help@desk.example\r\nSubject: Where is my parcel?\r\nMessage-ID: <{id}@example.org>\r\n{headers}\r\n{words}\r\n"
    );
    desk.ticket_of(desk.takes_in(inbox, &mail))
}

fn by_mail() -> (Shop, InboxId, i64) {
    let shop = shop();
    let inbox = shop.desk.sending_inbox("help@desk.example", (shop.support, shop.help));
    let number = writes(
        &shop.desk,
        inbox,
        "Ada <ada@example.org>",
        "1",
        "",
        "It should be *here*.\r\n\r\n> We will see.",
    );
    (shop, inbox, number)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_reply_is_undone_written_again_and_leaves() {
    let (shop, _, number) = by_mail();
    let Some(site) = Site::open(shop.desk).await else { return };
    let ada = site.enter("Ada").await;
    ada.visit(&format!("/portal/tickets/{number}")).await;
    let kim = site.enter("Kim").await;
    kim.visit(&format!("/tickets/{number}")).await;
    site.is_heard_by(2).await;
    kim.sees("It should be *here*.").await;
    kim.sees("can be taken back for 10 s").await;
    kim.fill("Your reply", "It is lsot.").await;
    kim.press("Send to customer").await;
    kim.sees("Your reply leaves in").await;
    kim.press("Undo").await;
    kim.sees("Its words are below.").await;
    assert_eq!(kim.value("Your reply").await, "It is lsot.");
    kim.visit(&format!("/tickets/{number}")).await;
    assert_eq!(kim.value("Your reply").await, "It is lsot.", "it is still there");
    kim.fill("Your reply", "It is lost.").await;
    kim.press("Send to customer").await;
    kim.sees("Your reply leaves in").await;
    ada.holds_nothing_of("It is lost.").await;
    site.desk.wait(minutes(1));
    ada.sees("It is lost.").await;
    ada.holds_nothing_of("lsot").await;
    assert_eq!(site.desk.hands_over(taken()).len(), 1);
    kim.sees("sent").await;
    kim.close().await;
    ada.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_scripts_a_stranger_is_confirmed_and_a_reply_undone() {
    let (shop, inbox, number) = by_mail();
    let answers = "In-Reply-To: <1@example.org>\r\n";
    writes(&shop.desk, inbox, "Eve <eve@example.net>", "2", answers, "I saw it at the neighbour's.");
    let Some(site) = Site::open(shop.desk).await else { return };
    let kim = site.enter_with("Kim", Scripts::Off).await;
    kim.visit(&format!("/tickets/{number}")).await;
    kim.sees("Somebody who is not on this ticket wrote").await;
    kim.press("Confirm: it belongs here").await;
    kim.sees("The mail is part of the conversation now.").await;
    kim.holds_nothing_of("Somebody who is not on this ticket wrote").await;
    kim.fill("Your reply", "Please ask there.").await;
    kim.press("Send to customer").await;
    kim.sees("Your reply leaves at 12:00:10.").await;
    kim.press("Undo").await;
    assert_eq!(kim.value("Your reply").await, "Please ask there.");
    kim.press("Send to customer").await;
    kim.sees("Your reply leaves at 12:00:10.").await;
    kim.close().await;
}
