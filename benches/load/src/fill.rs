//! A desk of any size, in bulk: most tickets long closed, some open in twenty units, with promises.

mod watchful;

use desk::entitled::ByDesk;
use desk::project;
use desk::{Act, Desk, DeskError};
use domain::affiliation::{Class, Relation};
use domain::agreement::{AgreementKind, Metric, Pauses, Target};
use domain::event::{Actor, Closing, Event, Fact, Opening, Side};
use domain::id::{
    AgreementId, CalendarId, EventId, MessageId, PersonId, ServiceId, TargetId, TicketId, UnitId,
};
use domain::priority::Priority;
use domain::service::Audience;
use domain::ticket::{Kind, Ticket};
use jiff::civil::date;
use jiff::{SignedDuration, Timestamp};
use store::catalogue::Agreement;
use store::event::Entry;
use store::message::{Channel, Message};
use store::tally;
use store::ticket::{PersonSide, Placed, Whole};
use store::{Db, WallClock, migrations};

/// What each message says: about 400 characters, as mails often have.
pub(crate) const WORDS: &str = "Hello, the lamp that came on Tuesday flickers when it is switched on, and after a while \
    it hums. I tried another socket and another bulb. The number on the box is 4711-B. Could somebody tell me whether it \
    has to be sent back, or whether a part can be sent here? I am at home every day after five. Thank you very much for \
    your help, and kind regards from all of us.";

const UNITS: usize = 20;
const AT_ONCE: u32 = 1_000;
/// One in this many tickets is still open, but never fewer than fill a page of each unit.
const OPEN_ONE_IN: u32 = 50;
const OPEN_AT_LEAST: u32 = 2_000;

/// The names under which the driver finds what it needs.
pub(crate) const AGENT: &str = "load.agent@example.org";
pub(crate) const AGENT_TOKEN: &str = "the-agent-of-the-load-harness";
pub(crate) const CUSTOMER_TOKEN: &str = "the-customer-of-the-load-harness";
pub(crate) const CSRF: &str = "the-form-token-of-the-load-harness";

pub(crate) fn run(database: &str, tickets: u32, messages: u32) -> anyhow::Result<()> {
    let desk = Desk::new(Db::open(database, migrations::ALL)?, WallClock::system());
    let world = desk.act_now(Actor::Desk, set_up)?;
    let bar = indicatif::ProgressBar::new(u64::from(tickets));
    bar.set_style(indicatif::ProgressStyle::with_template("{bar:40} {pos}/{len} {per_sec} {eta}")?);
    let mut from = 0;
    while from < tickets {
        let until = tickets.min(from + AT_ONCE);
        let world = world.clone();
        desk.act_now(Actor::Import, move |act| batch(act, &world, from..until, tickets, messages))?;
        from = until;
        bar.set_position(u64::from(from));
    }
    bar.finish();
    watchful::set_up(&desk, &world)?;
    // What rules on time wait for is found now, and not while somebody measures.
    desk::rules::run(&desk)?;
    Ok(())
}

#[derive(Debug, Clone)]
struct World {
    units: Vec<UnitId>,
    services: Vec<ServiceId>,
    agents: Vec<PersonId>,
    customers: Vec<PersonId>,
    first_number: i64,
    begins_at: Timestamp,
}

