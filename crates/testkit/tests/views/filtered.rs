//! Lists by a filter: what SQL finds is what the filter means, for whoever looks, in every order.

use std::collections::BTreeSet;
use std::sync::Arc;

use desk::views::Place;
use domain::id::PersonId;
use domain::view::{Grouping, Sort};
use jiff::tz::TimeZone;
use store::filtered::{self, MOST_LOOKED, Mark, Page, Wanted};
use testkit::TestDesk;

use crate::house::{House, house};

const ATOMS: &[&str] = &[
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
    "is:unread",
    "is:draft",
    "is:bounced",
    "bounced:no is:done,open",
    "unread:no",
    "is:snoozed",
    "is:open snoozed:yes,no",
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
    "tag:returns",
    "field.weight:>2",
    "field.weight:-1..2.5",
    "field.weight:none",
    "field.colour:red",
    "field.colour:gr,blue",
    "field.colour:none",
    "field.day:<2026-12",
    "field.serial:ab",
    "field.serial:\"AB-1\"",
    "field.grade:gold",
    "field.friend:eva",
    "linked:any",
    "linked:none",
    "linked:caused-by",
    "linked:causes,duplicate-of",
    "linked:relates-to",
    "linked:1003",
    "linked:1010,1007",
    "linked:99999",
    "tag:none",
    "status:none",
    "status:in",
    "status:\"Parts ordered\"",
    "status:refunded,none",
    "status:\"Open\"",
    "status:open",
    "-status:in status:none,\"parts ordered\"",
    "tag:send-backs,Big_Deal",
    "-tag:returns tag:big-deal",
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
pub(crate) fn listed(
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
                let facts = filtered::facts_for(look.tx, seen.ticket, &viewer, &catalogue)?.unwrap();
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
    for person in [house.bo, house.overseer, house.admin] {
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
            given(|tx, viewer| store::work::snoozed(tx, viewer, store::queue::After::START, 100)),
            filtered("is:snoozed unit:mine")
        );
        assert_eq!(
            given(|tx, viewer| store::work::done(tx, viewer, store::queue::After::END, 100)),
            filtered("is:done unit:mine")
        );
    }
}

pub(crate) fn every_row_knows_the_one_before_it(desk: &TestDesk) {
    let house = house(desk);
    for person in [house.bo, house.overseer] {
        for text in ["is:open", "is:done", "", "from:ada", "is:mine is:open"] {
            for sort in Sort::ALL.iter().copied() {
                for grouping in Grouping::ALL.iter().copied() {
                    let text = text.to_owned();
                    let broken = desk.desk.look_now(move |look| {
                        let viewer = store::access::viewer(look.tx, person)?.unwrap();
                        let catalogue = Arc::clone(&look.catalogue);
                        let zone = TimeZone::UTC;
                        let place =
                            Place { viewer: &viewer, catalogue: &catalogue, now: look.now, zone: &zone };
                        let (_, test) = place.understand(&text)?;
                        let wanted = Wanted {
                            test: &test,
                            sort,
                            grouping,
                            after: None,
                            limit: 200,
                            patience: MOST_LOOKED,
                        };
                        let page = filtered::page(look.tx, &viewer, &catalogue, &wanted)?;
                        let sort = sort.fitting(test.reach());
                        let marks: Vec<Mark> =
                            page.entries.iter().map(|entry| Mark::of(entry, sort)).collect();
                        for (at, mark) in marks.iter().enumerate() {
                            let wanted = Wanted { after: Some(*mark), limit: 1, ..wanted };
                            let before = filtered::before(look.tx, &viewer, &catalogue, &wanted)?;
                            let behind = filtered::page(look.tx, &viewer, &catalogue, &wanted)?;
                            let expected = at.checked_sub(1).map(|at| marks[at].id);
                            let next = marks.get(at + 1).map(|mark| mark.id);
                            if before.map(|mark| mark.id) != expected
                                || behind.entries.first().map(|entry| entry.id) != next
                            {
                                return Ok(Some(format!("{text} {sort:?} {grouping:?} at {at}: {before:?}")));
                            }
                        }
                        Ok(None)
                    });
                    assert_eq!(broken.unwrap(), None);
                }
            }
        }
    }
}
