//! Whether each of the 25 things that agents miss in their first hour has a journey in a browser.

use std::collections::BTreeSet;

use crate::source;

/// What is missed when it is not there, and the journeys that fail when it breaks.
const POINTS: [(&str, &[&str]); 25] = [
    (
        "home is my work, with views whose counts no page waits for",
        &[
            "home_is_my_work_and_each_row_says_what_to_decide_by",
            "a_filter_is_typed_corrected_and_kept_as_a_view",
        ],
    ),
    (
        "a row says what to decide by",
        &[
            "home_is_my_work_and_each_row_says_what_to_decide_by",
            "a_customer_is_helped_and_each_minute_is_charged_to_who_had_it",
            "a_status_is_made_said_of_a_ticket_and_ended_by_the_customers_answer",
        ],
    ),
    (
        "a list keeps its place, and a reply leads on as preferred",
        &[
            "a_ticket_opened_far_down_a_list_leads_on_and_back_to_its_place",
            "a_long_list_goes_on_by_itself_and_by_a_link_without_scripts",
        ],
    ),
    (
        "who looks, who writes; sending stops for what came in",
        &[
            "a_draft_is_kept_while_it_is_typed_and_colleagues_see_that_somebody_writes",
            "a_reply_is_stopped_by_what_came_in_and_sent_anyway_or_after_reading",
        ],
    ),
    ("sending is undone", &["a_reply_is_undone_written_again_and_leaves"]),
    (
        "drafts are kept, one of each kind, and show in lists",
        &[
            "a_draft_is_kept_while_it_is_typed_and_colleagues_see_that_somebody_writes",
            "home_is_my_work_and_each_row_says_what_to_decide_by",
            "without_scripts_a_draft_is_kept_and_discarded_by_buttons",
        ],
    ),
    (
        "reply and note cannot be confused",
        &["sending_is_one_button_that_does_as_last_time_and_a_note_looks_like_nothing_else"],
    ),
    (
        "reply, reply all, forward, new; Cc and Bcc",
        &[
            "a_reply_goes_to_all_and_to_somebody_unseen_and_its_draft_remembers_them",
            "a_message_is_passed_on_and_its_answer_stays_inside",
            "somebody_is_written_to_and_a_lost_mail_goes_to_a_mended_address",
        ],
    ),
    (
        "quotes fold, images from elsewhere wait, the source is one click away",
        &["quotes_fold_images_from_elsewhere_wait_and_the_source_is_one_click_away"],
    ),
    (
        "files are pasted and dropped, and a failed one keeps the text",
        &[
            "files_are_listed_as_they_come_and_come_back_with_a_reply_that_is_undone",
            "without_scripts_a_refused_file_loses_neither_the_words_nor_the_other_files",
            "files_are_looked_at_with_the_arrows_and_nothing_in_them_runs",
        ],
    ),
    (
        "sending splits and remembers",
        &["sending_is_one_button_that_does_as_last_time_and_a_note_looks_like_nothing_else"],
    ),
    (
        "canned replies by a slash",
        &[
            "a_canned_reply_is_one_slash_away_and_says_what_is_missing",
            "a_canned_reply_is_made_and_used_without_scripts",
        ],
    ),
    (
        "macros reply and act",
        &[
            "a_macro_shows_everything_before_it_happens_and_replies_and_acts",
            "a_macro_is_made_in_its_form_and_does_nothing_where_it_would_say_nothing",
        ],
    ),
    (
        "a merge shows both and can be undone",
        &["a_merge_shows_both_says_who_is_told_and_is_undone_from_the_history"],
    ),
    (
        "a message becomes a ticket of its own; links are typed",
        &[
            "a_message_is_split_into_a_ticket_of_its_own",
            "two_tickets_are_linked_and_say_so_at_both_ends",
            "a_customer_is_helped_and_each_minute_is_charged_to_who_had_it",
        ],
    ),
    (
        "a ticket sleeps until a time or an answer",
        &["a_snoozed_ticket_leaves_the_list_and_the_customers_answer_wakes_it"],
    ),
    ("each unit says how long an answer reopens", &["a_late_answer_begins_a_ticket_that_follows"]),
    (
        "notices: where, whose, and why",
        &[
            "the_bell_says_what_happened_and_opening_the_ticket_reads_it",
            "a_colleague_is_named_from_a_list_and_by_hand_and_one_who_may_not_read_it_is_not_told",
            "everybody_chooses_what_is_told_at_the_desk_and_by_mail",
        ],
    ),
    ("a clock explains itself", &["a_clock_says_where_its_promise_comes_from_and_how_its_time_went"]),
    (
        "the same with many tickets, counted, confirmed, reported",
        &["many_tickets_are_ticked_shown_changed_and_changed_back"],
    ),
    (
        "keys, and one palette",
        &[
            "the_palette_goes_to_places_and_does_what_the_open_ticket_lets",
            "single_keys_act_outside_of_fields_and_nowhere_else",
            "keys_move_and_never_disturb_writing",
        ],
    ),
    (
        "a search finds numbers, callers and words, and says where it looked",
        &[
            "words_are_found_as_they_are_said_and_a_number_leads_to_its_ticket",
            "who_calls_is_found_by_number_address_and_by_the_very_words",
        ],
    ),
    (
        "beside a ticket stands who asks and what was before",
        &[
            "who_asks_stands_beside_the_ticket_with_all_that_an_answer_needs",
            "what_a_ticket_is_changes_in_its_place_and_nothing_written_is_lost",
        ],
    ),
    (
        "held mail, delivery, a test mail",
        &[
            "held_mail_is_released_or_deleted_by_an_administrator",
            "somebody_is_written_to_and_a_lost_mail_goes_to_a_mended_address",
            "an_inbox_is_set_up_without_scripts_and_says_why_it_does_not_connect",
        ],
    ),
    ("one click rates", &["one_click_from_the_mail_and_one_button_rate_without_signing_in"]),
];

#[test]
fn each_point_of_the_first_hour_has_a_journey() {
    let mut journeys = BTreeSet::new();
    for file in source::rust().filter(|file| file.path.contains("/tests/journeys/")) {
        let mut before = "";
        for line in file.text.lines() {
            if let Some(name) = line.strip_prefix("async fn ").filter(|_| before.starts_with("#[tokio::test"))
            {
                journeys.extend(name.split('(').next());
            }
            before = line;
        }
    }
    let mut wrong = Vec::new();
    for (number, (says, names)) in (1..).zip(POINTS) {
        for name in names.iter().filter(|name| !journeys.contains(*name)) {
            wrong.push(format!("{number} ({says}): there is no journey {name}"));
        }
        if names.is_empty() {
            wrong.push(format!("{number} ({says}): no journey"));
        }
    }
    source::nothing(&wrong, "a point of the first hour that nothing holds");
}
