//! What came too late for a ticket: its page says where it went, to whoever wrote it and to whoever serves.

use desk::reply::Then;
use desk::words::Body;
use jiff::SignedDuration;
use testkit::letters::taken;

use crate::browser::Browser;
use crate::letters::{Post, first, link, plain, post};

const ANSWERS: &str = "In-Reply-To: <1@example.org>\r\n";

/// A ticket of Ada that is solved; the inbox acknowledges nothing.
fn solved(post: &Post) -> i64 {
    let number = post.desk.ticket_of(post.desk.takes_in(post.inbox, &first()));
    post.desk
        .with(post.kim_is, number, |act, seen| {
            let body = Body::parse("Mended.")?;
            desk::reply::serve(act, seen.serve().unwrap(), &body, Then::Solve)
        })
        .unwrap();
    number
}

#[test]
fn where_nothing_is_acknowledged_the_old_tickets_page_says_where_it_went() {
    let post = post();
    let number = solved(&post);
    post.desk.wait(SignedDuration::from_hours(24 * 40));
    let ada = Browser::new(&post.desk.desk).signed_in(&post.desk.session(post.ada));
    let page = ada.get(&format!("/portal/tickets/{number}"));
    assert!(
        page.has("begins a new ticket that follows this one") && !page.has("Goes on in"),
        "{}",
        page.body
    );
    assert!(!post.desk.hands_over(taken()).is_empty(), "the answer left");
    let late = plain("Ada <ada@example.org>", "2", ANSWERS, "It is dark again.");
    let next = post.desk.ticket_of(post.desk.takes_in(post.inbox, &late));
    assert_ne!(next, number);
    assert!(post.desk.hands_over(taken()).is_empty(), "no mail that nobody wrote");
    let page = ada.get(&format!("/portal/tickets/{number}"));
    assert!(page.has(&format!("<a href=\"/portal/tickets/{next}\">Goes on in #{next}</a>")), "{}", page.body);
    assert!(page.has(&format!("Your answer stands in #{next}")), "{}", page.body);
    let posted =
        ada.post(&format!("/portal/tickets/{number}/replies"), "body=Still.&seen=9223372036854775807");
    assert_eq!(posted.location, format!("/portal/tickets/{next}?done=followed"));
}

#[test]
fn a_stranger_who_is_confirmed_late_is_shown_where_they_stand() {
    let post = post();
    let number = solved(&post);
    let eve = plain("Eve <eve@example.net>", "3", ANSWERS, "I am her sister.");
    post.desk.takes_in(post.inbox, &eve);
    post.desk.wait(SignedDuration::from_hours(24 * 40));
    let kim = Browser::new(&post.desk.desk).signed_in(&post.desk.session(post.kim_is));
    let mut post = post;
    post.kim = kim;
    let confirm = link(&post.page(number), &format!("/tickets/{number}/strangers/"));
    let page = post.presses(&confirm, "The mail stands here, on the ticket that follows it.");
    assert!(page.has("I am her sister.") && page.has("Follows"), "{}", page.body);
}
