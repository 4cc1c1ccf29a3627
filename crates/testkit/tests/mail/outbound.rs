//! A ticket that begins with us: the first mail goes out, the answer comes back, and no clock is flattered.

use desk::open::{self, Opened, Outbound};
use desk::recipients::Recipients;
use desk::reply::Then;
use desk::words::{Body, Subject};
use desk::{DeskError, Problem};
use domain::agreement::{AgreementKind, Metric};
use domain::clock::Outcome;
use domain::event::Side;
use domain::id::{InboxId, PersonId};
use jiff::SignedDuration;
use store::draft::Addressed;
use testkit::TestDesk;
use testkit::post::Bag;

use crate::letters::{after_undo, is_clean, office, said_on};

fn writes(desk: &TestDesk, who: PersonId, inbox: InboxId, to: &str) -> Result<Opened, DeskError> {
    let outbound = Outbound {
        inbox,
        recipients: Recipients {
            addressed: Addressed { to: to.to_owned(), ..Addressed::default() },
            agreed: 0,
        },
        subject: Subject::parse("Your lamp is recalled").unwrap(),
        body: Body::parse("Please send it back.").unwrap(),
        files: Vec::new(),
        then: Then::WaitForRequester,
        typed: desk::custom::Typed::default(),
    };
    desk.act(who, move |act, viewer| open::outbound(act, viewer, &outbound))
}

fn outcomes(desk: &TestDesk, who: PersonId, ticket: i64) -> Vec<(Metric, Outcome)> {
    desk.with(who, ticket, |act, seen| {
        let clocks = store::clock::of_ticket(act.tx, seen.ticket)?;
        Ok(clocks.into_iter().map(|clock| (clock.metric, clock.outcome)).collect())
    })
    .unwrap()
}

pub(crate) fn we_write_first_and_the_answer_comes_back(desk: &TestDesk) {
    let office = office(desk);
    desk.promises(AgreementKind::Sla, office.service, 8, desk.always());
    let mut bag = Bag::default();
    let opened = writes(desk, office.kim, office.inbox, "Dora <dora@example.net>").unwrap();
    let first_response = |desk: &TestDesk| {
        outcomes(desk, office.kim, opened.number)
            .into_iter()
            .find(|(metric, _)| *metric == Metric::FirstResponse)
    };
    assert_eq!(first_response(desk), None, "nobody asked anything");
    after_undo(desk, &mut bag);
    let left = bag.left.pop().expect("the first mail");
    assert_eq!(left.to, ["dora@example.net"]);
    let subject = format!("Your lamp is recalled [#{}]", opened.number);
    assert_eq!(left.message.subject.as_deref(), Some(subject.as_str()), "it answers nothing");

    desk.wait(SignedDuration::from_hours(20));
    desk.receives(office.inbox, &left.answered("Where to?"));
    let said: Vec<Side> = said_on(desk, opened.number).into_iter().map(|(side, ..)| side).collect();
    assert_eq!(said, [Side::Serving, Side::Requesting]);
    if let Some((_, outcome)) = first_response(desk) {
        assert_eq!(outcome, Outcome::Running, "it runs since they wrote");
    }
    is_clean(desk);
}

pub(crate) fn only_from_inboxes_of_own_units_and_never_to_ourselves(desk: &TestDesk) {
    let office = office(desk);
    let other = desk.unit("Legal");
    let advice = desk.service("Advice", other);
    let theirs = desk.posts("legal@example.org", (other, advice));
    let refusal = |inbox: InboxId, to: &str| match writes(desk, office.kim, inbox, to) {
        Err(DeskError::Invalid { problem, .. } | DeskError::Conflict(problem)) => problem,
        other => panic!("{other:?}"),
    };
    assert_eq!(refusal(theirs, "dora@example.net"), Problem::ChooseOne);
    assert_eq!(
        refusal(InboxId(17), "dora@example.net"),
        Problem::ChooseOne,
        "hidden and unknown are the same"
    );
    assert!(matches!(refusal(office.inbox, "legal@example.org"), Problem::AddressOfInbox { .. }));
    assert!(matches!(refusal(office.inbox, "dora@"), Problem::RecipientNotAnAddress { .. }));
    assert_eq!(refusal(office.inbox, " "), Problem::RecipientMissing);
    assert_eq!(refusal(office.inbox, "kim@example.org"), Problem::OutboundToSelf);
}
