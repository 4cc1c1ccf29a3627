//! F7: servers that say no, fall silent or hang up at any moment lose no mail, and double none but under one
//! Message-ID.

use desk::reply::Then;
use domain::id::{InboxId, MessageId};
use jiff::SignedDuration;
use mail::egress::{Egress, Endpoint, Reach, Security};
use mail::secret::SignIn;
use mail::smtp::{Envelope, Out, Outcome, Pace, Server};
use store::outgoing::{Outgoing, State};
use testkit::TestDesk;
use testkit::loopback::plain;
use testkit::post::Bag;
use testkit::relay::{At, Fault, Relay};

use super::engine::Engine;
use super::*;
use crate::letters::{Office, answers, letter, number, office};

/// Hands each mail over by a connection of its own.
struct ByWire {
    port: u16,
    pace: Pace,
}

impl desk::outbox::Courier for ByWire {
    async fn send(&mut self, _: InboxId, envelope: &Envelope, bytes: &[u8]) -> Outcome {
        let endpoint = Endpoint {
            host: "localhost".into(),
            port: self.port,
            security: Security::Plain,
            reach: Reach::Local,
            root: None,
        };
        let server =
            Server { endpoint, sign_in: SignIn::Nothing, hello: "desk.test".into(), pace: self.pace };
        let mut out = Out::new(Egress::system(), server);
        let outcome = out.send(envelope, bytes).await.remove(0);
        out.quit().await;
        outcome
    }
}

/// A ticket by mail, whose acknowledgement is out of the way.
fn ticket(desk: &TestDesk, office: &Office, from: &str, id: &str) -> i64 {
    let mail = desk.receives(office.inbox, &letter(from, id, "The lamp", "", "It flickers."));
    let mut bag = Bag::default();
    while desk.sends(&mut bag) > 0 {}
    number(desk, mail.ticket)
}

fn of(desk: &TestDesk, message: MessageId) -> Outgoing {
    let found = desk.desk.look_now(move |look| Ok(store::outgoing::of_message(look.tx, message)?));
    found.unwrap().remove(0)
}

/// Until a letter needs nothing more, for at most ten rounds.
fn settles(desk: &TestDesk, wire: &mut ByWire, message: MessageId) -> Outgoing {
    for _ in 0..10 {
        desk.sends(wire);
        let letter = of(desk, message);
        if !matches!(letter.state, State::Waiting | State::Sending) {
            return letter;
        }
        desk.wait(SignedDuration::from_mins(40));
    }
    panic!("{:?}", of(desk, message));
}

const VERBS: [At; 4] = [At::Sender, At::Recipient, At::Data, At::Dot];

pub(crate) fn f7_no_fault_at_any_verb_loses_a_mail_or_doubles_it(desk: &TestDesk) {
    let office = office(desk);
    let relay = Relay::start();
    let number = ticket(desk, &office, "anna@example.net", "one");
    let mut faults = vec![Fault::Says(At::Greeting, "421 busy"), Fault::Says(At::Greeting, "554 no")];
    for at in VERBS {
        faults.extend(["451 4.3.0 later", "421 4.3.2 closing"].map(|line| Fault::Says(at, line)));
        faults.extend([Fault::Drips(at), Fault::Drops(at)]);
    }
    faults.extend([At::Greeting, At::Hello, At::Body].map(Fault::Drops));
    faults.extend([At::Greeting, At::Recipient, At::Dot].map(Fault::Hangs));
    for (nth, fault) in faults.into_iter().enumerate() {
        let words = format!("Words {nth:03} of an answer.");
        let message = answers(desk, office.kim, number, &words, Then::Stay);
        desk.wait(SignedDuration::from_secs(11));
        let mut wire = ByWire { port: relay.port, pace: Pace::default() };
        if matches!(fault, Fault::Hangs(_)) {
            let short = Duration::from_secs(2);
            wire.pace = Pace { greeting: short, command: short, dot: short, ..wire.pace };
        }
        relay.fails([fault]);
        let sent = settles(desk, &mut wire, message);
        assert_eq!(sent.state, State::Sent, "{fault:?}: {:?}", sent.answer);
        assert!(relay.is_done(), "{fault:?} was not had");
        // Whoever hung up with the whole message in their hands gets it again.
        let twice = matches!(fault, Fault::Drops(At::Dot) | Fault::Hangs(At::Dot));
        assert_eq!(relay.copies(&words), 1 + usize::from(twice), "{fault:?}");
        let under_its_id = |mail: &String| mail.contains(&words) && mail.contains(&sent.internet_id);
        assert_eq!(relay.taken().iter().filter(|mail| under_its_id(mail)).count(), relay.copies(&words));
    }
    for at in VERBS {
        let words = format!("Refused at {at:?}.");
        let message = answers(desk, office.kim, number, &words, Then::Stay);
        desk.wait(SignedDuration::from_secs(11));
        relay.fails([Fault::Says(at, "550 5.7.1 we do not want this")]);
        desk.sends(&mut ByWire { port: relay.port, pace: Pace::default() });
        let refused = of(desk, message);
        assert_eq!(refused.state, State::Failed, "{at:?}: seen at once");
        assert!(refused.answer.is_some_and(|answer| answer.contains("we do not want this")));
        assert_eq!(relay.copies(&words), 0);
    }
}

