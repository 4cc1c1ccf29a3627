//! From Dovecot's mailboxes into our hands.

use mail::egress::Failure;
use mail::imap::Wake;

use super::*;

#[tokio::test]
async fn mails_come_with_every_kind_of_protection() {
    let Some(dovecot) = Dovecot::start() else { return };
    dovecot.put("desk", subject(1).as_bytes());
    for (port, security) in [
        (dovecot.port, Security::Plain),
        (dovecot.port, Security::StartTls),
        (dovecot.tls_port, Security::Tls),
    ] {
        let endpoint = local(port, security, &dovecot.certificate);
        let mut source = open(&Settings { endpoint, ..inbox(&dovecot, "desk") }).await;
        let cursor = source.begin(Begin::WithHistory).await.unwrap();
        let (mails, _) = all(&mut source, cursor).await.unwrap();
        assert_eq!(mails, [subject(1)], "{security:?}");
        source.logout().await;
    }
}

#[tokio::test]
async fn a_wrong_password_a_wrong_folder_and_an_unknown_certificate_are_told_apart() {
    let Some(dovecot) = Dovecot::start() else { return };
    let settings = inbox(&dovecot, "desk");
    let refused = async |settings: Settings| Source::connect(&Egress::system(), &settings).await.err();
    let sign_in = SignIn::Password { name: "desk".into(), password: Secret::new("wrong".into()) };
    assert_eq!(refused(Settings { sign_in, ..settings.clone() }).await, Some(Failure::SignInRefused));
    let folder = "Nowhere".to_owned();
    assert_eq!(refused(Settings { folder, ..settings.clone() }).await, Some(Failure::FolderMissing));
    let mut unknown = settings.clone();
    unknown.endpoint = Endpoint { root: None, ..local(dovecot.tls_port, Security::Tls, "") };
    assert_eq!(refused(unknown).await, Some(Failure::CertificateRefused));
    let mut lmtp = settings.clone();
    lmtp.endpoint.port = dovecot.lmtp_port;
    let other = Failure::OtherProtocol(mail::egress::Protocol::Imap);
    assert_eq!(refused(lmtp).await, Some(other));
}

#[tokio::test]
async fn reading_leaves_no_trace() {
    let Some(dovecot) = Dovecot::start() else { return };
    dovecot.put("desk", subject(1).as_bytes());
    let mut source = open(&inbox(&dovecot, "desk")).await;
    let cursor = source.begin(Begin::WithHistory).await.unwrap();
    assert_eq!(all(&mut source, cursor).await.unwrap().0.len(), 1);
    source.logout().await;
    let files = ["new", "cur"].map(|part| std::fs::read_dir(dovecot.maildir("desk").join(part)).unwrap());
    let names: Vec<String> =
        files.into_iter().flatten().map(|file| file.unwrap().file_name().into_string().unwrap()).collect();
    assert_eq!(names.len(), 1);
    let flags = names[0].split_once(":2,").map_or("", |(_, flags)| flags);
    assert_eq!(flags, "", "{names:?}");
}

#[tokio::test]
async fn the_first_connection_imports_nothing_and_news_wake_the_wait() {
    let Some(dovecot) = Dovecot::start() else { return };
    dovecot.put("desk", subject(1).as_bytes());
    let mut source = open(&inbox(&dovecot, "desk")).await;
    let cursor = source.begin(Begin::AtEnd).await.unwrap();
    let (mails, cursor) = all(&mut source, cursor).await.unwrap();
    assert!(mails.is_empty());
    let (woken, ()) = tokio::join!(source.wait(), async {
        tokio::time::sleep(Duration::from_millis(300)).await;
        dovecot.put("desk", subject(2).as_bytes());
    });
    assert_eq!(woken, Ok(Wake::News), "{}", dovecot.log());
    assert_eq!(all(&mut source, cursor).await.unwrap().0, [subject(2)]);
}

#[tokio::test]
async fn f8_a_mailbox_with_new_numbers_is_read_from_its_beginning() {
    let Some(mut dovecot) = Dovecot::start() else { return };
    dovecot.put("desk", subject(1).as_bytes());
    let mut source = open(&inbox(&dovecot, "desk")).await;
    let cursor = source.begin(Begin::AtEnd).await.unwrap();
    drop(source);
    dovecot.renumber("desk");
    let mut source = open(&inbox(&dovecot, "desk")).await;
    let batch = source.next_batch(cursor).await.unwrap();
    assert!(batch.started_over);
    assert_eq!(texts(&batch), [subject(1)]);
    assert_ne!(batch.cursor.uidvalidity, cursor.uidvalidity);
    assert!(!source.next_batch(batch.cursor).await.unwrap().started_over);
}

#[tokio::test]
async fn f8_what_is_kept_is_moved_and_what_others_take_is_no_trouble() {
    let Some(dovecot) = Dovecot::start() else { return };
    for number in 0..5 {
        dovecot.put("desk", subject(number).as_bytes());
    }
    let one = Limits { mails: 1, ..Limits::default() };
    let mut reading = open(&Settings { limits: one, ..inbox(&dovecot, "desk") }).await;
    let cursor = reading.begin(Begin::WithHistory).await.unwrap();
    let first = reading.next_batch(cursor).await.unwrap();
    assert!(first.more);

    let after_fetch = AfterFetch::Move("Gelöscht".into());
    let mut moving = open(&Settings { after_fetch, ..inbox(&dovecot, "desk") }).await;
    let uid = first.mails[0].uid;
    moving.put_away(cursor.uidvalidity, &[uid, uid + 1, uid + 2, 9999]).await.unwrap();
    moving.logout().await;

    let (rest, _) = all(&mut reading, first.cursor).await.unwrap();
    assert_eq!(rest, [subject(3), subject(4)]);
    let moved = dovecot.maildir("desk").join(".Gel&APY-scht");
    assert!(moved.is_dir(), "{}", dovecot.log());
}

#[tokio::test]
async fn a_mail_over_the_limit_comes_with_its_header_alone() {
    let Some(dovecot) = Dovecot::start() else { return };
    let large = format!("Subject: large\r\n\r\n{}", "0123456789\r\n".repeat(100_000));
    dovecot.put("desk", large.as_bytes());
    dovecot.put("desk", subject(1).as_bytes());
    let limits = Limits { mail: 100_000, ..Limits::default() };
    let mut source = open(&Settings { limits, ..inbox(&dovecot, "desk") }).await;
    let cursor = source.begin(Begin::WithHistory).await.unwrap();
    let batch = source.next_batch(cursor).await.unwrap();
    assert_eq!(batch.mails[0].content, Content::TooLarge { header: b"Subject: large\r\n\r\n".to_vec() });
    assert_eq!(batch.mails[0].size, large.len() as u64);
    assert_eq!(batch.mails[1].content, Content::Whole(subject(1).into_bytes()));
}
