use proptest::prelude::{any, proptest};

use super::{Asked, Part};

fn parts(typed: &str) -> Vec<String> {
    let show = |part: &Part| match part {
        Part::Word { word, begins } => format!("{}{}", word.plain, if *begins { "*" } else { "" }),
        Part::Phrase { words, as_it_stands, begins } => {
            let words: Vec<&str> = words.iter().map(|word| word.plain.as_str()).collect();
            let star = if *begins { "*" } else { "" };
            format!("{}[{}{star}]", if *as_it_stands { "just " } else { "" }, words.join(" "))
        }
        Part::Digits { plain, .. } => format!("+{plain}"),
    };
    Asked::parse(typed).parts.iter().map(show).collect()
}

#[test]
fn a_number_alone_is_the_number_of_a_ticket() {
    assert_eq!(Asked::parse(" #1042 ").number, Some(1042));
    assert_eq!(Asked::parse("1042").number, Some(1042));
    for typed in ["##1042", "1042 printer", "#", "", "99999999999999999999", "-1042", "\u{661}"] {
        assert_eq!(Asked::parse(typed).number, None, "{typed}");
    }
}

#[test]
fn the_last_word_may_be_a_beginning() {
    assert_eq!(parts("Paper jam"), ["paper", "jam*"]);
    assert_eq!(parts("paper jam!"), ["paper", "jam"]);
}

#[test]
fn what_is_quoted_or_hangs_together_keeps_its_order() {
    assert_eq!(parts("\"paper jam\" ada@example.org"), ["just [paper jam]", "just [ada example org*]"]);
    assert_eq!(parts("\u{201e}Kein Papier\u{201c} da"), ["just [kein papier]", "da*"]);
    assert_eq!(parts("never \"closed again"), ["never", "closed", "again*"]);
}

#[test]
fn a_phone_number_is_its_digits() {
    assert_eq!(parts("call +49 (0)30 123-45 now"), ["call", "+493012345", "now*"]);
    assert_eq!(parts("1042 printer"), ["1042", "printer*"]);
}

proptest! {
    #[test]
    fn anything_can_be_typed(typed in any::<String>()) {
        let _ = Asked::parse(&typed);
    }

    #[test]
    fn odd_signs_can_be_typed(typed in "[\"'()+:*~^\\\\/\\[\\]{}<>&|! a0\u{301}ß-]{0,40}") {
        let _ = Asked::parse(&typed);
    }
}
