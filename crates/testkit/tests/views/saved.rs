//! Saved views: whose they are, what becomes of them, and the numbers beside them.

use std::sync::Arc;

use desk::views::Input;
use desk::{DeskError, Problem};
use domain::id::{PersonId, ViewId};
use domain::place::Step;
use domain::view::{Column, Grouping, Sort};
use jiff::SignedDuration;
use jiff::tz::TimeZone;
use store::filtered::MOST_LOOKED;
use store::view::Owner;
use testkit::TestDesk;

use crate::filtered::listed;
use crate::house::{House, house};

fn input(name: &str, filter: &str) -> Input {
    Input {
        name: name.to_owned(),
        filter: filter.to_owned(),
        sort: Sort::Due,
        grouping: Grouping::Nothing,
        columns: vec![Column::Unit, Column::Opened],
    }
}

fn save(
    desk: &TestDesk,
    person: PersonId,
    owner: Owner,
    name: &'static str,
    filter: &'static str,
) -> Result<ViewId, DeskError> {
    desk.act(person, move |act, viewer| desk::views::save(act, viewer, owner, &input(name, filter)))
}

fn names(desk: &TestDesk, person: PersonId) -> Vec<String> {
    desk.desk
        .look_now(move |look| {
            let viewer = store::access::viewer(look.tx, person)?.unwrap();
            Ok(store::view::of(look.tx, &viewer)?.into_iter().map(|view| view.name).collect())
        })
        .unwrap()
}

fn head(desk: &TestDesk) -> i64 {
    desk.desk.look_now(|look| Ok(store::event::head(look.tx)?.0)).unwrap()
}

pub(crate) fn views_belong_to_a_person_a_unit_or_everybody(desk: &TestDesk) {
    let house = house(desk);
    let House { support, warehouse, kim, bo, lead, overseer, admin, ada, .. } = house;
    save(desk, kim, Owner::Person(kim), "Mine", "is:mine").unwrap();
    save(desk, kim, Owner::Unit(support), "Ours", "unit:mine is:open").unwrap();
    save(desk, admin, Owner::Everybody, "All", "is:open").unwrap();
    assert_eq!(names(desk, kim), ["Mine", "Ours", "All"]);
    assert_eq!(names(desk, bo), ["Ours", "All"]);
    assert_eq!(names(desk, lead), ["Ours", "All"]);
    assert_eq!(names(desk, overseer), ["All"]);
    assert!(names(desk, ada).is_empty());
    let refused = |result: Result<ViewId, DeskError>| match result {
        Err(DeskError::NotFound) => "not found",
        Err(DeskError::NotAllowed) => "not allowed",
        other => panic!("{other:?}"),
    };
    assert_eq!(refused(save(desk, kim, Owner::Everybody, "All", "")), "not allowed");
    assert_eq!(refused(save(desk, kim, Owner::Person(bo), "His", "")), "not allowed");
    assert_eq!(refused(save(desk, kim, Owner::Unit(warehouse), "Theirs", "")), "not found");
    assert_eq!(refused(save(desk, overseer, Owner::Unit(support), "Seen", "")), "not allowed");
    assert_eq!(refused(save(desk, ada, Owner::Person(ada), "A customer's", "")), "not allowed");
}

pub(crate) fn each_change_of_a_view_is_one_event(desk: &TestDesk) {
    let House { support, kim, bo, .. } = house(desk);
    let one = save(desk, kim, Owner::Person(kim), "One", "state:open  assigned:me").unwrap();
    let two = save(desk, kim, Owner::Person(kim), "Two", "").unwrap();
    let before = head(desk);
    let acts = |act: fn(&mut desk::Act, &domain::permission::Viewer, ViewId) -> Result<(), DeskError>| {
        move |view: ViewId| desk.act(kim, move |inner, viewer| act(inner, viewer, view))
    };
    acts(|act, viewer, view| desk::views::change(act, viewer, view, &input("Uno", "is:open holder:me")))(one)
        .unwrap();
    assert_eq!(head(desk), before + 1);
    acts(|act, viewer, view| desk::views::change(act, viewer, view, &input("Uno", "is:open holder:me")))(one)
        .unwrap();
    assert_eq!(head(desk), before + 1, "nothing differed");
    acts(|act, viewer, view| desk::views::reorder(act, viewer, view, Step::Up))(two).unwrap();
    assert_eq!((head(desk), names(desk, kim)), (before + 2, vec!["Two".to_owned(), "Uno".to_owned()]));
    acts(|act, viewer, view| desk::views::reorder(act, viewer, view, Step::Up))(two).unwrap();
    assert_eq!(head(desk), before + 2, "it was at the top");
    desk.act(kim, move |act, viewer| desk::views::share(act, viewer, one, Owner::Unit(support))).unwrap();
    assert_eq!((head(desk), names(desk, bo)), (before + 3, vec!["Uno".to_owned()]));
    acts(desk::views::delete)(two).unwrap();
    assert_eq!((head(desk), names(desk, kim)), (before + 4, vec!["Uno".to_owned()]));
    let filter = desk
        .desk
        .look_now(move |look| {
            let viewer = store::access::viewer(look.tx, bo)?.unwrap();
            Ok(store::view::by_id(look.tx, &viewer, one)?.map(|view| view.filter))
        })
        .unwrap();
    assert_eq!(filter.as_deref(), Some("is:open holder:me"), "the canonical text is kept");
    // Somebody else's view does not exist.
    let other = save(desk, kim, Owner::Person(kim), "Mine", "").unwrap();
    let stolen = desk.act(bo, move |act, viewer| desk::views::delete(act, viewer, other));
    assert!(matches!(stolen, Err(DeskError::NotFound)), "{stolen:?}");
}

