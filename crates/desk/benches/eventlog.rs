//! How fast the public logs are read and gathered into cases; skipped where the data is not at hand.

use std::path::PathBuf;

use criterion::{Criterion, criterion_group, criterion_main};
use desk::eventlog::{case, profile, read, source};

const LOGS: [(&str, &str); 3] = [
    ("uci", "incident-servicenow-uci/incident_event_log.csv.zst"),
    ("helpdesk-italian", "helpdesk-italian/helpdesk.csv.zst"),
    ("bpi2020-travel", "bpi2020-travel/PermitLog.xes.gz"),
];

fn logs(criterion: &mut Criterion) {
    let folder = std::env::var_os("THROUGHLINE_DATA").map_or_else(
        || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data"),
        PathBuf::from,
    );
    let zone = jiff::tz::TimeZone::get("Europe/Lisbon").expect("the zone is bundled");
    let mut group = criterion.benchmark_group("eventlog");
    group.sample_size(10);
    for (name, file) in LOGS {
        let path = folder.join(file);
        if !path.exists() {
            println!("skipped: {} is not here", path.display());
            continue;
        }
        group.bench_function(name, |bencher| {
            bencher.iter(|| {
                let source = source::open(&path).expect("the log opens");
                let mapping = profile::by_name(name, source.format()).expect("a built-in profile");
                let entries = read(source, &mapping, &zone).expect("the header is right");
                case::assemble(entries, &mapping, &zone).expect("the log is whole")
            });
        });
    }
    group.finish();
}

criterion_group!(benches, logs);
criterion_main!(benches);
