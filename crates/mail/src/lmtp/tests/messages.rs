//! What is taken, what is answered, and where a message ends.

use super::*;

#[tokio::test]
async fn a_message_is_kept_as_it_was_written_and_answered_for_each_recipient() {
    let lmtp = lmtp().await;
    let mut client = lmtp.client().await;
    client.begin(&["a@desk.example", "full@desk.example", "blocked@desk.example"]).await;
    client.send("Subject: x\r\n\r\n..dots\r\n...\r\nbye\r\n.\r\n").await;
    assert_eq!(client.codes(3).await, [250, 451, 554]);
    let kept = lmtp.kept().remove(0);
    assert_eq!(kept.content.read().unwrap(), b"Subject: x\r\n\r\n.dots\r\n..\r\nbye\r\n");
    assert_eq!(kept.from.as_deref(), Some("kim@example.com"));
    assert_eq!((kept.hello.as_str(), kept.peer.as_str()), ("mx.example.com", "127.0.0.1"));
    client.next(&["b@desk.example"]).await;
    client.send(".\r\n").await;
    assert_eq!(client.codes(1).await, [250]);
    assert_eq!(lmtp.kept()[1].content.read().unwrap(), b"");
    assert_eq!(client.ask("QUIT").await, 221);
    assert!(client.is_closed().await);
}

#[tokio::test]
async fn smtp_answers_once_and_asks_again_while_somebody_lacks_it() {
    let smtp = listening(settings(Protocol::Smtp), Desk::default()).await;
    let mut client = smtp.client().await;
    assert_eq!(client.codes(1).await, [220]);
    assert_eq!(client.ask("EHLO mx").await, 250);
    for (recipients, code) in [
        (vec!["a@d.e", "b@d.e"], 250),
        (vec!["a@d.e", "full@d.e"], 451),
        (vec!["a@d.e", "blocked@d.e"], 250),
        (vec!["blocked@d.e"], 554),
    ] {
        client.next(&recipients).await;
        client.send("x\r\n.\r\n").await;
        assert_eq!(client.codes(1).await, [code], "{recipients:?}");
    }
}

#[tokio::test]
async fn m18_nothing_but_a_dot_between_two_crlf_ends_a_message() {
    for smuggled in
        ["\n.\n", "\n.\r\n", "\r\n.\n", "\r\n.\r", "\r.\r", "\r.\r\n", "\n.\r", "\r\n.\r\r\n", "\r\n\0.\r\n"]
    {
        let lmtp = lmtp().await;
        let mut client = lmtp.client().await;
        client.begin(&["a@d.e"]).await;
        client
            .send(&format!("a{smuggled}MAIL FROM:<admin@d.e>\r\nRCPT TO:<b@d.e>\r\nDATA\r\nb\r\n.\r\n"))
            .await;
        let code = client.codes(1).await[0];
        assert_eq!(client.ask("NOOP").await, 250, "in step after {smuggled:?}");
        let kept = lmtp.kept();
        let bare = smuggled.replace("\r\n", "").contains('\n');
        assert_eq!((code, kept.len()), if bare { (550, 0) } else { (250, 1) }, "{smuggled:?}");
        if let [kept] = kept.as_slice() {
            assert!(
                String::from_utf8_lossy(&kept.content.read().unwrap()).contains("MAIL FROM:<admin@d.e>"),
                "{smuggled:?}"
            );
        }
    }
}

#[tokio::test]
async fn a_message_may_come_byte_by_byte() {
    let lmtp = lmtp().await;
    let mut client = lmtp.client().await;
    client.begin(&["a@d.e"]).await;
    for byte in b"a\r\n..b\r\n.\r\n" {
        client.stream.write_all(&[*byte]).await.unwrap();
        client.stream.flush().await.unwrap();
        tokio::task::yield_now().await;
    }
    assert_eq!(client.codes(1).await, [250]);
    assert_eq!(lmtp.kept()[0].content.read().unwrap(), b"a\r\n.b\r\n");
}

#[tokio::test]
async fn commands_may_come_all_at_once() {
    let lmtp = lmtp().await;
    let mut client = lmtp.client().await;
    client.send("LHLO mx\r\nMAIL FROM:<> SIZE=3 BODY=8BITMIME\r\nRCPT TO:<a@d.e>\r\nRCPT TO:<nobody@d.e>\r\nRCPT TO:<perhaps@d.e>\r\nDATA\r\n").await;
    assert_eq!(client.codes(7).await, [220, 250, 250, 250, 550, 451, 354]);
    client.send("a\r\n.\r\n").await;
    assert_eq!(client.codes(1).await, [250]);
    assert_eq!(lmtp.kept()[0].from, None);
    assert_eq!(lmtp.kept()[0].recipients, ["a@d.e"]);
}

