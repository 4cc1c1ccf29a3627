//! A list is read back from its address as it was written.

use domain::id::{UnitId, ViewId};
use domain::view::{Grouping, Sort};

use super::Listing;

#[test]
fn every_list_is_read_back_as_it_was_written() {
    let filter =
        |text: &str| Listing::Filter { text: text.to_owned(), sort: Sort::Changed, grouping: Grouping::Unit };
    for listing in [
        Listing::Next,
        Listing::Mine,
        Listing::Waiting,
        Listing::Snoozed,
        Listing::Done,
        Listing::Unit(UnitId(3)),
        Listing::Saved(ViewId(12)),
        filter(""),
        filter("is:open due:1h..4h from:a.b@example.org"),
    ] {
        assert_eq!(Listing::parse(&listing.written()), Some(listing));
    }
    for other in ["", "nothing", "unit.", "unit.x", "filter.due", "filter.sideways.nothing.is:open"] {
        assert_eq!(Listing::parse(other), None, "{other}");
    }
}

#[test]
fn a_list_stands_where_its_page_is() {
    assert_eq!(Listing::Mine.address_with("after=1.2"), "/?view=mine&after=1.2");
    assert_eq!(Listing::Unit(UnitId(3)).address_with("after=1.2"), "/units/3/queue?after=1.2");
}
