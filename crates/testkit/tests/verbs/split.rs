//! A message becomes a ticket of its own: with its author, its files and clocks that run from when it came in.

use desk::open::Opened;
use desk::split::{self, Split};
use desk::words::{Body, Saying, Subject};
use desk::{DeskError, Problem};
use domain::agreement::AgreementKind;
use domain::assignment::Policy;
use domain::custody::Holder;
use domain::event::Side;
use domain::id::{MessageId, PersonId, ServiceId, TicketId};
use domain::link::Link;
use domain::priority::Priority;
use domain::ticket::Ticket;
use domain::ticket::rules::Refusal;
use jiff::SignedDuration;
use store::assignment::Giving;
use store::message::{Channel, Said};
use store::unit::Role;
use store::upload::Audience;
use testkit::TestDesk;

use crate::links::seen;

fn said(desk: &TestDesk, who: PersonId, number: i64) -> Vec<Said> {
    desk.with(who, number, |act, seen| Ok(store::message::of_ticket(act.tx, &seen.read())?)).unwrap()
}

fn splits(
    desk: &TestDesk,
    who: PersonId,
    number: i64,
    message: MessageId,
    service: ServiceId,
) -> Result<Opened, DeskError> {
    let subject = Subject::parse("The invoice").unwrap();
    let split = Split { message, service, subject, tells: true };
    desk.act(who, move |act, viewer| {
        let seen = store::access::by_number(act.tx, viewer, number, act.now)?.ok_or(DeskError::NotFound)?;
        split::run(act, viewer, seen.serve().ok_or(DeskError::NotAllowed)?, &split)
    })
}

/// The ticket, its clocks and its custody, as its events leave them.
fn folded(desk: &TestDesk, id: TicketId) -> (Ticket, String, domain::custody::Custody) {
    desk.set_up(move |act| {
        let events = store::event::of_ticket(act.tx, id)?;
        let ticket = Ticket::fold(id, &events).unwrap();
        let clocks = desk::project::clocks(&act.catalogue, &ticket, &events);
        Ok((ticket, format!("{clocks:?}"), domain::custody::fold(id, &events, act.now).unwrap()))
    })
}

fn id_of(desk: &TestDesk, who: PersonId, number: i64) -> TicketId {
    desk.with(who, number, |_, seen| Ok(seen.ticket)).unwrap()
}

pub(crate) fn its_clocks_run_from_when_the_message_came_in(desk: &TestDesk) {
    let (support, billing) = (desk.unit("Support"), desk.unit("Billing"));
    let (help, invoices) = (desk.service("Help", support), desk.service("Invoices", billing));
    let always = desk.always();
    for service in [help, invoices] {
        desk.promises(AgreementKind::Sla, service, 8, always);
    }
    let contoso = desk.organisation("Contoso", false);
    let ada = desk.person("Ada", domain::affiliation::Relation::Buyer, Some(contoso));
    let kim = desk.agent("Kim", &[support]);
    let number = desk.opens(ada, help, "Lamp", "It is dark.");
    desk.with(kim, number, |act, seen| {
        desk::priority::change(act, seen.serve().unwrap(), Priority::P1, "It burns")
    })
    .unwrap();
    desk.wait(SignedDuration::from_hours(2));
    desk.replies(ada, number, "And my invoice is wrong.");
    let came_at = desk.now();
    desk.wait(SignedDuration::from_hours(3));
    let old = id_of(desk, kim, number);
    let before = folded(desk, old);
    let message = said(desk, kim, number)[1].message.clone();
    let made = splits(desk, kim, number, message.id, invoices).unwrap();
    let split_at = desk.now();
    desk.wait(SignedDuration::from_mins(1));

    let (ticket, clocks, custody) = folded(desk, made.id);
    assert_eq!((ticket.opened_at, ticket.unanswered_since), (came_at, Some(came_at)));
    assert_eq!((ticket.requester(), ticket.organisation()), (ada, Some(contoso)));
    assert_eq!((ticket.priority, ticket.service, ticket.unit), (Priority::P1, invoices, billing));
    let due = came_at + SignedDuration::from_hours(8);
    assert!(
        clocks.contains(&due.to_string()),
        "nothing is due later than if it had been asked alone: {clocks}"
    );
    // What passed before the split was with the unit that had the message.
    let owners: Vec<_> = custody.owners.iter().map(|span| (span.unit, span.from)).collect();
    assert_eq!(owners, [(support, came_at), (billing, split_at)]);
    assert!(custody.segments.iter().all(|part| matches!(part.holder, Holder::Owner { .. })));

    let first = said(desk, kim, made.number).remove(0).message;
    assert_eq!(
        (first.body.as_str(), first.person, first.at),
        ("And my invoice is wrong.", Some(ada), came_at)
    );
    assert_eq!(said(desk, kim, number).len(), 2, "it stays where it was said");
    assert_eq!(seen(desk, kim, number), (vec![(Link::SplitInto, made.number)], 1));
    assert_eq!(seen(desk, kim, made.number), (vec![(Link::SplitFrom, number)], 1));
    let after = folded(desk, old);
    assert_eq!(after.1, before.1, "the old promises are as they were");
    let report = desk::recompute::check(&desk.desk, |_| {}).unwrap();
    assert_eq!(report.total, 0, "{:?}", report.differences);
}

