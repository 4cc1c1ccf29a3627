//! Statuses of one's own on pages and for programs: what is offered where, and what each reader is told.

use axum::http::StatusCode;
use domain::id::StatusId;
use domain::status::Category;
use testkit::TestDesk;

use crate::browser::Browser;

struct Stage {
    desk: TestDesk,
    ada: Browser,
    kim: Browser,
    number: i64,
    parts: StatusId,
    refunded: StatusId,
}

fn stage() -> Stage {
    let desk = TestDesk::new();
    let support = desk.unit("Support");
    let help = desk.service("Help", support);
    let (ada, kim) = (desk.customer("Ada"), desk.agent("Kim", &[support]));
    let number = desk.opens(ada, help, "The lamp", "It flickers.");
    let parts = desk.status("Parts ordered", Category::Others, |_| {});
    let refunded = desk.status("Refunded", Category::Solved, |input| input.outside = "Money back".to_owned());
    let browser = |person| Browser::new(&desk.desk).signed_in(&desk.session(person));
    let (ada, kim) = (browser(ada), browser(kim));
    Stage { desk, ada, kim, number, parts, refunded }
}

#[test]
fn programs_list_statuses_say_one_and_read_what_is_meant_for_them() {
    let stage = stage();
    let ticket = format!("/api/v1/tickets/{}", stage.number);
    let listed = stage.kim.get("/api/v1/statuses");
    assert!(
        listed.has("\"name\":\"Parts ordered\",\"kind\":null,\"category\":\"others\""),
        "{}",
        listed.body
    );
    assert_eq!(stage.ada.get("/api/v1/statuses").status, StatusCode::NOT_FOUND);
    let says = |person: &Browser, what: &str| person.sends(&format!("{ticket}/status"), what, None);
    let without = says(&stage.kim, &format!("{{\"status\":\"{}\"}}", stage.parts));
    assert_eq!(without.status, StatusCode::CONFLICT);
    assert!(without.has("say for which supplier"), "{}", without.body);
    assert_eq!(
        says(&stage.kim, "{}").status,
        StatusCode::UNPROCESSABLE_ENTITY,
        "nothing is taken away by accident"
    );
    let refunded = format!("{{\"status\":\"{}\"}}", stage.refunded);
    assert_eq!(says(&stage.ada, &refunded).status, StatusCode::NOT_FOUND);
    assert_eq!(says(&stage.kim, &refunded).status, StatusCode::OK);
    let inside = stage.kim.get(&ticket);
    assert!(inside.has("\"status\":\"Refunded\",\"category\":\"solved\""), "{}", inside.body);
    let outside = stage.ada.get(&ticket);
    assert!(outside.has("\"status\":\"Money back\"") && !outside.has("category"), "{}", outside.body);
    assert_eq!(says(&stage.kim, "{\"status\":null}").status, StatusCode::OK);
    assert!(stage.ada.get(&ticket).has("\"status\":null"));
    let kind = stage.kim.sends(&format!("{ticket}/kind"), "{\"kind\":\"complaint\"}", None);
    assert_eq!(kind.status, StatusCode::OK, "{}", kind.body);
    assert!(stage.kim.get(&ticket).has("\"kind\":\"complaint\""));
}

#[test]
fn the_palette_and_the_page_offer_a_status_to_whoever_serves() {
    let stage = stage();
    let here = format!("/palette?at=/tickets/{}", stage.number);
    assert!(stage.kim.get(&here).has("#do-status"));
    assert!(!stage.ada.get(&here).has("#do-status"));
    let page = stage.kim.get(&format!("/tickets/{}", stage.number));
    assert!(page.has("id=\"do-status\"") && page.has("Parts ordered (Waiting for others)"));
    let bo = stage.desk.agent("Bo", &[stage.desk.unit("Warehouse")]);
    let bo = Browser::new(&stage.desk.desk).signed_in(&stage.desk.session(bo));
    assert!(!bo.get(&here).has("#do-status"));
}
