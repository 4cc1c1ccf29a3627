//! F8: a server that comes and goes, a connection that dies without a word, a mailbox that changes under our hands.

use std::collections::BTreeSet;

use desk::Desk;
use desk::receive_mail::fetch;
use mail::imap::AfterFetch as Put;
use store::{StoreError, params};
use testkit::proxy::Proxy;

use super::engine::Engine;
use super::taking_in::{at_rest, incoming, is_fetched, kept};
use super::*;

/// How many mails there are; 1,500 when it is not set.
const MAILS: &str = "THROUGHLINE_TEST_MAILS";
/// For how many minutes the server is restarted every five seconds; without it, five times within seconds.
const MINUTES: &str = "THROUGHLINE_TEST_MINUTES";

fn set(name: &str) -> Option<usize> {
    std::env::var(name).ok().and_then(|text| text.parse().ok())
}

/// Each from somebody else, so that nobody writes more than people do.
fn mail(number: usize) -> String {
    format!(
        "From: kim{number}@customer.test\r\nTo: help@customer.test\r\nMessage-ID: <{number}@customer.test>\r\n\
         Subject: number {number}\r\n\r\nHello {number}\r\n"
    )
}

/// What takes minutes elsewhere, within seconds.
fn hasty() -> fetch::Pace {
    fetch::Pace {
        waiting: Pace { reissue: Duration::from_secs(1), poll: Duration::from_millis(100) },
        shortest: Duration::from_millis(100),
        longest: Duration::from_secs(1),
    }
}

fn count(desk: &Desk, sql: &'static str) -> i64 {
    let counted = desk
        .look_now(move |look| Ok(look.tx.query_one(sql, &[], |row| row.get(0)).map_err(StoreError::from)?));
    counted.unwrap()
}

