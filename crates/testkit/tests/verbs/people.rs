//! Two people turn out to be one, and are taken apart again: nothing is moved.

use desk::entitled::ByDesk;
use desk::organisations::merge as houses;
use desk::people::{Input, merge};
use desk::{DeskError, Problem};
use domain::event::Actor;
use domain::id::PersonId;
use store::office::Office;
use store::params;
use testkit::TestDesk;

fn merges(desk: &TestDesk, from: PersonId, into: PersonId) -> Result<(), DeskError> {
    desk.desk.act_now(Actor::Desk, move |act| merge::run(act, &ByDesk, from, into))
}

/// Who stands beside which ticket, on which side.
fn beside(desk: &TestDesk) -> Vec<(i64, i64, String)> {
    desk.desk
        .look_now(|look| {
            Ok(look.tx.query(
                "select ticket_id, person_id, side from ticket_person order by ticket_id, person_id",
                params![],
                |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
            )?)
        })
        .unwrap()
}

fn holds_together(desk: &TestDesk) {
    let report = desk::recompute::check(&desk.desk, |_| {}).unwrap();
    assert_eq!(report.total, 0, "{:?}", report.differences);
}

pub(crate) fn merged_people_share_their_tickets_until_they_are_taken_apart(desk: &TestDesk) {
    let (support, stores) = (desk.unit("Support"), desk.unit("Stores"));
    let (help, stock) = (desk.service("Help", support), desk.service("Stock", stores));
    let (work, home) = (desk.customer("Ada"), desk.customer("Ada Home"));
    let kim = desk.agent("Kim", &[support]);
    let (first, second) =
        (desk.opens(work, help, "Lamp", "It is dark."), desk.opens(home, help, "Chair", "It wobbles."));
    let handoff = desk.asks(kim, second, stock, "Chair", "Have we one?");
    let before = beside(desk);
    assert!(desk.sees(work, second).is_none());

    merges(desk, home, work).unwrap();
    assert!(desk.sees(work, first).is_some() && desk.sees(work, second).is_some());
    assert!(desk.sees(work, handoff).is_none(), "what units ask each other stays inside");
    assert!(desk.sees(home, second).is_none(), "an entry that was merged signs in no more");
    let leads_to = |address: &str| {
        let address = address.to_owned();
        let found = desk.desk.look_now(move |look| Ok(store::person::behind_email(look.tx, &address)?));
        found.unwrap().map(|person| person.id)
    };
    let address = desk.desk.look_now(move |look| Ok(store::person::by_id(look.tx, home)?)).unwrap().unwrap();
    assert_eq!(leads_to(&address.email.unwrap()), Some(work));
    holds_together(desk);
    let third = desk.opens(work, help, "Table", "It is short.");
    let later = desk.asks(kim, second, stock, "Another", "Or another one?");
    assert!(desk.sees(work, later).is_none());
    holds_together(desk);

    desk.set_up(move |act| merge::undo(act, &ByDesk, home));
    assert!(desk.sees(work, second).is_none() && desk.sees(work, third).is_some());
    assert!(desk.sees(home, second).is_some() && desk.sees(home, third).is_none());
    let still: Vec<_> = beside(desk).into_iter().filter(|row| before.contains(row)).collect();
    assert_eq!(still, before);
    holds_together(desk);
}

pub(crate) fn a_merge_that_would_go_wrong_is_refused_and_changes_nothing(desk: &TestDesk) {
    let support = desk.unit("Support");
    let [ada, bea, cleo] = ["Ada", "Bea", "Cleo"].map(|name| desk.customer(name));
    let kim = desk.agent("Kim", &[support]);
    let amal = desk.employee("Amal");
    desk.appoint(amal, Office::Administrator);
    let problem = |from, into| match merges(desk, from, into) {
        Err(DeskError::Invalid { problem, .. }) => problem,
        other => panic!("{other:?}"),
    };
    assert_eq!(problem(ada, ada), Problem::MergeWithThemselves);
    assert_eq!(problem(kim, ada), Problem::MergeOfServing { name: "Kim".to_owned() });
    merges(desk, ada, bea).unwrap();
    assert_eq!(problem(ada, cleo), Problem::MergedAlready { name: "Ada".to_owned(), into: "Bea".to_owned() });
    assert_eq!(problem(cleo, ada), Problem::MergedAlready { name: "Ada".to_owned(), into: "Bea".to_owned() });
    // What was merged goes along.
    let help = desk.service("Help", support);
    merges(desk, bea, cleo).unwrap();
    let number = desk.opens(cleo, help, "Lamp", "It is dark.");
    assert!(desk.sees(cleo, number).is_some());
    holds_together(desk);
    let same = |after: &'static str| {
        desk.desk.look_now(move |look| Ok(store::person::shared_names(look.tx, after, 9)?)).unwrap()
    };
    assert!(same("").is_empty());
    let twin = desk.set_up(|act| desk::people::create(act, &ByDesk, &Input::named("CLEO"), &[]));
    assert_eq!((same(""), same("cleo")), (vec!["CLEO".to_owned()], Vec::new()), "as one of them writes it");
    let found = desk.desk.look_now(|look| Ok(store::person::of_name(look.tx, "Cleo", 9)?)).unwrap();
    assert_eq!(found.iter().map(|person| person.id).collect::<Vec<_>>(), [cleo, twin]);

    let own = desk.act(amal, move |act, viewer| merge::run(act, viewer, cleo, amal));
    assert!(matches!(own, Err(DeskError::Invalid { problem: Problem::MergeOfOneself, .. })), "{own:?}");
    let stranger = desk.act(kim, move |act, viewer| merge::undo(act, viewer, bea));
    assert!(matches!(stranger, Err(DeskError::NotFound)), "{stranger:?}");
}

