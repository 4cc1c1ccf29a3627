//! What was asked, as queries: first every word as it was typed, then, when that finds little, what comes close.

use tantivy::Term;
use tantivy::query::{
    BooleanQuery, BoostQuery, ConstScoreQuery, DisjunctionMaxQuery, FuzzyTermQuery, Occur, PhrasePrefixQuery,
    PhraseQuery, Query, TermQuery,
};
use tantivy::schema::{Field, IndexRecordOption};

use super::asked::{Asked, Part};
use super::digits;
use super::generation::Generation;
use super::index::Fields;
use super::spell::Word;

/// A word in a title says more than one in a text.
const TITLE: f32 = 2.0;
/// Words that only begin as it was typed, and words that were mistyped, come after those that were meant.
const BEGINS: f32 = 0.2;
const CLOSE: f32 = 0.3;

/// How near to what was typed a hit has to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Nearness {
    /// It has every word.
    Every,
    /// It has some of the words, or some that are nearly the same.
    Close,
}

/// What is searched: the fields of the index, and the tickets whose requester the searcher may call.
pub(crate) struct Ground<'a> {
    pub(crate) fields: &'a Fields,
    pub(crate) inside: Box<dyn Query>,
    generation: &'a Generation,
}

impl<'a> Ground<'a> {
    pub(crate) fn of(generation: &'a Generation, inside: Box<dyn Query>) -> Self {
        Self { fields: &generation.fields, inside, generation }
    }
}

/// How many letters may be wrong in a word of that length; a number is another one when a digit is.
pub(crate) fn may_be_wrong(word: &Word) -> u8 {
    if word.plain.chars().all(|letter| letter.is_ascii_digit()) {
        return 0;
    }
    match word.plain.chars().count() {
        0..4 => 0,
        4..8 => 1,
        _ => 2,
    }
}

/// What is looked for, without what a nearer look found already.
pub(crate) struct Sought {
    pub(crate) wanted: Box<dyn Query>,
    pub(crate) without: Option<Box<dyn Query>>,
}

pub(crate) fn of(asked: &Asked, nearness: Nearness, ground: &Ground) -> Sought {
    let every = every(asked, ground);
    match nearness {
        Nearness::Every => Sought { wanted: every, without: None },
        Nearness::Close => Sought { wanted: close(asked, ground), without: Some(every) },
    }
}

fn every(asked: &Asked, ground: &Ground) -> Box<dyn Query> {
    let mut parts: Vec<&Part> = asked.parts.iter().collect();
    // The engine goes from hit to hit of the first part, and asks the others only about those.
    parts.sort_by_cached_key(|part| rarity(part, ground));
    all(parts
        .into_iter()
        .map(|part| match part {
            Part::Word { word, begins } => one_word(word, *begins, ground),
            Part::Phrase { words, begins, .. } => phrase(words, *begins, ground),
            Part::Digits { plain, words } => {
                let as_words = all(words.iter().map(|word| one_word(word, false, ground)).collect());
                any(vec![phone(plain, ground), as_words])
            }
        })
        .collect())
}

/// In how many documents a part of what was asked can stand; a number to call is the rarest.
fn rarity(part: &Part, ground: &Ground) -> u64 {
    let of =
        |word: &Word| ground.generation.frequency(&Term::from_field_text(ground.fields.text, &word.plain));
    match part {
        Part::Digits { .. } => 0,
        Part::Phrase { words, .. } => words.iter().map(of).min().unwrap_or_default(),
        // What begins like that is in no list yet.
        Part::Word { begins: true, .. } => u64::MAX,
        Part::Word { word, .. } => of(word),
    }
}

/// What was quoted, an address, and what can be called stays as it is; of the words, any will do.
fn close(asked: &Asked, ground: &Ground) -> Box<dyn Query> {
    let (mut fixed, mut loose) = (Vec::new(), Vec::new());
    for part in &asked.parts {
        match part {
            Part::Word { word, begins } => loose.push(nearly(word, *begins, ground)),
            Part::Phrase { words, as_it_stands: true, begins } => {
                fixed.push(phrase(words, *begins, ground));
            }
            Part::Phrase { words, as_it_stands: false, .. } => {
                loose.extend(words.iter().map(|word| nearly(word, false, ground)));
            }
            Part::Digits { plain, .. } => fixed.push(phone(plain, ground)),
        }
    }
    if !loose.is_empty() {
        fixed.push(any(loose));
    }
    all(fixed)
}

