//! Sets the company up by the same verbs that an administrator uses.

use std::sync::Arc;

use domain::affiliation::{Party, Relation};
use domain::id::{OrganisationId, PersonId};
use domain::priority::{Matrix, Priority};
use domain::service::Audience;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, ToSpan};
use store::office::Office;
use store::unit::Role;

use super::COMPANY_DOMAIN;
use super::chance::Chance;
use super::company::{self, BUSINESSES, Hours, OTHERS, PLACES, Place, SHAREHOLDERS, SUPPLIERS, Unit};
use super::hours::Calendars;
use super::names::{self, Language, Market};
use super::offers::{For, OFFERED, Offer, Offered};
use super::world::{Group, Somebody, World};
use crate::act::Act;
use crate::entitled::ByDesk;
use crate::password::Hash;
use crate::people::{Input, Tie};
use crate::{DeskError, organisations, people, plan, services, units};

/// Everything but tickets. `today` is the day of the demo's now.
pub(super) fn run(
    act: &mut Act,
    seed: u64,
    tickets: u32,
    today: Date,
    password: &Hash,
) -> Result<World, DeskError> {
    let mut world = World::default();
    let calendars = super::hours::write(act, today.year())?;
    write_units(act, &mut world, &calendars)?;
    write_staff(act, &mut world, password, today)?;
    write_others(act, &mut world, password, today)?;
    write_private(act, &mut world, password, seed, tickets, today)?;
    write_services(act, &mut world, &calendars)?;
    super::promises::write(act, &world, &calendars)?;
    super::tools::set_up(act, &world)?;
    Ok(world)
}

fn write_units(act: &mut Act, world: &mut World, calendars: &Calendars) -> Result<(), DeskError> {
    for place in PLACES {
        let kind = units::Kind::parse(place.kind).unwrap_or_default();
        let input = units::Input {
            name: place.name.to_owned(),
            kind,
            parent: place.parent.map(|parent| world.units[&parent]),
            calendar: Some(calendars[&place.hours]),
        };
        let id = units::create(act, &ByDesk, &input)?;
        world.units.insert(place.unit, id);
        let calendar = act.catalogue.calendars.get(&calendars[&place.hours]).ok_or(DeskError::NotFound)?;
        world.calendars.insert(place.unit, Arc::clone(&calendar.calendar));
    }
    Ok(())
}

/// Somebody to be written.
struct New<'a> {
    name: &'a str,
    email: String,
    group: Group,
    relations: &'a [Relation],
    language: Language,
    market: Market,
    organisation: Option<OrganisationId>,
}

fn write_person(
    act: &mut Act,
    world: &mut World,
    new: &New,
    since: Date,
    password: &Hash,
) -> Result<PersonId, DeskError> {
    let input = Input {
        email: Some(new.email.clone()),
        language: if new.language == Language::German { "de" } else { "en" }.to_owned(),
        time_zone: new.market.time_zone().to_owned(),
        organisation: new.organisation,
        ..Input::named(new.name)
    };
    let ties: Vec<Tie> = new
        .relations
        .iter()
        .map(|relation| Tie { relation: *relation, class: None, from: since, until: None })
        .collect();
    let person = people::create(act, &ByDesk, &input, &ties)?;
    people::set_password(act, &ByDesk, person, password)?;
    world.people.push(Somebody {
        person,
        name: new.name.to_owned(),
        given: new.name.split(' ').next().unwrap_or(new.name).to_owned(),
        group: new.group,
        language: new.language,
        market: new.market,
        organisation: new.organisation,
    });
    Ok(person)
}

fn employee<'a>(name: &'a str, unit: Option<Unit>) -> New<'a> {
    let (language, market) = match unit {
        Some(Unit::Hamburg) => (Language::German, Market::Germany),
        Some(Unit::Toronto) => (Language::English, Market::Canada),
        Some(_) | None => (Language::English, Market::Britain),
    };
    let relations: &[Relation] = if name == company::AGENT_AND_CUSTOMER {
        &[Relation::Employee, Relation::Buyer]
    } else {
        &[Relation::Employee]
    };
    New {
        name,
        email: company::address(name, COMPANY_DOMAIN),
        group: Group::Employee,
        relations,
        language,
        market,
        organisation: None,
    }
}

fn write_staff(act: &mut Act, world: &mut World, password: &Hash, today: Date) -> Result<(), DeskError> {
    let since = today - 900.days();
    for Place { unit, staff, .. } in PLACES {
        for (rank, name) in staff.iter().enumerate() {
            let person = write_person(act, world, &employee(name, Some(*unit)), since, password)?;
            let role = if rank == 0 { Role::Lead } else { Role::Agent };
            people::join_unit(act, &ByDesk, person, world.units[unit], role)?;
            world.staff.entry(*unit).or_default().push(person);
        }
    }
    for name in OTHERS {
        write_person(act, world, &employee(name, None), since, password)?;
    }
    let overseer = write_person(act, world, &employee(company::OVERSEER, None), since, password)?;
    people::offices::appoint(act, &ByDesk, overseer, Office::Overseer(None))?;
    let administrator = write_person(act, world, &employee(company::ADMINISTRATOR, None), since, password)?;
    people::offices::appoint(act, &ByDesk, administrator, Office::Administrator)?;
    Ok(())
}

