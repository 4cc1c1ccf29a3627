//! What goes wrong or comes in is told to whom it concerns, at the bell and as unread, and to nobody else.

use std::sync::Arc;

use desk::DeskError;
use desk::entitled::ByDesk;
use desk::reply::Then;
use desk::views::Place;
use domain::id::{InboxId, MessageId, PersonId};
use domain::notice::{Choice, Occasion, Way};
use domain::permission::Viewer;
use domain::view::{Grouping, Sort};
use jiff::SignedDuration;
use jiff::tz::TimeZone;
use mail::smtp::Outcome;
use store::filtered::{self, MOST_LOOKED, Wanted};
use store::unit::Role;
use testkit::TestDesk;
use testkit::post::{Bag, said};

use crate::asked_back::is_unread;
use crate::board::{House, lines, told};
use crate::notices::{answers, chooses, gives};

/// A house that sends mail, with somebody of it who asks.
struct Post {
    house: House,
    inbox: InboxId,
    asker: PersonId,
    bag: Bag,
}

impl Post {
    fn outside(desk: &TestDesk) -> Self {
        let house = House::new(desk);
        let asker = house.anna;
        Self::of(desk, house, asker)
    }

    fn inside(desk: &TestDesk) -> Self {
        let house = House::new(desk);
        let asker = desk.employee("Ivo");
        Self::of(desk, house, asker)
    }

    fn of(desk: &TestDesk, house: House, asker: PersonId) -> Self {
        let inbox = desk.posts("help@example.org", (house.unit, house.service));
        desk.set_up(|act| desk::base_url::set(act, &ByDesk, "https://desk.example.org"));
        Self { house, inbox, asker, bag: Bag::default() }
    }

    fn opens(&mut self, desk: &TestDesk) -> i64 {
        let number = desk.opens(self.asker, self.house.service, "The lamp", "It flickers.");
        self.sends(desk);
        number
    }

    fn sends(&mut self, desk: &TestDesk) {
        desk.wait(SignedDuration::from_secs(11));
        while desk.sends(&mut self.bag) > 0 {}
    }

    /// An answer that the server takes, and the report that it could not be delivered.
    fn bounces(&mut self, desk: &TestDesk, from: PersonId, number: i64) -> MessageId {
        let message = answers(desk, from, number, "We look at it.", Then::Stay);
        self.sends(desk);
        self.report(desk, &self.last());
        message
    }

    /// The last mail with an answer that left.
    fn last(&self) -> String {
        let left = self.bag.left.iter().rev().find(|left| left.raw.contains("We look at it."));
        left.unwrap().message.message_id.clone().unwrap()
    }

    fn report(&self, desk: &TestDesk, id: &str) {
        desk.wait(SignedDuration::from_secs(1));
        let report = format!(
            "Return-Path: <>\r\nFrom: MAILER-DAEMON@mx.example.net\r\nTo: help@example.org\r\nSubject: Undelivered\r\n\
             MIME-Version: 1.0\r\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n\
             --b\r\nContent-Type: text/plain\r\n\r\nNo such user {}.\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\n\
             Reporting-MTA: dns; mx.example.net\r\n\r\nFinal-Recipient: rfc822; anna@example.net\r\nAction: failed\r\n\
             Status: 5.1.1\r\nDiagnostic-Code: smtp; 550 5.1.1 no such user\r\n\r\n--b\r\nContent-Type: text/rfc822-headers\r\n\r\n\
             Message-ID: {id}\r\nSubject: x\r\n\r\n--b--\r\n",
            desk.now()
        );
        desk.receives(self.inbox, &report);
    }
}

/// The numbers of the tickets that a filter finds for somebody.
fn finds(desk: &TestDesk, person: PersonId, text: &str) -> Vec<i64> {
    let text = text.to_owned();
    let found = desk.desk.look_now(move |look| {
        let viewer = store::access::viewer(look.tx, person)?.unwrap();
        let catalogue = Arc::clone(&look.catalogue);
        let place = Place { viewer: &viewer, catalogue: &catalogue, now: look.now, zone: &TimeZone::UTC };
        let (_, test) = place.understand(&text)?;
        let (sort, grouping, patience) = (Sort::Due, Grouping::Nothing, MOST_LOOKED);
        let wanted = Wanted { test: &test, sort, grouping, after: None, limit: 50, patience };
        Ok(filtered::page(look.tx, &viewer, &catalogue, &wanted)?)
    });
    found.unwrap().entries.iter().map(|entry| entry.number).collect()
}

