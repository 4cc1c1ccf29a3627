use frostem::{Algorithm, Stemmer};

use super::{Language, REMEMBERED, language, words};

fn plain(text: &str) -> Vec<String> {
    words(text).into_iter().map(|word| word.plain).collect()
}

#[test]
fn words_are_compared_without_case_and_accents() {
    assert_eq!(plain("Über-Größe, CAFÉ! e\u{301}te\u{301}"), ["uber", "grosse", "cafe", "ete"]);
}

#[test]
fn a_word_knows_where_it_stands_in_its_text() {
    let text = "Grüße an Łódź";
    let cut: Vec<&str> = words(text).iter().map(|word| &text[word.from..word.to]).collect();
    assert_eq!(cut, ["Grüße", "an", "Łódź"]);
}

#[test]
fn what_is_written_with_umlauts_is_found_without_such_keys() {
    let written = words("Bücher").remove(0).written(Language::German);
    for typed in ["bücher", "bucher", "buecher", "Buch"] {
        let sought = words(typed).remove(0).sought();
        assert!(sought.iter().any(|form| written.contains(form)), "{typed}: {sought:?} in {written:?}");
    }
}

#[test]
fn english_words_meet_in_their_stem() {
    let written = words("connections").remove(0).written(Language::English);
    assert!(words("connecting").remove(0).sought().iter().any(|form| written.contains(form)), "{written:?}");
    let other = words("connections").remove(0).written(Language::Other);
    assert_eq!(other, ["connections"]);
}

#[test]
fn a_language_is_told_by_its_small_words_and_else_by_its_writer() {
    let of = |text, writer| language(&words(text), writer);
    assert_eq!(of("The printer does not work and it is on fire", "de"), Language::English);
    assert_eq!(of("Der Drucker ist nicht zu erreichen", "en"), Language::German);
    assert_eq!(of("Printer", "de-AT"), Language::German);
    assert_eq!(of("Imprimante", "fr"), Language::Other);
}

#[test]
fn signs_without_spaces_are_words_of_their_own() {
    assert_eq!(plain("東京 office"), ["東", "京", "office"]);
}

#[test]
fn a_stem_is_the_same_however_many_words_came_before() {
    let text: String = (0..3 * REMEMBERED).map(|at| format!("lamps{} lamps ", letters(at))).collect();
    let stem = Stemmer::new(Algorithm::English);
    for word in words(&text) {
        let written = word.written(Language::English);
        assert_eq!(written.last().unwrap(), &stem.stem(&word.lower).into_owned(), "{written:?}");
    }
}

fn letters(mut number: usize) -> String {
    let mut letters = String::new();
    while number > 0 {
        letters.push(char::from(b'a' + u8::try_from(number % 26).unwrap()));
        number /= 26;
    }
    letters
}
