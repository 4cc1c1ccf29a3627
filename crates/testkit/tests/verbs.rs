//! What people do on a desk, and what follows, on SQLite and on PostgreSQL.

#![allow(clippy::unwrap_used, reason = "a broken promise may panic")]

#[path = "verbs/asked_back.rs"]
mod asked_back;
#[path = "verbs/board.rs"]
mod board;
#[path = "verbs/bulk.rs"]
mod bulk;
#[path = "verbs/bulk_said.rs"]
mod bulk_said;
#[path = "verbs/checklists.rs"]
mod checklists;
#[path = "verbs/customs.rs"]
mod customs;
#[path = "verbs/drafts.rs"]
mod drafts;
#[path = "verbs/handoffs.rs"]
mod handoffs;
#[path = "verbs/hours.rs"]
mod hours;
#[path = "verbs/just_now.rs"]
mod just_now;
#[path = "verbs/links.rs"]
mod links;
#[path = "verbs/merge.rs"]
mod merge;
#[path = "verbs/news.rs"]
mod news;
#[path = "verbs/notices.rs"]
mod notices;
#[path = "verbs/on_behalf.rs"]
mod on_behalf;
#[path = "verbs/people.rs"]
mod people;
#[path = "verbs/preferences.rs"]
mod preferences;
#[path = "verbs/recurring.rs"]
mod recurring;
#[path = "verbs/reopening.rs"]
mod reopening;
#[path = "verbs/search.rs"]
mod search;
#[path = "verbs/snooze.rs"]
mod snooze;
#[path = "verbs/spent.rs"]
mod spent;
#[path = "verbs/split.rs"]
mod split;
#[path = "verbs/statuses.rs"]
mod statuses;
#[path = "verbs/tags.rs"]
mod tags;
#[path = "verbs/tickets.rs"]
mod tickets;
#[path = "verbs/told.rs"]
mod told;
#[path = "verbs/undo.rs"]
mod undo;
#[path = "verbs/unmailed.rs"]
mod unmailed;
#[path = "verbs/watch.rs"]
mod watch;
#[path = "verbs/watch_asking.rs"]
mod watch_asking;

