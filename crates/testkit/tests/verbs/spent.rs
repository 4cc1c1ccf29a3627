//! Time spent is said by whoever worked, corrected by them alone with what it said before, and is no part of the
//! ledger.

use desk::DeskError;
use desk::spent::{self, Typed};
use domain::id::{PersonId, SpentId};
use testkit::TestDesk;

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

pub(crate) fn time_spent_is_ones_own_and_no_part_of_the_ledger(desk: &TestDesk) {
    let support = desk.unit("Support");
    let help = desk.service("Help", support);
    let ada = desk.customer("Ada");
    let [kim, lea] = ["Kim", "Lea"].map(|name| desk.agent(name, &[support]));
    let number = desk.opens(ada, help, "Lamp", "It is dark.");
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
    assert!(says(desk, ada, number, "5").is_err(), "requesters say none");
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
