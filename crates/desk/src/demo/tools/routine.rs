//! What the desk does by itself: rules that answer to what happens or to time, and tickets that come again.

use std::collections::BTreeSet;

use domain::action::Action;
use domain::priority::Priority;
use domain::recurrence::{OffDays, Recurrence, Rule, Then};
use domain::rule::{Happening, Since, When};
use domain::ticket::Kind;
use jiff::SignedDuration;
use jiff::civil::Time;

use super::become_person;
use crate::act::Act;
use crate::custom::Typed;
use crate::demo::COMPANY_DOMAIN;
use crate::demo::company::{ADMINISTRATOR, Unit, address};
use crate::demo::names::Market;
use crate::demo::offers::Offer;
use crate::demo::setup::day;
use crate::demo::world::World;
use crate::{DeskError, recurring, rules};

pub(super) fn write(act: &mut Act, world: &World) -> Result<(), DeskError> {
    for answer in ANSWERS {
        let viewer = become_person(act, world, answer.by)?;
        let input = rules::set_up::Input {
            name: answer.name.to_owned(),
            unit: answer.unit.map(|unit| world.units[&unit]),
            when: answer.when,
            filter: answer.filter.to_owned(),
            phrases: answer.phrases.to_owned(),
            actions: (answer.does)(),
            stops: false,
        };
        rules::set_up::save(act, &viewer, &input)?;
    }
    for again in AGAIN {
        let viewer = become_person(act, world, again.by)?;
        let service = world.services[&again.offer];
        let calendar = recurring::calendars(&act.catalogue, service).first().map(|(calendar, _)| *calendar);
        let input = recurring::Input {
            service,
            kind: Kind::Request,
            requester: address(again.requester, again.domain),
            subject: again.subject.to_owned(),
            body: again.body.to_owned(),
            fields: Typed::new(),
            recurrence: Recurrence {
                rule: (again.rule)(),
                at: again.at,
                zone: Market::Britain.time_zone().to_owned(),
                first: day(act.now),
                last: None,
                off_days: calendar.map(|calendar| OffDays { calendar, then: Then::Before }),
            },
        };
        recurring::save(act, &viewer, &input)?;
    }
    Ok(())
}

/// A rule of the company.
struct Answer {
    by: &'static str,
    name: &'static str,
    unit: Option<Unit>,
    when: When,
    filter: &'static str,
    phrases: &'static str,
    does: fn() -> Vec<Action>,
}

fn tag(tag: &str) -> Action {
    Action::Tag { tag: tag.to_owned() }
}

const ANSWERS: &[Answer] = &[
    Answer {
        by: ADMINISTRATOR,
        name: "A cold house does not wait its turn",
        unit: None,
        when: When::Happens(Happening::Opened),
        filter: "service:\"Help with your heat pump\" priority:3..4",
        phrases: "gets cold, stairs cold, all cold, no heating, freezing, newborn, tenants need heat",
        does: || {
            let reason = "Somebody writes that the house is cold.".to_owned();
            vec![tag("cold-house"), Action::SetPriority { priority: Priority::P2, reason }]
        },
    },
    Answer {
        by: ADMINISTRATOR,
        name: "Fault F8 is collected for Quality",
        unit: None,
        when: When::Happens(Happening::Opened),
        filter: "class:external",
        phrases: "F8",
        does: || {
            let text = "Fault F8 is being collected: please fill in model and serial number, they tell which batch the sensor is of.".to_owned();
            vec![tag("f8"), Action::Note { text }]
        },
    },
    Answer {
        by: ADMINISTRATOR,
        name: "It came back: somebody looks twice",
        unit: None,
        when: When::Happens(Happening::Reopened),
        filter: "is:open",
        phrases: "",
        does: || vec![tag("came-back")],
    },
    Answer {
        by: "Viktor Halas",
        name: "Whoever cannot sign in comes first",
        unit: Some(Unit::It),
        when: When::Happens(Happening::Opened),
        filter: "is:open",
        phrases: "password, access, rights, locked out, second factor",
        does: || {
            let reason = "Nobody works without access.".to_owned();
            vec![tag("access"), Action::SetPriority { priority: Priority::P2, reason }]
        },
    },
    Answer {
        by: "Maren Ashdown",
        name: "Four hours without an answer",
        unit: Some(Unit::CustomerService),
        when: When::Passes { since: Since::Unanswered, by: SignedDuration::from_hours(4), working: true },
        filter: "is:open",
        phrases: "",
        does: || vec![tag("answer-today")],
    },
];

/// A ticket that comes again.
struct Again {
    by: &'static str,
    offer: Offer,
    requester: &'static str,
    domain: &'static str,
    subject: &'static str,
    body: &'static str,
    rule: fn() -> Rule,
    at: Time,
}

const AGAIN: &[Again] = &[
    Again {
        by: "Maren Ashdown",
        offer: Offer::Help,
        requester: "Denise Harcourt",
        domain: "brackwater.example",
        subject: "Weekly look at the units of Brackwater Housing",
        body: "Read the counters of all units at Quarry Lane and Millgate, compare them with last week, and write to Denise what stands out.",
        rule: || Rule::Weekly { days: BTreeSet::from([2]) },
        at: Time::constant(9, 0, 0, 0),
    },
    Again {
        by: "Graham Pell",
        offer: Offer::Buildings,
        requester: "Una Bergström",
        domain: COMPANY_DOMAIN,
        subject: "Smoke detectors in the showroom: test and sign",
        body: "Press each button for five seconds, sign the sheet behind the door, and take the batteries along. The dog of the baker next door does not like it; warn her.",
        rule: || Rule::Monthly { day: 1 },
        at: Time::constant(7, 30, 0, 0),
    },
    Again {
        by: "Viktor Halas",
        offer: Offer::ItHelp,
        requester: "Dagny Thorsen",
        domain: COMPANY_DOMAIN,
        subject: "Restore one backup and look at what is in it",
        body: "Any one, but another one than last week. A backup that nobody has restored is a hope.",
        rule: || Rule::Weekly { days: BTreeSet::from([4]) },
        at: Time::constant(8, 0, 0, 0),
    },
];
