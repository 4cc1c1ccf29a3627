//! Drives a server with a number of clients and prints throughput, percentiles and CPU per request.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::Context;
use hdrhistogram::Histogram;
use store::{Db, StoreError, migrations, params};

use crate::client::{Asked, Client};
use crate::fill;
use crate::process::Server;

pub(crate) struct Plan {
    pub(crate) database: String,
    pub(crate) server: PathBuf,
    pub(crate) seconds: u64,
    pub(crate) clients: Vec<usize>,
    pub(crate) alone: bool,
    pub(crate) only: Option<String>,
    pub(crate) data: Option<PathBuf>,
}

impl Plan {
    fn asks(&self, name: &str) -> bool {
        self.only.as_deref().is_none_or(|part| name.contains(part))
    }
}

const DESK: &str = "127.0.0.1:18080";
/// In which a server that just started opens its index of texts and hears what it had not heard yet.
const SETTLES: Duration = Duration::from_secs(3);
const BARE: &str = "127.0.0.1:18081";

pub(crate) fn run(plan: &Plan) -> anyhow::Result<()> {
    let filled = filled(&plan.database)?;
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    println!("| what | clients | requests/s | p50 ms | p99 ms | CPU ms/request | bytes |");
    println!("|---|---|---|---|---|---|---|");
    let data = match &plan.data {
        Some(kept) => kept.clone(),
        None => std::env::temp_dir().join(format!("throughline-drive-{}", std::process::id())),
    };
    let (indexed, megabytes) = index(&plan.database, &data)?;
    let started = Instant::now();
    let folder = data.to_str().context("a path in UTF-8")?;
    let server = Server::start(
        &plan.server,
        &["--database", &plan.database, "--data", folder, "serve", "--listen", DESK],
        DESK,
    )?;
    let ready = started.elapsed();
    std::thread::sleep(SETTLES);
    let idle = server.resident_megabytes()?;
    for (name, token, what) in filled.questions().into_iter().filter(|(name, ..)| plan.asks(name)) {
        let cookie = format!("cookie: throughline={token}\r\nx-csrf-token: {}\r\n", fill::CSRF);
        for clients in &plan.clients {
            runtime.block_on(measure(&server, name, &what, *clients, plan.seconds, &cookie))?;
        }
    }
    let busy = server.resident_megabytes()?;
    drop(server);
    if plan.data.is_none() {
        std::fs::remove_dir_all(&data)?;
    }
    if !plan.alone {
        bare(plan, &runtime)?;
    }
    println!();
    println!(
        "{} tickets; ready after {:.0} ms; memory {idle:.0} MB idle, {busy:.0} MB after the run; \
         index of texts made in {:.1} s, {megabytes:.0} MB",
        filled.tickets,
        ready.as_secs_f64() * 1000.0,
        indexed.as_secs_f64()
    );
    Ok(())
}

/// Makes the index of texts before the server starts, so that it is whole when it is asked, unless one was kept;
/// gives how long it took and how large it is.
fn index(database: &str, data: &Path) -> anyhow::Result<(Duration, f64)> {
    let folder = data.join("search");
    if folder.exists() {
        return Ok((Duration::ZERO, size(&folder)? as f64 / 1e6));
    }
    let db = Db::open_shared(database, migrations::ALL)?;
    let desk =
        desk::Desk::new(db, store::WallClock::system()).with_search(desk::search::Search::in_folder(&folder));
    let began = Instant::now();
    desk.search.rebuild(&desk, &mut |_, _| {})?;
    Ok((began.elapsed(), size(&folder)? as f64 / 1e6))
}

fn size(folder: &Path) -> anyhow::Result<u64> {
    let mut bytes = 0;
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        let kind = entry.metadata()?;
        bytes += if kind.is_dir() { size(&entry.path())? } else { kind.len() };
    }
    Ok(bytes)
}

/// The same questions to the bare server, filled anew with at most 100,000 tickets.
fn bare(plan: &Plan, runtime: &tokio::runtime::Runtime) -> anyhow::Result<()> {
    let folder = std::env::temp_dir().join(format!("throughline-bare-{}", std::process::id()));
    std::fs::create_dir_all(&folder)?;
    let file = folder.join("bare.sqlite");
    let tickets = filled(&plan.database)?.tickets.min(100_000);
    let program = std::env::current_exe()?;
    let path = file.to_str().context("a path in UTF-8")?;
    let server = Server::start(
        &program,
        &["bare", "--file", path, "--listen", BARE, "--tickets", &tickets.to_string()],
        BARE,
    )?;
    let every = |path: &str| path.to_owned();
    let questions: [(&str, Question); 3] = [
        ("bare: create", Arc::new(|_| Asked::post("/tickets", fill_json(1)))),
        ("bare: queue", Arc::new(move |_| Asked::get(every("/queue")))),
        (
            "bare: ticket",
            Arc::new(move |n| {
                Asked::get(format!("/tickets/{}", 1 + n * 7919 % u64::try_from(tickets).unwrap_or(1)))
            }),
        ),
    ];
    for (name, what) in questions.into_iter().filter(|(name, _)| plan.asks(name)) {
        for clients in &plan.clients {
            runtime.block_on(measure(&server, name, &what, *clients, plan.seconds, ""))?;
        }
    }
    drop(server);
    std::fs::remove_dir_all(folder)?;
    Ok(())
}

