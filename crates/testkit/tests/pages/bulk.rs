//! Bulk actions by forms: chosen in a list, shown before, run, reported, taken back.

use axum::http::StatusCode;
use domain::id::PersonId;
use testkit::TestDesk;

use crate::browser::Browser;

struct Stage {
    desk: TestDesk,
    kim: PersonId,
    numbers: Vec<i64>,
}

/// Three tickets of Ada's that Kim serves; she has taken the first.
fn stage() -> Stage {
    let desk = TestDesk::new();
    let support = desk.unit("Support");
    let help = desk.service("Help", support);
    let ada = desk.customer("Ada");
    let kim = desk.agent("Kim", &[support]);
    let numbers = ["First", "Second", "Third"].map(|subject| desk.opens(ada, help, subject, "Please look."));
    desk.takes(kim, numbers[0]);
    Stage { desk, kim, numbers: numbers.to_vec() }
}

impl Stage {
    fn browser(&self) -> Browser {
        Browser::new(&self.desk.desk).signed_in(&self.desk.session(self.kim))
    }

    fn runs(&self) {
        let say = web::said::to_people();
        while desk::bulk_action::step(&self.desk.desk, &say).unwrap() > 0 {}
    }
}

#[test]
fn what_is_chosen_is_shown_before_it_is_done_and_reported_after() {
    let stage = stage();
    let kim = stage.browser();
    let list = kim.get("/");
    assert!(list.has("name=\"ticket\"") && list.has("action=\"/bulk\""));
    let [first, second, _] = stage.numbers[..] else { panic!("three tickets") };
    let proposed =
        kim.post("/bulk", &format!("in=next&ticket={first}&ticket={second}&ticket=99&do=take")).location;
    assert!(proposed.starts_with("/bulk/"), "{proposed}");
    let page = kim.get(&proposed);
    assert!(page.has("Take it · 2 tickets") && page.has("Do it with 2 tickets"), "{}", page.body);
    assert!(page.has("This can be taken back afterwards"));
    assert!(!kim.get("/views?q=is:mine").has("Second"), "nothing was done yet");
    kim.post(&format!("{proposed}/run"), "");
    let running = kim.get(&proposed);
    assert!(running.has("0 of 2 tickets") && running.has("every 1s"), "{}", running.body);
    stage.runs();
    let done = kim.get(&proposed);
    assert!(done.has("Done") && !done.has("every 1s") && done.has("Take it back"), "{}", done.body);
    assert!(kim.get("/views?q=is:mine").has("Second"));
    assert_eq!(kim.post(&format!("{proposed}/run"), "").status, StatusCode::CONFLICT, "once is enough");
    let undo = kim.post(&format!("{proposed}/reversal"), "").location;
    stage.runs();
    assert!(kim.get(&undo).has("Taken back: Take it · 1 ticket"), "only one was changed");
    assert!(!kim.get("/views?q=is:mine").has("Second"));
    assert!(kim.get("/bulk").has("Taken back: Take it"));
}

#[test]
fn a_whole_list_is_chosen_at_once_and_refusals_are_told_one_by_one() {
    let stage = stage();
    let kim = stage.browser();
    stage.desk.solves(stage.kim, stage.numbers[2]);
    let asked = kim.post("/bulk", "in=filter.due.nothing.from:ada&all=yes&do=priority").location;
    assert!(asked.ends_with("?do=priority"), "{asked}");
    let bulk = asked.split_once('?').unwrap().0;
    let missing = kim.post(&format!("{bulk}/actions"), "do=priority&priority=1&reason=");
    assert_eq!(missing.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(missing.has("Say why the priority changes"), "{}", missing.body);
    kim.post(&format!("{bulk}/actions"), "do=priority&priority=1&reason=A recall");
    let page = kim.get(bulk);
    assert!(page.has("3 tickets") && page.has("A recall"), "{}", page.body);
    assert!(page.has(&format!("#{}", stage.numbers[2])), "who would refuse is told: {}", page.body);
    kim.post(&format!("{bulk}/run"), "");
    stage.runs();
    let report = kim.get(&format!("{bulk}/report"));
    assert!(report.body.starts_with("ticket,reason\r\n"), "{}", report.body);
    assert!(report.has(&stage.numbers[2].to_string()), "{}", report.body);
}

#[test]
fn nothing_chosen_is_told_and_what_was_not_begun_leads_back() {
    let stage = stage();
    let kim = stage.browser();
    let nothing = kim.post("/bulk", "in=next&do=take");
    assert_eq!(nothing.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(nothing.has("Choose at least one ticket."), "{}", nothing.body);
    let bulk = kim.post("/bulk", "in=mine&all=yes&do=take").location;
    assert_eq!(kim.post(&format!("{bulk}/cancellation"), "").location, "/?view=mine");
    for wrong in ["in=nowhere&all=yes&do=take", "in=next&all=yes&do=explode"] {
        assert_eq!(kim.post("/bulk", wrong).status, StatusCode::NOT_FOUND, "{wrong}");
    }
}
