//! Every text a person reads, in their language, from one Fluent catalogue.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::OnceLock;

use fluent_templates::fluent_bundle::FluentValue;
use fluent_templates::{LanguageIdentifier, StaticLoader, langid};

/// Says a text: `t!(locale, "key")` gives a `&'static str`, `t!(locale, "key", count = 3)` a `String`.
#[macro_export]
macro_rules! t {
    ($locale:expr, $key:literal) => {{
        static SAID: $crate::text::Said = $crate::text::never_said();
        $crate::text::once(&SAID, $locale, $key)
    }};
    ($locale:expr, $key:literal, $($name:ident = $value:expr),+ $(,)?) => {
        $crate::text::filled($locale, $key, [$((stringify!($name), $value.into())),+])
    };
}

/// A language the pages are written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Locale {
    #[default]
    English,
    German,
}

impl Locale {
    pub const ALL: [Locale; 2] = [Locale::English, Locale::German];

    /// The person's own choice wins, then what the browser asks for, then English.
    pub fn choose(preference: Option<&str>, accept_language: Option<&str>) -> Locale {
        preference
            .and_then(Locale::from_tag)
            .or_else(|| accept_language.and_then(best_accepted))
            .unwrap_or_default()
    }

    /// Reads a language tag such as `de`, `de-AT` or `en_GB`.
    pub fn from_tag(tag: &str) -> Option<Locale> {
        let language = tag.trim().split(['-', '_']).next()?.to_ascii_lowercase();
        Locale::ALL.into_iter().find(|locale| locale.tag() == language)
    }

    /// The tag for the `lang` attribute.
    pub const fn tag(self) -> &'static str {
        match self {
            Locale::English => "en",
            Locale::German => "de",
        }
    }

    /// The language's name in that language.
    pub const fn own_name(self) -> &'static str {
        match self {
            Locale::English => "English",
            Locale::German => "Deutsch",
        }
    }

    const fn identifier(self) -> LanguageIdentifier {
        match self {
            Locale::English => langid!("en"),
            Locale::German => langid!("de"),
        }
    }
}

/// One text in every language, remembered at the place that says it.
pub type Said = [OnceLock<String>; Locale::ALL.len()];

/// The start of a [`Said`].
pub const fn never_said() -> Said {
    [const { OnceLock::new() }; Locale::ALL.len()]
}

/// A text without arguments, looked up the first time only.
pub fn once(said: &'static Said, locale: Locale, key: &'static str) -> &'static str {
    said[locale as usize].get_or_init(|| look_up(locale, key, None))
}

/// A text with its arguments put in.
pub fn filled<const N: usize>(
    locale: Locale,
    key: &str,
    arguments: [(&'static str, FluentValue<'_>); N],
) -> String {
    let arguments: HashMap<Cow<'static, str>, FluentValue<'_>> =
        arguments.into_iter().map(|(name, value)| (Cow::Borrowed(name), value)).collect();
    look_up(locale, key, Some(&arguments))
}

/// A text whose key is known only while running, such as that of a problem.
pub fn looked_up(
    locale: Locale,
    key: &str,
    arguments: &HashMap<Cow<'static, str>, FluentValue<'_>>,
) -> String {
    look_up(locale, key, Some(arguments))
}

fluent_templates::static_loader! {
    static CATALOGUE = {
        locales: "./locales",
        fallback_language: "en",
        customise: |bundle| bundle.set_use_isolating(false),
    };
}

// A missing text shows its key: visible to whoever wrote it, and a test finds it first.
fn look_up(
    locale: Locale,
    key: &str,
    arguments: Option<&HashMap<Cow<'static, str>, FluentValue<'_>>>,
) -> String {
    let catalogue: &StaticLoader = &CATALOGUE;
    catalogue.lookup_single_language(&locale.identifier(), key, arguments).unwrap_or_else(|_| key.to_owned())
}

fn best_accepted(header: &str) -> Option<Locale> {
    let mut best: Option<(Locale, f32)> = None;
    for part in header.split(',').take(20) {
        let (tag, parameters) = part.split_once(';').unwrap_or((part, ""));
        let weight = parameters.trim().strip_prefix("q=").map_or(1.0, |q| q.trim().parse().unwrap_or(0.0));
        let Some(locale) = Locale::from_tag(tag) else {
            continue;
        };
        if weight > 0.0 && best.is_none_or(|(_, before)| weight > before) {
            best = Some((locale, weight));
        }
    }
    best.map(|(locale, _)| locale)
}

#[cfg(test)]
mod tests;
