//! A lead has tickets given one after the other; people come and go; two take the same one.

use testkit::{Site, TestDesk};

use store::unit::Role;

struct House {
    desk: TestDesk,
    ada: domain::id::PersonId,
    help: domain::id::ServiceId,
    support: domain::id::UnitId,
}

fn house() -> House {
    let desk = TestDesk::new();
    let support = desk.unit("Support");
    let help = desk.service("Help", support);
    let ada = desk.customer("Ada");
    let (kim, bo) = (desk.agent("Kim", &[support]), desk.agent("Bo", &[support]));
    desk.joins(kim, support, Role::Lead);
    desk.may_sign_in(&[ada, kim, bo]);
    House { desk, ada, help, support }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn tickets_go_round_until_nobody_is_there_and_the_list_says_why() {
    let House { desk, ada, help, support } = house();
    let Some(site) = Site::open(desk).await else { return };
    let desk = &site.desk;
    let kim = site.enter("Kim").await;
    kim.visit(&format!("/units/{support}")).await;
    kim.follow("Who gets tickets").await;
    kim.tick("One after the otherEverybody who is there gets the same number.").await;
    kim.press("Save").await;
    kim.sees("Saved. It holds for what comes in from now on.").await;
    let first = desk.opens(ada, help, "A lamp", "It is dark.");
    let second = desk.opens(ada, help, "A chair", "It creaks.");
    assert_eq!(tokio::task::block_in_place(|| desk.gives()), 2);
    kim.visit(&format!("/tickets/{first}")).await;
    kim.unfold("History").await;
    kim.sees("their turn").await;
    let bo = site.enter("Bo").await;
    bo.visit(&format!("/tickets/{second}")).await;
    bo.unfold("History").await;
    bo.sees("their turn").await;
    // Both leave by the switch in the page head.
    for person in [&kim, &bo] {
        person.visit("/presence").await;
        person.press("I am away").await;
        person.sees("You are given nothing since").await;
    }
    let third = desk.opens(ada, help, "A desk", "It wobbles.");
    assert_eq!(tokio::task::block_in_place(|| desk.gives()), 0);
    kim.visit(&format!("/units/{support}")).await;
    kim.sees("Could be given to nobody").await;
    kim.sees(&format!("#{third} A desk")).await;
    kim.sees("nobody is present").await;
    kim.visit("/presence").await;
    kim.press("I am back").await;
    kim.sees("You are given tickets where your unit gives them by itself.").await;
    assert_eq!(tokio::task::block_in_place(|| desk.gives()), 1);
    kim.visit(&format!("/tickets/{third}")).await;
    kim.unfold("History").await;
    kim.sees("their turn").await;
    kim.close().await;
    bo.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_two_who_take_a_ticket_one_is_told_who_was_faster() {
    let House { desk, ada, help, .. } = house();
    let number = desk.opens(ada, help, "A lamp", "It is dark.");
    let Some(site) = Site::open(desk).await else { return };
    let (kim, bo) = (site.enter("Kim").await, site.enter("Bo").await);
    for person in [&kim, &bo] {
        person.visit(&format!("/tickets/{number}")).await;
    }
    kim.press("Take it").await;
    kim.sees("The ticket has its holder.").await;
    bo.press("Take it").await;
    bo.sees("Kim was faster and has this ticket now. Nothing was changed.").await;
    bo.press("Take over from Kim").await;
    bo.sees("The ticket has its holder.").await;
    kim.close().await;
    bo.close().await;
}
