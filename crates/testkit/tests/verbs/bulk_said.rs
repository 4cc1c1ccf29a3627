//! Many tickets are answered, noted and asked about at once: each in its own words, once, or not at all.

use std::sync::Arc;

use desk::bulk_action::{self, BATCH, Foreseen, Say};
use desk::macros::Input;
use desk::{DeskError, Problem};
use domain::action::Action;
use domain::affiliation::Relation;
use domain::draft::Text;
use domain::event::{Actor, Detail, Event, Fact, Side};
use domain::id::{BulkActionId, MacroId, PersonId};
use domain::ticket::State;
use store::view::Owner;
use testkit::TestDesk;

use crate::bulk::{begin, chosen, counts, run};

fn foresees(desk: &TestDesk, person: PersonId, bulk: BulkActionId) -> Foreseen {
    let foreseen = desk.desk.look_now(move |look| {
        let viewer = store::access::viewer(look.tx, person)?.unwrap();
        let bulk = store::bulk_action::of_person(look.tx, person, bulk)?.unwrap();
        bulk_action::foresee(look, &viewer, &bulk)
    });
    foreseen.unwrap()
}

/// What the serving side said on a ticket, and how many mails leave with it.
fn answers(desk: &TestDesk, person: PersonId, number: i64) -> (Vec<String>, usize) {
    let answers = desk.with(person, number, |act, seen| {
        let said = store::message::of_ticket(act.tx, &seen.read())?;
        let ours = said.into_iter().filter(|said| said.message.side == Side::Serving);
        let (mut words, mut mails) = (Vec::new(), 0);
        for said in ours {
            mails += store::outgoing::of_message(act.tx, said.message.id)?.len();
            words.push(said.message.body);
        }
        Ok((words, mails))
    });
    answers.unwrap()
}

pub(crate) fn many_are_answered_once_each_and_not_where_a_variable_says_nothing(desk: &TestDesk) {
    let support = desk.unit("Support");
    let help = desk.service("Help", support);
    desk.sending_inbox("help@desk.example", (support, help));
    let contoso = desk.organisation("Contoso", false);
    let ada = desk.person("Ada Lovelace", Relation::Buyer, Some(contoso));
    let (bea, kim) = (desk.customer("Bea"), desk.agent("Kim", &[support]));
    let mut numbers: Vec<i64> = (0..BATCH).map(|_| desk.opens(ada, help, "A lid", "Where is it?")).collect();
    numbers.push(desk.opens(bea, help, "A lid", "Where is mine?"));
    numbers.push(desk.opens(ada, help, "The last lid", "Where is it?"));
    desk.drafts(kim, numbers[0], Text::Reply, "Half a sentence");
    let text = "Dear {{requester.first_name}} of {{organisation}}: #{{number}} is on its way.";
    let proposed = {
        let (chosen, action) = (chosen(desk, kim, &numbers), Action::Reply { text: text.to_owned() });
        desk.act(kim, move |act, viewer| bulk_action::propose(act, viewer, &chosen, &[action], "next"))
    };
    let foreseen = foresees(desk, kim, proposed.unwrap());
    assert_eq!((foreseen.would, foreseen.refused), (BATCH + 1, 1));
    assert_eq!((foreseen.people.len(), foreseen.mails), (1, BATCH + 1), "one person, a mail for each ticket");
    let first = format!("Dear Ada of Contoso: #{} is on its way.", numbers[0]);
    assert_eq!(foreseen.said, Some((numbers[0], first.clone())));
    let (number, why) = &foreseen.told[0];
    assert_eq!(*number, Some(numbers[BATCH]));
    assert!(why.to_string().contains("organisation"), "{why}");
    // The server breaks down in its second batch, where one is refused: nothing of that batch was said.
    let bulk = begin(desk, kim, &numbers, Action::Reply { text: text.to_owned() });
    let breaks: Arc<Say> = Arc::new(|_, _| panic!("the server breaks down"));
    assert_eq!(bulk_action::step(&desk.desk, &breaks).unwrap(), BATCH);
    assert!(bulk_action::step(&desk.desk, &breaks).is_err());
    assert_eq!(counts(desk, kim, bulk), (BATCH as i64, 0, 0));
    assert_eq!(answers(desk, kim, numbers[BATCH + 1]), (Vec::new(), 0));
    run(desk);
    assert_eq!(counts(desk, kim, bulk), (BATCH as i64 + 1, 0, 1));
    for (place, number) in numbers.iter().enumerate() {
        let wanted = match place {
            BATCH => (Vec::new(), 0),
            _ => (vec![format!("Dear Ada of Contoso: #{number} is on its way.")], 1),
        };
        assert_eq!(answers(desk, kim, *number), wanted, "ticket {number}");
    }
    assert_eq!(desk.drafted(kim, numbers[0]).len(), 1, "what Kim was writing stays");
    let refused =
        desk.desk.look_now(move |look| Ok(store::bulk_action::refused(look.tx, bulk, -1, 9)?)).unwrap();
    assert_eq!(refused.len(), 1);
    assert!(refused[0].why.contains("organisation"), "{}", refused[0].why);
}

