//! Mail: its stories on both databases, and its wire against real servers (Debian's Dovecot and Postfix, on loopback).

#![allow(clippy::unwrap_used, reason = "a promise that is broken may panic")]

#[path = "mail/bombs.rs"]
mod bombs;
#[path = "mail/engine.rs"]
mod engine;
#[path = "mail/fetching.rs"]
mod fetching;
#[path = "mail/files.rs"]
mod files;
#[path = "mail/forwards.rs"]
mod forwards;
#[path = "mail/keeping.rs"]
mod keeping;
#[path = "mail/kept_once.rs"]
mod kept_once;
#[path = "mail/late.rs"]
mod late;
#[path = "mail/leaving.rs"]
mod leaving;
#[path = "mail/letters.rs"]
mod letters;
#[path = "mail/lost_connections.rs"]
mod lost_connections;
#[path = "mail/lost_ways.rs"]
mod lost_ways;
#[path = "mail/outbound.rs"]
mod outbound;
#[path = "mail/ratings.rs"]
mod ratings;
#[path = "mail/receiving.rs"]
mod receiving;
#[path = "mail/recipients.rs"]
mod recipients;
#[path = "mail/round_trip.rs"]
mod round_trip;
#[path = "mail/sending.rs"]
mod sending;
#[path = "mail/signatures.rs"]
mod signatures;
#[path = "mail/splits.rs"]
mod splits;
#[path = "mail/taking_in.rs"]
mod taking_in;
#[path = "mail/ticket_trick.rs"]
mod ticket_trick;
#[path = "mail/trust.rs"]
mod trust;
#[path = "mail/who.rs"]
mod who;

use std::time::Duration;

use mail::egress::{Egress, Endpoint, Reach, Security};
use mail::imap::{AfterFetch, Batch, Begin, Content, Cursor, Limits, Pace, Settings, Source, Trouble};
use mail::secret::{Secret, SignIn};
use testkit::dovecot::{Dovecot, PASSWORD};
use testkit::patience::{PATIENCE, comes_about};

fn local(port: u16, security: Security, certificate: &str) -> Endpoint {
    let root = Some(certificate.into());
    Endpoint { host: "localhost".into(), port, security, reach: Reach::Local, root }
}

fn known(name: &str) -> SignIn {
    SignIn::Password { name: name.into(), password: Secret::new(PASSWORD.to_owned()) }
}

fn inbox(dovecot: &Dovecot, user: &str) -> Settings {
    Settings {
        endpoint: local(dovecot.port, Security::Plain, &dovecot.certificate),
        sign_in: known(user),
        folder: "INBOX".into(),
        after_fetch: AfterFetch::Leave,
        limits: Limits::default(),
        pace: Pace { reissue: Duration::from_secs(20), poll: Duration::from_millis(100) },
    }
}

async fn open(settings: &Settings) -> Source {
    Source::connect(&Egress::system(), settings).await.unwrap()
}

/// Everything behind the cursor, batch by batch.
async fn all(source: &mut Source, mut cursor: Cursor) -> Result<(Vec<String>, Cursor), Trouble> {
    let mut mails = Vec::new();
    loop {
        let batch = source.next_batch(cursor).await?;
        mails.extend(texts(&batch));
        cursor = batch.cursor;
        if !batch.more {
            return Ok((mails, cursor));
        }
    }
}

fn texts(batch: &Batch) -> Vec<String> {
    let text = |content: &Content| match content {
        Content::Whole(bytes) => String::from_utf8(bytes.clone()).unwrap(),
        other => panic!("a whole mail and not {other:?}"),
    };
    batch.mails.iter().map(|mail| text(&mail.content)).collect()
}

/// Waits for that many mails in an inbox, from its beginning.
async fn arrived(dovecot: &Dovecot, user: &str, count: usize) -> Vec<String> {
    let mut source = open(&inbox(dovecot, user)).await;
    let mut cursor = source.begin(Begin::WithHistory).await.unwrap();
    let mut mails = Vec::new();
    let waiting = async {
        while mails.len() < count {
            let (more, behind) = all(&mut source, cursor).await.unwrap();
            mails.extend(more);
            cursor = behind;
            if mails.len() < count {
                source.wait().await.unwrap();
            }
        }
    };
    assert!(tokio::time::timeout(PATIENCE, waiting).await.is_ok(), "{}", dovecot.log());
    mails
}

fn subject(number: usize) -> String {
    format!("From: kim@customer.test\r\nSubject: number {number}\r\n\r\nHello {number}\r\n")
}

