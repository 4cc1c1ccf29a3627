//! How units give their tickets: terms of people, what nobody could be given, and who stands in for whom.

use desk::DeskError;
use domain::assignment::{Need, Policy, Shortage, Skills};
use domain::id::{AbsenceId, PersonId, ServiceId, TicketId, UnitId};
use store::assignment::{Giving, Terms};
use store::presence::Absence;
use testkit::TestDesk;

use crate::canary::{Canary, word};
use crate::site::Site;
use crate::world::World;

/// An id that no absence has.
const NONE: i64 = 17;

pub(crate) struct Assignments {
    absence: AbsenceId,
}

impl Assignments {
    /// Kim's terms in support; a confidential ticket that nobody could be given, and whoever has it
    /// absent with somebody who stands in and does not serve there.
    pub(crate) fn new(
        desk: &TestDesk,
        admin: PersonId,
        (support, kim): (UnitId, PersonId),
        (personnel, private, hr): (UnitId, ServiceId, PersonId),
        secret: i64,
    ) -> Self {
        let terms = Terms { skills: Skills::parse(&word("skill of a member")), ..Terms::default() };
        let need = Skills::parse(&word("need of a confidential service"));
        let giving = Giving { policy: Policy::RoundRobin, by_language: false };
        desk.act(admin, move |act, viewer| {
            desk::assignment::set_terms(act, viewer, support, kim, &terms)?;
            desk::assignment::set(act, viewer, personnel, giving, &[(private, need)])
        })
        .unwrap();
        let absence = AbsenceId(4_711);
        desk.set_up(move |act| -> Result<(), DeskError> {
            let ticket: TicketId = act.tx.query_one(
                "select id from ticket where number = $1",
                store::params![secret],
                |row| row.get(0),
            )?;
            let now = act.now;
            let shortage = Shortage::Away { need: Need::default() };
            store::assignment::keep(act.tx, ticket, personnel, now, &shortage)?;
            let until = now + jiff::SignedDuration::from_hours(900);
            let absent =
                Absence { id: absence, person: hr, substitute: Some(kim), from: now, until, made_by: None };
            Ok(store::presence::insert(act.tx, &absent)?)
        });
        Self { absence }
    }

    pub(crate) fn ids(&self) -> [i64; 2] {
        [self.absence.0, NONE]
    }

    /// `support` see that unit; `keepers` say what a confidential service needs.
    pub(crate) fn canaries(support: &[&'static str], keepers: &[&'static str]) -> Vec<Canary> {
        let canary =
            |name, for_whom: &[&'static str]| Canary { name, word: word(name), for_whom: for_whom.into() };
        vec![canary("skill of a member", support), canary("need of a confidential service", keepers)]
    }
}

#[test]
fn nobody_says_how_tickets_are_given_who_does_not_lead_the_unit() {
    let world = World::new();
    let site = Site::new(&world);
    let unit = world.addresses("{unit}")[0].clone();
    let kim = world.actor(crate::texts::KIM).person.unwrap();
    let leads = [crate::texts::LEAD, crate::texts::ADMIN];
    let acts = [
        (format!("/units/{unit}/assignment"), "policy=round_robin"),
        (format!("/units/{unit}/people/{kim}/terms"), "capacity=3&skills=&shift="),
    ];
    for (address, form) in &acts {
        for actor in world.actors.iter().filter(|actor| !leads.contains(&actor.name)) {
            let before = world.head();
            let answer = site.post(actor, address, form);
            assert_eq!(world.head(), before, "{} did {address}: {}", actor.name, answer.status);
        }
        for lead in leads {
            let before = world.head();
            let answer = site.post(world.actor(lead), address, form);
            // The way is the same the second time; terms are written each time.
            assert!(answer.status.is_redirection(), "{lead} could not: {}", answer.status);
            assert!(world.head() > before || lead == crate::texts::ADMIN);
        }
    }
}

#[test]
fn an_absence_of_somebody_else_answers_like_one_that_does_not_exist() {
    let world = World::new();
    let site = Site::new(&world);
    let ids = world.addresses("{absence}");
    let owners = [crate::texts::HR, crate::texts::ADMIN];
    for actor in world.actors.iter().filter(|actor| !owners.contains(&actor.name)) {
        let ends = |id: &String| site.post(actor, &format!("/presence/absences/{id}/end"), "");
        let before = world.head();
        let (theirs, none) = (ends(&ids[0]), ends(&ids[1]));
        assert_eq!(world.head(), before, "{} ended it", actor.name);
        assert_eq!((theirs.status, theirs.body), (none.status, none.body), "{} can tell", actor.name);
    }
    let before = world.head();
    site.post(world.actor(crate::texts::HR), &format!("/presence/absences/{}/end", ids[0]), "");
    assert!(world.head() > before);
}
