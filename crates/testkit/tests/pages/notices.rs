//! Texts of one's own, how one is told, and the way out, by forms that need no script.

use axum::http::StatusCode;
use desk::entitled::ByDesk;
use domain::id::PersonId;
use domain::notice::{Occasion, Way};
use mail::authentic::Check;
use store::office::Office;
use testkit::TestDesk;
use testkit::post::Bag;
use testkit::senders::Vouching;

use crate::browser::Browser;

fn administrator(desk: &TestDesk) -> Browser {
    let amal = desk.employee("Amal");
    desk.appoint(amal, Office::Administrator);
    Browser::new(&desk.desk).signed_in(&desk.session(amal))
}

fn way(desk: &TestDesk, person: PersonId, occasion: Occasion) -> Way {
    desk.set_up(move |act| Ok(store::notice::way(act.tx, person, occasion)?))
}

#[test]
fn a_text_is_tried_out_saved_and_set_back() {
    let desk = TestDesk::new();
    let browser = administrator(&desk);
    let support = desk.unit("Support");
    let (anna, kim) = (desk.customer("Anna"), desk.agent("Kim", &[support]));
    let help = desk.service("Help", support);
    let number = desk.opens(anna, help, "The lamp <b>", "It flickers.");
    desk.takes(kim, number);
    assert!(browser.get("/admin/texts").has("/admin/texts/acknowledgement?language=en"));
    let here = "/admin/texts/acknowledgement";
    let page = browser.get(here);
    assert!(page.has("We have your message: {{ subject }}") && page.has("{{ number }}"), "{}", page.body);
    assert!(!page.has("{{ until }}"), "only what this text may name");

    let text = |body: &str, ticket: &str| {
        format!("language=en&unit={support}&subject=Got+%7B%7B+subject+%7D%7D&body={body}&ticket={ticket}")
    };
    let preview = browser.post(&format!("{here}/preview"), &text("Dear+%7B%7B+name+%7D%7D", ""));
    assert!(preview.has("Dear Anna Berg") && preview.has("Got The lamp flickers"), "{}", preview.body);
    let real =
        browser.post(&format!("{here}/preview"), &text("Dear+%7B%7B+name+%7D%7D", &number.to_string()));
    assert!(real.has("<p>Dear Anna</p>") && real.has("Got The lamp &lt;b&gt;"), "{}", real.body);
    assert!(!browser.get("/admin/texts").has("Support"), "a preview keeps nothing");
    let nothing = browser.post(&format!("{here}/preview"), &text("A", "9999"));
    assert_eq!(nothing.status, StatusCode::UNPROCESSABLE_ENTITY);

    for (body, words) in [
        ("%7B%7B+nmae+%7D%7D", "This text cannot know: nmae."),
        ("one%0Atwo+%7B%7B+name", "Line 2 cannot be read"),
        ("", "Write something first"),
    ] {
        let refused = browser.post(here, &text(body, ""));
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.has(words) && refused.has("Got {{ subject }}"), "{}", refused.body);
    }
    let saved = browser.post(here, &text("Dear+%7B%7B+name+%7D%7D", ""));
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.body);
    assert!(browser.get(&saved.location).has("Dear {{ name }}"));
    assert!(!browser.get(here).has("Dear {{ name }}"), "the text for everywhere is another one");
    assert!(browser.get("/admin/texts").has(&format!("unit={support}")));
    browser.post(&format!("{here}/reset"), &text("A", ""));
    assert!(!browser.get(&saved.location).has("Dear {{ name }}"));
    assert_eq!(browser.get("/admin/texts/nothing").status, StatusCode::NOT_FOUND);
}

#[test]
fn where_links_lead_is_said_once_and_checked() {
    let desk = TestDesk::new();
    let browser = administrator(&desk);
    let refused = browser.post("/admin/texts", "base_url=desk.example.org");
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.has("is not an address of this desk"));
    assert_eq!(
        browser.post("/admin/texts", "base_url=https://desk.example.org/").status,
        StatusCode::SEE_OTHER
    );
    assert!(browser.get("/admin/texts").has("value=\"https://desk.example.org\""));
}

