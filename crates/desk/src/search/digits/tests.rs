use super::numbers;

fn plain(text: &str) -> Vec<String> {
    numbers(text).into_iter().map(|digits| digits.plain).collect()
}

#[test]
fn a_number_is_the_same_however_it_is_written() {
    for written in ["+49 (0)30 123-45", "0049 30 12345", "4930 12345", "49.30.123/45"] {
        assert_eq!(plain(written), ["493012345"], "{written}");
    }
    assert_eq!(plain("030 12345"), ["3012345"]);
}

#[test]
fn short_and_endless_numbers_are_none() {
    assert!(plain("ticket 1042, room 12").is_empty());
    assert!(plain(&"1".repeat(30)).is_empty());
}

#[test]
fn words_separate_numbers() {
    assert_eq!(plain("call 030 123456 or 040 654321"), ["30123456", "40654321"]);
}

#[test]
fn digits_in_a_word_are_a_word() {
    assert!(plain("order a1234567 and 1234567b, canary0123456789ab").is_empty());
    assert_eq!(plain("room a12 123456"), ["123456"]);
}
