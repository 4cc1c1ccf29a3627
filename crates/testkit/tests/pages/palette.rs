//! The palette without a browser: which rows there are, for whom, and that odd questions are only questions.

use axum::http::StatusCode;
use jiff::SignedDuration;
use store::office::Office;
use testkit::TestDesk;

use crate::browser::Browser;

#[test]
fn rows_are_what_their_reader_may_do_and_see() {
    let desk = TestDesk::new();
    let (support, warehouse) = (desk.unit("Support"), desk.unit("Warehouse"));
    let (help, _) = (desk.service("Help", support), desk.service("Stock", warehouse));
    let (anna, kim, bo) =
        (desk.customer("Anna"), desk.agent("Kim", &[support]), desk.agent("Bo", &[warehouse]));
    let number = desk.opens(anna, help, "The lamp", "It flickers.");
    let browser = |person| Browser::new(&desk.desk).signed_in(&desk.session(person));
    let (as_anna, as_kim, as_bo) = (browser(anna), browser(kim), browser(bo));
    let here = format!("/palette?at=/tickets/{number}");
    let rows = as_kim.get(&here);
    assert!(
        rows.has("#do-assignment-me") && rows.has("#do-handoff") && rows.has("/throughline"),
        "{}",
        rows.body
    );
    assert!(!rows.has("Reopen") && !rows.has("#do-closing"), "it is open: {}", rows.body);
    desk.takes(kim, number);
    let rows = as_kim.get(&here);
    assert!(!rows.has("#do-assignment-me") && rows.has("#do-assignment-none"), "{}", rows.body);
    assert!(rows.has(&format!("#{number} The lamp")), "what she has taken is hers");
    desk.solves(kim, number);
    let rows = as_kim.get(&here);
    assert!(rows.has("#do-reopening") && !rows.has("#do-transfer"), "{}", rows.body);
    for (other, at) in [(&as_bo, here.as_str()), (&as_anna, here.as_str())] {
        let rows = other.get(at);
        assert!(!rows.has("#do-"), "{}", rows.body);
    }
    // By number: who sees it, and in which place.
    let exact = format!("/palette?q={number}");
    assert!(as_kim.get(&exact).has(&format!("href=\"/tickets/{number}\"")));
    assert!(as_anna.get(&exact).has(&format!("href=\"/portal/tickets/{number}\"")));
    let nothing = as_bo.get("/palette?q=9876").body.replace("9876", &number.to_string());
    assert_eq!(as_bo.get(&exact).body, nothing, "hidden and unknown are the same");
    // Pages: those that are there for the reader.
    assert!(as_kim.get("/palette").has("href=\"/map\"") && !as_kim.get("/palette").has("/admin"));
    assert!(!as_anna.get("/palette").has("href=\"/map\""));
    let amal = desk.employee("Amal");
    desk.appoint(amal, Office::Administrator);
    assert!(browser(amal).get("/palette?q=calendars").has("href=\"/admin/calendars\""));
    assert!(as_bo.get("/palette?q=warehouse").has("href=\"/units/"));
    assert!(!as_anna.get("/palette?q=warehouse").has("href=\"/units/"));
}

/// What one may do changes what there is: each row by rights and by how the ticket stands.
#[test]
fn everything_else_that_can_be_done_here_is_there_for_who_may_do_it() {
    let desk = TestDesk::new();
    let (support, warehouse) = (desk.unit("Support"), desk.unit("Warehouse"));
    let (help, stock) = (desk.service("Help", support), desk.service("Stock", warehouse));
    let (anna, kim, bo) =
        (desk.customer("Anna"), desk.agent("Kim", &[support]), desk.agent("Bo", &[warehouse]));
    let input = desk::macros::Input {
        name: "Ask for the receipt".to_owned(),
        reply: "Which receipt?".to_owned(),
        actions: vec![domain::action::Action::Take],
        ..desk::macros::Input::default()
    };
    desk.act(kim, move |act, viewer| {
        desk::macros::save(act, viewer, store::view::Owner::Person(viewer.person), &input)
    })
    .unwrap();
    let number = desk.opens(anna, help, "The lamp", "It flickers.");
    let browser = |person| Browser::new(&desk.desk).signed_in(&desk.session(person));
    let (as_kim, as_bo, as_anna) = (browser(kim), browser(bo), browser(anna));
    let at = |number: i64, q: &str| format!("/palette?at=/tickets/{number}&q={q}");
    let anchor = |number: i64, anchor: &str| format!("/tickets/{number}#{anchor}\"");
    let all = ["do-snooze", "do-tag", "do-watch-watching", "do-watch-muted", "do-unread"];
    let rows = as_kim.get(&at(number, ""));
    for each in all {
        assert!(rows.has(&anchor(number, each)), "{each}: {}", rows.body);
    }
    assert!(!rows.has("edit-status") && !rows.has("do-wake\""), "{}", rows.body);
    assert!(rows.has(&format!("/tickets/{number}/macros\"")) && !rows.has("Ask for the receipt"));
    assert!(as_kim.get(&at(number, "receipt")).has(&format!("/tickets/{number}/macros/")));
    for other in [&as_bo, &as_anna] {
        for q in ["", "snooze", "receipt", "tag", "watch"] {
            let rows = other.get(&at(number, q));
            assert!(!rows.has("#do-") && !rows.has("#edit-") && !rows.has("/macros/"), "{q}: {}", rows.body);
        }
    }
    desk.status("Ordered", domain::status::Category::Open, |_| {});
    assert!(as_kim.get(&at(number, "status")).has(&anchor(number, "edit-status")));
    desk.with(kim, number, |act, seen| {
        let until = act.now + SignedDuration::from_hours(2);
        desk::snooze::until(act, seen.serve().unwrap(), until)?;
        desk::watch::choose(act, seen, Some(domain::notice::Stance::Watching))
    })
    .unwrap();
    let rows = as_kim.get(&at(number, ""));
    assert!(
        rows.has(&anchor(number, "do-wake")) && rows.has(&anchor(number, "do-watch-none")),
        "{}",
        rows.body
    );
    assert!(!rows.has(&anchor(number, "do-watch-watching")), "{}", rows.body);
    // Who asked a hand-off hears of it, and does nothing else with it.
    let handoff = desk.asks(kim, number, stock, "A lamp", "Is there one?");
    let rows = as_kim.get(&at(handoff, ""));
    assert!(rows.has(&anchor(handoff, "do-watch-watching")), "{}", rows.body);
    assert!(!rows.has("do-tag") && !rows.has("do-snooze") && !rows.has("do-note"), "{}", rows.body);
    // Whoever gave it away reads on, notes and watches.
    desk.with(kim, number, move |act, seen| {
        desk::transfer::run(act, seen.serve().unwrap(), warehouse, "Theirs.")
    })
    .unwrap();
    let rows = as_kim.get(&at(number, ""));
    assert!(rows.has("do-note") && rows.has(&anchor(number, "do-watch-muted")), "{}", rows.body);
    assert!(!rows.has("do-tag") && !rows.has("do-snooze"), "{}", rows.body);
    assert!(!rows.has(&format!("/tickets/{number}/macros")), "{}", rows.body);
}

