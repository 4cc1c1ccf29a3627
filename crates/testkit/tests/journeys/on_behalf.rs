//! Somebody without an address calls a unit that sends no mail: they are found, and their question is written down.

use desk::ByDesk;
use desk::people::Input;
use testkit::browser::Scripts;
use testkit::{Site, TestDesk};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_call_of_somebody_without_an_address_becomes_a_ticket() {
    let desk = TestDesk::new();
    let house = desk.unit("House");
    let keys = desk.service("Keys", house);
    desk.service("Rooms", house);
    let kim = desk.agent("Kim", &[house]);
    let piet = desk.set_up(|act| {
        let input = Input { phone: Some("+49 30 5550134".to_owned()), ..Input::named("Piet Mulder") };
        desk::people::create(act, &ByDesk, &input, &[])
    });
    desk.field("door", |input| {
        input.name = "Which door?".to_owned();
        input.services = vec![keys];
        input.needed = domain::custom::Needed::Opening;
    });
    desk.may_sign_in(&[kim]);
    desk.indexes();
    let Some(site) = Site::open(desk).await else { return };
    let kim = site.enter("Kim").await;
    kim.visit("/").await;
    kim.keys("c").await;
    kim.sees("Somebody called, or is here").await;
    kim.fill("Who is it?", "Mulder").await;
    kim.press("Find").await;
    kim.sees("Nobody whom you serve has this name").await;
    // Somebody new is written in on the way, and what is wrong is said beside what was written.
    kim.fill("Name", "Zora Novak").await;
    kim.fill("Phone", "call me").await;
    kim.press("Write them in and go on").await;
    kim.sees("Write a telephone number").await;
    assert_eq!(kim.value("Name").await, "Zora Novak");
    kim.fill("Phone", "030 5550177").await;
    kim.press("Write them in and go on").await;
    kim.sees("New ticket for Zora Novak").await;
    kim.visit("/tickets/new").await;
    kim.fill("Who is it?", "030 5550134").await;
    kim.press("Find").await;
    kim.follow("Piet Mulder").await;
    kim.sees("New ticket for Piet Mulder").await;
    kim.choose("Service", "Keys").await;
    kim.choose("How they said it", "By phone").await;
    kim.fill("Subject", "The door sticks").await;
    kim.fill("What they said", "It does not close any more.").await;
    kim.fill("Which door?", "The red one").await;
    kim.press("Open the ticket").await;
    kim.sees("The ticket is open.").await;
    kim.sees("It does not close any more.").await;
    kim.sees("The red one").await;

    // The page of the person leads there as well, and offers what they asked before.
    kim.visit(&format!("/people/{piet}")).await;
    kim.follow("New ticket").await;
    kim.choose("Service", "Rooms").await;
    kim.fill("Subject", "The door sticks again").await;
    kim.fill("What they said", "It was mended badly.").await;
    kim.sees("The door sticks").await;
    kim.unfold("For somebody else, or at somebody else’s cost").await;
    kim.fill("Who pays", "Nobody Known").await;
    kim.press("Open the ticket").await;
    kim.sees("This person is not in the directory.").await;
    assert_eq!(kim.value("What they said").await, "It was mended badly.");
    kim.fill("Who pays", "").await;
    kim.press("Open the ticket").await;
    kim.sees("The ticket is open.").await;
    kim.close().await;

    let kim = site.enter_with("Kim", Scripts::Off).await;
    kim.visit("/").await;
    kim.follow("New ticket").await;
    kim.fill("Who is it?", "piet").await;
    kim.press("Find").await;
    kim.follow("Piet Mulder").await;
    kim.sees("New ticket for Piet Mulder").await;
    kim.close().await;
}
