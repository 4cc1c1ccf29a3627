//! A ticket that was opened from a list knows the list: its neighbours, the way back, and where a reply leads.

use axum::http::StatusCode;
use domain::id::PersonId;
use domain::preference::{AfterReply, Preference};
use jiff::SignedDuration;
use testkit::TestDesk;

use crate::browser::{Answer, Browser};

struct Stage {
    desk: TestDesk,
    kim: PersonId,
    numbers: Vec<i64>,
}

/// Three tickets of Ada's, an hour after each other, that Kim serves.
fn stage() -> Stage {
    let desk = TestDesk::new();
    let support = desk.unit("Support");
    let help = desk.service("Help", support);
    let ada = desk.customer("Ada");
    let kim = desk.agent("Kim", &[support]);
    let numbers = ["First", "Second", "Third"]
        .map(|subject| {
            desk.wait(SignedDuration::from_hours(1));
            desk.opens(ada, help, subject, "Please look.")
        })
        .to_vec();
    Stage { desk, kim, numbers }
}

impl Stage {
    fn browser(&self) -> Browser {
        Browser::new(&self.desk.desk).signed_in(&self.desk.session(self.kim))
    }

    fn prefers(&self, after: AfterReply) {
        let chosen = Preference::AfterReply(after);
        self.desk
            .act(self.kim, move |act, viewer| desk::preferences::choose(act, viewer, &[chosen]))
            .unwrap();
    }
}

/// The address of a link or form that begins so.
fn address(page: &Answer, begins: &str) -> String {
    let at =
        page.body.find(&format!("=\"{begins}")).unwrap_or_else(|| panic!("no {begins} in {}", page.body));
    let rest = &page.body[at + 2..];
    rest.split_once('"').unwrap().0.replace("&amp;", "&")
}

/// Where the first of the buttons leads that come from the list.
fn back(page: &Answer) -> String {
    let walk = page.body.split_once("list-walk").expect("a way back").1;
    walk.split_once("href=\"").unwrap().1.split_once('"').unwrap().0.replace("&amp;", "&")
}

#[test]
fn every_kind_of_list_leads_to_tickets_and_back() {
    let stage = stage();
    let kim = stage.browser();
    let [first, second, third] = stage.numbers[..] else { panic!("three tickets") };
    for list in
        ["/", "/units/UNIT/queue", "/views?q=is:open&sort=opened&group=unit", "/views?q=is:open+from:ada"]
    {
        let unit = kim.get("/").body.split_once("/units/").unwrap().1.split_once('/').unwrap().0.to_owned();
        let page = kim.get(&list.replace("UNIT", &unit));
        let ticket = address(&page, &format!("/tickets/{first}?in="));
        let opened = kim.get(&ticket);
        assert_eq!(opened.status, StatusCode::OK, "{list}");
        let next = kim.get(&address(&opened, "/list/next")).location;
        assert!(next.starts_with(&format!("/tickets/{second}?in=")), "{list}: {next}");
        let last = kim.get(&address(&kim.get(&next), "/list/next")).location;
        assert!(last.starts_with(&format!("/tickets/{third}?in=")), "{list}: {last}");
        let before = kim.get(&address(&kim.get(&last), "/list/previous")).location;
        assert!(before.starts_with(&format!("/tickets/{second}?in=")), "{list}: {before}");
        // Behind the last one is the list.
        let end = kim.get(&address(&kim.get(&last), "/list/next")).location;
        assert!(!end.contains("/tickets/"), "{list}: {end}");
        let back = back(&opened);
        let (list, row) = back.split_once('#').unwrap();
        let page = kim.get(list);
        assert!(page.has("Second") && page.has(&format!("id=\"{row}\"")), "{back}");
    }
}

#[test]
fn a_reply_leads_where_its_person_wants_to_go_on() {
    let stage = stage();
    let kim = stage.browser();
    let ticket = address(&kim.get("/"), &format!("/tickets/{}?in=", stage.numbers[0]));
    for (after, leads_to) in
        [(AfterReply::Stay, "/tickets/"), (AfterReply::Next, "/list/next"), (AfterReply::Back, "/#ticket-")]
    {
        stage.prefers(after);
        let replies = address(&kim.get(&ticket), &format!("/tickets/{}/replies", stage.numbers[0]));
        let sent = kim.post_files(&replies, &[("body", "It is on its way."), ("after", "stay")], &[]);
        assert!(sent.location.starts_with(leads_to), "{after:?}: {} {}", sent.status, sent.location);
    }
    // What is no reply stays, and the list stays with it.
    let take = address(&kim.get(&ticket), &format!("/tickets/{}/assignment", stage.numbers[0]));
    let taken = kim.post(&take, "person=me");
    assert!(
        taken.location.contains("done=assigned") && taken.location.contains("in=next"),
        "{}",
        taken.location
    );
}

#[test]
fn a_list_that_is_not_for_somebody_leads_nowhere() {
    let stage = stage();
    let legal = stage.desk.unit("Legal");
    let kim = stage.browser();
    for list in [format!("unit.{legal}"), "view.17".to_owned(), "nothing".to_owned()] {
        let answer = kim.get(&format!("/list/next?in={list}&at=0.0.0.0"));
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{list}");
    }
    // What cannot be read is not carried on.
    let page = kim.get(&format!("/tickets/{}?in=mine&at=0.0.0.0&page=%22%3E", stage.numbers[0]));
    assert!(page.has("/list/next?in=mine&amp;at=0.0.0.0\""), "{}", page.body);
}
