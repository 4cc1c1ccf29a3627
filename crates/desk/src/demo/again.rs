//! Tickets that come again are opened while time passes, and worked off like others.

use super::chance::Chance;
use super::floor::{Errand, Floor, Job};
use super::names::Language;
use super::offers::Offer;
use super::phrases::Details;
use super::plan::{What, step};
use crate::DeskError;
use crate::act::Act;
use crate::demo::effort::provider;

/// What is said in the end, by the service of the template.
const DONE: &[(Offer, &str)] = &[
    (
        Offer::Help,
        "All counters are read. Nothing stands out but Millgate 4, which you know of better than we do.",
    ),
    (
        Offer::ItHelp,
        "Restored the folder of the showroom as it was last week: 4,112 files, each of them opens. It took nine minutes.",
    ),
    (Offer::Buildings, "All six beep and are signed for. The dog was warned and barked nevertheless."),
];

impl Floor {
    pub(super) fn open_again(&mut self, act: &mut Act) -> Result<(), DeskError> {
        if crate::recurring::open_due(act, 50)? == 0 {
            return Ok(());
        }
        for (offer, words) in DONE {
            for one in store::recurring::of_service(act.tx, self.world.services[offer])? {
                let Some((number, _)) = one.last.filter(|(_, at)| *at == act.now) else { continue };
                let ticket = store::mail_thread::of_number(act.tx, number)?.ok_or(DeskError::NotFound)?;
                let mut chance = Chance::of(number.unsigned_abs(), 7);
                self.jobs.push(Job {
                    ticket,
                    unit: provider(*offer),
                    parent: None,
                    requester: self.world.people.iter().position(|known| known.person == one.requester),
                    person: None,
                    barred: vec![one.requester],
                    steps: [step(0.8, What::Finish((*words).to_owned()))].into(),
                    blocking: 0,
                    waiting: false,
                    done: false,
                    solved_before: false,
                    end: None,
                    details: Details::draw(Language::English, &mut chance),
                    chance,
                    language: Language::English,
                });
                self.queue(act, self.jobs.len() - 1, Errand::Work)?;
            }
        }
        Ok(())
    }
}