#[tokio::test]
async fn a_desk_that_panics_has_kept_nothing() {
    let lmtp = lmtp().await;
    let mut client = lmtp.client().await;
    client.begin(&["panic@d.e", "a@d.e"]).await;
    client.send("x\r\n.\r\n").await;
    assert_eq!(client.codes(2).await, [451, 451]);
    assert_eq!(client.ask("NOOP").await, 250);
}

#[tokio::test]
async fn the_answer_comes_after_the_commit_and_the_commit_outlives_the_connection() {
    let gated = Desk { gate: Some(Notify::new()), ..Desk::default() };
    let lmtp = listening(settings(Protocol::Lmtp), gated).await;
    let mut client = lmtp.client().await;
    client.begin(&["a@d.e"]).await;
    client.send("x\r\n.\r\n").await;
    lmtp.desk.entered.notified().await;
    assert_eq!(
        client.stream.try_read(&mut [0; 1]).map_err(|error| error.kind()),
        Err(std::io::ErrorKind::WouldBlock)
    );
    drop(client);
    lmtp.desk.gate.as_ref().unwrap().notify_one();
    while lmtp.kept().is_empty() {
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn a_connection_lost_before_the_final_dot_keeps_nothing() {
    let lmtp = lmtp().await;
    let mut client = lmtp.client().await;
    client.begin(&["a@d.e"]).await;
    client.send("x\r\n.").await;
    drop(client);
    lmtp.stop.send(true).unwrap();
    lmtp.serving.await.unwrap();
    assert!(lmtp.desk.kept.lock().unwrap().is_empty());
}

#[tokio::test]
async fn a_unix_socket_is_a_door_as_well() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("lmtp");
    let listener = UnixListener::bind(&path).unwrap();
    let (stop, stopped) = watch::channel(false);
    let serving = tokio::spawn(serve(
        Door::Unix(listener),
        settings(Protocol::Lmtp),
        Arc::new(Desk::default()),
        stopped,
    ));
    let mut stream = tokio::net::UnixStream::connect(&path).await.unwrap();
    stream.write_all(b"QUIT\r\n").await.unwrap();
    let mut said = String::new();
    stream.read_to_string(&mut said).await.unwrap();
    assert_eq!(said, "220 desk.example.org LMTP\r\n221 2.0.0 goodbye\r\n");
    stop.send(true).unwrap();
    serving.await.unwrap();
}

#[tokio::test]
async fn m11_the_mta_says_who_spoke_to_it_for_a_message_or_for_the_session() {
    let lmtp = lmtp().await;
    let mut client = lmtp.client().await;
    assert_eq!(client.codes(1).await, [220]);
    assert_eq!(client.ask("XFORWARD ADDR=192.0.2.7").await, 503, "before it said who it is");
    assert_eq!(client.ask("LHLO mx.desk.example").await, 250);
    assert_eq!(client.ask("XFORWARD NAME=[UNAVAILABLE] ADDR=192.0.2.7").await, 250);
    assert_eq!(client.ask("XFORWARD HELO=mail.example.com PROTO=ESMTP").await, 250);
    for ends in [true, false] {
        client.next(&["a@desk.example"]).await;
        client.send("Subject: x\r\n\r\nx\r\n.\r\n").await;
        assert_eq!(client.codes(1).await, [250]);
        let said = lmtp.kept().pop().unwrap().client;
        let said = said.map(|client| (client.address.to_string(), client.hello));
        assert_eq!(said, ends.then(|| ("192.0.2.7".to_owned(), "mail.example.com".to_owned())));
    }
    assert_eq!(client.ask("XCLIENT ADDR=IPv6:2001:db8::7 HELO=a+20b").await, 220);
    assert_eq!(client.ask("LHLO mail.example.com").await, 250);
    client.next(&["a@desk.example"]).await;
    client.send("Subject: x\r\n\r\nx\r\n.\r\n").await;
    assert_eq!(client.codes(1).await, [250]);
    let said = lmtp.kept().pop().unwrap().client.unwrap();
    assert_eq!((said.address.to_string().as_str(), said.hello.as_str()), ("2001:db8::7", ""));
}
