//! Words as the index compares them: without case and accents, and with the stems of a language.

use std::cell::RefCell;
use std::collections::HashMap;
use std::thread::LocalKey;

use frostem::{Algorithm, Stemmer};
use tantivy::tokenizer::{AsciiFoldingFilter, RawTokenizer, TextAnalyzer};

/// Longer words are cut: nobody types them, and they would only fill the index.
const LONGEST: usize = 60;
/// Texts say the same words again and again, and a stem costs several times what it costs to remember it.
const REMEMBERED: usize = 2_048;

/// A word in a text: where it stands, and as it is compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Word {
    pub(crate) from: usize,
    pub(crate) to: usize,
    /// In lower case, with its accents.
    lower: String,
    /// Without accents.
    pub(crate) plain: String,
}

/// The language by which a text is stemmed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Language {
    English,
    German,
    /// Its words are compared as they are.
    Other,
}

/// The words of a text, in their order. Whatever is no letter and no digit stands between words.
pub(crate) fn words(text: &str) -> Vec<Word> {
    let mut words = Vec::new();
    let mut from = None;
    for (at, letter) in text.char_indices() {
        let stands_alone = stands_alone(letter);
        let goes_on = !stands_alone && (letter.is_alphanumeric() || is_mark(letter));
        if !goes_on && let Some(from) = from.take() {
            words.push(word(text, from, at));
        }
        if stands_alone {
            words.push(word(text, at, at + letter.len_utf8()));
        } else if goes_on && from.is_none() && !is_mark(letter) {
            from = Some(at);
        }
    }
    if let Some(from) = from {
        words.push(word(text, from, text.len()));
    }
    words
}

impl Word {
    /// Every way in which a text of that language has this word in the index.
    pub(crate) fn written(&self, language: Language) -> Vec<String> {
        let mut forms = self.spellings();
        match language {
            Language::English => forms.extend(self.stem(&ENGLISH_STEMS)),
            Language::German => forms.extend(self.stem(&GERMAN_STEMS)),
            Language::Other => {}
        }
        distinct(forms)
    }

    /// Every way in which this word may be found, whatever language somebody searches in.
    pub(crate) fn sought(&self) -> Vec<String> {
        let mut forms = self.spellings();
        forms.extend(self.stem(&ENGLISH_STEMS));
        forms.extend(self.stem(&GERMAN_STEMS));
        distinct(forms)
    }

    /// Without accents, and with umlauts in two letters, as people without such keys write them.
    fn spellings(&self) -> Vec<String> {
        let mut forms = vec![self.plain.clone()];
        if self.lower.contains(['ä', 'ö', 'ü']) {
            forms.push(folded(&self.lower.replace('ä', "ae").replace('ö', "oe").replace('ü', "ue")));
        }
        forms
    }

    fn stem(&self, stems: &'static LocalKey<RefCell<Stems>>) -> Option<String> {
        let is_word = self.lower.chars().all(char::is_alphabetic) && self.lower.chars().nth(2).is_some();
        is_word.then(|| stems.with_borrow_mut(|stems| stems.of(&self.lower)))
    }
}

thread_local! {
    static ENGLISH_STEMS: RefCell<Stems> = RefCell::new(Stems::by(Algorithm::English));
    static GERMAN_STEMS: RefCell<Stems> = RefCell::new(Stems::by(Algorithm::German));
}

/// The stems of a language, without accents, and those of the last words.
struct Stems {
    stemmer: Stemmer,
    known: HashMap<String, String>,
}

impl Stems {
    fn by(algorithm: Algorithm) -> Self {
        Self { stemmer: Stemmer::new(algorithm), known: HashMap::new() }
    }

    fn of(&mut self, lower: &str) -> String {
        if let Some(stem) = self.known.get(lower) {
            return stem.clone();
        }
        if self.known.len() == REMEMBERED {
            self.known.clear();
        }
        let stem = folded(&self.stemmer.stem(lower));
        self.known.insert(lower.to_owned(), stem.clone());
        stem
    }
}

fn distinct(mut forms: Vec<String>) -> Vec<String> {
    let mut place = 0;
    while place < forms.len() {
        if forms[place].is_empty() || forms[..place].contains(&forms[place]) {
            forms.remove(place);
        } else {
            place += 1;
        }
    }
    forms
}

fn word(text: &str, from: usize, to: usize) -> Word {
    let lower: String = text[from..to].chars().take(LONGEST).flat_map(char::to_lowercase).collect();
    Word { from, to, plain: folded(&lower), lower }
}

/// Signs of languages that put no space between words.
const fn stands_alone(letter: char) -> bool {
    matches!(letter, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}')
}

/// An accent that follows its letter.
const fn is_mark(letter: char) -> bool {
    matches!(letter, '\u{300}'..='\u{36f}')
}

fn folded(word: &str) -> String {
    thread_local! {
        static FOLDING: RefCell<TextAnalyzer> =
            RefCell::new(TextAnalyzer::builder(RawTokenizer::default()).filter(AsciiFoldingFilter).build());
    }
    if word.is_ascii() {
        return word.to_owned();
    }
    let bare: String = word.chars().filter(|letter| !is_mark(*letter)).collect();
    FOLDING.with_borrow_mut(|folding| {
        let mut stream = folding.token_stream(&bare);
        if stream.advance() { stream.token().text.clone() } else { String::new() }
    })
}

/// The language that a text seems to be in, by its small words; else the one that its writer reads.
pub(crate) fn language(words: &[Word], of_writer: &str) -> Language {
    let count = |small: &[&str]| words.iter().filter(|word| small.contains(&word.lower.as_str())).count();
    let (english, german) = (count(ENGLISH), count(GERMAN));
    if english > german {
        return Language::English;
    }
    if german > english {
        return Language::German;
    }
    match of_writer.split(['-', '_']).next() {
        Some("en") => Language::English,
        Some("de") => Language::German,
        Some(_) | None => Language::Other,
    }
}

/// Small words that the other language does not have.
const ENGLISH: &[&str] = &[
    "the", "and", "of", "to", "is", "are", "it", "you", "we", "my", "your", "our", "this", "that", "with",
    "for", "not", "have", "has", "can", "but", "from", "on", "be", "been", "please", "what", "how", "when",
];
const GERMAN: &[&str] = &[
    "der", "die", "das", "und", "ist", "sind", "ich", "wir", "sie", "nicht", "ein", "eine", "einen", "mit",
    "für", "auf", "von", "zu", "den", "dem", "des", "im", "bitte", "wie", "wann", "haben", "habe", "aber",
];

#[cfg(test)]
mod tests;
