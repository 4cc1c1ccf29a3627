//! Attachments in a bucket: the same as in a folder, and nothing is lost when the service fails in the middle.

#![allow(clippy::unwrap_used, reason = "a broken promise may panic")]

use desk::files::{Bucket, FileError, Files, Opened};
use domain::event::Actor;
use jiff::SignedDuration;
use mail::egress::Egress;
use store::outgoing::State;
use store::upload::Audience;
use testkit::TestDesk;
use testkit::bucket::{BucketServer, Deed, NAME, Trouble};
use testkit::letters::taken;

struct Place {
    server: BucketServer,
    files: Files,
    folder: tempfile::TempDir,
}

fn place() -> Place {
    let (server, folder) = (BucketServer::start(), tempfile::tempdir().unwrap());
    let address = format!("s3://{NAME}/desk/files");
    let bucket = Bucket::open(&address, folder.path(), Egress::system(), server.settings()).unwrap();
    Place { files: Files::in_bucket(bucket), server, folder }
}

impl Place {
    fn nothing_is_left_on_the_disk(&self) {
        let coming = std::fs::read_dir(self.folder.path().join("coming"));
        assert_eq!(coming.map_or(0, Iterator::count), 0);
    }
}

fn large() -> Vec<u8> {
    (0..20_000_000_u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 24) as u8).collect()
}

fn all(opened: Opened) -> std::io::Result<Vec<u8>> {
    let Opened::Pieces(mut pieces) = opened else { panic!("a bucket gives pieces") };
    let mut bytes = Vec::new();
    while let Some(piece) = pieces.blocking_recv() {
        bytes.extend_from_slice(&piece?);
    }
    Ok(bytes)
}

#[test]
fn a_file_lies_in_the_bucket_under_its_hash_and_is_sent_once() {
    let place = place();
    place.files.check().unwrap();
    let name = place.files.keep(b"a lamp").unwrap();
    let hex: String = name.iter().map(|byte| format!("{byte:02x}")).collect();
    assert_eq!(place.server.names(), [format!("desk/files/{}/{}", &hex[..2], &hex[2..])]);
    let _ = place.server.deeds();
    assert_eq!(place.files.keep(b"a lamp").unwrap(), name);
    assert_eq!(place.server.deeds(), [Deed::Head], "it is there already");
    assert_eq!(place.files.read(&name).unwrap(), b"a lamp");
    assert_eq!(place.files.start(&name, 3).unwrap(), b"a l");
    assert_eq!(all(place.files.open(&name).unwrap()).unwrap(), b"a lamp");
    assert!(place.files.has(&name));
    place.files.remove(&name).unwrap();
    place.files.remove(&name).unwrap();
    assert!(!place.files.has(&name));
    for missing in
        [place.files.read(&name).err(), place.files.open(&name).err(), place.files.start(&name, 1).err()]
    {
        assert!(matches!(missing, Some(FileError::Missing(_))), "{missing:?}");
    }
    let empty = place.files.keep(b"").unwrap();
    assert_eq!(place.files.read(&empty).unwrap(), b"");
    place.nothing_is_left_on_the_disk();
}

#[test]
fn a_large_file_goes_in_parts_and_comes_back_whole() {
    let place = place();
    let bytes = large();
    let name = place.files.keep(&bytes).unwrap();
    let deeds = place.server.deeds();
    assert_eq!(deeds.iter().filter(|deed| **deed == Deed::Part).count(), 3, "{deeds:?}");
    assert_eq!(place.server.unfinished(), 0);
    assert_eq!(place.files.read(&name).unwrap(), bytes);
    assert_eq!(all(place.files.open(&name).unwrap()).unwrap(), bytes);
    place.nothing_is_left_on_the_disk();
}

#[test]
fn what_fails_for_a_moment_is_tried_again() {
    let place = place();
    for deed in [Deed::Head, Deed::Put, Deed::Put] {
        place.server.next(deed, Trouble::Refuses(503));
    }
    let small = place.files.keep(b"a lamp").unwrap();
    assert_eq!(place.files.read(&small).unwrap(), b"a lamp");
    for deed in [Deed::Begin, Deed::Part, Deed::Complete] {
        place.server.next(deed, Trouble::Refuses(500));
    }
    let bytes = large();
    let name = place.files.keep(&bytes).unwrap();
    place.server.next(Deed::Get, Trouble::BreaksAfter(7_000_000));
    place.server.next(Deed::Get, Trouble::BreaksAfter(0));
    assert_eq!(place.files.read(&name).unwrap(), bytes, "the rest was asked for");
}

