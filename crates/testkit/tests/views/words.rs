//! Free words in filters: the tickets that have them, as far as the other conditions and the rights let.

use std::collections::BTreeSet;
use std::sync::Arc;

use desk::views::Place;
use domain::id::PersonId;
use domain::view::{Grouping, Sort};
use jiff::tz::TimeZone;
use store::filtered::{self, MOST_LOOKED, Wanted};
use testkit::TestDesk;

use crate::house::house;

pub(crate) fn listed(desk: &TestDesk, person: PersonId, text: &str, grouping: Grouping) -> BTreeSet<i64> {
    let (text, search) = (text.to_owned(), desk.desk.search.clone());
    desk.desk
        .look_now(move |look| {
            let viewer = store::access::viewer(look.tx, person)?.unwrap();
            let catalogue = Arc::clone(&look.catalogue);
            let place = Place { viewer: &viewer, catalogue: &catalogue, now: look.now, zone: &TimeZone::UTC };
            let understood = place.understand_words(look, &search, &text)?;
            let wanted = Wanted {
                test: &understood.test,
                sort: Sort::Due,
                grouping,
                after: None,
                limit: 200,
                patience: MOST_LOOKED,
            };
            let page = filtered::page(look.tx, &viewer, &catalogue, &wanted)?;
            let count = filtered::count(look.tx, &viewer, &catalogue, &understood.test)?;
            assert_eq!((count.found, count.at_least), (page.entries.len() as i64, false), "{text}");
            Ok(page.entries.iter().map(|entry| entry.number).collect())
        })
        .unwrap()
}

/// Tickets that somebody lists and in whose texts, as they read them, each of the words stands in one.
fn meant(desk: &TestDesk, person: PersonId, numbers: &[i64], words: &[&str]) -> BTreeSet<i64> {
    let (numbers, words) =
        (numbers.to_vec(), words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>());
    desk.desk
        .look_now(move |look| {
            let viewer = store::access::viewer(look.tx, person)?.unwrap();
            let mut found = BTreeSet::new();
            for number in numbers {
                use domain::permission::Relation;
                let Some(seen) = store::access::by_number(look.tx, &viewer, number, look.now)? else {
                    continue;
                };
                let Some(granted) = seen.read_inside() else { continue };
                let sheet = store::sheet::inside(look.tx, &granted)?;
                if !matches!(seen.relation, Relation::Serving | Relation::Overseeing) {
                    continue;
                }
                let said = store::message::of_ticket(look.tx, &granted)?;
                let noted = store::message::notes(look.tx, &granted)?;
                let texts = said
                    .iter()
                    .map(|said| &said.message.body)
                    .chain(noted.iter().map(|noted| &noted.note.body));
                let texts: Vec<String> =
                    texts.map(|body| body.to_lowercase()).chain([sheet.subject.to_lowercase()]).collect();
                if texts.iter().any(|text| words.iter().all(|word| text.contains(word))) {
                    found.insert(number);
                }
            }
            Ok(found)
        })
        .unwrap()
}

pub(crate) fn words_join_with_every_other_condition(desk: &TestDesk) {
    let house = house(desk);
    desk.indexes();
    let mut found = 0;
    for person in [house.bo, house.overseer, house.admin] {
        let with = |words: &[&str]| meant(desk, person, &house.numbers, words);
        let list = |text: &str| {
            let plain = listed(desk, person, text, Grouping::Nothing);
            assert_eq!(plain, listed(desk, person, text, Grouping::Unit), "{text}");
            plain
        };
        for words in [&["hello"][..], &["box"], &["kilograms"], &["heavy"], &["nobody"], &["heavy", "how"]] {
            assert_eq!(list(&words.join(" ")), with(words), "{words:?}, as {person} sees it");
            found += with(words).len();
        }
        assert_eq!(list("\"please help\""), with(&["please help"]));
        assert_eq!(list("heavy unit:ware"), &with(&["heavy"]) & &list("unit:ware"));
        assert_eq!(list("heavy -unit:ware"), &with(&["heavy"]) - &list("unit:ware"));
        assert_eq!(list("hello or is:closed"), &with(&["hello"]) | &list("is:closed"));
        assert_eq!(list("-help"), &list("") - &list("help"));
        assert!(list("xyzzy").is_empty());
    }
    assert!(found > 6, "{found}");
}
