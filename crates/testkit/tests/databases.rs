//! One story, every database: the same promises on SQLite in a file, in memory, and on PostgreSQL.

#![allow(clippy::unwrap_used, reason = "a promise that is broken may panic")]

#[path = "databases/crash.rs"]
mod crash;
#[path = "databases/events.rs"]
mod events;
#[path = "databases/groups.rs"]
mod groups;
#[path = "databases/import.rs"]
mod import;
#[path = "databases/jobs.rs"]
mod jobs;
#[path = "databases/outage.rs"]
mod outage;
#[path = "databases/place.rs"]
mod place;
#[path = "databases/public_logs.rs"]
mod public_logs;
#[path = "databases/schema.rs"]
mod schema;
#[path = "databases/setup.rs"]
mod setup;
#[path = "databases/sqlite_file.rs"]
mod sqlite_file;
#[path = "databases/statements.rs"]
mod statements;

use place::Place;

type Promise = fn(&Place);

macro_rules! promises {
    ($($module:ident::$name:ident),+ $(,)?) => {
        mod in_a_sqlite_file {
            use super::Place;
            $(#[test] fn $name() { super::$module::$name(&Place::sqlite_file()); })+
        }

        mod in_sqlite_memory {
            use super::Place;
            $(#[test] fn $name() { super::$module::$name(&Place::memory()); })+
        }

        const PROMISES: &[(&str, Promise)] = &[$((stringify!($name), $module::$name)),+];
    };
}

promises! {
    statements::values_come_back_as_they_went_in,
    statements::sums_and_averages_are_numbers,
    statements::placeholders_may_come_in_any_order_and_repeat,
    statements::a_column_of_another_type_is_named,
    statements::one_row_means_one_row,
    statements::a_broken_rule_is_named,
    statements::a_swallowed_failure_still_undoes_the_write,
    statements::a_savepoint_undoes_only_itself,
    groups::a_failing_and_a_panicking_write_are_undone_alone,
    groups::a_dropped_future_still_commits,
    groups::eight_writers_leave_no_hole_and_a_follower_skips_nothing,
    groups::a_reader_sees_one_snapshot,
    groups::everything_accepted_before_closing_is_done,
    schema::a_migration_that_fails_is_undone_and_the_earlier_ones_are_kept,
    schema::the_schema_of_the_desk_can_be_made,
    import::an_imported_log_is_whole_and_follows_from_its_events,
    import::our_own_file_becomes_the_same_tickets,
    import::words_are_written_when_asked_for_and_tell_inside_from_outside,
    import::answers_come_with_a_log_and_go_with_a_file,
    import::what_was_changed_by_hand_is_found_and_repaired,
    events::a_follower_skips_nothing_under_eight_writers,
    events::a_changed_event_breaks_the_chain_where_it_was_changed,
    events::facts_come_back_as_they_were_recorded,
    jobs::a_job_is_wanted_once_and_held_by_one,
    jobs::a_worker_paused_past_its_lease_has_no_effect,
    jobs::a_job_that_keeps_failing_is_laid_aside_and_can_be_revived,
    jobs::a_job_is_wanted_only_when_its_transaction_commits,
    setup::an_organisation_is_set_up_and_read_back,
    setup::a_promise_that_does_not_fit_is_refused_without_a_reason,
    setup::names_are_found_and_paged_alike,
    setup::somebody_signs_in_and_acts_once,
}

/// In one test, because one server serves them all.
#[test]
fn on_postgresql_every_promise_holds() {
    if testkit::postgres::fresh_database().is_none() {
        return;
    }
    let only_there: &[(&str, Promise)] = &[
        ("two_processes_write_in_turn", groups::two_processes_write_in_turn),
        ("a_killed_process_loses_nothing_acknowledged", crash::a_killed_process_loses_nothing_acknowledged),
        ("a_newer_schema_is_refused", schema::a_newer_schema_is_refused),
        ("a_changed_migration_is_refused", schema::a_changed_migration_is_refused),
        ("a_lost_connection_is_made_again", outage::a_lost_connection_is_made_again),
        (
            "a_connection_lost_inside_a_group_undoes_the_group",
            outage::a_connection_lost_inside_a_group_undoes_the_group,
        ),
        ("a_server_that_is_not_there_is_named", outage::a_server_that_is_not_there_is_named),
    ];
    let mut broken = Vec::new();
    for (name, promise) in PROMISES.iter().chain(only_there) {
        let place = Place::postgres().expect("the server that was there before");
        if std::panic::catch_unwind(|| promise(&place)).is_err() {
            broken.push(*name);
        }
    }
    assert!(broken.is_empty(), "broken on PostgreSQL: {broken:?}");
}
