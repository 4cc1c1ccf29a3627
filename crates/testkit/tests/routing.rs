//! What the desk does by itself with tickets: rules, and who is given them, on SQLite and on PostgreSQL.

#![allow(clippy::unwrap_used, reason = "a broken promise may panic")]

#[path = "routing/assignment.rs"]
mod assignment;
#[path = "routing/happenings.rs"]
mod happenings;
#[path = "routing/rules.rs"]
mod rules;
#[path = "routing/stopped.rs"]
mod stopped;

use domain::ticket::Ticket;
use jiff::SignedDuration;
use testkit::TestDesk;

testkit::stories! {
    assignment {
        a_lead_plans_the_absence_of_somebody_in_their_unit_and_of_nobody_else,
        tickets_go_round_and_each_is_given_once_with_the_reason,
        who_stands_in_sees_the_tickets_and_is_told_what_happens_on_them,
        the_least_load_gets_it_and_what_is_too_much_is_listed_until_there_is_room,
        a_ticket_waits_for_whoever_speaks_its_language_and_is_there,
        nobody_is_given_their_own_ticket,
        a_reopened_ticket_goes_back_to_whoever_had_it_or_to_who_stands_in,
        a_shift_begins_by_itself,
        of_two_who_take_a_ticket_at_once_one_has_it_and_the_other_is_told_who,
        only_leads_and_administrators_say_how_tickets_are_given,
    }
    happenings {
        rules_answer_to_everything_that_happens_and_say_what_they_did,
        a_rule_tells_the_holder_the_leads_and_one_person_as_far_as_they_may_read_it,
    }
    rules {
        a_rule_answers_once_to_what_happens_and_the_history_names_it,
        rules_go_in_order_and_one_can_end_the_list,
        what_a_rule_may_not_do_is_refused_whole_and_said,
        a_rule_that_triggers_itself_is_stopped_and_named,
        rules_answer_to_rules_three_deep_and_no_deeper,
        a_rule_on_time_looks_once_for_each_instant_from_which_it_counts,
        a_rule_on_time_that_did_not_match_looks_again_when_something_happened,
        a_dry_run_says_what_a_rule_would_have_done_and_writes_nothing,
        what_is_wrong_with_a_rule_is_said_when_it_is_saved,
        a_crash_between_two_events_answers_each_once,
    }
}

const HOUR: SignedDuration = SignedDuration::from_hours(1);

/// The ticket as its events make it.
fn now(desk: &TestDesk, number: i64) -> Ticket {
    desk.desk
        .look_now(move |look| {
            let id = look.tx.query_one(
                "select id from ticket where number = $1",
                store::params![number],
                |row| row.get(0),
            )?;
            let events = store::event::of_ticket(look.tx, id)?;
            Ok(Ticket::fold(id, &events).unwrap())
        })
        .unwrap()
}
