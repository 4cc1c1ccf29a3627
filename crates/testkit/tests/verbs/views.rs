//! Saved views and filtered lists: what is found is what the filter means, for whoever looks.

use std::collections::BTreeSet;
use std::sync::Arc;

use desk::reply::Then;
use desk::views::{Input, Place, Step};
use desk::words::Body;
use desk::{DeskError, Problem};
use domain::affiliation::Relation;
use domain::event::WaitOn;
use domain::id::{PersonId, UnitId, ViewId};
use domain::view::{Column, Grouping, Sort};
use jiff::SignedDuration;
use jiff::tz::TimeZone;
use store::filtered::{self, MOST_LOOKED, Mark, Page, Wanted};
use store::office::Office;
use store::unit::Role;
use store::view::Owner;
use testkit::TestDesk;

/// A desk with tickets in every state, and people with every hat.
struct House {
    support: UnitId,
    warehouse: UnitId,
    kim: PersonId,
    bo: PersonId,
    lead: PersonId,
    overseer: PersonId,
    admin: PersonId,
    ada: PersonId,
    numbers: Vec<i64>,
}

fn house(desk: &TestDesk) -> House {
    let (support, warehouse, personnel) =
        (desk.unit("Customer Support"), desk.unit("Warehouse"), desk.unit("Personnel"));
    let (help, repairs) = (desk.service("Help", support), desk.service("Repairs", support));
    let stock = desk.service("Stock", warehouse);
    let private = desk.service_with("Personal matters", personnel, |service| service.confidential = true);
    let contoso = desk.organisation("Contoso Ltd", false);
    let umlaut = desk.organisation("Ärmel & Co", false);
    let ada = desk.person("Ada Lang", Relation::Buyer, Some(contoso));
    let bob = desk.person("Bob Stone", Relation::Buyer, Some(umlaut));
    let eva = desk.employee("Eva Nord");
    let kim = desk.agent("Kim Serve", &[support]);
    let bo = desk.agent("Bo Ware", &[warehouse, support]);
    let hr = desk.agent("Hiro Kin", &[personnel]);
    let (lead, overseer, admin) =
        (desk.employee("Lena Lead"), desk.employee("Otis Over"), desk.employee("Amal Admin"));
    desk.joins(lead, support, Role::Lead);
    desk.appoint(overseer, Office::Overseer(None));
    desk.appoint(admin, Office::Administrator);
    let mut numbers = Vec::new();
    for (place, who) in [ada, bob, eva, ada, kim, bob, ada].into_iter().enumerate() {
        let service = if place % 3 == 0 { repairs } else { help };
        numbers.push(desk.opens(who, service, "A matter", "Please help."));
        desk.wait(SignedDuration::from_hours(11));
    }
    desk.takes(kim, numbers[0]);
    desk.with(kim, numbers[0], |act, seen| {
        let granted = seen.serve().ok_or(DeskError::NotAllowed)?;
        desk::reply::serve(act, granted, &Body::parse("Which one?")?, Then::WaitForRequester)
    })
    .unwrap();
    desk.with(bo, numbers[4], |act, seen| {
        let until = act.now + SignedDuration::from_hours(99);
        let granted = seen.serve().ok_or(DeskError::NotAllowed)?;
        let message = desk::reply::serve(act, granted, &Body::parse("Next week, as agreed.")?, Then::Stay)?;
        desk::wait::start(act, granted, WaitOn::Agreed { until }, Some(message))
    })
    .unwrap();
    desk.takes(bo, numbers[1]);
    numbers.push(desk.asks(kim, numbers[2], stock, "Look into the box", "Is it there?"));
    let delivered = desk.asks(kim, numbers[3], stock, "Weigh it", "How heavy?");
    desk.delivers(bo, delivered, "Two kilograms.");
    desk.accepts(kim, delivered, 4);
    numbers.push(delivered);
    desk.solves(kim, numbers[5]);
    numbers.push(desk.opens(eva, private, "A private matter", "Nobody else should know."));
    desk.takes(hr, *numbers.last().unwrap());
    desk.wait(SignedDuration::from_mins(30));
    numbers.push(desk.opens(bob, help, "Just now", "Hello?"));
    House { support, warehouse, kim, bo, lead, overseer, admin, ada, numbers }
}