#[test]
fn a_text_that_cannot_be_made_stands_on_the_inbox() {
    let desk = TestDesk::new().checked_by(&Vouching::says(Check::Pass, Check::Pass));
    let browser = administrator(&desk);
    let support = desk.unit("Support");
    let inbox = desk.posts("help@example.org", (support, desk.service("Help", support)));
    let saved = browser
        .post("/admin/texts/acknowledgement", "language=en&unit=&subject=A&body=%7B%7B+link+%7D%7D&ticket=");
    assert_eq!(saved.status, StatusCode::SEE_OTHER);
    desk.receives(inbox, "DKIM-Signature: v=1\r\nFrom: eva@example.net\r\nSubject: Lamp\r\n\r\nDark.\r\n");
    let page = browser.get(&format!("/admin/inboxes/{inbox}"));
    assert!(page.has("could not be made") && page.has("<code>link</code>"), "{}", page.body);
    assert!(browser.get("/admin").has("1 in trouble"));
}

#[test]
fn everybody_chooses_how_they_are_told() {
    let desk = TestDesk::new();
    let support = desk.unit("Support");
    let (anna, kim) = (desk.customer("Anna"), desk.agent("Kim", &[support]));
    let as_kim = Browser::new(&desk.desk).signed_in(&desk.session(kim));
    let as_anna = Browser::new(&desk.desk).signed_in(&desk.session(anna));
    assert!(as_kim.get("/profile").has("A ticket was given to me"));
    let page = as_anna.get("/profile");
    assert!(page.has("My own ticket is solved") && !page.has("A ticket was given to me"));
    let chosen = as_kim.post("/profile/notices", "given=never&delivered=at_once");
    assert_eq!(chosen.location, "/profile?done=notices");
    assert!(as_kim.get(&chosen.location).has("Your choice was saved."));
    assert_eq!(way(&desk, kim, Occasion::Given), Way::Never);
    assert_eq!(way(&desk, kim, Occasion::Delivered), Way::AtOnce);
    assert_eq!(way(&desk, anna, Occasion::Solved), Way::AtOnce, "of nobody else");
    for wrong in ["given=sometimes", "everything=never"] {
        assert_eq!(as_kim.post("/profile/notices", wrong).status, StatusCode::UNPROCESSABLE_ENTITY);
    }
}

#[test]
fn a_mail_leads_out_of_itself_and_only_pressing_does_it() {
    let desk = TestDesk::new();
    let support = desk.unit("Support");
    let help = desk.service("Help", support);
    let (anna, kim) = (desk.customer("Anna"), desk.agent("Kim", &[support]));
    desk.posts("help@example.org", (support, help));
    desk.set_up(|act| desk::base_url::set(act, &ByDesk, "https://desk.example.org"));
    desk.notifies();
    let number = desk.opens(anna, help, "The lamp", "It flickers.");
    desk.solves(kim, number);
    desk.notifies();
    let mut bag = Bag::default();
    desk.sends(&mut bag);
    let raw = &bag.left[0].raw;
    let line = raw.lines().find(|line| line.starts_with("List-Unsubscribe:")).expect("a header");
    let address = line.split("https://desk.example.org").nth(1).unwrap().trim_end_matches('>').to_owned();
    let nobody = Browser::new(&desk.desk);
    let page = nobody.get(&address);
    assert!(page.has("My own ticket is solved") && page.has("<form"), "{}", page.body);
    assert!(!page.has("Anna"), "a token names nobody");
    assert_eq!(way(&desk, anna, Occasion::Solved), Way::AtOnce, "looking changes nothing");
    let unknown =
        nobody.post_bare("/unsubscribe/0123456789abcdef0123456789abcdef", "List-Unsubscribe=One-Click");
    assert_eq!(unknown.status, StatusCode::NOT_FOUND);
    let done = nobody.post_bare(&address, "List-Unsubscribe=One-Click");
    assert!(done.has("Switched off"), "{}", done.body);
    assert_eq!(way(&desk, anna, Occasion::Solved), Way::Never);
    assert_eq!(way(&desk, anna, Occasion::Closed), Way::AtOnce, "and nothing else");
    let forged = Browser::new(&desk.desk).coming_from_elsewhere();
    assert_eq!(forged.post_bare(&address, "").status, StatusCode::FORBIDDEN);
}

