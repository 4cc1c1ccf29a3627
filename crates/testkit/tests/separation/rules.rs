//! Rules: whoever keeps them reads them, and a dry run tells of no ticket that its runner may not read.

use desk::rules::set_up::{self, Input};
use domain::action::Action;
use domain::id::{PersonId, RuleId, UnitId};
use domain::rule::{Happening, When};
use testkit::TestDesk;

use crate::canary::{Canary, word};
use crate::site::Site;
use crate::texts::{ADMIN, LEAD};
use crate::world::World;

/// An id that no rule has.
const NONE: i64 = 17;

pub(crate) struct Rules {
    of_support: RuleId,
    shared: RuleId,
}

impl Rules {
    /// One of support, one of everybody; both paused, so that they act on nothing here.
    pub(crate) fn new(desk: &TestDesk, support: UnitId, admin: PersonId) -> Self {
        let save = |unit: Option<UnitId>, name: &str, note: &str| {
            let input = Input {
                name: word(name),
                unit,
                when: When::Happens(Happening::Opened),
                filter: "is:open".to_owned(),
                phrases: String::new(),
                actions: vec![Action::Note { text: word(note) }],
                stops: false,
            };
            desk.act(admin, move |act, viewer| {
                let id = set_up::save(act, viewer, &input)?;
                set_up::pause(act, viewer, id)?;
                Ok(id)
            })
            .unwrap()
        };
        Self {
            of_support: save(Some(support), "name of a unit's rule", "note of a unit's rule"),
            shared: save(None, "name of everybody's rule", "note of everybody's rule"),
        }
    }

    pub(crate) fn ids(&self) -> [i64; 3] {
        [self.of_support.0, self.shared.0, NONE]
    }

    pub(crate) fn canaries() -> Vec<Canary> {
        let canary =
            |name, for_whom: &[&'static str]| Canary { name, word: word(name), for_whom: for_whom.into() };
        vec![
            canary("name of a unit's rule", &[LEAD, ADMIN]),
            canary("note of a unit's rule", &[LEAD, ADMIN]),
            canary("name of everybody's rule", &[ADMIN]),
            canary("note of everybody's rule", &[ADMIN]),
        ]
    }
}

#[test]
fn nobody_changes_a_rule_that_is_not_theirs_to_keep() {
    let world = World::new();
    let site = Site::new(&world);
    let ids = world.addresses("{rule}");
    let form = "name=Theirs&when=opened&filter=is:open&note=Hello&do=save";
    for (place, id) in ids.iter().enumerate() {
        let keepers: &[&str] = match place {
            0 => &[LEAD, ADMIN],
            1 => &[ADMIN],
            _ => &[],
        };
        for actor in world.actors.iter().filter(|actor| !keepers.contains(&actor.name)) {
            let before = world.head();
            for (address, form) in [(format!("/rules/{id}"), form), (format!("/rules/{id}/state"), "do=wake")]
            {
                let answer = site.post(actor, &address, form);
                assert_eq!(world.head(), before, "{} did {address}", actor.name);
                assert!(!answer.status.is_success(), "{} was let in at {address}", actor.name);
            }
        }
    }
    for (keeper, id) in [(LEAD, &ids[0]), (ADMIN, &ids[1])] {
        let before = world.head();
        site.post(world.actor(keeper), &format!("/rules/{id}/state"), "do=wake");
        assert!(world.head() > before, "{keeper} could not");
    }
}

#[test]
fn a_dry_run_tells_of_no_ticket_that_its_runner_may_not_read() {
    let world = World::new();
    let site = Site::new(&world);
    let unit = world.addresses("{unit}")[0].clone();
    let before = world.head();
    for name in [LEAD, ADMIN] {
        let form = format!("name=Dry&unit={unit}&when=opened&filter=&note=Hello&do=try");
        let everywhere = "name=Dry&unit=&when=opened&filter=&note=Hello&do=try".to_owned();
        for form in [form, everywhere] {
            let answer = site.post(world.actor(name), "/rules/new", &form);
            assert!(answer.status.is_success() || name == LEAD, "{name}: {}", answer.status);
            for canary in world.canaries.iter().filter(|canary| !canary.for_whom.contains(&name)) {
                assert!(!answer.holds(&canary.word), "{name} reads {} by a dry run", canary.name);
            }
        }
    }
    assert_eq!(world.head(), before, "trying changed something");
}
