//! What is too much, too long, too odd, or too late.

use super::*;

async fn limited(limits: Limits) -> Listening {
    listening(Settings { limits, ..settings(Protocol::Lmtp) }, Desk::default()).await
}

#[tokio::test]
async fn the_size_is_announced_and_held_to() {
    let lmtp = limited(Limits { bytes: 10, ..Limits::default() }).await;
    let mut client = lmtp.client().await;
    client.codes(1).await;
    client.send("LHLO mx\r\n").await;
    let mut offered = Vec::new();
    for _ in 0..8 {
        offered.push(client.line().await.unwrap());
    }
    assert!(offered.contains(&"250-SIZE 10".to_owned()), "{offered:?}");
    assert_eq!(client.ask("MAIL FROM:<a@b.c> SIZE=11").await, 552);
    client.next(&["a@d.e", "b@d.e"]).await;
    client.send("123456789\r\n.\r\n").await;
    assert_eq!(client.codes(2).await, [552, 552]);
    client.next(&["a@d.e"]).await;
    client.send("12345678\r\n.\r\n").await;
    assert_eq!(client.codes(1).await, [250]);
    assert_eq!(lmtp.kept().len(), 1);
}

#[tokio::test]
async fn a_message_without_end_is_not_read_to_it() {
    let lmtp = limited(Limits { bytes: 1000, ..Limits::default() }).await;
    let mut client = lmtp.client().await;
    client.begin(&["a@d.e"]).await;
    client.send(&"x".repeat(2002)).await;
    assert_eq!(client.codes(1).await, [552]);
    assert!(client.is_closed().await);
}

#[tokio::test]
async fn a_message_is_held_to_the_size_it_was_announced_with() {
    let lmtp = lmtp().await;
    let mut client = lmtp.client().await;
    client.codes(1).await;
    client.send("LHLO mx\r\nMAIL FROM:<a@b.c> SIZE=10\r\nRCPT TO:<a@d.e>\r\nDATA\r\n").await;
    assert_eq!(client.codes(4).await, [250, 250, 250, 354]);
    client.send(&format!("{}\r\n.\r\n", "x".repeat(1500))).await;
    assert_eq!(client.codes(1).await, [552]);
}

#[tokio::test]
async fn messages_wait_for_each_other_when_memory_is_short() {
    let lmtp = limited(Limits { bytes: 1024 * 1024, memory: 0, ..Limits::default() }).await;
    let mut first = lmtp.client().await;
    first.begin(&["a@d.e"]).await;
    let mut second = lmtp.client().await;
    second.send("LHLO mx\r\nMAIL FROM:<a@b.c>\r\nRCPT TO:<b@d.e>\r\nDATA\r\n").await;
    assert_eq!(second.codes(4).await, [220, 250, 250, 250]);
    first.send("first\r\n.\r\n").await;
    assert_eq!(first.codes(1).await, [250]);
    assert_eq!(second.codes(1).await, [354]);
    second.send("second\r\n.\r\n").await;
    assert_eq!(second.codes(1).await, [250]);
    assert_eq!(lmtp.kept()[0].content.read().unwrap(), b"first\r\n");
}

#[tokio::test]
async fn recipients_and_connections_are_counted() {
    let lmtp = limited(Limits { recipients: 1, connections: 1, ..Limits::default() }).await;
    let mut client = lmtp.client().await;
    client.send("LHLO mx\r\nMAIL FROM:<a@b.c>\r\nRCPT TO:<a@d.e>\r\nRCPT TO:<b@d.e>\r\n").await;
    assert_eq!(client.codes(5).await, [220, 250, 250, 250, 452]);
    assert_eq!(lmtp.client().await.codes(1).await, [421]);
    assert_eq!(client.ask("QUIT").await, 221);
    assert!(client.is_closed().await);
}

#[tokio::test]
async fn commands_and_mistakes_are_counted() {
    let lmtp = limited(Limits { commands: 3, ..Limits::default() }).await;
    let mut client = lmtp.client().await;
    client.send("NOOP\r\nNOOP\r\nNOOP\r\nNOOP\r\n").await;
    assert_eq!(client.codes(5).await, [220, 250, 250, 250, 421]);
    assert!(client.is_closed().await);

    let lmtp = limited(Limits { mistakes: 1, ..Limits::default() }).await;
    let mut client = lmtp.client().await;
    client.send("what\r\nwhat\r\nNOOP\r\n").await;
    assert_eq!(client.codes(4).await, [220, 500, 500, 421]);
}