fn again(desk: &TestDesk, person: PersonId, number: i64, message: MessageId) {
    desk.with(person, number, move |act, seen| {
        desk::outbox::again(act, seen.serve().ok_or(DeskError::NotAllowed)?, message)
    })
    .unwrap();
}

fn of(desk: &TestDesk, person: PersonId, occasion: Occasion) -> usize {
    told(desk, person).into_iter().filter(|(own, _)| *own == occasion).count()
}

fn on_board(desk: &TestDesk, person: PersonId, occasion: Occasion, board: bool) {
    desk.act(person, move |act, viewer: &Viewer| {
        desk::notices::choose(act, viewer, &[(occasion, Choice { board, mail: Way::Never })])
    })
    .unwrap();
}

fn is_clean(desk: &TestDesk) {
    let report = desk::recompute::check(&desk.desk, |_| {}).unwrap();
    assert_eq!(report.total, 0, "{:?}", report.differences);
}

pub(crate) fn mail_that_comes_back_is_told_to_holder_and_writer_and_stands_until_it_goes_again(
    desk: &TestDesk,
) {
    let mut post = Post::outside(desk);
    let House { kim, bo, anna, .. } = post.house;
    let lea = desk.agent("Lea", &[post.house.unit]);
    let number = post.opens(desk);
    gives(desk, kim, number, bo);
    for person in [kim, bo] {
        desk.reads(person, number);
    }
    assert!(!is_unread(desk, bo, number));
    let message = post.bounces(desk, kim, number);
    desk.notifies();
    assert_eq!((of(desk, bo, Occasion::Bounced), of(desk, kim, Occasion::Bounced)), (1, 1));
    for other in [lea, anna] {
        assert_eq!(of(desk, other, Occasion::Bounced), 0);
    }
    assert!(is_unread(desk, bo, number) && is_unread(desk, kim, number));
    assert_eq!(finds(desk, bo, "is:bounced"), [number]);
    assert!(finds(desk, bo, "is:open bounced:no").is_empty());
    again(desk, bo, number, message);
    assert!(finds(desk, bo, "is:bounced").is_empty());
    is_clean(desk);
    post.sends(desk);
    let id = post.last();
    for _ in 0..2 {
        post.report(desk, &id);
    }
    desk.notifies();
    assert_eq!(lines(desk, bo).iter().filter(|line| line.occasion == Occasion::Bounced).count(), 1);
    assert_eq!(lines(desk, bo)[0].times, 2, "it came back once more, and a second report says nothing new");
    assert_eq!(finds(desk, bo, "is:bounced"), [number]);
    answers(desk, bo, number, "Is this your address?", Then::Stay);
    assert!(finds(desk, bo, "is:bounced").is_empty(), "something was sent since");
    is_clean(desk);
}

pub(crate) fn mail_that_is_given_up_is_told_like_mail_that_comes_back(desk: &TestDesk) {
    let mut post = Post::inside(desk);
    let House { kim, bo, .. } = post.house;
    let number = post.opens(desk);
    desk.takes(kim, number);
    chooses(desk, kim, Occasion::Bounced, Way::AtOnce);
    post.bag.answers.push_back(Outcome::Refused { why: said(550, "no such user") });
    let message = answers(desk, kim, number, "We look at it.", Then::Stay);
    post.sends(desk);
    desk.notifies();
    assert_eq!((of(desk, kim, Occasion::Bounced), of(desk, bo, Occasion::Bounced)), (1, 0));
    assert_eq!(lines(desk, kim)[0].times, 1, "who holds it and wrote it is told once");
    assert_eq!(finds(desk, kim, "is:bounced"), [number]);
    post.sends(desk);
    let mail = post.bag.left.last().unwrap();
    assert_eq!(mail.to, ["kim@example.org"]);
    let text = mail.message.text.clone().unwrap();
    assert!(text.contains("did not arrive") && text.contains("no such user"), "{text}");
    assert!(text.contains("because you hold the ticket, or wrote"), "{text}");
    again(desk, kim, number, message);
    assert!(finds(desk, kim, "is:bounced").is_empty());
    post.sends(desk);
    assert_eq!(post.bag.left.last().unwrap().to, ["ivo@example.org"]);
    is_clean(desk);
}

