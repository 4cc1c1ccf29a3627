//! axe looks at every page of the table of routes, for everybody who may see it: light, dark, wide and narrow.

use std::collections::BTreeSet;

use testkit::Site;
use testkit::browser::{Barrier, Browser, Scripts};

use crate::texts::{ADA, ADMIN, KIM, NOBODY};
use crate::world::World;

/// Pages of one route that are looked at; the others differ in their words alone. Tickets differ in what can be
/// done with them.
fn of_each(path: &str) -> usize {
    if path == "/tickets/{number}" { 4 } else { 1 }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Width {
    Wide,
    Narrow,
}

/// The addresses of each page, and the session with which they are asked.
struct Plan {
    pages: Vec<(usize, Vec<String>)>,
    token: Option<String>,
}

fn plan(world: &World, who: &str) -> Plan {
    let actor = world.actors.iter().find(|actor| actor.name == who).unwrap();
    let pages = web::routes::table()
        .iter()
        .filter(|route| route.method == "GET" && !route.path.starts_with("/api/"))
        .map(|route| (of_each(route.path), world.addresses(route.path)))
        .collect();
    Plan { pages, token: actor.token.clone() }
}

async fn look(who: &'static str, width: Width) {
    let Some(axe) = testkit::axe::script() else { return };
    let made = tokio::task::spawn_blocking(move || {
        let world = World::new();
        (plan(&world, who), world.desk)
    });
    let (plan, desk) = made.await.unwrap();
    let Some(site) = Site::open(desk).await else { return };
    let browser = match width {
        Width::Wide => site.browser(Scripts::On).await,
        Width::Narrow => site.narrow().await,
    };
    match &plan.token {
        Some(token) => browser.takes_session(token).await,
        None => browser.visit("/sign-in").await,
    }
    let mut found = BTreeSet::new();
    let mut looked_at = 0;
    for (most, addresses) in &plan.pages {
        let mut pages = 0;
        for address in addresses {
            if pages < *most && browser.finds_page(address).await {
                pages += 1;
                look_at(&browser, axe, address, width, &mut found).await;
            }
        }
        looked_at += pages;
    }
    if plan.token.is_some() {
        browser.visit("/keys").await;
        browser.opens_palette().await;
        let barriers = browser.barriers(axe).await;
        found.extend(barriers.into_iter().map(|barrier| ("the palette".to_owned(), barrier)));
    }
    browser.close().await;
    assert!(looked_at > 0, "no page was looked at");
    let said: Vec<String> = found
        .iter()
        .map(|(place, one)| format!("{place}: {} ({})\n    {}", one.rule, one.impact, one.element))
        .collect();
    assert!(said.is_empty(), "{} barriers on {looked_at} pages:\n{}", said.len(), said.join("\n"));
}

async fn look_at(
    browser: &Browser,
    axe: &str,
    address: &str,
    width: Width,
    found: &mut BTreeSet<(String, Barrier)>,
) {
    browser.visit(address).await;
    // A narrow page has the same colours.
    let themes: &[&str] = if width == Width::Wide { &["light", "dark"] } else { &["light"] };
    for theme in themes {
        browser.unfolds_all_in(theme).await;
        let barriers = browser.barriers(axe).await;
        found.extend(barriers.into_iter().map(|barrier| (format!("{address} in {theme}"), barrier)));
    }
}

macro_rules! lookers {
    ($($name:ident: $who:expr, $width:expr;)+) => {
        $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
        #[ignore = "asked for by name (--run-ignored all) until every page was looked at and mended"]
        async fn $name() {
            look($who, $width).await;
        })+
    };
}

lookers! {
    nothing_keeps_an_agent_out: KIM, Width::Wide;
    nothing_keeps_an_agent_out_on_a_telephone: KIM, Width::Narrow;
    nothing_keeps_an_administrator_out: ADMIN, Width::Wide;
    nothing_keeps_an_administrator_out_on_a_telephone: ADMIN, Width::Narrow;
    nothing_keeps_a_requester_out: ADA, Width::Wide;
    nothing_keeps_a_requester_out_on_a_telephone: ADA, Width::Narrow;
    nothing_keeps_a_stranger_out: NOBODY, Width::Wide;
}
