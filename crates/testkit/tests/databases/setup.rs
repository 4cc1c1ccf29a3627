//! The organisation is set up, changed and read back, and people sign in, on every database.

use domain::affiliation::{Class, Party, Relation};
use domain::agreement::{AgreementKind, Metric, Pauses};
use domain::calendar::CalendarSpec;
use domain::event::Actor;
use domain::id::{CalendarId, OrganisationId, PersonId, ServiceId, UnitId};
use domain::service::Audience;
use jiff::SignedDuration;
use jiff::civil::date;
use store::office::Office;
use store::page::{Names, Place as Behind};
use store::unit::Role;
use store::{Db, WallClock};

use desk::people::{self, Tie, affiliations, offices};
use desk::{Act, ByDesk, Desk, DeskError};

use super::place::{Place, runtime};

fn open(place: &Place) -> Desk {
    let db = Db::open(place.url(), store::migrations::ALL).unwrap();
    Desk::new(db, WallClock::fixed("2026-03-02T09:00:00Z".parse().unwrap()))
}

struct House {
    organisation: OrganisationId,
    calendar: CalendarId,
    sales: UnitId,
    warehouse: UnitId,
    parcels: ServiceId,
    orders: ServiceId,
    person: PersonId,
}

fn build(act: &mut Act) -> Result<House, DeskError> {
    let by = &ByDesk;
    let input = desk::organisations::Input { name: "Nord Metall".into(), shares_tickets: true };
    let organisation = desk::organisations::create(act, by, &input)?;
    let spec = CalendarSpec::always("Europe/Berlin");
    let calendar = desk::calendars::create(act, by, &desk::calendars::Input { name: "Always".into(), spec })?;
    let unit = |name: &str, parent| desk::units::Input {
        parent,
        calendar: Some(calendar),
        ..desk::units::Input::named(name)
    };
    let sales = desk::units::create(act, by, &unit("Sales", None))?;
    let warehouse = desk::units::create(act, by, &unit("Warehouse", Some(sales)))?;
    let parcels = desk::services::create(act, by, &desk::services::Input::named("Parcels", warehouse))?.id;
    let plan = format!(r#"{{"handoff":{{"service":{parcels}}}}}"#);
    let input = desk::services::Input {
        audience: Audience { internal: true, connected: true, external: false },
        plan: Some(plan),
        ..desk::services::Input::named("Orders", sales)
    };
    let orders = desk::services::create(act, by, &input)?.id;
    let input = people::Input {
        email: Some("ewa@example.org".into()),
        organisation: Some(organisation),
        ..people::Input::named("Ewa Nowak")
    };
    let person = people::create(act, by, &input, &[])?;
    Ok(House { organisation, calendar, sales, warehouse, parcels, orders, person })
}

pub(crate) fn an_organisation_is_set_up_and_read_back(place: &Place) {
    let desk = open(place);
    let house = desk.act_now(Actor::Desk, build).unwrap();
    let House { organisation, calendar, sales, warehouse, parcels, orders, person } = house;
    desk.act_now(Actor::Desk, move |act| {
        let by = &ByDesk;
        let tie = Tie { relation: Relation::Supplier, class: None, from: date(2026, 1, 1), until: None };
        let id = affiliations::add(act, by, Party::Organisation(organisation), &tie)?;
        affiliations::end(act, by, id, date(2026, 3, 4))?;
        affiliations::set_relation_class(act, by, Relation::Supplier, Class::Internal)?;
        people::join_unit(act, by, person, warehouse, Role::Agent)?;
        people::join_unit(act, by, person, warehouse, Role::Lead)?;
        people::leave_unit(act, by, person, sales)?;
        offices::appoint(act, by, person, Office::Overseer(None))?;
        offices::appoint(act, by, person, Office::Overseer(Some(sales)))?;
        offices::appoint(act, by, person, Office::Administrator)?;
        offices::dismiss(act, by, person, Office::Overseer(None))?;
        offices::dismiss(act, by, person, Office::Overseer(Some(sales)))?;
        people::change(
            act,
            by,
            person,
            &people::Input {
                phone: Some("+48 22 1".into()),
                organisation: Some(organisation),
                ..people::Input::named("Ewa Nowak-Berg")
            },
        )?;
        desk::units::change(act, by, warehouse, &desk::units::Input::named("Depot"))?;
        desk::services::change(act, by, parcels, &desk::services::Input::named("Parcels out", warehouse))?;
        let spec = CalendarSpec::always("Europe/Warsaw");
        desk::calendars::change(act, by, calendar, &desk::calendars::Input { name: "Always".into(), spec })
    })
    .unwrap();
    desk.look_now(move |look| {
        let viewer = store::access::viewer(look.tx, person)?.unwrap();
        assert_eq!((viewer.class, viewer.organisation), (Class::Internal, Some(organisation)));
        assert!(viewer.serves_in(warehouse) && viewer.oversees(warehouse) && viewer.administrator);
        assert!(!viewer.oversees_all);
        assert_eq!(store::unit::members(look.tx, warehouse)?[0].role, Role::Lead);
        assert_eq!(store::unit::memberships(look.tx, person)?, [(warehouse, Role::Lead)]);
        assert_eq!(store::office::of_person(look.tx, person)?, [Office::Administrator]);
        assert_eq!(store::office::administrators(look.tx)?, [person]);
        assert_eq!(store::person::of_organisation(look.tx, organisation, 9)?.len(), 1);
        assert_eq!(store::organisation::by_name(look.tx, "Nord Metall")?.unwrap().id, organisation);
        assert_eq!(store::organisation::page(look.tx, &Names::first("nord", 9))?.len(), 1);
        assert_eq!(store::unit::open_tickets(look.tx, warehouse, 9)?, 0);
        assert_eq!(look.catalogue.unit_name(warehouse), "Depot");
        let offered = desk::services::offered(&look.catalogue, &viewer);
        assert_eq!(offered.iter().map(|offer| offer.service.id).collect::<Vec<_>>(), [orders]);
        assert_eq!(look.catalogue.calendar(calendar).unwrap().spec().time_zone, "Europe/Warsaw");
        Ok(())
    })
    .unwrap();
    desk.clock.advance(SignedDuration::from_hours(72));
    assert_eq!(desk.act_now(Actor::Desk, affiliations::classes_of_day).unwrap(), 1);
}

pub(crate) fn a_promise_that_does_not_fit_is_refused_without_a_reason(place: &Place) {
    let desk = open(place);
    let house = desk.act_now(Actor::Desk, build).unwrap();
    let draft = |kind, service, hours| desk::agreements::Draft {
        name: "Promise".into(),
        kind,
        service,
        class: None,
        asking: None,
        from: None,
        targets: vec![desk::agreements::TargetDraft {
            metric: Metric::Resolution,
            priority: None,
            within: SignedDuration::from_hours(hours),
            calendar: house.calendar,
            quantile: Some(0.95),
            pauses: Pauses { requester: true, ..Pauses::default() },
        }],
    };
    let save = |previous, draft, reason: Option<&'static str>| {
        desk.act_now(Actor::Desk, move |act| desk::agreements::save(act, &ByDesk, previous, &draft, reason))
    };
    let ola = save(None, draft(AgreementKind::Ola, house.parcels, 9), None).unwrap();
    let refused = save(None, draft(AgreementKind::Sla, house.orders, 8), None);
    assert!(matches!(refused, Err(DeskError::Invalid { field: "override_reason", .. })));
    save(None, draft(AgreementKind::Sla, house.orders, 8), Some("It is signed.")).unwrap();
    desk.clock.advance(SignedDuration::from_secs(1));
    let newer = save(Some(ola), draft(AgreementKind::Ola, house.parcels, 7), None).unwrap();
    let versions = desk
        .look_now(move |look| {
            let versions = desk::agreements::versions(&look.catalogue, ola);
            Ok(versions.iter().map(|version| version.id).collect::<Vec<_>>())
        })
        .unwrap();
    assert_eq!(versions, [newer, ola]);
}

