//! Mail that nobody decided about in time is forgotten, with the files that nothing else names.

use domain::event::Actor;
use jiff::Timestamp;
use store::mail::{Mail, State};

use super::read;
use crate::act::{Act, Desk};
use crate::{DeskError, mail_raw, uploads};

/// Mails in one go.
const AT_ONCE: i64 = 20;

/// Forgets every suspended mail whose time is over; gives how many there were. That it came, from whom and why
/// it was held stays written.
pub async fn forget_what_is_over(desk: &Desk) -> Result<usize, DeskError> {
    let mut forgotten = 0;
    loop {
        let over = desk.look(|look| Ok(store::mail::over(look.tx, look.now, AT_ONCE)?)).await?;
        let named = files_of(desk, over.clone()).await?;
        let now = desk.act(Actor::Desk, move |act| {
            // Whether something else names them is looked at when they leave the attachment store.
            named.iter().try_for_each(|name| store::upload::leaves(act.tx, name, act.now))?;
            over.iter().try_fold(0, |so_far, mail| Ok(so_far + usize::from(forget(act, mail)?)))
        });
        let now = now.await?;
        if now == 0 {
            break;
        }
        forgotten += now;
    }
    if forgotten == 0 {
        return Ok(0);
    }
    let swept = desk.clone();
    match tokio::task::spawn_blocking(move || uploads::sweep(&swept)).await {
        Ok(swept) => swept.map(|_| forgotten),
        Err(cause) => Err(DeskError::Store(store::StoreError::Encoding(cause.to_string()))),
    }
}

/// The files that were kept for a mail: itself, when it is large, and what hung on it.
async fn files_of(desk: &Desk, mails: Vec<Mail>) -> Result<Vec<[u8; 32]>, DeskError> {
    let files = desk.files.clone();
    desk.study(move |look| {
        let mut named = Vec::new();
        for mail in &mails {
            named.push(mail.content);
            // A raw mail that is gone names nothing any more.
            let Ok(raw) = mail_raw::bytes(look.tx, &files, mail) else { continue };
            named.extend(read::without_files(&raw).message.attachments.iter().map(|file| file.sha256));
        }
        Ok(named)
    })
    .await
}

/// Unless somebody decided about it meanwhile.
fn forget(act: &mut Act, mail: &Mail) -> Result<bool, DeskError> {
    let is_over = |mail: &Mail, now: Timestamp| {
        mail.state == State::Suspended && mail.until_at.is_some_and(|until| until <= now)
    };
    let over = store::mail::by_id(act.tx, mail.id)?.is_some_and(|mail| is_over(&mail, act.now));
    if over {
        store::mail::forget(act.tx, mail.id)?;
    }
    Ok(over)
}
