//! Time spent is said by whoever worked, corrected by them alone with what it said before, and is no part of the
//! ledger.

use desk::DeskError;
use desk::spent::summed::{self, Key, Line};
use desk::spent::{self, Typed};
use domain::affiliation::Relation;
use domain::id::{OrganisationId, PersonId, ServiceId, SpentId, UnitId};
use domain::spent::{By, Month};
use store::spent::report::{self, Wanted};
use testkit::TestDesk;
use testkit::asker::Asker;

fn typed(time: &str, note: &str) -> Typed {
    Typed { time: time.to_owned(), day: jiff::civil::date(2026, 11, 24), note: note.to_owned() }
}

fn says(desk: &TestDesk, who: PersonId, number: i64, time: &str) -> Result<SpentId, DeskError> {
    let typed = typed(time, "Looked for it");
    desk.with(who, number, move |act, seen| {
        spent::add(act, seen.annotate().ok_or(DeskError::NotAllowed)?, &typed)
    })
}

fn sum(desk: &TestDesk, who: PersonId, number: i64) -> (i64, usize) {
    desk.with(who, number, |act, seen| {
        let granted = seen.read_inside().unwrap();
        let entries = store::spent::of_ticket(act.tx, &granted)?;
        let before = store::spent::before(act.tx, &granted)?;
        Ok((entries.iter().map(|entry| entry.minutes).sum(), before.len()))
    })
    .unwrap()
}

