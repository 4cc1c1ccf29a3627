//! Draws lanes, segments, promises and the line through them; widths are shares, so that the text never stretches.

use jiff::Timestamp;
use maud::{Markup, Render, html};

use super::axis;
use super::{Segment, Waterfall, sentence};
use crate::format::{self, Reader};
use crate::t;

const HEAD: u32 = 28;
const LANE: u32 = 44;
const BAR_TOP: u32 = 8;
const BAR: u32 = 20;
const FLAG: u32 = 18;

pub(super) fn drawing(reader: &Reader, view: &Waterfall) -> Markup {
    let plot = Plot::of(view);
    html! {
        div.waterfall {
            ol.waterfall-lanes {
                @for lane in &view.lanes {
                    li class={ "depth-" (lane.depth.min(6)) } {
                        @match &lane.href {
                            Some(href) => a href=(href) { (lane.label) },
                            None => span { (lane.label) },
                        }
                        small.muted { (lane.about) }
                    }
                }
            }
            div.waterfall-scroll tabindex="0" role="group" aria-label=(t!(reader.locale, "picture-scroll")) {
                svg.waterfall-plot width="100%" height=(plot.height) role="group" aria-label=(t!(reader.locale, "waterfall-title")) {
                    (patterns())
                    (ground(reader, view, &plot))
                    (ties(view, &plot))
                    @for (row, lane) in view.lanes.iter().enumerate() {
                        @for segment in &lane.segments { (bar(reader, segment, &plot, row)) }
                    }
                    (line_through(view, &plot))
                    (promises(reader, view, &plot))
                }
            }
            p.waterfall-told data-tip-here { (t!(reader.locale, "waterfall-focus-hint")) }
        }
    }
}

struct Plot {
    from: i64,
    length: i64,
    lanes: u32,
    height: u32,
    /// On which line below the lanes each promise, and last the present, is written.
    levels: Vec<u32>,
}

/// A share of the width, written with as many digits as a screen can show.
#[derive(Clone, Copy)]
struct Share(f64);

impl Render for Share {
    fn render_to(&self, buffer: &mut String) {
        use std::fmt::Write as _;
        write!(buffer, "{:.3}%", self.0 * 100.0).expect("a string grows");
    }
}

impl Plot {
    fn of(view: &Waterfall) -> Plot {
        let lanes = u32::try_from(view.lanes.len()).unwrap_or(u32::MAX / LANE);
        let mut plot = Plot {
            from: view.from.as_millisecond(),
            length: (view.to.as_millisecond() - view.from.as_millisecond()).max(1),
            lanes,
            height: 0,
            levels: Vec::new(),
        };
        plot.levels =
            levels(view.due.iter().map(|due| plot.at(due.at)).chain(view.now.map(|now| plot.at(now))));
        let lines = plot.levels.iter().max().map_or(0, |deepest| deepest + 1);
        plot.height = HEAD + lanes * LANE + lines * FLAG + 6;
        plot
    }

    fn at(&self, at: Timestamp) -> Share {
        let share = (at.as_millisecond() - self.from) as f64 / self.length as f64;
        Share(share.clamp(0.0, 1.0))
    }

    fn wide(&self, from: Timestamp, to: Timestamp) -> Share {
        Share((self.at(to).0 - self.at(from).0).max(0.0))
    }

    fn top(&self, row: usize) -> u32 {
        HEAD + u32::try_from(row).unwrap_or(self.lanes) * LANE
    }

    fn floor(&self) -> u32 {
        HEAD + self.lanes * LANE
    }
}

fn patterns() -> Markup {
    html! {
        defs {
            pattern #queued-hatch width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)" {
                rect.hatch-ground width="6" height="6" {}
                rect.hatch-line width="2" height="6" {}
            }
        }
    }
}

fn ground(reader: &Reader, view: &Waterfall, plot: &Plot) -> Markup {
    html! {
        g aria-hidden="true" {
            @for (from, to) in &view.shades {
                rect.shade x=(plot.at(*from)) y=(HEAD) width=(plot.wide(*from, *to)) height=(plot.floor() - HEAD) {}
            }
            @for row in 0..view.lanes.len() {
                line.lane-edge x1="0" x2="100%" y1=(plot.top(row)) y2=(plot.top(row)) {}
            }
            line.lane-edge x1="0" x2="100%" y1=(plot.floor()) y2=(plot.floor()) {}
            @for tick in axis::ticks(reader, view.from, view.to) {
                @let x = plot.at(tick.at);
                line.tick .tick-day[tick.day] x1=(x) x2=(x) y1=(HEAD - 6) y2=(plot.floor()) {}
                text.tick-words .tick-words-day[tick.day] x=(x) y="16" text-anchor=(tick_anchor(x)) { (tick.words) }
            }
        }
    }
}

