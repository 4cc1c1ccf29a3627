//! Words for people on the terminal: answers on standard output, everything else on standard error.

use std::fmt::Display;
use std::io::{ErrorKind, Write};

use crate::failure::Failure;

/// Writes an answer. A reader that has seen enough (`| head`) ends the command without a word.
pub(crate) fn answer(text: impl Display) -> Result<(), Failure> {
    write(|out| writeln!(out, "{text}"))
}

/// Runs `print` on buffered standard output.
pub(crate) fn write(print: impl FnOnce(&mut dyn Write) -> std::io::Result<()>) -> Result<(), Failure> {
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    match print(&mut out).and_then(|()| out.flush()) {
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        Err(error) => Err(Failure::new(format!("the answer could not be written: {error}"))),
        Ok(()) => Ok(()),
    }
}

/// Says something beside the answer.
pub(crate) fn aside(text: impl Display) {
    // A terminal that is gone cannot be told so.
    let _ = writeln!(std::io::stderr(), "{text}");
}
