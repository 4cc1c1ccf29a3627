//! What the fetcher makes of servers that behave in every way but the expected.

mod batches;
mod opening;
mod waiting;

use super::*;
use crate::egress::Security;
use crate::egress::script::{Expect, Script, Step, egress, say};
use crate::secret::Secret;

fn settings(script: &Script) -> Settings {
    Settings {
        endpoint: script.endpoint(Security::Plain),
        sign_in: SignIn::Password { name: "desk".into(), password: Secret::new("horse".to_owned()) },
        folder: "INBOX".into(),
        after_fetch: AfterFetch::Leave,
        limits: Limits::default(),
        pace: Pace { reissue: Duration::from_millis(300), poll: Duration::from_millis(10) },
    }
}

/// A server's part up to the open folder, with the uidvalidity 9 and the next uid 8.
fn opened() -> Vec<Step> {
    opened_as(9)
}

fn opened_as(uidvalidity: u32) -> Vec<Step> {
    vec![
        say("* OK [CAPABILITY IMAP4rev1 IDLE AUTH=PLAIN SASL-IR] hello"),
        Expect("AUTHENTICATE PLAIN AGRlc2sAaG9yc2U="),
        say("{tag} OK [CAPABILITY IMAP4rev1 IDLE MOVE] welcome"),
        Expect("EXAMINE \"INBOX\""),
        say("* 2 EXISTS"),
        say(&format!("* OK [UIDVALIDITY {uidvalidity}] ")),
        say("* OK [UIDNEXT 8] "),
        say("{tag} OK [READ-ONLY] done"),
    ]
}

async fn source(script: &Script) -> Source {
    Source::connect(&egress(), &settings(script)).await.unwrap()
}

/// The server's answer to a search.
fn finds(uids: &str) -> Vec<Step> {
    vec![Expect("UID SEARCH UID "), say(&format!("* SEARCH {uids}")), say("{tag} OK done")]
}

/// The server's answer to the question how large these are.
fn measures(sizes: &[(u32, u64)]) -> Vec<Step> {
    let mut steps = vec![Expect("UID FETCH ")];
    for (uid, size) in sizes {
        let date = "INTERNALDATE \"01-Feb-2026 10:00:00 +0100\"";
        steps.push(say(&format!("* {uid} FETCH (UID {uid} RFC822.SIZE {size} {date})")));
    }
    steps.push(say("{tag} OK done"));
    steps
}

fn mail(uid: u32, body: &str) -> Step {
    say(&format!("* {uid} FETCH (UID {uid} BODY[] {{{}}}\r\n{body})", body.len()))
}

/// The server's answer to the question for bodies.
fn gives(mails: &[(u32, &str)]) -> Vec<Step> {
    let mut steps = vec![Expect("UID FETCH ")];
    steps.extend(mails.iter().map(|(uid, body)| mail(*uid, body)));
    steps.push(say("{tag} OK done"));
    steps
}

fn at(uidvalidity: u32, last_uid: u32) -> Cursor {
    Cursor { uidvalidity, last_uid }
}

fn uids(batch: &Batch) -> Vec<u32> {
    batch.mails.iter().map(|mail| mail.uid).collect()
}
