//! Who is given tickets: in turn or by load, never their own, each once; and what nobody can be given.

use std::sync::Barrier;

use desk::{DeskError, Problem};
use domain::assignment::{Need, Policy, Shortage, Skills, Why};
use domain::calendar::{CalendarSpec, Interval, Weekday};
use domain::id::{PersonId, ServiceId, UnitId};
use domain::origin::Origin;
use jiff::SignedDuration;
use store::assignment::{Giving, Terms, Unassigned};
use store::params;
use store::unit::Role;
use testkit::TestDesk;

use crate::HOUR;

struct Office<'a> {
    desk: &'a TestDesk,
    unit: UnitId,
    help: ServiceId,
    lead: PersonId,
    kim: PersonId,
    bo: PersonId,
    ada: PersonId,
}

/// Lea leads and is away; Kim and Bo serve.
fn office(desk: &TestDesk, policy: Policy) -> Office<'_> {
    let unit = desk.unit("Support");
    let help = desk.service("Help", unit);
    let (kim, bo) = (desk.agent("Kim", &[unit]), desk.agent("Bo", &[unit]));
    let lead = desk.agent("Lea", &[]);
    desk.joins(lead, unit, Role::Lead);
    let office = Office { desk, unit, help, lead, kim, bo, ada: desk.customer("Ada") };
    office.leaves(lead);
    office.sets(policy, false, "");
    office
}

impl Office<'_> {
    fn sets(&self, policy: Policy, by_language: bool, needs: &str) {
        let (unit, needs) = (self.unit, [(self.help, Skills::parse(needs))]);
        let giving = Giving { policy, by_language };
        self.desk
            .act(self.lead, move |act, viewer| desk::assignment::set(act, viewer, unit, giving, &needs))
            .unwrap();
    }

    fn terms(&self, person: PersonId, terms: Terms) {
        let unit = self.unit;
        self.desk
            .act(self.lead, move |act, viewer| desk::assignment::set_terms(act, viewer, unit, person, &terms))
            .unwrap();
    }

    fn leaves(&self, person: PersonId) {
        self.desk.act(person, desk::presence::leave).unwrap();
    }

    fn comes_back(&self, person: PersonId) {
        self.desk.act(person, desk::presence::come_back).unwrap();
    }

    fn opens(&self, subject: &str) -> i64 {
        self.desk.opens(self.ada, self.help, subject, "Please.")
    }

    fn holder(&self, number: i64) -> Option<PersonId> {
        crate::now(self.desk, number).person
    }

    /// What stands behind the events of a ticket, oldest first.
    fn origins(&self, number: i64) -> Vec<Origin> {
        let read = self.desk.with(self.kim, number, |act, seen| {
            Ok(store::origin::of_ticket(act.tx, &seen.read_inside().unwrap())?)
        });
        read.unwrap().into_values().collect()
    }

    fn unassigned(&self) -> Vec<Unassigned> {
        let unit = self.unit;
        self.desk
            .act(self.lead, move |act, viewer| Ok(store::assignment::unassigned(act.tx, viewer, unit, 50)?))
            .unwrap()
    }

    fn shortages(&self) -> Vec<(i64, Shortage)> {
        self.unassigned().into_iter().map(|one| (one.number, one.shortage)).collect()
    }
}

pub(crate) fn tickets_go_round_and_each_is_given_once_with_the_reason(desk: &TestDesk) {
    let office = office(desk, Policy::RoundRobin);
    let numbers: Vec<i64> = (0..4).map(|n| office.opens(&format!("Lamp {n}"))).collect();
    assert_eq!(desk.gives(), 4);
    assert_eq!(desk.gives(), 0, "nothing is given twice");
    let holders: Vec<_> = numbers.iter().map(|number| office.holder(*number).unwrap()).collect();
    assert_eq!(holders, [office.kim, office.bo, office.kim, office.bo]);
    assert_eq!(office.origins(numbers[0]), [Origin::Assignment { choice: Why::Turn }]);
    // What a person puts back stays where they put it, until somebody takes it.
    desk.with(office.kim, numbers[0], |act, seen| desk::assign::to(act, seen.serve().unwrap(), None))
        .unwrap();
    assert_eq!(desk.gives(), 0);
    assert_eq!(office.holder(numbers[0]), None);
    assert_eq!(office.unassigned(), []);
    let report = desk::recompute::check(&desk.desk, |_| {}).unwrap();
    assert!(report.differences.is_empty(), "{:?}", report.differences);
}

