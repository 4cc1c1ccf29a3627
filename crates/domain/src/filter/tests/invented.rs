//! Invented filters, and texts that look like them.

use jiff::civil::Date;
use proptest::prelude::*;
use proptest::sample::select;

use crate::affiliation::Class;
use crate::filter::linked::{self, End, Tie};
use crate::filter::value::{
    Bounds, Holder, Length, Measure, Moment, Name, Organisation, Period, Rated, Relative, Status, Tagged,
    TimeField, Unit, Waiting, When, Word,
};
use crate::filter::{self, Condition, Filter, Flag, all, not};
use crate::priority::Priority;
use crate::tag::Tag;
use crate::ticket::{Kind, State};

/// Pieces that mean something, between pieces that mean nothing.
pub(super) fn texts() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        select(vec![
            "is:",
            "open",
            "unit:",
            "due:",
            "<",
            ">=",
            "2h",
            "..",
            ",",
            " ",
            "-",
            "not ",
            " or ",
            "(",
            ")",
            "\"",
            "\\",
            "today",
            "2026-11-24",
            "2026-11",
            "priority:",
            "1",
            "number:",
            "mine",
            "from:",
            "ä",
            "unanswered:",
            "yes",
            "no",
            "none",
            "state:",
            "status:",
            "blocked:",
            "rating:",
            "\u{0}",
            "\u{301}",
            "😀",
            "kind:",
            "complaint",
            "waiting:",
            "us",
            "holder:",
            "me",
            "word",
            ":",
            "opened:",
            "7d",
            "99999999999d",
        ])
        .prop_map(str::to_owned),
        any::<char>().prop_map(String::from),
    ];
    prop::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

pub(super) fn filters() -> impl Strategy<Value = Filter> {
    let leaf = prop_oneof![8 => conditions().prop_map(Filter::Where), 1 => words().prop_map(Filter::Words)];
    let whole = leaf.prop_recursive(4, 24, 4, |inner| {
        let several = prop::collection::vec(inner.clone(), 1..4);
        prop_oneof![several.clone().prop_map(all), several.prop_map(filter::any), inner.prop_map(not),]
    });
    prop_oneof![1 => Just(Filter::EVERYTHING), 40 => whole]
}

fn conditions() -> impl Strategy<Value = Condition> {
    prop_oneof![
        some(select(State::ALL)).prop_map(Condition::State),
        select(Flag::ALL).prop_map(Condition::Is),
        some(prop_oneof![Just(Unit::Mine), names().prop_map(Unit::Named)]).prop_map(Condition::Unit),
        some(prop_oneof![Just(Holder::Me), Just(Holder::Nobody), names().prop_map(Holder::Named)])
            .prop_map(Condition::Holder),
        some(names()).prop_map(Condition::From),
        some(prop_oneof![Just(Organisation::Nobody), names().prop_map(Organisation::Named)])
            .prop_map(Condition::Organisation),
        some(names()).prop_map(Condition::Service),
        some(select(Kind::ALL)).prop_map(Condition::Kind),
        some(select(Class::ALL)).prop_map(Condition::Class),
        some(bounds(select(&Priority::ALL[..]))).prop_map(Condition::Priority),
        times(),
        some(select(Waiting::ALL)).prop_map(Condition::Waiting),
        some(prop_oneof![Just(Rated::Never), bounds(1..=5_u8).prop_map(Rated::Within)])
            .prop_map(Condition::Rating),
        some(bounds(0..2_000_i64)).prop_map(Condition::Number),
        some(prop_oneof![Just(Status::Not), names().prop_map(Status::Named)])
            .prop_filter("a bare state is a state", |statuses| statuses.iter().all(|one| !is_state(one)))
            .prop_map(Condition::Status),
        some(select(&["returns", "big-deal", "none"][..]))
            .prop_map(|words| Condition::Tag(words.into_iter().map(tagged).collect())),
        some(prop_oneof![
            select(&linked::WORDS[..]).prop_map(|word| Tie::parse(word).unwrap()),
            (0..2_000_i64).prop_map(|number| Tie::To(End::Number(number))),
        ])
        .prop_map(Condition::Linked),
    ]
}

