//! How many questions a calendar answers in a second: spans from an hour to years.

use std::hint::black_box;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use domain::calendar::{Calendar, CalendarSpec};
use jiff::{SignedDuration, Timestamp};

const STARTS: usize = 1_000;

const SPANS: [(&str, i64); 4] =
    [("1 hour", 1), ("3 days", 3 * 24), ("6 weeks", 6 * 7 * 24), ("3 years", 3 * 365 * 24)];

criterion_group!(benches, reckon);
criterion_main!(benches);

fn reckon(criterion: &mut Criterion) {
    let calendar = Calendar::new(office()).expect("the office has hours");
    criterion.bench_function("new", |bencher| bencher.iter(|| Calendar::new(office())));
    let starts: Vec<Timestamp> = starts().collect();
    for (name, span_hours) in SPANS {
        let elapsed = SignedDuration::from_hours(span_hours);
        let mut group = criterion.benchmark_group("between");
        group.throughput(Throughput::Elements(STARTS as u64));
        group.bench_function(BenchmarkId::from_parameter(name), |bencher| {
            bencher.iter(|| {
                for from in &starts {
                    black_box(calendar.between(*from, *from + elapsed));
                }
            });
        });
        group.finish();

        // As much working time as such a span holds on average.
        let worked = elapsed * 40 / (7 * 24);
        let mut group = criterion.benchmark_group("add");
        group.throughput(Throughput::Elements(STARTS as u64));
        group.bench_function(BenchmarkId::from_parameter(name), |bencher| {
            bencher.iter(|| {
                for from in &starts {
                    black_box(calendar.add(*from, worked));
                }
            });
        });
        group.finish();
    }
}

/// Berlin, weekdays with a lunch break, ten holidays in each of thirty years, a few breaks.
fn office() -> CalendarSpec {
    let weekday = r#"[["09:00","12:30"],["13:00","17:30"]]"#;
    let holidays: Vec<String> = (2010..2040)
        .flat_map(|year| (1..=10).map(move |month| format!(r#""{year}-{month:02}-03""#)))
        .collect();
    let json = format!(
        r#"{{"time_zone":"Europe/Berlin","hours":{{"mon":{weekday},"tue":{weekday},"wed":{weekday},
        "thu":{weekday},"fri":{weekday}}},"holidays":[{}],
        "breaks":{{"2026-03-10":[["10:00","11:30"]]}}}}"#,
        holidays.join(",")
    );
    serde_json::from_str(&json).expect("the description is well formed")
}

/// Spread over four years, at odd microseconds.
fn starts() -> impl Iterator<Item = Timestamp> {
    let first: Timestamp = "2024-01-01T00:00:00Z".parse().expect("a timestamp");
    let mut seed: i64 = 1;
    std::iter::repeat_with(move || {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let microseconds = seed.rem_euclid(4 * 365 * 86_400 * 1_000_000);
        first + SignedDuration::from_micros(microseconds)
    })
    .take(STARTS)
}
