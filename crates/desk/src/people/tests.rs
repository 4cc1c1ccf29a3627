//! People come, are tied to us, serve, and are shut out.

use domain::affiliation::{Class, Party, Relation};
use domain::event::Actor;
use domain::id::PersonId;
use domain::permission::Viewer;
use jiff::SignedDuration;
use jiff::civil::date;
use store::office::Office;
use store::page::{Names, Place};
use store::unit::Role;
use store::{Db, WallClock};

use super::{Input, Profile, Tie, affiliations, create, disable, join_unit, offices};
use crate::{ByDesk, Desk, DeskError};

fn desk() -> Desk {
    let db = Db::open("sqlite::memory:", store::migrations::ALL).unwrap();
    let clock = WallClock::fixed("2026-03-02T09:00:00Z".parse().unwrap());
    Desk::with_ids(db, clock, store::id::Ids::of_node(1))
}

fn tie(relation: Relation) -> Tie {
    Tie { relation, class: None, from: date(2026, 3, 1), until: None }
}

fn add(desk: &Desk, name: &'static str, email: Option<&'static str>, ties: Vec<Tie>) -> PersonId {
    desk.act_now(Actor::Desk, move |act| {
        let input = Input { email: email.map(str::to_owned), ..Input::named(name) };
        create(act, &ByDesk, &input, &ties)
    })
    .unwrap()
}

fn class(desk: &Desk, person: PersonId) -> Class {
    desk.look_now(move |look| Ok(store::person::by_id(look.tx, person)?.unwrap().class)).unwrap()
}

fn field<T: std::fmt::Debug>(answer: Result<T, DeskError>) -> &'static str {
    match answer.unwrap_err() {
        DeskError::Invalid { field, .. } => field,
        other => panic!("{other} names no field"),
    }
}

#[test]
fn a_person_gets_the_innermost_class_of_their_ties() {
    let desk = desk();
    let nobody = add(&desk, "Ama Owusu", None, vec![]);
    let both = add(&desk, "Jonas Weber", None, vec![tie(Relation::Buyer), tie(Relation::Employee)]);
    assert_eq!(class(&desk, nobody), Class::External);
    assert_eq!(class(&desk, both), Class::Internal);
}

#[test]
fn a_class_follows_the_days_of_a_tie_when_the_desk_looks_once_a_day() {
    let desk = desk();
    let ends = Tie { until: Some(date(2026, 3, 4)), ..tie(Relation::Employee) };
    let person = add(&desk, "Mei Tanaka", None, vec![ends]);
    let daily = |desk: &Desk| desk.act_now(Actor::Desk, affiliations::classes_of_day).unwrap();
    assert_eq!(daily(&desk), 0);
    assert_eq!(class(&desk, person), Class::Internal);
    desk.clock.advance(SignedDuration::from_hours(48));
    assert_eq!(daily(&desk), 1);
    assert_eq!(class(&desk, person), Class::External);
}

#[test]
fn people_share_the_ties_of_their_organisation_and_follow_the_class_of_a_relation() {
    let desk = desk();
    let person = desk
        .act_now(Actor::Desk, |act| {
            let input = crate::organisations::Input { name: "Nord Metall".into(), shares_tickets: true };
            let organisation = crate::organisations::create(act, &ByDesk, &input)?;
            let input = Input { organisation: Some(organisation), ..Input::named("Ewa Nowak") };
            let person = create(act, &ByDesk, &input, &[])?;
            affiliations::add(act, &ByDesk, Party::Organisation(organisation), &tie(Relation::Supplier))?;
            Ok(person)
        })
        .unwrap();
    assert_eq!(class(&desk, person), Class::Connected);
    desk.act_now(Actor::Desk, |act| {
        affiliations::set_relation_class(act, &ByDesk, Relation::Supplier, Class::Internal)
    })
    .unwrap();
    assert_eq!(class(&desk, person), Class::Internal);
}

#[test]
fn every_mistake_names_its_field() {
    let desk = desk();
    add(&desk, "Kim Larsen", Some("kim@example.org"), vec![]);
    let attempt = |change: fn(&mut Input)| {
        desk.act_now(Actor::Desk, move |act| {
            let mut input = Input::named("Somebody");
            change(&mut input);
            create(act, &ByDesk, &input, &[])
        })
    };
    assert_eq!(field(attempt(|input| input.name = "  ".into())), "name");
    assert_eq!(field(attempt(|input| input.email = Some("Kim@Example.org".into()))), "email");
    assert_eq!(field(attempt(|input| input.phone = Some("call me".into()))), "phone");
    assert_eq!(field(attempt(|input| input.language = "xx".into())), "language");
    assert_eq!(field(attempt(|input| input.time_zone = "Europe/Berlyn".into())), "time_zone");
    assert_eq!(
        field(attempt(|input| input.organisation = Some(domain::id::OrganisationId(7)))),
        "organisation"
    );
}

