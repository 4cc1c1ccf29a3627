//! `demo`: an invented company in a database of its own, filled on the first start and then served.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;
use desk::{Desk, demo};
use store::DbError;

use crate::arguments::Place;
use crate::command::serve;
use crate::failure::Failure;
use crate::progress::Progress;
use crate::workers::mail::Ways;
use crate::{place, say};

#[derive(Debug, Args)]
pub(crate) struct Options {
    /// The address and port to listen on.
    #[arg(long, value_name = "HOST:PORT", default_value = "127.0.0.1:8080")]
    listen: String,
    /// How many tickets customers and colleagues have opened; hand-offs come on top.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    tickets: Option<u32>,
    /// The same seed on the same day makes the same company with the same work.
    #[arg(long, value_name = "S")]
    seed: Option<u64>,
    /// Throw the demonstration away and make a new one that ends now.
    #[arg(long)]
    fresh: bool,
}

pub(crate) fn run(place: &Place, options: &Options) -> Result<ExitCode, Failure> {
    serve::runtime()?.block_on(async {
        // The port first: nobody waits for a company that cannot be shown.
        let listener = serve::listen(&options.listen).await?;
        let desk = tokio::task::block_in_place(|| filled(place, options))?;
        // Only from here on: until then Ctrl-C simply ends the making.
        let stage = web::edge::signals();
        tell(place, &desk, &serve::local(&listener)?)?;
        let options = web::app::Options { secure: false, demo: true };
        serve::until_stopped(desk, options, listener, Ways::default(), stage).await
    })
}

/// What a database holds.
enum Inside {
    Demo,
    Nothing,
    /// Units, but not the mark that a finished demonstration ends with.
    Something,
}

/// The demonstration's desk, made first when it is not there.
fn filled(place: &Place, options: &Options) -> Result<Desk, Failure> {
    if options.fresh {
        throw_away(place)?;
    }
    let desk = opened(place)?;
    match inside(&desk)? {
        Inside::Demo => {
            if options.tickets.is_some() || options.seed.is_some() {
                say::aside("The demonstration is there already; --fresh makes it again with these numbers.");
            }
            return Ok(desk);
        }
        Inside::Nothing => return build(desk, options),
        Inside::Something => {}
    }
    if place.database.is_some() {
        return Err(in_use(place));
    }
    say::aside("An earlier start was interrupted while it made the demonstration; making it again.");
    drop(desk);
    remove(&own_file(place)?)?;
    build(opened(place)?, options)
}

fn opened(place: &Place) -> Result<Desk, Failure> {
    place.open(place::DEMO).map_err(|error| {
        if place.database.is_none() && place.data.join(place::DEMO).exists() {
            error.and("A demonstration of another version is made again with `throughline demo --fresh`.")
        } else {
            error
        }
    })
}

fn inside(desk: &Desk) -> Result<Inside, Failure> {
    Ok(desk.look_now(|look| {
        if !demo::people(look)?.is_empty() {
            return Ok(Inside::Demo);
        }
        Ok(if look.catalogue.units.is_empty() { Inside::Nothing } else { Inside::Something })
    })?)
}

fn build(desk: Desk, options: &Options) -> Result<Desk, Failure> {
    let mut wanted = demo::Options::at(desk.clock.now());
    wanted.tickets = options.tickets.unwrap_or(wanted.tickets);
    wanted.seed = options.seed.unwrap_or(wanted.seed);
    say::aside(format!("Inventing a company and half a year of its work: {} tickets.", wanted.tickets));
    let mut bar = Progress::new("tickets", u64::from(wanted.tickets));
    let made = demo::build(&desk, &wanted, &mut |done, total| bar.at(done, total));
    let took = bar.finish();
    let made = made?;
    say::aside(format!(
        "{took}: {} tickets, {} hand-offs, {} people, {} units, {} services.",
        made.tickets, made.handoffs, made.people, made.units, made.services
    ));
    Ok(desk)
}

/// Removes the file of a demonstration, and nothing that is not one.
fn throw_away(place: &Place) -> Result<(), Failure> {
    let path = own_file(place)?;
    if !path.exists() {
        return Ok(());
    }
    // Opening takes the lock, so a demonstration that is being served is never removed.
    match store::Db::open(&place.address(place::DEMO), store::migrations::ALL) {
        Ok(db) => {
            let desk = place.desk(db, place::DEMO)?;
            if place.database.is_some() && matches!(inside(&desk)?, Inside::Something) {
                return Err(in_use(place));
            }
        }
        Err(DbError::Newer { .. } | DbError::MigrationChanged { .. }) if place.database.is_none() => {}
        Err(error) => return Err(error.into()),
    }
    remove(&path)
}

fn own_file(place: &Place) -> Result<PathBuf, Failure> {
    place::sqlite_path(&place.address(place::DEMO)).ok_or_else(|| {
        Failure::usage(
            "--fresh removes an SQLite file; empty a PostgreSQL database by hand, or name another one",
        )
    })
}

fn remove(path: &Path) -> Result<(), Failure> {
    for ending in ["", "-wal", "-shm", ".lock"] {
        let mut name = path.as_os_str().to_owned();
        name.push(ending);
        match std::fs::remove_file(&name) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                return Err(Failure::new(format!(
                    "{} cannot be removed: {error}. The demonstration was not made again",
                    PathBuf::from(name).display()
                )));
            }
            Ok(()) | Err(_) => {}
        }
    }
    Ok(())
}

fn in_use(place: &Place) -> Failure {
    Failure::new(format!(
        "{} is in use and holds no demonstration. It was not touched. Name an empty database, or leave --database \
         out to have a file of its own",
        place::shown(&place.address(place::DEMO))
    ))
}

fn tell(place: &Place, desk: &Desk, address: &std::net::SocketAddr) -> Result<(), Failure> {
    let people = desk.look_now(demo::people)?;
    say::answer("Sign in as one of these; the password of all of them is")?;
    say::answer(format!("  {}\n", demo::PASSWORD))?;
    let width = people.iter().map(|person| person.email.chars().count()).max().unwrap_or(0);
    for person in &people {
        say::answer(format!("  {:width$}  {}, {}", person.email, person.name, person.hat))?;
    }
    say::answer(format!(
        "\nThe data is in {}; --fresh makes it again.\nThe demonstration is served on http://{address}",
        place::shown(&place.address(place::DEMO))
    ))
}