pub(crate) fn a_macro_runs_on_many_as_it_was_when_it_was_chosen(desk: &TestDesk) {
    let (support, warehouse) = (desk.unit("Support"), desk.unit("Warehouse"));
    let (help, stock) = (desk.service("Help", support), desk.service("Stock", warehouse));
    let (ada, kim) = (desk.customer("Ada"), desk.agent("Kim", &[support]));
    let lea = desk.agent("Lea", &[support]);
    let numbers = [(); 3].map(|()| desk.opens(ada, help, "A lid", "Where is it?"));
    let input = |reply: &str| Input {
        name: "Recall".to_owned(),
        reply: reply.to_owned(),
        note: "#{{number}} is part of the recall.".to_owned(),
        actions: vec![
            Action::Tag { tag: "recall".to_owned() },
            Action::Ask {
                service: stock,
                subject: "A lid for #{{number}}".to_owned(),
                text: "Please send one.".to_owned(),
            },
            Action::Solve { reason: "The warehouse sends it".to_owned() },
        ],
        filter: String::new(),
    };
    let first = input("We send another one, {{requester.first_name|you}}.");
    let recall = desk
        .act(kim, move |act, viewer| desk::macros::save(act, viewer, Owner::Person(kim), &first))
        .unwrap();
    let proposes = |who: PersonId, id: MacroId| {
        let chosen = chosen(desk, who, &numbers);
        desk.act(who, move |act, viewer| {
            let bulk = bulk_action::propose(act, viewer, &chosen, &[], "next")?;
            bulk_action::decide_macro(act, viewer, bulk, id)?;
            Ok(bulk)
        })
    };
    // It is Kim's; for Lea there is no such macro.
    let hidden = proposes(lea, recall);
    assert!(matches!(hidden, Err(DeskError::Invalid { problem: Problem::NotListedAnyMore, .. })));
    let bulk = proposes(kim, recall).unwrap();
    let later = Input { name: "Another".to_owned(), ..input("Something else.") };
    desk.act(kim, move |act, viewer| desk::macros::change(act, viewer, recall, &later)).unwrap();
    desk.act(kim, move |act, viewer| bulk_action::start(act, viewer, bulk)).unwrap();
    run(desk);
    assert_eq!(counts(desk, kim, bulk), (3, 0, 0));
    for number in numbers {
        assert_eq!(answers(desk, kim, number).0, ["We send another one, Ada."]);
        desk.with(kim, number, move |act, seen| {
            let granted = seen.read_inside().unwrap();
            let notes = store::message::notes(act.tx, &granted)?;
            assert_eq!(notes[0].note.body, format!("#{number} is part of the recall."));
            assert_eq!(store::tag::of_ticket(act.tx, &granted)?, ["recall"]);
            assert_eq!(store::sheet::inside(act.tx, &granted)?.state, State::Solved);
            let events = store::event::of_ticket(act.tx, seen.ticket)?;
            let asked = |event: &Event| matches!(event.fact, Fact::Asked(_));
            assert_eq!(events.iter().filter(|event| asked(event)).count(), 1);
            let ran = told(&events, kim, recall);
            assert!(events.iter().position(asked).unwrap() > ran, "and then what it did");
            Ok(())
        })
        .unwrap();
    }
    // What could never be filled is refused before anything is done.
    let wrong = chosen(desk, kim, &numbers);
    let refused = desk.act(kim, move |act, viewer| {
        let bulk = bulk_action::propose(act, viewer, &wrong, &[], "next")?;
        bulk_action::decide(
            act,
            viewer,
            bulk,
            &[Action::Note { text: "{{requester.frist_name}}".to_owned() }],
        )
    });
    assert!(matches!(refused, Err(DeskError::Invalid { field: "text", .. })));
}

