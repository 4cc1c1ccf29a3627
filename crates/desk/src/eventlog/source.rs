//! Opens a log file: plain, gzip or zstd by its first bytes, with a counter for progress.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Cursor, Read};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use super::Error;

pub fn open(path: &Path) -> Result<Source, Error> {
    let refused = |cause| Error::Open { path: path.to_path_buf(), cause };
    let file = File::open(path).map_err(refused)?;
    let metadata = file.metadata().map_err(refused)?;
    if metadata.is_dir() {
        return Err(refused(io::Error::from(io::ErrorKind::IsADirectory)));
    }
    Source::new(&stem(path), file, metadata.len()).map_err(|error| match error {
        Error::Read { cause, .. } => refused(cause),
        other => other,
    })
}

/// A decompressed stream and what is known about it.
pub struct Source {
    name: String,
    format: Format,
    progress: Progress,
    reader: Box<dyn BufRead + Send>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    Csv,
    Xes,
    Ocel,
}

/// How many bytes of the (compressed) file were consumed; clones share the counter.
#[derive(Debug, Clone, Default)]
pub struct Progress {
    read_bytes: Arc<AtomicU64>,
    total_bytes: u64,
}

impl Progress {
    pub fn read_bytes(&self) -> u64 {
        self.read_bytes.load(Ordering::Relaxed)
    }

    pub fn total_bytes(&self) -> u64 {
        self.total_bytes
    }
}

const BUFFER_BYTES: usize = 256 * 1024;
const SNIFF_BYTES: u64 = 1024;
const GZIP: [u8; 2] = [0x1f, 0x8b];
const ZSTD: [u8; 4] = [0x28, 0xb5, 0x2f, 0xfd];

impl Source {
    /// Any stream; `name` is the file's name without folder and endings.
    pub fn new(name: &str, input: impl Read + Send + 'static, total_bytes: u64) -> Result<Self, Error> {
        let stopped = |cause| Error::Read { name: name.to_owned(), line: 1, rows_kept: 0, cause };
        let progress = Progress { read_bytes: Arc::default(), total_bytes };
        let counted = Counted { input, read_bytes: Arc::clone(&progress.read_bytes) };
        let (head, plain) =
            peek(Box::new(BufReader::with_capacity(BUFFER_BYTES, counted)), 4).map_err(stopped)?;
        let decompressed = decompress(&head, plain).map_err(stopped)?;
        let (head, mut reader) = peek(decompressed, SNIFF_BYTES).map_err(stopped)?;
        if head.is_empty() {
            return Err(Error::Empty { name: name.into() });
        }
        if head.starts_with(&[0xff, 0xfe]) || head.starts_with(&[0xfe, 0xff]) {
            return Err(Error::Utf16 { name: name.into() });
        }
        if head.starts_with(b"\xef\xbb\xbf") {
            io::copy(&mut reader.by_ref().take(3), &mut io::sink()).map_err(stopped)?;
        }
        Ok(Self { name: name.to_owned(), format: sniff(&head), progress, reader })
    }

    pub fn from_bytes(name: &str, bytes: impl Into<Vec<u8>>) -> Result<Self, Error> {
        let bytes = bytes.into();
        let total_bytes = bytes.len() as u64;
        Self::new(name, Cursor::new(bytes), total_bytes)
    }

    pub fn name(&self) -> &str {
        &self.name
    }

    pub fn format(&self) -> Format {
        self.format
    }

    pub fn progress(&self) -> Progress {
        self.progress.clone()
    }

    pub fn into_reader(self) -> Box<dyn BufRead + Send> {
        self.reader
    }
}

struct Counted<R> {
    input: R,
    read_bytes: Arc<AtomicU64>,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.input.read(buffer)?;
        self.read_bytes.fetch_add(count as u64, Ordering::Relaxed);
        Ok(count)
    }
}

type Stream = Box<dyn BufRead + Send>;

fn peek(mut reader: Stream, bytes: u64) -> io::Result<(Vec<u8>, Stream)> {
    let mut head = Vec::new();
    reader.by_ref().take(bytes).read_to_end(&mut head)?;
    let stream = Cursor::new(head.clone()).chain(reader);
    Ok((head, Box::new(stream)))
}

fn decompress(head: &[u8], plain: Stream) -> io::Result<Stream> {
    if head.starts_with(&GZIP) {
        let decoder = flate2::bufread::MultiGzDecoder::new(plain);
        return Ok(Box::new(BufReader::with_capacity(BUFFER_BYTES, decoder)));
    }
    if head.starts_with(&ZSTD) {
        let decoder = zstd::stream::read::Decoder::with_buffer(plain)?;
        return Ok(Box::new(BufReader::with_capacity(BUFFER_BYTES, decoder)));
    }
    Ok(plain)
}

fn sniff(head: &[u8]) -> Format {
    let text = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head);
    match text.iter().find(|byte| !byte.is_ascii_whitespace()) {
        Some(b'<') => Format::Xes,
        Some(b'{') => Format::Ocel,
        Some(_) | None => Format::Csv,
    }
}

fn stem(path: &Path) -> String {
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let endings = [".gz", ".zst", ".xes", ".csv", ".tsv", ".json", ".jsonocel"];
    let mut stem = name.as_str();
    while let Some(shorter) =
        endings.iter().find_map(|ending| stem.strip_suffix(ending)).filter(|shorter| !shorter.is_empty())
    {
        stem = shorter;
    }
    stem.to_owned()
}

#[cfg(test)]
mod tests;