pub(crate) fn the_least_load_gets_it_and_what_is_too_much_is_listed_until_there_is_room(desk: &TestDesk) {
    let office = office(desk, Policy::LeastLoad);
    let one = Terms { capacity: Some(1), ..Terms::default() };
    office.terms(office.kim, one.clone());
    office.terms(office.bo, one);
    let numbers: Vec<i64> = (0..3).map(|n| office.opens(&format!("Lamp {n}"))).collect();
    assert_eq!(desk.gives(), 2);
    assert_eq!(office.holder(numbers[2]), None);
    assert_eq!(office.shortages(), [(numbers[2], Shortage::Full { need: Need::default() })]);
    let why = Why::LeastLoad { load: 0, capacity: Some(1) };
    assert_eq!(office.origins(numbers[1]), [Origin::Assignment { choice: why }]);
    desk.solves(office.kim, numbers[0]);
    assert_eq!(desk.gives(), 1, "there is room again");
    assert_eq!(office.holder(numbers[2]), Some(office.kim));
    assert_eq!(office.unassigned(), []);
}

pub(crate) fn a_ticket_waits_for_whoever_speaks_its_language_and_is_there(desk: &TestDesk) {
    let office = office(desk, Policy::RoundRobin);
    office.sets(Policy::RoundRobin, true, "lamps");
    office.terms(office.bo, Terms { skills: Skills::parse("FR, lamps"), ..Terms::default() });
    office.terms(office.kim, Terms { skills: Skills::parse("lamps"), ..Terms::default() });
    let ada = office.ada;
    desk.set_up(move |act| {
        act.tx.execute("update person set language = 'fr' where id = $1", params![ada])?;
        Ok(())
    });
    office.leaves(office.bo);
    let number = office.opens("Lampe");
    assert_eq!(desk.gives(), 0);
    let need = Need { skills: Skills::parse("lamps"), language: Some("fr".to_owned()) };
    assert_eq!(office.shortages(), [(number, Shortage::Away { need })]);
    office.comes_back(office.bo);
    assert_eq!(desk.gives(), 1);
    assert_eq!(office.holder(number), Some(office.bo));
}

pub(crate) fn nobody_is_given_their_own_ticket(desk: &TestDesk) {
    let office = office(desk, Policy::RoundRobin);
    let own = desk.opens(office.kim, office.help, "My lamp", "It is dark.");
    let other = desk.opens(office.kim, office.help, "My chair", "It creaks.");
    assert_eq!(desk.gives(), 2);
    assert_eq!([office.holder(own), office.holder(other)], [Some(office.bo), Some(office.bo)]);
    office.leaves(office.bo);
    let third = desk.opens(office.kim, office.help, "My desk", "It wobbles.");
    assert_eq!(desk.gives(), 0);
    assert_eq!(office.shortages(), [(third, Shortage::Away { need: Need::default() })]);
}

