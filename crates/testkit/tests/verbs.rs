//! What people do on a desk, and what follows, on SQLite and on PostgreSQL.

#![allow(clippy::unwrap_used, reason = "a broken promise may panic")]

#[path = "verbs/board.rs"]
mod board;
#[path = "verbs/bulk.rs"]
mod bulk;
#[path = "verbs/drafts.rs"]
mod drafts;
#[path = "verbs/handoffs.rs"]
mod handoffs;
#[path = "verbs/hours.rs"]
mod hours;
#[path = "verbs/just_now.rs"]
mod just_now;
#[path = "verbs/notices.rs"]
mod notices;
#[path = "verbs/people.rs"]
mod people;
#[path = "verbs/preferences.rs"]
mod preferences;
#[path = "verbs/search.rs"]
mod search;
#[path = "verbs/tags.rs"]
mod tags;
#[path = "verbs/undo.rs"]
mod undo;
#[path = "verbs/watch.rs"]
mod watch;

use desk::DeskError;
use domain::custody::Holder;
use domain::event::{Actor, WaitOn};
use domain::ticket::rules::Refusal;
use domain::ticket::{State, Ticket};
use domain::{custody, ledger};
use jiff::SignedDuration;
use store::StoreError;
use store::tally::{self, Tally};
use testkit::TestDesk;

use board::{
    a_board_says_once_what_happened_and_counts_what_is_unread, a_person_chooses_what_stands_on_their_board,
    a_reply_that_was_taken_back_leaves_the_board, older_notices_are_read_page_by_page,
    what_became_hidden_is_not_counted_from_then_on,
};
use bulk::{
    each_ticket_is_acted_on_with_the_rights_of_that_moment,
    what_was_said_stays_and_what_is_stopped_goes_no_further,
    what_was_set_is_set_back_where_nobody_changed_it_since, whoever_left_does_nothing_more,
};
use drafts::{a_draft_is_its_authors_alone_and_goes_when_it_is_said, two_windows_overwrite_nothing_unseen};
use handoffs::{
    a_hand_off_belongs_to_whoever_owns_the_asking_ticket_now, a_hand_off_blocks_until_it_is_accepted,
    a_hand_off_returned_and_delivered_again_is_rework, units_cannot_wait_for_each_other,
};
use hours::{
    a_change_of_the_set_up_leaves_no_ticket_behind, other_hours_count_for_tickets_opened_after_them,
    running_tickets_are_renewed_once_their_list_was_seen,
};
use just_now::{what_was_done_just_now_never_was, what_was_followed_by_something_else_stands};
use notices::{
    a_broken_text_never_stops_mail_from_coming_in,
    a_digest_comes_once_a_morning_and_not_when_nothing_happened,
    a_promise_that_ends_soon_is_told_once_to_whoever_holds_it,
    a_solved_ticket_is_told_with_how_to_object_once_it_cannot_be_taken_back,
    an_agent_is_told_what_concerns_them_and_never_of_their_own_acts,
    nobody_is_told_what_they_may_not_read_when_it_is_written,
    one_click_unsubscribes_from_one_thing_and_looking_changes_nothing, the_nearest_text_is_taken,
    what_happened_before_the_first_start_is_nobodys_news, what_is_too_much_for_a_day_waits_for_the_digest,
    who_cannot_go_elsewhere_always_learns_how_to_object,
};
use people::{
    a_merge_that_would_go_wrong_is_refused_and_changes_nothing,
    merged_people_share_their_tickets_until_they_are_taken_apart,
    people_of_a_merged_organisation_go_over_and_come_back,
};
use preferences::{
    a_reply_waits_as_long_as_its_author_wants, preferences_come_with_the_session_in_one_statement,
};
use search::{
    a_confidential_service_hides_what_was_said_before,
    a_reply_is_found_outside_when_it_has_left_and_never_when_it_was_taken_back,
    an_index_in_a_folder_goes_on_after_a_restart_and_is_made_again_when_it_is_not_whole,
    an_index_of_another_log_is_made_again, how_to_reach_a_requester_is_found_inside_alone,
    more_goes_on_where_the_page_ended, rights_that_change_change_what_is_found,
    what_was_said_is_found_by_those_who_read_it,
};
use tags::{
    a_tag_is_known_where_a_ticket_that_has_it_is_listed, a_tag_renamed_or_merged_is_found_under_its_old_name,
    a_ticket_has_room_for_so_many_tags, tags_are_told_and_change_no_clock,
};
use undo::{
    a_bounce_after_sending_leaves_the_reply_where_it_is, a_reply_that_was_taken_back_never_was,
    only_its_author_takes_a_reply_back_and_only_while_nothing_followed,
};
use watch::{
    a_mention_always_arrives_and_only_where_the_note_can_be_read, a_muted_ticket_tells_nothing_but_mentions,
    a_watcher_is_told_what_is_said_and_done_as_long_as_they_may_read_it,
    mail_waits_until_the_quiet_hours_are_over_and_the_board_does_not,
    much_at_once_by_one_hand_is_one_notice_and_one_mail,
};

