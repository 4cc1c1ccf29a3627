//! Two tickets about one matter: what a merge joins, what it refuses, and that taking it apart leaves nothing behind.

use desk::{DeskError, recompute};
use domain::agreement::AgreementKind;
use domain::id::{PersonId, ServiceId, UnitId};
use domain::ticket::rules::Refusal;
use domain::ticket::{State, Ticket};
use jiff::SignedDuration;
use store::queue::After;
use store::tally::{self, Tally};
use testkit::TestDesk;

struct Stage<'a> {
    desk: &'a TestDesk,
    support: UnitId,
    help: ServiceId,
    ada: PersonId,
    kim: PersonId,
}

fn stage(desk: &TestDesk) -> Stage<'_> {
    let support = desk.unit("Support");
    let help = desk.service("Help", support);
    desk.promises(AgreementKind::Sla, help, 8, desk.always());
    let (ada, kim) = (desk.customer("Ada"), desk.agent("Kim", &[support]));
    Stage { desk, support, help, ada, kim }
}

impl Stage<'_> {
    fn opens(&self, subject: &'static str) -> i64 {
        let number = self.desk.opens(self.ada, self.help, subject, "Please look.");
        self.desk.wait(SignedDuration::from_mins(10));
        number
    }

    fn merges(&self, by: PersonId, from: i64, into: i64) -> Result<(), DeskError> {
        self.desk.with(by, from, move |act, seen| {
            let viewer = store::access::viewer(act.tx, by)?.unwrap();
            let from = seen.serve().ok_or(DeskError::NotAllowed)?;
            let into =
                store::access::by_number(act.tx, &viewer, into, act.now)?.ok_or(DeskError::NotFound)?;
            desk::merge::run(act, from, into.serve().ok_or(DeskError::NotAllowed)?)
        })
    }

    fn takes_apart(&self, from: i64, into: i64) -> Result<(), DeskError> {
        let kim = self.kim;
        self.desk.with(kim, from, move |act, seen| {
            let viewer = store::access::viewer(act.tx, kim)?.unwrap();
            let into =
                store::access::by_number(act.tx, &viewer, into, act.now)?.ok_or(DeskError::NotFound)?;
            desk::merge::undo(act, seen.serve().unwrap(), into.read_inside().unwrap())
        })
    }

    fn ticket(&self, number: i64) -> Ticket {
        let ticket = self.desk.with(self.kim, number, |act, seen| {
            Ok(Ticket::fold(seen.ticket, &store::event::of_ticket(act.tx, seen.ticket)?).unwrap())
        });
        ticket.unwrap()
    }

    /// Everything derived: the ticket but for how many events it has, its custody, its stored clocks.
    fn kept(&self, number: i64) -> String {
        let later = self.desk.now() + SignedDuration::from_hours(100);
        let kept = self.desk.with(self.kim, number, move |act, seen| {
            let events = store::event::of_ticket(act.tx, seen.ticket)?;
            let ticket = Ticket { events: 0, ..Ticket::fold(seen.ticket, &events).unwrap() };
            let custody = domain::custody::fold(seen.ticket, &events, later);
            Ok(format!("{ticket:?} {custody:?} {:?}", store::clock::of_ticket(act.tx, seen.ticket)?))
        });
        kept.unwrap()
    }

    fn sums(&self) -> Vec<tally::Sum> {
        let sums = self.desk.desk.look_now(|look| Ok(tally::all(look.tx)?)).unwrap();
        sums.into_iter().filter(|sum| sum.4 != 0).collect()
    }

    /// How many tickets the unit solved this week, and how many of its promises it kept and missed.
    fn solved(&self) -> [i64; 3] {
        let (unit, week) = (self.support, tally::week(self.desk.now()));
        let read = self.desk.desk.look_now(move |look| {
            let sums = [Tally::Solved(unit, week), Tally::Kept(unit, week), Tally::Missed(unit, week)];
            let mut read = [0; 3];
            for (place, sum) in sums.into_iter().enumerate() {
                read[place] = tally::read(look.tx, sum)?;
            }
            Ok(read)
        });
        read.unwrap()
    }

    fn queue(&self) -> Vec<i64> {
        let (kim, unit) = (self.kim, self.support);
        let queue = self.desk.desk.look_now(move |look| {
            let viewer = store::access::viewer(look.tx, kim)?.unwrap();
            Ok(store::queue::of_unit(look.tx, &viewer, unit, After::START, 100)?)
        });
        queue.unwrap().iter().map(|entry| entry.number).collect()
    }

    fn said(&self, number: i64) -> Vec<String> {
        let said = self
            .desk
            .with(self.kim, number, |act, seen| Ok(store::message::of_ticket(act.tx, &seen.read())?));
        said.unwrap().into_iter().map(|said| said.message.body).collect()
    }

    fn nothing_differs(&self) {
        let report = recompute::check(&self.desk.desk, |_| {}).unwrap();
        assert_eq!(report.total, 0, "{:?}", report.differences);
    }
}

