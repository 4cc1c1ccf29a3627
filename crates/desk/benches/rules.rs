//! What it costs to hold every rule there can be against one event: 200 rules answer to an opened ticket, and one acts.

use std::hint::black_box;

use criterion::{BatchSize, Criterion, criterion_group, criterion_main};
use desk::entitled::ByDesk;
use desk::open::{Open, Urgency};
use desk::rules::set_up::{self, Input};
use desk::words::{Body, Subject};
use desk::{Desk, DeskError};
use domain::action::Action;
use domain::affiliation::Relation;
use domain::event::Actor;
use domain::id::{PersonId, ServiceId};
use domain::priority::Priority;
use domain::rule::{Happening, When};
use domain::service::Audience;
use domain::ticket::Kind;
use jiff::civil::date;
use store::message::Channel;
use store::office::Office;
use store::{Db, WallClock, migrations};

/// Each asks for something else; the last one fits.
fn rule(place: usize) -> Input {
    let last = place + 1 == set_up::MOST;
    let filter = match place % 4 {
        _ if last => "is:open".to_owned(),
        0 => "is:open priority:1 kind:incident".to_owned(),
        1 => "service:other or from:somebody@example.org".to_owned(),
        2 => "-is:open opened:<1h".to_owned(),
        _ => "class:internal waiting:requester".to_owned(),
    };
    Input {
        name: format!("Rule {place}"),
        unit: None,
        when: When::Happens(Happening::Opened),
        filter,
        phrases: if place.is_multiple_of(5) && !last {
            "smoke, fire, burning".to_owned()
        } else {
            String::new()
        },
        actions: vec![Action::Note { text: "Seen".to_owned() }],
        stops: false,
    }
}

/// A desk in memory with one service, somebody who asks, and so many rules.
fn desk(rules: usize) -> (Desk, ServiceId, PersonId) {
    let clock = WallClock::fixed("2026-03-04T12:00:00Z".parse().expect("an instant"));
    let desk = Desk::new(Db::open("sqlite::memory:", migrations::ALL).expect("a database"), clock);
    let made = desk.act_now(Actor::Desk, |act| {
        let unit = desk::units::create(act, &ByDesk, &desk::units::Input::named("Support"))?;
        let everybody = Audience { internal: true, connected: true, external: true };
        for name in ["Help", "Other"] {
            let input =
                desk::services::Input { audience: everybody, ..desk::services::Input::named(name, unit) };
            desk::services::create(act, &ByDesk, &input)?;
        }
        let tie = |relation| desk::people::Tie { relation, class: None, from: date(2020, 1, 1), until: None };
        let ada = desk::people::Input::named("Ada");
        let ada = desk::people::create(act, &ByDesk, &ada, &[tie(Relation::Buyer)])?;
        let root = desk::people::Input::named("Root");
        let root = desk::people::create(act, &ByDesk, &root, &[tie(Relation::Employee)])?;
        desk::people::offices::appoint(act, &ByDesk, root, Office::Administrator)?;
        Ok((ada, root))
    });
    let (ada, root) = made.expect("the set-up");
    let services = desk.look_now(|look| Ok(look.catalogue.services.clone())).expect("a look");
    let help = services.values().find(|offer| offer.name == "Help").expect("the service").service.id;
    for place in set_up::MOST - rules..set_up::MOST {
        let saved = desk.act_now(Actor::Person(root), move |act| {
            let viewer = store::access::viewer(act.tx, root)?.ok_or(DeskError::NotFound)?;
            set_up::save(act, &viewer, &rule(place))
        });
        saved.expect("a rule");
    }
    (desk, help, ada)
}

fn opens(desk: &Desk, service: ServiceId, requester: PersonId) {
    let opened = desk.act_now(Actor::Person(requester), move |act| {
        let open = Open {
            service,
            kind: Kind::Request,
            subject: Subject::parse("The lamp")?,
            body: Body::parse("It is dark, and nobody knows why.")?,
            requester,
            beneficiary: None,
            payer: None,
            urgency: Urgency::Set(Priority::P3),
            channel: Channel::Portal,
            files: Vec::new(),
        };
        let viewer = store::access::viewer(act.tx, requester)?.ok_or(DeskError::NotFound)?;
        desk::open::run(act, &viewer, &open)
    });
    opened.expect("a ticket");
}

fn matching(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("rules");
    for rules in [1, set_up::MOST] {
        let (desk, help, ada) = desk(rules);
        desk.act_now(Actor::Desk, desk::rules::hear).expect("the follower begins");
        group.bench_function(format!("one event, {rules}"), |bencher| {
            bencher.iter_batched(
                || {
                    // What the last round wrote is heard before, so that one event is left.
                    while desk.act_now(Actor::Desk, desk::rules::hear).expect("rules answer") > 0 {}
                    opens(&desk, help, ada);
                },
                |()| black_box(desk.act_now(Actor::Desk, desk::rules::hear).expect("rules answer")),
                BatchSize::PerIteration,
            );
        });
    }
    group.finish();
}

criterion_group!(benches, matching);
criterion_main!(benches);
