//! The same mail once more, by another way: its bytes differ only in what servers wrote on top.

use store::mail::Within;

use super::Outcome;
use super::read::Understood;
use crate::DeskError;
use crate::act::Act;

/// Nothing new, when a mail from the same address under the same Message-ID said the same words with the same files
/// there already. The Message-ID alone says nothing: anybody can write one.
pub(super) fn known(
    act: &mut Act,
    within: Within,
    understood: &Understood,
    from: &str,
) -> Result<Option<Outcome>, DeskError> {
    let Some(id) = &understood.message.message_id else { return Ok(None) };
    let before = store::mail::said_before(act.tx, within, id, from)?;
    if before.is_empty() {
        return Ok(None);
    }
    let (text, html, files) = (understood.full_text(), understood.html(), understood.contents());
    let same =
        before.into_iter().find(|said| said.full_text == text && said.html == html && said.files == files);
    Ok(same.map(|said| Outcome::Told { ticket: Some(said.ticket) }))
}
