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
async fn the_history_says_what_an_answer_was_and_what_rests_comes_back() {
    let Some(site) = Site::open(desk()).await else { return };
    let ada = site.enter("Ada").await;
    ada.visit("/portal/services").await;
    ada.follow("Repairs").await;
    ada.fill("In one line", "It is broken").await;
    ada.fill("What happened, or what do you need?", "It fell down.").await;
    ada.choose("What is broken?", "Something else").await;
    ada.fill("Which thing?", "The clock").await;
    ada.press("Send").await;
    ada.is_at(|path| path.starts_with("/portal/tickets/1")).await;
    ada.close().await;
    let kim = site.enter("Kim").await;
    kim.follow("It is broken").await;
    kim.sees("The clock").await;
    for (from, to) in [("Something else", "Lamp"), ("Lamp", "Something else")] {
        kim.unfold(&format!("{from} (change What is broken?)")).await;
        kim.choose("What is broken?", to).await;
        kim.press("Save").await;
        kim.sees(&format!("{to}\n(change What is broken?)")).await;
    }
    kim.sees("The clock").await;
    kim.unfold("History").await;
    kim.sees("changed What is broken?: Something else → Lamp; not asked any more, and kept: Which thing?")
        .await;
    kim.sees("changed What is broken?: Lamp → Something else; asked again, with what it was: Which thing?")
        .await;
    kim.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_asks_is_changed_from_beside_the_ticket_by_whoever_may() {
    let desk = TestDesk::new();
    let support = desk.unit("Support");
    let help = desk.service("Help", support);
    let (ada, kim, amal) =
        (desk.customer("Ada"), desk.agent("Kim", &[support]), desk.agent("Amal", &[support]));
    desk.appoint(amal, store::office::Office::Administrator);
    desk.field("tier", |input| {
        input.of = domain::custom::Of::Person;
        input.name = "Tier".to_owned();
    });
    let number = desk.opens(ada, help, "My lamp", "It flickers.");
    desk.may_sign_in(&[kim, amal]);
    let Some(site) = Site::open(desk).await else { return };
    let amal = site.enter("Amal").await;
    amal.visit(&format!("/tickets/{number}")).await;
    amal.unfold("Change who asks").await;
    amal.sees("Time zone").await;
    amal.fill("Telephone", "+49 30 12345").await;
    amal.press("Save").await;
    amal.is_at(|path| path.starts_with(&format!("/tickets/{number}"))).await;
    amal.sees("+49 30 12345").await;
    amal.visit(&format!("/tickets/{number}/requester")).await;
    amal.fill("Tier", "Gold").await;
    amal.press("Save fields").await;
    amal.is_at(|path| path.starts_with(&format!("/tickets/{number}"))).await;
    amal.sees("Gold").await;
    assert!(amal.repeated_ids().await.is_empty());
    amal.visit("/admin/people?q=field.tier:go").await;
    amal.sees("Ada").await;
    amal.holds_nothing_of("Kim").await;
    amal.visit("/admin/people?q=is:open").await;
    amal.sees("Only fields about what stands in this list can be asked for here.").await;
    amal.visit(&format!("/people/{}", ada.0)).await;
    amal.sees("Gold").await;
    amal.close().await;
    let kim = site.enter("Kim").await;
    kim.visit(&format!("/tickets/{number}")).await;
    kim.sees("+49 30 12345").await;
    kim.holds_nothing_of("Change who asks").await;
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
