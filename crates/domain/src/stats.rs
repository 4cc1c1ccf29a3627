//! Intervals around shares, so that no figure is shown without how sure it is.

/// A 95% interval of a probability, both ends 0 to 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Interval {
    /// Lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

/// The 95% score interval of E. B. Wilson (Journal of the American Statistical Association 22,
/// 1927) of the probability behind `hits` of `n` trials. `None` without trials; more hits than
/// trials count as all of them.
#[must_use]
pub fn wilson(hits: u64, n: u64) -> Option<Interval> {
    if n == 0 {
        return None;
    }
    let z2 = 1.959_963_984_540_054_f64.powi(2);
    let p = hits.min(n) as f64 / n as f64;
    let n = n as f64;
    let centre = (p + z2 / (2.0 * n)) / (1.0 + z2 / n);
    let half = z2.sqrt() / (1.0 + z2 / n) * (p * (1.0 - p) / n + z2 / (4.0 * n * n)).sqrt();
    Some(Interval { low: (centre - half).max(0.0), high: (centre + half).min(1.0) })
}

#[cfg(test)]
mod tests;