pub(crate) fn f7_a_greylisted_mail_goes_when_its_time_has_come(desk: &TestDesk) {
    let office = office(desk);
    let relay = Relay::start();
    relay.puts_off(Some("@example.net"));
    let mut wire = ByWire { port: relay.port, pace: Pace::default() };
    let number = ticket(desk, &office, "anna@example.net", "one");
    let message = answers(desk, office.kim, number, "Hello.", Then::Stay);
    desk.wait(SignedDuration::from_secs(11));
    let (mut minutes, mut tries) = (0, 0);
    while of(desk, message).state != State::Sent {
        if minutes == 5 {
            relay.puts_off(None);
        }
        tries += desk.sends(&mut wire);
        desk.wait(SignedDuration::from_mins(1));
        minutes += 1;
        assert!(minutes < 10, "{:?}", of(desk, message));
    }
    assert_eq!((relay.taken().len(), tries), (1, 4), "after 0, 1, 3 and 7 minutes");
}

pub(crate) fn f7_a_dead_domain_holds_up_no_other_mail(desk: &TestDesk) {
    let office = office(desk);
    let relay = Relay::start();
    relay.puts_off(Some("@dead.example"));
    let mut wire = ByWire { port: relay.port, pace: Pace::default() };
    let dead: Vec<i64> = (0..5)
        .map(|nth| ticket(desk, &office, &format!("kim{nth}@dead.example"), &format!("dead{nth}")))
        .collect();
    let lives = ticket(desk, &office, "anna@example.net", "lives");
    let to_the_dead: Vec<MessageId> =
        dead.iter().map(|number| answers(desk, office.kim, *number, "Hello?", Then::Stay)).collect();
    for nth in 0..5 {
        let words = format!("Hello for the time {nth}.");
        let message = answers(desk, office.kim, lives, &words, Then::Stay);
        desk.wait(SignedDuration::from_secs(11));
        desk.sends(&mut wire);
        assert_eq!((of(desk, message).state, relay.copies(&words)), (State::Sent, 1), "in its first round");
    }
    for _ in 0..20 {
        desk.wait(SignedDuration::from_hours(3));
        desk.sends(&mut wire);
    }
    for message in to_the_dead {
        let given_up = of(desk, message);
        assert_eq!(given_up.state, State::Failed);
        assert!(given_up.answer.is_some_and(|answer| answer.contains("come back later")));
    }
}

pub(crate) fn f7_a_backlog_leaves_once_each_through_a_server_that_fails_now_and_then(desk: &TestDesk) {
    const LETTERS: usize = 100;
    let office = office(desk);
    let relay = Relay::start();
    let number = ticket(desk, &office, "anna@example.net", "one");
    let words = |nth: usize| format!("Words {nth:03} of an answer.");
    (0..LETTERS).for_each(|nth| {
        answers(desk, office.kim, number, &words(nth), Then::Stay);
    });
    relay.fails((0..LETTERS / 5).map(|nth| match nth % 4 {
        0 => Fault::Says(At::Recipient, "451 later"),
        1 => Fault::Drops(At::Body),
        2 => Fault::Says(At::Greeting, "421 busy"),
        _ => Fault::Drops(At::Data),
    }));
    desk.wait(SignedDuration::from_secs(11));
    let mut wire = ByWire { port: relay.port, pace: Pace::default() };
    for _ in 0..60 {
        while desk.sends(&mut wire) > 0 {}
        desk.wait(SignedDuration::from_mins(5));
    }
    assert!(relay.is_done());
    for nth in 0..LETTERS {
        assert_eq!(relay.copies(&words(nth)), 1, "{nth}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn f7_a_server_that_hangs_holds_up_no_other_inbox() {
    let [hanging, well] = [Relay::start(), Relay::start()];
    hanging.fails([Fault::Hangs(At::Greeting), Fault::Hangs(At::Greeting)]);
    let mut engine = tokio::task::block_in_place(Engine::new);
    let sends = |port: u16| {
        move |input: &mut desk::inboxes::Input| {
            input.outgoing = Some(desk::inboxes::Outgoing { server: plain(port) });
        }
    };
    let one = engine.inbox("one@desk.test", sends(hanging.port));
    let two = engine.inbox("two@desk.test", sends(well.port));
    engine.run().await;
    let question = |from: &str, to: &str| {
        format!(
            "From: {from}@customer.test\r\nTo: {to}\r\nMessage-ID: <{from}@customer.test>\r\nSubject: x\r\n\r\nx\r\n"
        )
    };
    tokio::task::block_in_place(|| engine.desk.receives(one, &question("kim", "one@desk.test")));
    let is_held = |letter: &Outgoing| letter.inbox == one && letter.state == State::Sending;
    engine
        .comes_to("a mail in the hands of a silent server", |engine| engine.letters().iter().any(is_held))
        .await;
    for nth in 0..3 {
        let mail = question(&format!("kim{nth}"), "two@desk.test");
        tokio::task::block_in_place(|| engine.desk.receives(two, &mail));
    }
    engine.comes_to("the others", |_| well.taken().len() == 3).await;
    assert!(engine.letters().iter().any(is_held), "{:#?}", engine.letters());
}
