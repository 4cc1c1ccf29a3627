//! What goes wrong or comes in is told to those whom it concerns, and a list of it shows nobody more than they may see.

use desk::DeskError;
use desk::rules::set_up::{self, Input};
use domain::action::{Action, Whom};
use domain::notice::{Choice, Occasion, Way};
use domain::rule::{Happening, When};
use jiff::SignedDuration;
use testkit::letters::{refused, taken};
use testkit::post::Bag;

use crate::board::told;
use crate::canary::word;
use crate::site::Site;
use crate::texts::{ADMIN, BO, EVA, HANA, HR, KIM, LEA, LEAD};
use crate::world::{Actor, World};

const WHY_ESCALATED: &str = "why somebody neutral was asked";
const WHY_SECRET: &str = "why somebody neutral was asked in confidence";

fn signed_in(world: &World) -> impl Iterator<Item = &Actor> {
    world.actors.iter().filter(|actor| actor.token.is_some())
}

#[test]
fn a_mail_that_did_not_arrive_is_told_to_its_writer_and_holder_alone() {
    let world = World::new();
    let site = Site::new(&world);
    let (kim, external) = (world.actor(KIM).person.unwrap(), world.number("external"));
    while !world.desk.hands_over(taken()).is_empty() {}
    world.desk.replies(kim, external, "We look at it.");
    world.desk.wait(SignedDuration::from_mins(2));
    assert!(!world.desk.hands_over(refused("550 no such user")).is_empty(), "nothing was sent");
    world.desk.notifies();
    for actor in signed_in(&world) {
        let is_told = told(&site, actor).contains("A mail did not arrive");
        assert_eq!(is_told, actor.name == KIM, "{}", actor.name);
        let list = site.get(actor, "/views?q=is:bounced").body;
        let listed = list.contains(&word("external subject"));
        let readers = world.tickets.iter().find(|(number, _)| *number == external);
        assert!(!listed || readers.unwrap().1.contains(&actor.name), "{} is shown it", actor.name);
        if [KIM, HANA, LEAD].contains(&actor.name) {
            assert!(listed, "{} finds it", actor.name);
        }
    }
}

#[test]
fn a_confidential_ticket_that_nobody_holds_is_told_to_its_own_unit_alone() {
    let world = World::new();
    let site = Site::new(&world);
    let all: Vec<_> = signed_in(&world).filter_map(|actor| actor.person).collect();
    world.desk.set_up(move |act| {
        for person in all {
            let choice = Choice { board: true, mail: Way::Never };
            store::notice::choose(act.tx, person, Occasion::Arrived, choice)?;
        }
        Ok(())
    });
    let (eva, secret) = (world.actor(EVA).person.unwrap(), world.number("secret"));
    let service = world.desk.set_up(move |act| {
        let sql = "select service_id from ticket where number = $1";
        Ok(act.tx.query_one(sql, store::params![secret], |row| row.get(0))?)
    });
    let number = world.desk.opens(eva, service, "Only for personnel", "Nobody else should know.");
    world.desk.wait(SignedDuration::from_mins(2));
    world.desk.notifies();
    for actor in signed_in(&world) {
        let told = told(&site, actor);
        assert_eq!(told.contains("Only for personnel"), actor.name == HR, "{}", actor.name);
        assert_eq!(told.contains(&format!("#{number}")), actor.name == HR, "{}", actor.name);
    }
}

#[test]
fn a_rule_tells_nobody_of_a_ticket_that_they_may_not_read() {
    let world = World::new();
    let site = Site::new(&world);
    let admin = world.actor(ADMIN).person.unwrap();
    let people = [BO, LEA, LEAD, HR].map(|name| world.actor(name).person.unwrap());
    let whoms = people.map(Whom::Person).into_iter().chain([Whom::Holder, Whom::Leads]);
    let input = Input {
        name: "Look here".to_owned(),
        unit: None,
        when: When::Happens(Happening::RequesterWrote),
        filter: String::new(),
        phrases: String::new(),
        actions: whoms.map(|whom| Action::Tell { whom }).collect(),
        stops: false,
    };
    world.desk.act(admin, move |act, viewer| set_up::save(act, viewer, &input)).unwrap();
    world.says_on_the_secret_ticket("Nobody else knows.");
    assert!(world.desk.rules() > 0, "the rule acts");
    world.desk.notifies();
    for actor in signed_in(&world) {
        let is_told = told(&site, actor).contains("asks you to look");
        assert_eq!(is_told, actor.name == HR, "{}", actor.name);
    }
}

