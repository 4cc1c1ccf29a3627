//! What the desk does by itself with tickets: who is given them, on SQLite and on PostgreSQL.

#![allow(clippy::unwrap_used, reason = "a broken promise may panic")]

#[path = "routing/assignment.rs"]
mod assignment;

use domain::ticket::Ticket;
use jiff::SignedDuration;
use testkit::TestDesk;

use assignment::{
    a_reopened_ticket_goes_back_to_whoever_had_it_or_to_who_stands_in, a_shift_begins_by_itself,
    a_ticket_waits_for_whoever_speaks_its_language_and_is_there, nobody_is_given_their_own_ticket,
    of_two_who_take_a_ticket_at_once_one_has_it_and_the_other_is_told_who,
    only_leads_and_administrators_say_how_tickets_are_given,
    the_least_load_gets_it_and_what_is_too_much_is_listed_until_there_is_room,
    tickets_go_round_and_each_is_given_once_with_the_reason,
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
    tickets_go_round_and_each_is_given_once_with_the_reason,
    the_least_load_gets_it_and_what_is_too_much_is_listed_until_there_is_room,
    a_ticket_waits_for_whoever_speaks_its_language_and_is_there,
    nobody_is_given_their_own_ticket,
    a_reopened_ticket_goes_back_to_whoever_had_it_or_to_who_stands_in,
    a_shift_begins_by_itself,
    of_two_who_take_a_ticket_at_once_one_has_it_and_the_other_is_told_who,
    only_leads_and_administrators_say_how_tickets_are_given,
}

#[test]
fn on_postgresql_the_same_stories_hold() {
    testkit::stories::on_postgresql(STORIES);
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
