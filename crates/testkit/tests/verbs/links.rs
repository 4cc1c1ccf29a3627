//! Links are told at both ends, are seen as far as the other end is, can be undone, and change no clock.

use std::collections::BTreeSet;

use desk::{DeskError, Problem};
use domain::id::{EventId, PersonId};
use domain::link::Link;
use store::access::Seen;
use testkit::TestDesk;
use testkit::asker::Asker;

pub(crate) fn links(
    desk: &TestDesk,
    who: PersonId,
    number: i64,
    link: Link,
    other: i64,
) -> Result<(), DeskError> {
    desk.act(who, move |act, viewer| {
        let seen = store::access::by_number(act.tx, viewer, number, act.now)?.ok_or(DeskError::NotFound)?;
        desk::link::add(act, viewer, seen.serve().ok_or(DeskError::NotAllowed)?, link, other)
    })
}

fn takes_off(desk: &TestDesk, who: PersonId, number: i64, other: i64) -> Result<(), DeskError> {
    desk.act(who, move |act, viewer| {
        let seen = store::access::by_number(act.tx, viewer, number, act.now)?.ok_or(DeskError::NotFound)?;
        desk::link::remove(act, viewer, seen.serve().ok_or(DeskError::NotAllowed)?, other)
    })
}

/// What somebody sees of a ticket's links, and how many events of its history tell of one.
pub(crate) fn seen(desk: &TestDesk, who: PersonId, number: i64) -> (Vec<(Link, i64)>, usize) {
    desk.desk
        .look_now(move |look| {
            let viewer = store::access::viewer(look.tx, who)?.ok_or(DeskError::NotFound)?;
            let seen = store::access::by_number(look.tx, &viewer, number, look.now)?;
            let granted = seen.and_then(Seen::read_inside).ok_or(DeskError::NotFound)?;
            let mut events = store::event::of_ticket(look.tx, granted.ticket)?;
            let (links, others) = desk::link::seen(look, &viewer, granted.ticket, &mut events)?;
            let told = events.iter().filter(|event| domain::link::other(&event.fact).is_some()).count();
            let listed = links.iter().map(|linked| (linked.link, others[&linked.ticket].number)).collect();
            Ok((listed, told))
        })
        .unwrap()
}

fn clocks(desk: &TestDesk, who: PersonId, number: i64) -> (EventId, String) {
    desk.with(who, number, |act, seen| {
        let events = store::event::of_ticket(act.tx, seen.ticket)?;
        let ticket = domain::ticket::Ticket::fold(seen.ticket, &events).unwrap();
        let clocks = desk::project::clocks(&act.catalogue, &ticket, &events);
        let custody = domain::custody::fold(seen.ticket, &events, act.now);
        Ok((events.last().unwrap().id, format!("{clocks:?} {custody:?}")))
    })
    .unwrap()
}

fn undoes(desk: &TestDesk, who: PersonId, number: i64, event: EventId) -> Result<(), DeskError> {
    desk.with(who, number, move |act, seen| desk::undo::run(act, seen.serve().unwrap(), event))
}

pub(crate) fn both_ends_say_it_and_no_clock_changes(desk: &TestDesk, asker: Asker) {
    let support = desk.unit("Support");
    let help = desk.service("Help", support);
    desk.promises(domain::agreement::AgreementKind::Sla, help, 8, desk.always());
    let (ada, kim) = (asker.named(desk, "Ada"), desk.agent("Kim", &[support]));
    let [one, two] = ["Lamp", "Fuse"].map(|subject| ada.opens(desk, help, subject, "It is dark."));
    let before = [one, two].map(|number| clocks(desk, kim, number).1);
    links(desk, kim, one, Link::CausedBy, two).unwrap();
    assert_eq!(seen(desk, kim, one), (vec![(Link::CausedBy, two)], 1));
    assert_eq!(seen(desk, kim, two), (vec![(Link::Causes, one)], 1));
    assert_eq!([one, two].map(|number| clocks(desk, kim, number).1), before);
    let again = links(desk, kim, two, Link::RelatesTo, one);
    assert!(matches!(again, Err(DeskError::Invalid { problem: Problem::LinkedAlready { .. }, .. })));
    let itself = links(desk, kim, one, Link::RelatesTo, one);
    assert!(matches!(itself, Err(DeskError::Invalid { problem: Problem::LinkToItself, .. })));
    let split = links(desk, kim, one, Link::SplitFrom, two);
    assert!(matches!(split, Err(DeskError::Invalid { field: "link", .. })), "a split is said by splitting");
    takes_off(desk, kim, two, one).unwrap();
    takes_off(desk, kim, two, one).unwrap();
    for number in [one, two] {
        assert_eq!(seen(desk, kim, number), (vec![], 2), "what changes nothing is not told");
    }
    let report = desk::recompute::check(&desk.desk, |_| {}).unwrap();
    assert_eq!(report.total, 0, "{:?}", report.differences);
}

