use super::joined;

#[test]
fn in_10_soft_line_ends_are_joined_within_one_depth() {
    assert_eq!(joined("This is \none line.\n\nNext", false), "This is one line.\n\nNext");
    assert_eq!(joined("> quoted \n> text\nanswer \n> again", false), "> quoted text\nanswer \n> again");
    assert_eq!(joined(">> a \n> b", false), ">> a \n> b");
}

#[test]
fn in_10_the_blank_of_a_break_is_deleted_only_when_the_sender_says_so() {
    assert_eq!(joined("日本 \n語", true), "日本語");
    assert_eq!(joined("日本 \n語", false), "日本 語");
}

#[test]
fn in_10_stuffed_lines_lose_one_blank_and_signature_marks_stay_alone() {
    assert_eq!(joined(" From here\n  two", false), "From here\n two");
    assert_eq!(joined("ends \n-- \nKim", false), "ends \n-- \nKim");
    assert_eq!(joined("", false), "");
    assert_eq!(joined("\n\na", false), "\n\na");
}
