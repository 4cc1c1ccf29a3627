//! Somebody says what stands below their mails, sees how it reads, and it leaves with the next reply.

use testkit::Site;
use testkit::browser::Scripts;
use testkit::letters::taken;

use crate::shop;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_signature_is_kept_shown_and_leaves_below_the_reply() {
    let shop = shop();
    let inbox = shop.desk.sending_inbox("help@desk.example", (shop.support, shop.help));
    let mail = "From: Ada <ada@example.org>\r\nTo: help@desk.example\r\nSubject: Lamp\r\nMessage-ID: <1@example.org>\r\n\r\nIt is dark.\r\n";
    let number = shop.desk.ticket_of(shop.desk.takes_in(inbox, mail));
    let Some(site) = Site::open(shop.desk).await else { return };
    let kim = site.enter_with("Kim", Scripts::Off).await;
    kim.visit("/macros").await;
    kim.follow("Signatures").await;
    kim.sees("What stands below each reply that leaves by mail.").await;
    // It would say nothing on some tickets: refused, and still there to be mended.
    kim.fill("Signature", "Regards, {{me.first_name}}").await;
    kim.press("Save").await;
    kim.sees("Not always known: me.first_name.").await;
    assert_eq!(kim.value("Signature").await, "Regards, {{me.first_name}}");
    kim.fill("Signature", "Regards, {{me.first_name|we}} of {{unit}}").await;
    kim.press("Save").await;
    kim.sees("As it leaves").await;
    kim.sees("Regards, Kim of Support").await;
    kim.visit(&format!("/tickets/{number}")).await;
    kim.fill("Your reply", "It is bright now.").await;
    kim.press("Send to customer").await;
    kim.sees("It is bright now.").await;
    assert!(
        !kim.words().await.contains("Regards, Kim"),
        "it stands below the mail and not in the conversation"
    );
    kim.close().await;
    site.desk.wait(jiff::SignedDuration::from_secs(11));
    let sent = site.desk.hands_over(taken());
    let (_, raw) = sent.iter().find(|(_, raw)| raw.contains("It is bright now.")).expect("the reply left");
    assert_eq!(raw.matches("Regards, Kim of Support").count(), 2, "once as text and once as a page: {raw}");
}