pub(crate) fn a_link_to_a_hidden_ticket_is_not_there(desk: &TestDesk) {
    let (support, legal) = (desk.unit("Support"), desk.unit("Legal"));
    let (help, advice) = (desk.service("Help", support), desk.service("Advice", legal));
    let (ada, kim) = (desk.customer("Ada"), desk.agent("Kim", &[support]));
    let (lea, both) = (desk.agent("Lea", &[legal]), desk.agent("Bea", &[support, legal]));
    let one = desk.opens(ada, help, "Lamp", "It is dark.");
    let secret = desk.opens(ada, advice, "Claim", "Who is liable?");
    // Hidden and unknown are the same.
    for number in [secret, 987_654] {
        match links(desk, kim, one, Link::RelatesTo, number) {
            Err(DeskError::Invalid { field: "ticket", problem }) => {
                assert_eq!(problem, Problem::NothingToLink { number });
            }
            other => panic!("{other:?}"),
        }
    }
    // Nor does whoever asked link their own ticket, which they read from outside.
    let own = desk.opens(kim, advice, "My contract", "A word, please.");
    assert!(links(desk, kim, one, Link::RelatesTo, own).is_err());
    links(desk, both, one, Link::CausedBy, secret).unwrap();
    assert_eq!(seen(desk, both, one), (vec![(Link::CausedBy, secret)], 1));
    assert_eq!(seen(desk, kim, one), (vec![], 0));
    assert_eq!(seen(desk, lea, secret), (vec![], 0));
    // Who cannot see it cannot take it off, and is told nothing else than before.
    assert!(takes_off(desk, kim, one, secret).is_err());
    assert_eq!(seen(desk, both, secret), (vec![(Link::Causes, one)], 1));
}

pub(crate) fn a_link_made_just_now_is_undone_at_both_ends(desk: &TestDesk, asker: Asker) {
    let support = desk.unit("Support");
    let help = desk.service("Help", support);
    let (ada, kim) = (asker.named(desk, "Ada"), desk.agent("Kim", &[support]));
    let [one, two] = ["Lamp", "Fuse"].map(|subject| ada.opens(desk, help, subject, "It is dark."));
    links(desk, kim, one, Link::DuplicateOf, two).unwrap();
    undoes(desk, kim, one, clocks(desk, kim, one).0).unwrap();
    for number in [one, two] {
        assert_eq!(seen(desk, kim, number), (vec![], 0));
    }
    links(desk, kim, one, Link::DuplicateOf, two).unwrap();
    takes_off(desk, kim, two, one).unwrap();
    undoes(desk, kim, two, clocks(desk, kim, two).0).unwrap();
    assert_eq!(seen(desk, kim, one).0, [(Link::DuplicateOf, two)]);
    assert_eq!(seen(desk, kim, two).0, [(Link::DuplicatedBy, one)]);
    let report = desk::recompute::check(&desk.desk, |_| {}).unwrap();
    assert_eq!(report.total, 0, "{:?}", report.differences);
}

pub(crate) fn links_leave_with_the_log(desk: &TestDesk) {
    let support = desk.unit("Support");
    let help = desk.service("Help", support);
    let (ada, kim) = (desk.customer("Ada"), desk.agent("Kim", &[support]));
    let [one, two] = ["Lamp", "Fuse"].map(|subject| desk.opens(ada, help, subject, "It is dark."));
    links(desk, kim, one, Link::CausedBy, two).unwrap();
    let mut file = Vec::new();
    let format = desk::eventlog::Format::Ocel;
    let (all, words) = (desk::export::Choice::All, desk::export::Words::LeftOut);
    desk::export::run(&desk.desk, format, all, words, &mut file, &mut |_| {}).unwrap();
    let log: serde_json::Value = serde_json::from_slice(&file).unwrap();
    let relations = log["objects"].as_array().unwrap().iter().flat_map(|object| {
        let own = object["id"].as_str().unwrap();
        let relations = object["relationships"].as_array().unwrap().iter();
        relations.map(move |to| format!("{own} {} {}", to["qualifier"], to["objectId"]).replace('"', ""))
    });
    let relations: BTreeSet<String> = relations.collect();
    assert!(relations.contains(&format!("ticket:{one} caused_by ticket:{two}")), "{relations:?}");
    assert!(relations.contains(&format!("ticket:{two} causes ticket:{one}")), "{relations:?}");
    let kinds: Vec<&str> =
        log["events"].as_array().unwrap().iter().filter_map(|event| event["type"].as_str()).collect();
    assert_eq!(kinds.iter().filter(|kind| **kind == "linked").count(), 2, "{kinds:?}");
}
