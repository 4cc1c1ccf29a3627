//! What pages show of trust: messages that are held, ids that were used before, checks and their absence.

use axum::http::StatusCode;
use mail::authentic::Check;
use testkit::TestDesk;
use testkit::senders::Vouching;

use crate::browser::Browser;
use crate::letters::{link, plain, post, post_at};

const PROOF: &str = "Confirm your account: https://saas.example/confirm/9f2c4e7ab01d4c7f8e21";

#[test]
fn m3_the_portal_shows_a_held_message_only_after_an_agent_pressed_the_button() {
    let post = post();
    let proof = plain("Ada <ada@example.org>", "1", "", PROOF)
        .replace("Subject: Lamp", "Subject: Your code is 481205");
    let number = post.desk.ticket_of(post.desk.takes_in(post.inbox, &proof));
    let ada = Browser::new(&post.desk.desk).signed_in(&post.desk.session(post.ada));
    let portal = format!("/portal/tickets/{number}");
    for place in [&portal, "/portal", &format!("/api/v1/tickets/{number}")] {
        let seen = ada.get(place);
        assert!(!seen.has("9f2c4e7ab01d") && !seen.has("481205"), "{place}: {}", seen.body);
    }
    let page = post.page(number);
    assert!(page.has("Only those who serve this ticket see this message"), "{}", page.body);
    assert!(page.has("9f2c4e7ab01d4c7f8e21"));
    let button = page.body.find("/release\"").unwrap();
    let from = page.body[..button].rfind('"').unwrap() + 1;
    let release = page.body[from..button].to_owned() + "/release";
    assert_eq!(ada.post(&release, "").status, StatusCode::NOT_FOUND);
    assert!(!ada.get(&portal).has("9f2c4e7ab01d"));
    let answer = post.kim.post(&release, "");
    assert!(
        post.kim.get(&answer.location).has("The requester&#39;s side sees the message now.")
            || post.kim.get(&answer.location).has("The requester's side sees the message now.")
    );
    assert!(ada.get(&portal).has("9f2c4e7ab01d4c7f8e21"));
    assert_eq!(post.kim.post(&release, "").status, StatusCode::CONFLICT);
}

#[test]
fn m13_an_agent_is_told_of_an_id_that_was_used_before() {
    let post = post();
    post.desk.takes_in(post.inbox, &plain("eve@evil.example", "1", "", "I was first."));
    let number = post
        .desk
        .ticket_of(post.desk.takes_in(post.inbox, &plain("ada@example.org", "1", "", "It is dark.")));
    assert!(post.page(number).has("Another mail with the same Message-ID came before, with other content."));
}

#[test]
fn m21_no_badge_says_signed_but_for_what_we_checked_ourselves() {
    let vouching = Vouching::says(Check::Pass, Check::Pass);
    let post = post_at(TestDesk::new().checked_by(&vouching));
    let claims = "X-PGP-Sig: good\r\nAuthentication-Results: mx.desk.example; dmarc=pass header.from=example.org\r\n\
                  MIME-Version: 1.0\r\nContent-Type: multipart/signed; protocol=\"application/pgp-signature\"; boundary=s\r\n";
    let body = "--s\r\nContent-Type: text/plain\r\n\r\nHello.\r\n--s\r\nContent-Type: application/pgp-signature\r\n\r\n\
                -----BEGIN PGP SIGNATURE-----\r\n\r\nAAAA\r\n-----END PGP SIGNATURE-----\r\n--s--";
    let claimed =
        post.desk.ticket_of(post.desk.takes_in(post.inbox, &plain("ada@example.org", "1", claims, body)));
    let page = post.page(claimed);
    assert!(page.has("sender not proven") && !page.has("sender proven"), "{}", page.body);
    assert!(!page.has("DKIM"), "nobody looked");
    let signed = "DKIM-Signature: v=1; d=example.org\r\n";
    let proven =
        post.desk.ticket_of(post.desk.takes_in(post.inbox, &plain("ada@example.org", "2", signed, "Hello.")));
    let page = post.page(proven);
    assert!(page.has("sender proven") && page.has("DKIM good, SPF –, DMARC good"), "{}", page.body);
    assert!(link(&page, &format!("/tickets/{proven}/messages/")).contains("/source"));
}
