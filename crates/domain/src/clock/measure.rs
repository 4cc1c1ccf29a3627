//! A course measured in the working time of its target's calendar.

use jiff::{SignedDuration, Timestamp};

use super::course::{Course, Ending, Period};
use super::story::Story;
use super::{Applied, Clock, Counted, Outcome, Why, WorkingTime};
use crate::agreement::{AgreementKind, Metric, Target};
use crate::custody::Holder;

/// Measures one course; `stay` is its number among those of the target.
pub(super) fn clock(story: &Story, applied: &Applied<'_>, course: &Course, stay: u16) -> Clock {
    let Applied { target, calendar } = *applied;
    let mut clock = Clock {
        ticket: story.custody.ticket,
        target: target.id,
        agreement: target.agreement,
        kind: target.kind,
        metric: target.metric,
        stay,
        unit: course.unit,
        within: target.within,
        started_at: course.periods[0].from,
        segments: Vec::new(),
        consumed: SignedDuration::ZERO,
        due_at: None,
        stopped_at: None,
        outcome: Outcome::Running,
        first_outcome: None,
    };
    for (index, period) in course.periods.iter().enumerate() {
        if index == 1 {
            clock.first_outcome = Some(clock.outcome);
        }
        clock.period(story, target, calendar, period);
    }
    clock
}

impl Clock {
    fn period(&mut self, story: &Story, target: &Target, calendar: &dyn WorkingTime, period: &Period) {
        if let Some(stopped_at) = self.stopped_at {
            self.piece(calendar, stopped_at, Some(period.from), false, Why::Solved);
            self.due_at = self.due_at.filter(|due_at| *due_at <= stopped_at);
        }
        self.stopped_at = period.end.map(|(at, _)| at);
        let segments = &story.custody.segments;
        let first = segments.partition_point(|segment| segment.to <= period.from);
        for segment in &segments[first..] {
            let to = self.stopped_at.map_or(segment.to, |stopped_at| stopped_at.min(segment.to));
            let from = segment.from.max(period.from);
            if to <= from {
                break;
            }
            let lasts = self.stopped_at.is_none() && segment.to == story.horizon;
            let why = Why::of(&segment.holder, segment.unit);
            self.piece(calendar, from, (!lasts).then_some(to), counts(target, &segment.holder), why);
        }
        self.judge(calendar, period);
    }

    /// Adds a piece and finds out whether the promise is used up in it.
    fn piece(
        &mut self,
        calendar: &dyn WorkingTime,
        from: Timestamp,
        to: Option<Timestamp>,
        counted: bool,
        why: Why,
    ) {
        if to == Some(from) {
            return;
        }
        if counted {
            let left = self.within - self.consumed;
            let working = to.map(|to| calendar.between(from, to));
            if self.due_at.is_none() && working.is_none_or(|working| left <= working) {
                self.due_at = Some(calendar.add(from, left));
            }
            self.consumed += working.unwrap_or_default();
        }
        match self.segments.last_mut() {
            Some(last) if last.to == Some(from) && last.counted == counted && last.why == why => {
                // What goes on without an end is not consumed yet, nor is what it goes on from.
                if counted && to.is_none() {
                    self.consumed -= calendar.between(last.from, from);
                }
                last.to = to;
            }
            _ => self.segments.push(Counted { from, to, counted, why }),
        }
    }

    fn judge(&mut self, calendar: &dyn WorkingTime, period: &Period) {
        let Some((stopped_at, ending)) = period.end else {
            let stands = self.segments.last().is_some_and(|last| !last.counted);
            self.outcome = if stands { Outcome::Paused } else { Outcome::Running };
            return;
        };
        let due_at = self.due_at.unwrap_or_else(|| calendar.add(stopped_at, self.within - self.consumed));
        self.due_at = Some(due_at);
        self.outcome = match ending {
            Ending::Void => Outcome::Void,
            _ if due_at < stopped_at => Outcome::Missed,
            Ending::Done => Outcome::Met,
            Ending::Dropped => Outcome::Void,
        };
    }
}

/// Whether time with `holder` is charged against the target. A hand-off never stops a clock; a
/// delivery waits for the asking unit, whose clock it is; a supplier's promise is about its wait.
const fn counts(target: &Target, holder: &Holder) -> bool {
    match (target.kind, target.metric) {
        (AgreementKind::Uc, _) | (_, Metric::Acceptance) => return true,
        _ => {}
    }
    match holder {
        Holder::Owner { .. } | Holder::Handoffs(_) => true,
        Holder::Requester => !target.pauses.requester,
        Holder::Supplier(_) => !target.pauses.supplier,
        Holder::Agreed { .. } => !target.pauses.agreed,
        Holder::Administrative => false,
    }
}