pub(crate) fn a_reopened_ticket_goes_back_to_whoever_had_it_or_to_who_stands_in(desk: &TestDesk) {
    let office = office(desk, Policy::RoundRobin);
    let number = office.opens("Lamp");
    desk.gives();
    let reopens = || {
        desk.solves(office.bo, number);
        desk.with(office.bo, number, |act, seen| {
            desk::reopen::serve(act, seen.serve().unwrap(), "Still dark")
        })
        .unwrap();
        desk.gives();
        office.holder(number)
    };
    assert_eq!(reopens(), Some(office.kim));
    let (kim, bo, now) = (office.kim, office.bo, desk.now());
    let plans = move |substitute| {
        desk.act(kim, move |act, viewer| {
            desk::presence::plan(act, viewer, kim, Some(substitute), (now, now + HOUR * 24))
        })
    };
    let stranger = desk.agent("Mo", &[desk.unit("Warehouse")]);
    assert!(matches!(plans(stranger), Err(DeskError::Invalid { problem: Problem::SubstituteElsewhere, .. })));
    plans(bo).unwrap();
    assert_eq!(reopens(), Some(bo));
    let last = office.origins(number).pop();
    assert_eq!(last, Some(Origin::Assignment { choice: Why::Substitute { of: kim } }));
    // Who had it last is Bo now; when nobody is there, nobody has it.
    office.leaves(bo);
    assert_eq!(reopens(), None);
    assert_eq!(office.shortages(), [(number, Shortage::Away { need: Need::default() })]);
    // An absence ends by itself.
    desk.wait(HOUR * 24);
    assert_eq!(desk.gives(), 1);
    assert_eq!(office.holder(number), Some(kim));
}

pub(crate) fn who_stands_in_sees_the_tickets_and_is_told_what_happens_on_them(desk: &TestDesk) {
    let office = office(desk, Policy::ByHand);
    desk.notifies();
    let number = office.opens("Lamp");
    desk.takes(office.kim, number);
    let (kim, bo, now) = (office.kim, office.bo, desk.now());
    let board = || {
        desk.notifies();
        desk.act(bo, move |act, _| {
            Ok(act.tx.query_one(
                "select count(*) from notice_shown where person_id = $1",
                params![bo],
                |row| row.get::<i64>(0),
            )?)
        })
        .unwrap()
    };
    let before = board();
    desk.act(kim, move |act, viewer| {
        desk::presence::plan(act, viewer, kim, Some(bo), (now, now + HOUR * 24))
    })
    .unwrap();
    let shown = || {
        desk.act(bo, move |act, viewer| {
            let absences = store::presence::stands_in_for(act.tx, bo, act.now)?;
            let mut shown = Vec::new();
            for absence in absences {
                shown.extend(store::assignment::stood_in_for(act.tx, viewer, absence.person, 50)?);
            }
            Ok(shown.into_iter().map(|entry| entry.number).collect::<Vec<_>>())
        })
        .unwrap()
    };
    assert_eq!(shown(), [number]);
    desk.replies(office.ada, number, "It is still dark.");
    assert_eq!(board(), before + 1);
    desk.wait(HOUR * 24);
    assert_eq!(shown(), Vec::<i64>::new(), "it ends by itself");
    desk.replies(office.ada, number, "And now?");
    assert_eq!(board(), before + 1);
}

pub(crate) fn a_shift_begins_by_itself(desk: &TestDesk) {
    let office = office(desk, Policy::RoundRobin);
    // Open from 13:00; it is noon.
    let hours = Weekday::ALL.map(|day| (day, vec![Interval::parse("13:00", "17:00").unwrap()])).into();
    let spec = CalendarSpec { hours, ..CalendarSpec::always("UTC") };
    let shift = desk.calendar("Afternoon", spec);
    for person in [office.kim, office.bo] {
        office.terms(person, Terms { shift: Some(shift), ..Terms::default() });
    }
    let number = office.opens("Lamp");
    assert_eq!(desk.gives(), 0);
    desk.wait(SignedDuration::from_mins(61));
    assert_eq!(desk.gives(), 1);
    assert_eq!(office.holder(number), Some(office.kim));
}