#[test]
fn tickets_are_merged_and_split_from_where_their_page_offers_it() {
    let desk = TestDesk::new();
    let (support, warehouse) = (desk.unit("Support"), desk.unit("Warehouse"));
    let (help, stock) = (desk.service("Help", support), desk.service("Stock", warehouse));
    let (anna, kim) = (desk.customer("Anna"), desk.agent("Kim", &[support]));
    let bo = desk.agent("Bo", &[warehouse]);
    let browser = |person| Browser::new(&desk.desk).signed_in(&desk.session(person));
    let number = desk.opens(anna, help, "The lamp", "It flickers.");
    desk.replies(anna, number, "And the chair is broken.");
    desk.replies(kim, number, "We look into both.");
    let latest = desk
        .with(kim, number, |act, seen| Ok(store::message::of_ticket(act.tx, &seen.read())?[1].message.id))
        .unwrap();
    let (split, merge) = (format!("/tickets/{number}/messages/{latest}/split"), "#do-merge");
    let (as_kim, as_bo, as_anna) = (browser(kim), browser(bo), browser(anna));
    for q in ["", "&q=split"] {
        let rows = as_kim.get(&format!("/palette?at=/tickets/{number}{q}"));
        assert!(rows.has(&format!("href=\"{split}\"")), "the requester's latest: {}", rows.body);
    }
    assert!(as_kim.get(&format!("/palette?at=/tickets/{number}&q=merge")).has(merge));
    assert_eq!(as_kim.get(&split).status, StatusCode::OK, "it leads to a page");
    for other in [&as_bo, &as_anna] {
        let rows = other.get(&format!("/palette?at=/tickets/{number}"));
        assert!(!rows.has("/split") && !rows.has(merge), "{}", rows.body);
    }
    let handoff = desk.asks(kim, number, stock, "A lamp", "Is there one?");
    let rows = as_bo.get(&format!("/palette?at=/tickets/{handoff}"));
    assert!(rows.has("#do-assignment-me") && !rows.has("/split") && !rows.has(merge), "{}", rows.body);
    let rows = as_kim.get(&format!("/palette?at=/tickets/{number}"));
    assert!(rows.has(&split) && !rows.has(merge), "it waits for a hand-off: {}", rows.body);
}

#[test]
fn odd_questions_are_only_questions() {
    let desk = TestDesk::new();
    let support = desk.unit("Support");
    let browser = Browser::new(&desk.desk).signed_in(&desk.session(desk.agent("Kim", &[support])));
    let long = format!("/palette?q={}", "a".repeat(5000));
    for address in [
        "/palette?q=%00%FF",
        "/palette?q=<script>alert(1)</script>",
        "/palette?q=%22%20or%20(",
        "/palette?at=https://elsewhere.example/tickets/1",
        "/palette?at=/tickets/-1",
        "/palette?q=a&q=b",
        &long,
    ] {
        let answer = browser.get(&address.replace('<', "%3C").replace('>', "%3E"));
        assert_eq!(answer.status, StatusCode::OK, "{address}");
        assert!(!answer.has("<script>alert"), "{address}");
    }
    let nobody = Browser::new(&desk.desk).get("/palette?q=1");
    assert_eq!(nobody.status, StatusCode::SEE_OTHER);
}

#[test]
fn reopening_is_offered_as_long_as_the_unit_says() {
    let desk = TestDesk::new();
    let support = desk.unit("Support");
    let help = desk.service("Help", support);
    let (anna, kim, amal) = (desk.customer("Anna"), desk.agent("Kim", &[support]), desk.employee("Amal"));
    desk.appoint(amal, Office::Administrator);
    let number = desk.opens(anna, help, "The lamp", "It flickers.");
    desk.takes(kim, number);
    desk.solves(kim, number);
    desk.wait(SignedDuration::from_hours(48));
    let as_kim = Browser::new(&desk.desk).signed_in(&desk.session(kim));
    let here = format!("/palette?at=/tickets/{number}");
    assert!(as_kim.get(&here).has("#do-reopening"), "the service says two weeks");
    desk.act(amal, move |act, viewer| desk::reopening::set(act, viewer, support, Some(1))).unwrap();
    let rows = as_kim.get(&here);
    assert!(!rows.has("#do-reopening"), "{}", rows.body);
}
