//! Trying servers says what is wrong in our words, never in theirs, and not too often.

use domain::permission::Viewer;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpListener;

use super::*;
use crate::inboxes::{Failure, Outcome, Outgoing, Trial, TrialError};

/// What the servers of this test call themselves; it must not come back.
const BANNER: &str = "banner-7f3a";

fn administrator(desk: &Desk) -> Viewer {
    let person =
        set_up(desk, |act| crate::people::create(act, &ByDesk, &crate::people::Input::named("Amal"), &[]));
    viewer(person.unwrap(), true)
}

fn inside(port: u16, name: Option<&str>) -> Server {
    Server {
        host: "127.0.0.1".to_owned(),
        port,
        security: Protection::Plain,
        inside: true,
        root: None,
        signing_in: name.map_or(SigningIn::Nothing, |name| SigningIn::Password { name: name.to_owned() }),
    }
}

fn inbox(desk: &Desk, incoming: Server, outgoing: Option<Server>, secret: Option<&str>) -> InboxId {
    let secret = secret.map(|text| Secret::new(text.to_owned()));
    let input = Input {
        incoming: Some(Incoming { server: incoming, ..super::server("unused") }),
        incoming_secret: secret,
        outgoing: outgoing.map(|server| Outgoing { server }),
        ..input(desk)
    };
    set_up(desk, move |act| crate::inboxes::create(act, &ByDesk, &input)).unwrap()
}

/// A port on which nobody listens.
async fn closed() -> u16 {
    TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap().port()
}

/// An IMAP server that knows one password.
async fn imap() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let (read, mut write) = stream.into_split();
            write.write_all(format!("* OK [CAPABILITY IMAP4rev1] {BANNER}\r\n").as_bytes()).await.unwrap();
            let mut lines = BufReader::new(read).lines();
            while let Ok(Some(line)) = lines.next_line().await {
                let tag = line.split(' ').next().unwrap_or_default();
                let answer = if line.contains("LOGIN") && !line.contains("sesame") {
                    format!("{tag} NO {BANNER} who are you\r\n")
                } else if line.contains("EXAMINE") {
                    format!("* 0 EXISTS\r\n* OK [UIDVALIDITY 1] a\r\n* OK [UIDNEXT 1] b\r\n{tag} OK c\r\n")
                } else if line.contains("CAPABILITY") {
                    format!("* CAPABILITY IMAP4rev1\r\n{tag} OK c\r\n")
                } else {
                    format!("{tag} OK c\r\n")
                };
                write.write_all(answer.as_bytes()).await.unwrap();
            }
        }
    });
    port
}

#[tokio::test]
async fn a_right_and_a_wrong_password_and_a_closed_port_are_told_apart() {
    let desk = desk();
    let amal = administrator(&desk);
    let port = imap().await;
    let right = inbox(&desk, inside(port, Some("help")), Some(inside(closed().await, None)), Some("sesame"));
    let trial = crate::inboxes::test(&desk, &amal, right).await.unwrap();
    assert_eq!(
        trial,
        Trial { incoming: Outcome::Works, outgoing: Outcome::Failed(Failure::Unreachable) },
        "and the other direction by itself"
    );
    set_up(&desk, move |act| {
        store::inbox::set_secret(act.tx, right, Purpose::Incoming, Some("wrong"))?;
        Ok(())
    })
    .unwrap();
    let trial = crate::inboxes::test(&desk, &amal, right).await.unwrap();
    assert_eq!(trial.incoming, Outcome::Failed(Failure::SignInRefused));
    assert!(!format!("{trial:?}").contains(BANNER));
}

#[tokio::test]
async fn what_is_missing_is_said_without_asking_anybody() {
    let desk = desk();
    let amal = administrator(&desk);
    let none = inbox(&desk, inside(1, Some("help")), None, None);
    let trial = crate::inboxes::test(&desk, &amal, none).await.unwrap();
    assert_eq!(trial, Trial { incoming: Outcome::NoSecret, outgoing: Outcome::NotSetUp });
}

#[tokio::test]
async fn an_address_of_the_own_network_needs_a_word_for_it() {
    let desk = desk();
    let amal = administrator(&desk);
    let outside = Server { inside: false, ..inside(imap().await, None) };
    let here = inbox(&desk, outside, None, None);
    let trial = crate::inboxes::test(&desk, &amal, here).await.unwrap();
    assert_eq!(trial.incoming, Outcome::Failed(Failure::AddressRefused));
}

#[tokio::test]
async fn who_tries_often_waits_and_others_need_not() {
    let desk = desk();
    let (amal, other) = (administrator(&desk), administrator(&desk));
    let none = inbox(&desk, inside(1, Some("help")), None, None);
    for _ in 0..10 {
        crate::inboxes::test(&desk, &amal, none).await.unwrap();
    }
    let refused = crate::inboxes::test(&desk, &amal, none).await.unwrap_err();
    assert!(matches!(refused, TrialError::TooMany { retry_after_seconds: 600 }), "{refused}");
    crate::inboxes::test(&desk, &other, none).await.unwrap();
    desk.clock.advance(jiff::SignedDuration::from_mins(10));
    crate::inboxes::test(&desk, &amal, none).await.unwrap();
}

#[tokio::test]
async fn for_everybody_else_there_is_nothing_to_try() {
    let desk = desk();
    let none = inbox(&desk, inside(1, Some("help")), None, None);
    let agent = viewer(domain::id::PersonId(17), false);
    let refused = crate::inboxes::test(&desk, &agent, none).await.unwrap_err();
    assert!(matches!(refused, TrialError::Desk(DeskError::NotFound)), "{refused}");
}
