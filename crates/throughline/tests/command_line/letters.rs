//! Mail by the command line: piped in while nobody or somebody serves, and brought in from files once.

use std::io::Write;
use std::process::Stdio;

use testkit::TestDesk;

use crate::binary::{Place, Ran};

const ADDRESS: &str = "support@desk.example";

/// A database with one inbox in it.
fn place() -> Place {
    let place = Place::new();
    std::fs::create_dir_all(place.path("data")).unwrap();
    let desk = TestDesk::live_at(&format!("sqlite:{}", place.path("data/throughline.sqlite").display()));
    let unit = desk.unit("Support");
    let service = desk.service("Help", unit);
    desk.inbox(ADDRESS, (unit, service), |_| {});
    place
}

fn mail(number: usize) -> String {
    format!(
        "From: anna{number}@example.net\r\nMessage-ID: <{number}@example.net>\r\nDate: Wed, 4 Mar 2026 12:00:00 +0000\r\n\
         Subject: Number {number}\r\n\r\nHello {number}\r\n"
    )
}

fn pipe(place: &Place, inbox: &str, mail: &str) -> Ran {
    let mut child = place
        .command(&["mail", "pipe", "--inbox", inbox])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // It may say no before it has read anything.
    let _ = child.stdin.take().unwrap().write_all(mail.as_bytes());
    let output = child.wait_with_output().unwrap();
    Ran {
        code: output.status.code().unwrap_or(-1),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

fn spooled(place: &Place) -> usize {
    std::fs::read_dir(place.path("data/spool/new")).map_or(0, Iterator::count)
}

/// How many mails are kept, and how many of them are messages.
fn kept(place: &Place) -> (i64, i64) {
    let address = format!("sqlite:{}", place.path("data/throughline.sqlite").display());
    let db = store::Db::open_shared(&address, store::migrations::ALL).unwrap();
    let desk = desk::Desk::new(db, store::WallClock::system());
    let counts = desk.look_now(|look| {
        let mut count = |sql: &str| look.tx.query_one(sql, &[], |row| row.get::<i64>(0));
        let kept = count("select count(*) from mail").map_err(store::StoreError::from)?;
        Ok((kept, count("select count(*) from message_mail").map_err(store::StoreError::from)?))
    });
    counts.unwrap()
}

fn comes_to(done: impl Fn() -> bool) {
    assert!(testkit::patience::comes(done), "it does not come");
}

#[test]
fn in_3_a_piped_mail_waits_for_the_server_and_is_picked_up_once() {
    let place = place();
    assert_eq!(pipe(&place, ADDRESS, &mail(1)).code, 0);
    assert_eq!(pipe(&place, ADDRESS, &mail(1)).code, 0);
    assert_eq!((spooled(&place), kept(&place)), (2, (0, 0)));
    let server = place.serve(&["serve"]);
    comes_to(|| spooled(&place) == 0 && kept(&place) == (1, 1));
    assert_eq!(pipe(&place, ADDRESS, &mail(2)).code, 0, "a server that runs holds nothing up");
    comes_to(|| spooled(&place) == 0 && kept(&place) == (2, 2));
    assert_eq!(server.stop().0, 0);
}

#[test]
fn m12_the_pipe_says_the_same_to_every_mail() {
    let place = place();
    let own = mail(2).replace("anna2@example.net", ADDRESS);
    let answering =
        mail(3).replace("Subject: Number 3", "Subject: Re: Number 1 [#1]\r\nIn-Reply-To: <1@example.net>");
    for mail in [mail(1), mail(1), own, answering, "no mail at all".to_owned()] {
        let ran = pipe(&place, ADDRESS, &mail);
        assert_eq!((ran.code, ran.out.as_str(), ran.err.as_str()), (0, "", ""), "{mail}");
    }
}

#[test]
fn a_mail_that_cannot_be_kept_now_is_asked_for_again() {
    let nowhere = Place::new();
    pipe(&nowhere, ADDRESS, &mail(1)).refused_with(75, &["no database"]);
    let place = place();
    pipe(&place, "nobody@desk.example", &mail(1))
        .refused_with(75, &["nobody@desk.example", "Nothing was kept"]);
    pipe(&place, ADDRESS, "").refused_with(65, &["empty"]);
    assert_eq!(spooled(&place), 0);
}

#[test]
fn in_3_the_listener_takes_mail_beside_the_pages() {
    use std::io::{BufRead, BufReader};
    let place = place();
    let server = place.serve(&["serve", "--mail-listen", "127.0.0.1:0"]);
    let address =
        server.said.lines().find_map(|line| line.strip_prefix("Mail is taken by LMTP on ")).unwrap();
    let mut stream = std::net::TcpStream::connect(address.trim()).unwrap();
    let mut lines = BufReader::new(stream.try_clone().unwrap()).lines();
    let mut code = || loop {
        let line = lines.next().unwrap().unwrap();
        if line.as_bytes()[3] == b' ' {
            return line[..3].to_owned();
        }
    };
    assert_eq!(code(), "220");
    for (command, expected) in [
        ("LHLO mx", "250"),
        ("MAIL FROM:<anna@example.net>", "250"),
        ("RCPT TO:<nobody@desk.example>", "550"),
        ("RCPT TO:<support+x@desk.example>", "250"),
        ("DATA", "354"),
        (&format!("{}.", mail(1)), "250"),
        ("QUIT", "221"),
    ] {
        write!(stream, "{command}\r\n").unwrap();
        assert_eq!(code(), expected, "{command}");
    }
    comes_to(|| kept(&place) == (1, 1));
    assert_eq!(server.stop().0, 0);
}

#[test]
fn files_are_imported_once_and_what_became_nothing_is_listed() {
    let place = place();
    let folder = place.path("old");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("a.eml"), mail(1)).unwrap();
    let dated =
        |number: usize| format!("From anna Wed Mar  4 12:00:00 2026\n{}\n", mail(number).replace('\r', ""));
    std::fs::write(folder.join("b.mbox"), dated(2) + &dated(3)).unwrap();
    std::fs::write(folder.join("c.eml"), mail(4).replace("anna4@example.net", ADDRESS)).unwrap();
    let import = ["mail", "import", "old", "--inbox", ADDRESS, "--silent"];

    let dry = place.run(&[&import[..], &["--dry-run"]].concat());
    assert_eq!((dry.code, kept(&place)), (0, (0, 0)), "{dry:?}");
    assert!(dry.out.contains("Would import 4 of 4 mails"), "{}", dry.out);

    let first = place.run(&[&import[..], &["--rejects", "rejects.csv"]].concat());
    assert_eq!((first.code, kept(&place)), (0, (4, 3)), "{first:?}");
    assert!(
        first.out.contains("Imported 4 of 4 mails") && first.out.contains("3 became messages"),
        "{}",
        first.out
    );
    let rejects = std::fs::read_to_string(place.path("rejects.csv")).unwrap();
    assert_eq!(rejects.lines().count(), 2, "{rejects}");
    assert!(rejects.contains("own_address"), "{rejects}");

    let again = place.run(&import);
    assert_eq!((again.code, kept(&place)), (0, (4, 3)), "{again:?}");
    assert!(
        again.out.contains("Imported 0 of 4 mails") && again.out.contains("4 were known"),
        "{}",
        again.out
    );
    let nobody = place.run(&["mail", "import", "old", "--inbox", "nobody@desk.example"]);
    nobody.refused_with(1, &["nobody@desk.example", "Nothing was imported"]);
    place.run(&["mail", "import", "gone", "--inbox", ADDRESS]).refused_with(2, &["gone is not there"]);
}
