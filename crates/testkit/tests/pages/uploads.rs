//! Files that people add to what they write: kept with their words, whatever is refused, and theirs alone until then.

use axum::http::StatusCode;
use domain::id::PersonId;
use jiff::SignedDuration;
use store::upload::Audience;
use testkit::TestDesk;

use crate::browser::{Answer, Browser};
use crate::letters::{Post, first, link, post};

const LATEST: (&str, &str) = ("seen", "9223372036854775807");

struct Stage {
    post: Post,
    number: i64,
    ada: Browser,
}

fn stage() -> Stage {
    let post = post();
    let number = post.desk.ticket_of(post.desk.takes_in(post.inbox, &first()));
    let ada = Browser::new(&post.desk.desk).signed_in(&post.desk.session(post.ada));
    Stage { post, number, ada }
}

impl Stage {
    fn replies(&self, words: &[(&str, &str)], files: &[(&str, &[u8])]) -> Answer {
        let words: Vec<_> = words.iter().copied().chain([LATEST]).collect();
        self.post.kim.post_files(&format!("/tickets/{}/replies", self.number), &words, files)
    }
}

/// Where the file of that name is saved.
fn saved_at(page: &Answer, name: &str) -> String {
    let end = page
        .body
        .find(&format!("download=\"{name}\""))
        .unwrap_or_else(|| panic!("no {name} in {}", page.body));
    let start = page.body[..end].rfind("href=\"").unwrap() + 6;
    page.body[start..].split('"').next().unwrap().to_owned()
}

/// The number of a file that a form lists as kept.
fn kept(page: &Answer) -> String {
    let start =
        page.body.find("name=\"upload\" value=\"").unwrap_or_else(|| panic!("nothing kept: {}", page.body));
    page.body[start + 21..].split('"').next().unwrap().to_owned()
}

#[test]
fn a_reply_carries_files_and_they_are_inert_and_there_when_it_has_left() {
    let stage = stage();
    let answer =
        stage.replies(&[("body", "See the page.")], &[("../evil\u{202e}.html", b"<script>1</script>")]);
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    let page = stage.post.page(stage.number);
    let place = saved_at(&page, "evil.html");
    let file = stage.post.kim.get(&place);
    assert_eq!(file.body, "<script>1</script>");
    assert_eq!(file.header("content-type"), "application/octet-stream");
    assert!(file.header("content-security-policy").contains("sandbox"));
    assert_eq!(
        stage.ada.get(&format!("/portal{place}")).status,
        StatusCode::NOT_FOUND,
        "it can be taken back"
    );
    stage.post.desk.wait(SignedDuration::from_secs(11));
    assert_eq!(stage.ada.get(&format!("/portal{place}")).body, "<script>1</script>");
    assert!(stage.ada.get(&format!("/portal/tickets/{}", stage.number)).has("evil.html"));
}

#[test]
fn a_file_that_is_too_large_is_named_and_everything_else_is_kept() {
    let stage = stage();
    let large = vec![b'x'; 25_000_001];
    let words = [("body", "My long words."), ("after", "wait")];
    let refused = stage.replies(&words, &[("large.txt", &large), ("small.txt", b"small")]);
    assert_eq!(refused.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert!(
        refused.has("“large.txt” is larger than 25 MB and was not kept. Everything else was."),
        "{}",
        refused.body
    );
    assert!(
        refused.has("\nMy long words.</textarea>") && refused.has("name=\"after\" value=\"wait\" data-send")
    );
    assert!(!stage.post.page(stage.number).has("My long words."), "nothing was sent");
    let id = kept(&refused);
    let again = stage.replies(&[("body", "My long words."), ("upload", &id)], &[]);
    assert_eq!(again.status, StatusCode::SEE_OTHER, "{}", again.body);
    let page = stage.post.page(stage.number);
    assert_eq!(stage.post.kim.get(&saved_at(&page, "small.txt")).body, "small");
}

#[test]
fn too_long_a_form_is_refused_before_its_files_are_read_and_its_words_are_kept() {
    let stage = stage();
    let address = format!("/tickets/{}/replies", stage.number);
    let words = [("body", "My long words."), LATEST];
    let refused = stage.post.kim.announcing(60_000_000).post_files(&address, &words, &[("a.txt", b"a")]);
    assert_eq!(refused.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert!(refused.has("larger than 50 MB. None of them was kept; your text was."), "{}", refused.body);
    assert!(refused.has("\nMy long words.</textarea>") && !refused.has("name=\"upload\""));
    let bare = stage.post.kim.announcing(60_000_000).post_files(&address, &[("csrf_token", "another")], &[]);
    assert_eq!(bare.status, StatusCode::PAYLOAD_TOO_LARGE, "only the announcement came");
}

#[test]
fn at_most_ten_files_fit_and_the_others_are_named() {
    let stage = stage();
    let names: Vec<String> = (0..12).map(|n| format!("{n}.txt")).collect();
    let files: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), name.as_bytes())).collect();
    let refused = stage.replies(&[("body", "Many.")], &files);
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.has("At most 10 files fit on one message."), "{}", refused.body);
    assert_eq!(refused.body.matches("name=\"upload\"").count(), 10);
    assert!(refused.has("\nMany.</textarea>"));
}

