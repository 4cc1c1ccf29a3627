//! Replies take their files along, or say where they are; what nobody sends is forgotten.

use desk::outbox;
use desk::reply::Then;
use desk::words::{Body, Saying};
use domain::id::{MessageId, PersonId, UploadId};
use jiff::SignedDuration;
use store::attachment::On;
use store::outgoing::State;
use store::upload::Audience;
use testkit::TestDesk;
use testkit::post::{Bag, Left};

use crate::letters::{Office, after_undo, is_clean, letter, number, office, state};

struct Stage {
    office: Office,
    bag: Bag,
    number: i64,
}

fn stage(desk: &TestDesk) -> Stage {
    let office = office(desk);
    let mut bag = Bag::default();
    let first = letter("Anna Berg <anna@example.net>", "one", "The lamp", "", "It flickers.");
    let number = number(desk, desk.receives(office.inbox, &first).ticket);
    while desk.sends(&mut bag) > 0 {}
    bag.left.clear();
    Stage { office, bag, number }
}

fn replies(
    desk: &TestDesk,
    kim: PersonId,
    number: i64,
    words: &str,
    files: Vec<UploadId>,
    then: Then,
) -> MessageId {
    let body = Body::parse(words).unwrap();
    desk.with(kim, number, move |act, seen| {
        let saying = Saying { body: &body, files: &files };
        desk::reply::serve(act, seen.serve().unwrap(), saying, then)
    })
    .unwrap()
}

fn names(left: &Left) -> Vec<(String, String, u64)> {
    let files = left.message.attachments.iter();
    files.map(|file| (file.filename.clone(), file.mime.clone(), file.size)).collect()
}

const PNG: &[u8] = b"\x89PNG\r\n\x1a\nnot much of a picture";

/// Out: what hangs on a reply goes with each of its mails, and what the text shows stands in it.
pub(crate) fn a_reply_takes_its_files_along(desk: &TestDesk) {
    let Stage { office, mut bag, number } = stage(desk);
    desk.with(office.kim, number, |act, seen| {
        desk::copies::add(act, seen.serve().unwrap(), "carl@example.net", None)
    })
    .unwrap();
    let kim = office.kim;
    let plan = desk.sends_file(kim, Audience::Message, "Größe \"A\".txt", b"From.\n.\nbare lines\r\n");
    let shown = desk.sends_file(kim, Audience::Message, "lamp.png", PNG);
    let words = format!("As you see:\n\n![the lamp](cid:{})\n", shown.content_id);
    replies(desk, kim, number, &words, vec![plan.id, shown.id], Then::Stay);
    after_undo(desk, &mut bag);
    assert_eq!(bag.left.len(), 2, "Anna and Carl");
    for left in &bag.left {
        let found = names(left);
        assert_eq!(found.len(), 2, "{}", left.raw);
        assert!(
            found.contains(&("Größe \"A\".txt".to_owned(), "application/octet-stream".to_owned(), 20)),
            "{found:?}"
        );
        let picture = left.message.attachments.iter().find(|file| file.mime == "image/png").unwrap();
        assert_eq!((picture.inline, picture.content_id.as_deref()), (true, Some(shown.content_id.as_str())));
        assert_eq!((picture.sha256, picture.size), (shown.content, PNG.len() as u64));
        let html = left.message.html.as_ref().unwrap().as_str();
        assert!(html.contains(&format!("cid:{}", shown.content_id)), "{html}");
        assert!(left.raw.contains("multipart/related") && left.raw.contains("multipart/mixed"));
    }
    is_clean(desk);
}

/// Out: a mail above the limit of its inbox goes without what does not fit, and says so.
pub(crate) fn files_that_do_not_fit_are_named_with_the_way_to_them(desk: &TestDesk) {
    let Stage { office, mut bag, number } = stage(desk);
    let (inbox, kim) = (office.inbox, office.kim);
    desk.set_up(move |act| Ok(store::inbox::set_most_bytes(act.tx, inbox, 200_000)?));
    let sends = |desk: &TestDesk| {
        let large = desk.sends_file(kim, Audience::Message, "all_of_*it*.bin", &[7; 150_000]).id;
        let small = desk.sends_file(kim, Audience::Message, "some.bin", &[8; 50_000]).id;
        replies(desk, kim, number, "See both.", vec![large, small], Then::Stay);
    };
    sends(desk);
    after_undo(desk, &mut bag);
    let left = bag.left.pop().unwrap();
    assert_eq!(names(&left).len(), 1, "the one that fits");
    assert!(left.raw.len() < 200_000);
    let text = left.message.text.clone().unwrap();
    assert!(text.contains("Files that did not fit into this mail"), "{text}");
    assert!(text.contains("all_of_\\*it\\*.bin (0.2 MB)") && text.contains("Reply to this mail"), "{text}");
    assert!(!text.contains("http") && !text.contains("some.bin"), "nobody said where the desk is: {text}");

    desk.set_up(|act| desk::base_url::set(act, &desk::ByDesk, "https://desk.example.org"));
    sends(desk);
    after_undo(desk, &mut bag);
    let text = bag.left.pop().unwrap().message.text.unwrap();
    assert!(text.contains("Reply to this mail"), "Anna cannot sign in: {text}");

    let anna = desk.set_up(|act| Ok(store::person::by_email(act.tx, "anna@example.net")?)).unwrap().id;
    desk.may_sign_in(&[anna]);
    sends(desk);
    after_undo(desk, &mut bag);
    let text = bag.left.pop().unwrap().message.text.unwrap();
    assert!(text.contains(&format!("https://desk.example.org/portal/tickets/{number}")), "{text}");
    is_clean(desk);
}

