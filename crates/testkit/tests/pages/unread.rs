//! What is unread in a list, for whom, and until when; and what somebody began to write.

use domain::id::PersonId;
use testkit::TestDesk;

use crate::browser::{Answer, Browser};

struct Stage {
    desk: TestDesk,
    kim: PersonId,
    bo: PersonId,
    ada: PersonId,
    lid: i64,
}

/// A ticket of Ada's that Kim and Bo serve.
fn stage() -> Stage {
    let desk = TestDesk::new();
    let support = desk.unit("Support");
    let help = desk.service("Help", support);
    let ada = desk.customer("Ada");
    let (kim, bo) = (desk.agent("Kim", &[support]), desk.agent("Bo", &[support]));
    let lid = desk.opens(ada, help, "The lid is broken", "Please look.");
    Stage { desk, kim, bo, ada, lid }
}

impl Stage {
    fn browser(&self, person: PersonId) -> Browser {
        Browser::new(&self.desk.desk).signed_in(&self.desk.session(person))
    }
}

/// What was read is written after the answer; the list is asked until it says so.
fn comes_to(browser: &Browser, unread: bool) -> Answer {
    for _ in 0..500 {
        let list = browser.get("/");
        if list.has("unread-dot") == unread {
            return list;
        }
        std::thread::sleep(std::time::Duration::from_millis(10));
    }
    panic!("the list did not come to say: unread {unread}");
}

#[test]
fn a_ticket_is_unread_until_its_page_is_opened_and_again_when_somebody_else_speaks() {
    let stage = stage();
    let kim = stage.browser(stage.kim);
    assert!(kim.get("/").has("unread-dot"), "nobody opened it");
    kim.get(&format!("/tickets/{}", stage.lid));
    comes_to(&kim, false);
    assert!(stage.browser(stage.bo).get("/").has("unread-dot"), "to Bo it is new all the same");
    stage.desk.replies(stage.kim, stage.lid, "Which lid?");
    assert!(!kim.get("/").has("unread-dot"), "one's own words are read");
    stage.desk.replies(stage.ada, stage.lid, "The blue one.");
    assert!(kim.get("/views?q=is:unread").has("The lid is broken"));
    kim.get(&format!("/tickets/{}", stage.lid));
    comes_to(&kim, false);
    assert!(!kim.get("/views?q=is:unread").has("The lid is broken"));
}

#[test]
fn what_was_read_can_be_marked_unread_and_leads_back_to_the_list() {
    let stage = stage();
    let kim = stage.browser(stage.kim);
    kim.get(&format!("/tickets/{}", stage.lid));
    comes_to(&kim, false);
    let marked = kim.post(&format!("/tickets/{}/unread", stage.lid), "");
    assert_eq!(marked.location, "/");
    assert!(kim.get("/").has("unread-dot"));
}

#[test]
fn what_somebody_began_to_write_shows_in_their_list_alone() {
    let stage = stage();
    stage.desk.drafts(stage.kim, stage.lid, domain::draft::Text::Reply, "Dear Ada,");
    assert!(stage.browser(stage.kim).get("/").has(">Draft<"));
    assert!(stage.browser(stage.kim).get("/views?q=is:draft").has("The lid is broken"));
    assert!(!stage.browser(stage.bo).get("/").has(">Draft<"));
    assert!(!stage.browser(stage.bo).get("/views?q=is:draft").has("The lid is broken"));
}

#[test]
fn a_delivered_hand_off_is_news_of_the_ticket_that_waits_for_it() {
    let desk = TestDesk::new();
    let (support, warehouse) = (desk.unit("Support"), desk.unit("Warehouse"));
    let (help, stock) = (desk.service("Help", support), desk.service("Stock", warehouse));
    let ada = desk.customer("Ada");
    let (kim, bo) = (desk.agent("Kim", &[support]), desk.agent("Bo", &[warehouse]));
    let lid = desk.opens(ada, help, "The lid is broken", "Please look.");
    let asked = desk.asks(kim, lid, stock, "Is there a lid", "A blue one?");
    let browser = Browser::new(&desk.desk).signed_in(&desk.session(kim));
    browser.get(&format!("/tickets/{lid}"));
    comes_to(&browser, false);
    desk.delivers(bo, asked, "On its way.");
    comes_to(&browser, true);
    browser.get(&format!("/tickets/{lid}"));
    comes_to(&browser, false);
}