fn is_state(status: &Status) -> bool {
    let bare = |name: &&Name| !name.is_whole();
    let name = if let Status::Named(name) = status { Some(name) } else { None };
    name.filter(bare).is_some_and(|name| State::parse(&name.text().to_lowercase()).is_some())
}

fn tagged(word: &str) -> Tagged {
    Tag::parse(word).map_or(Tagged::Not, Tagged::With)
}

fn times() -> impl Strategy<Value = Condition> {
    (select(TimeField::ALL), some(bounds_of_moments()), any::<bool>()).prop_map(|(field, moments, never)| {
        let mut whens: Vec<When> = moments.into_iter().map(When::At).collect();
        if never && matches!(field, TimeField::Due | TimeField::Solved) {
            whens.push(When::Never);
        }
        Condition::Time(field, whens)
    })
}

/// A length is never meant to the minute, so that it has no exact form.
fn bounds_of_moments() -> impl Strategy<Value = Bounds<Moment>> {
    let length = (0..500_u32, select(Measure::ALL))
        .prop_map(|(count, unit)| Moment::Length(Length::new(count, unit).unwrap()));
    let period = prop_oneof![
        select(Relative::ALL).prop_map(Period::Named),
        (1900..=2999_i16, 1..=12_i8, 1..=28_i8)
            .prop_map(|(y, m, d)| Period::Day(Date::new(y, m, d).unwrap())),
        (1900..=2999_i16, 1..=12_i8).prop_map(|(y, m)| Period::Month(Date::new(y, m, 1).unwrap())),
    ];
    let moment = prop_oneof![Just(Moment::Now), length, period.prop_map(Moment::Period)];
    (0..6_u8, moment.clone(), moment).prop_map(|(which, one, other)| match (which, one) {
        (0, Moment::Length(_)) | (1, _) => Bounds::AtMost(one),
        (0, _) => Bounds::Exactly(one),
        (2, _) => Bounds::Below(one),
        (3, _) => Bounds::Above(one),
        (4, _) => Bounds::AtLeast(one),
        _ => Bounds::Between(one, other),
    })
}

fn bounds<T: Ord + Clone + std::fmt::Debug + 'static>(
    one: impl Strategy<Value = T>,
) -> impl Strategy<Value = Bounds<T>> {
    prop::collection::vec(one, 2).prop_flat_map(|mut two| {
        two.sort();
        let (from, to) = (two[0].clone(), two[1].clone());
        select(vec![
            Bounds::Exactly(from.clone()),
            Bounds::Below(from.clone()),
            Bounds::AtMost(from.clone()),
            Bounds::Above(from.clone()),
            Bounds::AtLeast(from.clone()),
            Bounds::Between(from, to),
        ])
    })
}

fn names() -> impl Strategy<Value = Name> {
    prop_oneof![
        "\\PC{1,12}".prop_filter_map("only what may stand bare", |text| Name::begins(&text)),
        "[ -~äöü\"\\\\]{1,12}".prop_filter_map("something between the quotes", |text| Name::whole(&text)),
        select(vec!["Customer Support", "ware", "ana@contoso.example", "none", "me"])
            .prop_map(|text| Name::whole(text).unwrap()),
    ]
}

fn words() -> impl Strategy<Value = Word> {
    prop_oneof![
        "\\PC{1,12}".prop_filter_map("only what may stand bare", |text| Word::bare(&text)),
        "[ -~äöü]{1,12}".prop_filter_map("something between the quotes", |text| Word::phrase(&text)),
    ]
}

fn some<T: std::fmt::Debug>(one: impl Strategy<Value = T>) -> impl Strategy<Value = Vec<T>> {
    prop::collection::vec(one, 1..4)
}