fn write_others(act: &mut Act, world: &mut World, password: &Hash, today: Date) -> Result<(), DeskError> {
    let since = today - 700.days();
    for (name, shares_tickets, relation, domain, group, people) in organisations_outside() {
        let input = organisations::Input { name: name.to_owned(), shares_tickets };
        let organisation = organisations::create(act, &ByDesk, &input)?;
        let tie = Tie { relation, class: None, from: since, until: None };
        people::affiliations::add(act, &ByDesk, Party::Organisation(organisation), &tie)?;
        if group == Group::Supplier {
            world.suppliers.push(organisation);
        }
        for name in people {
            let email = company::address(name, domain);
            let new = New {
                name,
                email,
                group,
                relations: &[],
                language: Language::English,
                market: Market::Britain,
                organisation: Some(organisation),
            };
            write_person(act, world, &new, since, password)?;
        }
    }
    for name in SHAREHOLDERS {
        let new = New {
            name,
            email: company::address(name, "example.org"),
            group: Group::Shareholder,
            relations: &[Relation::Shareholder],
            language: Language::English,
            market: Market::Britain,
            organisation: None,
        };
        write_person(act, world, &new, since, password)?;
    }
    Ok(())
}

type Outside = (&'static str, bool, Relation, &'static str, Group, Vec<&'static str>);

fn organisations_outside() -> impl Iterator<Item = Outside> {
    let businesses = BUSINESSES.iter().map(|(name, domain, shares, people)| {
        (*name, *shares, Relation::Buyer, *domain, Group::Business, people.to_vec())
    });
    let suppliers = SUPPLIERS.iter().map(|(name, person, domain)| {
        (*name, false, Relation::Supplier, *domain, Group::Supplier, vec![*person])
    });
    businesses.chain(suppliers)
}

/// One customer for every four tickets, but never too few or very many.
fn write_private(
    act: &mut Act,
    world: &mut World,
    password: &Hash,
    seed: u64,
    tickets: u32,
    today: Date,
) -> Result<(), DeskError> {
    let mut chance = Chance::of(seed, u64::MAX);
    let count = (tickets / 4).clamp(60, 2_000);
    let since = today - 400.days();
    for number in 0..count {
        let (market, language) = lives(number, &mut chance);
        let name = names::full(market, language, &mut chance);
        let new = New {
            email: company::address(&format!("{name} {number}"), "example.com"),
            name: &name,
            group: Group::Private,
            relations: &[Relation::Buyer],
            language,
            market,
            organisation: None,
        };
        write_person(act, world, &new, since, password)?;
    }
    Ok(())
}

/// The first ones make sure that every language has somebody who writes it.
fn lives(number: u32, chance: &mut Chance) -> (Market, Language) {
    let kinds = [
        (Market::Britain, Language::English, 56.0),
        (Market::Germany, Language::German, 15.0),
        (Market::Canada, Language::French, 6.0),
        (Market::Canada, Language::English, 6.0),
        (Market::Britain, Language::Spanish, 8.0),
        (Market::Germany, Language::Turkish, 6.0),
    ];
    let place = usize::try_from(number).ok().filter(|place| *place < kinds.len());
    let place = place.unwrap_or_else(|| chance.weighted(kinds.iter().map(|kind| kind.2)));
    (kinds[place].0, kinds[place].1)
}

fn write_services(act: &mut Act, world: &mut World, calendars: &Calendars) -> Result<(), DeskError> {
    for offered in OFFERED {
        let saved = services::create(act, &ByDesk, &service(world, offered))?;
        world.services.insert(offered.offer, saved.id);
    }
    // Plans name other services, so they come when all of them are there.
    for offered in OFFERED.iter().filter(|offered| !offered.plan.handoffs.is_empty()) {
        let mut input = service(world, offered);
        input.plan = Some(usual_plan(world, calendars, offered).to_json());
        services::change(act, &ByDesk, world.services[&offered.offer], &input)?;
    }
    Ok(())
}

fn service(world: &World, offered: &Offered) -> services::Input {
    let audience = match offered.audience {
        For::Customers => Audience { internal: true, connected: true, external: true },
        For::Connected => Audience { connected: true, ..Audience::default() },
        For::Employees => Audience { internal: true, ..Audience::default() },
    };
    let matrix = if offered.offer == Offer::Emergency {
        use Priority::{P1, P2, P3};
        Matrix([[P1, P1, P2], [P1, P2, P3], [P2, P3, P3]])
    } else {
        Matrix::default()
    };
    services::Input {
        summary: offered.summary.to_owned(),
        audience,
        captive: offered.captive,
        confidential: offered.confidential,
        finishing_allowance: SignedDuration::from_hours(offered.finishing_hours),
        matrix,
        neutral_unit: offered.captive.then(|| world.units[&Unit::Legal]),
        ..services::Input::named(offered.name, world.units[&offered.unit])
    }
}

fn usual_plan(world: &World, calendars: &Calendars, offered: &Offered) -> plan::Step {
    let hours =
        PLACES.iter().find(|place| place.unit == offered.unit).map_or(Hours::Office, |place| place.hours);
    let own = |hours_of_work: i64| plan::Step::Own {
        unit: world.units[&offered.unit],
        #[expect(clippy::cast_precision_loss, reason = "a plan has few hours")]
        hours: hours_of_work as f64,
        calendar: calendars[&hours],
    };
    let mut handoffs: Vec<plan::Step> = offered
        .plan
        .handoffs
        .iter()
        .map(|offer| plan::Step::Handoff { service: world.services[offer] })
        .collect();
    let between = if handoffs.len() > 1 { plan::Step::Parallel(handoffs) } else { handoffs.remove(0) };
    plan::Step::Sequence(vec![own(offered.plan.before_hours), between, own(offered.plan.after_hours)])
}

/// The day on which it is `now` in London.
pub(super) fn day(now: jiff::Timestamp) -> Date {
    now.to_zoned(TimeZone::UTC).date()
}
