//! Quantiles of type 7: linear between the order statistics, as R, NumPy and spreadsheets reckon by default.

/// The quantile at `share` (0 to 1) of values in rising order; `None` of no values.
#[must_use]
pub fn type7(sorted: &[f64], share: f64) -> Option<f64> {
    let last = sorted.len().checked_sub(1)?;
    #[expect(clippy::cast_precision_loss, reason = "a report has far fewer rows than 2^52")]
    let place = share.clamp(0.0, 1.0) * last as f64;
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "the place lies between 0 and the last index"
    )]
    let below = place.floor() as usize;
    let above = (below + 1).min(last);
    Some(sorted[below] + (place - place.floor()) * (sorted[above] - sorted[below]))
}

/// The mean; `None` of no values.
#[must_use]
pub fn mean(values: &[f64]) -> Option<f64> {
    #[expect(clippy::cast_precision_loss, reason = "a report has far fewer rows than 2^52")]
    let n = values.len() as f64;
    (!values.is_empty()).then(|| values.iter().sum::<f64>() / n)
}