pub(crate) fn of_two_who_take_a_ticket_at_once_one_has_it_and_the_other_is_told_who(desk: &TestDesk) {
    let office = office(desk, Policy::ByHand);
    for round in 0..10 {
        let number = office.opens(&format!("Lamp {round}"));
        let start = Barrier::new(2);
        let takes = |person: PersonId| {
            start.wait();
            desk.with(person, number, |act, seen| desk::assign::take(act, seen.serve().unwrap()))
        };
        let (kim, bo) = std::thread::scope(|scope| {
            let kim = scope.spawn(|| takes(office.kim));
            let bo = scope.spawn(|| takes(office.bo));
            (kim.join().unwrap(), bo.join().unwrap())
        });
        let (has, name, told) = if kim.is_ok() { (office.kim, "Kim", bo) } else { (office.bo, "Bo", kim) };
        assert_eq!(office.holder(number), Some(has));
        let Err(DeskError::Conflict(Problem::TakenMeanwhile { name: who })) = told else {
            panic!("both have it: {told:?}")
        };
        assert_eq!(who, name);
    }
    // Whoever knows who has it may take it over from them, and from nobody else.
    let number = office.opens("Chair");
    desk.takes(office.kim, number);
    let over = |from: PersonId| {
        desk.with(office.bo, number, move |act, seen| {
            desk::assign::take_over(act, seen.serve().unwrap(), from)
        })
    };
    assert!(matches!(over(office.lead), Err(DeskError::Conflict(_))));
    over(office.kim).unwrap();
    assert_eq!(office.holder(number), Some(office.bo));
}

pub(crate) fn only_leads_and_administrators_say_how_tickets_are_given(desk: &TestDesk) {
    let office = office(desk, Policy::ByHand);
    let (unit, kim) = (office.unit, office.kim);
    let sets = |person: PersonId| {
        desk.act(person, move |act, viewer| {
            let giving = Giving { policy: Policy::RoundRobin, by_language: false };
            desk::assignment::set(act, viewer, unit, giving, &[])?;
            desk::assignment::set_terms(act, viewer, unit, kim, &Terms::default())
        })
    };
    assert!(matches!(sets(kim), Err(DeskError::NotAllowed)));
    assert!(matches!(sets(office.ada), Err(DeskError::NotFound)));
    assert!(matches!(sets(desk.agent("Mo", &[desk.unit("Warehouse")])), Err(DeskError::NotFound)));
    sets(office.lead).unwrap();
}

pub(crate) fn a_lead_plans_the_absence_of_somebody_in_their_unit_and_of_nobody_else(desk: &TestDesk) {
    let office = office(desk, Policy::ByHand);
    let (lead, kim, bo, now, unit) = (office.lead, office.kim, office.bo, desk.now(), office.unit);
    let warehouse = desk.unit("Warehouse");
    let (mo, boss) = (desk.agent("Mo", &[warehouse]), desk.agent("Una", &[warehouse]));
    desk.joins(boss, warehouse, Role::Lead);
    // Kim also serves where the lead does not lead.
    desk.joins(kim, warehouse, Role::Agent);
    let plans = |who, person, substitute| {
        desk.act(who, move |act, viewer| {
            desk::presence::plan(act, viewer, person, substitute, (now, now + HOUR * 24))
        })
    };
    for (who, person) in [(bo, kim), (lead, mo), (lead, boss), (mo, kim)] {
        let refused = plans(who, person, None);
        assert!(matches!(refused, Err(DeskError::NotFound)), "{refused:?}");
    }
    let elsewhere = plans(lead, kim, Some(mo));
    assert!(
        matches!(elsewhere, Err(DeskError::Invalid { problem: Problem::SubstituteElsewhere, .. })),
        "{elsewhere:?}"
    );
    let absence = plans(lead, kim, Some(bo)).unwrap();
    let absences =
        || desk.desk.look_now(move |look| Ok(store::presence::of_unit(look.tx, unit, now)?)).unwrap();
    let seen: Vec<_> = absences().iter().map(|one| (one.person, one.substitute, one.made_by)).collect();
    assert_eq!(seen, [(kim, Some(bo), Some(lead))]);
    let ends =
        |who| desk.act(who, move |act: &mut desk::Act, viewer| desk::presence::end(act, viewer, absence));
    assert!(matches!(ends(bo), Err(DeskError::NotFound)));
    ends(lead).unwrap();
    assert!(absences().is_empty());
}
