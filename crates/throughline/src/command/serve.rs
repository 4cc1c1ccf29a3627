//! `serve`: the web server with its workers, until it is asked to stop.

use std::process::ExitCode;
use std::sync::Arc;

use clap::Args;
use desk::{Desk, Senders};
use domain::event::Actor;
use mail::authentic::Dns;
use tokio::net::TcpListener;
use tokio::sync::watch;
use web::app::App;
use web::edge::{EdgeOptions, Stage};

use crate::arguments::Place;
use crate::failure::Failure;
use crate::workers::mail::Ways;
use crate::{place, say, workers};

#[derive(Debug, Args)]
pub(crate) struct Options {
    /// The address and port to listen on.
    #[arg(long, value_name = "HOST:PORT", default_value = "127.0.0.1:8080")]
    pub listen: String,
    /// The desk is reached through TLS (a proxy in front): cookies demand it.
    #[arg(long, env = "THROUGHLINE_SECURE")]
    secure: bool,
    /// Take mail by LMTP on this address and port, from a mail server in front that is trusted.
    #[arg(long, value_name = "HOST:PORT", env = "THROUGHLINE_MAIL_LISTEN")]
    mail_listen: Option<String>,
    /// Where people reach the desk, for links in mail, as in https://desk.example.org.
    #[arg(long, value_name = "URL", env = "THROUGHLINE_BASE_URL")]
    base_url: Option<String>,
}

pub(crate) fn run(place: &Place, options: &Options) -> Result<ExitCode, Failure> {
    let desk = place.open(place::OWN)?;
    desk.files.check().map_err(|error| Failure::new(error).and("Nothing is served"))?;
    let web = web::app::Options { secure: options.secure, demo: false };
    runtime()?.block_on(async {
        let listener = listen(&options.listen).await?;
        let address = local(&listener)?;
        let mail = match &options.mail_listen {
            Some(address) => Some(listen(address).await?),
            None => None,
        };
        let stage = web::edge::signals();
        if let Some(url) = options.base_url.clone() {
            desk.act(Actor::Desk, move |act| desk::base_url::set(act, &desk::ByDesk, &url)).await?;
        }
        if let Some(code) = desk.act(Actor::Desk, desk::setup::code).await? {
            say::answer(format!("Nobody has set this desk up yet. The one-time code for doing so: {code}"))?;
        }
        if let Some(mail) = &mail {
            say::answer(format!("Mail is taken by LMTP on {}", local(mail)?))?;
        }
        say::answer(format!(
            "Throughline serves {} on http://{address}",
            place::shown(&place.address(place::OWN))
        ))?;
        let spill = place.data.join(place::SPOOL).join("receiving");
        let ways =
            Ways { listener: mail.map(|mail| (mail, spill)), spool: Some(place.data.join(place::SPOOL)) };
        until_stopped(checking_senders(desk), web, listener, ways, stage).await
    })
}

/// Name servers are asked about senders where this machine knows any.
fn checking_senders(desk: Desk) -> Desk {
    match Dns::of_this_machine() {
        Ok(dns) => desk.with_senders(Senders::checked_by(Arc::new(dns))),
        Err(error) => {
            tracing::warn!(%error);
            desk
        }
    }
}

/// Longer requests are refused before their body is read; forms say so kindly well below it.
const MOST_BYTES: usize = 4 * 1024 * 1024;

pub(crate) fn runtime() -> Result<tokio::runtime::Runtime, Failure> {
    tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|error| Failure::new(format!("no threads for the server: {error}")))
}

pub(crate) async fn listen(address: &str) -> Result<TcpListener, Failure> {
    TcpListener::bind(address).await.map_err(|error| match error.kind() {
        std::io::ErrorKind::AddrInUse => Failure::new(format!(
            "{address} is already in use by another process. Nothing is served and nothing was changed. \
             Stop that process, or choose another port with --listen, as in --listen 127.0.0.1:8081"
        )),
        std::io::ErrorKind::InvalidInput => Failure::usage(format!(
            "{address:?} is not an address to listen on: write HOST:PORT, as in 127.0.0.1:8080"
        )),
        _ => Failure::new(format!(
            "{address} cannot be listened on: {error}. Nothing is served. Choose another address with --listen"
        )),
    })
}

pub(crate) fn local(listener: &TcpListener) -> Result<std::net::SocketAddr, Failure> {
    listener.local_addr().map_err(Failure::from)
}

/// Serves until the stage changes, then lets what runs finish.
pub(crate) async fn until_stopped(
    desk: Desk,
    options: web::app::Options,
    listener: TcpListener,
    ways: Ways,
    stage: watch::Receiver<Stage>,
) -> Result<ExitCode, Failure> {
    let app = App::new(desk.clone(), options);
    let workers = workers::start(&desk, &app, ways, stage.clone());
    let router = web::edge::bounded(web::routes::router(&app), MOST_BYTES, web::routes::larger());
    let ended = web::edge::serve(listener, router, EdgeOptions::default(), stage.clone()).await?;
    debug_assert!(*stage.borrow() != Stage::Serving, "serving ends only when it is asked to");
    workers.stopped().await;
    if ended.cut > 0 {
        say::aside(format!("Stopped; {} connections that were still busy were cut.", ended.cut));
    } else {
        say::aside("Stopped; every request was answered.");
    }
    Ok(ExitCode::SUCCESS)
}