const ATOMS: [&str; 57] = [
    "",
    "is:open",
    "is:solved",
    "is:closed",
    "is:done",
    "is:mine",
    "is:unassigned",
    "is:overdue",
    "is:waiting",
    "is:unanswered",
    "is:handoff",
    "is:blocks",
    "is:blocked",
    "is:confidential",
    "is:escalated",
    "is:reopened",
    "unit:mine",
    "unit:cust",
    "unit:mine,cust",
    "holder:kim",
    "holder:\"Bo Ware\"",
    "holder:kim.serve@example.org",
    "holder:me,nobody",
    "from:ada",
    "from:bob,eva",
    "from:\"bob stone\"",
    "from:contoso",
    "from:ada.lang@example.org",
    "organisation:cont",
    "organisation:ÄRM",
    "organisation:none",
    "organisation:none,\"Contoso Ltd\"",
    "service:help,rep",
    "service:\"Repairs\"",
    "kind:request",
    "kind:complaint",
    "class:internal",
    "class:outside",
    "priority:3",
    "priority:<3",
    "priority:>=2",
    "due:none",
    "due:<100d",
    "opened:today",
    "opened:yesterday",
    "opened:>1d",
    "opened:<1d",
    "opened:10h..40h",
    "changed:<1h",
    "solved:none",
    "solved:<2d",
    "unanswered:>12h",
    "waiting:us",
    "waiting:requester,inside",
    "rating:none",
    "rating:>=4",
    "number:1002..1006",
];

fn texts() -> Vec<String> {
    let pair = |at: usize, step: usize| (ATOMS[at], ATOMS[(at * step + 5) % ATOMS.len()]);
    let every = 0..ATOMS.len();
    let alone = every.clone().map(|at| ATOMS[at].to_owned());
    let without = every.clone().skip(1).map(|at| format!("-({})", ATOMS[at]));
    let both = every.clone().map(move |at| format!("{} {}", pair(at, 3).0, pair(at, 3).1));
    let either = every.clone().skip(1).map(move |at| {
        let (one, other) = pair(at, 7);
        if other.is_empty() { one.to_owned() } else { format!("{one} or {other}") }
    });
    let open = every.map(|at| format!("is:open -is:blocked {}", ATOMS[at]));
    alone.chain(without).chain(both).chain(either).chain(open).collect()
}

/// All pages of a list, one after the other, as numbers.
fn listed(
    desk: &TestDesk,
    person: PersonId,
    text: &str,
    sort: Sort,
    grouping: Grouping,
    patience: usize,
) -> Vec<i64> {
    let mut numbers = Vec::new();
    let mut after = None;
    loop {
        let page = page(desk, person, text, (sort, grouping, patience), after, 3);
        assert!(page.entries.len() <= 3);
        numbers.extend(page.entries.iter().map(|entry| entry.number));
        assert!(numbers.len() < 1_000, "{text}: the pages go in circles");
        match page.next {
            Some(next) => after = Some(next),
            None => return numbers,
        }
    }
}

fn page(
    desk: &TestDesk,
    person: PersonId,
    text: &str,
    (sort, grouping, patience): (Sort, Grouping, usize),
    after: Option<Mark>,
    limit: i64,
) -> Page {
    let text = text.to_owned();
    desk.desk
        .look_now(move |look| {
            let viewer = store::access::viewer(look.tx, person)?.unwrap();
            let catalogue = Arc::clone(&look.catalogue);
            let place = Place { viewer: &viewer, catalogue: &catalogue, now: look.now, zone: &TimeZone::UTC };
            let (_, test) = place.understand(&text)?;
            let wanted = Wanted { test: &test, sort, grouping, after, limit, patience };
            Ok(filtered::page(look.tx, &viewer, &catalogue, &wanted)?)
        })
        .unwrap()
}