/// Where the history says which macro it was, under the name that it had, and who ran it.
fn told(events: &[Event], who: PersonId, recall: MacroId) -> usize {
    let ran = Detail::MacroRan { id: recall, name: "Recall".to_owned() };
    let fact = Fact::Detailed(ran);
    let told = events.iter().position(|event| event.fact == fact && event.actor == Actor::Person(who));
    told.expect("the history says it")
}

fn is_ran(event: &Event) -> bool {
    matches!(event.fact, Fact::Detailed(Detail::MacroRan { .. }))
}

pub(crate) fn a_macro_tells_nothing_where_it_has_nothing_to_do(desk: &TestDesk) {
    let support = desk.unit("Support");
    let help = desk.service("Help", support);
    let (ada, kim) = (desk.customer("Ada"), desk.agent("Kim", &[support]));
    let tags = Input { actions: vec![Action::Tag { tag: "recall".to_owned() }], ..Input::default() };
    let tags = Input { name: "Only a tag".to_owned(), ..tags };
    let only_tags =
        desk.act(kim, move |act, viewer| desk::macros::save(act, viewer, Owner::Person(kim), &tags)).unwrap();
    let other = desk.opens(ada, help, "A lid", "Where is it?");
    let fresh = desk.opens(ada, help, "A lid", "Where is it?");
    desk.tags(kim, other, "recall");
    let both = chosen(desk, kim, &[other, fresh]);
    let bulk = desk.act(kim, move |act, viewer| {
        let bulk = bulk_action::propose(act, viewer, &both, &[], "next")?;
        bulk_action::decide_macro(act, viewer, bulk, only_tags)?;
        bulk_action::start(act, viewer, bulk)?;
        Ok(bulk)
    });
    run(desk);
    assert_eq!(counts(desk, kim, bulk.unwrap()), (1, 1, 0));
    let both = chosen(desk, kim, &[other, fresh]);
    let bulk = desk.act(kim, move |act, viewer| {
        let bulk = bulk_action::propose(act, viewer, &both, &[], "next")?;
        bulk_action::decide_macro(act, viewer, bulk, only_tags)?;
        bulk_action::decide(act, viewer, bulk, &[Action::Tag { tag: "seen".to_owned() }])?;
        bulk_action::start(act, viewer, bulk)?;
        Ok(bulk)
    });
    run(desk);
    assert_eq!(counts(desk, kim, bulk.unwrap()), (2, 0, 0));
    for (number, times) in [(other, 0), (fresh, 1)] {
        let told = desk.with(kim, number, |act, seen| {
            let events = store::event::of_ticket(act.tx, seen.ticket)?;
            Ok(events.into_iter().filter(is_ran).count())
        });
        assert_eq!(told.unwrap(), times, "ticket {number}");
    }
}
