//! Lists by a filter and saved views, on SQLite and on PostgreSQL.

#![allow(clippy::unwrap_used, reason = "a broken promise may panic")]

#[path = "views/done.rs"]
mod done;
#[path = "views/filtered.rs"]
mod filtered;
#[path = "views/house.rs"]
mod house;
#[path = "views/saved.rs"]
mod saved;
#[path = "views/searched.rs"]
mod searched;
#[path = "views/words.rs"]
mod words;

testkit::stories! {
    done {
        what_was_done_at_one_instant_stands_on_the_pages_of_it_once,
    }
    filtered {
        a_filter_finds_what_it_means_for_whoever_looks,
        every_order_and_grouping_lists_the_same_tickets_in_its_order,
        every_row_knows_the_one_before_it,
        a_page_stops_looking_and_says_where_to_go_on,
        my_work_is_a_view_like_others,
    }
    words {
        words_join_with_every_other_condition,
    }
    searched {
        a_search_with_a_filter_finds_what_the_list_of_both_shows,
        a_search_looks_through_so_many_hits_says_so_and_goes_on,
        what_is_wrong_with_a_filter_in_a_search_is_said_and_plain_words_never_are,
    }
    saved {
        views_belong_to_a_person_a_unit_or_everybody,
        each_change_of_a_view_is_one_event,
        a_view_with_a_typing_error_is_not_saved,
        numbers_beside_views_are_counted_for_each_viewer_and_kept,
    }
}
