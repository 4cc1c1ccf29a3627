//! The reference: axum and rusqlite with the least SQL that answers, as JSON, without rights, clocks or HTML.

use std::cell::RefCell;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use axum::extract::{Path as Part, State};
use axum::routing::{get, post};
use axum::{Json, Router};
use rusqlite::{Connection, params};
use serde_json::{Value, json};
use tokio::sync::{mpsc, oneshot};

/// Open tickets in the one queue there is.
const OPEN: i64 = 1000;

pub(crate) fn run(file: &Path, listen: &str, tickets: i64) -> anyhow::Result<()> {
    let mut connection = open(file)?;
    fill(&mut connection, tickets)?;
    let (writes, waiting) = mpsc::channel(4096);
    std::thread::spawn(move || write(connection, waiting));
    let state = Arc::new(Bare { file: file.to_owned(), writes });
    let router = Router::new()
        .route("/queue", get(queue))
        .route("/tickets/{id}", get(ticket))
        .route("/tickets", post(create))
        .with_state(state);
    tokio::runtime::Builder::new_multi_thread().enable_all().build()?.block_on(async {
        let listener = tokio::net::TcpListener::bind(listen).await?;
        axum::serve(listener, router).await?;
        Ok(())
    })
}

struct Bare {
    file: PathBuf,
    writes: mpsc::Sender<(Value, oneshot::Sender<i64>)>,
}

fn open(file: &Path) -> anyhow::Result<Connection> {
    let connection = Connection::open(file)?;
    connection.execute_batch("pragma journal_mode = wal; pragma synchronous = full;")?;
    Ok(connection)
}

fn fill(connection: &mut Connection, tickets: i64) -> anyhow::Result<()> {
    connection.execute_batch(
        "create table ticket (id integer primary key, subject text, name text, open integer, due_at integer);
         create index queue on ticket (due_at, id) where open = 1;
         create table message (id integer primary key, ticket_id integer, body text);
         create index message_ticket on message (ticket_id, id);",
    )?;
    let tx = connection.transaction()?;
    {
        let mut ticket = tx.prepare("insert into ticket values (?1, ?2, ?3, ?4, ?5)")?;
        let mut message = tx.prepare("insert into message (ticket_id, body) values (?1, ?2)")?;
        for id in 1..=tickets {
            let open = i64::from(id > tickets - OPEN);
            ticket.execute(params![id, format!("Subject of ticket {id}"), "A customer", open, id])?;
            for n in 0..10 {
                message.execute(params![id, format!("Message {n}: {}", crate::fill::WORDS)])?;
            }
        }
    }
    tx.commit()?;
    Ok(())
}

/// Writes that wait behind each other share a commit.
fn write(mut connection: Connection, mut waiting: mpsc::Receiver<(Value, oneshot::Sender<i64>)>) {
    while let Some(first) = waiting.blocking_recv() {
        let tx = connection.transaction().expect("a transaction of the bare server");
        let mut done = Vec::new();
        let mut next = Some(first);
        while let Some((new, answer)) = next {
            let text = |name: &str| new.get(name).and_then(Value::as_str).unwrap_or("").to_owned();
            tx.prepare_cached("insert into ticket (subject, name, open, due_at) values (?1, '', 0, 0)")
                .and_then(|mut insert| insert.execute(params![text("subject")]))
                .expect("a ticket of the bare server");
            let id = tx.last_insert_rowid();
            tx.prepare_cached("insert into message (ticket_id, body) values (?1, ?2)")
                .and_then(|mut insert| insert.execute(params![id, text("body")]))
                .expect("a message of the bare server");
            done.push((id, answer));
            next = if done.len() < 64 { waiting.try_recv().ok() } else { None };
        }
        tx.commit().expect("a commit of the bare server");
        for (id, answer) in done {
            let _ = answer.send(id);
        }
    }
}

async fn create(State(bare): State<Arc<Bare>>, Json(new): Json<Value>) -> Json<Value> {
    let (answer, answered) = oneshot::channel();
    let _ = bare.writes.send((new, answer)).await;
    Json(json!({ "id": answered.await.unwrap_or(0) }))
}

async fn queue(State(bare): State<Arc<Bare>>) -> Json<Vec<Value>> {
    Json(read(&bare, |connection| {
        let mut rows = connection.prepare_cached(
            "select id, subject, name, due_at from ticket where open = 1 order by due_at, id limit 50",
        )?;
        rows.query_map([], |row| {
            Ok(json!({ "id": row.get::<_, i64>(0)?, "subject": row.get::<_, String>(1)?,
                       "name": row.get::<_, String>(2)?, "due_at": row.get::<_, i64>(3)? }))
        })?
        .collect()
    }))
}

async fn ticket(State(bare): State<Arc<Bare>>, Part(id): Part<i64>) -> Json<Value> {
    Json(read(&bare, move |connection| {
        let subject: String = connection
            .prepare_cached("select subject from ticket where id = ?1")?
            .query_row(params![id], |row| row.get(0))?;
        let mut rows =
            connection.prepare_cached("select body from message where ticket_id = ?1 order by id")?;
        let messages: Vec<String> =
            rows.query_map(params![id], |row| row.get(0))?.collect::<Result<_, _>>()?;
        Ok(json!({ "id": id, "subject": subject, "messages": messages }))
    }))
}

/// Reads on the calling thread, which keeps a connection of its own.
fn read<T>(bare: &Bare, read: impl FnOnce(&Connection) -> rusqlite::Result<T>) -> T {
    thread_local! {
        static CONNECTION: RefCell<Option<Connection>> = const { RefCell::new(None) };
    }
    CONNECTION.with_borrow_mut(|connection| {
        let connection = connection
            .get_or_insert_with(|| open(&bare.file).expect("a reading connection of the bare server"));
        read(connection).expect("a read of the bare server")
    })
}