// A nested lane hangs on the lane that asked: thin lines where it was asked and where it was handed back.
fn ties(view: &Waterfall, plot: &Plot) -> Markup {
    html! {
        g aria-hidden="true" {
            @for (row, lane) in view.lanes.iter().enumerate().filter(|(_, lane)| lane.depth > 0) {
                @if let Some(parent) = view.lanes[..row].iter().rposition(|above| above.depth < lane.depth) {
                    @let from = lane.segments.iter().map(|segment| segment.from).min();
                    @let to = lane.segments.iter().filter(|segment| !segment.running).map(|segment| segment.to).max();
                    @for at in [from, to].into_iter().flatten() {
                        line.tie x1=(plot.at(at)) x2=(plot.at(at)) y1=(plot.top(parent) + BAR_TOP + BAR) y2=(plot.top(row) + BAR_TOP + BAR / 2) {}
                    }
                }
            }
        }
    }
}

fn bar(reader: &Reader, segment: &Segment, plot: &Plot, row: usize) -> Markup {
    let told = sentence(reader, segment);
    let top = plot.top(row) + BAR_TOP;
    let (x, width) = (plot.at(segment.from), plot.wide(segment.from, segment.to));
    html! {
        g.segment .segment-off[!segment.on_path] tabindex="0" role="img" aria-label=(told) data-tip {
            title { (told) }
            @if let Some(until) = segment.slack_to.filter(|until| *until > segment.to) {
                line.slack x1=(plot.at(segment.to)) x2=(plot.at(until)) y1=(top + BAR / 2) y2=(top + BAR / 2) {}
            }
            rect class={ "segment-bar " (segment.kind.class()) } x=(x) y=(top) width=(width) height=(BAR) rx="3" {}
            @if width.0 > 0.055 {
                svg x=(x) y=(top) width=(width) height=(BAR) {
                    text class={ "segment-words words-on-" (segment.kind.class()) } x="6" y="14" {
                        (format::duration(reader.locale, segment.to.duration_since(segment.from)))
                    }
                }
            }
        }
    }
}

/// The critical path as one unbroken line: along the foot of each segment on it, and down or up to the next holder.
fn line_through(view: &Waterfall, plot: &Plot) -> Markup {
    let mut path: Vec<(usize, &Segment)> = view
        .lanes
        .iter()
        .enumerate()
        .flat_map(|(row, lane)| lane.segments.iter().map(move |segment| (row, segment)))
        .filter(|(_, segment)| segment.on_path)
        .collect();
    path.sort_by_key(|(row, segment)| (segment.from, segment.to, *row));
    let foot = |row: usize| plot.top(row) + BAR_TOP + BAR + 5;
    html! {
        g aria-hidden="true" {
            @for (row, segment) in &path {
                line.through x1=(plot.at(segment.from)) x2=(plot.at(segment.to)) y1=(foot(*row)) y2=(foot(*row)) {}
            }
            @for pair in path.windows(2).filter(|pair| pair[0].0 != pair[1].0) {
                @let x = plot.at(pair[1].1.from);
                line.through x1=(x) x2=(x) y1=(foot(pair[0].0)) y2=(foot(pair[1].0)) {}
            }
        }
    }
}

fn promises(reader: &Reader, view: &Waterfall, plot: &Plot) -> Markup {
    let level = |position: usize| plot.floor() + FLAG * (plot.levels[position] + 1);
    html! {
        @for (position, due) in view.due.iter().enumerate().filter(|(_, due)| due.at <= view.to) {
            @let x = plot.at(due.at);
            g role="img" aria-label={ (due.label) ", " (format::absolute(reader, due.at)) } {
                line.due .due-missed[due.missed] x1=(x) x2=(x) y1=(HEAD - 6) y2=(level(position) - 12) {}
                text.due-words .due-missed[due.missed] x=(x) y=(level(position)) text-anchor=(anchor(x)) {
                    (due.label) " · " (format::brief(reader, due.at))
                }
            }
        }
        @if let Some(now) = view.now {
            @let x = plot.at(now);
            g aria-hidden="true" {
                line.now x1=(x) x2=(x) y1=(HEAD - 6) y2=(level(view.due.len()) - 12) {}
                text.now-words x=(x) y=(level(view.due.len())) text-anchor=(anchor(x)) { (t!(reader.locale, "waterfall-now")) }
            }
        }
    }
}

/// Words that would run into each other stand on different lines.
fn levels(marks: impl Iterator<Item = Share>) -> Vec<u32> {
    const APART: f64 = 0.24;
    let mut placed: Vec<(f64, u32)> = Vec::new();
    for mark in marks {
        let clear =
            |level: u32| placed.iter().all(|(x, taken)| *taken != level || (x - mark.0).abs() > APART);
        let level = (0..).find(|level| clear(*level)).unwrap_or(0);
        placed.push((mark.0, level));
    }
    placed.into_iter().map(|(_, level)| level).collect()
}

fn tick_anchor(x: Share) -> &'static str {
    match x.0 {
        share if share < 0.025 => "start",
        share if share > 0.975 => "end",
        _ => "middle",
    }
}

fn anchor(x: Share) -> &'static str {
    match x.0 {
        share if share < 0.1 => "start",
        share if share > 0.9 => "end",
        _ => "middle",
    }
}
