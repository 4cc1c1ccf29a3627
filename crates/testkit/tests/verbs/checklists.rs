//! Checklists: who did which step when, and that no clock knows of it.

use desk::entitled::ByDesk;
use desk::{DeskError, Problem, checklist};
use domain::event::{Detail, Event, Fact};
use domain::id::{ItemId, PersonId};
use domain::place::Step;
use testkit::TestDesk;
use testkit::asker::Asker;

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

pub(crate) fn steps_are_ticked_off_by_whoever_serves_and_change_no_clock(desk: &TestDesk, asker: Asker) {
    let support = desk.unit("Support");
    let help = desk.service("Help", support);
    let ada = asker.named(desk, "Ada");
    let [kim, lea] = ["Kim", "Lea"].map(|name| desk.agent(name, &[support]));
    let number = ada.opens(desk, help, "Lamp", "It is dark.");
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
    assert!(adds(desk, ada.person, number, "Hurry").is_err(), "requesters have no list");
    let other = ada.opens(desk, help, "Chair", "It wobbles.");
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

pub(crate) fn steps_are_put_in_order_and_reworded_and_leave_in_files(desk: &TestDesk) {
    let support = desk.unit("Support");
    let help = desk.service("Help", support);
    let (ada, kim) = (desk.customer("Ada"), desk.agent("Kim", &[support]));
    let number = desk.opens(ada, help, "Lamp", "It is dark.");
    adds(desk, kim, number, "Look\nMend\nWrite").unwrap();
    let [look, mend, write] = [0, 1, 2].map(|place| steps(desk, kim, number)[place].0);
    let places = |who: PersonId, on: i64, item: ItemId, step: Step| {
        desk.with(who, on, move |act, seen| {
            checklist::place(act, seen.annotate().ok_or(DeskError::NotAllowed)?, item, step)
        })
    };
    places(kim, number, write, Step::Up).unwrap();
    places(kim, number, look, Step::Up).unwrap();
    assert_eq!(said(desk, kim, number), ["Look", "Write", "Mend"], "at the end nothing happens");
    places(kim, number, look, Step::Down).unwrap();
    places(kim, number, look, Step::Down).unwrap();
    places(kim, number, look, Step::Down).unwrap();
    assert_eq!(said(desk, kim, number), ["Write", "Mend", "Look"]);
    let other = desk.opens(ada, help, "Chair", "It wobbles.");
    assert!(matches!(places(kim, other, look, Step::Up), Err(DeskError::NotFound)), "it stands elsewhere");
    assert!(places(ada, number, look, Step::Up).is_err(), "requesters have no list");
    let rewords = |item: ItemId, words: &str| {
        let words = words.to_owned();
        desk.with(kim, number, move |act, seen| {
            checklist::reword(act, seen.annotate().unwrap(), item, &words)
        })
    };
    let refused = |result: Result<(), DeskError>| match result {
        Err(DeskError::Invalid { problem, .. }) => problem,
        other => panic!("{other:?}"),
    };
    rewords(mend, " Mend   the lamp ").unwrap();
    assert_eq!(refused(rewords(write, "Mend the lamp")), Problem::ChecklistTwice);
    assert_eq!(refused(rewords(write, " ")), Problem::ChecklistEmpty);
    ticks(desk, kim, number, look, true).unwrap();
    assert_eq!(refused(rewords(look, "Look away")), Problem::ChecklistDone);
    rewords(look, "Look").unwrap();
    adds(desk, kim, number, "Last").unwrap();
    assert_eq!(said(desk, kim, number), ["Write", "Mend the lamp", "Look: Kim", "Last"]);
    assert_eq!(told(desk, kim, number), ["moved", "moved", "moved", "reworded", "done", "added"]);
    leaves(desk, r#""checklist":[{"words":"Write"},{"words":"Mend the lamp"},{"done":["Kim","#);
    let report = desk::recompute::check(&desk.desk, |_| {}).unwrap();
    assert_eq!(report.total, 0, "{:?}", report.differences);
}

/// What the events say of the steps, after they were put on the list.
fn told(desk: &TestDesk, who: PersonId, number: i64) -> Vec<String> {
    let events =
        desk.with(who, number, |act, seen| Ok(store::event::of_ticket(act.tx, seen.ticket)?)).unwrap();
    let what = |event: &Event| match event.fact {
        Fact::Detailed(Detail::Ticked { what, .. }) => Some(format!("{what:?}").to_lowercase()),
        _ => None,
    };
    events.iter().filter_map(what).skip(3).collect()
}

/// Every kind of file says it.
fn leaves(desk: &TestDesk, words: &str) {
    use desk::eventlog::Format::{Csv, Ocel, Xes};
    for format in [Csv, Xes, Ocel] {
        let mut file = Vec::new();
        let (all, left_out) = (desk::export::Choice::All, desk::export::Words::LeftOut);
        desk::export::run(&desk.desk, format, all, left_out, &mut file, &mut |_| {}).unwrap();
        let file = String::from_utf8(file).unwrap();
        let file = file.replace("\"\"", "\"").replace("&quot;", "\"").replace("\\\"", "\"");
        assert!(file.contains(words), "{format:?}: {file}");
    }
}

pub(crate) fn usual_steps_are_put_in_order(desk: &TestDesk) {
    let support = desk.unit("Support");
    let help = desk.service("Help", support);
    desk.set_up(move |act| checklist::set_usual(act, &ByDesk, help, "Look\nMend\nWrite"));
    let places = move |words: &'static str, step: Step| {
        desk.set_up(move |act| checklist::place_usual(act, &ByDesk, help, words, step));
        desk.desk.look_now(move |look| Ok(look.catalogue.usual_steps[&help].clone())).unwrap()
    };
    assert_eq!(places("Write", Step::Up), "Look\nWrite\nMend");
    assert_eq!(places("Look", Step::Down), "Write\nLook\nMend");
    assert_eq!(places("Mend", Step::Down), "Write\nLook\nMend");
}
