//! Seeded chance: SplitMix64 (Steele, Lea and Flood 2014), so that a demo comes out the same everywhere.

/// A stream of numbers that depends on nothing but its seed.
#[derive(Clone, Debug)]
pub(super) struct Chance(u64);

const STEP: u64 = 0x9E37_79B9_7F4A_7C15;

impl Chance {
    /// A stream of its own for each ticket, so that one story does not change the next.
    pub(super) const fn of(seed: u64, stream: u64) -> Self {
        Self(mix(seed.wrapping_add(STEP)) ^ mix(stream.wrapping_mul(STEP).wrapping_add(1)))
    }

    const fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(STEP);
        mix(self.0)
    }

    /// From 0 to below 1, in steps of 2^-53.
    #[expect(clippy::cast_precision_loss, reason = "53 bits fit exactly")]
    pub(super) fn share(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// From 0 to below `end`; 0 when `end` is 0.
    pub(super) fn below(&mut self, end: usize) -> usize {
        let wide = u128::from(self.next()) * end as u128;
        usize::try_from(wide >> 64).expect("it is below a usize")
    }

    /// From `least` to `most`, both possible.
    pub(super) fn between(&mut self, least: i64, most: i64) -> i64 {
        let span = usize::try_from(most - least + 1).unwrap_or(0);
        least + i64::try_from(self.below(span)).unwrap_or(0)
    }

    pub(super) fn happens(&mut self, share: f64) -> bool {
        self.share() < share
    }

    /// One of a list that is never empty.
    pub(super) fn pick<'a, T>(&mut self, list: &'a [T]) -> &'a T {
        &list[self.below(list.len())]
    }

    /// A place in the list, as often as its weight says.
    pub(super) fn weighted(&mut self, weights: impl Iterator<Item = f64> + Clone) -> usize {
        let mut left = self.share() * weights.clone().sum::<f64>();
        let mut last = 0;
        for (place, weight) in weights.enumerate() {
            if weight > 0.0 {
                last = place;
                if left < weight {
                    return place;
                }
                left -= weight;
            }
        }
        last
    }

    /// Log-normal around `median`: mostly near it, sometimes far above, never below zero.
    pub(super) fn around(&mut self, median: f64, spread: f64) -> f64 {
        // Twelve uniform shares add up to nearly a normal value of variance one.
        let normal = (0..12).map(|_| self.share()).sum::<f64>() - 6.0;
        median * (normal * spread).exp()
    }
}

const fn mix(value: u64) -> u64 {
    let value = (value ^ (value >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let value = (value ^ (value >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    value ^ (value >> 31)
}
