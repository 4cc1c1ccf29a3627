//! One message, and every way in which it can go wrong.

use super::*;
use crate::egress::script::{Drip, Drop, Hang, PartOfMessage, Sip};

#[tokio::test]
async fn a_message_is_taken_with_the_servers_words_and_arrives_whole() {
    let script = Script::play(vec![[hello(), takes()].concat()]).await;
    let outcomes = plain_out(&script).send(&kim(), MAIL).await;
    assert_eq!(outcomes, [Outcome::Delivered { words: "250 2.0.0 queued as 7".into() }]);
    let heard = script.heard().await.remove(0);
    assert_eq!(heard.last().unwrap(), "Subject: hello\r\n\r\nDear Kim,\r\n..\r\nbye\r\n.\r\n");
}

#[tokio::test]
async fn f7_a_no_for_now_at_any_verb_is_later() {
    for verb in ["MAIL", "RCPT", "DATA", "dot"] {
        let outcome = sent(until(verb, &[say("451 4.7.1 greylisted")])).await;
        assert_eq!(outcome, Outcome::Later { why: said(451, "451 4.7.1 greylisted") }, "{verb}");
    }
}

#[tokio::test]
async fn f7_a_no_for_ever_at_any_verb_is_refused_in_the_servers_words() {
    for verb in ["MAIL", "RCPT", "DATA", "dot"] {
        let outcome = sent(until(verb, &[say("550-5.7.1 not"), say("550 5.7.1 here")])).await;
        assert_eq!(outcome, Outcome::Refused { why: said(550, "550 5.7.1 not 5.7.1 here") }, "{verb}");
    }
}

#[tokio::test]
async fn f7_a_server_that_closes_for_now_at_any_verb_is_later() {
    for verb in ["MAIL", "RCPT", "DATA", "dot"] {
        let outcome = sent(until(verb, &[say("421 shutting down"), Drop])).await;
        assert_eq!(outcome, Outcome::Later { why: said(421, "421 shutting down") }, "{verb}");
    }
}

#[tokio::test]
async fn f7_a_connection_lost_before_the_dot_is_later_and_after_it_unknown() {
    for verb in ["MAIL", "RCPT", "DATA"] {
        let outcome = sent(until(verb, &[Drop])).await;
        assert_eq!(outcome, Outcome::Later { why: Failure::ConnectionLost.into() }, "{verb}");
    }
    let outcome = sent(until("dot", &[Drop])).await;
    assert_eq!(outcome, Outcome::Unknown { why: Failure::ConnectionLost.into() });
}

#[tokio::test]
async fn f7_a_connection_lost_in_the_middle_of_a_large_message_is_later() {
    let script = Script::play(vec![until("DATA", &[say("354 go on"), PartOfMessage(1000)])]).await;
    // More than the buffers of both ends hold.
    let large = vec![b'a'; 24 * 1024 * 1024];
    let outcomes = plain_out(&script).send(&kim(), &large).await;
    assert_eq!(outcomes, [Outcome::Later { why: Failure::ConnectionLost.into() }]);
}

#[tokio::test]
async fn f7_a_server_that_falls_silent_before_the_dot_is_later_and_after_it_unknown() {
    let silent = async |verb: &str| {
        let script = Script::play(vec![until(verb, &[Hang])]).await;
        let mut server = server(&script, Security::Plain, SignIn::Nothing);
        // Only what is silent has little time: before it, a busy machine may take its own.
        let pace = &mut server.pace;
        let step = match verb {
            "DATA" => &mut pace.data,
            "dot" => &mut pace.dot,
            _ => &mut pace.command,
        };
        *step = Duration::from_secs(1);
        Out::new(egress(), server).send(&kim(), MAIL).await.remove(0)
    };
    for verb in ["EHLO", "MAIL", "RCPT", "DATA"] {
        assert_eq!(silent(verb).await, Outcome::Later { why: Failure::TimedOut.into() }, "{verb}");
    }
    assert_eq!(silent("dot").await, Outcome::Unknown { why: Failure::TimedOut.into() });
}

#[tokio::test]
async fn f7_an_answer_that_comes_byte_by_byte_is_an_answer() {
    let outcome = sent(until("dot", &[Drip("250 2.0.0 slowly\r\n")])).await;
    assert_eq!(outcome, Outcome::Delivered { words: "250 2.0.0 slowly".into() });
}

