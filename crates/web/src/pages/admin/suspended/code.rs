//! Why a mail is held, in plain words, and what that means.

use store::mail::Mail;

use crate::t;
use crate::text::Locale;

/// Short, for a list.
pub fn reason(locale: Locale, mail: &Mail) -> String {
    let words = match mail.code.as_deref().unwrap_or_default() {
        "own_address" => t!(locale, "mail-code-own-address"),
        "loop" => t!(locale, "mail-code-loop"),
        "blocked" => t!(locale, "mail-code-blocked"),
        "unauthenticated" => t!(locale, "mail-code-unauthenticated"),
        "cap" => t!(locale, "mail-code-cap"),
        "too_large" => t!(locale, "mail-code-too-large"),
        "malformed" => t!(locale, "mail-code-malformed"),
        "unknown_recipient" => t!(locale, "mail-code-unknown-recipient"),
        "audience" => t!(locale, "mail-code-audience"),
        "bounce" => t!(locale, "mail-code-bounce"),
        "stranger_confidential" => t!(locale, "mail-code-stranger-confidential"),
        "set_aside" => t!(locale, "mail-code-set-aside"),
        other => return t!(locale, "mail-code-other", code = other.to_owned()),
    };
    words.to_owned()
}

/// What happened and what to do.
pub fn meaning(locale: Locale, mail: &Mail) -> &'static str {
    match mail.code.as_deref().unwrap_or_default() {
        "own_address" => t!(locale, "mail-means-own-address"),
        "loop" => t!(locale, "mail-means-loop"),
        "blocked" => t!(locale, "mail-means-blocked"),
        "unauthenticated" => t!(locale, "mail-means-unauthenticated"),
        "cap" => t!(locale, "mail-means-cap"),
        "too_large" => t!(locale, "mail-means-too-large"),
        "malformed" => t!(locale, "mail-means-malformed"),
        "unknown_recipient" => t!(locale, "mail-means-unknown-recipient"),
        "audience" => t!(locale, "mail-means-audience"),
        "bounce" => t!(locale, "mail-means-bounce"),
        "stranger_confidential" => t!(locale, "mail-means-stranger-confidential"),
        "set_aside" => t!(locale, "mail-means-set-aside"),
        _ => t!(locale, "mail-means-other"),
    }
}
