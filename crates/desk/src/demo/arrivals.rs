//! When tickets come in: by the hour, the weekday, the holidays and the season.

use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;
use jiff::{Span, Timestamp, ToSpan};
use store::message::Channel;

use super::chance::Chance;
use super::holidays;
use super::names::{Language, Market};
use super::offers::{For, OFFERED, Offer};
use super::phrases::Details;
use super::plan::{Step, Told};
use super::situations::{self, Situation};
use super::world::{Group, World};
use crate::custom::Typed;

/// Half a year, in days.
pub(super) const DAYS: i32 = 183;

/// A ticket that will be opened.
#[derive(Debug)]
pub(super) struct Arrival {
    pub at: Timestamp,
    pub offer: Offer,
    pub kind: domain::ticket::Kind,
    /// Index into the world's people.
    pub requester: usize,
    pub beneficiary: Option<usize>,
    pub payer: Option<usize>,
    pub subject: String,
    pub body: String,
    /// What stands in the fields of its form.
    pub typed: Typed,
    pub impact: domain::priority::Level,
    pub urgency: domain::priority::Level,
    pub channel: Channel,
    pub steps: Vec<Step>,
    pub chance: Chance,
    pub details: Details,
    pub language: Language,
}

/// Everything that will be asked until `now`, oldest first.
pub(super) fn draw(world: &World, seed: u64, tickets: u32, now: Timestamp) -> Vec<Arrival> {
    let today = now.to_zoned(TimeZone::UTC).date();
    let days: Vec<Date> = (0..=DAYS).rev().map(|back| today.saturating_sub(Span::new().days(back))).collect();
    let mut arrivals: Vec<Arrival> =
        (0..u64::from(tickets)).map(|stream| one(world, &days, now, (seed, stream))).collect();
    arrivals.sort_by_key(|arrival| arrival.at);
    arrivals
}

fn one(world: &World, days: &[Date], now: Timestamp, (seed, stream): (u64, u64)) -> Arrival {
    let mut chance = Chance::of(seed, stream);
    let situations: Vec<&Situation> = situations::all().collect();
    let situation = situations[chance.weighted(situations.iter().map(|one| f64::from(one.weight)))];
    let requester = requester(world, situation, &mut chance);
    let person = &world.people[requester];
    let at = instant(days, person.group, situation.offer, person.market, now, &mut chance);
    let details = Details::draw(situation.language, &mut chance);
    let place = chance.below(situation.subjects.len());
    let subject = details.fill(situation.subjects[place]);
    let place = place % situation.bodies.len();
    let mut body = details.letter(situation.bodies[place], &person.given, &mut chance);
    let channel = channel(situation.offer, &mut chance);
    if channel == Channel::Phone {
        body = format!("*By telephone:*\n\n{body}");
    }
    // Forms are filled in from a stream of their own, so that another field changes no story.
    let mut fills = Chance::of(seed.wrapping_add(1), stream.wrapping_mul(2).wrapping_add(1));
    let called = (channel == Channel::Phone, at);
    let typed = super::tools::typed(situation.offer, &subject, &details, called, &mut fills);
    let mut told = Told {
        offer: situation.offer,
        language: situation.language,
        answer: situation.answers.get(place).copied(),
        details: &details,
        chance: &mut chance,
        suppliers: world.suppliers.len(),
    };
    let steps = super::plan::steps(situation.path, &mut told);
    let (beneficiary, payer) = others(world, requester, &mut chance);
    Arrival {
        at,
        offer: situation.offer,
        kind: situation.kind,
        requester,
        beneficiary,
        payer,
        subject,
        body,
        typed,
        impact: situation.impact,
        urgency: situation.urgency,
        channel,
        steps,
        chance,
        details,
        language: situation.language,
    }
}

fn channel(offer: Offer, chance: &mut Chance) -> Channel {
    let phone = match offer {
        Offer::Emergency => 0.65,
        Offer::Help | Offer::Orders | Offer::Germany | Offer::Canada => 0.14,
        _ => 0.0,
    };
    if chance.happens(phone) { Channel::Phone } else { Channel::Portal }
}

