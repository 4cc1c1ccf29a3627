use super::{Piece, around, differ_by_at_most, whole};
use crate::search::asked::Asked;
use crate::search::query::Nearness;

fn marked(pieces: &[Piece]) -> String {
    pieces
        .iter()
        .map(|piece| if piece.marked { format!("[{}]", piece.text) } else { piece.text.clone() })
        .collect()
}

fn every(text: &str, typed: &str) -> String {
    marked(&whole(text, &Asked::parse(typed), Nearness::Every))
}

#[test]
fn what_was_meant_is_marked_in_every_form() {
    assert_eq!(
        every("The prints print; the print's fine", "printing"),
        "The [prints] [print]; the [print]'s fine"
    );
    assert_eq!(every("Die Größe der Bücher", "grosse buch"), "Die [Größe] der [Bücher]");
}

#[test]
fn the_beginning_of_a_word_marks_it_whole() {
    assert_eq!(every("An unprintable printout", "pri"), "An unprintable [printout]");
}

#[test]
fn a_number_is_marked_as_it_is_written() {
    assert_eq!(every("Call +49 (0)30 123-45 today", "4930 12345"), "Call [+49 (0)30 123-45] today");
    assert_eq!(every("Call 030 12345 today", "+49 30 12345"), "Call [030 12345] today");
}

#[test]
fn mistyped_words_are_marked_only_where_they_were_looked_for() {
    let asked = Asked::parse("prniter jam");
    assert_eq!(marked(&whole("printer jam", &asked, Nearness::Close)), "[printer] [jam]");
    assert_eq!(marked(&whole("printer jam", &asked, Nearness::Every)), "printer [jam]");
}

#[test]
fn a_long_text_is_cut_between_words_around_what_was_meant() {
    let text = format!("{} needle {}", "hay stack ".repeat(60), "more hay ".repeat(60));
    let shown = marked(&around(&text, &Asked::parse("needle"), Nearness::Every));
    assert!(shown.contains("stack [needle] more"), "{shown}");
    assert!(shown.starts_with("\u{2026} ") && shown.ends_with(" \u{2026}"), "{shown}");
    assert!(shown.chars().count() < 220, "{}", shown.chars().count());
    for word in shown.split_whitespace() {
        assert!(["\u{2026}", "hay", "stack", "[needle]", "more"].contains(&word), "{word} was cut");
    }
}

#[test]
fn a_text_without_words_or_without_a_match_is_shown_from_its_beginning() {
    assert_eq!(
        marked(&around("ä".repeat(500).as_str(), &Asked::parse("b"), Nearness::Every)).chars().count(),
        202
    );
    assert_eq!(marked(&around("", &Asked::parse("b"), Nearness::Every)), "");
}

#[test]
fn letters_may_be_missing_too_many_others_or_swapped() {
    assert!(differ_by_at_most("printer", "pirnter", 1));
    assert!(differ_by_at_most("printer", "printr", 1));
    assert!(differ_by_at_most("printer", "printter", 1));
    assert!(differ_by_at_most("printer", "prinder", 1));
    assert!(!differ_by_at_most("printer", "pinder", 1));
    assert!(!differ_by_at_most("cat", "car", 0));
}

#[test]
fn a_text_of_one_word_again_and_again_is_cut_all_the_same() {
    let text = "ab ".repeat(100_000);
    let shown = marked(&around(&text, &Asked::parse("ab"), Nearness::Every));
    assert!(shown.starts_with("[ab] [ab]") && shown.chars().count() < 2_000, "{}", shown.len());
}
