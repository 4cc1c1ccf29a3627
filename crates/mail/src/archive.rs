//! Messages out of files: `.eml`, mbox and Maildir, one at a time.

mod mbox;

use std::io::{self, BufReader, Read};
use std::path::{Path, PathBuf};

pub use mbox::Mbox;

/// Gives every message below `place` to `take`, in the order of file names.
///
/// A Maildir gives `new` and `cur`; any other folder its files and the folders in it; a file that begins
/// with a `From ` line is an mbox, every other file one message. Hidden files are left alone.
pub fn each(place: &Path, take: &mut dyn FnMut(&[u8])) -> io::Result<()> {
    if !place.is_dir() {
        return file(place, take);
    }
    for inner in entries(place)? {
        let name = inner.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let unfinished = name == "tmp" && is_maildir(place);
        if unfinished || name.starts_with('.') && !is_maildir(&inner) {
            continue;
        }
        each(&inner, take)?;
    }
    Ok(())
}

fn entries(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut all: Vec<PathBuf> =
        std::fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<io::Result<_>>()?;
    // A link may lead in a circle.
    all.retain(|path| path.symlink_metadata().is_ok_and(|kind| kind.is_file() || kind.is_dir()));
    all.sort();
    Ok(all)
}

fn is_maildir(folder: &Path) -> bool {
    folder.join("cur").is_dir() && folder.join("new").is_dir()
}

fn file(path: &Path, take: &mut dyn FnMut(&[u8])) -> io::Result<()> {
    let mut file = std::fs::File::open(path)?;
    let mut start = [0; 5];
    let read = read_start(&mut file, &mut start)?;
    let whole = io::Cursor::new(start[..read].to_vec()).chain(file);
    if &start[..read] == b"From " {
        for message in Mbox::new(BufReader::new(whole)) {
            take(&message?);
        }
        return Ok(());
    }
    let mut raw = Vec::new();
    let mut whole = whole;
    whole.read_to_end(&mut raw)?;
    take(&raw);
    Ok(())
}

fn read_start(file: &mut impl Read, start: &mut [u8]) -> io::Result<usize> {
    let mut filled = 0;
    while filled < start.len() {
        match file.read(&mut start[filled..])? {
            0 => break,
            read => filled += read,
        }
    }
    Ok(filled)
}

#[cfg(test)]
mod tests;
