//! What somebody did just now is undone, and then it never was.

use desk::{DeskError, Problem};
use domain::id::{EventId, PersonId};
use domain::priority::Priority;
use jiff::SignedDuration;
use testkit::TestDesk;
use testkit::asker::Asker;

struct Stage<'a> {
    desk: &'a TestDesk,
    kim: PersonId,
    lea: PersonId,
    number: i64,
}

fn stage(desk: &TestDesk, asker: Asker) -> Stage<'_> {
    let support = desk.unit("Support");
    let help = desk.service("Help", support);
    let (ada, kim, lea) =
        (asker.named(desk, "Ada"), desk.agent("Kim", &[support]), desk.agent("Lea", &[support]));
    let number = ada.opens(desk, help, "Lamp", "It is dark.");
    desk.wait(SignedDuration::from_mins(1));
    Stage { desk, kim, lea, number }
}

impl Stage<'_> {
    /// The last event, and everything that follows from all of them.
    fn now(&self) -> (EventId, String) {
        let read = self.desk.with(self.kim, self.number, |act, seen| {
            let granted = seen.read_inside().unwrap();
            let sheet = store::sheet::inside(act.tx, &granted)?;
            let events = store::event::of_ticket(act.tx, granted.ticket)?;
            let clocks = store::clock::of_ticket(act.tx, granted.ticket)?;
            let sums = store::tally::all(act.tx)?;
            let derived = format!(
                "{:?} {:?} {:?} {:?} {:?} {clocks:?} {sums:?}",
                sheet.person, sheet.state, sheet.waiting, sheet.priority, sheet.due
            );
            Ok((events.last().unwrap().id, derived))
        });
        read.unwrap()
    }

    fn undoes(&self, person: PersonId, event: EventId) -> Result<(), DeskError> {
        self.desk.with(person, self.number, move |act, seen| {
            desk::undo::run(act, seen.serve().ok_or(DeskError::NotAllowed)?, event)
        })
    }

    fn is_refused(&self, person: PersonId, event: EventId) {
        let refused = self.undoes(person, event);
        assert!(matches!(refused, Err(DeskError::Conflict(Problem::ChangedMeanwhile))), "{refused:?}");
    }
}

pub(crate) fn what_was_done_just_now_never_was(desk: &TestDesk, asker: Asker) {
    let stage = stage(desk, asker);
    let before = stage.now().1;
    desk.takes(stage.kim, stage.number);
    let (taken, after) = stage.now();
    assert_ne!(after, before);
    stage.undoes(stage.kim, taken).unwrap();
    assert_eq!(stage.now().1, before);
    // Once: what was undone is not there to be undone again, and what came before it stays.
    stage.is_refused(stage.kim, taken);

    desk.takes(stage.kim, stage.number);
    let before = stage.now().1;
    desk.with(stage.kim, stage.number, |act, seen| {
        desk::priority::change(act, seen.serve().unwrap(), Priority::P1, "It burns")
    })
    .unwrap();
    stage.undoes(stage.kim, stage.now().0).unwrap();
    assert_eq!(stage.now().1, before);

    let before = stage.now().1;
    desk.with(stage.kim, stage.number, |act, seen| desk::assign::to(act, seen.serve().unwrap(), None))
        .unwrap();
    assert_ne!(stage.now().1, before);
    stage.undoes(stage.kim, stage.now().0).unwrap();
    assert_eq!(stage.now().1, before);
    let report = desk::recompute::check(&desk.desk, |_| {}).unwrap();
    assert_eq!(report.total, 0, "{:?}", report.differences);
}

pub(crate) fn what_was_followed_by_something_else_stands(desk: &TestDesk, asker: Asker) {
    let stage = stage(desk, asker);
    desk.takes(stage.kim, stage.number);
    let (taken, after) = stage.now();
    stage.is_refused(stage.lea, taken);
    desk.notes(stage.lea, stage.number, "I know this one.");
    stage.is_refused(stage.kim, taken);
    // A note is a word, and words are not undone by this.
    stage.is_refused(stage.lea, stage.now().0);
    let lea = stage.lea;
    desk.with(lea, stage.number, move |act, seen| desk::assign::to(act, seen.serve().unwrap(), Some(lea)))
        .unwrap();
    let latest = stage.now().0;
    desk.wait(SignedDuration::from_mins(6));
    stage.is_refused(stage.lea, latest);
    assert!(stage.now().1 != after, "it stands as Lea left it");
}
