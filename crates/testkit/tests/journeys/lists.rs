//! An agent's lists: what a row says, where one comes back to, what leads on, and the same done with many tickets.

use domain::agreement::AgreementKind;
use domain::preference::{AfterReply, Preference};
use jiff::SignedDuration;
use testkit::browser::Scripts;
use testkit::{Site, TestDesk};

/// Sixty tickets of Ada of Contoso, a minute after each other, of which the second waits for the warehouse.
fn desk() -> TestDesk {
    let desk = TestDesk::new();
    let (support, warehouse) = (desk.unit("Support"), desk.unit("Warehouse"));
    let (help, stock) = (desk.service("Help", support), desk.service("Stock", warehouse));
    desk.promises(AgreementKind::Sla, help, 8, desk.always());
    let contoso = desk.organisation("Contoso Ltd", false);
    let ada = desk.person("Ada", domain::affiliation::Relation::Buyer, Some(contoso));
    let (kim, bo) = (desk.agent("Kim", &[support]), desk.agent("Bo", &[warehouse]));
    let mut numbers = Vec::new();
    for number in 0..60 {
        numbers.push(desk.opens(ada, help, &format!("Parcel {number:02} is late"), "Where is it?"));
        desk.wait(SignedDuration::from_mins(1));
    }
    desk.asks(kim, numbers[1], stock, "Look for the parcel", "Is it there?");
    desk.may_sign_in(&[kim, bo]);
    desk
}

fn help_of(desk: &TestDesk) -> domain::id::ServiceId {
    desk.set_up(|act| {
        let offers = act.catalogue.services.values();
        Ok(offers.into_iter().find(|offer| offer.name == "Help").expect("a service").service.id)
    })
}

