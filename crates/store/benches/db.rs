//! What a read costs inline and through a thread, and how many durable writes a second a group commit gives.

#![allow(clippy::unwrap_used, reason = "a measurement that fails may stop")]

use std::hint::black_box;
use std::time::{Duration, Instant};

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use store::db::Migration;
use store::{Db, DbError, Tx, params};
use tokio::runtime::Runtime;

const SCHEMA: &[Migration] = &[Migration::new(
    1,
    "0001_bench",
    "create table ticket (id {id}, title text not null, state text not null, changed_at bigint not null);
     create index ticket_changed on ticket (state, changed_at);",
)];
const TICKETS: i64 = 100_000;

fn read(criterion: &mut Criterion) {
    let bench = Bench::filled();
    let mut group = criterion.benchmark_group("read");
    group.bench_function("point, inline", |bencher| {
        let mut number = 0;
        bencher.iter(|| {
            number = (number + 7_919) % TICKETS;
            let id = number;
            bench.runtime.block_on(bench.db.read_inline(move |tx| title(tx, id))).unwrap()
        });
    });
    group.bench_function("point, through a thread", |bencher| {
        let mut number = 0;
        bencher.iter(|| {
            number = (number + 7_919) % TICKETS;
            let id = number;
            bench.runtime.block_on(bench.db.read(move |tx| title(tx, id))).unwrap()
        });
    });
    group.bench_function("list of 50, inline", |bencher| {
        bencher.iter(|| bench.runtime.block_on(bench.db.read_inline(newest_50)).unwrap());
    });
    group.bench_function("list of 50, through a thread", |bencher| {
        bencher.iter(|| bench.runtime.block_on(bench.db.read(newest_50)).unwrap());
    });
    group.finish();
}

fn write(criterion: &mut Criterion) {
    let bench = Bench::filled();
    let mut group = criterion.benchmark_group("write, durable");
    group.throughput(Throughput::Elements(1)).sample_size(20).measurement_time(Duration::from_secs(5));
    group.bench_function("one client", |bencher| {
        bencher.iter_custom(|count| bench.write_from(1, count));
    });
    group.bench_function("32 clients", |bencher| {
        bencher.iter_custom(|count| bench.write_from(32, count));
    });
    group.finish();
}

struct Bench {
    db: Db,
    runtime: Runtime,
    next: std::sync::Arc<std::sync::atomic::AtomicI64>,
    _folder: tempfile::TempDir,
}

impl Bench {
    fn filled() -> Bench {
        let folder = tempfile::tempdir().unwrap();
        // Another database, `postgres://...`, may be measured instead; it must be empty.
        let url = std::env::var("DESK_BENCH_URL")
            .unwrap_or_else(|_| format!("sqlite:{}", folder.path().join("bench.db").display()));
        let db = Db::open(&url, SCHEMA).unwrap();
        db.write_now(|tx| tx.execute("delete from ticket", &[])).unwrap();
        db.write_now(|tx| {
            for id in 0..TICKETS {
                insert(tx, id)?;
            }
            Ok::<_, DbError>(())
        })
        .unwrap();
        let runtime =
            tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
        let next = std::sync::Arc::new(std::sync::atomic::AtomicI64::new(TICKETS));
        Bench { db, runtime, next, _folder: folder }
    }

    fn write_from(&self, clients: u64, count: u64) -> Duration {
        let began = Instant::now();
        self.runtime.block_on(async {
            let tasks: Vec<_> = (0..clients)
                .map(|client| {
                    let db = self.db.clone();
                    let next = std::sync::Arc::clone(&self.next);
                    let share = count / clients + u64::from(client < count % clients);
                    tokio::spawn(async move {
                        for _ in 0..share {
                            let id = next.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
                            db.write(move |tx| insert(tx, id)).await.unwrap();
                        }
                    })
                })
                .collect();
            for task in tasks {
                task.await.unwrap();
            }
        });
        began.elapsed()
    }
}

fn insert(tx: &mut Tx, id: i64) -> Result<(), DbError> {
    tx.execute(
        "insert into ticket (id, title, state, changed_at) values ($1, $2, $3, $4)",
        params![id, "The printer on the second floor prints only stripes", "open", id * 1_000],
    )
    .map(|_| ())
}

fn title(tx: &mut Tx, id: i64) -> Result<String, DbError> {
    tx.query_one("select title from ticket where id = $1", params![id], |row| row.get(0))
}

fn newest_50(tx: &mut Tx) -> Result<usize, DbError> {
    let sql =
        "select id, title, state, changed_at from ticket where state = $1 order by changed_at desc limit 50";
    let rows: Vec<(i64, String, String, i64)> =
        tx.query(sql, params!["open"], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))?;
    Ok(black_box(rows).len())
}

criterion_group!(benches, read, write);
criterion_main!(benches);
