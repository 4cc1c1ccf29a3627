use super::visible;
use crate::tests::public;

mod devices;
mod languages;
mod pages;

#[test]
fn in_10_answers_between_quoted_lines_stay() {
    let text =
        "On 29 Apr 2014, Kim <kim@example.org> wrote:\n\n> first?\n\nYes.\n\n> second?\n\nNo.\n\n-- \nLee\n";
    assert_eq!(visible(text), "Yes.\n\nNo.");
}

#[test]
fn in_10_header_blocks_end_what_is_new() {
    let block = "Thanks!\n\n________________________________\nFrom: Kim <kim@example.org>\nSent: Monday, 3 May\nTo: Lee\nSubject: Hi\n\nold\n";
    assert_eq!(visible(block), "Thanks!");
    let invitation =
        "Invitation:\n\nDate: Wednesday 3 October\nTime: 7:00\nAddress: 130 Fox Street\n\nBring a pen.";
    assert_eq!(visible(invitation), invitation);
}

#[test]
fn in_10_what_was_passed_on_is_no_history() {
    let text = "FYI\n\n---------- Forwarded message ----------\nFrom: kim@example.org\nDate: Tue, Sep 4, 2012\nSubject: Two\nTo: lee@example.org\n\nWords";
    assert_eq!(visible(text), text);
}

#[test]
fn in_10_signatures_are_folded_and_sentences_are_not() {
    assert_eq!(visible("Hi\n\nSent from my iPhone\n"), "Hi");
    assert_eq!(visible("Hi\n\nVon meinem iPhone gesendet"), "Hi");
    assert_eq!(visible("Hi\n\niPhoneから送信"), "Hi");
    assert_eq!(
        visible("Hi\n\nSent from my desk, much easier than my phone.\n"),
        "Hi\n\nSent from my desk, much easier than my phone."
    );
    assert_eq!(visible("a list\n- one\n- two"), "a list\n- one\n- two");
}

#[test]
fn in_10_a_message_of_nothing_but_quotes_is_shown_whole() {
    assert_eq!(visible("> only\n> quoted"), "> only\n> quoted");
    assert_eq!(visible(""), "");
}

#[test]
fn in_10_public_replies_are_trimmed_as_their_collection_says() {
    let Some(folder) = public("email-reply-trimming") else { return };
    let file = std::fs::read(folder.join("github_email_reply_parser.json")).unwrap();
    let all: Vec<serde_json::Value> = serde_json::from_slice(&file).unwrap();
    let mut compared = 0;
    for one in &all {
        let (shown, name) = (visible(one["input"].as_str().unwrap()), &one["test"]);
        if let Some(wanted) = one["expected_visible"].as_str() {
            assert_eq!(shown, wanted, "{name}");
            compared += 1;
        }
        if let Some(start) = one["first_fragment_starts"].as_str() {
            assert!(shown.starts_with(start), "{name}: {shown}");
            compared += 1;
        }
        if let Some(hidden) = one["second_fragment_starts"].as_str() {
            let first = hidden.lines().next().unwrap_or_default().trim_end();
            assert!(first == "On" || shown.lines().all(|line| !line.starts_with(first)), "{name}: {shown}");
        }
        if let Some(first) = one["first_fragment"].as_str() {
            let trimmed: Vec<&str> = first.lines().map(str::trim_end).collect();
            assert!(shown.starts_with(trimmed.join("\n").trim_end()), "{name}: {shown}");
            compared += 1;
        }
    }
    assert!(compared > 12, "{compared}");
}
