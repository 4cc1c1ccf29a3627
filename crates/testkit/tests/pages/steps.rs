//! The checklist of a ticket for programs: by the same verbs as the page, once for a key, and for nobody outside.

use axum::http::StatusCode;
use serde_json::Value;
use testkit::TestDesk;

use crate::browser::Browser;

#[test]
fn programs_keep_the_checklist_of_a_ticket() {
    let desk = TestDesk::new();
    let support = desk.unit("Support");
    let help = desk.service("Help", support);
    let (ada, kim) = (desk.customer("Ada"), desk.agent("Kim", &[support]));
    let number = desk.opens(ada, help, "Lamp", "It is dark.");
    let [ada, kim] = [ada, kim].map(|who| Browser::new(&desk.desk).signed_in(&desk.session(who)));
    let here = format!("/api/v1/tickets/{number}/checklist");
    let listed = || -> Vec<Value> { serde_json::from_str(&kim.get(&here).body).unwrap() };
    let said = || listed().iter().map(|step| step["words"].as_str().unwrap().to_owned()).collect::<Vec<_>>();
    let sends =
        |noun: &str, json: &str, key: Option<&str>| kim.sends(&format!("{here}{noun}"), json, key).status;
    let new = r#"{"steps":["Look","Mend","Write"]}"#;
    assert_eq!(sends("", new, Some("one")), StatusCode::CREATED);
    let id = |place: usize| listed()[place]["id"].as_str().unwrap().to_owned();
    let (look, mend) = (id(0), id(1));
    assert_eq!(sends("/removal", &format!(r#"{{"id":"{mend}"}}"#), None), StatusCode::OK);
    assert_eq!(sends("", new, Some("one")), StatusCode::CREATED, "the same key does nothing more");
    assert_eq!(said(), ["Look", "Write"]);
    assert_eq!(sends("/ticks", &format!(r#"{{"id":"{look}","done":true}}"#), None), StatusCode::OK);
    assert_eq!(listed()[0]["done_by"], "Kim");
    assert!(listed()[0]["done_at"].is_string() && listed()[1]["done_at"].is_null());
    assert_eq!(sends("/order", &format!(r#"{{"id":{look},"step":"down"}}"#), None), StatusCode::OK);
    assert_eq!(said(), ["Write", "Look"]);
    let words = format!(r#"{{"id":"{look}","words":"Look again"}}"#);
    assert_eq!(sends("/words", &words, None), StatusCode::UNPROCESSABLE_ENTITY, "it is done");
    assert_eq!(sends("/words", &words.replace(&look, &id(0)), None), StatusCode::OK);
    assert_eq!(said(), ["Look again", "Look"]);
    assert_eq!(sends("/order", r#"{"id":17,"step":"up"}"#, None), StatusCode::NOT_FOUND);
    assert_eq!(
        sends("/order", &format!(r#"{{"id":"{look}","step":"left"}}"#), None),
        StatusCode::UNPROCESSABLE_ENTITY
    );
    assert_eq!(ada.get(&here).status, StatusCode::NOT_FOUND);
    assert_eq!(ada.sends(&here, new, None).status, StatusCode::NOT_FOUND);
}
