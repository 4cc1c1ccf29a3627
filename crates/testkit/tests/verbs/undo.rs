//! A reply is taken back while its mail waits, and then it never was.

use desk::outbox::Unsaid;
use desk::reply::Then;
use desk::words::Body;
use desk::{DeskError, Problem, outbox};
use domain::agreement::AgreementKind;
use domain::id::{MessageId, PersonId};
use domain::ticket::State;
use jiff::SignedDuration;
use store::message::Channel;
use store::tally::{self, Sum};
use testkit::TestDesk;
use testkit::letters::taken;

struct Stage<'a> {
    desk: &'a TestDesk,
    ada: PersonId,
    kim: PersonId,
    number: i64,
}

fn stage(desk: &TestDesk) -> Stage<'_> {
    let support = desk.unit("Support");
    let help = desk.service("Help", support);
    desk.promises(AgreementKind::Sla, help, 8, desk.always());
    desk.sending_inbox("help@desk.example", (support, help));
    let (ada, kim) = (desk.customer("Ada"), desk.agent("Kim", &[support]));
    let number = desk.opens(ada, help, "Lamp", "It is dark.");
    desk.takes(kim, number);
    Stage { desk, ada, kim, number }
}

impl Stage<'_> {
    fn replies(&self, then: Then) -> MessageId {
        let body = Body::parse("Dear Ada").unwrap();
        let said = self.desk.with(self.kim, self.number, move |act, seen| {
            desk::reply::serve(act, seen.serve().unwrap(), &body, then)
        });
        said.unwrap()
    }

    fn takes_back(&self, person: PersonId, message: MessageId) -> Result<Unsaid, DeskError> {
        self.desk.with(person, self.number, move |act, seen| {
            outbox::take_back(act, seen.serve().ok_or(DeskError::NotAllowed)?, message)
        })
    }

    /// Everything that follows from the events: the ticket, its clocks, the sums, and what was said.
    fn derived(&self) -> (State, String, Vec<Sum>) {
        let derived = self.desk.with(self.kim, self.number, |act, seen| {
            let granted = seen.read_inside().unwrap();
            let sheet = store::sheet::inside(act.tx, &granted)?;
            let clocks = store::clock::of_ticket(act.tx, granted.ticket)?;
            let said = store::message::of_ticket(act.tx, &granted)?;
            let placed =
                format!("{:?} {:?} {:?} {clocks:?} {said:?}", sheet.waiting, sheet.due, sheet.solved_at);
            Ok((sheet.state, placed, tally::all(act.tx)?))
        });
        derived.unwrap()
    }

    fn is_sound(&self) {
        let report = desk::recompute::check(&self.desk.desk, |_| {}).unwrap();
        assert_eq!(report.total, 0, "{:?}", report.differences);
    }
}

pub(crate) fn a_reply_that_was_taken_back_never_was(desk: &TestDesk) {
    let stage = stage(desk);
    desk.wait(SignedDuration::from_mins(30));
    let before = stage.derived();
    for then in [Then::Stay, Then::WaitForRequester, Then::Solve] {
        let message = stage.replies(then);
        assert_ne!(stage.derived(), before, "{then:?} does something");
        let back = stage.takes_back(stage.kim, message).unwrap();
        assert_eq!((back.body.as_str(), back.then), ("Dear Ada", then), "what was to happen comes back, too");
        assert_eq!(stage.derived(), before, "{then:?}");
        stage.is_sound();
    }
    desk.wait(SignedDuration::from_mins(1));
    assert_eq!(desk.hands_over(taken()), []);
    stage.replies(Then::Solve);
    desk.wait(SignedDuration::from_mins(1));
    assert_eq!(desk.hands_over(taken()).len(), 1);
    assert_eq!(stage.derived().0, State::Solved);
    stage.is_sound();
}

pub(crate) fn only_its_author_takes_a_reply_back_and_only_while_nothing_followed(desk: &TestDesk) {
    let stage = stage(desk);
    let units = desk.with(stage.kim, stage.number, |act, seen| {
        Ok(store::sheet::inside(act.tx, &seen.read_inside().unwrap())?.unit)
    });
    let lee = desk.agent("Lee", &[units.unwrap()]);
    let is_late = |outcome: Result<Unsaid, DeskError>| {
        assert!(matches!(outcome, Err(DeskError::Conflict(Problem::TooLateToTakeBack))), "{outcome:?}");
    };
    let message = stage.replies(Then::Stay);
    is_late(stage.takes_back(lee, message));
    assert!(matches!(stage.takes_back(stage.ada, message), Err(DeskError::NotAllowed)));
    desk.with(stage.ada, stage.number, |act, seen| {
        let body = Body::parse("Hello?")?;
        desk::reply::request(act, seen.request().unwrap(), &body, Channel::Portal)
    })
    .unwrap();
    is_late(stage.takes_back(stage.kim, message));
    let message = stage.replies(Then::Stay);
    desk.wait(SignedDuration::from_secs(10));
    is_late(stage.takes_back(stage.kim, message));
    assert_eq!(desk.hands_over(taken()).len(), 2, "both leave");
    stage.is_sound();
}

pub(crate) fn a_bounce_after_sending_leaves_the_reply_where_it_is(desk: &TestDesk) {
    let stage = stage(desk);
    let message = stage.replies(Then::Solve);
    desk.wait(SignedDuration::from_secs(10));
    assert_eq!(desk.hands_over(taken()).len(), 1);
    desk.set_up(move |act| {
        let sent = store::outgoing::of_message(act.tx, message)?;
        assert!(store::outgoing::bounced(act.tx, sent[0].id, act.now, "5.1.1 nobody")?);
        Ok(())
    });
    assert!(stage.takes_back(stage.kim, message).is_err());
    desk.with(stage.kim, stage.number, move |act, seen| outbox::again(act, seen.serve().unwrap(), message))
        .unwrap();
    assert_eq!(desk.hands_over(taken()).len(), 1, "the same words once more");
    assert_eq!(stage.derived().0, State::Solved);
    stage.is_sound();
}
