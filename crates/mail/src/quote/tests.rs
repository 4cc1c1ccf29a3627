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
fn in_10_an_introduction_behind_other_words_is_parted_from_them() {
    assert_eq!(
        visible("Yes, do On Wed, Apr 4, 2012 at 3:59 PM, kim@example.org wrote:\n> May I?"),
        "Yes, do"
    );
    let sentence = "The lamp is on. On Monday at 10:00 kim@example.org wrote:\nit is off.";
    assert_eq!(visible(sentence), sentence);
}

#[test]
fn in_10_arrows_around_a_line_are_no_quotation() {
    let text = "Look here:\n>>> https://example.org <<<\nIt is new.";
    assert_eq!(visible(text), text);
}

#[test]
fn in_10_the_rest_of_a_broken_link_belongs_to_what_is_quoted() {
    assert_eq!(visible("Yes.\n\n> the page (https://example.org/a\n_b=3dd518)\n> is gone"), "Yes.");
    assert_eq!(visible("> one?\nyes (I think)\n> two?"), "yes (I think)");
}

#[test]
fn in_10_a_date_above_an_address_begins_what_is_answered() {
    assert_eq!(visible("Yes.\n\nDate: Wed, 16 May 2012 00:15:02 -0600\nTo: kim@example.org"), "Yes.");
}

#[test]
fn in_10_the_armour_around_signed_words_is_folded() {
    let text = "-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\n\nThe words.\n\n- -- \nKim\n-----BEGIN PGP SIGNATURE-----\n\niQab\n-----END PGP SIGNATURE-----\n";
    assert_eq!(visible(text), "The words.");
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
