//! How probable it is that a promise is kept, simulated from what its stages took before.

use jiff::{SignedDuration, Timestamp};

use super::walk::{due, full_hours, through};
use super::{Allowance, Observed, Plan, Stage};
use crate::stats;

/// Plays the plan `draws` times: the start is one of the full hours in the two weeks after
/// `from`, and each stage takes one of its own observed durations, all equally likely and
/// independent of each other. The same seed gives the same answer.
///
/// A stage without history takes what is planned or agreed, and is named in `assumed`. `None` when
/// no stage has a history, when a hand-off has neither history nor agreement, or without draws.
pub fn chance(plan: &Plan, promise: Allowance, from: Timestamp, draws: u32, seed: u64) -> Option<Chance> {
    let starts = full_hours(from);
    let assumed = without_history(plan)?;
    if draws == 0 || starts.is_empty() {
        return None;
    }
    let mut dice = Dice(seed);
    let mut kept = 0;
    for _ in 0..draws {
        let start = *dice.pick(&starts);
        let finish = through(plan, start, &mut 0, &mut None, &mut |plan, _, from| {
            let (taken, calendar) = match history(plan) {
                Some(seen) => (*dice.pick(seen.durations), seen.calendar),
                None => planned(plan).map_or((SignedDuration::ZERO, promise.calendar), |allowance| {
                    (allowance.time, allowance.calendar)
                }),
            };
            calendar.add(from, taken)
        });
        kept += u32::from(finish <= due(promise, start));
    }
    let interval = stats::wilson(u64::from(kept), u64::from(draws))?;
    Some(Chance { kept, draws, low: interval.low, high: interval.high, assumed })
}

/// The simulated probability of keeping a promise.
#[derive(Clone, Debug, PartialEq)]
pub struct Chance {
    /// How often it was kept.
    pub kept: u32,
    /// How often it was played.
    pub draws: u32,
    /// Lower end of the 95% Wilson interval of the probability, 0 to 1.
    pub low: f64,
    /// Upper end.
    pub high: f64,
    /// Stages without history, taken at what is planned or agreed.
    pub assumed: Vec<Stage>,
}

impl Chance {
    /// The probability, 0 to 1.
    pub fn share(&self) -> f64 {
        f64::from(self.kept) / f64::from(self.draws)
    }
}

/// The stages without history, unless one has no agreement either or none has history.
fn without_history(plan: &Plan) -> Option<Vec<Stage>> {
    let (mut assumed, mut stages, mut unknown) = (Vec::new(), 0, false);
    through(plan, Timestamp::UNIX_EPOCH, &mut 0, &mut None, &mut |plan, stage, from| {
        stages += 1;
        if history(plan).is_none() {
            assumed.push(stage);
            unknown |= planned(plan).is_none();
        }
        from
    });
    (!unknown && assumed.len() < stages).then_some(assumed)
}

fn history<'a>(plan: &Plan<'a>) -> Option<Observed<'a>> {
    let seen = match plan {
        Plan::Own { seen, .. } | Plan::Handoff { seen, .. } => *seen,
        Plan::Sequence(_) | Plan::Parallel(_) => None,
    };
    seen.filter(|seen| !seen.durations.is_empty())
}

fn planned<'a>(plan: &Plan<'a>) -> Option<Allowance<'a>> {
    match plan {
        Plan::Own { work, .. } => Some(*work),
        Plan::Handoff { ola, .. } => *ola,
        Plan::Sequence(_) | Plan::Parallel(_) => None,
    }
}

/// SplitMix64 (Steele, Lea and Flood, 2014): a Weyl sequence through a mixing function. Good
/// enough to draw from a list, and the same everywhere.
struct Dice(u64);

impl Dice {
    fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// One of `all`, which is not empty.
    fn pick<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        let position = (u128::from(self.roll()) * all.len() as u128) >> 64;
        &all[usize::try_from(position).expect("a position in a slice")]
    }
}
