//! Files in a real browser: chosen, pasted, taken off, undone with the reply, and the same without scripts.

use std::path::PathBuf;

use testkit::Site;
use testkit::browser::Scripts;
use testkit::letters::taken;

use crate::{minutes, shop};

fn file(folder: &tempfile::TempDir, name: &str, bytes: &[u8]) -> PathBuf {
    let path = folder.path().join(name);
    std::fs::write(&path, bytes).unwrap();
    path
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn files_are_listed_as_they_come_and_come_back_with_a_reply_that_is_undone() {
    let shop = shop();
    shop.desk.sending_inbox("help@desk.example", (shop.support, shop.help));
    let number = shop.desk.opens(shop.ada, shop.help, "Lamp", "It is dark.");
    let folder = tempfile::tempdir().unwrap();
    let plan = file(&folder, "plan.txt", b"the plan");
    let large = file(&folder, "large.bin", &vec![0; 25_000_001]);
    let Some(site) = Site::open(shop.desk).await else { return };
    let kim = site.enter("Kim").await;
    kim.visit(&format!("/tickets/{number}")).await;
    kim.fill("Your reply", "See the plan.").await;
    kim.attach("Attach files", &plan).await;
    kim.sees("plan.txt").await;
    kim.attach("Attach files", &large).await;
    kim.sees("“large.bin” is larger than 25 MB.").await;
    kim.paste("Your reply", "pasted.txt", "pasted words").await;
    kim.sees("pasted.txt").await;
    assert_eq!(kim.value("Your reply").await, "See the plan.");
    kim.unfold("▾").await;
    kim.press("Send to customer and solve").await;
    kim.sees("Your reply leaves in").await;
    kim.press("Undo").await;
    kim.sees("Its words are below.").await;
    assert_eq!(kim.value("Your reply").await, "See the plan.");
    assert_eq!(kim.list("Files that are sent with it").await.len(), 2);
    kim.press("Send to customer and solve").await;
    kim.sees("Your reply leaves in").await;
    let ada = site.enter("Ada").await;
    ada.visit(&format!("/portal/tickets/{number}")).await;
    ada.holds_nothing_of("plan.txt").await;
    ada.sees("We are working on it").await;
    site.desk.wait(minutes(1));
    ada.visit(&format!("/portal/tickets/{number}")).await;
    ada.sees("plan.txt").await;
    ada.sees("Solved: is it?").await;
    let sent = site.desk.hands_over(taken());
    assert!(sent.len() == 1 && sent[0].1.contains("plan.txt") && sent[0].1.contains("pasted.txt"));
    kim.close().await;
    ada.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_scripts_a_refused_file_loses_neither_the_words_nor_the_other_files() {
    let shop = shop();
    let number = shop.desk.opens(shop.ada, shop.help, "Lamp", "It is dark.");
    let folder = tempfile::tempdir().unwrap();
    let plan = file(&folder, "plan.txt", b"the plan");
    let large = file(&folder, "large.bin", &vec![0; 25_000_001]);
    let Some(site) = Site::open(shop.desk).await else { return };
    let ada = site.enter_with("Ada", Scripts::Off).await;
    ada.visit(&format!("/portal/tickets/{number}")).await;
    ada.fill("Your reply", "As in the plan.").await;
    ada.attach("Attach files", &plan).await;
    ada.attach("Attach files", &large).await;
    ada.press("Send reply").await;
    ada.sees("“large.bin” is larger than 25 MB and was not kept. Everything else was.").await;
    assert_eq!(ada.value("Your reply").await, "As in the plan.");
    ada.sees("plan.txt").await;
    ada.press("Send reply").await;
    ada.sees("Your reply was sent.").await;
    ada.sees("plan.txt").await;
    ada.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn pictures_are_pasted_and_dropped_and_one_that_is_lost_on_the_way_keeps_the_text() {
    let shop = shop();
    let number = shop.desk.opens(shop.ada, shop.help, "Lamp", "It is dark.");
    let Some(site) = Site::open(shop.desk).await else { return };
    let kim = site.enter("Kim").await;
    kim.visit(&format!("/tickets/{number}")).await;
    kim.sees("Up to 10 files, 25 MB each, 50 MB together.").await;
    kim.sees("or paste and drop them here").await;
    kim.fill("Your reply", "The switch is here: ").await;
    kim.paste_picture("Your reply", "switch.png").await;
    kim.press("Show in the text").await;
    let written = kim.value("Your reply").await;
    assert!(written.starts_with("The switch is here: ![switch.png](cid:"), "{written}");
    kim.drop_picture("Your reply", "lamp.png").await;
    kim.comes_to("both pictures", async || kim.list("Files that are sent with it").await.len() == 2).await;
    kim.loses_the_network().await;
    kim.paste_picture("Your reply", "lost.png").await;
    kim.sees("“lost.png” could not be sent. Your text is still here; try once more.").await;
    assert_eq!(kim.value("Your reply").await, written);
    kim.has_the_network_back().await;
    kim.press_named("Take lost.png off").await;
    kim.paste_picture("Your reply", "third.png").await;
    kim.sees("third.png").await;
    kim.press("Send to customer").await;
    kim.sees("Your reply was sent.").await;
    kim.close().await;
    let ada = site.enter("Ada").await;
    ada.visit(&format!("/portal/tickets/{number}")).await;
    ada.sees("The switch is here:").await;
    for name in ["lamp.png", "third.png"] {
        ada.sees(name).await;
    }
    ada.comes_to("the picture in the text", async || ada.shows_picture("switch.png").await).await;
    ada.holds_nothing_of("lost.png").await;
    ada.close().await;
}
