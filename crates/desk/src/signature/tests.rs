use super::{kept_lines, quoted_end};

#[test]
fn lines_stay_lines_and_paragraphs_paragraphs() {
    assert_eq!(kept_lines("Kim Sand\nSupport \n\nContoso\n"), "Kim Sand  \nSupport\n\nContoso");
    assert_eq!(kept_lines("One"), "One");
    assert_eq!(kept_lines(""), "");
}

#[test]
fn what_is_quoted_at_the_end_stands_below_and_what_is_answered_line_by_line_stays() {
    assert_eq!(
        quoted_end("Look:\n\nAda wrote:\n\n> One\n> Two"),
        ("Look:\n\n", "Ada wrote:\n\n> One\n> Two")
    );
    assert_eq!(quoted_end("Yes.\n\n> One\n\n> Two\n"), ("Yes.\n", "> One\n\n> Two\n"));
    assert_eq!(quoted_end("> One\n\nYes."), ("> One\n\nYes.", ""));
    assert_eq!(quoted_end("See\nwhat she says:\n> One"), ("See\nwhat she says:\n", "> One"));
    assert_eq!(quoted_end("> One"), ("", "> One"));
    assert_eq!(quoted_end("No quote"), ("No quote", ""));
}