pub(crate) fn its_files_come_along_under_the_same_bytes(desk: &TestDesk) {
    let support = desk.unit("Support");
    let help = desk.service("Help", support);
    let (ada, kim) = (desk.customer("Ada"), desk.agent("Kim", &[support]));
    let number = desk.opens(ada, help, "Lamp", "It is dark.");
    let plan = desk.sends_file(ada, Audience::Message, "plan.txt", b"First the fuse.");
    let content = plan.content;
    desk.with(ada, number, move |act, seen| {
        let body = Body::parse("Here is the plan.")?;
        let saying = Saying { body: &body, files: &[plan.id] };
        desk::reply::request(act, seen.request().unwrap(), saying, Channel::Portal)
    })
    .unwrap();
    let message = said(desk, kim, number)[1].message.id;
    let made = splits(desk, kim, number, message, help).unwrap();
    for number in [number, made.number] {
        let files = desk
            .with(ada, number, |act, seen| Ok(store::attachment::of_messages(act.tx, &seen.read())?))
            .unwrap();
        let named: Vec<_> = files.iter().map(|file| (file.name.as_str(), file.content)).collect();
        assert_eq!(named, [("plan.txt", content)], "#{number}");
    }
}

pub(crate) fn what_was_written_long_ago_is_given_like_any_new_ticket(desk: &TestDesk) {
    let support = desk.unit("Support");
    let help = desk.service("Help", support);
    let (ada, kim, lea) = (desk.customer("Ada"), desk.agent("Kim", &[support]), desk.agent("Lea", &[]));
    desk.joins(lea, support, Role::Lead);
    let number = desk.opens(ada, help, "Lamp", "It is dark. And my invoice is wrong.");
    desk.wait(SignedDuration::from_hours(24 * 3));
    let giving = Giving { policy: Policy::RoundRobin, by_language: false };
    desk.act(lea, move |act, viewer| desk::assignment::set(act, viewer, support, giving, &[])).unwrap();
    desk.act(lea, desk::presence::leave).unwrap();
    desk.gives();
    let message = said(desk, kim, number)[0].message.id;
    let made = splits(desk, kim, number, message, help).unwrap();
    desk.gives();
    assert_eq!(folded(desk, made.id).0.person, Some(kim));
}

pub(crate) fn what_is_no_matter_of_its_own_is_refused(desk: &TestDesk) {
    let (support, people, stock) = (desk.unit("Support"), desk.unit("People"), desk.unit("Stock"));
    let help = desk.service("Help", support);
    let inside = desk.service_with("Stock", stock, |service| service.audience.external = false);
    let private = desk.service_with("Private", people, |service| service.confidential = true);
    let (ada, kim) = (desk.customer("Ada"), desk.agent("Kim", &[support, people]));
    let number = desk.opens(ada, help, "Lamp", "It is dark.");
    desk.replies(kim, number, "Which lamp?");
    let [theirs, ours] = [0, 1].map(|place| said(desk, kim, number)[place].message.clone());
    assert_eq!(ours.side, Side::Serving);
    let refused = splits(desk, kim, number, ours.id, help);
    assert!(matches!(refused, Err(DeskError::Conflict(Problem::NothingToSplit))), "{refused:?}");
    let refused = splits(desk, kim, number, theirs.id, inside);
    assert!(matches!(refused, Err(DeskError::Refused(Refusal::NotForRequester))), "{refused:?}");
    let secret = desk.opens(ada, private, "My pay", "It is wrong.");
    let word = said(desk, kim, secret)[0].message.id;
    let refused = splits(desk, kim, secret, word, help);
    assert!(matches!(refused, Err(DeskError::Refused(Refusal::StaysConfidential))), "{refused:?}");
    // A message of another ticket is not one of this one.
    assert!(matches!(splits(desk, kim, number, word, help), Err(DeskError::NotFound)));
    let asked = desk.asks(kim, number, inside, "A bulb", "One, please.");
    let question = said(desk, kim, asked)[0].message.id;
    let bo = desk.agent("Bo", &[stock]);
    let refused = splits(desk, bo, asked, question, inside);
    assert!(matches!(refused, Err(DeskError::Conflict(Problem::SplitOfHandoff))), "{refused:?}");
    assert!(splits(desk, ada, number, theirs.id, help).is_err(), "requesters split nothing");
    let report = desk::recompute::check(&desk.desk, |_| {}).unwrap();
    assert_eq!(report.total, 0, "{:?}", report.differences);
}
