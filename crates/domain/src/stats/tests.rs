//! The interval is the published one, and stays within a probability.

use super::wilson;

fn rounded(hits: u64, n: u64) -> Option<(f64, f64)> {
    let four = |value: f64| (value * 1e4).round() / 1e4;
    wilson(hits, n).map(|interval| (four(interval.low), four(interval.high)))
}

// R. G. Newcombe, Statistics in Medicine 17 (1998), table I, method 3.
#[test]
fn the_interval_is_the_published_one() {
    assert_eq!(rounded(81, 263), Some((0.2553, 0.3662)));
    assert_eq!(rounded(15, 148), Some((0.0624, 0.1605)));
    assert_eq!(rounded(0, 20), Some((0.0, 0.1611)));
    assert_eq!(rounded(1, 29), Some((0.0061, 0.1718)));
}

#[test]
fn without_trials_there_is_none_and_the_ends_stay_within_a_probability() {
    assert_eq!(rounded(0, 0), None);
    assert_eq!(rounded(7, 5), rounded(5, 5));
    for n in 1..60 {
        for hits in 0..=n {
            let interval = wilson(hits, n).unwrap();
            assert!(0.0 <= interval.low && interval.low <= interval.high && interval.high <= 1.0);
        }
    }
}