macro_rules! stories {
    ($($name:ident),+ $(,)?) => {
        mod on_sqlite {
            $(#[test] fn $name() { super::$name(&testkit::TestDesk::new()); })+
        }

        const STORIES: &[(&str, testkit::stories::Story)] = &[$((stringify!($name), $name)),+];
    };
}

stories! {
    each_ticket_is_acted_on_with_the_rights_of_that_moment,
    what_was_set_is_set_back_where_nobody_changed_it_since,
    what_was_said_stays_and_what_is_stopped_goes_no_further,
    whoever_left_does_nothing_more,
    tags_are_told_and_change_no_clock,
    a_ticket_has_room_for_so_many_tags,
    a_tag_renamed_or_merged_is_found_under_its_old_name,
    a_tag_is_known_where_a_ticket_that_has_it_is_listed,
    a_customer_asks_and_every_minute_has_a_holder,
    a_hand_off_returned_and_delivered_again_is_rework,
    a_hand_off_blocks_until_it_is_accepted,
    units_cannot_wait_for_each_other,
    a_hand_off_belongs_to_whoever_owns_the_asking_ticket_now,
    waiting_for_the_requester_needs_a_question_and_ends_with_the_answer,
    an_agreed_date_passes_by_itself,
    a_reply_reopens_a_solved_ticket,
    nobody_serves_their_own_ticket,
    a_captive_requester_closes_or_the_timer_does,
    a_captive_requester_escalates_once,
    sums_follow_every_verb,
    a_refused_verb_leaves_nothing_behind,
    other_hours_count_for_tickets_opened_after_them,
    a_change_of_the_set_up_leaves_no_ticket_behind,
    running_tickets_are_renewed_once_their_list_was_seen,
    a_reply_that_was_taken_back_never_was,
    only_its_author_takes_a_reply_back_and_only_while_nothing_followed,
    a_bounce_after_sending_leaves_the_reply_where_it_is,
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
    a_board_says_once_what_happened_and_counts_what_is_unread,
    a_person_chooses_what_stands_on_their_board,
    what_became_hidden_is_not_counted_from_then_on,
    a_reply_that_was_taken_back_leaves_the_board,
    older_notices_are_read_page_by_page,
    a_watcher_is_told_what_is_said_and_done_as_long_as_they_may_read_it,
    a_mention_always_arrives_and_only_where_the_note_can_be_read,
    a_muted_ticket_tells_nothing_but_mentions,
    mail_waits_until_the_quiet_hours_are_over_and_the_board_does_not,
    much_at_once_by_one_hand_is_one_notice_and_one_mail,
    a_draft_is_its_authors_alone_and_goes_when_it_is_said,
    two_windows_overwrite_nothing_unseen,
    merged_people_share_their_tickets_until_they_are_taken_apart,
    a_merge_that_would_go_wrong_is_refused_and_changes_nothing,
    people_of_a_merged_organisation_go_over_and_come_back,
    what_was_said_is_found_by_those_who_read_it,
    a_reply_is_found_outside_when_it_has_left_and_never_when_it_was_taken_back,
    rights_that_change_change_what_is_found,
    a_confidential_service_hides_what_was_said_before,
    how_to_reach_a_requester_is_found_inside_alone,
    more_goes_on_where_the_page_ended,
    an_index_in_a_folder_goes_on_after_a_restart_and_is_made_again_when_it_is_not_whole,
    an_index_of_another_log_is_made_again,
    what_was_done_just_now_never_was,
    what_was_followed_by_something_else_stands,
    preferences_come_with_the_session_in_one_statement,
    a_reply_waits_as_long_as_its_author_wants,
}

#[test]
fn on_postgresql_the_same_stories_hold() {
    testkit::stories::on_postgresql(STORIES);
}

const HOUR: SignedDuration = SignedDuration::from_hours(1);

/// The ticket as its events make it, with its custody and its ledger now.
fn now(desk: &TestDesk, number: i64) -> (Ticket, custody::Custody, ledger::Ledger) {
    let at = desk.now();
    desk.desk
        .look_now(move |look| {
            let id = look.tx.query_one(
                "select id from ticket where number = $1",
                store::params![number],
                |row| row.get(0),
            )?;
            let events = store::event::of_ticket(look.tx, id)?;
            let tree = store::event::of_ticket_and_descendants(look.tx, id)?;
            let ticket = Ticket::fold(id, &events).unwrap();
            let custody = custody::fold(id, &events, at).unwrap();
            let ledger = ledger::charge(&ledger::lines(&tree, at), id).unwrap();
            Ok((ticket, custody, ledger))
        })
        .unwrap()
}

fn a_customer_asks_and_every_minute_has_a_holder(desk: &TestDesk) {
    let (support, warehouse) = (desk.unit("Support"), desk.unit("Warehouse"));
    let (help, stock) = (desk.service("Help", support), desk.service("Stock", warehouse));
    let (ada, kim, bo) =
        (desk.customer("Ada"), desk.agent("Kim", &[support]), desk.agent("Bo", &[warehouse]));
    let number = desk.opens(ada, help, "Where is my parcel?", "It should have come on Monday.");
    desk.wait(HOUR);
    desk.takes(kim, number);
    desk.wait(HOUR);
    let handoff = desk.asks(kim, number, stock, "Find parcel", "Please look on shelf 3.");
    desk.wait(HOUR * 5);
    desk.takes(bo, handoff);
    desk.delivers(bo, handoff, "Found it.");
    desk.wait(HOUR);
    desk.accepts(kim, handoff, 5);
    desk.replies(kim, number, "It is on its way.");
    desk.wait(HOUR);
    desk.solves(kim, number);
    let (ticket, custody, ledger) = now(desk, number);
    assert_eq!(ticket.state, State::Solved);
    assert_eq!(ledger.elapsed(), HOUR * 9);
    let spent = ledger.by_holder(ledger::Charge::elapsed);
    let of = |unit| -> SignedDuration {
        spent
            .iter()
            .filter(|(holder, _)| matches!(holder, ledger::Holder::Unit { unit: held, .. } if *held == unit))
            .map(|(_, spent)| spent.elapsed)
            .sum()
    };
    assert_eq!(of(warehouse), HOUR * 5);
    assert_eq!(of(support), HOUR * 4);
    assert!(
        custody
            .segments
            .iter()
            .any(|segment| matches!(&segment.holder, Holder::Handoffs(ids) if ids.len() == 1))
    );
    assert_eq!(now(desk, handoff).0.rating, Some(5));
}

fn waiting_for_the_requester_needs_a_question_and_ends_with_the_answer(desk: &TestDesk) {
    let support = desk.unit("Support");
    let help = desk.service("Help", support);
    let (ada, kim) = (desk.customer("Ada"), desk.agent("Kim", &[support]));
    let number = desk.opens(ada, help, "It hums", "Since Monday.");
    let wait = |number| {
        desk.with(kim, number, |act, seen| {
            desk::wait::start(act, seen.serve().ok_or(DeskError::NotAllowed)?, WaitOn::Requester, None)
        })
    };
    assert!(matches!(wait(number), Err(DeskError::Refused(Refusal::NothingAsked))));
    desk.replies(kim, number, "How loud?");
    wait(number).unwrap();
    desk.wait(HOUR * 3);
    desk.replies(ada, number, "Like a bee.");
    desk.wait(HOUR);
    let (ticket, custody, _) = now(desk, number);
    assert_eq!(ticket.waiting, None);
    let waited: SignedDuration = custody
        .segments
        .iter()
        .filter(|segment| segment.holder == Holder::Requester)
        .map(custody::Segment::elapsed)
        .sum();
    assert_eq!(waited, HOUR * 3);
}

fn an_agreed_date_passes_by_itself(desk: &TestDesk) {
    let support = desk.unit("Support");
    let help = desk.service("Help", support);
    let (ada, kim) = (desk.customer("Ada"), desk.agent("Kim", &[support]));
    let number = desk.opens(ada, help, "Visit", "When?");
    let until = desk.now() + HOUR * 10;
    desk.with(kim, number, move |act, seen| {
        let granted = seen.serve().ok_or(DeskError::NotAllowed)?;
        let body = desk::words::Body::parse("Thursday at noon.")?;
        let message = desk::reply::serve(act, granted, &body, desk::reply::Then::Stay)?;
        desk::wait::start(act, granted, WaitOn::Agreed { until }, Some(message))
    })
    .unwrap();
    desk.wait(HOUR * 12);
    assert_eq!(desk::sweep::run(&desk.desk).unwrap(), 1);
    let (ticket, custody, _) = now(desk, number);
    assert_eq!(ticket.waiting, None);
    let agreed: SignedDuration = custody
        .segments
        .iter()
        .filter(|segment| matches!(segment.holder, Holder::Agreed { .. }))
        .map(custody::Segment::elapsed)
        .sum();
    assert_eq!(agreed, HOUR * 10, "custody fell back at the date, not when somebody looked");
    assert_eq!(desk::sweep::run(&desk.desk).unwrap(), 0);
}

fn a_reply_reopens_a_solved_ticket(desk: &TestDesk) {
    let support = desk.unit("Support");
    let help = desk.service("Help", support);
    let (ada, kim) = (desk.customer("Ada"), desk.agent("Kim", &[support]));
    let number = desk.opens(ada, help, "It hums", "Since Monday.");
    desk.solves(kim, number);
    desk.wait(HOUR);
    desk.replies(ada, number, "It still hums.");
    let (ticket, _, ledger) = now(desk, number);
    assert_eq!((ticket.state, ticket.reopened), (State::Open, 1));
    assert!(ledger.provisional);
    desk.solves(kim, number);
    desk.wait(SignedDuration::from_hours(24 * 30));
    let late = desk.with(ada, number, |act, seen| {
        desk::reopen::request(act, seen.request().ok_or(DeskError::NotAllowed)?, "Again")
    });
    assert!(matches!(late, Err(DeskError::Refused(Refusal::ReopenWindowOver))));
}

fn nobody_serves_their_own_ticket(desk: &TestDesk) {
    let support = desk.unit("Support");
    let help = desk.service("Help", support);
    let (kim, lee) = (desk.agent("Kim", &[support]), desk.agent("Lee", &[support]));
    let number = desk.opens(kim, help, "My own lamp", "It hums.");
    desk.notes(lee, number, "Kim again.");
    let seen = desk.sees(kim, number).unwrap();
    assert!(seen.serve().is_none() && seen.read_inside().is_none() && seen.annotate().is_none());
    let given = desk.with(lee, number, move |act, seen| {
        desk::assign::to(act, seen.serve().ok_or(DeskError::NotAllowed)?, Some(kim))
    });
    assert!(matches!(given, Err(DeskError::Refused(Refusal::OwnTicket))));
}

fn a_captive_requester_closes_or_the_timer_does(desk: &TestDesk) {
    let (it, board) = (desk.unit("IT"), desk.unit("Ombudsperson"));
    let access = desk.service_with("Access", it, |service| {
        service.captive = true;
        service.neutral_unit = Some(board);
    });
    let (eva, ida) = (desk.employee("Eva"), desk.agent("Ida", &[it]));
    let (first, second) =
        (desk.opens(eva, access, "Key card", "Lost."), desk.opens(eva, access, "Password", "Forgotten."));
    for number in [first, second] {
        desk.solves(ida, number);
        let closed = desk.with(ida, number, |act, seen| {
            desk::close::serve(act, seen.serve().ok_or(DeskError::NotAllowed)?)
        });
        assert!(matches!(closed, Err(DeskError::Refused(Refusal::Captive))));
    }
    desk.with(eva, first, |act, seen| desk::close::accept(act, seen.request().ok_or(DeskError::NotAllowed)?))
        .unwrap();
    desk.wait(SignedDuration::from_hours(24 * 8));
    assert_eq!(desk::sweep::run(&desk.desk).unwrap(), 1);
    assert_eq!(now(desk, second).0.state, State::Closed);
}

fn a_captive_requester_escalates_once(desk: &TestDesk) {
    let (it, board) = (desk.unit("IT"), desk.unit("Ombudsperson"));
    let access = desk.service_with("Access", it, |service| {
        service.captive = true;
        service.neutral_unit = Some(board);
    });
    let eva = desk.employee("Eva");
    let number = desk.opens(eva, access, "Key card", "Lost.");
    let escalate = || {
        desk.with(eva, number, |act, seen| {
            desk::escalate::run(act, seen.request().ok_or(DeskError::NotAllowed)?, "Three weeks now.")
        })
    };
    escalate().unwrap();
    assert_eq!(now(desk, number).0.unit, board);
    assert!(matches!(escalate(), Err(DeskError::Refused(Refusal::AlreadyEscalated))));
}

fn sums_follow_every_verb(desk: &TestDesk) {
    let (support, warehouse) = (desk.unit("Support"), desk.unit("Warehouse"));
    let (help, stock) = (desk.service("Help", support), desk.service("Stock", warehouse));
    let (ada, kim, bo) =
        (desk.customer("Ada"), desk.agent("Kim", &[support]), desk.agent("Bo", &[warehouse]));
    let sum = |tally| desk.desk.look_now(move |look| Ok(tally::read(look.tx, tally)?)).unwrap();
    let number = desk.opens(ada, help, "One", "1");
    assert_eq!((sum(Tally::Open(support)), sum(Tally::Queued(support))), (1, 1));
    desk.takes(kim, number);
    assert_eq!((sum(Tally::Open(support)), sum(Tally::Queued(support))), (1, 0));
    let handoff = desk.asks(kim, number, stock, "Two", "2");
    let week = tally::week(desk.now());
    assert_eq!((sum(Tally::Waiting(support)), sum(Tally::Open(warehouse))), (1, 1));
    assert_eq!(sum(Tally::Asked { from: support, to: warehouse, week }), 1);
    desk.delivers(bo, handoff, "Here.");
    desk.returns(kim, handoff, "No.");
    desk.delivers(bo, handoff, "Here.");
    desk.accepts(kim, handoff, 4);
    assert_eq!(sum(Tally::Returned { from: support, to: warehouse, week }), 1);
    desk.solves(kim, number);
    assert_eq!(
        (sum(Tally::Open(support)), sum(Tally::Waiting(support)), sum(Tally::Open(warehouse))),
        (0, 0, 0)
    );
    assert_eq!(sum(Tally::Solved(support, week)), 1);
}

fn a_refused_verb_leaves_nothing_behind(desk: &TestDesk) {
    let support = desk.unit("Support");
    let help = desk.service("Help", support);
    let (ada, kim) = (desk.customer("Ada"), desk.agent("Kim", &[support]));
    let number = desk.opens(ada, help, "One", "1");
    let head = || desk.desk.look_now(|look| Ok(store::event::head(look.tx)?.0)).unwrap();
    let before = head();
    let refused = desk.with(kim, number, |act, seen| {
        let granted = seen.serve().ok_or(DeskError::NotAllowed)?;
        let body = desk::words::Body::parse("Never sent")?;
        desk::reply::serve(act, granted, &body, desk::reply::Then::Stay)?;
        desk::wait::end(act, granted)
    });
    assert!(matches!(refused, Err(DeskError::Refused(Refusal::NoChange))));
    assert_eq!(head(), before);
    let messages = desk.desk.db.read_now(|tx| {
        Ok::<i64, StoreError>(tx.query_one("select count(*) from message", &[], |row| row.get(0))?)
    });
    assert_eq!(messages.unwrap(), 1);
    assert_eq!(desk.desk.look_now(|look| Ok(store::event::verify(look.tx)?)).unwrap(), before);
    let _ = Actor::Desk;
}