pub(crate) fn names_are_found_and_paged_alike(place: &Place) {
    let desk = open(place);
    desk.act_now(Actor::Desk, |act| {
        for name in ["Émile Zo", "anna b", "Anna B", "anna-Maria", "ANNA A", "Ängström", "Zoë", "Ann"] {
            people::create(act, &ByDesk, &people::Input::named(name), &[])?;
        }
        Ok(())
    })
    .unwrap();
    let told = desk
        .look_now(|look| {
            let mut told: Vec<String> = Vec::new();
            let mut names = Names::first("AN", 2);
            loop {
                let page = store::person::page(look.tx, &names)?;
                let Some(last) = page.last() else { return Ok(told) };
                names.after = Some(Behind { name: last.name.clone(), id: last.id.0 });
                told.extend(page.into_iter().map(|person| person.name));
            }
        })
        .unwrap();
    assert_eq!(told, ["Ann", "ANNA A", "anna b", "Anna B", "anna-Maria"]);
}

pub(crate) fn somebody_signs_in_and_acts_once(place: &Place) {
    let desk = open(place);
    let code = desk.act_now(Actor::Desk, desk::setup::code).unwrap().unwrap();
    let password = desk::password::Password::parse("correct horse staple", None).unwrap().hash();
    let claim = desk::setup::Claim {
        code,
        organisation: "Ours".into(),
        name: "Ada Berg".into(),
        email: "ada@example.org".into(),
        language: "en".into(),
        time_zone: "Europe/Oslo".into(),
        password,
    };
    let person = desk.act_now(Actor::Desk, move |act| desk::setup::claim(act, &claim)).unwrap();
    let peer = "192.0.2.1".parse().unwrap();
    let answer =
        runtime().block_on(desk::sign_in::sign_in(&desk, "ada@example.org", "correct horse staple", peer));
    let Ok(signed_in) = answer else { panic!("she may come in") };
    desk.clock.advance(SignedDuration::from_mins(6));
    let token = signed_in.token.clone();
    desk.act_now(Actor::Person(person), move |act| desk::sign_in::keep(act, &token)).unwrap();
    let token = signed_in.token.clone();
    let (session, viewer) =
        desk.look_now(move |look| desk::sign_in::viewer_of(look, &token)).unwrap().unwrap();
    assert_eq!((session.person, session.seen_at), (person, desk.clock.now()));
    assert!(viewer.administrator);
    let once = |name: &'static str| {
        desk.act_once_now("key", Some(person), name.as_bytes(), Actor::Desk, move |act| {
            people::create(act, &ByDesk, &people::Input::named(name), &[])
        })
    };
    assert_eq!(once("Bo").unwrap(), once("Bo").unwrap());
    assert!(matches!(once("Cy"), Err(DeskError::Conflict(_))));
    desk.act_now(Actor::Person(person), move |act| desk::sign_in::sign_out_everywhere(act, &viewer)).unwrap();
    let token = signed_in.token;
    assert!(desk.look_now(move |look| desk::sign_in::viewer_of(look, &token)).unwrap().is_none());
    desk.clock.advance(SignedDuration::from_hours(24 * 30));
    desk.act_now(Actor::Desk, |act| Ok((desk::sign_in::prune(act)?, desk::idempotent::prune(act)?))).unwrap();
    desk.look_now(|look| Ok(store::event::verify(look.tx)?)).unwrap();
}