/// Somebody who may use the service, writes the language and lives where it is offered.
fn requester(world: &World, situation: &Situation, chance: &mut Chance) -> usize {
    let audience =
        OFFERED.iter().find(|offered| offered.offer == situation.offer).map(|offered| offered.audience);
    let staff_purchase = situation.subjects[0].starts_with("My own");
    let groups: &[Group] = match audience {
        Some(For::Employees) => &[Group::Employee],
        Some(For::Connected) if situation.offer == Offer::Suppliers => &[Group::Supplier],
        Some(For::Connected) => &[Group::Shareholder],
        Some(For::Customers) | None if staff_purchase => &[Group::Employee],
        Some(For::Customers) | None if chance.happens(0.28) => &[Group::Business],
        Some(For::Customers) | None => &[Group::Private],
    };
    let market = match situation.offer {
        Offer::Germany => Some(Market::Germany),
        Offer::Canada => Some(Market::Canada),
        _ => (groups != [Group::Employee]).then_some(Market::Britain),
    };
    let fitting = |groups: &[Group]| -> Vec<usize> {
        (0..world.people.len())
            .filter(|place| {
                let person = &world.people[*place];
                let speaks = person.language == situation.language || !matches!(person.group, Group::Private);
                groups.contains(&person.group)
                    && (market.is_none_or(|market| person.market == market)
                        || matches!(person.group, Group::Supplier | Group::Shareholder))
                    && speaks
            })
            .collect()
    };
    let mut candidates = fitting(groups);
    if candidates.is_empty() || situation.language != Language::English {
        candidates = fitting(&[Group::Private]);
    }
    *chance.pick(&candidates)
}

/// In businesses and families somebody else may be meant, or pay.
fn others(world: &World, requester: usize, chance: &mut Chance) -> (Option<usize>, Option<usize>) {
    let person = &world.people[requester];
    if person.group != Group::Business {
        return (None, None);
    }
    let colleagues: Vec<usize> = (0..world.people.len())
        .filter(|place| *place != requester && world.people[*place].organisation == person.organisation)
        .collect();
    if colleagues.is_empty() {
        return (None, None);
    }
    let beneficiary = chance.happens(0.3).then(|| *chance.pick(&colleagues));
    let payer = chance.happens(0.2).then(|| *chance.pick(&colleagues));
    (beneficiary, payer)
}

fn instant(
    days: &[Date],
    group: Group,
    offer: Offer,
    market: Market,
    now: Timestamp,
    chance: &mut Chance,
) -> Timestamp {
    let inside = matches!(group, Group::Employee | Group::Supplier);
    let zone = TimeZone::get(market.time_zone()).unwrap_or(TimeZone::UTC);
    loop {
        let day = days[chance.weighted(days.iter().map(|day| of_day(*day, inside)))];
        let hours = if inside {
            &WORK
        } else if offer == Offer::Emergency {
            &COLD
        } else {
            &HOME
        };
        let hour = chance.weighted(hours.iter().copied());
        let time = Time::constant(
            i8::try_from(hour).unwrap_or(12),
            i8::try_from(chance.below(60)).unwrap_or(0),
            i8::try_from(chance.below(60)).unwrap_or(0),
            0,
        );
        let Ok(zoned) = zone.to_ambiguous_zoned(day.to_datetime(time)).compatible() else { continue };
        if zoned.timestamp() < now - 2.minutes() {
            return zoned.timestamp();
        }
    }
}

/// Messages by the hour of the day: before work, at noon, after dinner.
const HOME: [f64; 24] = [
    0.3, 0.1, 0.1, 0.1, 0.1, 0.4, 1.2, 3.0, 5.0, 7.0, 7.0, 6.0, 5.0, 5.0, 5.0, 4.5, 4.0, 4.0, 4.5, 5.5, 5.5,
    3.5, 1.8, 0.8,
];
const WORK: [f64; 24] = [
    0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.5, 2.0, 6.0, 9.0, 9.0, 8.0, 4.0, 6.0, 8.0, 7.0, 5.0, 2.0, 0.3, 0.0, 0.0,
    0.0, 0.0, 0.0,
];
const COLD: [f64; 24] = [
    2.0, 1.5, 1.0, 1.0, 1.5, 3.0, 6.0, 7.0, 6.0, 4.0, 3.0, 3.0, 3.0, 3.0, 3.0, 3.5, 5.0, 7.0, 8.0, 8.0, 7.0,
    6.0, 5.0, 3.0,
];

fn of_day(day: Date, inside: bool) -> f64 {
    let weekday = usize::from(day.weekday().to_monday_zero_offset().unsigned_abs());
    let of_week = [1.25, 1.1, 1.0, 1.0, 0.9, 0.45, 0.35][weekday];
    if inside {
        let works = weekday < 5 && !holidays::britain(day.year()).contains_key(&day);
        return if works { of_week } else { 0.0 };
    }
    let quiet = if holidays::britain(day.year()).contains_key(&day) { 0.4 } else { 1.0 };
    of_week * quiet * season(day)
}

/// Heat pumps are thought of when it gets cold.
fn season(day: Date) -> f64 {
    let month = usize::from(day.month().unsigned_abs());
    [1.3, 1.25, 1.1, 0.95, 0.85, 0.85, 0.85, 0.8, 1.0, 1.35, 1.4, 1.35][month - 1]
}
