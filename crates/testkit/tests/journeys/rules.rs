//! An administrator makes a rule, tries it on past tickets, and everybody can ask afterwards why it acted.

use store::office::Office;
use testkit::{Site, TestDesk};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_rule_is_tried_saved_acts_and_is_explained() {
    let desk = TestDesk::new();
    let support = desk.unit("Support");
    let help = desk.service("Help", support);
    let (ada, root) = (desk.customer("Ada"), desk.agent("Root", &[support]));
    desk.appoint(root, Office::Administrator);
    desk.may_sign_in(&[root]);
    desk.notifies();
    desk.opens(ada, help, "It was burning", "Last week.");
    let Some(site) = Site::open(desk).await else { return };
    let root = site.enter("Root").await;
    root.visit("/rules").await;
    root.follow("New rule").await;
    root.fill("Name", "Fire").await;
    root.choose("When", "a ticket was opened").await;
    root.fill("Filter", "is:opne").await;
    root.fill("Words in subject or message", "burning, smoke").await;
    root.choose("Set the priority", "Urgent").await;
    root.fill("Reason for the priority", "Fire comes first").await;
    root.press("Save").await;
    root.sees("This filter is not understood.").await;
    root.fill("Filter", "is:open").await;
    root.press("Try on past tickets").await;
    root.sees("It would have acted 1 of the 1 times it looked, on 1 tickets of the last 30 days").await;
    root.sees("It was burning").await;
    root.choose("Tell a person", "Root").await;
    root.press("Save").await;
    root.sees("Last acted").await;
    let number = site.desk.opens(ada, help, "The lamp is burning", "Now.");
    assert_eq!(tokio::task::block_in_place(|| site.desk.rules()), 1);
    root.visit(&format!("/tickets/{number}")).await;
    root.unfold("History").await;
    root.sees("by the rule “Fire”").await;
    root.follow("Why did this happen?").await;
    root.sees("Fire: matched and acted: Set the priority to Urgent; Tell Root").await;
    tokio::task::block_in_place(|| site.desk.notifies());
    root.visit("/notices").await;
    root.sees("The rule “Fire” asks you to look").await;
    root.sees("because the rule names you").await;
    root.visit("/rules").await;
    root.follow("Fire").await;
    root.press("Pause").await;
    root.sees("Activate").await;
    assert!(root.repeated_ids().await.is_empty());
    root.close().await;
}
