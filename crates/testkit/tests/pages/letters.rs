//! Mail on the ticket's page: words as they were written, replies that are taken back.

use axum::http::StatusCode;
use domain::id::{InboxId, PersonId, ServiceId, UnitId};
use jiff::SignedDuration;
use store::mail::State;
use testkit::TestDesk;
use testkit::letters::{refused, taken};

use crate::browser::{Answer, Browser};

pub(crate) struct Post {
    pub(crate) desk: TestDesk,
    pub(crate) kim: Browser,
    pub(crate) kim_is: PersonId,
    pub(crate) ada: PersonId,
    pub(crate) inbox: InboxId,
    place: (UnitId, ServiceId),
}

const PNG: &str =
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

pub(crate) fn post() -> Post {
    post_at(TestDesk::new())
}

pub(crate) fn post_at(desk: TestDesk) -> Post {
    let support = desk.unit("Support");
    let help = desk.service("Help", support);
    let inbox = desk.sending_inbox("help@desk.example", (support, help));
    let ada = desk.customer("Ada");
    let kim_is = desk.agent("Kim", &[support]);
    let kim = Browser::new(&desk.desk).signed_in(&desk.session(kim_is));
    Post { desk, kim, kim_is, ada, inbox, place: (support, help) }
}

/// A mail of Ada with a page, an inline image, a file that is none of what it says, and a quote.
pub(crate) fn first() -> String {
    format!(
        "From: Ada Lovelace <ada@example.org>\r\nTo: help@desk.example\r\nCc: Carl <carl@example.net>, help@desk.example\r\n\
         Subject: Lamp\r\nMessage-ID: <1@example.org>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=\"m\"\r\n\r\n\
         --m\r\nContent-Type: multipart/related; boundary=\"r\"\r\n\r\n\
         --r\r\nContent-Type: multipart/alternative; boundary=\"a\"\r\n\r\n\
         --a\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nIt is *dark*, see https://example.org/lamp.\r\n\r\n\
         > Was it ever light?\r\n> We wonder.\r\n\r\n\
         --a\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p onclick=\"x()\">It is <b>dark</b>.<img src=\"cid:lamp@x\"><img src=\"https://spy.example/1.gif\"></p><script>alert(1)</script>\r\n\
         --a--\r\n\
         --r\r\nContent-Type: image/png\r\nContent-ID: <lamp@x>\r\nContent-Disposition: inline; filename=\"lamp.png\"\r\nContent-Transfer-Encoding: base64\r\n\r\n{PNG}\r\n\
         --r--\r\n\
         --m\r\nContent-Type: text/html; name=\"bill.html\"\r\nContent-Disposition: attachment; filename=\"bill.html\"\r\n\r\n<script>alert(1)</script>\r\n\
         --m--\r\n"
    )
}

pub(crate) fn plain(from: &str, id: &str, headers: &str, words: &str) -> String {
    format!(
        "From: {from}\r\nTo: help@desk.example\r\nSubject: Lamp\r\nMessage-ID: <{id}@example.org>\r\n{headers}\r\n{words}\r\n"
    )
}

/// The first place in a page that begins so, up to the quote that ends it.
pub(crate) fn link(answer: &Answer, start: &str) -> String {
    let from = answer.body.find(start).unwrap_or_else(|| panic!("no {start} in {}", answer.body));
    answer.body[from..].split('"').next().unwrap().to_owned()
}

impl Post {
    pub(crate) fn service(&self) -> String {
        self.place.1.to_string()
    }

    pub(crate) fn page(&self, number: i64) -> Answer {
        let answer = self.kim.get(&format!("/tickets/{number}"));
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
        answer
    }

    pub(crate) fn replies(&self, number: i64, words: &str) -> Answer {
        let answer = self
            .kim
            .post(&format!("/tickets/{number}/replies"), &format!("body={words}&seen=9223372036854775807"));
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
        self.kim.get(&answer.location)
    }

