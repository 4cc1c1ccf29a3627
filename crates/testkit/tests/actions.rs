//! Actions, canned replies and macros on a ticket, on SQLite and on PostgreSQL.

#![allow(clippy::unwrap_used, reason = "a broken promise may panic")]

#[path = "actions/lists.rs"]
mod lists;
#[path = "actions/macros.rs"]
mod macros;
#[path = "actions/more.rs"]
mod more;

use domain::custody::{self, Custody};
use domain::ticket::Ticket;
use testkit::TestDesk;

testkit::stories! {
    lists {
        a_list_of_actions_does_what_each_says,
        a_list_with_a_refused_action_leaves_nothing_behind,
        an_action_that_names_what_is_gone_says_so,
        the_desk_itself_acts_without_rights_and_never_speaks,
        what_is_confidential_stays_so_in_another_service,
        steps_are_put_on_a_checklist_once_by_people_and_by_the_desk,
    }
    more {
        a_ticket_sleeps_and_wakes_by_actions,
        a_field_is_set_by_actions_where_it_is_asked_and_nowhere_else,
        a_ticket_ends_and_goes_on_by_actions,
    }
    macros {
        canned_replies_belong_to_a_person_a_unit_or_everybody,
        a_text_that_could_never_be_filled_is_not_saved,
        a_canned_reply_says_what_the_ticket_says_or_nothing_at_all,
        a_filter_that_would_offer_a_macro_nowhere_is_not_saved,
        a_macro_says_and_does_all_of_it_or_nothing,
        a_macro_that_says_nothing_somewhere_does_nothing_at_all,
        a_macro_that_writes_a_note_never_says_it_to_a_requester,
        a_note_is_changed_by_its_author_alone_and_keeps_what_it_said,
    }
}

/// The ticket as its events make it, with its custody now.
fn now(desk: &TestDesk, number: i64) -> (Ticket, Custody) {
    let at = desk.now();
    desk.desk
        .look_now(move |look| {
            let sql = "select id from ticket where number = $1";
            let id = look.tx.query_one(sql, store::params![number], |row| row.get(0))?;
            let events = store::event::of_ticket(look.tx, id)?;
            Ok((Ticket::fold(id, &events).unwrap(), custody::fold(id, &events, at).unwrap()))
        })
        .unwrap()
}
