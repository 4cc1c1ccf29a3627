//! Which passwords are accepted, and that a kept one is known again.

use super::{Check, Password, check, renew};

#[test]
fn short_long_common_and_telling_passwords_are_refused() {
    let long = "ab".repeat(513);
    for text in
        ["short", &long, "Password1234!", "123456789012", "abababababab", "qwertz!qwertz", "kim.larsen#2026"]
    {
        assert!(Password::parse(text, Some("kim.larsen@example.org")).is_err(), "{text}");
    }
    for text in ["correct horse staple", "blau-Regen-Ofen-17", "日本語の長い合言葉"] {
        assert!(Password::parse(text, Some("kim.larsen@example.org")).is_ok(), "{text}");
    }
}

#[test]
fn a_kept_password_is_known_again_and_an_old_one_asks_to_be_kept_anew() {
    let hash = renew("correct horse staple");
    assert!(hash.as_str().starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{}", hash.as_str());
    assert_eq!(check("correct horse staple", hash.as_str()), Check::Right);
    assert_eq!(check("correct horse stable", hash.as_str()), Check::Wrong);
    assert_eq!(check("", ""), Check::Wrong);
    let weak = argon2::Argon2::from(argon2::Params::new(64, 1, 1, None).unwrap());
    let weak = argon2::PasswordHasher::hash_password(&weak, b"correct horse staple").unwrap().to_string();
    assert_eq!(check("correct horse staple", &weak), Check::Outdated);
}
