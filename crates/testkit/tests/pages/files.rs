//! Files below messages: saved and never run, and there for whoever sees what they hang on, no sooner.

use axum::http::StatusCode;
use desk::files::Files;
use domain::id::{AttachmentId, MessageId};
use jiff::SignedDuration;
use store::attachment::{Attachment, On};
use testkit::TestDesk;

use crate::browser::Browser;
use crate::letters::{first, link, plain, post, post_at};

#[test]
fn a_file_is_saved_and_never_run_whatever_it_says_it_is() {
    let post = post();
    let number = post.desk.ticket_of(post.desk.takes_in(post.inbox, &first()));
    let page = post.page(number);
    let place = page.body.find("download=\"bill.html\"").unwrap();
    let start = page.body[..place].rfind(&format!("/tickets/{number}/attachments/")).unwrap();
    let address = page.body[start..].split('"').next().unwrap();
    let file = post.kim.get(address);
    assert_eq!(file.body.trim(), "<script>alert(1)</script>");
    assert_eq!(file.header("content-type"), "application/octet-stream");
    assert_eq!(file.header("x-content-type-options"), "nosniff");
    assert!(file.header("content-disposition").starts_with("attachment; filename=\"bill.html\""));
    assert!(file.header("content-security-policy").contains("sandbox"));
    assert_eq!(post.kim.get(&address.replace("attachments", "images")).status, StatusCode::NOT_FOUND);
    let ada = Browser::new(&post.desk.desk).signed_in(&post.desk.session(post.ada));
    assert_eq!(ada.get(address).status, StatusCode::NOT_FOUND, "the requester has an address of their own");
    assert_eq!(ada.get(&format!("/portal{address}")).body.trim(), "<script>alert(1)</script>");
    assert!(ada.get(&format!("/portal/tickets/{number}")).has(&format!("/portal{address}")));
    let olga = post.desk.customer("Olga");
    let olga = Browser::new(&post.desk.desk).signed_in(&post.desk.session(olga));
    assert_eq!(olga.get(&format!("/portal{address}")).status, StatusCode::NOT_FOUND);
}

/// A mail that answers the first one with a file of its own.
fn with_file(from: &str, id: &str, words: &str) -> String {
    plain(
        from,
        id,
        "In-Reply-To: <1@example.org>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=f\r\n",
        &format!(
            "--f\r\nContent-Type: text/plain\r\n\r\nLook.\r\n\
             --f\r\nContent-Type: text/plain\r\nContent-Disposition: attachment; filename=\"plan.txt\"\r\n\r\n{words}\r\n--f--"
        ),
    )
}

#[test]
fn a_strangers_file_is_there_for_the_requester_once_it_is_confirmed_and_for_nobody_once_set_aside() {
    let post = post();
    let number = post.desk.ticket_of(post.desk.takes_in(post.inbox, &first()));
    let ada = Browser::new(&post.desk.desk).signed_in(&post.desk.session(post.ada));
    for (id, deed, for_ada, for_kim) in [
        ("2", "confirmation", StatusCode::OK, StatusCode::OK),
        ("3", "aside", StatusCode::NOT_FOUND, StatusCode::NOT_FOUND),
    ] {
        post.desk.takes_in(post.inbox, &with_file("Eve <eve@example.net>", id, &format!("plan {id}")));
        let page = post.page(number);
        let banner = &page.body[page.body.find("class=\"stranger\"").unwrap()..];
        let start = banner.find("/tickets/").unwrap();
        let file = banner[start..].split('"').next().unwrap().to_owned();
        assert!(file.contains("/attachments/"), "{file}");
        assert_eq!(post.kim.get(&file).body.trim(), format!("plan {id}"));
        assert_eq!(ada.get(&format!("/portal{file}")).status, StatusCode::NOT_FOUND, "before {deed}");
        let confirm = link(&page, &format!("/tickets/{number}/strangers/"));
        assert_eq!(post.kim.post(&confirm.replace("confirmation", deed), "").status, StatusCode::SEE_OTHER);
        assert_eq!(ada.get(&format!("/portal{file}")).status, for_ada, "after {deed}");
        assert_eq!(post.kim.get(&file).status, for_kim, "after {deed}");
    }
}

#[test]
fn a_file_of_a_reply_that_can_be_taken_back_is_not_there_outside_until_it_leaves() {
    let post = post();
    let number = post.desk.ticket_of(post.desk.takes_in(post.inbox, &first()));
    let ada = Browser::new(&post.desk.desk).signed_in(&post.desk.session(post.ada));
    let page = post.replies(number, "Hello");
    let undo = link(&page, &format!("/tickets/{number}/replies/"));
    let message = MessageId(undo.split('/').nth(4).unwrap().parse().unwrap());
    let file = post.desk.set_up(move |act| {
        let reply = store::outgoing::of_message(act.tx, message)?;
        let file = Attachment {
            id: AttachmentId(act.new_id()),
            ticket: reply[0].ticket.unwrap(),
            on: On::Message(message),
            name: "offer.pdf".to_owned(),
            mime: "application/pdf".to_owned(),
            size: 5,
            content: act.files.keep(b"offer").unwrap(),
            content_id: None,
            inline: false,
            created_at: act.now,
        };
        store::attachment::insert(act.tx, &file)?;
        Ok(file.id)
    });
    let address = format!("/tickets/{number}/attachments/{file}");
    assert_eq!(post.kim.get(&address).body, "offer");
    assert_eq!(ada.get(&format!("/portal{address}")).status, StatusCode::NOT_FOUND);
    post.desk.wait(SignedDuration::from_secs(10));
    assert_eq!(ada.get(&format!("/portal{address}")).body, "offer");
}

#[test]
fn a_file_in_a_folder_is_sent_whole_piece_by_piece() {
    let folder = tempfile::tempdir().unwrap();
    let mut desk = TestDesk::new();
    desk.desk = desk.desk.with_files(Files::in_folder(folder.path()));
    let post = post_at(desk);
    let number = post.desk.ticket_of(post.desk.takes_in(post.inbox, &first()));
    let long = "0123456789 and a few more letters in a line\r\n".repeat(20_000);
    post.desk.takes_in(post.inbox, &with_file("Ada <ada@example.org>", "2", &long));
    let page = post.page(number);
    let place = page.body.find("download=\"plan.txt\"").unwrap();
    let start = page.body[..place].rfind("/tickets/").unwrap();
    let file = post.kim.get(page.body[start..].split('"').next().unwrap());
    assert_eq!(file.body.trim_end(), long.trim_end());
    assert!(file.header("content-security-policy").contains("sandbox"));
    let image = post.page(number).body;
    let start = image.find(&format!("/tickets/{number}/attachments/")).unwrap();
    let image = image[start..].split('"').next().unwrap().replace("attachments", "images");
    assert_eq!(post.kim.get(&image).header("content-type"), "image/png", "its first bytes are read and sent");
}