/// The same by the meaning of the filter: every ticket is asked for by itself.
fn meant(desk: &TestDesk, house: &House, person: PersonId, text: &str) -> BTreeSet<i64> {
    let (text, numbers) = (text.to_owned(), house.numbers.clone());
    desk.desk
        .look_now(move |look| {
            let viewer = store::access::viewer(look.tx, person)?.unwrap();
            let catalogue = Arc::clone(&look.catalogue);
            let place = Place { viewer: &viewer, catalogue: &catalogue, now: look.now, zone: &TimeZone::UTC };
            let (_, test) = place.understand(&text)?;
            let mut found = BTreeSet::new();
            for number in numbers {
                use domain::permission::Relation;
                let Some(seen) = store::access::by_number(look.tx, &viewer, number, look.now)? else {
                    continue;
                };
                let facts = filtered::facts(look.tx, seen.ticket)?.unwrap();
                let listed = matches!(seen.relation, Relation::Serving | Relation::Overseeing)
                    && viewer.sees_unit(facts.unit);
                if listed && test.matches(&facts) {
                    found.insert(number);
                }
            }
            Ok(found)
        })
        .unwrap()
}

pub(crate) fn a_filter_finds_what_it_means_for_whoever_looks(desk: &TestDesk) {
    let house = house(desk);
    let mut found_something = 0;
    for person in [house.kim, house.bo, house.lead, house.overseer, house.admin] {
        for text in texts() {
            let meant = meant(desk, &house, person, &text);
            let listed = listed(desk, person, &text, Sort::Due, Grouping::Nothing, MOST_LOOKED);
            let set: BTreeSet<i64> = listed.iter().copied().collect();
            assert_eq!(set.len(), listed.len(), "{text} lists something twice");
            assert_eq!(set, meant, "{text}, as {person} sees it");
            found_something += usize::from(!set.is_empty());
            let count = count(desk, person, &text);
            assert_eq!((count.found, count.at_least), (set.len() as i64, false), "{text}");
        }
    }
    assert!(found_something > 500, "{found_something}");
}

fn count(desk: &TestDesk, person: PersonId, text: &str) -> filtered::Count {
    let text = text.to_owned();
    desk.desk
        .look_now(move |look| {
            let viewer = store::access::viewer(look.tx, person)?.unwrap();
            let catalogue = Arc::clone(&look.catalogue);
            let place = Place { viewer: &viewer, catalogue: &catalogue, now: look.now, zone: &TimeZone::UTC };
            let (_, test) = place.understand(&text)?;
            Ok(filtered::count(look.tx, &viewer, &catalogue, &test)?)
        })
        .unwrap()
}

pub(crate) fn every_order_and_grouping_lists_the_same_tickets_in_its_order(desk: &TestDesk) {
    let house = house(desk);
    for person in [house.bo, house.overseer] {
        for text in [
            "is:open",
            "is:open is:unanswered",
            "is:done",
            "",
            "is:open is:mine",
            "from:ada",
            "is:open from:ada,bob",
        ] {
            let meant = meant(desk, &house, person, text);
            for sort in Sort::ALL.iter().copied() {
                for grouping in Grouping::ALL.iter().copied() {
                    for patience in [MOST_LOOKED, 2] {
                        let listed = listed(desk, person, text, sort, grouping, patience);
                        let set: BTreeSet<i64> = listed.iter().copied().collect();
                        assert_eq!(set.len(), listed.len(), "{text} {sort:?} {grouping:?}");
                        if sort != Sort::Unanswered || text.contains("unanswered") {
                            assert_eq!(set, meant, "{text} {sort:?} {grouping:?} {patience}");
                        }
                        ordered(desk, person, text, sort, grouping);
                    }
                }
            }
        }
    }
}