/// A word in any of its forms; the rarer it is, the more it says.
fn one_word(word: &Word, begins: bool, ground: &Ground) -> Box<dyn Query> {
    let mut ways = Vec::new();
    for (field, boost) in [(ground.fields.title, TITLE), (ground.fields.text, 1.0)] {
        let forms = word.sought().into_iter().map(|form| -> Box<dyn Query> {
            Box::new(TermQuery::new(Term::from_field_text(field, &form), IndexRecordOption::WithFreqs))
        });
        // A word and its stem are one word, however many of its forms a text has.
        ways.push(weighed(Box::new(DisjunctionMaxQuery::new(forms.collect())), boost));
        if begins && word.plain.chars().count() > 1 {
            let term = Term::from_field_text(field, &word.plain);
            ways.push(constant(Box::new(FuzzyTermQuery::new_prefix(term, 0, false)), BEGINS * boost));
        }
    }
    ways.push(reached(one_in_contact(word, begins, ground), ground));
    any(ways)
}

fn one_in_contact(word: &Word, begins: bool, ground: &Ground) -> Box<dyn Query> {
    let term = Term::from_field_text(ground.fields.contact, &word.plain);
    if begins && word.plain.chars().count() > 1 {
        return constant(Box::new(FuzzyTermQuery::new_prefix(term, 0, false)), BEGINS);
    }
    Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs))
}

/// Addresses and phone numbers of requesters are for those who read inside.
fn reached(contact: Box<dyn Query>, ground: &Ground) -> Box<dyn Query> {
    all(vec![contact, constant(ground.inside.box_clone(), 0.0)])
}

fn nearly(word: &Word, begins: bool, ground: &Ground) -> Box<dyn Query> {
    let mut ways = vec![one_word(word, begins, ground)];
    let wrong = may_be_wrong(word);
    if wrong > 0 {
        for (field, boost) in [(ground.fields.title, TITLE), (ground.fields.text, 1.0)] {
            let term = Term::from_field_text(field, &word.plain);
            ways.push(constant(Box::new(FuzzyTermQuery::new(term, wrong, true)), CLOSE * boost));
        }
    }
    any(ways)
}

fn phrase(words: &[Word], begins: bool, ground: &Ground) -> Box<dyn Query> {
    let said = [(ground.fields.title, TITLE), (ground.fields.text, 1.0)]
        .map(|(field, boost)| weighed(phrase_in(field, words, begins), boost));
    let contact = reached(phrase_in(ground.fields.contact, words, begins), ground);
    any(said.into_iter().chain([contact]).collect())
}

fn phrase_in(field: Field, words: &[Word], begins: bool) -> Box<dyn Query> {
    let terms: Vec<Term> = words.iter().map(|word| Term::from_field_text(field, &word.plain)).collect();
    match terms.as_slice() {
        [term] => Box::new(TermQuery::new(term.clone(), IndexRecordOption::WithFreqs)),
        _ if begins => Box::new(PhrasePrefixQuery::new(terms)),
        _ => Box::new(PhraseQuery::new(terms)),
    }
}

/// A number by its end, so that it is found with and without the code of its country.
fn phone(plain: &str, ground: &Ground) -> Box<dyn Query> {
    let contact = phone_in(ground.fields.contact_digits, plain);
    any(vec![phone_in(ground.fields.digits, plain), reached(contact, ground)])
}

fn phone_in(field: Field, plain: &str) -> Box<dyn Query> {
    let whole = Term::from_field_text(field, &digits::backwards(plain));
    let mut ways = vec![constant(Box::new(FuzzyTermQuery::new_prefix(whole, 0, false)), 1.0)];
    for rest in digits::without_country(plain) {
        let term = Term::from_field_text(field, &digits::backwards(rest));
        ways.push(constant(Box::new(TermQuery::new(term, IndexRecordOption::Basic)), 1.0));
    }
    any(ways)
}

fn all(parts: Vec<Box<dyn Query>>) -> Box<dyn Query> {
    Box::new(BooleanQuery::new(parts.into_iter().map(|part| (Occur::Must, part)).collect()))
}

fn any(parts: Vec<Box<dyn Query>>) -> Box<dyn Query> {
    Box::new(BooleanQuery::new(parts.into_iter().map(|part| (Occur::Should, part)).collect()))
}

fn weighed(query: Box<dyn Query>, boost: f32) -> Box<dyn Query> {
    if boost > 1.0 { Box::new(BoostQuery::new(query, boost)) } else { query }
}

fn constant(query: Box<dyn Query>, score: f32) -> Box<dyn Query> {
    Box::new(ConstScoreQuery::new(query, score))
}
