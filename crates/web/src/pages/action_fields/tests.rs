use super::*;

#[test]
fn lines_are_answers_and_answers_are_lines() {
    let set = |field: &str, values: &[&str]| Action::SetField {
        field: field.to_owned(),
        values: values.iter().map(|value| (*value).to_owned()).collect(),
    };
    let actions = answers("Colour: red\n\n size :  a: b \ncolour:blue\nshade:\nodd");
    assert_eq!(
        actions,
        [set("colour", &["red", "blue"]), set("size", &["a: b"]), set("shade", &[]), set("odd", &[])]
    );
    let written = lines(&actions);
    assert_eq!(written, "colour: red\ncolour: blue\nsize: a: b\nshade:\nodd:");
    assert_eq!(answers(&written), actions);
}

#[test]
fn every_time_that_is_offered_is_read_again_and_has_words_in_both_languages() {
    for locale in Locale::ALL {
        for (value, label) in sleeps_or_wakes(locale) {
            let action = sleep(&value).unwrap();
            assert_eq!(slept(&action), Some(value));
            assert!(!label.contains("sleep-") && !label.contains("does-"), "{label}");
        }
    }
    assert_eq!(sleep("soon"), None);
    assert_eq!(said(Locale::English, Until::After(90)), "for 90 minutes");
}
