//! The spool: a folder in which mail waits that was handed over while nobody could write to the database.

use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use store::mail::Source;

use super::reception::{Body, Handed, Handing, hand};
use crate::DeskError;
use crate::act::Desk;

/// Finished mails, each a file.
const NEW: &str = "new";
/// Mails that are being written.
const COMING: &str = "coming";
/// Mails for addresses that no inbox has; somebody has to look at them.
const REFUSED: &str = "refused";

/// The longest first line of a file.
const MOST_LABEL: u64 = 4096;

/// The first line of a file; the mail itself follows.
#[derive(Debug, Serialize, Deserialize)]
struct Label {
    inbox: String,
    from: Option<String>,
}

/// Why a mail was not laid into the spool.
#[derive(Debug, thiserror::Error)]
pub enum SpoolError {
    #[error("The mail is larger than {most} bytes. Nothing was kept.")]
    TooLarge { most: u64 },
    #[error("The mail is empty. Nothing was kept.")]
    Empty,
    #[error("The mail could not be laid into the spool: {0}. Nothing was kept; hand it over again.")]
    Io(#[from] io::Error),
}

/// Lays a mail into the spool. When it returns, the mail survives a loss of power, and a server picks it up.
pub fn lay(
    spool: &Path,
    inbox: &str,
    from: Option<&str>,
    mail: &mut impl Read,
    most: u64,
) -> Result<PathBuf, SpoolError> {
    for part in [NEW, COMING] {
        fs::create_dir_all(spool.join(part))?;
    }
    let name = name()?;
    let unfinished = spool.join(COMING).join(&name);
    let written = write(&unfinished, inbox, from, mail, most);
    if let Err(error) = written {
        let _ = fs::remove_file(&unfinished);
        return Err(error);
    }
    let finished = spool.join(NEW).join(&name);
    fs::rename(&unfinished, &finished)?;
    File::open(spool.join(NEW))?.sync_all()?;
    Ok(finished)
}

fn write(
    path: &Path,
    inbox: &str,
    from: Option<&str>,
    mail: &mut impl Read,
    most: u64,
) -> Result<(), SpoolError> {
    let mut file = File::create_new(path)?;
    let label = Label { inbox: inbox.to_owned(), from: from.map(str::to_owned) };
    serde_json::to_writer(&mut file, &label).map_err(io::Error::from)?;
    file.write_all(b"\n")?;
    let written = io::copy(&mut mail.take(most + 1), &mut file)?;
    if written > most {
        return Err(SpoolError::TooLarge { most });
    }
    if written == 0 {
        return Err(SpoolError::Empty);
    }
    file.sync_all()?;
    Ok(())
}

/// In the order in which they came: seconds, then something nobody else has.
fn name() -> io::Result<String> {
    let mut random = [0; 8];
    getrandom::fill(&mut random).map_err(|error| io::Error::other(error.to_string()))?;
    let now = store::WallClock::system().now().as_nanosecond();
    Ok(format!("{now:020}.{}", crate::files::hex(&random)))
}

/// Keeps every mail of the spool; gives how many there were. A mail leaves the spool once it is durable.
pub async fn pick_up(desk: &Desk, spool: &Path) -> Result<usize, DeskError> {
    let waiting = match names(&spool.join(NEW)) {
        Ok(waiting) => waiting,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(0),
        Err(error) => {
            tracing::warn!(%error, "the spool could not be read; trying again");
            return Ok(0);
        }
    };
    let mut kept = 0;
    for path in waiting {
        match one(desk, spool, &path).await? {
            Ok(()) => kept += 1,
            Err(error) => tracing::warn!(%error, path = %path.display(), "a mail stays in the spool"),
        }
    }
    Ok(kept)
}

async fn one(desk: &Desk, spool: &Path, path: &Path) -> Result<io::Result<()>, DeskError> {
    let (label, from) = match label(path) {
        Ok(read) => read,
        Err(error) if error.kind() == io::ErrorKind::InvalidData => return Ok(refuse(spool, path)),
        Err(error) => return Ok(Err(error)),
    };
    let handing = Handing {
        body: Body::File { path: path.to_owned(), from },
        source: Source::Pipe,
        from: label.from,
        recipients: vec![label.inbox],
        silent: false,
    };
    Ok(match hand(desk, handing).await?.first() {
        Some(Handed::Kept | Handed::Known) => fs::remove_file(path),
        Some(Handed::UnknownRecipient) | None => refuse(spool, path),
    })
}

fn names(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut all = fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<io::Result<Vec<_>>>()?;
    all.sort();
    Ok(all)
}

/// The first line of a file, and where the mail begins behind it.
fn label(path: &Path) -> io::Result<(Label, u64)> {
    let mut line = Vec::new();
    BufReader::new(File::open(path)?).take(MOST_LABEL).read_until(b'\n', &mut line)?;
    let label = serde_json::from_slice(&line).map_err(|_| io::ErrorKind::InvalidData)?;
    Ok((label, line.len() as u64))
}

/// Nothing is thrown away: it lies where somebody finds it, and the log says so.
fn refuse(spool: &Path, path: &Path) -> io::Result<()> {
    let refused = spool.join(REFUSED);
    fs::create_dir_all(&refused)?;
    let to = refused.join(path.file_name().unwrap_or_default());
    fs::rename(path, &to)?;
    tracing::error!(
        path = %to.display(),
        "a mail of the spool is for no inbox here; correct its first line and move it to `new`"
    );
    Ok(())
}

#[cfg(test)]
mod tests;