/// Out: nothing leaves as if it were whole.
pub(crate) fn a_mail_whose_file_is_gone_fails_and_says_so(desk: &TestDesk) {
    let Stage { office, mut bag, number } = stage(desk);
    let file = desk.sends_file(office.kim, Audience::Message, "plan.txt", b"the plan");
    let message = replies(desk, office.kim, number, "See the plan.", vec![file.id], Then::Stay);
    desk.desk.files.remove(&file.content).unwrap();
    after_undo(desk, &mut bag);
    assert!(bag.left.is_empty());
    let sent = desk.set_up(move |act| Ok(store::outgoing::of_message(act.tx, message)?));
    assert_eq!(sent[0].state, State::Failed);
    assert!(
        sent[0].answer.as_deref().unwrap().contains("missing from the attachment store"),
        "{:?}",
        sent[0].answer
    );
    desk.desk.files.keep(b"the plan").unwrap();
    desk.with(office.kim, number, move |act, seen| outbox::again(act, seen.serve().unwrap(), message))
        .unwrap();
    desk.sends(&mut bag);
    assert_eq!(names(&bag.left[0]).len(), 1, "once it is restored, it goes");
}

pub(crate) fn what_nobody_sends_is_forgotten_and_leaves_the_store(desk: &TestDesk) {
    let Stage { office, number, .. } = stage(desk);
    let files = desk.desk.files.clone();
    let send = |name: &str, bytes: &[u8]| desk.sends_file(office.kim, Audience::Message, name, bytes);
    let (alone, same, used) = (send("a.txt", b"alone"), send("b.txt", b"twice"), send("c.txt", b"twice"));
    let removed = send("d.txt", b"removed");
    let kim = office.kim;
    desk.act(kim, move |act, _| desk::uploads::remove(act, kim, removed.id)).unwrap();
    replies(desk, kim, number, "See.", vec![used.id], Then::Stay);
    assert_eq!(desk::uploads::sweep(&desk.desk).unwrap(), 1, "what was taken off");
    assert!(!files.has(&removed.content) && files.has(&alone.content));
    desk.wait(SignedDuration::from_hours(25));
    assert_eq!(desk::uploads::sweep(&desk.desk).unwrap(), 1, "what was never used");
    assert!(!files.has(&alone.content));
    assert!(files.has(&same.content), "a message names the same bytes");
    let gone = desk.act(kim, move |act, _| {
        Ok((store::upload::of_person(act.tx, same.id, kim)?, store::upload::left(act.tx, 10)?))
    });
    assert_eq!(gone.unwrap(), (None, Vec::new()));
}

pub(crate) fn a_reply_taken_back_gives_its_files_back_to_its_author(desk: &TestDesk) {
    let Stage { office, mut bag, number } = stage(desk);
    let kim = office.kim;
    let plan = desk.sends_file(kim, Audience::Message, "plan.txt", b"the plan");
    let message = replies(desk, kim, number, "See the plan.", vec![plan.id], Then::WaitForRequester);
    let back = desk
        .with(kim, number, move |act, seen| outbox::take_back(act, seen.serve().unwrap(), message))
        .unwrap();
    assert_eq!(
        (back.body.as_str(), back.then, back.files.len()),
        ("See the plan.", Then::WaitForRequester, 1)
    );
    let lee = desk.agent("Lee", &[office.unit]);
    let files = back.files.clone();
    let other = desk.with(lee, number, move |act, seen| {
        let body = Body::parse("Mine.")?;
        let saying = Saying { body: &body, files: &files };
        desk::reply::serve(act, seen.serve().unwrap(), saying, Then::Stay)
    });
    assert!(other.is_err(), "it is its author's");
    let noted = desk.with(kim, number, {
        let files = back.files.clone();
        move |act, seen| {
            let body = Body::parse("A note.")?;
            desk::note::run(act, seen.annotate().unwrap(), Saying { body: &body, files: &files })
        }
    });
    assert!(noted.is_err(), "it is for both sides, for life");
    let message = replies(desk, kim, number, "See the plan again.", back.files, Then::Solve);
    after_undo(desk, &mut bag);
    assert_eq!(bag.left.len(), 1);
    assert_eq!(names(&bag.left[0])[0].0, "plan.txt");
    let hanging = desk.with(kim, number, |act, seen| {
        Ok(store::attachment::of_messages(act.tx, &seen.read_inside().unwrap())?)
    });
    assert_eq!(hanging.unwrap().iter().map(|file| file.on).collect::<Vec<_>>(), [On::Message(message)]);
    assert_eq!(state(desk, number), domain::ticket::State::Solved);
    is_clean(desk);
}
