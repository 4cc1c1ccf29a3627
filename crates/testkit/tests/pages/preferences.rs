//! What somebody chose for themselves shows on every page from the next one on, and on nobody else's.

use axum::http::StatusCode;
use testkit::TestDesk;

use crate::browser::Browser;

const CHOSEN: &str = "theme=dark&density=compact&after_reply=next&undo=30&keys=&quiet_from=22:00&quiet_until=06:30&quiet_day=mon&quiet_day=sun";

#[test]
fn a_choice_holds_from_the_next_page_on_and_for_nobody_else() {
    let desk = TestDesk::new();
    let support = desk.unit("Support");
    let (anna, kim) = (desk.customer("Anna"), desk.agent("Kim", &[support]));
    let as_kim = Browser::new(&desk.desk).signed_in(&desk.session(kim));
    let as_anna = Browser::new(&desk.desk).signed_in(&desk.session(anna));
    assert!(as_kim.get("/").has("data-theme=\"system\" data-density=\"comfortable\""));
    let saved = as_kim.post("/profile/preferences", CHOSEN);
    assert_eq!((saved.status, saved.location.as_str()), (StatusCode::SEE_OTHER, "/profile?done=preferences"));
    let page = as_kim.get(&saved.location);
    assert!(page.has("Your preferences were saved."), "{}", page.body);
    for shown in [
        "data-theme=\"dark\" data-density=\"compact\"",
        "<meta name=\"color-scheme\" content=\"dark\">",
        "data-keys=\"off\"",
        "value=\"22:00\"",
        "name=\"quiet_day\" value=\"sun\" checked",
        "name=\"undo\" value=\"30\"",
        "<option value=\"next\" selected>",
    ] {
        assert!(page.has(shown), "{shown}: {}", page.body);
    }
    assert!(!page.has("name=\"quiet_day\" value=\"tue\" checked"));
    // What does not exist is refused in the same look.
    assert!(as_kim.get("/tickets/9999").has("data-theme=\"dark\""));
    let other = as_anna.get("/profile");
    assert!(other.has("data-theme=\"system\"") && other.has("data-keys=\"on\""));
    assert!(!other.has("After a reply"), "who answers nothing is not asked");
    let back = as_kim
        .post("/profile/preferences", "theme=system&density=comfortable&after_reply=stay&undo=&keys=yes");
    assert_eq!(back.status, StatusCode::SEE_OTHER);
    assert!(as_kim.get("/profile").has("data-theme=\"system\" data-density=\"comfortable\""));
}

#[test]
fn what_cannot_be_chosen_is_said_at_its_field_and_nothing_is_lost() {
    let desk = TestDesk::new();
    let support = desk.unit("Support");
    let kim = desk.agent("Kim", &[support]);
    let browser = Browser::new(&desk.desk).signed_in(&desk.session(kim));
    for (from, to, words) in [
        ("undo=30", "undo=121", "Choose between 0 and 120 seconds."),
        ("undo=30", "undo=soon", "“soon” is not a whole number."),
        ("theme=dark", "theme=pink", "Choose one from the list."),
        ("quiet_until=06:30", "quiet_until=22:00", "is empty"),
        ("quiet_from=22:00", "quiet_from=", "is not a time of day"),
        ("&quiet_day=mon&quiet_day=sun", "", "Choose at least one day"),
    ] {
        let refused = browser.post("/profile/preferences", &CHOSEN.replace(from, to));
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{to}");
        assert!(refused.has(words), "{to}: {}", refused.body);
        assert!(refused.has("<option value=\"next\" selected>"), "what was typed stands there still");
        assert!(refused.has("data-density=\"comfortable\""), "and nothing of it was saved");
    }
    let unknown = browser.post("/profile/preferences", &format!("{CHOSEN}&colour=red"));
    assert_eq!(unknown.status, StatusCode::UNPROCESSABLE_ENTITY);
}
