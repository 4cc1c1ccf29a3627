//! Records that could not be used: the line, the reason and the text, as a CSV of their own.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use super::Error;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reject {
    /// 1-based line on which the record begins.
    pub line: u64,
    pub reason: String,
    /// The record as it stood in the file; for XES its attributes as JSON.
    pub raw: Vec<u8>,
}

/// Writes rejects; the file comes into being with the first of them, or at once with `create`.
pub struct Writer {
    path: PathBuf,
    count: u64,
    file: Option<::csv::Writer<Box<dyn Write + Send>>>,
}

impl Writer {
    pub fn lazy(path: &Path) -> Self {
        Self { path: path.to_path_buf(), count: 0, file: None }
    }

    pub fn create(path: &Path) -> Result<Self, Error> {
        let mut writer = Self::lazy(path);
        writer.file()?;
        Ok(writer)
    }

    pub fn write(&mut self, reject: &Reject) -> Result<(), Error> {
        let line = reject.line.to_string();
        self.file()?
            .write_record([line.as_bytes(), reject.reason.as_bytes(), &reject.raw])
            .map_err(Error::write_csv)?;
        self.count += 1;
        Ok(())
    }

    pub fn count(&self) -> u64 {
        self.count
    }

    /// Flushes, and says where the rejects are, when there is a file.
    pub fn finish(mut self) -> Result<Option<PathBuf>, Error> {
        let Some(file) = &mut self.file else {
            return Ok(None);
        };
        file.flush().map_err(Error::Write)?;
        Ok(Some(self.path))
    }

    fn file(&mut self) -> Result<&mut ::csv::Writer<Box<dyn Write + Send>>, Error> {
        if self.file.is_none() {
            let file =
                File::create(&self.path).map_err(|cause| Error::Open { path: self.path.clone(), cause })?;
            let output: Box<dyn Write + Send> = Box::new(BufWriter::new(file));
            let mut writer = ::csv::Writer::from_writer(output);
            writer.write_record(["line", "reason", "raw"]).map_err(Error::write_csv)?;
            self.file = Some(writer);
        }
        Ok(self.file.as_mut().expect("the file was just created"))
    }
}

#[cfg(test)]
mod tests;