#[tokio::test]
async fn odd_commands_are_refused_and_the_conversation_goes_on() {
    let lmtp = lmtp().await;
    let mut client = lmtp.client().await;
    client.codes(1).await;
    for (line, code) in [
        ("MAIL FROM:<a@b.c>", 503),
        ("EHLO mx", 500),
        ("LHLO", 501),
        ("LHLO mx\nMAIL FROM:<x@y>", 500),
        ("LHLO mx", 250),
        ("RCPT TO:<a@d.e>", 503),
        ("DATA", 503),
        ("MAIL FROM:a@b.c", 501),
        ("MAIL FROM:<a@b.c> RET=FULL", 555),
    ] {
        // A line with a bare line feed is two lines, and the first of them is the odd one.
        client.send(&format!("{line}\r\n")).await;
        assert_eq!(client.codes(1).await, [code], "{line:?}");
        if line.contains('\n') {
            assert_eq!(client.codes(1).await, [503]);
        }
    }
}

#[tokio::test]
async fn a_line_without_end_is_not_kept() {
    let lmtp = lmtp().await;
    let mut client = lmtp.client().await;
    client.send(&format!("NOOP {}\r\nNOOP\r\n", "x".repeat(100_000))).await;
    assert_eq!(client.codes(3).await, [220, 500, 250]);
}

#[tokio::test]
async fn whoever_says_nothing_is_sent_away() {
    let short = Duration::from_millis(200);
    let pace = Pace { command: short, piece: short, ..Pace::default() };
    let lmtp = listening(Settings { pace, ..settings(Protocol::Lmtp) }, Desk::default()).await;
    let mut silent = lmtp.client().await;
    assert_eq!(silent.codes(2).await, [220, 421]);
    assert!(silent.is_closed().await);
    let mut half = lmtp.client().await;
    half.begin(&["a@d.e"]).await;
    half.send("half a mess").await;
    assert!(half.is_closed().await);
    assert!(lmtp.kept().is_empty());
}

#[tokio::test]
async fn when_told_to_stop_the_idle_are_sent_away_and_a_message_under_way_is_finished() {
    let gated = Desk { gate: Some(Notify::new()), ..Desk::default() };
    let lmtp = listening(settings(Protocol::Lmtp), gated).await;
    let mut idle = lmtp.client().await;
    assert_eq!(idle.codes(1).await, [220]);
    let mut busy = lmtp.client().await;
    busy.begin(&["a@d.e"]).await;
    busy.send("x\r\n.\r\n").await;
    lmtp.desk.entered.notified().await;
    lmtp.stop.send(true).unwrap();
    assert_eq!(idle.codes(1).await, [421]);
    lmtp.desk.gate.as_ref().unwrap().notify_one();
    assert_eq!(busy.codes(2).await, [250, 421]);
    lmtp.serving.await.unwrap();
    assert!(TcpStream::connect(("127.0.0.1", lmtp.port)).await.is_err());
}

#[tokio::test]
async fn a_large_message_lies_in_a_file_until_nobody_holds_it() {
    let folder = tempfile::tempdir().unwrap();
    let spill = Some(folder.path().join("coming"));
    let files = || std::fs::read_dir(folder.path().join("coming")).map_or(0, Iterator::count);
    let lmtp = listening(Settings { spill, ..settings(Protocol::Lmtp) }, Desk::default()).await;
    let line = format!("..{}\r\n", "x".repeat(900));
    let large = line.repeat(1000);
    let mut client = lmtp.client().await;
    client.begin(&["a@d.e"]).await;
    client.send(&format!("{large}.\r\n")).await;
    assert_eq!(client.codes(1).await, [250]);
    let kept = lmtp.kept().remove(0);
    assert!(matches!(kept.content, Content::File(_)));
    assert_eq!(kept.content.read().unwrap(), large.replace("\r\n..", "\r\n.").as_bytes()[1..]);
    assert_eq!(files(), 1);
    lmtp.desk.kept.lock().unwrap().clear();
    drop(kept);
    assert_eq!(files(), 0);
}