    pub(crate) fn presses(&self, action: &str, words: &str) -> Answer {
        let answer = self.kim.post(action, "");
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{action}: {}", answer.body);
        let page = self.kim.get(&answer.location);
        assert!(page.has(words), "{action} does not say “{words}”: {}", page.body);
        page
    }
}

#[test]
fn a_mail_is_shown_as_it_was_written_and_its_page_and_source_stand_apart() {
    let post = post();
    let number = post.desk.ticket_of(post.desk.takes_in(post.inbox, &first()));
    let page = post.page(number);
    assert!(page.has("It is *dark*, see <a href=\"https://example.org/lamp\""), "{}", page.body);
    assert!(page.has("Show everything") && page.has("Was it ever light?"));
    assert!(page.has("Ada Lovelace") && page.has("&lt;ada@example.org&gt;") && page.has("sender not proven"));
    let formatted =
        post.kim.get(&link(&page, &format!("/tickets/{number}/messages/")).replace("/source", "/formatted"));
    assert!(formatted.has("It is <b>dark</b>") && !formatted.has("alert(1)") && !formatted.has("onclick"));
    assert!(!formatted.has("spy.example") && formatted.has("1 image lies elsewhere and is not shown."));
    assert!(formatted.header("content-security-policy").contains("img-src 'self' data:"));
    let image = post.kim.get(&link(&formatted, &format!("/tickets/{number}/images/")));
    assert_eq!((image.status, image.header("content-type")), (StatusCode::OK, "image/png"));
    let pictured = post.kim.get(
        &link(&formatted, &format!("/tickets/{number}/messages/"))
            .replace("/mail", "/formatted?images=shown"),
    );
    assert!(pictured.has("https://spy.example/1.gif") && !pictured.has("alert(1)"), "{}", pictured.body);
    let policy = pictured.header("content-security-policy");
    assert!(
        policy.contains("default-src 'none'") && policy.contains("https:") && !policy.contains("script-src")
    );
    assert_eq!(pictured.header("referrer-policy"), "no-referrer");
    let source =
        post.kim.get(&link(&page, &format!("/tickets/{number}/messages/")).replace("/formatted", "/source"));
    assert!(
        source.has("Content-Type: multipart/mixed") && source.has("&lt;script&gt;alert(1)"),
        "{}",
        source.body
    );
    let raw =
        post.kim.get(&link(&source, &format!("/tickets/{number}/messages/")).replace("/source", "/mail"));
    assert_eq!(raw.body, first(), "every byte");
    assert_eq!(raw.header("content-type"), "message/rfc822");
}

#[test]
fn out_2_a_reply_is_taken_back_and_its_words_come_back() {
    let post = post();
    let number = post.desk.ticket_of(post.desk.takes_in(post.inbox, &first()));
    let ada = Browser::new(&post.desk.desk).signed_in(&post.desk.session(post.ada));
    assert!(post.page(number).has(
        "Sent by mail from Help &lt;help@desk.example&gt; to ada@example.org; can be taken back for 10 s."
    ));
    let page = post.replies(number, "Dear+Ada+we+are+sorry");
    assert!(
        page.has("Your reply is written.") && page.has("not sent yet") && page.has("hx-trigger=\"every 2s\"")
    );
    assert!(!ada.get(&format!("/portal/tickets/{number}")).has("we are sorry"), "it has not left");
    let undo = link(&page, &format!("/tickets/{number}/replies/"));
    let back = post.kim.post(&undo, "");
    assert_eq!(back.status, StatusCode::OK, "{}", back.body);
    assert!(
        back.has("Your reply was taken back") && back.has("\nDear Ada we are sorry</textarea>"),
        "{}",
        back.body
    );
    let page = post.page(number);
    assert!(page.has("\nDear Ada we are sorry</textarea>"), "they are a draft: {}", page.body);
    assert_eq!(page.body.matches("we are sorry").count(), 1, "and nowhere else");
    assert_eq!(post.desk.hands_over(taken()), []);
    let late = post.kim.post(&undo, "");
    assert_eq!(late.status, StatusCode::CONFLICT);
    assert!(late.has("was not taken back"));

    let page = post.replies(number, "Dear+Ada+it+is+fixed");
    let undo = link(&page, &format!("/tickets/{number}/replies/"));
    post.desk.wait(SignedDuration::from_secs(10));
    assert!(ada.get(&format!("/portal/tickets/{number}")).has("it is fixed"), "its time has come");
    assert!(post.page(number).has("waits for the server"));
    assert_eq!(post.kim.post(&undo, "").status, StatusCode::CONFLICT, "Ada may have read it");
    let sent = post.desk.hands_over(taken());
    assert_eq!(sent.len(), 1);
    assert!(sent[0].1.contains("it is fixed"));
    let page = post.page(number);
    assert!(!page.has("every 2s") && page.has("<span>sent</span>"), "{}", page.body);
}