testkit::stories! {
    on_behalf {
        people_are_found_by_name_when_they_are_served_and_else_by_what_they_say_of_themselves,
        what_somebody_said_is_their_ticket_with_the_rights_of_whoever_writes_it_down,
        whoever_takes_a_call_writes_in_who_is_not_there_yet,
    }
    customs {
        another_unit_is_asked_with_what_its_service_needs,
        what_is_needed_at_opening_is_asked_of_whoever_fills_it_in,
        an_answer_is_told_and_what_is_not_asked_any_more_rests_until_it_is_again,
        people_and_organisations_are_found_by_answers_and_keep_what_rests,
        a_field_is_defined_within_bounds,
    }
    bulk_said {
        many_are_answered_once_each_and_not_where_a_variable_says_nothing,
        a_macro_runs_on_many_as_it_was_when_it_was_chosen,
        a_macro_tells_nothing_where_it_has_nothing_to_do,
    }
    checklists {
        a_checklist_has_bounds_and_a_service_its_usual_steps,
        steps_are_put_in_order_and_reworded_and_leave_in_files,
        usual_steps_are_put_in_order,
    }
    spent {
        time_is_summed_as_far_as_its_reader_may_read,
        each_sum_opens_its_entries_page_by_page,
    }
    recurring {
        a_recurring_ticket_comes_once_each_time_and_once_after_standing_still,
        what_cannot_be_opened_any_more_is_paused_with_the_reason,
        on_days_on_which_nobody_works_it_comes_before_after_or_not_at_all,
    }
    statuses {
        a_status_does_the_act_that_leads_there_and_goes_with_it,
        an_agreed_date_is_a_wait_for_others_and_ends_its_status,
        what_an_act_needs_is_said_before_a_status_is_set,
        a_status_is_for_its_kind_and_falls_away_with_it,
        a_status_set_just_now_is_undone_with_its_act,
        a_merged_ticket_loses_its_status_and_a_row_that_differs_is_repaired,
        requesters_read_what_is_meant_for_them_and_never_the_name,
        administrators_make_rename_order_and_retire_statuses,
    }
    tags {
        a_tag_renamed_or_merged_is_found_under_its_old_name,
        a_tag_is_known_where_a_ticket_that_has_it_is_listed,
    }
    links {
        a_link_to_a_hidden_ticket_is_not_there,
        links_leave_with_the_log,
    }
    split {
        its_clocks_run_from_when_the_message_came_in,
        its_files_come_along_under_the_same_bytes,
        what_was_written_long_ago_is_given_like_any_new_ticket,
        what_is_no_matter_of_its_own_is_refused,
    }
    reopening {
        a_late_answer_begins_a_ticket_that_follows_and_the_next_one_goes_on_there,
        a_units_days_come_before_the_services_and_take_nothing_from_who_cannot_go_elsewhere,
        leads_say_for_how_long_and_nobody_else,
        whoever_had_the_old_ticket_comes_first,
    }
    tickets {
        a_customer_asks_and_every_minute_has_a_holder,
        waiting_for_the_requester_needs_a_question_and_ends_with_the_answer,
        an_agreed_date_passes_by_itself,
        a_reply_reopens_a_solved_ticket,
        nobody_serves_their_own_ticket,
        a_captive_requester_closes_or_the_timer_does,
        a_captive_requester_escalates_once,
        sums_follow_every_verb,
        a_refused_verb_leaves_nothing_behind,
    }
    handoffs {
        a_hand_off_returned_and_delivered_again_is_rework,
        a_hand_off_blocks_until_it_is_accepted,
        units_cannot_wait_for_each_other,
        a_hand_off_belongs_to_whoever_owns_the_asking_ticket_now,
    }
    hours {
        other_hours_count_for_tickets_opened_after_them,
        a_change_of_the_set_up_leaves_no_ticket_behind,
        running_tickets_are_renewed_once_their_list_was_seen,
    }
    undo {
        a_reply_that_was_taken_back_never_was,
        only_its_author_takes_a_reply_back_and_only_while_nothing_followed,
        a_bounce_after_sending_leaves_the_reply_where_it_is,
    }
    unmailed {
        a_reply_that_no_inbox_sends_waits_and_can_be_taken_back,
        what_one_unit_says_to_another_waits_and_can_be_taken_back,
    }
    notices {
        an_agent_is_told_what_concerns_them_and_never_of_their_own_acts,
        what_happened_before_the_first_start_is_nobodys_news,
        a_solved_ticket_is_told_with_how_to_object_once_it_cannot_be_taken_back,
        who_cannot_go_elsewhere_always_learns_how_to_object,
        a_digest_comes_once_a_morning_and_not_when_nothing_happened,
        nobody_is_told_what_they_may_not_read_when_it_is_written,
        one_click_unsubscribes_from_one_thing_and_looking_changes_nothing,
        a_broken_text_never_stops_mail_from_coming_in,
        the_nearest_text_is_taken,
        a_promise_that_ends_soon_is_told_once_to_whoever_holds_it,
        what_is_too_much_for_a_day_waits_for_the_digest,
    }
    board {
        what_became_hidden_is_not_counted_from_then_on,
        a_reply_that_was_taken_back_leaves_the_board,
    }
    news {
        mail_that_comes_back_is_told_to_holder_and_writer_and_stands_until_it_goes_again,
        mail_that_is_given_up_is_told_like_mail_that_comes_back,
        who_wrote_what_came_back_is_told_as_long_as_they_may_read_it,
        how_it_went_is_told_to_whoever_holds_it,
        who_held_a_ticket_is_told_that_somebody_neutral_decides,
        a_ticket_that_nobody_holds_is_told_to_those_of_its_unit_who_want_it,
    }
    asked_back {
        a_question_back_is_told_to_whoever_has_the_ticket_that_waits,
        a_question_back_to_nobody_makes_the_ticket_unread_for_those_who_work_on_it,
        who_stands_in_is_told_of_a_question_back_and_of_what_is_delivered,
        of_a_confidential_hand_off_nothing_stands_beside_the_ticket,
    }
    told {
        an_answer_that_no_mail_brings_is_told_to_whoever_asked,
        what_no_mail_of_its_own_unit_brings_another_inbox_carries_as_its_reader_chose,
        an_answer_that_a_mail_brings_is_told_by_nothing_else,
    }
    watch {
        a_watcher_is_told_what_is_said_and_done_as_long_as_they_may_read_it,
        a_mention_always_arrives_and_only_where_the_note_can_be_read,
        whoever_is_named_when_a_note_changes_is_told_then,
        a_muted_ticket_tells_nothing_but_mentions,
        mail_waits_until_the_quiet_hours_are_over_and_the_board_does_not,
        much_at_once_by_one_hand_is_one_notice_and_one_mail,
    }
    watch_asking {
        who_asked_a_hand_off_hears_what_both_sides_read_and_nothing_else,
    }
    drafts {
        a_draft_is_its_authors_alone_and_goes_when_it_is_said,
        two_windows_overwrite_nothing_unseen,
        each_side_keeps_its_own_words_and_sends_them_away,
        what_goes_on_elsewhere_takes_no_other_words_along,
        each_form_of_a_ticket_keeps_a_draft_for_those_who_may_send_it,
        what_else_a_form_asks_for_and_its_files_are_kept_with_the_words,
        what_opens_a_ticket_is_kept_for_those_who_could_open_it,
        where_no_ticket_is_open_yet_its_subject_is_words_enough,
        what_was_taken_back_is_a_draft_again,
    }
    people {
        merged_people_share_their_tickets_until_they_are_taken_apart,
        a_merge_that_would_go_wrong_is_refused_and_changes_nothing,
        people_of_a_merged_organisation_go_over_and_come_back,
        whom_somebody_serves_of_many_people_is_known_at_once,
        what_somebody_asked_lately_is_found_behind_what_is_hidden,
    }
    search {
        what_was_said_is_found_by_those_who_read_it,
        a_reply_is_found_outside_when_it_has_left_and_never_when_it_was_taken_back,
        rights_that_change_change_what_is_found,
        a_confidential_service_hides_what_was_said_before,
        how_to_reach_a_requester_is_found_inside_alone,
        more_goes_on_where_the_page_ended,
        an_index_in_a_folder_goes_on_after_a_restart_and_is_made_again_when_it_is_not_whole,
        an_index_of_another_log_is_made_again,
    }
    merge {
        a_merge_ends_one_ticket_and_taking_it_apart_leaves_nothing_behind,
        what_is_said_to_a_merged_ticket_goes_where_the_matter_goes_on,
        a_merge_that_would_go_wrong_changes_nothing,
        later_mail_to_a_merged_ticket_comes_in_where_the_matter_goes_on,
    }
    preferences {
        preferences_come_with_the_session_in_one_statement,
        a_reply_waits_as_long_as_its_author_wants,
    }
    ; whoever asks
    bulk {
        each_ticket_is_acted_on_with_the_rights_of_that_moment,
        what_was_set_is_set_back_where_nobody_changed_it_since,
        what_sleeps_wakes_and_answers_are_what_they_were_when_it_is_taken_back,
        what_was_said_stays_and_what_is_stopped_goes_no_further,
        whoever_left_does_nothing_more,
    }
    checklists {
        steps_are_ticked_off_by_whoever_serves_and_change_no_clock,
    }
    spent {
        time_spent_is_ones_own_and_no_part_of_the_ledger,
    }
    tags {
        tags_are_told_and_change_no_clock,
        a_ticket_has_room_for_so_many_tags,
    }
    links {
        both_ends_say_it_and_no_clock_changes,
        a_link_made_just_now_is_undone_at_both_ends,
    }
    board {
        a_board_says_once_what_happened_and_counts_what_is_unread,
        a_person_chooses_what_stands_on_their_board,
        older_notices_are_read_page_by_page,
    }
    just_now {
        what_was_done_just_now_never_was,
        what_was_followed_by_something_else_stands,
    }
    snooze {
        a_snooze_hides_a_ticket_and_changes_nothing_else,
        what_comes_in_wakes_a_ticket_at_once_and_time_does_later,
        only_the_owning_unit_snoozes,
    }
}