/// Somebody of the unit that asked rates a hand-off of the warehouse, and an employee asks somebody neutral about
/// what human resources had.
fn rate_and_escalate(world: &World) {
    let person = |name| world.actor(name).person.unwrap();
    let (kim, bo, eva, hr) = (person(KIM), person(BO), person(EVA), person(HR));
    let desk = &world.desk;
    let (asked, secret) = (world.number("handoff"), world.number("secret"));
    let (stock, personnel, legal) = desk.set_up(move |act| {
        let service = "select service_id from ticket where number = $1";
        let unit = "select unit_id from ticket where number = $1";
        let legal = "select id from unit where name = 'Legal'";
        Ok((
            act.tx.query_one(service, store::params![asked], |row| row.get(0))?,
            act.tx.query_one(unit, store::params![secret], |row| row.get(0))?,
            act.tx.query_one(legal, store::params![], |row| row.get(0))?,
        ))
    });
    let handoff = desk.asks(kim, world.number("external"), stock, "Count them", "Please.");
    desk.takes(bo, handoff);
    desk.delivers(bo, handoff, "Twelve.");
    desk.with(kim, handoff, |act, seen| {
        let granted = seen.ask().ok_or(DeskError::NotAllowed)?;
        desk::handoff::accept(act, granted, Some(1), "Fourteen.")
    })
    .unwrap();
    // Of what is confidential, who had it may read nothing once it is with somebody neutral.
    for (name, why) in [("Pay", WHY_ESCALATED), ("Health", WHY_SECRET)] {
        let service = desk.service_with(name, personnel, |service| {
            service.confidential = why == WHY_SECRET;
            service.captive = true;
            service.neutral_unit = Some(legal);
        });
        let number = desk.opens(eva, service, name, "It is wrong.");
        desk.takes(hr, number);
        desk.solves(hr, number);
        desk.with(eva, number, |act, seen| {
            desk::escalate::run(act, seen.request().ok_or(DeskError::NotAllowed)?, &word(why))
        })
        .unwrap();
    }
}

#[test]
fn ratings_and_neutral_decisions_are_told_to_whoever_has_or_had_the_ticket_alone() {
    let world = World::new();
    let site = Site::new(&world);
    let all: Vec<_> = signed_in(&world).filter_map(|actor| actor.person).collect();
    world.desk.set_up(move |act| {
        for person in all {
            for occasion in [Occasion::Rated, Occasion::Escalated] {
                let choice = Choice { board: true, mail: Way::AtOnce };
                store::notice::choose(act.tx, person, occasion, choice)?;
            }
        }
        Ok(())
    });
    let mut bag = Bag::default();
    while world.desk.sends(&mut bag) > 0 {}
    bag.left.clear();
    rate_and_escalate(&world);
    world.desk.wait(SignedDuration::from_mins(2));
    world.desk.notifies();
    while world.desk.sends(&mut bag) > 0 {}
    for actor in signed_in(&world) {
        let board = told(&site, actor);
        assert_eq!(board.contains("said how it went"), actor.name == BO, "{}", actor.name);
        let neutral = board.matches("asked somebody neutral").count();
        assert_eq!(neutral > 0, actor.name == HR, "{}", actor.name);
        assert!(!board.contains("Health"), "{}", actor.name);
    }
    let mut mailed = Vec::new();
    for left in &bag.left {
        let message = &left.message;
        let words = format!("{:?} {:?} {:?}", message.subject, message.text, message.html);
        for why in ["1/5", WHY_ESCALATED, WHY_SECRET] {
            if words.contains(why) || words.contains(&word(why)) {
                mailed.push((world.by_address(&left.to[0]), why));
            }
        }
    }
    mailed.sort_unstable();
    assert_eq!(mailed, [(HR, WHY_ESCALATED), (BO, "1/5")]);
}