fn refused(outcome: Result<(), DeskError>) -> Refusal {
    match outcome {
        Err(DeskError::Refused(refusal)) => refusal,
        other => panic!("it was not refused by a rule: {other:?}"),
    }
}

pub(crate) fn a_merge_ends_one_ticket_and_taking_it_apart_leaves_nothing_behind(desk: &TestDesk) {
    let stage = stage(desk);
    let (older, younger) = (stage.opens("Lamp"), stage.opens("The lamp again"));
    desk.takes(stage.kim, older);
    desk.replies(stage.kim, older, "We look into it.");
    desk.replies(stage.kim, younger, "We look into this one, too.");
    let before = (stage.kept(older), stage.kept(younger), stage.sums(), stage.queue());
    stage.nothing_differs();

    stage.merges(stage.kim, younger, older).unwrap();
    let (gone, stays) = (stage.ticket(younger), stage.ticket(older));
    assert_eq!((gone.state, gone.merged_into), (State::Closed, Some(stays.id)));
    assert_eq!((stays.state, &stays.took_in[..]), (State::Open, &[gone.id][..]));
    assert_eq!(stage.queue(), [older], "it is no work any more");
    assert_eq!(stage.solved(), [0, 0, 0], "and nobody solved it");
    stage.nothing_differs();

    stage.takes_apart(younger, older).unwrap();
    assert_eq!((stage.kept(older), stage.kept(younger), stage.sums(), stage.queue()), before);
    stage.nothing_differs();

    // Once more, to the end: it counts as one ticket that was solved, and one promise that was kept.
    stage.merges(stage.kim, younger, older).unwrap();
    desk.solves(stage.kim, older);
    assert_eq!(stage.solved(), [1, 1, 0]);
    stage.nothing_differs();
    stage.takes_apart(younger, older).unwrap();
    assert_eq!((stage.ticket(older).state, stage.ticket(younger).state), (State::Solved, State::Open));
    stage.nothing_differs();
}

pub(crate) fn what_is_said_to_a_merged_ticket_goes_where_the_matter_goes_on(desk: &TestDesk) {
    let stage = stage(desk);
    let (first, second, third) = (stage.opens("Lamp"), stage.opens("Dark lamp"), stage.opens("Lamp!"));
    for number in [second, third] {
        desk.replies(stage.kim, number, "Thank you.");
    }
    stage.merges(stage.kim, third, second).unwrap();
    stage.merges(stage.kim, second, first).unwrap();
    desk.replies(stage.ada, third, "It is dark in the hall, too.");
    assert_eq!(stage.said(first).last().unwrap(), "It is dark in the hall, too.");
    assert_eq!(stage.said(third).len(), 2, "and nowhere else");
    assert_eq!(stage.ticket(third).state, State::Closed);

    let answer = desk.with(stage.kim, third, |act, seen| {
        let body = desk::words::Body::parse("Past the matter.")?;
        desk::reply::serve(act, seen.serve().unwrap(), &body, desk::reply::Then::Stay).map(drop)
    });
    assert_eq!(refused(answer), Refusal::Merged, "nobody would read it there");
    assert_eq!(refused(stage.takes_apart(third, second)), Refusal::MergedFurther);
    assert_eq!(refused(stage.merges(stage.kim, first, second)), Refusal::MergedFurther, "no circle");
    stage.takes_apart(second, first).unwrap();
    stage.takes_apart(third, second).unwrap();
    let open = [first, second, third].map(|number| stage.ticket(number).state);
    assert_eq!(open, [State::Open; 3]);
    assert_eq!(stage.said(first).len(), 2, "what came in meanwhile stays where it was read");
    stage.nothing_differs();
}