pub(crate) fn who_wrote_what_came_back_is_told_as_long_as_they_may_read_it(desk: &TestDesk) {
    let mut post = Post::inside(desk);
    let House { kim, bo, unit, .. } = post.house;
    let number = post.opens(desk);
    gives(desk, kim, number, bo);
    let message = answers(desk, kim, number, "We look at it.", Then::Stay);
    desk.set_up(move |act| Ok(store::unit::remove_member(act.tx, unit, kim)?));
    post.sends(desk);
    let id = post.last();
    post.report(desk, &id);
    desk.notifies();
    assert_eq!((of(desk, bo, Occasion::Bounced), of(desk, kim, Occasion::Bounced)), (1, 0));
    again(desk, bo, number, message);
}

pub(crate) fn how_it_went_is_told_to_whoever_holds_it(desk: &TestDesk) {
    let house = House::new(desk);
    let warehouse = desk.unit("Warehouse");
    let (stock, wim) = (desk.service("Stock", warehouse), desk.agent("Wim", &[warehouse]));
    let number = house.opens(desk);
    desk.takes(house.kim, number);
    let handoff = desk.asks(house.kim, number, stock, "A new lamp", "The green one.");
    desk.takes(wim, handoff);
    desk.delivers(wim, handoff, "Here it is.");
    desk.accepts(house.kim, handoff, 4);
    desk.notifies();
    assert_eq!(of(desk, wim, Occasion::Rated), 1);
    for other in [house.kim, house.bo, house.anna] {
        assert_eq!(of(desk, other, Occasion::Rated), 0);
    }
}

pub(crate) fn who_held_a_ticket_is_told_that_somebody_neutral_decides(desk: &TestDesk) {
    let house = House::new(desk);
    let neutral = desk.unit("Ombuds");
    let (ivo, una) = (desk.employee("Ivo"), desk.agent("Una", &[neutral]));
    let captive = desk.service_with("Payroll", house.unit, |input| {
        input.captive = true;
        input.neutral_unit = Some(neutral);
    });
    on_board(desk, una, Occasion::Arrived, true);
    let number = desk.opens(ivo, captive, "My pay", "It is wrong.");
    desk.takes(house.kim, number);
    desk.solves(house.kim, number);
    desk.with(ivo, number, |act, seen| {
        desk::escalate::run(act, seen.request().ok_or(DeskError::NotAllowed)?, "It is still wrong.")
    })
    .unwrap();
    desk.wait(SignedDuration::from_mins(2));
    desk.notifies();
    assert_eq!((of(desk, house.kim, Occasion::Escalated), of(desk, house.bo, Occasion::Escalated)), (1, 0));
    assert_eq!(of(desk, ivo, Occasion::Escalated), 0);
    assert_eq!(told(desk, una), [(Occasion::Arrived, number)]);
}

pub(crate) fn a_ticket_that_nobody_holds_is_told_to_those_of_its_unit_who_want_it(desk: &TestDesk) {
    let house = House::new(desk);
    let elsewhere = desk.unit("Warehouse");
    let (wim, ivo) = (desk.agent("Wim", &[elsewhere]), desk.employee("Ivo"));
    desk.joins(house.bo, house.unit, Role::Lead);
    for person in [house.bo, wim] {
        on_board(desk, person, Occasion::Arrived, true);
    }
    let outside = house.opens(desk);
    let inside = desk.opens(ivo, house.service, "My screen", "It is black.");
    let taken = house.opens(desk);
    desk.takes(house.kim, taken);
    desk.notifies();
    assert!(told(desk, house.bo).is_empty(), "what is taken at once is no news");
    desk.wait(SignedDuration::from_mins(2));
    desk.notifies();
    let arrived = |number| (Occasion::Arrived, number);
    assert_eq!(told(desk, house.bo), [arrived(inside), arrived(outside)]);
    for other in [house.kim, wim, house.anna, ivo] {
        assert_eq!(
            of(desk, other, Occasion::Arrived),
            0,
            "off until somebody wants it, and only of their unit"
        );
    }
    on_board(desk, house.bo, Occasion::Arrived, false);
    house.opens(desk);
    desk.wait(SignedDuration::from_mins(2));
    desk.notifies();
    assert_eq!(told(desk, house.bo).len(), 2);
}