#[test]
fn a_file_is_for_one_kind_of_reader_for_life_and_for_its_sender_alone() {
    let stage = stage();
    let note = stage.post.kim.upload("note", "inside.txt", b"inside");
    assert_eq!(note.status, StatusCode::OK, "{}", note.body);
    let inside = kept(&note);
    let refused = stage.replies(&[("body", "Oops."), ("upload", &inside)], &[]);
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.has("not there any more") && refused.has("\nOops.</textarea>"), "{}", refused.body);
    let address = format!("/portal/tickets/{}/replies", stage.number);
    let stolen = stage.ada.post_files(&address, &[("body", "Mine."), LATEST, ("upload", &inside)], &[]);
    assert_eq!(stolen.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(!stolen.has("inside.txt"), "{}", stolen.body);
    assert_eq!(stage.ada.post(&format!("/uploads/{inside}/removal"), "").status, StatusCode::NOT_FOUND);
    let noted = stage.post.kim.post_files(
        &format!("/tickets/{}/notes", stage.number),
        &[("body", "Between us."), ("upload", &inside)],
        &[("more.txt", b"more")],
    );
    assert_eq!(noted.status, StatusCode::SEE_OTHER, "{}", noted.body);
    let page = stage.post.page(stage.number);
    for name in ["inside.txt", "more.txt"] {
        let place = saved_at(&page, name);
        assert_eq!(stage.post.kim.get(&place).status, StatusCode::OK);
        assert_eq!(stage.ada.get(&format!("/portal{place}")).status, StatusCode::NOT_FOUND, "{name}");
    }
    let used = stage.replies(&[("body", "Again."), ("upload", &inside)], &[]);
    assert_eq!(used.status, StatusCode::UNPROCESSABLE_ENTITY, "it hangs on the note");
}

#[test]
fn a_form_with_files_that_is_sent_twice_acts_once() {
    let stage = stage();
    for _ in 0..2 {
        let answer = stage.replies(&[("once", "k1"), ("body", "Only once.")], &[("a.txt", b"a")]);
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    }
    assert_eq!(stage.post.page(stage.number).body.matches("Only once.").count(), 1);
    let other = stage.replies(&[("once", "k1"), ("body", "Only once.")], &[("a.txt", b"b")]);
    assert_eq!(other.status, StatusCode::SEE_OTHER);
    assert_eq!(
        stage.post.page(stage.number).body.matches("Only once.").count(),
        2,
        "another file is another form"
    );
}

