use super::{LONGEST, NoTag, Tag, begun};

fn read(text: &str) -> String {
    Tag::parse(text).unwrap().as_str().to_owned()
}

#[test]
fn each_tag_has_one_spelling() {
    for text in ["Big Deal", "big-deal", "#big_deal", "  BIG   deal ", "big - deal", "-big-deal-"] {
        assert_eq!(read(text), "big-deal", "{text}");
    }
    assert_eq!(read("Ärger/2026.1+"), "ärger/2026.1+");
}

#[test]
fn what_could_not_stand_in_a_filter_is_no_tag() {
    for text in ["a:b", "a,b", "(a", "\"a\"", "<a", "a\u{7}b", "a*"] {
        assert!(matches!(Tag::parse(text), Err(NoTag::Character(_))), "{text}");
    }
    assert_eq!(Tag::parse(" - "), Err(NoTag::Empty));
    assert_eq!(Tag::parse("None"), Err(NoTag::Kept));
    assert_eq!(Tag::parse(&"é".repeat(LONGEST)).map(|tag| tag.as_str().chars().count()), Ok(LONGEST));
    let length = LONGEST + 1;
    assert_eq!(Tag::parse(&"é".repeat(length)), Err(NoTag::TooLong { length }));
}

#[test]
fn reading_a_tag_again_gives_the_same() {
    for text in ["İstanbul", "ǅ x", "ﬁn", "ΑΣ", "a-.b"] {
        let once = read(text);
        assert_eq!(read(&once), once, "{text}");
    }
}

#[test]
fn a_part_of_a_tag_is_looked_for_as_it_would_be_kept() {
    assert_eq!(begun("Big D").as_deref(), Some("big-d"));
    assert_eq!(begun("").as_deref(), Some(""));
    assert_eq!(begun("no:"), None);
}