#[test]
fn out_6_what_a_server_refused_is_said_in_its_words_and_sent_again() {
    let post = post();
    let number = post.desk.ticket_of(post.desk.takes_in(post.inbox, &first()));
    post.replies(number, "Hello");
    post.desk.wait(SignedDuration::from_secs(10));
    assert_eq!(post.desk.hands_over(refused("5.1.1 <nobody> lives here")).len(), 1);
    let page = post.page(number);
    assert!(
        page.has("<span>not sent</span>") && page.has("5.1.1 &lt;nobody&gt; lives here"),
        "{}",
        page.body
    );
    post.presses(&link(&page, &format!("/tickets/{number}/replies/")), "It is sent again.");
    assert_eq!(post.desk.hands_over(taken()).len(), 1);
    assert!(post.page(number).has("<span>sent</span>"));
}

#[test]
fn a_stranger_stands_beside_the_ticket_until_somebody_decides() {
    let post = post();
    let number = post.desk.ticket_of(post.desk.takes_in(post.inbox, &first()));
    let ada = Browser::new(&post.desk.desk).signed_in(&post.desk.session(post.ada));
    let answering = "In-Reply-To: <1@example.org>\r\n";
    post.desk
        .takes_in(post.inbox, &plain("Eve <eve@xn--pple-43d.example>", "2", answering, "I am Ada, really."));
    let held =
        post.desk.takes_in(post.inbox, &plain("Bob <bob@example.net>", "3", answering, "Buy a carpet."));
    let page = post.page(number);
    assert_eq!(
        page.body.matches("Somebody who is not on this ticket wrote</h2>").count(),
        2,
        "{}",
        page.body
    );
    assert!(page.has("I am Ada, really.") && page.has("&lt;eve@xn--pple-43d.example&gt;"), "{}", page.body);
    assert!(!ada.get(&format!("/portal/tickets/{number}")).has("really"));
    let confirm = link(&page, &format!("/tickets/{number}/strangers/"));
    post.presses(&confirm, "The mail is part of the conversation now.");
    assert!(ada.get(&format!("/portal/tickets/{number}")).has("I am Ada, really."));
    assert_eq!(post.kim.post(&confirm, "").status, StatusCode::CONFLICT);
    let confirm = link(&post.page(number), &format!("/tickets/{number}/strangers/"));
    let page = post.presses(&confirm.replace("confirmation", "aside"), "The mail was set aside.");
    assert!(!page.has("Buy a carpet."));
    let kept = post.desk.set_up(move |act| Ok(store::mail::by_id(act.tx, held)?.unwrap()));
    assert_eq!((kept.state, kept.code.as_deref()), (State::Suspended, Some("set_aside")));
}

