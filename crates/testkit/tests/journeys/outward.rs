//! What goes out: to whom, when something came in between, and what is never lost on the way.

use testkit::Site;
use testkit::browser::Scripts;
use testkit::letters::taken;

use crate::shop;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_reply_is_stopped_by_what_came_in_and_sent_anyway_or_after_reading() {
    let shop = shop();
    let number = shop.desk.opens(shop.ada, shop.help, "Where is my parcel?", "It should be here.");
    let lea = shop.desk.agent("Lea", &[shop.support]);
    let Some(site) = Site::open(shop.desk).await else { return };
    let kim = site.enter("Kim").await;
    kim.visit(&format!("/tickets/{number}")).await;
    kim.fill("Your reply", "It is on its way.").await;
    kim.attach("Attach files", &plan()).await;
    kim.sees("plan.txt").await;
    site.desk.notes(lea, number, "The driver is ill.");
    site.desk.replies(shop.ada, number, "It came this minute!");
    kim.press("Send to customer").await;
    kim.sees("Something new came in while you were writing.").await;
    kim.sees("The driver is ill.").await;
    kim.sees("It came this minute!").await;
    kim.sees("plan.txt").await;
    assert_eq!(kim.value("Your reply").await, "It is on its way.");
    kim.follow("Read what is new").await;
    assert_eq!(kim.value("Your reply").await, "It is on its way.");
    kim.press("Send anyway").await;
    kim.sees("Your reply was sent.").await;
    kim.sees("plan.txt").await;

    // Closed meanwhile: there is no form any more, and the words are there.
    kim.fill("Your reply", "One thing more.").await;
    site.desk.solves(lea, number);
    site.desk.with(lea, number, |act, seen| desk::close::serve(act, seen.serve().unwrap())).unwrap();
    kim.press("Send to customer").await;
    kim.sees("Your text, not sent").await;
    assert_eq!(kim.value("Your text, not sent").await, "One thing more.");
    kim.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_reply_for_a_ticket_that_went_away_gives_its_words_back() {
    let shop = shop();
    let private = shop.desk.unit("Legal");
    let number = shop.desk.opens(shop.ada, shop.help, "Where is my parcel?", "It should be here.");
    let Some(site) = Site::open(shop.desk).await else { return };
    let kim = site.enter_with("Kim", Scripts::Off).await;
    kim.visit(&format!("/tickets/{number}")).await;
    kim.fill("Your reply", "Dear Ada, we are sorry.").await;
    let lea = site.desk.agent("Lea", &[shop.support]);
    site.desk
        .with(lea, number, move |act, seen| {
            desk::transfer::run(act, seen.serve().unwrap(), private, "Theirs.")
        })
        .unwrap();
    kim.press("Send to customer").await;
    kim.sees("Your text, not sent").await;
    assert_eq!(kim.value("Your text, not sent").await, "Dear Ada, we are sorry.");
    kim.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_reply_goes_to_all_and_to_somebody_unseen_and_its_draft_remembers_them() {
    let shop = shop();
    let (support, help) = (shop.support, shop.help);
    let inbox = shop.desk.sending_inbox("help@desk.example", (support, help));
    let mail = "From: Ada <ada@example.org>\r\nTo: help@desk.example\r\nCc: Carl <carl@example.net>, help@desk.example\r\n\
                Subject: Lamp\r\nMessage-ID: <1@example.org>\r\n\r\nIt is dark.\r\n";
    let number = shop.desk.ticket_of(shop.desk.takes_in(inbox, mail));
    let Some(site) = Site::open(shop.desk).await else { return };
    let kim = site.enter("Kim").await;
    let page = format!("/tickets/{number}");
    kim.visit(&page).await;
    kim.unfold("To").await;
    kim.press("Reply to all").await;
    kim.sees("Carl").await;
    kim.fill("Bcc", "dora@example.net,").await;
    kim.fill("Your reply", "It is bright now.").await;
    kim.attach("Attach files", &plan()).await;
    kim.sees("plan.txt").await;
    kim.sees("Draft kept").await;
    let kept = || {
        let drafts = site.desk.drafted(shop.kim, number);
        drafts.iter().any(|draft| draft.addressed.as_ref().is_some_and(|fields| fields.bcc.contains("dora@")))
    };
    assert!(testkit::patience::comes_about(kept).await, "{:?}", site.desk.drafted(shop.kim, number));
    kim.visit(&page).await;
    kim.sees("dora@example.net").await;
    kim.sees("plan.txt").await;
    kim.press("Send to customer").await;
    kim.sees("Bcc, shown to nobody").await;
    kim.close().await;
    site.desk.wait(jiff::SignedDuration::from_secs(11));
    let mut to: Vec<String> = Vec::new();
    for (envelope, raw) in site.desk.hands_over(taken()) {
        assert!(!raw.contains("dora@") && raw.contains("carl@example.net"), "{raw}");
        to.extend(envelope.to);
    }
    to.sort();
    assert_eq!(to, ["ada@example.org", "carl@example.net", "dora@example.net"]);
}

fn plan() -> std::path::PathBuf {
    let place = std::env::temp_dir().join(format!("outward-{}", std::process::id()));
    std::fs::create_dir_all(&place).unwrap();
    let file = place.join("plan.txt");
    std::fs::write(&file, "The plan.").unwrap();
    file
}
