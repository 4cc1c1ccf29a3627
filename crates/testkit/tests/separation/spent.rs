//! Time spent: what it was for is read inside alone, and sums are of what somebody reads inside.

use std::collections::{BTreeMap, BTreeSet};

use domain::id::{PersonId, SpentId};
use domain::spent::{By, Month};
use store::spent::report;
use testkit::TestDesk;

use crate::canary::{Canary, word};
use crate::texts::{BO, MO, inside};
use crate::world::World;

const NOTE: &str = "what time was spent for";

pub(crate) fn say(desk: &TestDesk, kim: PersonId, external: i64) {
    desk.with(kim, external, |act, seen| {
        let day = today(act.now);
        let typed = desk::spent::Typed { time: "1:30".to_owned(), day, note: word(NOTE) };
        desk::spent::add(act, seen.annotate().ok_or(desk::DeskError::NotAllowed)?, &typed)
    })
    .unwrap();
}

pub(crate) fn canaries() -> Vec<Canary> {
    vec![Canary { name: NOTE, word: word(NOTE), for_whom: inside(&[BO, MO]) }]
}

fn today(now: jiff::Timestamp) -> jiff::civil::Date {
    now.to_zoned(jiff::tz::TimeZone::UTC).date()
}

/// Every way to sum it.
pub(crate) fn sums(address: &str) -> Vec<String> {
    By::ALL.iter().map(|by| format!("{address}?by={}&months=12", by.as_str())).collect()
}

/// Everything behind every sum.
pub(crate) fn entries(places: &BTreeMap<&'static str, Vec<String>>, address: &str) -> Vec<String> {
    let of = |by: By, place: &str| -> Vec<String> {
        places[place].iter().map(|of| format!("{address}?by={}&of={of}", by.as_str())).collect()
    };
    let mut all = [of(By::Unit, "unit"), of(By::Person, "person"), of(By::Service, "service")].concat();
    all.extend(of(By::Organisation, "organisation"));
    all.extend(
        [
            "by=organisation&of=none",
            "by=month&of=24314",
            "by=unit&of=none",
            "by=month&months=12",
            "after=9.9",
        ]
        .map(|query| format!("{address}?{query}")),
    );
    all
}

/// By hand, ticket by ticket: whoever reads inside of a ticket finds what was worked on it in each sum and behind it.
#[test]
fn sums_are_of_what_somebody_reads_inside() {
    let world = World::new();
    let numbers: Vec<i64> = world.tickets.iter().map(|(number, _)| *number).collect();
    let now = world.desk.now();
    let (day, month) = (domain::custom::day(today(now)), Month::of(today(now)));
    let kim = world.actor(crate::texts::KIM).person.unwrap();
    let marked = numbers.clone();
    world.desk.set_up(move |act| {
        for (place, number) in (0_u32..).zip(&marked) {
            let sql = "select id from ticket where number = $1";
            let ticket = act.tx.query_one(sql, store::params![*number], |row| row.get(0))?;
            let said = store::spent::Said { day, minutes: minutes(place), note: String::new() };
            let id = SpentId(i64::from(place) + 1);
            store::spent::insert(act.tx, (id, ticket, kim), &said, act.now)?;
        }
        Ok(())
    });
    for (name, person) in world.actors.iter().filter_map(|actor| Some((actor.name, actor.person?))) {
        let all_numbers = numbers.clone();
        let read = world.desk.desk.look_now(move |look| {
            let Some(viewer) = store::access::viewer(look.tx, person)? else { return Ok(None) };
            let mut mine: BTreeSet<i64> = BTreeSet::new();
            for number in &all_numbers {
                let seen = store::access::by_number(look.tx, &viewer, *number, look.now)?;
                mine.extend(seen.and_then(store::access::Seen::read_inside).map(|granted| granted.number));
            }
            let mut sums = Vec::new();
            for by in By::ALL {
                let lines = desk::spent::summed::run(look, &viewer, by, (month, month))?;
                sums.push(lines.iter().map(|line| line.minutes).sum::<i64>());
            }
            let all = desk::spent::summed::of_months(month, month).unwrap();
            let page = report::page(look.tx, &viewer, &all, None, 100)?;
            Ok(Some((mine, sums, page.entries)))
        });
        let Some((mine, sums, entries)) = read.unwrap() else { continue };
        let place = |number: &i64| numbers.iter().position(|own| own == number).unwrap();
        let own = 90 * i64::from(mine.contains(&world.number("external")));
        let expected =
            own + mine.iter().map(|number| minutes(u32::try_from(place(number)).unwrap())).sum::<i64>();
        assert_eq!(sums, [expected; By::ALL.len()], "{name}");
        let behind: BTreeSet<i64> = entries.iter().map(|entry| entry.number).collect();
        assert_eq!(behind, mine, "{name}");
        assert_eq!(entries.iter().map(|entry| entry.minutes).sum::<i64>(), expected, "{name}");
    }
}

/// Each ticket its own, so that every set of them has another sum.
const fn minutes(place: u32) -> i64 {
    2_i64.pow(place)
}
