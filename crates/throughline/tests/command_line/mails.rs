//! `mail inspect` and `mail threads`.

use crate::binary::Place;

fn place() -> Place {
    let place = Place::new();
    let put = |name: &str, text: &str| std::fs::write(place.path(name), text).unwrap();
    put(
        "a.eml",
        "Message-ID: <a@x>\nFrom: Kim <kim@example.org>\nTo: help@example.org\nSubject: Printer\n\nIt is broken.\n\n-- \nKim\n",
    );
    put(
        "b.eml",
        "Message-ID: <b@x>\nIn-Reply-To: <a@x>\nFrom: lee@example.org\nAuto-Submitted: auto-replied\nSubject: Re: Printer\n\n\u{1b}[2Jaway\n",
    );
    place
}

#[test]
fn inspect_says_one_object_a_file_in_their_order() {
    let ran = place().run(&["mail", "inspect", "--json", "b.eml", "a.eml"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    let lines: Vec<serde_json::Value> =
        ran.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!((&lines[0]["file"], &lines[0]["automatic"]), (&"b.eml".into(), &"auto-submitted".into()));
    assert_eq!(lines[1]["visible_text"], "It is broken.");
    assert_eq!(lines[1]["from"], serde_json::json!(["kim@example.org"]));
    assert!(lines[1]["bounce"].is_null() && lines[1]["suspended"].is_null());
}

#[test]
fn inspect_for_people_lets_no_stranger_steer_the_terminal() {
    let ran = place().run(&["mail", "inspect", "b.eml"]);
    assert!(ran.out.contains("Re: Printer") && !ran.out.contains('\u{1b}'), "{ran:?}");
}

#[test]
fn inspect_names_the_file_that_is_not_there_after_it_said_the_others() {
    let ran = place().run(&["mail", "inspect", "--json", "none.eml", "a.eml"]);
    assert_eq!((ran.code, ran.out.lines().count()), (1, 1), "{ran:?}");
    assert!(ran.err.contains("none.eml"), "{ran:?}");
}

#[test]
fn threads_groups_what_answers_each_other() {
    let ran = place().run(&["mail", "threads", ".", "--json"]);
    assert_eq!(ran.out.trim(), r#"[["<a@x>","<b@x>"]]"#, "{ran:?}");
}