#[tokio::test]
async fn f7_an_answer_that_never_ends_is_given_up() {
    let script = Script::play(vec![until("RCPT", &[Drip("250 "), Hang])]).await;
    let mut server = server(&script, Security::Plain, SignIn::Nothing);
    server.pace.command = Duration::from_secs(1);
    let outcome = Out::new(egress(), server).send(&kim(), MAIL).await.remove(0);
    assert_eq!(outcome, Outcome::Later { why: Failure::TimedOut.into() });
}

#[tokio::test]
async fn f7_a_server_that_takes_a_byte_now_and_then_is_given_up() {
    let script = Script::play(vec![until("DATA", &[say("354 go on"), Sip])]).await;
    let mut server = server(&script, Security::Plain, SignIn::Nothing);
    server.pace.piece = Duration::from_secs(1);
    // More than the buffers of both ends hold.
    let large = vec![b'a'; 24 * 1024 * 1024];
    let outcome = Out::new(egress(), server).send(&kim(), &large).await.remove(0);
    assert_eq!(outcome, Outcome::Later { why: Failure::TimedOut.into() });
}

#[tokio::test]
async fn each_recipient_has_an_answer_of_its_own() {
    let steps = vec![
        Expect("MAIL"),
        say("250 ok"),
        Expect("RCPT TO:<a@example.com>"),
        say("550 no such mailbox"),
        Expect("RCPT TO:<b@example.com>"),
        say("250 ok"),
        Expect("RCPT TO:<c@example.com>"),
        say("452 full"),
        Expect("DATA"),
        say("354 go on"),
        Message,
        say("250 queued"),
    ];
    let script = Script::play(vec![[hello(), steps].concat()]).await;
    let to = envelope(&["a@example.com", "bad address@example.com", "b@example.com", "c@example.com"]);
    let outcomes = plain_out(&script).send(&to, MAIL).await;
    assert_eq!(
        outcomes,
        [
            Outcome::Refused { why: said(550, "550 no such mailbox") },
            Outcome::Refused { why: Why::BadAddress("bad address@example.com".into()) },
            Outcome::Delivered { words: "250 queued".into() },
            Outcome::Later { why: said(452, "452 full") },
        ]
    );
}

#[tokio::test]
async fn an_address_cannot_leave_its_command() {
    for address in
        ["a@b>\r\nRCPT TO:<c@d", "a@b> SIZE=1", "<a@b>", "a", "@b", "a@", "a\u{85}@b", "a\u{2028}@b"]
    {
        let script = Script::play(vec![[hello(), vec![Expect("nothing")]].concat()]).await;
        let outcomes = plain_out(&script).send(&envelope(&[address]), MAIL).await;
        assert_eq!(outcomes, [Outcome::Refused { why: Why::BadAddress(address.into()) }]);
    }
}

#[tokio::test]
async fn a_message_larger_than_the_server_takes_is_not_sent() {
    let hello = vec![say("220 mx"), Expect("EHLO"), say("250-mx"), say("250 SIZE 10"), Expect("QUIT")];
    let script = Script::play(vec![hello]).await;
    let mut out = plain_out(&script);
    let outcomes = out.send(&kim(), MAIL).await;
    assert_eq!(outcomes, [Outcome::Refused { why: Why::TooLarge { bytes: MAIL.len() as u64, most: 10 } }]);
    out.quit().await;
    assert_eq!(script.heard().await[0].len(), 2);
}

#[tokio::test]
async fn letters_beyond_ascii_ask_for_smtputf8_or_are_refused() {
    let to = envelope(&["jürgen@example.com"]);
    let script = Script::play(vec![hello()]).await;
    assert_eq!(plain_out(&script).send(&to, MAIL).await, [Outcome::Refused { why: Why::NoSmtpUtf8 }]);

    let mut steps =
        vec![say("220 mx"), Expect("EHLO"), say("250-mx"), say("250-SMTPUTF8"), say("250 8BITMIME")];
    steps.extend([Expect("MAIL FROM:<desk@example.org> SMTPUTF8"), say("250 ok")]);
    steps.extend([Expect("RCPT TO:<jürgen@example.com>"), say("550 no")]);
    let script = Script::play(vec![steps]).await;
    let outcomes = plain_out(&script).send(&to, MAIL).await;
    assert_eq!(outcomes, [Outcome::Refused { why: said(550, "550 no") }]);
}

#[tokio::test]
async fn automatic_mail_has_the_null_sender() {
    let script = Script::play(vec![[hello(), vec![Expect("MAIL FROM:<>"), say("550 no")]].concat()]).await;
    let outcomes = plain_out(&script).send(&Envelope { from: None, ..kim() }, MAIL).await;
    assert_eq!(outcomes, [Outcome::Refused { why: said(550, "550 no") }]);
}
