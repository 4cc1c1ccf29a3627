//! What the sender makes of servers that behave in every way but the expected.

mod outcomes;
mod sessions;
mod signing_in;

use std::time::Duration;

use super::*;
use crate::egress::Security;
use crate::egress::script::{Expect, Message, Script, Step, egress, say};
use crate::secret::Secret;

/// Longer than any machine needs; a test of silence gives less, for what is silent.
const PATIENCE: Duration = Duration::from_secs(60);

const MAIL: &[u8] = b"Subject: hello\n\nDear Kim,\n.\nbye\n";

fn envelope(to: &[&str]) -> Envelope {
    Envelope {
        from: Some("desk@example.org".into()),
        to: to.iter().map(|address| (*address).to_owned()).collect(),
    }
}

fn kim() -> Envelope {
    envelope(&["kim@example.com"])
}

fn server(script: &Script, security: Security, sign_in: SignIn) -> Server {
    let pace = Pace {
        greeting: PATIENCE,
        command: PATIENCE,
        data: PATIENCE,
        piece: PATIENCE,
        dot: PATIENCE,
        ..Pace::default()
    };
    Server { endpoint: script.endpoint(security), sign_in, hello: "desk.example.org".into(), pace }
}

fn plain_out(script: &Script) -> Out {
    Out::new(egress(), server(script, Security::Plain, SignIn::Nothing))
}

fn password() -> SignIn {
    SignIn::Password { name: "desk".into(), password: Secret::new("horse".to_owned()) }
}

/// A server's part up to its answer to EHLO.
fn hello() -> Vec<Step> {
    vec![
        say("220 mx.example.com"),
        Expect("EHLO desk.example.org"),
        say("250-mx.example.com"),
        say("250 8BITMIME"),
    ]
}

/// The rest of it for one mail that goes well.
fn takes() -> Vec<Step> {
    vec![
        Expect("MAIL FROM:<desk@example.org>"),
        say("250 ok"),
        Expect("RCPT TO:<kim@example.com>"),
        say("250 ok"),
        Expect("DATA"),
        say("354 go on"),
        Message,
        say("250 2.0.0 queued as 7"),
    ]
}

/// The good course of things, with everything from the answer to `verb` on replaced.
fn until(verb: &str, then: &[Step]) -> Vec<Step> {
    let mut steps = [hello(), takes()].concat();
    let asked = steps.iter().position(|step| match step {
        Expect(line) => line.starts_with(verb),
        Message => verb == "dot",
        _ => false,
    });
    steps.truncate(asked.expect("the verb is in the script") + 1);
    steps.extend_from_slice(then);
    steps
}

async fn sent(script: Vec<Step>) -> Outcome {
    let script = Script::play(vec![script]).await;
    let mut outcomes = plain_out(&script).send(&kim(), MAIL).await;
    assert_eq!(outcomes.len(), 1);
    outcomes.remove(0)
}

fn said(code: u16, words: &str) -> Why {
    Why::Said { code, words: words.to_owned() }
}
