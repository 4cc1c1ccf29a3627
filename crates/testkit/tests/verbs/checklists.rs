//! Checklists: who did which step when, and that no clock knows of it.

use desk::entitled::ByDesk;
use desk::{DeskError, Problem, checklist};
use domain::id::{ItemId, PersonId};
use testkit::TestDesk;

fn adds(desk: &TestDesk, who: PersonId, number: i64, lines: &str) -> Result<(), DeskError> {
    let lines = lines.to_owned();
    desk.with(who, number, move |act, seen| {
        checklist::add(act, seen.annotate().ok_or(DeskError::NotAllowed)?, &lines)
    })
}

fn ticks(desk: &TestDesk, who: PersonId, number: i64, item: ItemId, done: bool) -> Result<(), DeskError> {
    desk.with(who, number, move |act, seen| {
        checklist::tick(act, seen.annotate().ok_or(DeskError::NotAllowed)?, item, done)
    })
}

/// Each step with who did it.
fn steps(desk: &TestDesk, who: PersonId, number: i64) -> Vec<(ItemId, String, Option<String>)> {
    desk.with(who, number, |act, seen| {
        let items = store::checklist::of_ticket(act.tx, &seen.read_inside().unwrap())?;
        Ok(items.into_iter().map(|item| (item.id, item.words, item.done.map(|(name, _)| name))).collect())
    })
    .unwrap()
}

fn said(desk: &TestDesk, who: PersonId, number: i64) -> Vec<String> {
    let mark = |(_, words, done): (ItemId, String, Option<String>)| match done {
        Some(name) => format!("{words}: {name}"),
        None => words,
    };
    steps(desk, who, number).into_iter().map(mark).collect()
}

pub(crate) fn steps_are_ticked_off_by_whoever_serves_and_change_no_clock(desk: &TestDesk) {
    let support = desk.unit("Support");
    let help = desk.service("Help", support);
    let ada = desk.customer("Ada");
    let [kim, lea] = ["Kim", "Lea"].map(|name| desk.agent(name, &[support]));
    let number = desk.opens(ada, help, "Lamp", "It is dark.");
    let custody = |desk: &TestDesk| {
        desk.with(kim, number, |act, seen| {
            let events = store::event::of_ticket(act.tx, seen.ticket)?;
            Ok(format!("{:?}", domain::custody::fold(seen.ticket, &events, act.now)))
        })
        .unwrap()
    };
    let before = custody(desk);
    adds(desk, kim, number, " Look   at it \n\nMend it\nLook at it").unwrap();
    assert_eq!(said(desk, lea, number), ["Look at it", "Mend it"]);
    let first = steps(desk, kim, number)[0].0;
    ticks(desk, kim, number, first, true).unwrap();
    ticks(desk, lea, number, first, true).unwrap();
    assert_eq!(said(desk, lea, number), ["Look at it: Kim", "Mend it"], "the first to do it did it");
    ticks(desk, lea, number, first, false).unwrap();
    assert_eq!(said(desk, lea, number), ["Look at it", "Mend it"]);
    assert!(adds(desk, ada, number, "Hurry").is_err(), "requesters have no list");
    let other = desk.opens(ada, help, "Chair", "It wobbles.");
    assert!(matches!(ticks(desk, kim, other, first, true), Err(DeskError::NotFound)));
    desk.with(kim, number, move |act, seen| checklist::remove(act, seen.annotate().unwrap(), first)).unwrap();
    assert_eq!(said(desk, lea, number), ["Mend it"]);
    assert_eq!(custody(desk), before);
    let report = desk::recompute::check(&desk.desk, |_| {}).unwrap();
    assert_eq!(report.total, 0, "{:?}", report.differences);
}

pub(crate) fn a_checklist_has_bounds_and_a_service_its_usual_steps(desk: &TestDesk) {
    let support = desk.unit("Support");
    let help = desk.service("Help", support);
    let (ada, kim) = (desk.customer("Ada"), desk.agent("Kim", &[support]));
    let number = desk.opens(ada, help, "Lamp", "It is dark.");
    let lines =
        |from: usize, to: usize| (from..to).map(|n| format!("Step {n}")).collect::<Vec<_>>().join("\n");
    let refused = |result: Result<(), DeskError>| match result {
        Err(DeskError::Invalid { problem, .. }) => problem,
        other => panic!("{other:?}"),
    };
    assert_eq!(refused(adds(desk, kim, number, " \n ")), Problem::ChecklistEmpty);
    adds(desk, kim, number, &lines(0, checklist::MOST)).unwrap();
    let full = refused(adds(desk, kim, number, "One more"));
    assert_eq!(full, Problem::ChecklistFull { most: checklist::MOST });
    adds(desk, kim, number, "Step 3").unwrap();
    assert_eq!(said(desk, kim, number).len(), checklist::MOST, "what is there is not added again");
    let long = "x".repeat(checklist::LONGEST + 1);
    let most = checklist::LONGEST;
    assert_eq!(refused(adds(desk, kim, number, &long)), Problem::CustomTooLong { length: most + 1, most });
    let usual = |desk: &TestDesk| {
        desk.desk
            .look_now(|look| Ok(look.catalogue.usual_steps.values().cloned().collect::<Vec<_>>()))
            .unwrap()
    };
    desk.set_up(move |act| checklist::set_usual(act, &ByDesk, help, "Look\n\n Mend "));
    assert_eq!(usual(desk), ["Look\nMend"]);
    desk.set_up(move |act| checklist::set_usual(act, &ByDesk, help, ""));
    assert!(usual(desk).is_empty());
}
