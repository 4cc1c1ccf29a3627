//! Ordinary mails, from their bytes to committed messages: kept by many at once, placed as the server does it.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use desk::Desk;
use desk::entitled::ByDesk;
use desk::files::Files;
use desk::receive_mail::{Body, Handing, hand, work_off};
use domain::event::Actor;
use domain::id::InboxId;
use domain::service::Audience;
use store::mail::Source;
use store::{Db, WallClock, migrations};

use crate::process::cpu_milliseconds;

pub(crate) const ADDRESS: &str = "support@desk.example";
/// Connections that bring mail at once.
const AT_ONCE: usize = 32;
/// Mails of one customer: the first opens a ticket, the others answer on it.
const EACH: usize = 5;

pub(crate) fn run(file: &Path, mails: usize, attached: usize) -> anyhow::Result<()> {
    anyhow::ensure!(!file.exists(), "{} is there already", file.display());
    let desk = desk(&format!("sqlite:{}", file.display()), &file.with_extension("attachments"))?;
    inbox(&desk)?;
    let made: Arc<Vec<String>> = Arc::new((0..mails).map(|number| mail(number, attached)).collect());
    let bytes: usize = made.iter().map(String::len).sum();
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let (took, cpu) = runtime.block_on(measured(&desk, &made))?;
    let placed = desk.look_now(|look| {
        let waiting = store::mail::count_waiting(look.tx, i64::MAX)?;
        let suspended = store::mail::count_suspended(look.tx, i64::MAX)?;
        Ok((waiting, suspended))
    })?;
    anyhow::ensure!(placed == (0, 0), "{placed:?} mails wait or are suspended");
    #[expect(clippy::cast_precision_loss, reason = "figures are rounded")]
    let (count, size) = (mails as f64, bytes as f64);
    println!("| what | mails | kB each | mails/s | CPU ms/mail |");
    println!("|---|---|---|---|---|");
    println!(
        "| kept, read and placed | {mails} | {:.1} | {:.0} | {:.3} |",
        size / count / 1000.0,
        count / took.as_secs_f64(),
        cpu / count
    );
    Ok(())
}

async fn measured(desk: &Desk, mails: &Arc<Vec<String>>) -> anyhow::Result<(Duration, f64)> {
    let (began, cpu) = (Instant::now(), cpu_milliseconds("self")?);
    let next = Arc::new(AtomicUsize::new(0));
    let mut bringing = tokio::task::JoinSet::new();
    for _ in 0..AT_ONCE {
        let (desk, mails, next) = (desk.clone(), Arc::clone(mails), Arc::clone(&next));
        bringing.spawn(async move {
            while let Some(mail) = mails.get(next.fetch_add(1, Ordering::Relaxed)) {
                hand(&desk, handing(mail)).await?;
            }
            anyhow::Ok(())
        });
    }
    let mut placed = 0;
    while placed < mails.len() {
        placed += work_off(desk).await?;
        let _ = tokio::time::timeout(Duration::from_millis(50), desk.mail_came.notified()).await;
        while let Some(ended) = bringing.try_join_next() {
            ended??;
        }
    }
    Ok((began.elapsed(), cpu_milliseconds("self")? - cpu))
}

fn handing(mail: &str) -> Handing {
    Handing {
        body: Body::Bytes(mail.into()),
        source: Source::Listener,
        from: None,
        recipients: vec![ADDRESS.to_owned()],
        silent: false,
    }
}

pub(crate) fn desk(address: &str, files: &Path) -> anyhow::Result<Desk> {
    let db = Db::open(address, migrations::ALL)?;
    Ok(Desk::new(db, WallClock::system()).with_files(Files::in_folder(files)))
}

pub(crate) fn inbox(desk: &Desk) -> anyhow::Result<InboxId> {
    Ok(desk.act_now(Actor::Desk, |act| {
        let unit = desk::units::create(act, &ByDesk, &desk::units::Input::named("Support"))?;
        let mut service = desk::services::Input::named("Help", unit);
        service.audience = Audience { internal: true, connected: true, external: true };
        let service = desk::services::create(act, &ByDesk, &service)?.id;
        let input = desk::inboxes::Input::named("Support", ADDRESS, unit, service);
        desk::inboxes::create(act, &ByDesk, &input)
    })?)
}

/// 5 to 20 kB: text, the same as a page, and what was quoted before; one in five begins a matter.
fn mail(number: usize, attached: usize) -> String {
    let (customer, nth) = (number / EACH, number % EACH);
    let words = words(number, 20 + number * 7 % 60);
    let text: String = words.iter().map(|line| format!("{line}\r\n")).collect();
    let page: String = words.iter().map(|line| format!("<p>{line} <b>{nth}</b></p>\r\n")).collect();
    let quoted: String = words.iter().map(|line| format!("> {line}\r\n")).collect();
    let answers = if nth == 0 {
        String::new()
    } else {
        format!(
            "In-Reply-To: <{}.{customer}@customer.example>\r\nReferences: <0.{customer}@customer.example>\r\n",
            nth - 1
        )
    };
    let file = if attached > 0 && number.is_multiple_of(attached) {
        let lines =
            "VGhyb3VnaGxpbmUgY2hhcmdlcyBldmVyeSBtaW51dGUgb2YgYSB3YWl0IHRvIG9uZSBob2xk\r\n".repeat(130);
        format!(
            "--outer\r\nContent-Type: application/pdf; name=\"{number}.pdf\"\r\nContent-Disposition: attachment\r\n\
             Content-Transfer-Encoding: base64\r\n\r\n{lines}\r\n"
        )
    } else {
        String::new()
    };
    format!(
        "Received: from mx.customer.example by mx.desk.example; Wed, 4 Mar 2026 12:00:00 +0000\r\n\
         From: Kim Number {customer} <kim{customer}@customer.example>\r\nTo: Support <{ADDRESS}>\r\n\
         Message-ID: <{nth}.{customer}@customer.example>\r\n{answers}Date: Wed, 4 Mar 2026 12:00:00 +0000\r\n\
         Subject: {}The pump of {customer} stands still\r\nMIME-Version: 1.0\r\n\
         Content-Type: multipart/mixed; boundary=outer\r\n\r\n--outer\r\n\
         Content-Type: multipart/alternative; boundary=inner\r\n\r\n\
         --inner\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{text}\r\nOn Tue, 3 Mar 2026, Support wrote:\r\n{quoted}\r\n\
         --inner\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<html><body>\r\n{page}</body></html>\r\n\
         --inner--\r\n{file}--outer--\r\n",
        if nth == 0 { "" } else { "Re: " }
    )
}

fn words(seed: usize, lines: usize) -> Vec<String> {
    const WORDS: [&str; 12] = [
        "pump", "valve", "since", "Monday", "stands", "still", "pressure", "we", "need", "water", "for",
        "the",
    ];
    (0..lines)
        .map(|line| {
            let picked: Vec<&str> = (0..13).map(|word| WORDS[(seed + line * 5 + word * word) % 12]).collect();
            picked.join(" ")
        })
        .collect()
}
