//! Beside a ticket stands who asks and what ties them to us, and what the ticket is, changed without leaving it.

use desk::entitled::ByDesk;
use desk::people::Input;
use domain::affiliation::Relation;
use domain::agreement::AgreementKind;
use domain::custom::Type;
use domain::id::PersonId;
use testkit::browser::{Browser, Scripts};
use testkit::{Site, TestDesk};

struct Shop {
    desk: TestDesk,
    number: i64,
}

fn shop() -> Shop {
    let desk = TestDesk::new();
    let support = desk.unit("Support");
    let help = desk.service("Help", support);
    desk.service("Repairs", support);
    let always = desk.always();
    desk.promises(AgreementKind::Sla, help, 8, always);
    let contoso = desk.organisation("Contoso", false);
    let ada = desk.person("Ada", Relation::Buyer, Some(contoso));
    let (kim, lea) = (desk.agent("Kim", &[support]), desk.agent("Lea", &[support]));
    speaks(&desk, ada, contoso);
    let older: Vec<i64> =
        (1..7).map(|n| desk.opens(ada, help, &format!("Matter {n}"), "Please help.")).collect();
    desk.solves(kim, older[5]);
    let solved = older[5];
    desk.set_up(move |act| {
        let rated = "update ticket set rating = 4 where number = $1";
        Ok(act.tx.execute(rated, store::params![solved])?)
    });
    let number = desk.opens(ada, help, "The lamp is dark", "It is dark here.");
    desk.field("weight", |input| {
        input.name = "Weight in kg".to_owned();
        input.holds = Type::Number;
    });
    desk.may_sign_in(&[kim, lea]);
    Shop { desk, number }
}