fn set_up(act: &mut Act) -> Result<World, DeskError> {
    let calendar = desk::calendars::create(
        act,
        &ByDesk,
        &desk::calendars::Input {
            name: "Weekdays".to_owned(),
            spec: serde_json::from_value(serde_json::json!({
                "time_zone": "Europe/Berlin",
                "hours": { "mon": [["09:00", "17:00"]], "tue": [["09:00", "17:00"]], "wed": [["09:00", "17:00"]],
                           "thu": [["09:00", "17:00"]], "fri": [["09:00", "17:00"]] }
            }))
            .expect("a calendar written here"),
        },
    )?;
    let (mut units, mut services, mut agents, mut customers) = (vec![], vec![], vec![], vec![]);
    for n in 0..UNITS {
        let unit = desk::units::create(act, &ByDesk, &desk::units::Input::named(&format!("Unit {n}")))?;
        let mut service = desk::services::Input::named(&format!("Service {n}"), unit);
        service.audience = Audience { internal: true, connected: true, external: true };
        let service = desk::services::create(act, &ByDesk, &service)?.id;
        promise(act, service, calendar)?;
        units.push(unit);
        services.push(service);
        for m in 0..3 {
            let agent = person(
                act,
                &format!("Agent {n}.{m}"),
                (n == 0 && m == 0).then_some(AGENT),
                Relation::Employee,
            )?;
            desk::people::join_unit(act, &ByDesk, agent, unit, store::unit::Role::Agent)?;
            agents.push(agent);
        }
    }
    for n in 0..2_000 {
        customers.push(person(act, &format!("Customer {n}"), None, Relation::Buyer)?);
    }
    session(act, agents[0], AGENT_TOKEN)?;
    session(act, customers[0], CUSTOMER_TOKEN)?;
    let begins_at = act.now - SignedDuration::from_hours(24 * 365);
    Ok(World {
        units,
        services,
        agents,
        customers,
        first_number: store::ticket::next_number(act.tx)?,
        begins_at,
    })
}

/// Answered within four working hours, solved within three working days.
fn promise(act: &mut Act, service: ServiceId, calendar: CalendarId) -> Result<(), DeskError> {
    let agreement = AgreementId(act.ids.next(act.now));
    let target = |act: &Act, metric, hours| Target {
        id: TargetId(act.ids.next(act.now)),
        agreement,
        kind: AgreementKind::Sla,
        metric,
        priority: None,
        within: SignedDuration::from_hours(hours),
        calendar,
        quantile: None,
        pauses: Pauses { requester: true, supplier: false, agreed: true },
    };
    let targets = vec![target(act, Metric::FirstResponse, 4), target(act, Metric::Resolution, 24)];
    let agreement = Agreement {
        id: agreement,
        name: "Within three days".to_owned(),
        kind: AgreementKind::Sla,
        service,
        class: None,
        asking: None,
        version: 1,
        previous: None,
        valid_from: Timestamp::UNIX_EPOCH,
        valid_until: None,
        override_reason: None,
        targets,
    };
    store::agreement::insert(act.tx, &agreement)?;
    // The catalogue is read again because something of it changed after this.
    desk::units::create(act, &ByDesk, &desk::units::Input::named(&format!("Archive {}", agreement.id)))
        .map(|_| ())
}

fn person(act: &mut Act, name: &str, email: Option<&str>, relation: Relation) -> Result<PersonId, DeskError> {
    let input = desk::people::Input { email: email.map(str::to_owned), ..desk::people::Input::named(name) };
    let tie = desk::people::Tie { relation, class: None, from: date(2020, 1, 1), until: None };
    desk::people::create(act, &ByDesk, &input, &[tie])
}

fn session(act: &mut Act, person: PersonId, token: &str) -> Result<(), DeskError> {
    let session = store::session::Session {
        token: desk::session::hash(token),
        person,
        csrf: CSRF.to_owned(),
        created_at: act.now,
        seen_at: act.now,
        expires_at: act.now + SignedDuration::from_hours(24 * 365),
    };
    Ok(store::session::insert(act.tx, &session)?)
}

fn batch(
    act: &mut Act,
    world: &World,
    range: std::ops::Range<u32>,
    of: u32,
    messages: u32,
) -> Result<(), DeskError> {
    let mut sums: Vec<(tally::Tally, i64)> = Vec::new();
    let (mut whole, mut running) = (Vec::new(), Vec::new());
    let mut said = Vec::new();
    let mut events = Vec::new();
    for n in range {
        let (one, mut texts) = story(act, world, n, of, messages);
        let ticket = Ticket::fold(one[0].ticket, &one).ok_or(DeskError::NotFound)?;
        let clocks = project::clocks(&act.catalogue, &ticket, &one);
        let due = project::due(&ticket, &clocks, None);
        sums.extend(tally::of(&ticket, &clocks));
        let people = ticket.requesting().map(|person| (person, PersonSide::Requesting)).collect();
        let units = [ticket.unit].into();
        let placed = Placed { root: ticket.id, confidential: false, due, ticket };
        whole.push(Whole { placed, subject: format!("The lamp flickers, case {n}"), people, units });
        running.push(clocks);
        said.append(&mut texts);
        events.extend(one);
    }
    append(act, &events)?;
    store::ticket::insert_all(act.tx, &whole)?;
    for (whole, clocks) in whole.iter().zip(&running) {
        store::clock::shift(act.tx, whole.placed.ticket.id, &[], clocks)?;
    }
    for message in &said {
        store::message::insert(act.tx, message)?;
    }
    tally::shift(act.tx, &[], &sums)?;
    Ok(())
}

