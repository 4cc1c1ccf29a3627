//! Searches in which a filter stands beside words: they find what a list of the same line shows.

use std::collections::BTreeSet;

use desk::search::{Behind, Found, Kind, Nearness, What};
use desk::{DeskError, Problem};
use domain::id::PersonId;
use domain::view::Grouping;
use jiff::SignedDuration;
use testkit::TestDesk;

use crate::house::house;
use crate::words::listed;

const OF_TICKETS: [Kind; 3] = [Kind::Ticket, Kind::Message, Kind::Note];

fn number(what: &What) -> i64 {
    match what {
        What::Ticket { number, .. } | What::Message { number, .. } | What::Note { number, .. } => *number,
        What::Person { .. } | What::Organisation { .. } => panic!("a filter says nothing of {what:?}"),
    }
}

/// The tickets of all hits that have every word, page by page.
fn found(desk: &TestDesk, person: PersonId, line: &str, patience: usize) -> BTreeSet<i64> {
    let mut found = BTreeSet::new();
    for kind in OF_TICKETS {
        let mut behind = None;
        loop {
            let page: Found = desk.searches_patiently(person, line, (Some(kind), behind), patience).unwrap();
            let Some(group) = page.groups.into_iter().next() else { break };
            let every = group.hits.iter().filter(|hit| hit.nearness == Nearness::Every);
            found.extend(every.map(|hit| number(&hit.what)));
            let Some(more) = group.more else { break };
            behind = Behind::parse(&more.written());
        }
    }
    found
}

pub(crate) fn a_search_with_a_filter_finds_what_the_list_of_both_shows(desk: &TestDesk) {
    let house = house(desk);
    desk.indexes();
    let mut hits = 0;
    for person in [house.kim, house.bo, house.lead, house.overseer, house.admin] {
        for line in [
            "help is:open",
            "help is:done",
            "is:open \"please help\"",
            "from:ada help",
            "help unit:customer -priority:1",
            "help -from:ada opened:<1000d",
            "(is:open or is:solved) matter",
            "is:open help matter",
            "matter is:handoff,blocked",
            "help (from:bob or box) is:open",
        ] {
            let list = listed(desk, person, line, Grouping::Nothing);
            for patience in [2, 1_000] {
                assert_eq!(found(desk, person, line, patience), list, "{line} with {patience}");
            }
            hits += list.len();
        }
    }
    assert!(hits > 60, "{hits}");
    // Who lists nothing types nothing but words.
    assert_eq!(found(desk, house.ada, "is:open", 9), BTreeSet::new());
    assert!(!desk.finds(house.ada, "please help").is_empty());
}

pub(crate) fn a_search_looks_through_so_many_hits_says_so_and_goes_on(desk: &TestDesk) {
    let support = desk.unit("Support");
    let help = desk.service("Help", support);
    let (ada, kim) = (desk.customer("Ada"), desk.agent("Kim", &[support]));
    let first = desk.opens(ada, help, "Lamp", "It flickers.");
    desk.takes(kim, first);
    for _ in 0..12 {
        desk.wait(SignedDuration::from_mins(1));
        desk.opens(ada, help, "Lamp", "It flickers.");
    }
    desk.indexes();
    // The one that passes comes last; of so few looks nobody knows that it is the only one.
    let line = "lamp -holder:nobody";
    let (mut behind, mut pages) = (None, 0);
    let last = loop {
        let page = desk.searches_patiently(kim, line, (Some(Kind::Ticket), behind), 2).unwrap();
        let group = page.groups.into_iter().next().unwrap();
        pages += 1;
        if group.looked.is_none() {
            break group;
        }
        assert_eq!((group.hits.len(), group.looked), (0, Some(4)), "what was looked at is said");
        behind = group.more;
        assert!(behind.is_some(), "and where it goes on");
    };
    assert_eq!((pages, last.hits.len(), number(&last.hits[0].what)), (4, 1, first));
    let at_once = desk.searches_patiently(kim, line, (Some(Kind::Ticket), None), 1_000).unwrap();
    assert_eq!((at_once.groups[0].hits.len(), at_once.groups[0].looked), (1, None));
}

pub(crate) fn what_is_wrong_with_a_filter_in_a_search_is_said_and_plain_words_never_are(desk: &TestDesk) {
    let house = house(desk);
    desk.indexes();
    let asked = |line: &str| desk.searches_patiently(house.kim, line, (None, None), 1_000);
    for (line, says) in [
        ("help is:opne", "At character 9: “is” has no value “opne” (did you mean “open”?)"),
        ("is:open wating:us help", "there is no field “wating” (did you mean “waiting:”?)"),
        ("unit:nowhere help", "nowhere"),
        ("is:open (help", "bracket"),
    ] {
        let Err(DeskError::Invalid { problem: problem @ Problem::FilterWrong { .. }, .. }) = asked(line)
        else {
            panic!("{line} is understood")
        };
        let said = problem.to_string();
        assert!(said.contains(says), "{line}: {said}");
    }
    for line in [
        "wating:us",
        "Re: help",
        "(help",
        "-help",
        "help or",
        "\"help",
        "http://help.example:80/is:open",
        "not",
    ] {
        assert!(asked(line).is_ok(), "{line}");
    }
}
