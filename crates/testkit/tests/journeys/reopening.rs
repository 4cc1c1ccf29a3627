//! A lead says for how long tickets can be reopened, and a late answer begins a ticket that follows.

use domain::id::PersonId;
use jiff::SignedDuration;
use store::unit::Role;
use testkit::{Site, TestDesk};

fn desk() -> (TestDesk, PersonId, i64, i64) {
    let desk = TestDesk::new();
    let support = desk.unit("Support");
    let help = desk.service("Help", support);
    let (ada, kim) = (desk.customer("Ada"), desk.agent("Kim", &[support]));
    let lea = desk.agent("Lea", &[]);
    desk.joins(lea, support, Role::Lead);
    let number = desk.opens(ada, help, "The lamp is dark", "Please help.");
    desk.takes(kim, number);
    desk.solves(kim, number);
    desk.may_sign_in(&[ada, kim, lea]);
    (desk, kim, number, support.0)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_late_answer_begins_a_ticket_that_follows() {
    let (desk, kim_is, number, unit) = desk();
    let Some(site) = Site::open(desk).await else { return };
    let kim = site.enter("Kim").await;
    kim.visit(&format!("/units/{unit}/reopening")).await;
    kim.sees("Each service says so").await;
    assert!(!kim.has_button("Save").await, "agents read it");
    kim.close().await;
    let lea = site.enter("Lea").await;
    lea.visit(&format!("/units/{unit}")).await;
    lea.follow("Reopening").await;
    lea.tick("The unit says soFor all tickets that lie with this unit, whatever their service.").await;
    lea.fill("Days after solving", "400").await;
    lea.press("Save").await;
    lea.sees("Say a whole number of days from 0 to 365.").await;
    lea.fill("Days after solving", "2").await;
    lea.press("Save").await;
    lea.sees("Saved. It holds from now on").await;
    assert_eq!(lea.value("Days after solving").await, "2");
    lea.close().await;

    // Within the two days an answer opens the same ticket again.
    site.desk.wait(SignedDuration::from_hours(24 + 23));
    let ada = site.enter("Ada").await;
    ada.visit(&format!("/portal/tickets/{number}")).await;
    ada.fill("Your reply", "It went out again.").await;
    ada.press("Send reply").await;
    ada.sees("Your reply was sent.").await;
    assert!(ada.address().await.starts_with(&format!("/portal/tickets/{number}")), "no new ticket");
    ada.sees("We are working on it").await;
    ada.close().await;
    site.desk.solves(kim_is, number);

    site.desk.wait(SignedDuration::from_hours(24 * 3));
    let ada = site.enter("Ada").await;
    ada.visit(&format!("/portal/tickets/{number}")).await;
    ada.sees("Your answer begins a new ticket that follows this one").await;
    ada.fill("Your reply", "It is dark again.").await;
    ada.press("Send reply").await;
    ada.sees("your answer stands here, on a ticket that goes on with it").await;
    ada.sees("It is dark again.").await;
    ada.sees("Goes on with").await;
    ada.follow(&format!("#{number} The lamp is dark")).await;
    ada.sees(&format!("Goes on in #{}", number + 1)).await;
    ada.sees(&format!("Your answer stands in #{}", number + 1)).await;
    ada.close().await;
    let kim = site.enter("Kim").await;
    kim.follow("The lamp is dark").await;
    kim.sees("Follows").await;
    kim.sees("It is dark again.").await;
    kim.follow(&format!("#{number} The lamp is dark")).await;
    kim.sees("Is followed by").await;
    kim.close().await;
}
