//! Passwords: what is accepted, and how they are kept (argon2id, 19 MiB, two passes).

#[cfg(test)]
mod tests;

use argon2::password_hash::phc::PasswordHash;
use argon2::{Algorithm, Argon2, Params, PasswordHasher, PasswordVerifier, Version};

use crate::{DeskError, Problem};

const FEWEST_BYTES: usize = 12;
const MOST_BYTES: usize = 1_024;

/// What a long password still is, once digits and signs are taken away, too often.
const COMMON: [&str; 20] = [
    "password",
    "passwort",
    "passw",
    "pass",
    "qwertyuiop",
    "qwertzuiop",
    "qwerty",
    "qwertz",
    "azertyuiop",
    "asdfghjkl",
    "letmein",
    "welcome",
    "willkommen",
    "admin",
    "administrator",
    "iloveyou",
    "changeme",
    "abcdefghijkl",
    "throughline",
    "secret",
];

/// A new password that may be used: 12 to 1,024 bytes and not easily guessed.
pub struct Password(String);

/// A password as it is kept: a PHC string.
#[derive(Clone, PartialEq, Eq)]
pub struct Hash(String);

impl Password {
    /// Checks a new password of somebody with this address.
    pub fn parse(text: &str, email: Option<&str>) -> Result<Self, DeskError> {
        let refuse = |problem| Err(DeskError::invalid("password", problem));
        if text.len() < FEWEST_BYTES {
            return refuse(Problem::PasswordTooShort);
        }
        if text.len() > MOST_BYTES {
            return refuse(Problem::PasswordTooLong);
        }
        let lower = text.to_lowercase();
        let local = email.and_then(|email| email.split('@').next()).unwrap_or_default();
        if local.len() >= 4 && lower.contains(&local.to_lowercase()) {
            return refuse(Problem::PasswordHoldsAddress);
        }
        if is_common(&lower) {
            return refuse(Problem::PasswordCommon);
        }
        Ok(Self(text.to_owned()))
    }

    /// Takes some 100 ms of one core: never call it on a database thread.
    #[must_use]
    pub fn hash(&self) -> Hash {
        let hash = argon().hash_password(self.0.as_bytes());
        Hash(hash.expect("the system gives randomness, and the length was checked").to_string())
    }
}

impl Hash {
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// What a check of a password found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Check {
    Right,
    /// Right, but kept with parameters that are no longer ours.
    Outdated,
    Wrong,
}

/// Compares a password with a kept one; as slow as hashing.
pub(crate) fn check(password: &str, hash: &str) -> Check {
    if password.len() > MOST_BYTES {
        return Check::Wrong;
    }
    let Ok(hash) = PasswordHash::new(hash) else { return Check::Wrong };
    if argon().verify_password(password.as_bytes(), &hash).is_err() {
        return Check::Wrong;
    }
    let ours = params();
    match Params::try_from(&hash) {
        Ok(kept)
            if hash.algorithm == Algorithm::Argon2id.ident()
                && (kept.m_cost(), kept.t_cost(), kept.p_cost())
                    == (ours.m_cost(), ours.t_cost(), ours.p_cost()) =>
        {
            Check::Right
        }
        Ok(_) | Err(_) => Check::Outdated,
    }
}

/// Hashes a password that was right, to keep it with today's parameters.
pub(crate) fn renew(password: &str) -> Hash {
    Password(password.to_owned()).hash()
}

fn argon() -> Argon2<'static> {
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params())
}

fn params() -> Params {
    Params::new(19_456, 2, 1, None).expect("these are argon2's recommended parameters")
}

fn is_common(lower: &str) -> bool {
    let characters: Vec<char> = lower.chars().collect();
    let mut distinct = characters.clone();
    distinct.sort_unstable();
    distinct.dedup();
    let climbs = characters.windows(2).filter(|pair| {
        let step = i64::from(u32::from(pair[1])) - i64::from(u32::from(pair[0]));
        (-1..=1).contains(&step)
    });
    let letters: String = characters.iter().filter(|character| character.is_alphabetic()).collect();
    distinct.len() < 5
        || climbs.count() * 4 >= (characters.len() - 1) * 3
        || COMMON.iter().any(|word| repeats(&letters, word))
}

fn repeats(letters: &str, word: &str) -> bool {
    !letters.is_empty()
        && letters.len().is_multiple_of(word.len())
        && letters == word.repeat(letters.len() / word.len())
}
