//! `reindex`: the index of texts is made again, while whoever serves goes on searching the old one.

use std::process::ExitCode;

use crate::arguments::Place;
use crate::failure::Failure;
use crate::progress::Progress;
use crate::say;

pub(crate) fn run(place: &Place) -> Result<ExitCode, Failure> {
    let desk = place.look()?;
    let mut bar = Progress::new("tickets, people and organisations", 0);
    let built = desk.search.rebuild(&desk, &mut |done, total| bar.at(done, total));
    built.map_err(|error| Failure::new(error).and("The index that was there before stays in use"))?;
    say::answer(format!(
        "{}. The new index is in its place; a server that runs takes it up within a second.",
        bar.finish()
    ))?;
    Ok(ExitCode::SUCCESS)
}
