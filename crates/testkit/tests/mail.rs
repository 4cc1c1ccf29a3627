//! Mail: its stories on both databases, and its wire against real servers (Debian's Dovecot and Postfix, on loopback).

#![allow(clippy::unwrap_used, reason = "a promise that is broken may panic")]

#[path = "mail/engine.rs"]
mod engine;
#[path = "mail/fetching.rs"]
mod fetching;
#[path = "mail/keeping.rs"]
mod keeping;
#[path = "mail/kept_once.rs"]
mod kept_once;
#[path = "mail/leaving.rs"]
mod leaving;
#[path = "mail/letters.rs"]
mod letters;
#[path = "mail/lost_connections.rs"]
mod lost_connections;
#[path = "mail/lost_ways.rs"]
mod lost_ways;
#[path = "mail/receiving.rs"]
mod receiving;
#[path = "mail/round_trip.rs"]
mod round_trip;
#[path = "mail/sending.rs"]
mod sending;
#[path = "mail/taking_in.rs"]
mod taking_in;

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
    letters::a_mail_becomes_a_ticket_and_the_answer_threads,
    letters::the_same_mail_is_kept_once,
    letters::a_stranger_in_a_thread_is_kept_aside_until_an_agent_confirms,
    letters::a_number_in_a_subject_threads_only_for_who_belongs_there,
    letters::automatic_mail_never_reopens_answers_or_is_answered,
    letters::a_machine_that_hides_gets_no_more_than_the_caps,
    letters::the_breaker_stops_automatic_mail_and_no_reply,
    letters::a_bounce_is_believed_about_our_own_mail_only,
    letters::what_is_refused_waits_with_a_reason,
    letters::an_agents_mail_without_proof_waits,
    letters::an_answer_after_the_window_opens_a_new_ticket,
    keeping::a_write_that_fails_keeps_neither_mails_nor_cursor,
    keeping::another_folder_begins_anew,
    keeping::an_inbox_is_fetched_by_one_process,
    keeping::suspended_mail_is_forgotten_with_its_files_in_the_end,
    keeping::a_closed_way_counts_no_mail_as_tried,
    keeping::mail_is_signed_with_the_key_of_its_inbox,
    leaving::a_reply_taken_back_never_was,
    leaving::a_mail_is_tried_again_and_a_refusal_is_told,
    leaving::what_can_be_taken_back_is_not_shown_outside,
    leaving::a_requester_who_also_gets_copies_gets_each_reply_once,
    kept_once::f9_a_copy_by_another_way_is_no_second_message,
    lost_ways::f7_no_fault_at_any_verb_loses_a_mail_or_doubles_it,
    lost_ways::f7_a_greylisted_mail_goes_when_its_time_has_come,
    lost_ways::f7_a_dead_domain_holds_up_no_other_mail,
    lost_ways::f7_a_backlog_leaves_once_each_through_a_server_that_fails_now_and_then,
}