/// A whole list in one page is in the order that it says.
fn ordered(desk: &TestDesk, person: PersonId, text: &str, sort: Sort, grouping: Grouping) {
    let page = page(desk, person, text, (sort, grouping, MOST_LOOKED), None, 200);
    let reach = desk
        .desk
        .look_now({
            let text = text.to_owned();
            move |look| {
                let viewer = store::access::viewer(look.tx, person)?.unwrap();
                let zone = TimeZone::UTC;
                let place = Place { viewer: &viewer, catalogue: &look.catalogue, now: look.now, zone: &zone };
                Ok(place.understand(&text)?.1.reach())
            }
        })
        .unwrap();
    let keys: Vec<(i64, i64, i64, i64)> = page
        .entries
        .iter()
        .map(|entry| {
            let at = |at: jiff::Timestamp| at.as_microsecond();
            let id = entry.id.0;
            let (first, second, id) = match sort.fitting(reach) {
                Sort::Due => (at(entry.due_at), 0, id),
                Sort::Priority => (entry.priority, at(entry.due_at), id),
                Sort::Unanswered => (at(entry.unanswered_since.unwrap()), 0, id),
                Sort::Opened => (at(entry.opened_at), 0, id),
                Sort::Changed => (-at(entry.changed_at), 0, -id),
                Sort::Solved => (-at(entry.solved_at.unwrap()), 0, -id),
            };
            let unit = if grouping == Grouping::Unit { entry.unit.0 } else { 0 };
            (unit, first, second, id)
        })
        .collect();
    let mut units: Vec<i64> = keys.iter().map(|key| key.0).collect();
    units.dedup();
    assert_eq!(units.iter().collect::<BTreeSet<_>>().len(), units.len(), "a unit comes back: {units:?}");
    for two in keys.windows(2) {
        assert!(two[0].0 != two[1].0 || two[0] < two[1], "{text} {sort:?} {grouping:?}: {keys:?}");
    }
}

pub(crate) fn a_page_stops_looking_and_says_where_to_go_on(desk: &TestDesk) {
    let house = house(desk);
    // Nothing is a complaint, so every row is looked at in vain.
    let first = page(desk, house.bo, "is:open kind:complaint", (Sort::Due, Grouping::Nothing, 2), None, 3);
    assert!(first.entries.is_empty() && first.cut && first.next.is_some());
    let all = page(desk, house.bo, "is:open kind:complaint", (Sort::Due, Grouping::Nothing, 100), None, 3);
    assert!(all.entries.is_empty() && !all.cut && all.next.is_none());
}

pub(crate) fn my_work_is_a_view_like_others(desk: &TestDesk) {
    let house = house(desk);
    for person in [house.kim, house.bo] {
        let given = |which: fn(
            &mut store::Tx,
            &domain::permission::Viewer,
        ) -> Result<Vec<store::queue::Entry>, store::StoreError>| {
            desk.desk
                .look_now(move |look| {
                    let viewer = store::access::viewer(look.tx, person)?.unwrap();
                    let entries = which(look.tx, &viewer)?;
                    Ok(entries.iter().map(|entry| entry.number).collect::<Vec<i64>>())
                })
                .unwrap()
        };
        let filtered = |text| listed(desk, person, text, Sort::Due, Grouping::Nothing, MOST_LOOKED);
        assert_eq!(
            given(|tx, viewer| store::work::next(tx, viewer, store::queue::After::START, 100)),
            filtered("is:open unit:mine holder:me,nobody")
        );
        assert_eq!(
            given(|tx, viewer| store::queue::of_person(tx, viewer, store::queue::After::START, 100)),
            filtered("is:open unit:mine holder:me")
        );
        assert_eq!(
            given(|tx, viewer| store::work::waiting(tx, viewer, store::queue::After::START, 100)),
            filtered("is:open unit:mine is:waiting holder:me,nobody")
        );
        assert_eq!(
            given(|tx, viewer| store::work::done(tx, viewer, jiff::Timestamp::MAX, 100)),
            filtered("is:done unit:mine")
        );
    }
}

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
    assert_eq!(faults.to_string(), "At character 4: “is” has no value “opne”; did you mean “open”?");
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
