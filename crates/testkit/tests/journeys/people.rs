//! Who asked is one click away; and one person who stands in the directory twice is made one, and two again.

use testkit::{Site, TestDesk};

fn desk() -> TestDesk {
    let desk = TestDesk::new();
    let support = desk.unit("Support");
    let help = desk.service("Help", support);
    let (ada, other) = (desk.customer("Ada"), desk.customer("Ada Home"));
    let kim = desk.agent("Kim", &[support]);
    let amal = desk.employee("Amal");
    desk.appoint(amal, store::office::Office::Administrator);
    desk.opens(ada, help, "My lamp flickers", "Since today.");
    desk.opens(other, help, "The chair wobbles", "Since Monday.");
    desk.may_sign_in(&[ada, kim, amal]);
    desk
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_agent_sees_what_a_person_asked_before_and_an_administrator_makes_two_entries_one() {
    let Some(site) = Site::open(desk()).await else { return };
    let kim = site.enter("Kim").await;
    kim.follow("My lamp flickers").await;
    kim.follow("Ada").await;
    kim.sees("What they asked").await;
    assert!(kim.words().await.contains("My lamp flickers"));
    assert!(!kim.words().await.contains("The chair wobbles"));

    let amal = site.enter("Amal").await;
    amal.visit("/admin/people").await;
    amal.follow("Ada Home").await;
    amal.follow("Choose the other entry").await;
    amal.fill("Address of the entry that stays", "nobody@example.org").await;
    amal.press("Compare").await;
    amal.sees("This person is not in the directory.").await;
    amal.fill("Address of the entry that stays", "ada@example.org").await;
    amal.press("Compare").await;
    amal.sees("Ada Home cannot sign in any more.").await;
    amal.press("Merge into Ada").await;
    amal.sees("Merged into").await;

    let there = kim.address().await;
    kim.visit(&there).await;
    kim.sees("The chair wobbles").await;
    kim.sees("Also known as").await;
    let ada = site.enter("Ada").await;
    ada.visit("/portal").await;
    ada.sees("The chair wobbles").await;

    amal.press("Undo the merge").await;
    amal.sees("Choose the other entry").await;
    ada.visit("/portal").await;
    ada.sees("My lamp flickers").await;
    assert!(!ada.words().await.contains("The chair wobbles"));
    for page in [kim, amal, ada] {
        page.close().await;
    }
}