pub(crate) fn a_view_with_a_typing_error_is_not_saved(desk: &TestDesk) {
    let House { kim, .. } = house(desk);
    let before = head(desk);
    let refused = save(desk, kim, Owner::Person(kim), "Odd", "is:opne unit:Warehouse");
    let Err(DeskError::Invalid { field: "filter", problem: Problem::FilterWrong { faults } }) = refused
    else {
        panic!("{refused:?}");
    };
    assert_eq!(faults.to_string(), "At character 4: “is” has no value “opne” (did you mean “open”?)");
    // Kim does not see the warehouse: it is answered like a unit that does not exist.
    let hidden = save(desk, kim, Owner::Person(kim), "Odd", "unit:Warehouse").unwrap_err().to_string();
    let unknown = save(desk, kim, Owner::Person(kim), "Odd", "unit:Nowherexx").unwrap_err().to_string();
    assert_eq!(hidden.replace("Warehouse", "Nowherexx"), unknown);
    assert_eq!(head(desk), before);
}

pub(crate) fn numbers_beside_views_are_counted_for_each_viewer_and_kept(desk: &TestDesk) {
    let House { support, kim, bo, admin, .. } = house(desk);
    let view = save(desk, admin, Owner::Everybody, "All", "is:open").unwrap();
    save(desk, kim, Owner::Unit(support), "Odd", "unit:\"Customer Support\"").unwrap();
    let shown = |person: PersonId| {
        let counts = Arc::clone(&desk.desk.view_counts);
        desk.desk
            .look_now(move |look| {
                let viewer = store::access::viewer(look.tx, person)?.unwrap();
                let views = store::view::of(look.tx, &viewer)?;
                counts.shown(look, &viewer, &views)
            })
            .unwrap()
    };
    let refresh = |person: PersonId| {
        let viewer =
            desk.desk.look_now(move |look| Ok(store::access::viewer(look.tx, person)?.unwrap())).unwrap();
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(desk::view_counts::refresh(&desk.desk, &viewer, &TimeZone::UTC)).unwrap();
    };
    let first = shown(kim);
    assert!(first.counts.is_empty() && first.stale && first.counted_at.is_none());
    refresh(kim);
    refresh(bo);
    let (kims, bos) = (shown(kim), shown(bo));
    assert!(!kims.stale && kims.counted_at == Some(desk.now()));
    for (person, shown) in [(kim, &kims), (bo, &bos)] {
        let listed = listed(desk, person, "is:open", Sort::Due, Grouping::Nothing, MOST_LOOKED);
        assert_eq!(shown.counts[&view].found, listed.len() as i64);
    }
    assert!(bos.counts[&view].found > kims.counts[&view].found, "each sees their own");
    // What happens makes a number old; it is still shown, with its age, and counted again later.
    desk.wait(SignedDuration::from_secs(6));
    save(desk, admin, Owner::Everybody, "More", "is:open is:unassigned").unwrap();
    let later = shown(kim);
    assert!(later.stale && later.counts.len() == kims.counts.len());
    refresh(kim);
    assert_eq!(shown(kim).counts.len(), kims.counts.len() + 1);
    // Rights that changed hide every number that was counted before.
    desk.set_up(move |act| -> Result<(), DeskError> {
        desk::people::leave_unit(act, &desk::entitled::ByDesk, kim, support)
    });
    assert!(shown(kim).counts.is_empty());
}