testkit::stories! {
    files {
        a_reply_takes_its_files_along,
        files_that_do_not_fit_are_named_with_the_way_to_them,
        a_mail_whose_file_is_gone_fails_and_says_so,
        what_nobody_sends_is_forgotten_and_leaves_the_store,
        a_reply_taken_back_gives_its_files_back_to_its_author,
    }
    letters {
        in_4_a_mail_becomes_a_ticket_and_the_answer_threads,
        in_1_the_same_mail_is_kept_once,
        m8_a_stranger_in_a_thread_is_kept_aside_until_an_agent_confirms,
        m2_a_number_in_a_subject_threads_only_for_who_belongs_there,
        in_6_automatic_mail_never_reopens_answers_or_is_answered,
        in_8_a_machine_that_hides_gets_no_more_than_the_caps,
        in_8_the_breaker_stops_automatic_mail_and_no_reply,
        m19_a_bounce_is_believed_about_our_own_mail_only,
        in_9_what_is_refused_waits_with_a_reason,
        in_5_an_agents_mail_without_proof_waits,
        in_11_an_answer_after_the_window_opens_a_new_ticket,
    }
    late {
        in_11_a_stranger_confirmed_late_stands_on_the_ticket_that_follows,
        in_11_a_stranger_goes_nowhere_the_agent_does_not_serve,
        in_11_a_ticket_that_followed_and_was_merged_leads_to_the_one_that_stays,
    }
    keeping {
        in_1_a_write_that_fails_keeps_neither_mails_nor_cursor,
        another_folder_begins_anew,
        an_inbox_is_fetched_by_one_process,
        in_9_suspended_mail_is_forgotten_with_its_files_in_the_end,
        a_closed_way_counts_no_mail_as_tried,
        out_5_mail_is_signed_with_the_key_of_its_inbox,
    }
    leaving {
        out_2_a_reply_taken_back_never_was,
        out_1_a_mail_is_tried_again_and_a_refusal_is_told,
        what_can_be_taken_back_is_not_shown_outside,
        a_requester_who_also_gets_copies_gets_each_reply_once,
    }
    recipients {
        nobody_learns_who_gets_a_reply_unseen,
        a_reply_to_the_requester_alone_leaves_the_copies_out_once,
        what_is_wrong_with_the_fields_is_said_and_nothing_is_sent,
        many_people_are_asked_about_and_too_many_are_refused,
    }
    forwards {
        what_is_passed_on_and_its_answer_stay_beside_the_conversation,
        a_mark_of_what_was_passed_on_never_opens_the_conversation,
        nothing_is_passed_on_where_it_may_not_be,
        a_lost_mail_goes_to_a_mended_address,
    }
    outbound {
        we_write_first_and_the_answer_comes_back,
        only_from_inboxes_of_own_units_and_never_to_ourselves,
    }
    signatures {
        out_4_a_signature_stands_once_in_text_and_page_with_its_variables,
        out_4_a_signature_stands_above_what_is_quoted,
        out_4_a_signature_that_could_say_nothing_is_refused,
    }
    splits {
        an_answer_to_either_ticket_finds_it,
    }
    ratings {
        a_solved_ticket_asks_and_one_person_has_one_word,
        a_rating_needs_the_link_and_a_solution,
    }
    ticket_trick {
        m3_what_proves_an_address_is_on_no_portal_until_an_agent_releases_it,
        m3_a_sign_up_with_the_address_of_a_ticket_stays_inside_even_when_confirmed,
        m3_a_held_message_stays_held_where_it_is_moved,
        m4_no_address_of_ours_becomes_anybodys,
        m4_an_address_of_our_domain_is_no_employee,
    }
    trust {
        m1_somebody_in_copy_gets_nothing_whatever_the_checks_say,
        m5_every_mail_and_every_address_of_ours_is_for_one_person,
        m6_an_agent_is_believed_only_with_the_mark_and_the_word_of_their_domain,
        m9_reply_to_makes_nobody_somebody_else,
        m10_control_fields_from_outside_do_nothing_and_go_nowhere,
        m11_a_sender_is_checked_once_and_what_was_found_is_kept,
        m11_silent_name_servers_prove_nothing_and_lose_nothing,
        m11_what_was_found_about_a_stranger_counts_when_they_are_confirmed,
        m22_a_check_that_breaks_holds_up_no_mail,
        m11_only_a_server_that_we_know_of_is_asked_about,
    }
    who {
        m21_a_mail_that_says_it_is_signed_is_not_proven,
        m23_case_and_a_last_dot_are_one_mailbox_and_a_plus_or_a_twin_is_another,
        m24_a_mail_that_was_passed_on_is_of_who_passed_it_on,
    }
    bombs {
        m13_the_same_message_id_with_other_content_is_a_message_of_its_own,
        m14_many_mails_in_one_name_are_one_acknowledgement_an_hour,
        m14_one_mail_each_in_many_names_opens_the_breaker,
        m14_one_source_gets_twenty_acknowledgements_an_hour,
        m14_a_proven_sender_is_acknowledged_with_their_own_subject,
    }
    kept_once {
        f9_a_copy_by_another_way_is_no_second_message,
    }
    lost_ways {
        f7_no_fault_at_any_verb_loses_a_mail_or_doubles_it,
        f7_a_greylisted_mail_goes_when_its_time_has_come,
        f7_a_dead_domain_holds_up_no_other_mail,
        f7_a_backlog_leaves_once_each_through_a_server_that_fails_now_and_then,
    }
}