fn append(act: &mut Act, events: &[Event]) -> Result<(), DeskError> {
    let payloads: Vec<String> =
        events.iter().map(|event| serde_json::to_string(&event.fact).expect("a fact made here")).collect();
    let entries: Vec<Entry> = events
        .iter()
        .zip(&payloads)
        .map(|(event, payload)| Entry {
            id: event.id,
            at: event.at,
            recorded_at: act.now,
            actor: event.actor,
            subject: store::event::Subject::Ticket(event.ticket),
            parent: None,
            kind: event.fact.name(),
            payload,
        })
        .collect();
    store::event::append_all(act.tx, &entries)?;
    Ok(())
}

/// The events and messages of one ticket: asked, taken, written to and fro, and mostly solved and closed.
fn story(act: &Act, world: &World, n: u32, of: u32, messages: u32) -> (Vec<Event>, Vec<Message>) {
    let pick =
        |list: usize, salt: u32| (n.wrapping_mul(2_654_435_761).wrapping_add(salt) as usize >> 7) % list;
    let place = pick(world.units.len(), 1);
    let (customer, agent) =
        (world.customers[pick(world.customers.len(), 2)], world.agents[place * 3 + pick(3, 3)]);
    let open = n.is_multiple_of(OPEN_ONE_IN.min(of / OPEN_AT_LEAST).max(1));
    let year = 364 * 24 * 3600;
    let opened_at = world.begins_at + SignedDuration::from_secs(year * i64::from(n) / i64::from(of));
    let ticket = TicketId(act.ids.next(opened_at));
    let mut at = opened_at;
    let mut said = Vec::new();
    let mut events = Vec::new();
    let event = |at, person, fact| Event {
        id: EventId(act.ids.next(at)),
        at,
        actor: Actor::Person(person),
        ticket,
        parent: None,
        fact,
    };
    for round in 0..messages {
        let (side, person) =
            if round % 2 == 0 { (Side::Requesting, customer) } else { (Side::Serving, agent) };
        let id = MessageId(act.ids.next(at));
        said.push(Message {
            id,
            ticket,
            at,
            side,
            person: Some(person),
            automatic: false,
            channel: Channel::Portal,
            deliverable: false,
            body: format!("{WORDS} It was order {}.", world.first_number + i64::from(n)),
        });
        if round == 0 {
            events.push(event(at, customer, Fact::Opened(opening(world, n, place, customer, id))));
            at += SignedDuration::from_mins(20);
            events.push(event(at, agent, Fact::Assigned { person: Some(agent) }));
        } else {
            events.push(event(at, person, Fact::Replied { message: id, side, automatic: false }));
        }
        at += SignedDuration::from_mins(90);
    }
    if !open {
        events.push(event(at, agent, Fact::Solved { message: None, overriding: None }));
        let closed_at = at + SignedDuration::from_hours(24);
        events.push(event(
            closed_at,
            agent,
            Fact::Closed { how: Closing::Agent, rating: None, reason: None },
        ));
    }
    (events, said)
}

fn opening(world: &World, n: u32, place: usize, customer: PersonId, message: MessageId) -> Opening {
    Opening {
        number: world.first_number + i64::from(n),
        kind: Kind::Question,
        service: world.services[place],
        unit: world.units[place],
        person: None,
        requester: customer,
        beneficiary: customer,
        payer: None,
        organisation: None,
        asking_unit: None,
        class: Class::External,
        priority: Priority::P3,
        outbound: false,
        message: Some(message),
    }
}
