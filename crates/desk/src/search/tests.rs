use std::collections::BTreeSet;

use super::Texts;

/// The titles that are found, the best first.
fn found(titles: &[&str], typed: &str) -> Vec<String> {
    let texts: Vec<(String, String)> =
        titles.iter().map(|title| ((*title).to_owned(), String::new())).collect();
    let best = Texts::of(&texts).unwrap().best(typed, 10).unwrap();
    best.into_iter().map(|place| titles[place].to_owned()).collect()
}

#[test]
fn every_word_has_to_be_there_before_some_of_them_will_do() {
    let titles = ["Printer without paper", "Jam for breakfast", "Paper jam in the printer"];
    let found = found(&titles, "jam printer");
    assert_eq!(found.len(), 3, "{found:?}");
    assert_eq!(found[0], "Paper jam in the printer");
}

#[test]
fn the_last_word_may_be_a_beginning_and_the_others_may_not() {
    assert_eq!(found(&["Printer", "Sprint"], "prin"), ["Printer"]);
    assert_eq!(found(&["Broken monitor", "Broker"], "brok monitor"), ["Broken monitor"]);
    assert!(!found(&["Broken monitor"], "brok ").is_empty(), "spaces around are not typed");
}

#[test]
fn a_quoted_phrase_is_found_in_its_order_alone() {
    let titles = ["Invoice not paid", "Not an invoice"];
    assert_eq!(found(&titles, "\"invoice not\""), ["Invoice not paid"]);
    assert!(found(&titles, "\"paid invoice\"").is_empty());
}

#[test]
fn an_address_is_found_whole_and_by_its_beginning() {
    let titles = ["ada@example.org asks", "ada example org", "example.org of ada"];
    assert_eq!(found(&titles, "ada@exam")[..2], ["ada example org", "ada@example.org asks"]);
    assert_eq!(found(&titles, "\"ada@example.org asks\""), ["ada@example.org asks"]);
}

#[test]
fn a_number_is_found_however_it_is_written() {
    let texts = [("Call".to_owned(), "Please call +49 (0)30 123-45 today".to_owned())];
    let texts = Texts::of(&texts).unwrap();
    for typed in ["4930 12345", "+49 (0)30 123-45", "0049 30 12345", "030 12345"] {
        assert_eq!(texts.best(typed, 3).unwrap(), [0], "{typed}");
    }
    assert!(texts.best("030 99999", 3).unwrap().is_empty());
}

#[test]
fn mistyped_words_are_found_after_those_that_were_meant() {
    let titles = ["Printer", "Prinker"];
    assert_eq!(found(&titles, "prinker"), ["Prinker", "Printer"]);
    assert_eq!(found(&titles, "prniter"), ["Printer"]);
    assert!(found(&["Cat"], "bat").is_empty(), "short words are as they are typed");
}

#[test]
fn two_letters_may_be_wrong_in_a_long_word() {
    assert_eq!(found(&["Kühlschrank defekt"], "Kuelschrnk"), ["Kühlschrank defekt"]);
}

#[test]
fn german_and_english_words_meet_in_their_stems() {
    assert_eq!(found(&["Die Rechnungen und das Geld"], "rechnung"), ["Die Rechnungen und das Geld"]);
    assert_eq!(found(&["The connections are lost"], "connect"), ["The connections are lost"]);
}

#[test]
fn a_word_in_a_title_counts_more() {
    let texts =
        [("Other", "monitor"), ("monitor", "other")].map(|(title, text)| (title.to_owned(), text.to_owned()));
    assert_eq!(Texts::of(&texts).unwrap().best("monitor", 2).unwrap(), [1, 0]);
}

#[test]
fn whatever_is_typed_has_an_answer() {
    let odd =
        "a\u{0} \u{202e}\u{feff} %_ AND OR NOT ( [ { * ? ~ ^ + - && || ! \\ / \" ' : \u{1f600} \u{d7ff}";
    for typed in [odd, "\"\"\"\"", "***", "+", "title:x", "-x", "\\", "", "   "] {
        found(&["x"], typed);
    }
}

#[test]
fn words_that_belong_together_are_found_first_and_once_among_many_texts() {
    let titles: Vec<String> = (0..600)
        .map(|n| match n % 150 {
            7 => format!("Symptoms of COVID-19 in case {n}"),
            n if n % 2 == 0 => format!("{n}: 19 symptoms and one covid"),
            _ => format!("Covid without a number, {n} symptoms"),
        })
        .collect();
    let titles: Vec<&str> = titles.iter().map(String::as_str).collect();
    let all_once = |typed: &str, many: usize| {
        let found = found(&titles, typed);
        assert_eq!(found.len(), many, "{typed}: {found:?}");
        assert_eq!(found.iter().collect::<BTreeSet<_>>().len(), many, "{typed}: {found:?}");
        found.iter().take_while(|title| title.starts_with("Symptoms of")).count()
    };
    assert_eq!(all_once("covid-19 symptoms", 10), 4, "what is joined comes first, and then what is near");
    assert_eq!(all_once("\"covid 19\" symptoms", 4), 4, "what is quoted stays as it is");
    all_once("symptoms covid-19 nothing", 10);
}