pub(crate) fn time_spent_is_ones_own_and_no_part_of_the_ledger(desk: &TestDesk, asker: Asker) {
    let support = desk.unit("Support");
    let help = desk.service("Help", support);
    let ada = asker.named(desk, "Ada");
    let [kim, lea] = ["Kim", "Lea"].map(|name| desk.agent(name, &[support]));
    let number = ada.opens(desk, help, "Lamp", "It is dark.");
    let ledger = |desk: &TestDesk| {
        desk.with(kim, number, |act, seen| {
            let events = store::event::of_ticket(act.tx, seen.ticket)?;
            Ok(format!("{:?}", domain::custody::fold(seen.ticket, &events, act.now)))
        })
        .unwrap()
    };
    let before = ledger(desk);
    let first = says(desk, kim, number, "1:30").unwrap();
    says(desk, lea, number, "45m").unwrap();
    assert!(says(desk, kim, number, "0").is_err() && says(desk, kim, number, "an hour").is_err());
    assert!(says(desk, ada.person, number, "5").is_err(), "requesters say none");
    assert_eq!(sum(desk, lea, number), (135, 0));
    let corrects = |who: PersonId, time: &str| {
        let typed = typed(time, "Less");
        desk.with(who, number, move |act, seen| {
            spent::correct(act, seen.annotate().ok_or(DeskError::NotAllowed)?, first, &typed)
        })
    };
    assert!(matches!(corrects(lea, "1"), Err(DeskError::NotFound)), "it is not hers");
    corrects(kim, "1h").unwrap();
    assert_eq!(sum(desk, lea, number), (105, 1));
    assert_eq!(ledger(desk), before);
    let mut file = Vec::new();
    let (all, words) = (desk::export::Choice::All, desk::export::Words::LeftOut);
    desk::export::run(&desk.desk, desk::eventlog::Format::Csv, all, words, &mut file, &mut |_| {}).unwrap();
    let file = String::from_utf8(file).unwrap().replace("\"\"", "\"");
    assert!(file.contains(r#"[["Kim","2026-11-24",60],["Lea","2026-11-24",45]]"#), "{file}");
    let report = desk::recompute::check(&desk.desk, |_| {}).unwrap();
    assert_eq!(report.total, 0, "{:?}", report.differences);
}

/// A unit for customers and one for goods, and what was worked in October and November.
#[derive(Clone, Copy)]
struct Office {
    support: UnitId,
    warehouse: UnitId,
    help: ServiceId,
    stock: ServiceId,
    contoso: OrganisationId,
    ada: PersonId,
    kim: PersonId,
    bo: PersonId,
    overseer: PersonId,
}

impl Office {
    fn new(desk: &TestDesk) -> Self {
        let (support, warehouse) = (desk.unit("Support"), desk.unit("Warehouse"));
        let (help, stock) = (desk.service("Help", support), desk.service("Stock", warehouse));
        let contoso = desk.organisation("Contoso", false);
        let (ada, tom) = (desk.person("Ada", Relation::Buyer, Some(contoso)), desk.customer("Tom"));
        let (kim, bo) = (desk.agent("Kim", &[support]), desk.agent("Bo", &[warehouse]));
        let (lamp, chair) =
            (desk.opens(ada, help, "Lamp", "Dark."), desk.opens(tom, stock, "Chair", "Wobbly."));
        let says_on = |who: PersonId, number: i64, time: &str, month: i8, day: i8| {
            let (time, note) = (time.to_owned(), String::new());
            let typed = Typed { time, day: jiff::civil::date(2026, month, day), note };
            desk.with(who, number, move |act, seen| spent::add(act, seen.annotate().unwrap(), &typed))
                .unwrap()
        };
        says_on(kim, lamp, "1:30", 11, 24);
        says_on(kim, lamp, "15m", 10, 31);
        let gone = says_on(kim, lamp, "4h", 11, 1);
        says_on(bo, chair, "10m", 11, 30);
        let corrected =
            Typed { time: "0".to_owned(), day: jiff::civil::date(2026, 11, 1), note: String::new() };
        desk.with(kim, lamp, move |act, seen| {
            spent::correct(act, seen.annotate().unwrap(), gone, &corrected)
        })
        .unwrap();
        let overseer = desk.employee("Otis");
        desk.appoint(overseer, store::office::Office::Overseer(None));
        Self { support, warehouse, help, stock, contoso, ada, kim, bo, overseer }
    }
}

pub(crate) fn time_is_summed_as_far_as_its_reader_may_read(desk: &TestDesk) {
    let office = Office::new(desk);
    let Office { support, warehouse, stock, contoso, ada, kim, bo, overseer, .. } = office;
    let month = |number: i8| Month::of(jiff::civil::date(2026, number, 1));
    let sums = |who: PersonId, by: By, first: i8| -> Vec<(Key, Option<String>, i64, usize, usize)> {
        let lines = desk.desk.look_now(move |look| {
            let viewer = store::access::viewer(look.tx, who)?.unwrap();
            summed::run(look, &viewer, by, (month(first), month(11)))
        });
        let told = |line: Line| (line.key, line.name, line.minutes, line.entries, line.tickets);
        lines.unwrap().into_iter().map(told).collect()
    };
    let named = |name: &str| Some(name.to_owned());
    assert_eq!(
        sums(overseer, By::Unit, 10),
        [
            (Key::Unit(support), named("Support"), 105, 2, 1),
            (Key::Unit(warehouse), named("Warehouse"), 10, 1, 1)
        ]
    );
    assert_eq!(sums(overseer, By::Unit, 11)[0].2, 90, "what was worked in October is not of November");
    assert_eq!(
        sums(overseer, By::Organisation, 10),
        [
            (Key::Organisation(Some(contoso)), named("Contoso"), 105, 2, 1),
            (Key::Organisation(None), None, 10, 1, 1)
        ]
    );
    assert_eq!(
        sums(overseer, By::Month, 10),
        [
            (Key::Month(month(11)), named("2026-11"), 100, 2, 2),
            (Key::Month(month(10)), named("2026-10"), 15, 1, 1)
        ]
    );
    assert_eq!(sums(kim, By::Person, 10), [(Key::Person(kim), named("Kim"), 105, 2, 1)]);
    assert_eq!(sums(bo, By::Service, 10), [(Key::Service(stock), named("Stock"), 10, 1, 1)]);
    assert!(sums(ada, By::Person, 10).is_empty(), "requesters are told nothing of it");
}

pub(crate) fn each_sum_opens_its_entries_page_by_page(desk: &TestDesk) {
    let office = Office::new(desk);
    let Office { support, help, contoso, bo, overseer, .. } = office;
    let month = |number: i8| Month::of(jiff::civil::date(2026, number, 1));
    let behind = |of: Option<(By, Option<i64>)>| -> Vec<i64> {
        let pages = desk.desk.look_now(move |look| {
            let viewer = store::access::viewer(look.tx, overseer)?.unwrap();
            let wanted = Wanted { of, ..summed::of_months(month(10), month(11)).unwrap() };
            let (mut all, mut after) = (Vec::new(), None);
            loop {
                let page = report::page(look.tx, &viewer, &wanted, after, 1)?;
                assert!(page.entries.len() <= 1);
                all.extend(page.entries.iter().map(|entry| entry.minutes));
                after = page.next;
                if after.is_none() {
                    return Ok(all);
                }
            }
        });
        pages.unwrap()
    };
    assert_eq!(behind(None), [10, 90, 15], "the latest day first, page by page");
    for (by, key, found) in [
        (By::Unit, Some(support.0), vec![90, 15]),
        (By::Person, Some(bo.0), vec![10]),
        (By::Service, Some(help.0), vec![90, 15]),
        (By::Organisation, Some(contoso.0), vec![90, 15]),
        (By::Organisation, None, vec![10]),
    ] {
        assert_eq!(behind(Some((by, key))), found, "{by:?}");
    }
}
