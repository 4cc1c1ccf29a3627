//! What a spreadsheet reads is what was meant, and never runs.

use super::*;

#[test]
fn a_text_never_begins_like_a_formula() {
    for text in ["=1+1", "+1", "-1", "@a", " =1", "\t=1", "\r\n=1", "\u{ff1d}1", "|x", "%0"] {
        let line = written(&["subject"], &[vec![Cell::text(text)]]);
        let cell = line.split_once("\r\n").unwrap().1;
        assert!(cell.starts_with("\"'"), "{text:?} became {cell:?}");
    }
    assert_eq!(quoted("A plain subject, with a comma"), "\"A plain subject, with a comma\"");
}

#[test]
fn quotes_are_doubled_and_numbers_stay_numbers() {
    let row = vec![Cell::text("the \"red\" one"), Cell::Number(-3), Cell::Share(0.5), Cell::Nothing];
    assert_eq!(written(&["a", "b", "c", "d"], &[row]), "a,b,c,d\r\n\"the \"\"red\"\" one\",-3,0.5000,\r\n");
}