#[test]
fn the_bell_counts_opening_a_ticket_reads_and_what_came_meanwhile_stays_unread() {
    let desk = TestDesk::new();
    let support = desk.unit("Support");
    let help = desk.service("Help", support);
    let (anna, kim, bo) =
        (desk.customer("Anna"), desk.agent("Kim", &[support]), desk.agent("Bo", &[support]));
    desk.notifies();
    let numbers: Vec<i64> = (0..3).map(|_| desk.opens(anna, help, "The <lamp>", "It flickers.")).collect();
    for number in numbers.iter().copied() {
        desk.with(kim, number, move |act, seen| desk::assign::to(act, seen.serve().unwrap(), Some(bo)))
            .unwrap();
    }
    desk.notifies();
    let as_bo = Browser::new(&desk.desk).signed_in(&desk.session(bo));
    let page = as_bo.get("/notices");
    assert!(page.has("3 unread notices") && page.has("Kim gave you this ticket"), "{}", page.body);
    assert!(page.has("The &lt;lamp&gt;") && page.has("because the ticket was given to you"));
    assert!(as_bo.get("/notices/latest").has("Kim gave you this ticket"));
    let opened = as_bo.get(&format!("/tickets/{}", numbers[0]));
    assert!(opened.has("2 unread notices"), "the page's own bell knows it already");
    let newest = page.body.split("name=\"newest\" value=\"").nth(1).unwrap().split('"').next().unwrap();
    let late = desk.opens(anna, help, "The heater", "It is cold.");
    desk.with(kim, late, move |act, seen| desk::assign::to(act, seen.serve().unwrap(), Some(bo))).unwrap();
    desk.notifies();
    assert_eq!(as_bo.post("/notices/read", &format!("newest={newest}")).location, "/notices");
    let page = as_bo.get("/notices");
    assert!(page.has("1 unread notice<"), "{}", page.body);
    let one = page.body.split("action=\"/notices/").nth(2).unwrap().split('"').next().unwrap().to_owned();
    let as_kim = Browser::new(&desk.desk).signed_in(&desk.session(kim));
    as_kim.post(&format!("/notices/{one}"), "");
    assert!(as_bo.get("/notices/bell").has("1 unread notice<"), "nobody reads for somebody else");
    as_bo.post(&format!("/notices/{one}"), "");
    assert!(!as_bo.get("/notices/bell").has("unread notice"));
    assert!(as_kim.get("/notices").has("Nothing to tell you yet."));
}

#[test]
fn what_stands_on_the_board_is_chosen_by_ticking() {
    let desk = TestDesk::new();
    let support = desk.unit("Support");
    let kim = desk.agent("Kim", &[support]);
    let as_kim = Browser::new(&desk.desk).signed_in(&desk.session(kim));
    let board = |occasion| desk.set_up(move |act| Ok(store::notice::choice(act.tx, kim, occasion)?.board));
    as_kim.post("/profile/notices", "given=at_once&answered=at_once");
    assert!(board(Occasion::Given), "a form without the ticks changes the mails alone");
    as_kim.post("/profile/notices", "board=&board=answered&given=at_once&answered=never");
    assert!(!board(Occasion::Given) && board(Occasion::Answered));
    let wrong = as_kim.post("/profile/notices", "board=&board=everything&given=at_once");
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
}