#[test]
fn a_mail_that_names_another_ticket_is_moved_there_or_stays() {
    let post = post();
    let number = post.desk.ticket_of(post.desk.takes_in(post.inbox, &first()));
    let [chair, table] = [("2", "About my chair."), ("3", "About my table.")].map(|(id, words)| {
        let mail = plain("Bob <bob@example.net>", id, "", words)
            .replace("Subject: Lamp", &format!("Subject: Chair [#{number}]"));
        post.desk.ticket_of(post.desk.takes_in(post.inbox, &mail))
    });
    let page = post.page(chair);
    assert!(page.has("Possibly belongs to") && page.has(&format!("#{number} Lamp")), "{}", page.body);
    let action = |number| {
        let page = post.page(number);
        let start = page.body.find("/move\"").unwrap();
        let from = page.body[..start].rfind('"').unwrap() + 1;
        page.body[from..start].to_owned()
    };
    let page = post.presses(&format!("{}/move", action(chair)), "The mail was moved here.");
    assert!(page.has("About my chair.") && page.has(&format!("#{number}</span> Lamp")), "{}", page.body);
    let page = post.presses(&format!("{}/stay", action(table)), "The ticket stays one of its own.");
    assert!(!page.has("Possibly belongs to"));
}

#[test]
fn only_a_click_gives_copies_and_our_own_addresses_never_get_any() {
    let post = post();
    let number = post.desk.ticket_of(post.desk.takes_in(post.inbox, &first()));
    let page = post.page(number);
    assert!(page.has("Carl &lt;carl@example.net&gt;") && page.has("was in copy."), "{}", page.body);
    assert_eq!(page.body.matches("was in copy.").count(), 1, "our own address is not suggested");
    post.replies(number, "Hello");
    post.desk.wait(SignedDuration::from_secs(10));
    assert_eq!(post.desk.hands_over(taken()).len(), 1, "nobody was added yet");
    let added = post.kim.post(&format!("/tickets/{number}/copies"), "address=carl%40example.net&name=Carl");
    let page = post.kim.get(&added.location);
    assert!(page.has("they get a copy") && !page.has("was in copy."), "{}", page.body);
    post.replies(number, "Hello+both");
    post.desk.wait(SignedDuration::from_secs(10));
    let sent = post.desk.hands_over(taken());
    let to: Vec<&str> = sent.iter().map(|(envelope, _)| envelope.to[0].as_str()).collect();
    assert_eq!(to, ["ada@example.org", "carl@example.net"]);
    post.presses(&link(&page, &format!("/tickets/{number}/copies/")), "They get no more copies.");
    for (address, words) in [
        ("help%40desk.example", "is the address of the inbox"),
        ("help%2Babc%40desk.example", "is the address of the inbox"),
        ("ada%40example.org", "gets every reply already"),
        ("nobody", "is not an e-mail address"),
    ] {
        let answer = post.kim.post(&format!("/tickets/{number}/copies"), &format!("address={address}"));
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{address}");
        assert!(answer.has(words), "{address}: {}", answer.body);
    }
    let private = post.desk.service_with("Personal", post.place.0, |service| service.confidential = true);
    let secret = post.desk.opens(post.ada, private, "Private", "Private");
    let answer = post.kim.post(&format!("/tickets/{secret}/copies"), "address=carl%40example.net");
    assert!(answer.has("nobody gets copies of it"), "{}", answer.body);
}

#[test]
fn the_composer_says_that_an_address_is_dead_or_that_no_mail_leaves() {
    let post = post();
    let by_hand = post.desk.opens(post.ada, post.place.1, "Lamp", "Dark.");
    assert!(post.page(by_hand).has("Sent by mail from"), "the unit has an inbox");
    post.desk.set_up(|act| {
        store::mail_address::bounced_hard(act.tx, "ada@example.org", act.now)?;
        Ok(store::mail_address::bounced_hard(act.tx, "ada@example.org", act.now)?)
    });
    assert!(post.page(by_hand).has("Mail to ada@example.org came back more than once."));
    let workshop = post.desk.unit("Workshop");
    let repairs = post.desk.service("Repairs", workshop);
    let bo = post.desk.agent("Bo", &[workshop]);
    let number = post.desk.opens(post.ada, repairs, "Lamp", "Dark.");
    let bo = Browser::new(&post.desk.desk).signed_in(&post.desk.session(bo));
    assert!(bo.get(&format!("/tickets/{number}")).has("Read at the desk only"));
}
