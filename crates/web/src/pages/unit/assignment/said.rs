//! Why nobody could be given a ticket, as a sentence.

use domain::assignment::Shortage;

use crate::t;
use crate::text::Locale;

pub(crate) fn shortage(locale: Locale, shortage: &Shortage) -> String {
    let (key, need) = match shortage {
        Shortage::NobodyServes => return t!(locale, "shortage-nobody-serves").to_owned(),
        Shortage::OnlyRequesting => return t!(locale, "shortage-only-requesting").to_owned(),
        Shortage::Unskilled { need } => ("unskilled", need),
        Shortage::Away { need } => ("away", need),
        Shortage::Full { need } => ("full", need),
    };
    let spoken = need.language.as_deref().map(|tag| language(locale, tag)).unwrap_or_default();
    let skills = need.skills.joined();
    match (key, spoken.is_empty(), skills.is_empty()) {
        ("unskilled", false, _) => t!(locale, "shortage-unskilled-language", language = spoken),
        ("unskilled", true, _) => t!(locale, "shortage-unskilled", skills = skills),
        ("away", false, _) => t!(locale, "shortage-away-language", language = spoken),
        ("away", true, false) => t!(locale, "shortage-away-skills", skills = skills),
        ("away", true, true) => t!(locale, "shortage-away").to_owned(),
        (_, false, _) => t!(locale, "shortage-full-language", language = spoken),
        (_, true, false) => t!(locale, "shortage-full-skills", skills = skills),
        (_, true, true) => t!(locale, "shortage-full").to_owned(),
    }
}

/// A language by its tag, in words where we have them.
fn language(locale: Locale, tag: &str) -> String {
    match tag {
        "en" => t!(locale, "language-en").to_owned(),
        "de" => t!(locale, "language-de").to_owned(),
        "fr" => t!(locale, "language-fr").to_owned(),
        other => other.to_owned(),
    }
}
