//! A reply to many people is sent by one more click, and does what was to happen with it.

use axum::http::StatusCode;

use crate::browser::Answer;
use crate::letters::{first, post};

/// Both forms ask, and the button that agrees says nothing of what is to happen.
fn asked(answer: &Answer, meant: &str) {
    assert_eq!(answer.status, StatusCode::CONFLICT, "{}", answer.body);
    assert!(answer.has("name=\"people\" value=\"12\""), "{}", answer.body);
    assert!(answer.has(&format!("name=\"meant\" value=\"{meant}\"")), "{}", answer.body);
}

#[test]
fn many_are_sent_to_by_one_more_click_that_forgets_nothing() {
    let post = post();
    let number = post.desk.ticket_of(post.desk.takes_in(post.inbox, &first()));
    let others: Vec<String> = (1..12).map(|one| format!("{one}%40example.net")).collect();
    let cc = others.join("%2C");
    let reply =
        format!("body=Mended&addressed=yes&to=ada%40example.org&cc={cc}&bcc=&seen=9223372036854775807");
    let replies = format!("/tickets/{number}/replies");
    asked(&post.kim.post(&replies, &format!("{reply}&after=solve")), "solve");
    let sent = post.kim.post(&replies, &format!("{reply}&meant=solve&people=12"));
    assert_eq!(sent.location, format!("/tickets/{number}?done=solved"));

    let begun =
        format!("from={}&to=dora%40example.net&cc={cc}&bcc=&subject=Recall&body=Send+it+back.", post.inbox);
    for (nth, meant, waits) in [(1, "stay", false), (2, "wait", true)] {
        asked(&post.kim.post("/tickets/new", &format!("{begun}&after={meant}")), meant);
        let sent = post.kim.post("/tickets/new", &format!("{begun}&meant={meant}&people=12"));
        assert_eq!(sent.location, format!("/tickets/{}?done=replied", number + nth));
        let page = post.kim.get(&format!("/tickets/{}", number + nth));
        assert_eq!(page.has("Waiting for the requester"), waits, "{}", page.body);
    }
}