#[test]
fn what_fails_for_good_leaves_nothing_and_says_so() {
    let place = place();
    for _ in 0..20 {
        place.server.next(Deed::Part, Trouble::Refuses(503));
    }
    let failed = place.files.keep(&large()).unwrap_err();
    assert!(failed.to_string().contains(&format!("s3://{NAME}/desk/files answers")), "{failed}");
    assert!(failed.to_string().contains("was not kept"), "{failed}");
    assert!(!failed.to_string().contains("testsecret"));
    assert_eq!(
        (place.server.names(), place.server.unfinished()),
        (Vec::new(), 0),
        "what had come was given up"
    );
    place.nothing_is_left_on_the_disk();
}

#[test]
fn other_bytes_than_were_put_there_are_not_taken_for_the_file() {
    let place = place();
    let name = place.files.keep(b"a lamp").unwrap();
    place.server.damage(&place.server.names()[0]);
    let failed = place.files.read(&name).unwrap_err();
    assert!(failed.to_string().contains("holds other bytes"), "{failed}");
}

#[test]
fn a_wrong_address_wrong_keys_and_a_bucket_that_is_not_there_are_told_apart() {
    let server = BucketServer::start();
    let folder = tempfile::tempdir().unwrap();
    let open = |address: &str, settings: Vec<(String, String)>| {
        Bucket::open(address, folder.path(), Egress::system(), settings)
    };
    for address in ["attachments", "s3://", "https://example.org/attachments"] {
        let refused = open(address, server.settings()).unwrap_err();
        assert!(refused.to_string().contains("write s3://BUCKET"), "{refused}");
    }
    let missing = open("s3://another", server.settings()).unwrap().check().unwrap_err();
    assert!(missing.to_string().contains("there is no such bucket"), "{missing}");
    let mut settings = server.settings();
    settings.push(("AWS_ACCESS_KEY_ID".to_owned(), "stranger".to_owned()));
    let wrong = open(&format!("s3://{NAME}"), settings).unwrap().check().unwrap_err();
    assert!(wrong.to_string().contains("the keys do not open it"), "{wrong}");
    let mut settings = server.settings();
    settings.retain(|(name, _)| name != "AWS_ALLOW_HTTP");
    let open_line = Files::in_bucket(open(&format!("s3://{NAME}"), settings).unwrap());
    assert!(open_line.keep(b"a lamp").is_err(), "without TLS only when that is allowed");
}

#[test]
fn a_desk_keeps_shows_and_sends_files_out_of_a_bucket_that_fails_in_between() {
    let place = place();
    let mut desk = TestDesk::new();
    desk.desk = desk.desk.with_files(place.files.clone());
    let support = desk.unit("Support");
    let help = desk.service("Help", support);
    let inbox = desk.sending_inbox("help@desk.example", (support, help));
    let kim = desk.agent("Kim", &[support]);
    let words = "It is dark. ".repeat(30_000);
    let raw = format!(
        "From: Ada <ada@example.org>\r\nTo: help@desk.example\r\nSubject: Lamp\r\nMessage-ID: <1@example.org>\r\n\r\n{words}\r\n"
    );
    let mail = desk.takes_in(inbox, &raw);
    assert_eq!(place.server.names().len(), 1, "a large mail lies there as it came");
    let number = desk.ticket_of(mail);
    let upload = desk.sends_file(kim, Audience::Message, "plan.txt", b"The plan.").id;
    let message = desk
        .with(kim, number, move |act, seen| {
            let body = desk::words::Body::parse("Here is the plan.")?;
            let saying = desk::words::Saying { body: &body, files: &[upload] };
            desk::reply::serve(act, seen.serve().unwrap(), saying, desk::reply::Then::Stay)
        })
        .unwrap();
    desk.wait(SignedDuration::from_secs(11));
    for _ in 0..7 {
        place.server.next(Deed::Get, Trouble::Refuses(503));
    }
    assert_eq!(desk.hands_over(taken()), [], "its file cannot be read");
    let state = |desk: &TestDesk| {
        let found =
            desk.desk.act_now(Actor::Desk, move |act| Ok(store::outgoing::of_message(act.tx, message)?));
        let one = found.unwrap().remove(0);
        (one.state, one.answer.unwrap_or_default())
    };
    let (waiting, answer) = state(&desk);
    assert!(waiting != State::Failed && answer.contains("answers"), "{waiting:?} {answer}");
    desk.wait(SignedDuration::from_mins(2));
    let sent = desk.hands_over(taken());
    assert_eq!(sent.len(), 1, "{:?}", state(&desk));
    assert!(sent[0].1.contains("filename=\"plan.txt\""), "{}", sent[0].1);
}
