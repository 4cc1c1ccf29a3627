//! Where this desk is reached, for links in mail.

use serde_json::json;
use store::Tx;
use store::event::Subject;

use crate::act::{Act, Look};
use crate::entitled::Entitled;
use crate::{DeskError, Problem};

const NAME: &str = "base_url";
const MOST: usize = 200;

/// Says where the desk is reached; nothing: mails name numbers only.
pub fn set(act: &mut Act, by: &impl Entitled, text: &str) -> Result<(), DeskError> {
    by.check(act)?;
    let before = store::setting::value(act.tx, NAME)?;
    let url = parsed(text)?;
    if before == url {
        return Ok(());
    }
    match &url {
        Some(url) => store::setting::set(act.tx, NAME, url)?,
        None => {
            store::setting::remove(act.tx, NAME)?;
        }
    }
    act.record_change(Subject::Desk, "base address changed", &json!({ "address": url }))?;
    Ok(())
}

/// Without a slash at its end.
pub fn current(look: &mut Look) -> Result<Option<String>, DeskError> {
    known(look.tx)
}

pub(crate) fn known(tx: &mut Tx) -> Result<Option<String>, DeskError> {
    Ok(store::setting::value(tx, NAME)?)
}

/// The page of a ticket for whoever asked; empty when nobody said where the desk is.
pub(crate) fn to_own_ticket(tx: &mut Tx, number: i64) -> Result<String, DeskError> {
    to(tx, &format!("/portal/tickets/{number}"))
}

/// The page of a ticket for whoever serves it.
pub(crate) fn to_ticket(tx: &mut Tx, number: i64) -> Result<String, DeskError> {
    to(tx, &format!("/tickets/{number}"))
}

pub(crate) fn to(tx: &mut Tx, path: &str) -> Result<String, DeskError> {
    Ok(known(tx)?.map_or_else(String::new, |base| format!("{base}{path}")))
}

fn parsed(text: &str) -> Result<Option<String>, DeskError> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    let malformed = || {
        DeskError::invalid("base_url", Problem::BaseUrlMalformed { text: text.chars().take(MOST).collect() })
    };
    let url = text.trim_end_matches('/').to_ascii_lowercase();
    let host = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://")).ok_or_else(malformed)?;
    let sound = |letter: char| letter.is_ascii_alphanumeric() || "-.:[]".contains(letter);
    if host.is_empty()
        || host.len() > MOST
        || !host.chars().all(sound)
        || !host.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '[')
    {
        return Err(malformed());
    }
    Ok(Some(url))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_an_address_without_a_path_is_one() {
        let read = |text| parsed(text).ok();
        assert_eq!(read("https://desk.example.org/"), Some(Some("https://desk.example.org".to_owned())));
        assert_eq!(read(" http://127.0.0.1:8080 "), Some(Some("http://127.0.0.1:8080".to_owned())));
        assert_eq!(read("  "), Some(None));
        for wrong in [
            "desk.example.org",
            "javascript:alert(1)",
            "https://",
            "https://a b",
            "https://a/b",
            "https://a?b",
            "https://a>b",
        ] {
            assert_eq!(read(wrong), None, "{wrong}");
        }
    }
}
