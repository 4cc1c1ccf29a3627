//! A service asks for more: a field that depends on another and has to be filled in, on the portal and beside
//! the ticket.

use domain::custom::{Needed, Shown, Type, When};
use testkit::browser::Scripts;
use testkit::{Site, TestDesk};

fn desk() -> TestDesk {
    let desk = TestDesk::new();
    let support = desk.unit("Support");
    desk.service("Repairs", support);
    let (ada, kim) = (desk.customer("Ada"), desk.agent("Kim", &[support]));
    let broken = desk.field("broken", |input| {
        input.name = "What is broken?".to_owned();
        input.shown = Shown::Both;
        input.holds = Type::One;
        input.choices = vec!["Lamp".to_owned(), "Something else".to_owned()];
        input.needed = Needed::Opening;
    });
    desk.field("what", |input| {
        input.name = "Which thing?".to_owned();
        input.shown = Shown::Both;
        input.needed = Needed::Opening;
        input.when = Some(When { field: broken, is: "Something else".to_owned() });
    });
    desk.field("weight", |input| {
        input.name = "Weight in kg".to_owned();
        input.holds = Type::Number;
    });
    desk.may_sign_in(&[ada, kim]);
    desk
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_field_that_depends_on_another_is_asked_when_that_one_says_so() {
    let Some(site) = Site::open(desk()).await else { return };
    let ada = site.enter("Ada").await;
    ada.visit("/portal/services").await;
    ada.follow("Repairs").await;
    ada.fill("In one line", "It is broken").await;
    ada.fill("What happened, or what do you need?", "It fell down.").await;
    assert!(!ada.words().await.contains("Which thing?"), "nothing asks for it yet");
    assert!(!ada.words().await.contains("Weight in kg"), "that is for agents");
    ada.choose("What is broken?", "Something else").await;
    ada.sees("Which thing?").await;
    ada.press("Send").await;
    ada.sees("Which thing?: Fill this in first.").await;
    assert_eq!(ada.value("In one line").await, "It is broken", "everything else is kept");
    ada.fill("Which thing?", "The clock").await;
    ada.press("Send").await;
    ada.is_at(|path| path.starts_with("/portal/tickets/1")).await;
    ada.sees("The clock").await;
    ada.close().await;
    let kim = site.enter("Kim").await;
    kim.follow("It is broken").await;
    kim.sees("The clock").await;
    kim.unfold("– (change Weight in kg)").await;
    kim.fill("Weight in kg", "heavy").await;
    kim.press("Save").await;
    kim.sees("“heavy” is no number").await;
    assert_eq!(kim.value("Weight in kg").await, "heavy");
    kim.fill("Weight in kg", "2.5").await;
    kim.press("Save").await;
    kim.sees("2.5").await;
    kim.visit("/views?q=field.weight:2..3+field.broken:something").await;
    kim.sees("It is broken").await;
    kim.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_scripts_every_field_is_there_and_says_when_it_counts() {
    let Some(site) = Site::open(desk()).await else { return };
    let ada = site.enter_with("Ada", Scripts::Off).await;
    ada.visit("/portal/services").await;
    ada.follow("Repairs").await;
    ada.sees("Only if “What is broken?” is “Something else”").await;
    ada.fill("In one line", "It is broken").await;
    ada.fill("What happened, or what do you need?", "It fell down.").await;
    ada.choose("What is broken?", "Lamp").await;
    ada.press("Send").await;
    ada.is_at(|path| path.starts_with("/portal/tickets/1")).await;
    ada.sees("Lamp").await;
    ada.close().await;
}
