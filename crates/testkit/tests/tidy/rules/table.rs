//! The rules about mail, each with the tests that would fail without it. In and Out are what the engine does;
//! M is what went wrong at others, with the public record of it where there is one.

pub(crate) struct Rule {
    pub(crate) name: &'static str,
    pub(crate) says: &'static str,
    pub(crate) tests: &'static [&'static str],
}

pub(crate) const RULES: &[Rule] = &[
    Rule {
        name: "In 1",
        says: "the raw bytes are kept first, once for each inbox, together with the cursor of the fetch",
        tests: &[
            "f9_a_mail_is_one_message_in_each_inbox_however_often_it_comes",
            "f9_a_mail_is_one_message_in_each_inbox_on_two_nodes_at_once",
            "in_1_a_write_that_fails_keeps_neither_mails_nor_cursor",
            "in_1_an_empty_message_id_is_no_id",
            "in_1_the_same_mail_is_kept_once",
        ],
    },
    Rule {
        name: "In 2",
        says: "a first connection brings nothing in, and history comes silently",
        tests: &[
            "in_2_a_first_connection_brings_nothing_in_and_then_everything_new",
            "in_2_history_comes_silently_and_what_comes_after_it_does_not",
        ],
    },
    Rule {
        name: "In 3",
        says: "mail comes by IMAP, by a listener, by pipe, from files and by HTTP",
        tests: &[
            "in_3_a_piped_mail_waits_for_the_server_and_is_picked_up_once",
            "in_3_the_listener_takes_mail_beside_the_pages",
            "m12_a_raw_mail_is_posted_by_administrators_once_and_the_answer_tells_nothing",
        ],
    },
    Rule {
        name: "In 4",
        says: "a mail finds its ticket by the first evidence that holds",
        tests: &[
            "in_4_a_changed_subject_of_a_stranger_is_a_new_ticket",
            "in_4_a_mail_becomes_a_ticket_and_the_answer_threads",
            "in_4_any_order_of_references_keeps_a_thread_together",
            "in_4_messages_join_by_what_they_answer_and_never_by_subject",
            "in_4_our_own_id_says_ticket_message_and_recipient_in_any_case",
            "in_4_references_are_read_with_commas_folds_and_without_blanks",
            "in_4_siblings_that_share_any_id_of_what_is_missing_belong_together",
            "in_4_the_first_evidence_wins",
            "in_4_tokens_are_read_from_each_field_that_says_where_a_mail_went",
            "in_4_two_answers_to_a_message_that_is_not_there_belong_together",
        ],
    },
    Rule {
        name: "In 5",
        says: "an address is no identity, and who serves is believed only with proof",
        tests: &[
            "in_5_an_agents_mail_without_proof_waits",
            "in_5_reply_to_is_kept_apart_from_who_it_is",
            "m6_an_agent_is_believed_only_with_the_mark_and_the_word_of_their_domain",
            "m8_a_stranger_in_a_thread_is_kept_aside_until_an_agent_confirms",
            "m9_reply_to_makes_nobody_somebody_else",
        ],
    },
    Rule {
        name: "In 6",
        says: "automatic mail is recorded, never answered, and changes nothing",
        tests: &[
            "in_6_a_person_is_not_taken_for_a_machine",
            "in_6_automatic_mail_is_known_by_each_of_its_signs",
            "in_6_automatic_mail_never_reopens_answers_or_is_answered",
        ],
    },
    Rule {
        name: "In 7",
        says: "reports of failure are found by the mail that failed, and told in plain words",
        tests: &[
            "in_7_a_bounce_is_automatic",
            "in_7_a_code_is_made_from_the_reply_where_none_is_given",
            "in_7_a_customer_who_passes_a_bounce_on_is_no_bounce",
            "in_7_a_customer_who_quotes_a_bounce_is_no_bounce",
            "in_7_a_delay_is_no_hard_failure_and_expansion_is_none",
            "in_7_a_mail_that_nobody_has_bounces_onto_its_message",
            "in_7_a_report_names_each_recipient_with_its_own_reason",
            "in_7_absence_challenge_receipts_and_good_news_are_automatic_and_no_bounce",
            "in_7_an_absence_note_is_no_bounce",
            "in_7_public_reports_of_fifty_mail_systems_are_understood",
            "in_7_the_code_of_the_refusing_server_is_nearer_to_the_cause",
            "in_7_the_words_of_mail_systems_name_recipient_and_reason",
        ],
    },
    Rule {
        name: "In 8",
        says: "automatic mail has caps for each ticket, address and inbox",
        tests: &[
            "in_8_a_machine_that_hides_gets_no_more_than_the_caps",
            "in_8_the_breaker_stops_automatic_mail_and_no_reply",
        ],
    },
    Rule {
        name: "In 9",
        says: "what is not placed waits for a decision with its reason",
        tests: &[
            "in_9_suspended_mail_is_forgotten_with_its_files_in_the_end",
            "in_9_what_is_refused_waits_with_a_reason",
        ],
    },
    Rule {
        name: "In 10",
        says: "bodies of real life are read, made harmless, and folded",
        tests: &[
            "in_10_answers_between_quoted_lines_stay",
            "in_10_answers_between_quoted_pieces_of_a_page_stay",
            "in_10_attachments_are_read_out_of_the_raw_message_in_pieces",
            "in_10_charsets_and_encodings_of_real_life_are_read",
            "in_10_remote_images_wait_for_a_click_and_inline_ones_do_not",
            "in_10_signatures_are_folded_and_sentences_are_not",
            "in_10_tnef_calendars_and_messages_hang_on_the_message",
        ],
    },
    Rule {
        name: "In 11",
        says: "mail into a closed matter reopens it in time, or begins another that names it",
        tests: &["in_11_an_answer_after_the_window_opens_a_new_ticket"],
    },
    Rule {
        name: "Out 1",
        says: "mail leaves from rows, is tried again, and a refusal is told",
        tests: &["out_1_a_mail_is_tried_again_and_a_refusal_is_told"],
    },
    Rule {
        name: "Out 2",
        says: "a reply can be taken back for a while",
        tests: &["out_2_a_reply_is_taken_back_and_its_words_come_back", "out_2_a_reply_taken_back_never_was"],
    },
    Rule {
        name: "Out 3",
        says: "every mail carries our mark, its thread and its way back",
        tests: &[
            "out_3_a_mail_carries_its_thread_its_inbox_and_its_way_back",
            "out_3_only_generated_mail_says_that_nobody_wrote_it",
        ],
    },
    Rule {
        name: "Out 4",
        says: "text and page come from one source, and an empty variable stops a mail",
        tests: &[
            "out_4_an_empty_variable_blocks_the_text_and_is_named_and_a_fallback_lets_it_through",
            "out_4_images_and_attachments_arrive_byte_by_byte",
            "out_4_text_and_page_come_from_one_source",
        ],
    },
    Rule {
        name: "Out 5",
        says: "mail can be signed, and says how to get no more of it",
        tests: &[
            "out_5_a_signature_of_ours_is_believed_and_one_changed_sign_breaks_it",
            "out_5_a_signature_stands_above_the_mail",
            "out_5_a_way_to_unsubscribe_is_written_when_there_is_one",
            "out_5_mail_is_signed_with_the_key_of_its_inbox",
        ],
    },
    Rule {
        name: "Out 6",
        says: "what became of a message is shown, and it can be sent again",
        tests: &["out_6_what_a_server_refused_is_said_in_its_words_and_sent_again"],
    },
    Rule {
        name: "M1",
        says: "a copy gives nothing (Zendesk CVE-2024-49193)",
        tests: &["m1_somebody_in_copy_gets_nothing_whatever_the_checks_say"],
    },
    Rule {
        name: "M2",
        says: "a number opens nothing (Zendesk, libredesk)",
        tests: &[
            "m2_a_number_behind_the_plus_is_no_token",
            "m2_a_number_in_a_subject_threads_only_for_who_belongs_there",
            "m2_a_number_of_a_stranger_never_threads",
        ],
    },
    Rule {
        name: "M3",
        says: "what proves an address is held from portals (the Ticket Trick)",
        tests: &[
            "m3_a_held_message_stays_held_where_it_is_moved",
            "m3_a_machine_with_a_link_that_nobody_can_guess_needs_no_words",
            "m3_a_sign_up_with_the_address_of_a_ticket_stays_inside_even_when_confirmed",
            "m3_confirmations_codes_resets_and_invitations_are_known_in_many_languages",
            "m3_links_in_pages_are_seen_too",
            "m3_people_who_speak_of_passwords_and_codes_are_not_held",
            "m3_the_portal_shows_a_held_message_only_after_an_agent_pressed_the_button",
            "m3_what_proves_an_address_is_on_no_portal_until_an_agent_releases_it",
        ],
    },
    Rule {
        name: "M4",
        says: "no address of ours is anybody's, and an address makes nobody an employee",
        tests: &["m4_an_address_of_our_domain_is_no_employee", "m4_no_address_of_ours_becomes_anybodys"],
    },
    Rule {
        name: "M5",
        says: "what lets somebody act goes to them alone (Jira Service Management CVE-2023-22501)",
        tests: &["m5_every_mail_and_every_address_of_ours_is_for_one_person"],
    },
    Rule {
        name: "M6",
        says: "a forged reply of an agent is nobody's (FreeScout CVE-2026-47123, GHSA-6r38)",
        tests: &[
            "m6_an_agent_is_believed_only_with_the_mark_and_the_word_of_their_domain",
            "m6_an_id_of_another_key_or_another_statement_says_nothing",
            "m6_no_changed_letter_is_believed",
            "m6_no_header_value_outside_our_signature_grants_anything",
            "m6_only_a_mark_or_a_token_is_certain",
        ],
    },
    Rule {
        name: "M7",
        says: "one version of our ids is read, and no older form (FreeScout GHSA-8vm3)",
        tests: &["m7_another_version_is_not_read_even_when_it_is_signed"],
    },
    Rule {
        name: "M8",
        says: "a stranger who answers stands beside the ticket (FreeScout GHSA-j49f)",
        tests: &["m8_a_stranger_in_a_thread_is_kept_aside_until_an_agent_confirms"],
    },
    Rule {
        name: "M9",
        says: "Reply-To makes nobody somebody else (Zendesk)",
        tests: &["m9_reply_to_makes_nobody_somebody_else"],
    },
    Rule {
        name: "M10",
        says: "control fields from outside do nothing (RT CVE-2023-41259)",
        tests: &["m10_control_fields_from_outside_do_nothing_and_go_nowhere"],
    },
    Rule {
        name: "M11",
        says: "a check of the sender is believed above our own hop only, and made by us (RFC 8601)",
        tests: &[
            "m11_a_domain_of_the_same_organisation_is_enough_unless_the_policy_is_strict",
            "m11_a_domain_says_which_servers_are_its_own",
            "m11_a_sender_is_checked_once_and_what_was_found_is_kept",
            "m11_a_signature_without_a_published_key_is_none_that_passes",
            "m11_a_stranger_who_signs_for_himself_is_not_the_sender",
            "m11_a_yes_that_rests_on_a_signature_needs_a_signature_that_we_find_good",
            "m11_fetched_mail_without_a_signature_is_not_disowned",
            "m11_nobody_who_can_be_asked_says_nothing",
            "m11_nobody_writes_another_address_into_our_hop",
            "m11_only_a_server_that_we_know_of_is_asked_about",
            "m11_only_so_many_are_asked_about_at_once",
            "m11_our_own_server_above_its_own_received_is_believed",
            "m11_results_in_comments_or_about_another_sender_say_nothing",
            "m11_silent_name_servers_prove_nothing_and_hold_up_no_mail",
            "m11_silent_name_servers_prove_nothing_and_lose_nothing",
            "m11_the_mta_says_who_spoke_to_it_for_a_message_or_for_the_session",
            "m11_the_policy_of_the_organisation_holds_for_its_subdomains",
            "m11_the_topmost_result_counts_and_a_forged_one_below_does_not",
            "m11_what_came_from_outside_is_not_believed",
            "m11_what_was_found_about_a_stranger_counts_when_they_are_confirmed",
            "m11_who_connected_is_read_from_our_own_hop_only",
        ],
    },
    Rule {
        name: "M12",
        says: "a way in answers the same to every mail (RT CVE-2023-41260)",
        tests: &[
            "m12_the_pipe_says_the_same_to_every_mail",
            "m12_a_raw_mail_is_posted_by_administrators_once_and_the_answer_tells_nothing",
        ],
    },
    Rule {
        name: "M13",
        says: "a Message-ID used before takes nothing away",
        tests: &[
            "m13_an_agent_is_told_of_an_id_that_was_used_before",
            "m13_the_same_message_id_with_other_content_is_a_message_of_its_own",
        ],
    },
    Rule {
        name: "M14",
        says: "nobody has us write to strangers (Zendesk 2025, Zammad CVE-2022-35488)",
        tests: &[
            "m14_a_proven_sender_is_acknowledged_with_their_own_subject",
            "m14_many_mails_in_one_name_are_one_acknowledgement_an_hour",
            "m14_one_mail_each_in_many_names_opens_the_breaker",
            "m14_one_source_gets_twenty_acknowledgements_an_hour",
            "m14_ten_thousand_mails_in_one_name_are_one_acknowledgement_an_hour",
        ],
    },
    Rule {
        name: "M15",
        says: "loops end (RFC 3834)",
        tests: &[
            "m15_every_mail_of_ours_is_known_when_it_comes_back",
            "m15_two_desks_that_face_each_other_fall_silent",
            "in_8_a_machine_that_hides_gets_no_more_than_the_caps",
        ],
    },
    Rule {
        name: "M16",
        says: "no text becomes a field (RT CVE-2012-4730 and CVE-2013-3373, osTicket 2021)",
        tests: &[
            "m16_a_built_mail_has_exactly_the_intended_recipients",
            "m16_header_text_is_one_line",
            "m16_no_address_carries_a_line_end_or_a_hidden_sign",
            "m16_no_name_of_a_file_writes_a_field_of_its_own",
        ],
    },
    Rule {
        name: "M17",
        says: "a doubtful From is nobody (mail-parser #149 and #152)",
        tests: &[
            "m17_a_name_that_looks_like_an_address_is_not_the_address",
            "m17_lists_are_read_with_groups_comments_quotes_and_missing_brackets",
            "m17_mixed_scripts_are_shown_in_ascii",
            "m17_several_senders_or_none_are_doubtful",
            "m17_with_two_senders_nothing_is_believed",
        ],
    },
    Rule {
        name: "M18",
        says: "one message is one message on both sides (CVE-2023-51764)",
        tests: &[
            "m18_no_line_end_is_bare_and_ids_of_strangers_cannot_break_out",
            "m18_nothing_but_a_dot_between_two_crlf_ends_a_message",
        ],
    },
    Rule {
        name: "M19",
        says: "a forged report silences nobody",
        tests: &["m19_a_bounce_is_believed_about_our_own_mail_only"],
    },
    Rule {
        name: "M20",
        says: "a name is short, plain and no link (Zammad CVE-2023-50456)",
        tests: &["m20_names_are_short_one_line_and_no_link"],
    },
    Rule {
        name: "M21",
        says: "no badge that we did not check (RT CVE-2012-4735)",
        tests: &[
            "m21_a_mail_that_says_it_is_signed_is_not_proven",
            "m21_no_badge_says_signed_but_for_what_we_checked_ourselves",
        ],
    },
    Rule {
        name: "M22",
        says: "no mail breaks the reader (RT CVE-2014-9472, OTRS CVE-2026-48187, Stalwart CVE-2026-26312)",
        tests: &[
            "m22_a_check_that_breaks_holds_up_no_mail",
            "m22_html_past_what_is_bearable_is_not_shown_as_html",
            "m22_no_bytes_break_the_reader",
            "m22_no_random_bytes_break_the_reader",
            "m22_parts_without_end_are_refused_and_not_followed",
            "m22_too_many_fields_and_too_many_bytes_are_refused",
        ],
    },
    Rule {
        name: "M23",
        says: "one mailbox is one person, and nothing is folded",
        tests: &[
            "m23_case_and_a_last_dot_are_one_mailbox_and_a_plus_or_a_twin_is_another",
            "m23_equal_is_the_same_mailbox_and_nothing_is_folded",
        ],
    },
    Rule {
        name: "M24",
        says: "a passed-on mail is of who passed it on",
        tests: &["m24_a_mail_that_was_passed_on_is_of_who_passed_it_on"],
    },
];