fn speaks(desk: &TestDesk, person: PersonId, organisation: domain::id::OrganisationId) {
    let input = Input {
        email: Some("ada@example.org".to_owned()),
        language: "de".to_owned(),
        time_zone: "Asia/Tokyo".to_owned(),
        organisation: Some(organisation),
        ..Input::named("Ada")
    };
    desk.set_up(move |act| desk::people::change(act, &ByDesk, person, &input));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_asks_stands_beside_the_ticket_with_all_that_an_answer_needs() {
    let shop = shop();
    let Some(site) = Site::open(shop.desk).await else { return };
    let kim = site.enter("Kim").await;
    kim.visit(&format!("/tickets/{}", shop.number)).await;
    let said = kim.panel("Requester").await;
    for (part, words) in [
        ("the person", "Ada"),
        ("the organisation", "Contoso"),
        ("what ties them to us", "since 2020-01-01"),
        ("their language", "Deutsch"),
        ("the clock on their wall", "Asia/Tokyo"),
        ("the last rating", "4 of 5"),
    ] {
        assert!(said.contains(words), "{part} is missing:\n{said}");
    }
    let others: Vec<usize> = (1..7).filter(|n| said.contains(&format!("Matter {n}"))).collect();
    assert_eq!(others, [2, 3, 4, 5, 6], "the last five of their tickets");
    let promises = kim.panel("Promises").await;
    assert!(promises.contains("Resolution"), "the open promise is missing: {promises}");
    // The same beside what somebody of our own asks, without an organisation.
    let eva = site.desk.employee("Eva");
    let help = site.desk.desk.look_now(|look| Ok(*look.catalogue.services.keys().next().unwrap())).unwrap();
    let before = site.desk.opens(eva, help, "My chair wobbles", "Please help.");
    let inside = site.desk.opens(eva, help, "My desk wobbles", "Please help.");
    kim.visit(&format!("/tickets/{inside}")).await;
    let said = kim.panel("Requester").await;
    for words in ["Eva", "Employee", "since 2020-01-01", &format!("#{before}"), "My chair wobbles"] {
        assert!(said.contains(words), "{words} is missing:\n{said}");
    }
    kim.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_a_ticket_is_changes_in_its_place_and_nothing_written_is_lost() {
    let shop = shop();
    let Some(site) = Site::open(shop.desk).await else { return };
    let kim = site.enter("Kim").await;
    let address = format!("/tickets/{}", shop.number);
    kim.visit(&address).await;
    kim.fill("Your reply", "Half a sentence").await;
    change_everything(&kim).await;
    kim.fill("Add a tag", "returns").await;
    kim.press("Add").await;
    kim.comes_to("a tag", async || kim.list("Tags").await.iter().any(|tag| tag.contains("returns"))).await;
    assert!(kim.address().await.ends_with(&address), "the page was not left");
    assert_eq!(kim.value("Your reply").await, "Half a sentence");
    assert!(kim.repeated_ids().await.is_empty());
    kim.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_scripts_the_same_forms_do_the_same() {
    let shop = shop();
    let Some(site) = Site::open(shop.desk).await else { return };
    let kim = site.enter_with("Kim", Scripts::Off).await;
    kim.visit(&format!("/tickets/{}", shop.number)).await;
    change_everything(&kim).await;
    kim.close().await;
}

async fn change_everything(kim: &Browser) {
    kim.unfold("nobody yet (change Assigned to)").await;
    kim.choose("Assigned to", "Lea (0 open)").await;
    kim.press("Save").await;
    kim.comes_to("holder", async || kim.has_fold("Lea (change").await).await;
    kim.unfold("Normal (change Priority)").await;
    kim.choose("Priority", "Urgent").await;
    kim.fill("Reason", "It is dark everywhere.").await;
    kim.press("Save").await;
    kim.comes_to("priority", async || kim.has_fold("Urgent (change").await).await;
    kim.unfold("Help (change Service)").await;
    kim.choose("Service", "Repairs").await;
    kim.press("Save").await;
    kim.comes_to("service", async || kim.has_fold("Repairs (change").await).await;
    kim.unfold("– (change Weight in kg)").await;
    kim.fill("Weight in kg", "heavy").await;
    kim.press("Save").await;
    kim.sees("“heavy” is no number").await;
    kim.fill("Weight in kg", "2.5").await;
    kim.press("Save").await;
    kim.comes_to("answer", async || kim.has_fold("2.5 (change").await).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn time_spent_is_said_beside_the_ticket_corrected_and_summed() {
    let shop = shop();
    let Some(site) = Site::open(shop.desk).await else { return };
    let kim = site.enter("Kim").await;
    kim.visit(&format!("/tickets/{}", shop.number)).await;
    kim.unfold("Add time").await;
    kim.fill("How long", "a while").await;
    kim.press("Save time").await;
    kim.sees("Write how long it was").await;
    assert_eq!(kim.value("How long").await, "a while");
    kim.fill("How long", "1h 30m").await;
    kim.fill("What for", "Looked for the switch").await;
    kim.press("Save time").await;
    kim.sees("1:30 in all").await;
    kim.unfold("Correct").await;
    kim.fill("How long", "45").await;
    kim.press("Save time").await;
    kim.sees("0:45 in all").await;
    assert!(kim.panel("Time spent").await.contains("1:30"), "what it said before is kept");
    assert!(kim.repeated_ids().await.is_empty());
    kim.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn time_spent_is_summed_and_each_sum_opens_its_entries() {
    let shop = shop();
    let Some(site) = Site::open(shop.desk).await else { return };
    let kim = site.enter("Kim").await;
    kim.visit(&format!("/tickets/{}", shop.number)).await;
    kim.unfold("Add time").await;
    kim.fill("How long", "1h 30m").await;
    kim.fill("What for", "Looked for the switch").await;
    kim.press("Save time").await;
    kim.sees("1:30 in all").await;
    kim.follow("All time spent").await;
    kim.sees("no part of it").await;
    assert_eq!(kim.table("Time spent").await[1][..3], ["Support", "1:30", "1"]);
    kim.follow("Organisation").await;
    kim.comes_to("sums by organisation", async || kim.table("Time spent").await[1][0] == "Contoso").await;
    kim.follow("1:30").await;
    kim.sees("Entries of time spent: Contoso").await;
    kim.sees("Looked for the switch").await;
    kim.follow(&format!("#{}", shop.number)).await;
    kim.sees("1:30 in all").await;
    kim.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_usual_steps_are_put_on_a_ticket_and_ticked_off() {
    let shop = shop();
    let help = shop.desk.desk.look_now(|look| Ok(*look.catalogue.services.keys().next().unwrap())).unwrap();
    shop.desk.set_up(move |act| desk::checklist::set_usual(act, &ByDesk, help, "Look at it\nMend it"));
    let Some(site) = Site::open(shop.desk).await else { return };
    let kim = site.enter("Kim").await;
    kim.visit(&format!("/tickets/{}", shop.number)).await;
    kim.press("Add the usual steps").await;
    kim.sees("0 of 2 done").await;
    kim.press_named("Tick off: Look at it").await;
    kim.sees("1 of 2 done").await;
    kim.unfold("Add steps").await;
    kim.fill("Steps", "Write to Ada").await;
    kim.press("Put on the list").await;
    kim.sees("1 of 3 done").await;
    kim.press_named("Not done after all: Look at it").await;
    kim.sees("0 of 3 done").await;
    kim.press_named("Remove: Mend it").await;
    kim.sees("0 of 2 done").await;
    kim.unfold("History").await;
    kim.sees("did the step “Look at it”").await;
    assert!(kim.repeated_ids().await.is_empty());
    kim.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn steps_are_put_in_order_and_reworded_by_keyboard_and_without_scripts() {
    let shop = shop();
    let number = shop.number;
    let kim = shop.desk.set_up(|act| Ok(store::person::by_email(act.tx, "kim@example.org")?)).unwrap().id;
    shop.desk
        .with(kim, number, |act, seen| {
            desk::checklist::add(act, seen.annotate().unwrap(), "Look at it\nMend it\nWrite to Ada")
        })
        .unwrap();
    let Some(site) = Site::open(shop.desk).await else { return };
    for scripts in [Scripts::On, Scripts::Off] {
        let kim = site.enter_with("Kim", scripts).await;
        kim.visit(&format!("/tickets/{number}")).await;
        kim.unfold("Arrange").await;
        kim.press_named("Up: Write to Ada").await;
        let second = |words: &'static str| {
            let kim = &kim;
            async move || kim.list("Checklist").await.get(1).is_some_and(|step| step.contains(words))
        };
        kim.comes_to("the new order", second("Write to Ada")).await;
        let focused = async || kim.stands_on_named().await == "Up: Write to Ada";
        kim.comes_to("focus on the button that was pressed", focused).await;
        kim.keys("\u{e004}\u{e007}").await;
        kim.comes_to("the old order", second("Mend it")).await;
        kim.fill("Words of the step: Mend it", "Look at it").await;
        kim.press_named("Reword: Mend it").await;
        kim.sees("This step stands on the list already").await;
        kim.fill("Words of the step: Mend it", "Mend the lamp").await;
        kim.press_named("Reword: Mend it").await;
        kim.comes_to("new words", second("Mend the lamp")).await;
        kim.fill("Words of the step: Mend the lamp", "Mend it").await;
        kim.press_named("Down: Mend the lamp").await;
        kim.comes_to("both at once", second("Write to Ada")).await;
        kim.press_named("Up: Mend it").await;
        kim.comes_to("the order of before", second("Mend it")).await;
        assert!(kim.repeated_ids().await.is_empty());
        kim.close().await;
    }
}
