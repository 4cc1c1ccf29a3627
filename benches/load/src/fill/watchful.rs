//! What a desk has switched on besides its tickets: rules that look at every new ticket, and views that count.

use desk::entitled::ByDesk;
use desk::rules::set_up as rules;
use desk::{Act, Desk, DeskError, views};
use domain::action::Action;
use domain::affiliation::Relation;
use domain::event::Actor;
use domain::id::{PersonId, UnitId};
use domain::permission::Viewer;
use domain::priority::Priority;
use domain::rule::{Happening, Since, When};
use domain::view::{Column, Grouping, Sort};
use jiff::SignedDuration;
use store::office::Office;
use store::view::Owner;

use super::{World, person};

/// Set up when the tickets are there: rules answer to what happens after they are saved.
pub(super) fn set_up(desk: &Desk, world: &World) -> anyhow::Result<()> {
    let administrator = desk.act_now(Actor::Desk, |act| {
        let somebody = person(act, "Administrator", None, Relation::Employee)?;
        desk::people::offices::appoint(act, &ByDesk, somebody, Office::Administrator)?;
        Ok(somebody)
    })?;
    let (agent, units) = (world.agents[0], world.units.clone());
    desk.act_now(Actor::Person(administrator), move |act| {
        let viewer = known(act, administrator)?;
        for input in rules_of(&units) {
            rules::save(act, &viewer, &input)?;
        }
        for (name, filter) in SHARED {
            views::save(act, &viewer, Owner::Everybody, &view(name, filter))?;
        }
        Ok(())
    })?;
    let unit = world.units[0];
    desk.act_now(Actor::Person(agent), move |act| {
        let viewer = known(act, agent)?;
        for (owner, list) in [(Owner::Person(agent), OWN), (Owner::Unit(unit), OF_UNIT)] {
            for (name, filter) in list {
                views::save(act, &viewer, owner, &view(name, filter))?;
            }
        }
        Ok(())
    })?;
    Ok(())
}

fn known(act: &mut Act, person: PersonId) -> Result<Viewer, DeskError> {
    store::access::viewer(act.tx, person)?.ok_or(DeskError::NotFound)
}

/// Two for each unit, of which one waits for time to pass, and ten for everybody: most look and let go.
fn rules_of(units: &[UnitId]) -> Vec<rules::Input> {
    let urgent = || Action::SetPriority { priority: Priority::P1, reason: "A rule says so".to_owned() };
    let looks = |name: String, unit, when, filter: &str, phrases: String| rules::Input {
        name,
        unit,
        when,
        filter: filter.to_owned(),
        phrases,
        actions: vec![urgent()],
        stops: false,
    };
    let unanswered =
        When::Passes { since: Since::Unanswered, by: SignedDuration::from_hours(72), working: true };
    let of_units = units.iter().enumerate().flat_map(|(n, unit)| {
        [
            looks(
                format!("Outages of unit {n}"),
                Some(*unit),
                When::Happens(Happening::RequesterWrote),
                "is:open priority:normal",
                format!("outage {n}, stands still"),
            ),
            looks(format!("Too long in unit {n}"), Some(*unit), unanswered, "is:open", String::new()),
        ]
    });
    let of_all = (0..10).map(|n| {
        let (when, phrases) = (When::Happens(Happening::Opened), format!("phrase {n}, gas leak {n}"));
        looks(format!("Everywhere {n}"), None, when, "is:open class:external", phrases)
    });
    of_units.chain(of_all).collect()
}

const OWN: &[(&str, &str)] = &[
    ("Due today", "is:open holder:me due:<1d"),
    ("Urgent", "is:open unit:mine priority:urgent"),
    ("Unread", "is:unread unit:mine"),
    ("Drafts", "is:draft"),
];
const OF_UNIT: &[(&str, &str)] = &[
    ("Nobody's", "is:open unit:mine holder:nobody"),
    ("Waiting", "unit:mine is:waiting"),
    ("Late", "is:open unit:mine is:overdue"),
    ("From outside", "is:open unit:mine class:external"),
];
const SHARED: &[(&str, &str)] =
    &[("Everything open", "is:open"), ("Everything urgent", "is:open priority:urgent")];

fn view(name: &str, filter: &str) -> views::Input {
    views::Input {
        name: name.to_owned(),
        filter: filter.to_owned(),
        sort: Sort::Due,
        grouping: Grouping::Nothing,
        columns: Vec::<Column>::new(),
    }
}
