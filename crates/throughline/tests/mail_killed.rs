//! The server is killed at random moments while it fetches: every mail is there exactly once in the end.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::collections::BTreeSet;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use desk::inboxes::{AfterFetch, Incoming, Secret, Server, SigningIn};
use domain::id::InboxId;
use store::{Db, WallClock, migrations};
use testkit::TestDesk;
use testkit::dovecot::{Dovecot, PASSWORD};
use testkit::loopback::plain;
use testkit::patience::comes;

/// How many mails there are; 2,000 when it is not set.
const MAILS: &str = "THROUGHLINE_TEST_MAILS";

/// The server is killed at least so often before it may come to its end.
const KILLS: u32 = 8;

fn mail(number: usize) -> String {
    format!(
        "From: Kim <kim{}@customer.test>\r\nTo: help@desk.test\r\nMessage-ID: <{number}@customer.test>\r\n\
         Subject: number {number}\r\n\r\nHello {number}\r\n",
        number % 50
    )
}

/// A database with one inbox that fetches everything.
fn set_up(database: &str, dovecot: &Dovecot) -> InboxId {
    let desk = TestDesk::live_at(database);
    let unit = desk.unit("Support");
    let service = desk.service("Help", unit);
    desk.inbox("help@desk.test", (unit, service), |input| {
        input.incoming = Some(Incoming {
            server: Server { signing_in: SigningIn::Password { name: "help".into() }, ..plain(dovecot.port) },
            folder: "INBOX".into(),
            after_fetch: AfterFetch::Leave,
            with_history: true,
            preset: None,
        });
        input.incoming_secret = Some(Secret::new(PASSWORD.to_owned()));
    })
}

fn serve(folder: &Path, database: &str) -> Child {
    Command::new(env!("CARGO_BIN_EXE_throughline"))
        .args(["serve", "--listen", "127.0.0.1:0", "--database", database, "--data"])
        .arg(folder)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

/// How many mails there are, and how many of them are messages.
fn so_far(database: &str) -> (i64, i64) {
    let Ok(db) = Db::open_shared(database, migrations::ALL) else { return (0, 0) };
    let desk = desk::Desk::new(db, WallClock::system());
    let counts = desk.look_now(|look| {
        let mut count = |sql: &str| look.tx.query_one(sql, &[], |row| row.get::<i64>(0));
        let kept = count("select count(*) from mail").map_err(store::StoreError::from)?;
        let said = count("select count(*) from message_mail").map_err(store::StoreError::from)?;
        Ok((kept, said))
    });
    counts.unwrap()
}

/// How many mails later the next kill comes: a number that nobody chose.
fn few() -> i64 {
    let mut bytes = [0; 4];
    getrandom::fill(&mut bytes).unwrap();
    1 + i64::from(u32::from_le_bytes(bytes) % 250)
}

#[test]
fn f8_every_mail_is_there_exactly_once_however_often_the_desk_is_killed() {
    let Some(dovecot) = Dovecot::start() else { return };
    let mails = std::env::var(MAILS).ok().and_then(|text| text.parse().ok()).unwrap_or(2000);
    let all = i64::try_from(mails).unwrap();
    for number in 0..mails {
        dovecot.put("help", mail(number).as_bytes());
    }
    // The server takes the time of a file for the time at which it took the mail, in whole seconds.
    std::thread::sleep(Duration::from_millis(1100));
    let folder = tempfile::tempdir().unwrap();
    let database = format!("sqlite:{}", folder.path().join("throughline.sqlite").display());
    let inbox = set_up(&database, &dovecot);
    let mut kills = 0;
    let mut stages = BTreeSet::new();
    loop {
        let mut server = serve(folder.path(), &database);
        // Killed after some more mails than before, so that it is in the middle of its work on any machine.
        let goal = (so_far(&database).1 + few()).min(all);
        let came = comes(|| so_far(&database).1 >= goal);
        server.kill().unwrap();
        server.wait().unwrap();
        assert!(came, "{:?} after {kills} kills, and no more comes", so_far(&database));
        kills += 1;
        let now = so_far(&database);
        stages.insert(now);
        // One too many ends it as well, and fails.
        if kills >= KILLS && now.1 >= all {
            assert_eq!(now, (all, all));
            break;
        }
    }
    assert!(stages.len() > 2, "no kill came in between: {stages:?}");
    let desk = TestDesk::live_at(&database);
    let ids = desk.desk.look_now(move |look| {
        let sql = "select m.message_id from message_mail c join mail m on m.id = c.mail_id";
        let ids = look.tx.query(sql, &[], |row| row.get::<String>(0)).map_err(store::StoreError::from)?;
        Ok((ids, store::inbox::health(look.tx, inbox)?))
    });
    let (ids, health) = ids.unwrap();
    let expected: BTreeSet<String> = (0..mails).map(|number| format!("<{number}@customer.test>")).collect();
    assert_eq!(ids.len(), mails);
    assert_eq!(ids.into_iter().collect::<BTreeSet<_>>(), expected);
    assert_eq!(health.behind, 0);
}