/// The subjects of tickets, with how many messages they have.
fn messages(engine: &Engine) -> Vec<String> {
    let sql = "select t.subject from message s join ticket t on t.id = s.ticket_id";
    let subjects = engine.desk.desk.look_now(move |look| {
        Ok(look.tx.query(sql, params![], |row| row.get::<String>(0)).map_err(StoreError::from)?)
    });
    subjects.unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn f8_every_mail_is_one_message_though_the_server_is_restarted_again_and_again() {
    let Some(dovecot) = Dovecot::start() else { return };
    let mails = set(MAILS).unwrap_or(1500);
    let (rounds, pause, pace) = match set(MINUTES) {
        Some(minutes) => (minutes * 12, Duration::from_secs(5), fetch::Pace::default()),
        None => (5, Duration::from_millis(400), hasty()),
    };
    // Half of them lie there, the others come while the server comes and goes.
    (0..mails / 2).for_each(|number| dovecot.put("help", mail(number).as_bytes()));
    let (mut engine, inbox) = at_rest(&dovecot, |input| {
        incoming(input).with_history = true;
        input.acknowledges = false;
    });
    engine.pace = pace;
    engine.run().await;
    engine.comes_to("a first mail", |engine| kept(engine) > 0).await;
    let dovecot =
        tokio::task::spawn_blocking(move || comes_and_goes(dovecot, rounds, pause, mails / 2..mails));
    let dovecot = dovecot.await.unwrap();
    let desk = engine.desk.desk.clone();
    let all = i64::try_from(mails).unwrap();
    engine.comes_to("every mail", |_| count(&desk, "select count(*) from message_mail") == all).await;
    engine.comes_to("rest", Engine::is_at_rest).await;
    let subjects = messages(&engine);
    assert_eq!(subjects.len(), mails);
    let expected: BTreeSet<String> = (0..mails).map(|number| format!("number {number}")).collect();
    assert_eq!(subjects.into_iter().collect::<BTreeSet<_>>(), expected);
    assert_eq!(kept(&engine), all);
    let logins = dovecot.log().matches("Login: user=<help>").count();
    assert!(logins > 1, "no restart came in between");
    let validity =
        engine.desk.desk.look_now(move |look| Ok(store::inbox::health(look.tx, inbox)?.uid_validity));
    eprintln_figures(mails, rounds, logins, validity.unwrap());
}

#[expect(clippy::print_stderr, reason = "whoever runs it for half an hour wants to know")]
fn eprintln_figures(mails: usize, restarts: usize, logins: usize, validity: Option<i64>) {
    eprintln!("{mails} mails, {restarts} restarts, {logins} connections, numbered anew: {validity:?}");
}

/// In the middle the server also numbers all mails anew.
fn comes_and_goes(
    mut dovecot: Dovecot,
    rounds: usize,
    pause: Duration,
    further: std::ops::Range<usize>,
) -> Dovecot {
    let (first, many) = (further.start, further.len());
    for round in 0..rounds {
        std::thread::sleep(pause);
        if round == rounds / 2 {
            dovecot.renumber("help");
        } else {
            dovecot.restart();
        }
        (first + many * round / rounds..first + many * (round + 1) / rounds)
            .for_each(|number| dovecot.put("help", mail(number).as_bytes()));
    }
    dovecot
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn f8_mails_that_others_take_away_meanwhile_are_no_trouble() {
    const MAILS: usize = 400;
    let Some(dovecot) = Dovecot::start() else { return };
    (0..MAILS).for_each(|number| dovecot.put("help", mail(number).as_bytes()));
    let mut other =
        open(&Settings { after_fetch: Put::Move("Trash".into()), ..inbox(&dovecot, "help") }).await;
    let validity = other.begin(Begin::AtEnd).await.unwrap().uidvalidity;
    let (mut engine, inbox_id) = at_rest(&dovecot, |input| incoming(input).with_history = true);
    engine.pace = hasty();
    engine.run().await;
    for uids in (1..=400).step_by(20) {
        other.put_away(validity, &[uids, uids + 3, uids + 7, uids + 19]).await.unwrap();
    }
    let mut own = open(&inbox(&dovecot, "help")).await;
    let from = own.begin(Begin::WithHistory).await.unwrap();
    let (left, _) = all(&mut own, from).await.unwrap();
    assert_eq!(left.len(), MAILS - 80);
    let subject =
        |mail: &String| mail.lines().find_map(|line| line.strip_prefix("Subject: ")).unwrap().to_owned();
    let left: BTreeSet<String> = left.iter().map(subject).collect();
    let has_all = |engine: &Engine| left.is_subset(&messages(engine).into_iter().collect());
    engine.comes_to("what is left", has_all).await;
    dovecot.put("help", mail(MAILS).as_bytes());
    engine.comes_to("a new mail", |engine| messages(engine).contains(&format!("number {MAILS}"))).await;
    let subjects = messages(&engine);
    assert_eq!(subjects.len(), subjects.iter().collect::<BTreeSet<_>>().len(), "none twice");
    let health = engine.desk.desk.look_now(move |look| Ok(store::inbox::health(look.tx, inbox_id)?)).unwrap();
    assert_eq!(health.fetch_failure, None);
}

/// The documented time is the longest IDLE and the patience for an answer, five minutes together; here both are
/// seconds, and longer than this test waits if they were not heeded.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn f8_a_connection_that_died_without_a_word_is_noticed_and_replaced() {
    let Some(dovecot) = Dovecot::start() else { return };
    let proxy = Proxy::to(dovecot.port).await;
    let (mut engine, inbox) = at_rest(&dovecot, |input| incoming(input).server.port = proxy.port);
    let usual = fetch::Pace::default().waiting.reissue + engine.desk.desk.egress.patience.answer;
    assert!(usual <= Duration::from_secs(5 * 60) && usual > PATIENCE, "{usual:?} is documented otherwise");
    engine.pace = hasty();
    engine.desk.desk.egress.patience.answer = Duration::from_secs(3);
    engine.run().await;
    engine.comes_to("a first look", |engine| is_fetched(engine, inbox)).await;
    let before = proxy.connections();
    proxy.freeze();
    dovecot.put("help", mail(1).as_bytes());
    engine.comes_to("the mail", |engine| kept(engine) == 1 && engine.is_at_rest()).await;
    assert!(proxy.connections() > before);
}