pub(crate) fn people_of_a_merged_organisation_go_over_and_come_back(desk: &TestDesk) {
    let support = desk.unit("Support");
    let help = desk.service("Help", support);
    let (contoso, ltd) = (desk.organisation("Contoso", true), desk.organisation("Contoso Ltd", true));
    let fabrikam = desk.organisation("Fabrikam", true);
    let [ada, bea, cleo] = [("Ada", contoso), ("Bea", ltd), ("Cleo", ltd)]
        .map(|(name, house)| desk.person(name, domain::affiliation::Relation::Buyer, Some(house)));
    let (old, theirs) =
        (desk.opens(bea, help, "Lamp", "It is dark."), desk.opens(ada, help, "Chair", "It wobbles."));
    let merges =
        |from, into| desk.desk.act_now(Actor::Desk, move |act| houses::run(act, &ByDesk, from, into));

    assert_eq!(merges(ltd, contoso).unwrap(), 2);
    assert!(desk.sees(bea, theirs).is_some(), "she is of the house now");
    assert!(desk.sees(ada, old).is_none(), "what was asked before is shared as it was");
    assert!(desk.sees(bea, old).is_some());
    let new = desk.opens(bea, help, "Table", "It is short.");
    assert!(desk.sees(ada, new).is_some());
    for (from, into) in [(contoso, contoso), (ltd, fabrikam), (fabrikam, ltd)] {
        assert!(matches!(merges(from, into), Err(DeskError::Invalid { field: "into", .. })));
    }
    holds_together(desk);

    // Cleo went somewhere else since; that stays.
    desk.set_up(move |act| {
        let input = Input { organisation: Some(fabrikam), ..Input::named("Cleo") };
        desk::people::change(act, &ByDesk, cleo, &input)
    });
    assert_eq!(desk.set_up(move |act| houses::undo(act, &ByDesk, ltd)), 1);
    assert!(desk.sees(bea, theirs).is_none() && desk.sees(cleo, old).is_none());
    let again = desk.desk.act_now(Actor::Desk, move |act| houses::undo(act, &ByDesk, ltd));
    assert!(matches!(again, Err(DeskError::Invalid { problem: Problem::NotMerged, .. })));
    holds_together(desk);
}

pub(crate) fn whom_somebody_serves_of_many_people_is_known_at_once(desk: &TestDesk) {
    let (support, stores) = (desk.unit("Support"), desk.unit("Stores"));
    let (help, stock) = (desk.service("Help", support), desk.service("Stock", stores));
    let kim = desk.agent("Kim", &[support]);
    let names = ["Ada", "Ben", "Cleo", "Dan", "Eli"];
    let [ada, ben, cleo, dan, eli] = names.map(|name| desk.customer(name));
    desk.opens(ada, help, "Lamp", "It is dark.");
    desk.opens(ben, stock, "Chair", "It wobbles.");
    // Long ago there was one that Kim reads, and for another one there never was.
    desk.opens(dan, help, "Table", "It is short.");
    for _ in 0..12 {
        desk.opens(dan, stock, "Shelf", "It is full.");
        desk.opens(eli, stock, "Shelf", "It is full.");
    }
    let served = |people: Vec<PersonId>| {
        desk.desk
            .look_now(move |look| {
                let viewer = store::access::viewer(look.tx, kim)?.unwrap();
                let before = look.tx.statements();
                let served = store::history::served(look.tx, &viewer, &people)?;
                let statements = look.tx.statements() - before;
                for person in people {
                    let whose = store::history::Whose::Person(person);
                    let alone = store::history::is_served_by(look.tx, &viewer, whose)?;
                    assert_eq!(served.contains(&person), alone, "{person}");
                }
                Ok((served, statements))
            })
            .unwrap()
    };
    assert_eq!(served(vec![ada, ben, cleo, dan, eli]).0, [ada, dan].into());
    assert_eq!(served(vec![ada, ben, cleo]), ([ada].into(), 2));
    assert_eq!(served(Vec::new()), ([].into(), 0));
}

pub(crate) fn what_somebody_asked_lately_is_found_behind_what_is_hidden(desk: &TestDesk) {
    let (support, stores) = (desk.unit("Support"), desk.unit("Stores"));
    let (help, stock) = (desk.service("Help", support), desk.service("Stock", stores));
    let (ada, kim) = (desk.customer("Ada"), desk.agent("Kim", &[support]));
    let latest = |except: i64, limit: usize| -> Vec<i64> {
        let found = desk.with(kim, except, move |act, seen| {
            let viewer = store::access::viewer(act.tx, kim)?.expect("an agent");
            Ok(store::history::latest(act.tx, &viewer, ada, seen.ticket, limit)?)
        });
        found.unwrap().into_iter().map(|entry| entry.number).collect()
    };
    let opens = |service, many: usize| -> Vec<i64> {
        (0..many)
            .map(|_| {
                desk.wait(jiff::SignedDuration::from_mins(1));
                desk.opens(ada, service, "Lamp", "It is dark.")
            })
            .collect()
    };
    let seen = opens(help, 3);
    let hidden = opens(stock, 10);
    let last = opens(help, 1)[0];
    assert_eq!(latest(last, 5), [seen[2], seen[1], seen[0]]);
    assert_eq!(latest(last, 2), [seen[2], seen[1]]);
    assert_eq!(latest(seen[2], 5), [last, seen[1], seen[0]]);
    assert!(hidden.iter().all(|number| desk.sees(kim, *number).is_none()));
    // The sixteen before it are all hidden now, but for one.
    let more = opens(stock, 15);
    assert!(latest(last, 5).is_empty(), "{more:?}");
    assert_eq!(latest(seen[0], 5), [last], "the last one that is looked at");
}
