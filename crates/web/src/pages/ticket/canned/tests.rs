use domain::id::PersonId;
use jiff::Timestamp;
use store::view::Owner;

use super::*;

fn canned(name: &str, reply: &str, note: &str) -> Macro {
    Macro {
        id: MacroId(1),
        name: name.to_owned(),
        reply: reply.to_owned(),
        note: note.to_owned(),
        actions: store::macros::NOTHING.to_owned(),
        filter: String::new(),
        owner: Owner::Person(PersonId(1)),
        uses: 0,
        made_by: None,
        changed_at: Timestamp::UNIX_EPOCH,
    }
}

#[test]
fn every_word_is_found_and_names_come_before_texts() {
    let all = || {
        vec![
            canned("Late", "Your refund is on its way.", ""),
            canned("Refund", "It was paid.", ""),
            canned("Refund and note", "It was paid.", "Paid."),
        ]
    };
    let names = |words: &str| found(all(), words).into_iter().map(|each| each.name).collect::<Vec<_>>();
    assert_eq!(names("refund"), ["Refund", "Late"], "a macro is not put into a text");
    assert_eq!(names("PAID refund"), ["Refund"]);
    assert_eq!(names(""), ["Late", "Refund"]);
    assert!(names("nothing like it").is_empty());
}
