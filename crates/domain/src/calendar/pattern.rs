//! Open spans of a day or a week, with the sums that make counting them arithmetic.

/// Sorted, disjoint spans in seconds since the start of the day or week.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Pattern {
    spans: Vec<Span>,
    total: i64,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Span {
    pub(super) from: i64,
    pub(super) to: i64,
    before: i64,
}

impl Pattern {
    /// `spans` in any order and overlapping, as `(from, to)`; touching ones become one.
    pub(super) fn new(mut spans: Vec<(i64, i64)>) -> Pattern {
        spans.retain(|(from, to)| from < to);
        spans.sort_unstable();
        let mut pattern = Pattern::default();
        for (from, to) in spans {
            match pattern.spans.last_mut() {
                Some(last) if from <= last.to => {
                    pattern.total += (to - last.to).max(0);
                    last.to = last.to.max(to);
                }
                _ => {
                    let before = pattern.total;
                    pattern.spans.push(Span { from, to, before });
                    pattern.total += to - from;
                }
            }
        }
        pattern
    }

    pub(super) fn without(&self, closed: &Pattern) -> Pattern {
        let mut left = Vec::new();
        for span in &self.spans {
            let mut from = span.from;
            for hole in closed.spans.iter().filter(|hole| hole.to > span.from) {
                left.push((from, hole.from.min(span.to)));
                from = from.max(hole.to);
            }
            left.push((from, span.to));
        }
        Pattern::new(left)
    }

    pub(super) fn spans(&self) -> &[Span] {
        &self.spans
    }

    pub(super) fn total(&self) -> i64 {
        self.total
    }

    /// How many seconds are open before `at`, and whether `at` itself is open.
    pub(super) fn count(&self, at: i64) -> (i64, bool) {
        let started = self.spans.partition_point(|span| span.from <= at);
        let Some(span) = started.checked_sub(1).map(|last| self.spans[last]) else {
            return (0, false);
        };
        (span.before + at.min(span.to) - span.from, at < span.to)
    }

    /// The earliest second before which `count` seconds are open, for `0 < count <= total`.
    pub(super) fn reach(&self, count: i64) -> i64 {
        let begun = self.spans.partition_point(|span| span.before < count);
        let span = self.spans[begun - 1];
        span.from + count - span.before
    }
}
