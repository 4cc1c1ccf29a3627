//! Working time counted along UTC: the wall clock, cut where its offset from UTC changes.

use std::sync::OnceLock;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::exception::DAY;
use super::wall::Wall;
use super::zone;

/// The first second of 2100. What lies before is laid out when a calendar is built; the rest,
/// thousands of summers, only when somebody asks.
const HORIZON: i64 = 4_102_444_800;

/// There are fewer seconds than this between the first representable instant and the last.
const BEYOND: i64 = 1 << 40;

#[derive(Clone)]
pub(super) struct Timeline {
    zone: TimeZone,
    wall: Wall,
    near: Eras,
    far: OnceLock<Eras>,
}

/// The stretches with one offset each, up to the second `until`.
#[derive(Clone)]
struct Eras {
    list: Vec<Era>,
    until: i64,
    worked_until: i64,
}

/// From the second `from` on, the wall clock is `offset` seconds ahead of UTC.
#[derive(Clone, Copy)]
struct Era {
    from: i64,
    offset: i64,
    /// The count at `from`.
    worked: i64,
    /// The count of this timeline minus the count of the wall clock.
    ahead: i64,
}

impl Timeline {
    pub(super) const fn zone(&self) -> &TimeZone {
        &self.zone
    }

    pub(super) fn new(zone: TimeZone, wall: Wall) -> Timeline {
        let near = Eras::new(&zone, &wall, HORIZON);
        Timeline { zone, wall, near, far: OnceLock::new() }
    }

    /// The open seconds from the first representable instant to `at`, and whether `at` is open.
    pub(super) fn worked_until(&self, at: i64) -> (i64, bool) {
        let era = self.eras(|near| at < near.until).at(at);
        let (count, open) = self.wall.count(at + era.offset);
        (count + era.ahead, open)
    }

    /// The earliest second at which `worked` open seconds have passed since the first
    /// representable instant, for a positive `worked`; `None` if that never comes. It may lie
    /// beyond the last representable instant.
    pub(super) fn reach(&self, worked: i64) -> Option<i64> {
        if worked > BEYOND {
            return None;
        }
        let list = &self.eras(|near| worked <= near.worked_until).list;
        let era = list[list.partition_point(|era| era.worked < worked) - 1];
        Some(self.wall.reach(worked - era.ahead)? - era.offset)
    }

    /// The open stretches inside `[a, b)`, in order, none touching the next.
    pub(super) fn open_seconds(&self, a: i64, b: i64) -> Vec<(i64, i64)> {
        let eras = self.eras(|near| b <= near.until);
        let first = eras.list.partition_point(|era| era.from <= a).max(1) - 1;
        let mut open: Vec<(i64, i64)> = Vec::new();
        for (n, era) in eras.list.iter().enumerate().skip(first) {
            let next = eras.list.get(n + 1).map_or(eras.until, |next| next.from);
            let (from, to) = (era.from.max(a), next.min(b));
            if to <= from {
                break;
            }
            for day in (from + era.offset).div_euclid(DAY)..=(to + era.offset - 1).div_euclid(DAY) {
                let midnight = day * DAY - era.offset;
                for span in self.wall.day(day) {
                    let piece = ((midnight + span.from).max(from), (midnight + span.to).min(to));
                    join(&mut open, piece);
                }
            }
        }
        open
    }

    fn eras(&self, near_is_enough: impl FnOnce(&Eras) -> bool) -> &Eras {
        if self.near.until == i64::MAX || near_is_enough(&self.near) {
            return &self.near;
        }
        let build = || Eras::new(&self.zone, &self.wall, i64::MAX);
        self.far.get_or_init(build)
    }
}

impl Eras {
    fn new(zone: &TimeZone, wall: &Wall, horizon: i64) -> Eras {
        let changes = zone::changes(zone, horizon);
        let mut list = Vec::with_capacity(changes.list.len() + 1);
        let mut era = Era::new(wall, Timestamp::MIN.as_second(), changes.first_offset, 0);
        for change in &changes.list {
            list.push(era);
            let worked = wall.count(change.at + era.offset).0 + era.ahead;
            era = Era::new(wall, change.at, change.offset, worked);
        }
        list.push(era);
        let until = if changes.complete { i64::MAX } else { horizon };
        let worked_until = match changes.complete {
            true => i64::MAX,
            false => wall.count(horizon + era.offset).0 + era.ahead,
        };
        Eras { list, until, worked_until }
    }

    fn at(&self, second: i64) -> &Era {
        let begun = self.list.partition_point(|era| era.from <= second);
        &self.list[begun.max(1) - 1]
    }
}

impl Era {
    fn new(wall: &Wall, from: i64, offset: i64, worked: i64) -> Era {
        let ahead = worked - wall.count(from + offset).0;
        Era { from, offset, worked, ahead }
    }
}

fn join(open: &mut Vec<(i64, i64)>, (from, to): (i64, i64)) {
    if to <= from {
        return;
    }
    match open.last_mut() {
        Some(last) if last.1 == from => last.1 = to,
        _ => open.push((from, to)),
    }
}
