//! An administrator connects a mailbox, finds out what is wrong with it, and decides about a mail that was held.

use std::net::TcpListener;

use store::office::Office;
use testkit::browser::Scripts;
use testkit::inbox::Held;
use testkit::{Site, TestDesk};

const PASSWORD: &str = "sesame-canary-88c1";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_inbox_is_set_up_without_scripts_and_says_why_it_does_not_connect() {
    let desk = TestDesk::new();
    let support = desk.unit("Support");
    desk.service("Help", support);
    let amal = desk.employee("Amal");
    desk.appoint(amal, Office::Administrator);
    desk.may_sign_in(&[amal]);
    let Some(site) = Site::open(desk).await else { return };
    let closed = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port().to_string();

    let amal = site.enter_with("Amal", Scripts::Off).await;
    amal.visit("/admin/inboxes").await;
    amal.sees("No inbox yet").await;
    amal.follow("New inbox").await;
    amal.fill("E-mail address", "help@desk.example").await;
    amal.fill("Name", "Help by mail").await;
    amal.choose("Service", "Support: Help").await;
    amal.fill("Signature", "Kind regards\nyour support").await;
    amal.press("Next: the provider").await;
    amal.sees("Who runs the mailbox of help@desk.example?").await;
    amal.follow("GMX").await;
    assert_eq!(amal.value("IMAP server").await, "imap.gmx.net");
    assert_eq!(amal.value("SMTP server").await, "mail.gmx.net");
    assert_eq!(amal.value("Name of the mailbox").await, "help@desk.example");
    amal.fill("Password", PASSWORD).await;
    amal.press("Save, then try it").await;
    amal.sees("It was saved.").await;
    amal.sees("a password is set").await;
    amal.holds_nothing_of(PASSWORD).await;

    amal.follow("Servers").await;
    assert_eq!(amal.value("Password").await, "");
    for (side, fold) in [("IMAP", "Own IMAP server"), ("SMTP", "Own SMTP server")] {
        amal.fill(&format!("{side} server"), "127.0.0.1").await;
        amal.fill(&format!("{side} port"), &closed).await;
        amal.unfold(fold).await;
        amal.tick("The server is inside our network").await;
        amal.unfold(fold).await;
    }
    amal.press("Save, then try it").await;
    amal.sees("no password yet").await;
    amal.press("Test now").await;
    amal.sees("There is no password or token for it.").await;
    amal.follow("Servers").await;
    amal.fill("Password", PASSWORD).await;
    amal.press("Save, then try it").await;
    amal.press("Test now").await;
    amal.sees("The server could not be reached. Check its name and port.").await;
    amal.holds_nothing_of(PASSWORD).await;
    amal.press("Send a test mail").await;
    amal.sees("The test mail waits to be sent.").await;
    let sent = site.desk.hands_over(testkit::letters::taken());
    assert_eq!(sent.len(), 1, "a test mail is really sent");
    assert_eq!(sent[0].0.to, ["help@desk.example"], "to the inbox itself");
    assert!(sent[0].1.contains("Subject: Test mail of "), "{}", sent[0].1);
    amal.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn held_mail_is_released_or_deleted_by_an_administrator() {
    let desk = TestDesk::new();
    let support = desk.unit("Support");
    let help = desk.service("Help", support);
    let amal = desk.employee("Amal");
    desk.appoint(amal, Office::Administrator);
    desk.may_sign_in(&[amal]);
    let inbox =
        desk.inbox("help@desk.example", (support, help), |inbox| inbox.name = "Help by mail".to_owned());
    for (subject, code) in [("The lamp", "unauthenticated"), ("Cheap watches", "unknown_recipient")] {
        let raw = format!(
            "From: kim@example.net\r\nSubject: {subject}\r\n\r\n<script>document.title='run'</script>It is dark.\r\n"
        );
        desk.holds(
            inbox,
            Held {
                code,
                from_address: Some("kim@example.net".to_owned()),
                from_name: Some("Kim Berg".to_owned()),
                subject: subject.to_owned(),
                raw,
            },
        );
    }
    let Some(site) = Site::open(desk).await else { return };

    let amal = site.enter("Amal").await;
    amal.visit("/admin").await;
    amal.sees("wait for a decision").await;
    amal.visit("/admin/mail/suspended").await;
    let rows = amal.table("Suspended mail").await;
    assert_eq!(rows.len(), 3, "{rows:?}");
    amal.follow("The lamp").await;
    amal.sees("It names the address of somebody who works here").await;
    amal.sees("<script>document.title='run'</script>It is dark.").await;
    amal.press("Release").await;
    amal.sees("It was released and is looked at again.").await;
    amal.follow("Cheap watches").await;
    amal.press("Delete").await;
    amal.sees("It was deleted.").await;
    amal.sees("Nothing is held").await;
    amal.close().await;
}