fn person(desk: &TestDesk, name: &str) -> domain::id::PersonId {
    let address = format!("{name}@example.org");
    desk.set_up(move |act| Ok(store::person::by_email(act.tx, &address)?)).expect("somebody of that name").id
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn home_is_my_work_and_each_row_says_what_to_decide_by() {
    let Some(site) = Site::open(desk()).await else { return };
    let kim = site.enter("Kim").await;
    let (ada, kim_is) = (person(&site.desk, "ada"), person(&site.desk, "kim"));
    kim.sees("Parcel 00 is late").await;
    let says = |row: &str, all: &[&str]| {
        for words in all {
            assert!(row.contains(words), "no {words} in {row}");
        }
    };
    let rows = kim.list("Next").await;
    let who = ["unread", "#1001", "Parcel 00 is late", "Ada", "Contoso Ltd", "nobody yet"];
    says(&rows[0], &[&who[..], &["They wrote last", "unanswered for 1 h", "due in 7 h"]].concat());
    says(&rows[1], &["Parcel 01 is late", "waits for 1"]);
    kim.sees("Support\n60").await;
    assert!(
        rows.is_sorted_by_key(|row| row.split("Parcel ").nth(1).unwrap().to_owned()),
        "by due time: {rows:?}"
    );
    // The oldest message counts that nobody answered; an answer ends it.
    site.desk.replies(ada, 1001, "Hello?");
    site.desk.takes(kim_is, 1003);
    site.desk.replies(kim_is, 1003, "It comes today.");
    site.desk.wait(SignedDuration::from_mins(30));
    kim.visit("/").await;
    kim.sees("We wrote last").await;
    let rows = kim.list("Next").await;
    says(&rows[0], &["They wrote last", "unanswered for 1 h 30 min"]);
    says(&rows[2], &["Parcel 02 is late", "We wrote last", "Kim"]);
    assert!(!rows[2].contains("unanswered"), "{}", rows[2]);
    // What is late says so in words and in another colour.
    let calm = kim.colour_of("due in").await;
    site.desk.wait(SignedDuration::from_mins(6 * 60 + 45));
    kim.visit("/").await;
    kim.sees("overdue by").await;
    says(&kim.list("Next").await[0], &["Parcel 00 is late", "overdue by 15 min"]);
    assert_ne!(kim.colour_of("overdue by").await, calm);
    // What was opened is read, until somebody else says something.
    kim.follow("Parcel 00 is late").await;
    kim.fill("Your reply", "It comes tom").await;
    kim.sees("Draft kept").await;
    kim.visit("/").await;
    kim.sees("Parcel 00 is late").await;
    kim.comes_to("what was opened being read", async || {
        kim.visit("/").await;
        !kim.list("Next").await[0].contains("unread")
    })
    .await;
    assert!(kim.list("Next").await[0].contains("Draft"), "what was begun shows in the list");
    // Whoever leaves in the middle of a word finds it there.
    kim.follow("Parcel 00 is late").await;
    kim.fill("Your reply", "It comes tomorrow").await;
    kim.visit("/").await;
    let is_kept = || site.desk.drafted(kim_is, 1001).iter().any(|draft| draft.body == "It comes tomorrow");
    assert!(testkit::patience::comes_about(is_kept).await, "{:?}", site.desk.drafted(kim_is, 1001));
    kim.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_ticket_opened_far_down_a_list_leads_on_and_back_to_its_place() {
    let desk = desk();
    let kim_is = person(&desk, "kim");
    let Some(site) = Site::open(desk).await else { return };
    prefers(&site, kim_is, AfterReply::Next);
    let kim = site.enter("Kim").await;
    kim.visit("/views?q=is:open+from:ada&sort=opened").await;
    kim.sees("Parcel 00 is late").await;
    kim.scrolls_to_the_end().await;
    kim.sees("Parcel 55 is late").await;
    kim.follow("Parcel 55 is late").await;
    kim.sees("Where is it?").await;
    kim.keys("]").await;
    kim.sees("Parcel 56 is late").await;
    kim.keys("[").await;
    kim.sees("Parcel 55 is late").await;
    // After the reply comes the next one, as Kim prefers.
    kim.fill("Your reply", "It comes tomorrow.").await;
    kim.press("Send to customer").await;
    kim.sees("Parcel 56 is late").await;
    assert!(kim.address().await.contains("in=filter"), "the list goes along");
    // A page that was just exchanged may not listen yet.
    kim.comes_to("the list being there again", async || {
        kim.keys("u").await;
        kim.address().await.contains("/views?")
    })
    .await;
    kim.sees("Parcel 56 is late").await;
    // The row has the focus: one key opens it again.
    kim.comes_to("the ticket being open again", async || {
        kim.keys("o").await;
        kim.address().await.starts_with("/tickets/1057")
    })
    .await;
    kim.sees("Parcel 56 is late").await;
    // Or she stays, or goes back to her place in the list, as she prefers.
    prefers(&site, kim_is, AfterReply::Stay);
    kim.fill("Your reply", "It comes on Monday.").await;
    kim.press("Send to customer").await;
    kim.sees("Your reply was sent.").await;
    kim.sees("It comes on Monday.").await;
    assert!(kim.address().await.starts_with("/tickets/1057"), "{}", kim.address().await);
    prefers(&site, kim_is, AfterReply::Back);
    kim.fill("Your reply", "In the morning.").await;
    kim.press("Send to customer").await;
    kim.is_at(|path| path == "/views").await;
    kim.comes_to("her place in the list", async || kim.stands_on().await == "Parcel 56 is late").await;
    kim.close().await;
}

fn prefers(site: &Site, person: domain::id::PersonId, after: AfterReply) {
    let after = Preference::AfterReply(after);
    let chosen = site.desk.act(person, move |act, viewer| desk::preferences::choose(act, viewer, &[after]));
    chosen.expect("a choice");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn many_tickets_are_ticked_shown_changed_and_changed_back() {
    let Some(site) = Site::open(desk()).await else { return };
    let kim = site.enter("Kim").await;
    kim.sees("Parcel 00 is late").await;
    // Keys tick rows, and what was ticked outlives a change of the list.
    kim.keys("jxjx").await;
    kim.sees("2 chosen").await;
    site.is_heard_by(1).await;
    let bo = person(&site.desk, "bo");
    site.desk.opens(bo, help_of(&site.desk), "Parcel 60 is late, too", "Where is it?");
    kim.sees("2 chosen").await;
    kim.press("Take it").await;
    kim.sees("Take it · 2 tickets").await;
    kim.press("Do it with 2 tickets").await;
    kim.sees("0 of 2 tickets").await;
    // The page follows by itself.
    step(&site);
    kim.sees("Done").await;
    kim.press("Take it back").await;
    kim.sees("Taken back: Take it · 2 tickets").await;
    step(&site);
    kim.sees("Done").await;
    kim.close().await;
    // Without scripts: the whole list, and looking again by hand.
    let plain = site.enter_with("Kim", Scripts::Off).await;
    plain.visit("/views?q=is:open+from:ada").await;
    plain.tick("All tickets of this list").await;
    plain.unfold("More").await;
    plain.press("Priority").await;
    plain.choose("Priority", "Urgent").await;
    plain.fill("Reason", "A recall").await;
    plain.press("See what would happen").await;
    plain.sees("Priority Urgent · 60 tickets").await;
    plain.press("Do it with 60 tickets").await;
    plain.sees("0 of 60 tickets").await;
    step(&site);
    plain.follow("Look again").await;
    plain.sees("Done").await;
    plain.close().await;
}

pub(crate) fn step(site: &Site) {
    let say = web::said::to_people();
    tokio::task::block_in_place(|| {
        while desk::bulk_action::step(&site.desk.desk, &say).expect("a batch") > 0 {}
    });
}