#[test]
fn only_administrators_and_the_desk_itself_set_people_up() {
    let desk = desk();
    let person = add(&desk, "Kim Larsen", None, vec![]);
    let viewer = desk.look_now(move |look| Ok(store::access::viewer(look.tx, person)?.unwrap())).unwrap();
    let asked = viewer.clone();
    let refused =
        desk.act_now(Actor::Person(person), move |act| create(act, &asked, &Input::named("Somebody"), &[]));
    assert!(matches!(refused, Err(DeskError::NotFound)));
    let refused =
        desk.act_now(Actor::Person(person), |act| create(act, &ByDesk, &Input::named("Somebody"), &[]));
    assert!(matches!(refused, Err(DeskError::NotAllowed)));
    let profile =
        Profile { name: "Kim Lar".into(), language: "de".into(), time_zone: "Europe/Copenhagen".into() };
    desk.act_now(Actor::Person(person), move |act| super::change_profile(act, &viewer, &profile)).unwrap();
    let changed = desk.look_now(move |look| Ok(store::person::by_id(look.tx, person)?.unwrap())).unwrap();
    assert_eq!((changed.name.as_str(), changed.language.as_str()), ("Kim Lar", "de"));
}

#[test]
fn the_last_administrator_can_neither_leave_nor_be_shut_out() {
    let desk = desk();
    let first = add(&desk, "Ada", None, vec![]);
    let second = add(&desk, "Bo", None, vec![]);
    let appoint = |desk: &Desk, person| {
        desk.act_now(Actor::Desk, move |act| offices::appoint(act, &ByDesk, person, Office::Administrator))
    };
    let dismiss = |desk: &Desk, person| {
        desk.act_now(Actor::Desk, move |act| offices::dismiss(act, &ByDesk, person, Office::Administrator))
    };
    appoint(&desk, first).unwrap();
    assert!(matches!(dismiss(&desk, first), Err(DeskError::Conflict(_))));
    let shut_out = desk.act_now(Actor::Desk, move |act| disable(act, &ByDesk, first));
    assert!(matches!(shut_out, Err(DeskError::Conflict(_))));
    appoint(&desk, second).unwrap();
    dismiss(&desk, first).unwrap();
}

#[test]
fn a_member_of_a_unit_serves_in_it_until_they_leave() {
    let desk = desk();
    let person = add(&desk, "Ada", None, vec![]);
    let viewer = |desk: &Desk| -> Viewer {
        desk.look_now(move |look| Ok(store::access::viewer(look.tx, person)?.unwrap())).unwrap()
    };
    let unit = desk
        .act_now(Actor::Desk, move |act| {
            let unit = crate::units::create(act, &ByDesk, &crate::units::Input::named("Warehouse"))?;
            join_unit(act, &ByDesk, person, unit, Role::Lead)?;
            Ok(unit)
        })
        .unwrap();
    assert!(viewer(&desk).serves_in(unit) && viewer(&desk).oversees(unit));
    desk.act_now(Actor::Desk, move |act| super::leave_unit(act, &ByDesk, person, unit)).unwrap();
    assert!(!viewer(&desk).serves_in(unit));
}

#[test]
fn pages_of_names_ignore_case_and_follow_each_other() {
    let desk = desk();
    for name in ["anna B", "Anna A", "Zoë", "Anna A", "Bob"] {
        add(&desk, name, None, vec![]);
    }
    let page = |prefix: &'static str, after: Option<Place>, limit| {
        desk.look_now(move |look| {
            Ok(store::person::page(look.tx, &Names { prefix: prefix.to_owned(), after, limit })?)
        })
        .unwrap()
    };
    let first = page("ANNA", None, 2);
    assert_eq!(first.iter().map(|person| person.name.as_str()).collect::<Vec<_>>(), ["Anna A", "Anna A"]);
    let last = first.last().unwrap();
    let next = page("ANNA", Some(Place { name: last.name.clone(), id: last.id.0 }), 2);
    assert_eq!(next.iter().map(|person| person.name.as_str()).collect::<Vec<_>>(), ["anna B"]);
    assert_eq!(page("", None, 10).len(), 5);
    assert_eq!(page("zo", None, 10)[0].name, "Zoë");
}
