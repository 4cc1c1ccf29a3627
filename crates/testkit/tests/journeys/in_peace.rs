//! Whoever wants to be left in peace is: mail waits for the end of quiet hours or for the morning, nobody is told
//! of their own acts, and a mention arrives all the same.

use domain::id::PersonId;
use testkit::Site;
use testkit::post::Bag;

use crate::{Shop, minutes, shop};

fn gives(site: &Site, from: PersonId, number: i64, to: PersonId) {
    let given =
        site.desk.with(from, number, move |act, seen| desk::assign::to(act, seen.serve().unwrap(), Some(to)));
    given.unwrap();
}

/// The subjects of the mails to that address that leave now.
fn mails(site: &Site, to: &str) -> Vec<String> {
    site.desk.notifies();
    let mut bag = Bag::default();
    tokio::task::block_in_place(|| while site.desk.sends(&mut bag) > 0 {});
    let left = bag.left.into_iter().filter(|left| left.to == [to]);
    left.map(|left| left.message.subject.unwrap_or_default()).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn mail_waits_for_its_time_and_a_mention_always_arrives() {
    let Shop { desk, ada, kim: kim_is, help, support, .. } = shop();
    let lea = desk.agent("Lea", &[support]);
    desk.sending_inbox("help@desk.example", (support, help));
    desk.notifies();
    let numbers = ["A lamp", "A chair", "A desk", "A shelf"].map(|it| desk.opens(ada, help, it, "Broken."));
    let [lamp, chair, table, shelf] = numbers;
    let Some(site) = Site::open(desk).await else { return };
    let to_kim = || mails(&site, "kim@example.org");
    to_kim();
    let kim = site.enter("Kim").await;
    kim.visit("/profile").await;
    // It is noon on a Wednesday.
    kim.fill("From", "11:00AM").await;
    kim.fill("Until", "02:00PM").await;
    kim.press_in("Preferences", "Save").await;
    kim.sees("Your preferences were saved.").await;

    // Her own act is no news; the other's stands at the bell at once, and its mail waits.
    gives(&site, kim_is, shelf, kim_is);
    gives(&site, lea, lamp, kim_is);
    assert!(to_kim().is_empty(), "it is quiet");
    kim.visit("/notices").await;
    kim.sees("Lea gave you this ticket").await;
    kim.sees("A lamp").await;
    assert!(!kim.words().await.contains("A shelf"), "nobody is told of their own acts");
    assert_eq!(kim.bell().await, "1");
    site.desk.wait(minutes(119));
    assert!(to_kim().is_empty(), "one minute is left");
    site.desk.wait(minutes(2));
    assert_eq!(to_kim(), [format!("Yours now: #{lamp} A lamp")]);

    // Once a day: nothing before the morning, and one mail then.
    kim.visit("/profile").await;
    kim.choose("A ticket was given to me: By mail", "Once a day").await;
    kim.press("Save what I am told").await;
    kim.sees("Your choice was saved.").await;
    gives(&site, lea, chair, kim_is);
    gives(&site, lea, table, kim_is);
    assert!(to_kim().is_empty(), "it waits for the morning");
    // Muted, and named all the same: that arrives, and at once.
    kim.visit(&format!("/tickets/{chair}")).await;
    kim.unfold("Watch").await;
    kim.press("Mute it").await;
    kim.comes_to("silence", async || kim.has_fold("Muted").await).await;
    site.desk.notes(lea, chair, "Nobody is named here.");
    assert!(to_kim().is_empty(), "the ticket is muted");
    site.desk.notes(lea, chair, "Please look, @Kim");
    let told = to_kim();
    assert!(matches!(&told[..], [one] if one.contains(&format!("#{chair}"))), "{told:?}");
    kim.visit("/notices").await;
    kim.sees("Lea mentioned you in a note").await;
    kim.close().await;
    site.desk.wait(minutes(24 * 60));
    assert_eq!(to_kim().len(), 1, "the digest");
}
