//! Tickets out of sight until a time: what they leave, what they keep, and what brings them back.

use desk::{DeskError, recompute};
use domain::agreement::AgreementKind;
use domain::id::{PersonId, UnitId};
use domain::ticket::Ticket;
use jiff::SignedDuration;
use store::queue::{After, Counts};
use testkit::TestDesk;
use testkit::asker::Asker;

struct Stage<'a> {
    desk: &'a TestDesk,
    support: UnitId,
    ada: PersonId,
    kim: PersonId,
    number: i64,
}

fn stage(desk: &TestDesk, asker: Asker) -> Stage<'_> {
    let support = desk.unit("Support");
    let help = desk.service("Help", support);
    desk.promises(AgreementKind::Sla, help, 8, desk.always());
    let (ada, kim) = (asker.named(desk, "Ada"), desk.agent("Kim", &[support]));
    let number = ada.opens(desk, help, "Lamp", "It is dark.");
    ada.opens(desk, help, "Door", "It squeaks.");
    desk.takes(kim, number);
    desk.replies(kim, number, "Wait for the delivery on Thursday, please.");
    Stage { desk, support, ada: ada.person, kim, number }
}

impl Stage<'_> {
    fn snoozes(&self, person: PersonId, hours: i64) -> Result<(), DeskError> {
        self.desk.with(person, self.number, move |act, seen| {
            let until = act.now + SignedDuration::from_hours(hours);
            desk::snooze::until(act, seen.serve().ok_or(DeskError::NotAllowed)?, until)
        })
    }

    /// The unit's queue, what it counts, what Kim has taken, and what is out of sight.
    fn lists(&self) -> (usize, Counts, i64, Vec<i64>) {
        let (kim, unit) = (self.kim, self.support);
        let lists = self.desk.desk.look_now(move |look| {
            let viewer = store::access::viewer(look.tx, kim)?.unwrap();
            let queue = store::queue::of_unit(look.tx, &viewer, unit, After::START, 100)?;
            let asleep = store::work::snoozed(look.tx, &viewer, After::START, 100)?;
            Ok((
                queue.len(),
                store::queue::counts(look.tx, &viewer, unit)?,
                store::work::own(look.tx, &viewer)?.taken,
                asleep.iter().map(|entry| entry.number).collect(),
            ))
        });
        lists.unwrap()
    }

    fn ticket(&self) -> Ticket {
        let ticket = self.desk.with(self.kim, self.number, |act, seen| {
            Ok(Ticket::fold(seen.ticket, &store::event::of_ticket(act.tx, seen.ticket)?).unwrap())
        });
        ticket.unwrap()
    }

    /// Custody to a later instant and the stored clocks.
    fn kept(&self) -> String {
        let later = self.desk.now() + SignedDuration::from_hours(100);
        let kept = self.desk.with(self.kim, self.number, move |act, seen| {
            let events = store::event::of_ticket(act.tx, seen.ticket)?;
            let custody = domain::custody::fold(seen.ticket, &events, later);
            Ok(format!("{custody:?} {:?}", store::clock::of_ticket(act.tx, seen.ticket)?))
        });
        kept.unwrap()
    }

    fn nothing_differs(&self) {
        let report = recompute::check(&self.desk.desk, |_| {}).unwrap();
        assert_eq!(report.total, 0, "{:?}", report.differences);
    }
}

const fn counts(open: i64, queued: i64, waiting: i64) -> Counts {
    Counts { open, queued, waiting }
}

pub(crate) fn a_snooze_hides_a_ticket_and_changes_nothing_else(desk: &TestDesk, asker: Asker) {
    let stage = stage(desk, asker);
    assert_eq!(stage.lists(), (2, counts(2, 1, 0), 1, vec![]));
    let before = (stage.kept(), stage.ticket());
    stage.snoozes(stage.kim, 20).unwrap();
    assert_eq!(stage.lists(), (1, counts(1, 1, 0), 0, vec![stage.number]));
    assert_eq!(stage.kept(), before.0, "custody and clocks are as before");
    let after = stage.ticket();
    assert_eq!(Ticket { snoozed_until: None, events: before.1.events, ..after }, before.1);
    stage.nothing_differs();
    desk.with(stage.kim, stage.number, |act, seen| desk::snooze::wake(act, seen.serve().unwrap())).unwrap();
    assert_eq!(stage.lists(), (2, counts(2, 1, 0), 1, vec![]));
    assert_eq!(stage.ticket().woken_at, None, "whoever wakes it knows");
    stage.nothing_differs();
}

pub(crate) fn what_comes_in_wakes_a_ticket_at_once_and_time_does_later(desk: &TestDesk, asker: Asker) {
    let stage = stage(desk, asker);
    stage.snoozes(stage.kim, 20).unwrap();
    desk.wait(SignedDuration::from_hours(1));
    assert_eq!(desk::sweep::run(&desk.desk).unwrap(), 0);
    desk.replies(stage.ada, stage.number, "It is more urgent than I thought.");
    assert_eq!(stage.lists().1, counts(2, 1, 0));
    assert_eq!(stage.ticket().woken_at, Some(desk.now()));
    desk.replies(stage.kim, stage.number, "On its way.");
    assert_eq!(stage.ticket().woken_at, None, "somebody attended to it");

    stage.snoozes(stage.kim, 2).unwrap();
    desk.wait(SignedDuration::from_hours(2));
    assert_eq!(desk::sweep::run(&desk.desk).unwrap(), 1);
    assert_eq!((stage.ticket().snoozed_until, stage.ticket().woken_at), (None, Some(desk.now())));
    assert_eq!(desk::sweep::run(&desk.desk).unwrap(), 0);
    stage.nothing_differs();
}

pub(crate) fn only_the_owning_unit_snoozes(desk: &TestDesk, asker: Asker) {
    let stage = stage(desk, asker);
    let before = stage.lists();
    assert!(matches!(stage.snoozes(stage.ada, 20), Err(DeskError::NotAllowed)));
    assert!(matches!(stage.snoozes(stage.kim, -1), Err(DeskError::Refused(_))));
    assert_eq!(stage.lists(), before);
}
