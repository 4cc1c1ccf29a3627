//! Our own sender speaking to our own listener: what goes in comes out, whatever it is.

use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

use super::*;
use crate::egress::{Egress, Endpoint, Reach, Security};
use crate::secret::SignIn;
use crate::smtp::{self, Envelope, Out, Outcome};

#[test]
fn every_message_arrives_in_its_canonical_form() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let smtp = runtime.block_on(listening(settings(Protocol::Smtp), Desk::default()));
    let endpoint = Endpoint {
        host: "127.0.0.1".into(),
        port: smtp.port,
        security: Security::Plain,
        reach: Reach::Local,
        root: None,
    };
    let pace = smtp::Pace { messages: 1000, ..smtp::Pace::default() };
    let server = smtp::Server { endpoint, sign_in: SignIn::Nothing, hello: "desk".into(), pace };
    let out = Mutex::new(Out::new(Egress::system(), server));
    let envelope = Envelope { from: Some("a@b.c".into()), to: vec!["d@e.f".into()] };

    let odd = prop::collection::vec(prop::sample::select(b"a.\r\n\0\xff ".to_vec()), 0..60);
    let header = Just(b"Subject: x\r\n\r\n".to_vec());
    let mut runner = TestRunner::new(Config { cases: 200, failure_persistence: None, ..Config::default() });
    let tried = runner.run(&(header, odd), |(header, body)| {
        let message = [header, body].concat();
        let outcomes = runtime.block_on(out.lock().unwrap().send(&envelope, &message));
        prop_assert!(matches!(outcomes[..], [Outcome::Delivered { .. }]), "{:?}", outcomes);
        let kept = smtp.desk.kept.lock().unwrap().pop().unwrap();
        prop_assert_eq!(kept.content.read().unwrap(), smtp::canonical(&message));
        Ok(())
    });
    tried.unwrap();
}
