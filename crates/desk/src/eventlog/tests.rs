//! The public logs themselves: nothing is lost and the published figures come out.

use std::path::PathBuf;

use jiff::tz::TimeZone;

use super::{Assembly, Case, Means, case, profile, read, source};

/// `None`, with a printed line, where the data is not at hand.
fn assembled(profile_name: &str, file: &str) -> Option<Assembly> {
    let folder = std::env::var_os("THROUGHLINE_DATA").map_or_else(
        || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data"),
        PathBuf::from,
    );
    let path = folder.join(file);
    if !path.exists() {
        println!("skipped: {} is not here", path.display());
        return None;
    }
    let zone = TimeZone::get("Europe/Lisbon").unwrap();
    let source = source::open(&path).unwrap();
    let mapping = profile::by_name(profile_name, source.format()).unwrap();
    let entries = read(source, &mapping, &zone).unwrap();
    Some(case::assemble(entries, &mapping, &zone).unwrap())
}

fn counts(assembly: &Assembly) -> (usize, usize, usize) {
    let steps = assembly.cases.iter().map(|case| case.steps.len()).sum();
    (steps, assembly.cases.len(), assembly.rejects.len())
}

fn hours(from: jiff::Timestamp, to: jiff::Timestamp) -> f64 {
    to.duration_since(from).as_secs_f64() / 3600.0
}

#[test]
fn the_incident_log_is_kept_whole() {
    let Some(assembly) = assembled("uci", "incident-servicenow-uci/incident_event_log.csv.zst") else {
        return;
    };
    assert_eq!(counts(&assembly), (141_712, 24_918, 0));
    // Five cases are not monotone.
    assert!(assembly.warnings.dates_out_of_order >= 5);
    let missed = |case: &&Case| case.promise_kept == Some(false);
    let missed = assembly.cases.iter().filter(missed).count();
    assert_eq!(missed + kept(&assembly), 24_918);
    for case in &assembly.cases {
        assert!(case.opened_at <= case.steps[0].at);
        assert!(case.steps.is_sorted_by_key(|step| step.at));
        let solved = case.steps.iter().rfind(|step| step.means == Means::Solved);
        if let (Some(resolved_at), Some(solved)) = (case.resolved_at, solved)
            && solved.out_of_order_at.is_none()
        {
            assert_eq!(resolved_at, solved.at, "{}", case.key);
        }
    }
}

fn kept(assembly: &Assembly) -> usize {
    assembly.cases.iter().filter(|case| case.promise_kept == Some(true)).count()
}

#[test]
fn the_help_desk_log_gives_worked_example_59() {
    let Some(assembly) = assembled("italian", "helpdesk-italian/helpdesk.csv.zst") else {
        return;
    };
    assert_eq!(counts(&assembly), (21_348, 4_580, 0));
    let elapsed = |case: &Case| hours(case.opened_at, case.steps.last().unwrap().at);
    let total: f64 = assembly.cases.iter().map(elapsed).sum();
    let administrative: Vec<f64> = assembly
        .cases
        .iter()
        .flat_map(|case| case.steps.windows(2))
        .filter(|pair| pair[0].means == Means::Solved && pair[1].means == Means::Closed)
        .map(|pair| hours(pair[0].at, pair[1].at))
        .collect();
    assert_eq!(administrative.len(), 4_558);
    let sum: f64 = administrative.iter().sum();
    assert!((sum / total - 0.7155).abs() < 1e-4, "{}", sum / total);
    let mean = sum / 4_558.0;
    assert!((mean - 705.03).abs() < 0.01, "{mean}");
    let mut durations: Vec<f64> = assembly.cases.iter().map(elapsed).collect();
    durations.sort_by(f64::total_cmp);
    // The example takes the upper of the two middle cases.
    let median = durations[durations.len() / 2];
    assert!((median - 956.89).abs() < 0.01, "{median}");
}

#[test]
fn the_travel_log_gives_the_same_cases_as_csv_and_as_xes() {
    let Some(csv) = assembled("bpi2020", "bpi2020-travel/bpi2020_events.csv.zst") else {
        return;
    };
    assert_eq!(counts(&csv), (261_026, 31_873, 0));
    let Some(xes) = assembled("bpi2020", "bpi2020-travel/DomesticDeclarations.xes.gz") else {
        return;
    };
    assert_eq!(counts(&xes), (55_628, 10_357, 0));
    let of_csv: std::collections::HashMap<&str, &Case> =
        csv.cases.iter().map(|case| (case.key.as_str(), case)).collect();
    for case in &xes.cases {
        let other = of_csv[case.key.as_str()];
        let shape = |case: &Case| -> Vec<_> {
            case.steps
                .iter()
                .map(|step| (step.at, step.means, step.activity.clone(), step.unit.clone()))
                .collect()
        };
        assert_eq!(shape(case), shape(other), "{}", case.key);
    }
}

#[test]
fn the_permit_log_is_kept_whole() {
    let Some(assembly) = assembled("bpi2020", "bpi2020-travel/PermitLog.xes.gz") else {
        return;
    };
    assert_eq!(counts(&assembly), (81_092, 6_426, 0));
    let ends = |case: &Case| case.steps.iter().any(|step| step.means == Means::Solved);
    assert!(assembly.cases.iter().all(ends));
}
