//! `mail threads`: a folder of messages in threads.

use std::path::Path;
use std::process::ExitCode;

use mail::{Limits, archive, threads};

use crate::failure::Failure;
use crate::say;

pub(super) fn run(folder: &Path, json: bool) -> Result<ExitCode, Failure> {
    let mut set = threads::Set::default();
    archive::each(folder, &mut |raw: &[u8]| set.add(raw, &Limits::default()))
        .map_err(|error| Failure::new(format!("{}: {error}", folder.display())))?;
    let threads = set.threads();
    if json {
        say::answer(serde_json::to_string(&threads).map_err(Failure::new)?)?;
        return Ok(ExitCode::SUCCESS);
    }
    for thread in &threads {
        say::answer(thread.join("\n  "))?;
    }
    Ok(ExitCode::SUCCESS)
}