type Question = Arc<dyn Fn(u64) -> Asked + Send + Sync>;

struct Filled {
    tickets: i64,
    /// Tickets that the agent may open: the same number at every size, so that sizes are compared and not caches.
    numbers: Arc<Vec<i64>>,
    service: i64,
    unit: i64,
}

impl Filled {
    /// What is asked, and whose session asks it: new tickets come from a customer.
    fn questions(&self) -> [(&'static str, &'static str, Question); 7] {
        let Self { service, unit, .. } = *self;
        let number =
            |numbers: &[i64], n: u64| numbers[usize::try_from(n * 7919).unwrap_or(0) % numbers.len()];
        let (visible, throughline) = (Arc::clone(&self.numbers), Arc::clone(&self.numbers));
        let searched = Arc::clone(&self.numbers);
        let (agent, customer) = (fill::AGENT_TOKEN, fill::CUSTOMER_TOKEN);
        [
            ("my work", agent, Arc::new(|_| Asked::get("/".to_owned()))),
            ("queue of a unit", agent, Arc::new(move |_| Asked::get(format!("/units/{unit}/queue")))),
            (
                "ticket page",
                agent,
                Arc::new(move |n| Asked::get(format!("/tickets/{}", number(&visible, n)))),
            ),
            (
                "throughline",
                agent,
                Arc::new(move |n| Asked::get(format!("/tickets/{}/throughline", number(&throughline, n)))),
            ),
            (
                "search, ten messages fit",
                agent,
                Arc::new(move |n| {
                    let order = number(&searched, n);
                    Asked::get(format!("/api/v1/search?q=lamp+flickers+%22order+{order}%22&kind=messages"))
                }),
            ),
            (
                "search, every message fits",
                agent,
                Arc::new(|_| Asked::get("/api/v1/search?q=lamp+flickers&kind=messages".to_owned())),
            ),
            (
                "create by API",
                customer,
                Arc::new(move |_| Asked::post("/api/v1/tickets", fill_json(service))),
            ),
        ]
    }
}

/// What the filled database holds for the agent whom the harness signs in as.
fn filled(database: &str) -> anyhow::Result<Filled> {
    let db = Db::open_shared(database, migrations::ALL)?;
    let filled = db.read_now(|tx| -> Result<Filled, StoreError> {
        let unit: i64 = tx.query_one(
            "select m.unit_id from person p join membership m on m.person_id = p.id where p.email = $1",
            params![fill::AGENT],
            |row| row.get(0),
        )?;
        let service =
            tx.query_one("select id from service where unit_id = $1", params![unit], |row| row.get(0))?;
        let tickets =
            tx.query_one("select max(number) - min(number) + 1 from ticket", params![], |row| row.get(0))?;
        let numbers = tx.query(
            "select number from ticket where unit_id = $1 and state <> 'open' order by solved_at limit 400",
            params![unit],
            |row| row.get(0),
        )?;
        Ok(Filled { tickets, numbers: Arc::new(numbers), service, unit })
    })?;
    Ok(filled)
}

fn fill_json(service: i64) -> String {
    serde_json::json!({ "service": service, "subject": "The lamp flickers", "body": fill::WORDS }).to_string()
}

async fn measure(
    server: &Server,
    name: &str,
    question: &Question,
    clients: usize,
    seconds: u64,
    headers: &str,
) -> anyhow::Result<()> {
    let until = Instant::now() + Duration::from_secs(seconds);
    let cpu = server.cpu_milliseconds()?;
    let began = Instant::now();
    let tasks: Vec<_> = (0..clients)
        .map(|client| {
            let (question, headers, address) =
                (Arc::clone(question), headers.to_owned(), server.address.clone());
            tokio::spawn(async move { one(client, &address, &question, &headers, until).await })
        })
        .collect();
    let mut all = Histogram::<u64>::new(3)?;
    let mut bytes = 0;
    let mut refused = 0;
    for task in tasks {
        let (histogram, read, other) = task.await??;
        all.add(histogram)?;
        bytes += read;
        refused += other;
    }
    let spent = server.cpu_milliseconds()? - cpu;
    let n = all.len();
    let at = |quantile: f64| all.value_at_quantile(quantile) as f64 / 1000.0;
    println!(
        "| {name} | {clients} | {:.0} | {:.2} | {:.2} | {:.3} | {} |",
        n as f64 / began.elapsed().as_secs_f64(),
        at(0.5),
        at(0.99),
        spent / n as f64,
        bytes / usize::try_from(n.max(1)).unwrap_or(1),
    );
    anyhow::ensure!(refused == 0, "{refused} of {n} requests for {name} were not answered with success");
    Ok(())
}

async fn one(
    client: usize,
    address: &str,
    question: &Question,
    headers: &str,
    until: Instant,
) -> anyhow::Result<(Histogram<u64>, usize, u64)> {
    let mut connection = Client::connect(address).await?;
    let mut histogram = Histogram::new(3)?;
    let (mut bytes, mut refused, mut n) = (0, 0, client as u64 * 1_000_003);
    while Instant::now() < until {
        let asked = question(n);
        n += 1;
        let began = Instant::now();
        let (status, read) = connection.ask(&asked, headers).await?;
        histogram.record(u64::try_from(began.elapsed().as_micros())?)?;
        bytes += read;
        refused += u64::from(!(200..300).contains(&status));
    }
    Ok((histogram, bytes, refused))
}