#[test]
fn a_file_is_listed_as_it_comes_taken_off_again_and_refused_when_it_is_too_large() {
    let stage = stage();
    let line = stage.post.kim.upload("message", "gr%C3%BC%C3%9Fe.txt", b"hello");
    assert!(line.has("grüße.txt") && line.has("5 B"), "{}", line.body);
    let id = kept(&line);
    let removed = stage.post.kim.post(&format!("/uploads/{id}/removal"), "");
    assert_eq!(removed.status, StatusCode::NO_CONTENT);
    assert_eq!(stage.post.kim.post(&format!("/uploads/{id}/removal"), "").status, StatusCode::NOT_FOUND);
    let large = stage.post.kim.announcing(25_000_001).upload("message", "large.bin", b"");
    assert_eq!(large.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert_eq!(large.body, "“large.bin” is larger than 25 MB and was not kept. Everything else was.");
    let unknown = stage.post.kim.upload("everybody", "a.txt", b"a");
    assert_eq!(unknown.status, StatusCode::NOT_FOUND);
}

#[test]
fn requesters_open_and_answer_with_files() {
    let stage = stage();
    let service = stage.post.service();
    let asked = [
        ("service", service.as_str()),
        ("kind", "request"),
        ("subject", "A new lamp"),
        ("body", "As in the picture."),
        ("impact", "low"),
        ("urgency", "low"),
    ];
    let address = format!("/portal/tickets/new?service={service}");
    let mut without: Vec<_> = asked.to_vec();
    without[2].1 = "";
    let back = stage.ada.post_files(&address, &without, &[("lamp.png", b"\x89PNG\r\n\x1a\n")]);
    assert_eq!(back.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(back.has("lamp.png") && back.has("As in the picture."), "{}", back.body);
    let id = kept(&back);
    let words: Vec<_> = asked.iter().copied().chain([("upload", id.as_str())]).collect();
    let opened = stage.ada.post_files(&address, &words, &[("bill.pdf", b"%PDF-1.7")]);
    assert_eq!(opened.status, StatusCode::SEE_OTHER, "{}", opened.body);
    let page = stage.ada.get(&opened.location);
    assert!(page.has("lamp.png") && page.has("bill.pdf"));
    let place = saved_at(&page, "bill.pdf");
    assert_eq!(stage.ada.get(&place).body, "%PDF-1.7");
    let replies = format!("{}/replies", opened.location.split('?').next().unwrap());
    let answered = stage.ada.post_files(&replies, &[("body", "One more."), LATEST], &[("more.txt", b"more")]);
    assert_eq!(answered.status, StatusCode::SEE_OTHER, "{}", answered.body);
    let inside = stage.post.kim.get(&replies.replace("/portal", "").replace("/replies", ""));
    assert_eq!(stage.post.kim.get(&saved_at(&inside, "more.txt")).body, "more");
}

#[test]
fn a_hand_off_is_asked_and_delivered_with_files_and_its_asker_lists_them() {
    let desk = TestDesk::new();
    let (support, stock) = (desk.unit("Support"), desk.unit("Stock"));
    let (help, parts) = (desk.service("Help", support), desk.service("Parts", stock));
    let (ada, kim, bo) = (desk.customer("Ada"), desk.agent("Kim", &[support]), desk.agent("Bo", &[stock]));
    let number = desk.opens(ada, help, "Lamp", "It is dark.");
    desk.takes(kim, number);
    let browser = |person: PersonId| Browser::new(&desk.desk).signed_in(&desk.session(person));
    let (as_kim, as_bo, as_ada) = (browser(kim), browser(bo), browser(ada));
    let service = parts.to_string();
    let asked = [("service", service.as_str()), ("subject", "A bulb"), ("body", "This one.")];
    let answer = as_kim.post_files(&format!("/tickets/{number}/handoffs"), &asked, &[("bulb.txt", b"bulb")]);
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    let handoff = number + 1;
    let inside = as_bo.get(&format!("/tickets/{handoff}"));
    assert_eq!(as_bo.get(&saved_at(&inside, "bulb.txt")).body, "bulb");
    let empty =
        as_bo.post_files(&format!("/tickets/{handoff}/delivery"), &[("body", " ")], &[("slip.txt", b"slip")]);
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    let id = kept(&empty);
    let delivered = [("body", "Here it is."), ("upload", id.as_str())];
    let answer = as_bo.post_files(&format!("/tickets/{handoff}/delivery"), &delivered, &[]);
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    let asking = as_kim.get(&format!("/tickets/{handoff}"));
    for (name, words) in [("bulb.txt", "bulb"), ("slip.txt", "slip")] {
        let place = saved_at(&asking, name);
        assert_eq!(as_kim.get(&place).body, words);
        assert_eq!(as_ada.get(&place).status, StatusCode::NOT_FOUND);
        assert_eq!(as_ada.get(&format!("/portal{place}")).status, StatusCode::NOT_FOUND);
    }
    let answer = as_kim.post_files(
        &format!("/tickets/{handoff}/replies"),
        &[("body", "Thank you."), LATEST],
        &[("thanks.txt", b"thanks")],
    );
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    assert_eq!(as_bo.get(&saved_at(&as_bo.get(&format!("/tickets/{handoff}")), "thanks.txt")).body, "thanks");
}

#[test]
fn a_reply_taken_back_comes_back_with_its_files_and_with_what_was_to_happen() {
    let stage = stage();
    let sent = stage.replies(&[("body", "Solved, I think."), ("after", "solve")], &[("plan.txt", b"plan")]);
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
    let page = stage.post.page(stage.number);
    let place = saved_at(&page, "plan.txt");
    let back = stage.post.kim.post(&link(&page, &format!("/tickets/{}/replies/", stage.number)), "");
    assert!(
        back.has("\nSolved, I think.</textarea>") && back.has("name=\"after\" value=\"solve\" data-send"),
        "{}",
        back.body
    );
    assert!(back.has("plan.txt"), "{}", back.body);
    assert_eq!(stage.post.kim.get(&place).status, StatusCode::NOT_FOUND, "it hangs on nothing");
    let id = kept(&back);
    let again = stage.replies(&[("body", "Solved."), ("after", "solve"), ("upload", &id)], &[]);
    assert_eq!(again.status, StatusCode::SEE_OTHER, "{}", again.body);
    assert_eq!(stage.post.kim.get(&saved_at(&stage.post.page(stage.number), "plan.txt")).body, "plan");
}

#[test]
fn what_a_reply_did_shows_outside_when_the_reply_has_left() {
    let stage = stage();
    let address = format!("/portal/tickets/{}", stage.number);
    assert!(stage.ada.get(&address).has("We are working on it"));
    for (after, words) in [("solve", "Solved: is it?"), ("wait", "Your answer is needed")] {
        let number = stage.post.desk.ticket_of(stage.post.desk.takes_in(stage.post.inbox, &second(after)));
        let address = format!("/portal/tickets/{number}");
        let before = stage.ada.get(&address).body;
        let list = stage.ada.get("/portal").body;
        let sent = stage.post.kim.post(
            &format!("/tickets/{number}/replies"),
            &format!("body=Done&after={after}&seen=9223372036854775807"),
        );
        assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
        assert_eq!(
            without_keys(&stage.ada.get(&address).body),
            without_keys(&before),
            "while it can be taken back"
        );
        assert_eq!(stage.ada.get("/portal").body, list, "in the list, too");
        let api = stage.ada.get(&format!("/api/v1/tickets/{number}"));
        assert!(api.has("\"state\":\"open\"") && !api.has("Done"), "{}", api.body);
        stage.post.desk.wait(SignedDuration::from_secs(11));
        let page = stage.ada.get(&address);
        assert!(page.has("Done") && page.has(words), "{words}: {}", page.body);
        assert!(!before.contains(words), "{before}");
        assert_ne!(stage.ada.get("/portal").body, list);
    }
}

fn second(id: &str) -> String {
    format!(
        "From: Ada <ada@example.org>\r\nTo: help@desk.example\r\nSubject: Lamp {id}\r\nMessage-ID: <{id}@example.org>\r\n\r\nDark.\r\n"
    )
}

/// Each form has a key of its own.
fn without_keys(page: &str) -> String {
    let mut pieces = page.split("name=\"once\" value=\"");
    let first = pieces.next().unwrap_or_default().to_owned();
    pieces.fold(first, |page, piece| page + piece.split_once('"').map_or("", |(_, rest)| rest))
}

#[test]
fn somebody_elses_unused_file_is_not_shown_in_a_form() {
    let stage = stage();
    let others = stage.post.desk.sends_file(stage.post.ada, Audience::Message, "private.txt", b"private").id;
    let answer = stage.replies(&[("body", " "), ("upload", &others.to_string())], &[]);
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(!answer.has("private.txt"));
}

#[test]
fn a_picture_stands_in_the_text_that_names_it_for_both_sides() {
    let stage = stage();
    let line = stage.post.kim.upload("message", "lamp.png", b"\x89PNG\r\n\x1a\nrest");
    let shows = line.body.split("data-shows=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let body = format!("Like this: ![lamp](cid:{shows})");
    let sent = stage.replies(&[("body", &body), ("upload", &kept(&line))], &[]);
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
    stage.post.desk.wait(SignedDuration::from_secs(11));
    for (browser, place) in [(&stage.post.kim, ""), (&stage.ada, "/portal")] {
        let page = browser.get(&format!("{place}/tickets/{}", stage.number));
        let image = link(&page, &format!("{place}/tickets/{}/images/", stage.number));
        assert!(page.has(&format!("Like this: <img src=\"{image}\"")), "{}", page.body);
        assert_eq!(browser.get(&image).header("content-type"), "image/png");
    }
    let other = Browser::new(&stage.post.desk.desk)
        .signed_in(&stage.post.desk.session(stage.post.desk.customer("Olga")));
    let page = stage.ada.get(&format!("/portal/tickets/{}", stage.number));
    let image = link(&page, &format!("/portal/tickets/{}/images/", stage.number));
    assert_eq!(other.get(&image).status, StatusCode::NOT_FOUND);
}