pub(crate) fn a_merge_that_would_go_wrong_changes_nothing(desk: &TestDesk) {
    let stage = stage(desk);
    let older = stage.opens("Lamp");
    let younger = stage.opens("The lamp again");
    let bea = desk.customer("Bea");
    let hers = desk.opens(bea, stage.help, "Lamp", "Mine is dark.");
    let stock = desk.unit("Warehouse");
    let goods = desk.service("Goods", stock);
    desk.agent("Bo", &[stock]);
    let elsewhere = desk.opens(stage.ada, goods, "Lamp", "Send another one.");
    let before = (stage.sums(), stage.kept(older), stage.kept(younger));
    let later = refused(stage.merges(stage.kim, older, younger));
    assert_eq!(later, Refusal::MergesSolutionLater, "it buys no time");
    assert_eq!(refused(stage.merges(stage.kim, hers, older)), Refusal::MergesOtherPeople);
    assert_eq!(refused(stage.merges(stage.kim, older, older)), Refusal::MergesItself);
    assert_eq!(refused(stage.takes_apart(younger, older)), Refusal::NotMerged);
    assert!(matches!(stage.merges(stage.ada, younger, older), Err(DeskError::NotAllowed)));
    let outcome = stage.merges(stage.kim, younger, elsewhere);
    assert!(matches!(outcome, Err(DeskError::NotFound)), "who serves one of them only: {outcome:?}");
    assert_eq!((stage.sums(), stage.kept(older), stage.kept(younger)), before);

    let handoff = desk.asks(stage.kim, younger, goods, "A lamp", "Is there one?");
    assert_eq!(refused(stage.merges(stage.kim, younger, older)), Refusal::MergesBlocked(1));
    assert!(matches!(stage.merges(stage.kim, handoff, older), Err(DeskError::NotAllowed)));
    assert!(stage.ticket(older).took_in.is_empty());
    stage.nothing_differs();
}

pub(crate) fn later_mail_to_a_merged_ticket_comes_in_where_the_matter_goes_on(desk: &TestDesk) {
    let stage = stage(desk);
    let inbox = desk.posts("help@desk.example", (stage.support, stage.help));
    let letter = |id: &str, answers: &str, words: &str| {
        format!(
            "From: ada@example.org\r\nTo: help@desk.example\r\nSubject: Lamp {id}\r\nMessage-ID: <{id}@example.org>\r\n{answers}\r\n{words}\r\n"
        )
    };
    let older = desk.ticket_of(desk.receives(inbox, &letter("one", "", "It is dark.")).id);
    desk.wait(SignedDuration::from_mins(5));
    let younger = desk.ticket_of(desk.receives(inbox, &letter("two", "", "Still dark.")).id);
    assert_ne!(older, younger);
    stage.merges(stage.kim, younger, older).unwrap();
    let answers = "In-Reply-To: <two@example.org>\r\n";
    let answer = letter("three", answers, "And darker.");
    let later = desk.receives(inbox, &answer);
    assert_eq!(desk.ticket_of(later.id), older);
    assert_eq!(stage.said(older).last().unwrap().trim(), "And darker.");
    assert_eq!((stage.said(older).len(), stage.said(younger).len()), (2, 1));
    stage.nothing_differs();
}
