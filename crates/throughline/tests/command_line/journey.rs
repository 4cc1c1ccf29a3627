//! The whole way of a mail with real servers and a real browser: in, onto the queue, answered, out, and back again.

use std::net::TcpListener;

use mail::smtp::Outcome;
use store::{Db, WallClock, migrations};
use testkit::browser::{Browser, Scripts, driver};
use testkit::dovecot::Dovecot;
use testkit::loopback::{brings, fetches, sends};
use testkit::patience::comes_about;
use testkit::postfix::{CUSTOMER, DESK, Postfix};
use testkit::{TestDesk, site};

use crate::binary::Place;

/// How somebody outside brings a mail to the desk.
#[derive(Debug, Clone, Copy)]
enum Way {
    /// The desk looks into a mailbox.
    Fetched,
    /// An MTA hands it over.
    HandedOver,
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_fetched_mail_is_answered_on_the_page_and_the_customers_reply_threads() {
    goes_round(Way::Fetched).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_mail_handed_over_is_answered_on_the_page_and_the_customers_reply_threads() {
    goes_round(Way::HandedOver).await;
}

async fn goes_round(way: Way) {
    let Some(dovecot) = Dovecot::start() else { return };
    let listener = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().to_string();
    let port = listener.rsplit(':').next().and_then(|port| port.parse().ok()).unwrap();
    let Some(postfix) = Postfix::start(&dovecot, port) else { return };
    let Some(driver) = driver() else { return };
    let place = Place::new();
    let database = format!("sqlite:{}", place.path("throughline.sqlite").display());
    let address = match way {
        Way::Fetched => format!("help@{CUSTOMER}"),
        Way::HandedOver => format!("help@{DESK}"),
    };
    tokio::task::block_in_place(|| set_up(&database, way, &address, &dovecot, &postfix));
    let server = place.serve(&["serve", "--database", &database, "--mail-listen", &listener]);

    let amal = Browser::open(&driver, &format!("http://{}", server.address), Scripts::On).await;
    amal.sign_in("amal@example.org", site::PASSWORD).await;
    if matches!(way, Way::Fetched) {
        // What lay there before the first look would be history.
        assert!(comes_about(|| looked(&database)).await, "{}", dovecot.log());
    }
    amal.sees("No ticket is in this view.").await;

    let question = mail(&address, "1", "The printer", "", "It does not print.");
    send(&postfix, &address, &question).await;
    amal.sees("The printer").await;
    amal.follow("The printer").await;
    amal.sees("It does not print.").await;
    amal.fill("Your reply", "Have you thrown it out?").await;
    amal.press("Send to customer").await;
    amal.sees("Your reply leaves in").await;
    amal.press("Undo").await;
    amal.sees("Its words are below.").await;
    assert_eq!(amal.value("Your reply").await, "Have you thrown it out?");
    amal.fill("Your reply", "Have you switched it **on**?").await;
    amal.press("Send to customer").await;
    amal.sees("Your reply leaves in").await;

    let replies = || {
        let all = mailbox(&dovecot);
        all.into_iter().filter(|mail| mail.contains("switched it")).collect::<Vec<_>>()
    };
    assert!(comes_about(|| !replies().is_empty()).await, "{}", postfix.log());
    let is_sent = async || amal.list("Delivery").await.iter().any(|entry| entry.starts_with("sent"));
    amal.comes_to("a reply that was sent", is_sent).await;
    let reply = replies().remove(0);
    assert!(!mailbox(&dovecot).iter().any(|mail| mail.contains("thrown it out")), "an undone reply left");
    let header = |name: &str| {
        let line = reply.lines().find_map(|line| line.strip_prefix(&format!("{name}: ")));
        line.unwrap_or_else(|| panic!("no {name} in {reply}")).trim().to_owned()
    };
    let answer = mail(
        &header("Reply-To"),
        "2",
        "Re: The printer",
        &format!("In-Reply-To: {}\r\n", header("Message-ID")),
        "It was off.\r\n\r\n> Have you switched it on?",
    );
    send(&postfix, &address, &answer).await;
    amal.sees("It was off.").await;
    amal.visit("/").await;
    let tickets = amal.words().await.matches("The printer").count();
    assert_eq!(tickets, 1, "{}", amal.words().await);
    amal.close().await;
    let (code, words) = server.stop();
    assert_eq!(code, 0, "{words}");
}

fn set_up(database: &str, way: Way, address: &str, dovecot: &Dovecot, postfix: &Postfix) {
    let desk = TestDesk::live_at(database);
    let unit = desk.unit("Support");
    let service = desk.service("Help", unit);
    let amal = desk.agent("Amal", &[unit]);
    desk.may_sign_in(&[amal]);
    desk.inbox(address, (unit, service), |input| {
        // Long enough for a browser on a busy machine to press Undo.
        input.undo_seconds = 20;
        if matches!(way, Way::Fetched) {
            fetches(input, dovecot, "help");
        }
        sends(input, postfix);
    });
}

fn mail(to: &str, id: &str, subject: &str, headers: &str, words: &str) -> String {
    format!(
        "From: Kim Berg <kim@{CUSTOMER}>\r\nTo: {to}\r\nMessage-ID: <{id}@{CUSTOMER}>\r\nSubject: {subject}\r\n{headers}\r\n{words}\r\n"
    )
}

async fn send(postfix: &Postfix, to: &str, message: &str) {
    let sent = brings(postfix, &format!("kim@{CUSTOMER}"), to, message.as_bytes()).await;
    assert!(matches!(sent[..], [Outcome::Delivered { .. }]), "{sent:?}");
}

/// Whether the mailbox was looked into.
fn looked(database: &str) -> bool {
    let db = Db::open_shared(database, migrations::ALL).unwrap();
    let desk = desk::Desk::new(db, WallClock::system());
    let healths = desk.look_now(|look| Ok(store::inbox::healths(look.tx)?)).unwrap();
    healths.iter().all(|(_, health)| health.fetched_at.is_some())
}

/// What lies in the customer's mailbox.
fn mailbox(dovecot: &Dovecot) -> Vec<String> {
    let files = std::fs::read_dir(dovecot.maildir("kim").join("new")).into_iter().flatten();
    files.filter_map(|file| std::fs::read_to_string(file.ok()?.path()).ok()).collect()
}
