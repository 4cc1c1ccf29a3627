//! axe looks at every page of the table of routes, for everybody who may see it: light, dark, wide and narrow.

use std::collections::BTreeSet;

use axum::http::StatusCode;
use desk::reply::Then;
use desk::words::Body;
use jiff::SignedDuration;
use testkit::TestDesk;
use testkit::browser::{Barrier, Browser, Scripts, Search};
use testkit::post::Bag;

use crate::site::{Answer, Site};
use crate::texts::{ADA, ADMIN, KIM, NOBODY};
use crate::world::{Actor, World};

/// Who looks. An administrator looks at what nobody before them sees, everybody else at all of theirs.
const LOOKERS: [&str; 4] = [NOBODY, ADA, KIM, ADMIN];

/// Pages that the world of all hats cannot hold: they have tests of their own below.
pub(crate) const ELSEWHERE: [&str; 3] = ["/set-up", "/rating/{token}", "/unsubscribe/{token}"];

/// Files of others; nothing of ours stands on them.
const FILES: [&str; 3] = [
    "/tickets/{number}/documents/{attachment}",
    "/tickets/{number}/images/{attachment}",
    "/portal/tickets/{number}/images/{attachment}",
];

/// Pages of one route that are looked at; the others differ in their words alone. Tickets differ in what can be
/// done with them.
fn of_each(path: &str) -> usize {
    if path == "/tickets/{number}" { 4 } else { 1 }
}

fn is_page(answer: &Answer) -> bool {
    // What is sealed was written by strangers, and runs no script of ours either.
    answer.status == StatusCode::OK
        && answer.body.starts_with("<!DOCTYPE")
        && !answer.headers.contains("sandbox")
}

/// The addresses of a route's pages for one of them.
fn pages(world: &World, site: &Site, actor: &Actor, path: &str) -> Vec<String> {
    let addresses = world.addresses(path).into_iter();
    addresses.filter(|address| is_page(&site.get(actor, address))).take(of_each(path)).collect()
}

fn routes() -> impl Iterator<Item = &'static str> {
    let table = web::routes::table().into_iter();
    table.filter(|route| route.method == "GET" && !route.path.starts_with("/api/")).map(|route| route.path)
}

fn plan(world: &World, who: &str) -> Vec<String> {
    let site = Site::new(world);
    let actor = world.actor(who);
    let seen = |who: &str, path: &str| !pages(world, &site, world.actor(who), path).is_empty();
    let is_others = |path: &str| who == ADMIN && [ADA, KIM].iter().any(|other| seen(other, path));
    routes().filter(|path| !is_others(path)).flat_map(|path| pages(world, &site, actor, path)).collect()
}

/// A page of a new route is looked at by itself; where nobody here finds one, the world lacks something.
#[test]
fn every_page_is_found_by_somebody_who_looks() {
    let world = World::new();
    let site = Site::new(&world);
    let leads_somewhere = |who: &&str, path: &str| {
        world.addresses(path).iter().any(|address| {
            let answer = site.get(world.actor(who), address);
            let away = answer.status.is_redirection() && !answer.headers.contains("/sign-in");
            answer.status.is_success() || away
        })
    };
    let missed: Vec<&str> = routes()
        .filter(|path| !ELSEWHERE.contains(path) && !FILES.contains(path))
        .filter(|path| !LOOKERS.iter().any(|who| leads_somewhere(who, path)))
        .collect();
    assert!(missed.is_empty(), "say in world.rs what stands there, so that it is looked at: {missed:?}");
}

/// What a window found, and how many pages it looked at.
struct Look<'a> {
    axe: &'a str,
    browser: Browser,
    width: Width,
    found: BTreeSet<(String, Barrier)>,
    too_wide: Vec<String>,
    looked_at: usize,
}

impl Look<'_> {
    async fn at(&mut self, address: &str) {
        self.browser.visit(address).await;
        if self.browser.is_too_wide().await {
            self.too_wide.push(address.to_owned());
        }
        self.browser.unfolds("main", "light").await;
        self.keeps(address.to_owned(), Search::Everything).await;
        // A narrow page has the same colours.
        if self.width == Width::Wide {
            self.browser.unfolds("main", "dark").await;
            self.keeps(format!("{address} in the dark"), Search::Colours).await;
        }
        self.looked_at += 1;
    }

    async fn keeps(&mut self, place: String, search: Search) {
        let barriers = self.browser.barriers(self.axe, search).await;
        self.found.extend(barriers.into_iter().map(|barrier| (place.clone(), barrier)));
    }

    async fn ends(self) {
        self.browser.close().await;
        assert!(self.looked_at > 0, "no page was looked at");
        assert!(self.too_wide.is_empty(), "wider than the window: {:?}", self.too_wide);
        let said: Vec<String> = self
            .found
            .iter()
            .map(|(place, one)| format!("{place}: {} ({})\n    {}", one.rule, one.impact, one.element))
            .collect();
        assert!(said.is_empty(), "{} barriers on {} pages:\n{}", said.len(), self.looked_at, said.join("\n"));
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Width {
    Wide,
    Narrow,
}

/// Opens a window on a desk; nothing is looked at without axe or a browser.
async fn window(desk: TestDesk, width: Width) -> Option<(testkit::Site, Look<'static>)> {
    let axe = testkit::axe::script()?;
    let site = testkit::Site::open(desk).await?;
    let browser = match width {
        Width::Wide => site.browser(Scripts::On).await,
        Width::Narrow => site.narrow().await,
    };
    let look = Look { axe, browser, width, found: BTreeSet::new(), too_wide: Vec::new(), looked_at: 0 };
    Some((site, look))
}

async fn looks(who: &'static str, width: Width) {
    let made = tokio::task::spawn_blocking(move || {
        let world = World::new();
        (plan(&world, who), world.actor(who).token.clone(), world.desk)
    });
    let (addresses, token, desk) = made.await.unwrap();
    let Some((_site, mut look)) = window(desk, width).await else { return };
    if let Some(token) = &token {
        look.browser.takes_session(token).await;
    }
    for address in &addresses {
        look.at(address).await;
    }
    if token.is_some() {
        look.browser.visit("/keys").await;
        look.browser.unfolds("header", "light").await;
        look.keeps("the bar".to_owned(), Search::Everything).await;
        look.browser.visit("/keys").await;
        look.browser.opens_palette().await;
        look.keeps("the palette".to_owned(), Search::Everything).await;
    }
    look.ends().await;
}

macro_rules! lookers {
    ($($name:ident: $who:expr, $width:expr;)+) => {
        $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
        async fn $name() {
            looks($who, $width).await;
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
    nothing_keeps_a_stranger_out_on_a_telephone: NOBODY, Width::Narrow;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_keeps_whoever_sets_up_out() {
    for width in [Width::Wide, Width::Narrow] {
        let Some((_site, mut look)) = window(TestDesk::new(), width).await else { return };
        look.at("/set-up").await;
        look.ends().await;
    }
}

/// Pages to which mails alone lead.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_keeps_a_reader_of_mail_out() {
    let made = tokio::task::spawn_blocking(|| {
        let desk = TestDesk::new();
        (links(&desk), desk)
    });
    let (links, desk) = made.await.unwrap();
    let Some((_site, mut look)) = window(desk, Width::Wide).await else { return };
    for link in &links {
        look.at(link).await;
    }
    look.ends().await;
}

/// A link for a rating and one out of a kind of mail.
fn links(desk: &TestDesk) -> [String; 2] {
    desk.notifies();
    desk.set_up(|act| desk::base_url::set(act, &desk::entitled::ByDesk, "https://desk.example"));
    let support = desk.unit("Support");
    let help = desk.service("Help", support);
    let inbox = desk.sending_inbox("help@desk.example", (support, help));
    let kim = desk.agent("Kim", &[support]);
    let number = desk.ticket_of(desk.takes_in(inbox, MAIL));
    desk.takes(kim, number);
    desk.with(kim, number, |act, seen| {
        desk::reply::serve(act, seen.serve().unwrap(), &Body::parse("It is mended.")?, Then::Solve)
    })
    .unwrap();
    let mut bag = Bag::default();
    for _ in 0..3 {
        desk.wait(SignedDuration::from_mins(5));
        desk.notifies();
        desk.sends(&mut bag);
    }
    let mails: Vec<String> =
        bag.left.iter().map(|left| left.raw.replace("=\r\n", "").replace("=3D", "=")).collect();
    ["/rating/", "/unsubscribe/"].map(|kind| {
        let (_, rest) = mails.iter().find_map(|mail| mail.split_once(kind)).expect(kind);
        let token: String = rest.chars().take_while(char::is_ascii_alphanumeric).collect();
        format!("{kind}{token}")
    })
}

const MAIL: &str = "From: Anna <anna@example.net>\r\nTo: help@desk.example\r\nSubject: The lamp\r\n\
    Message-ID: <one@example.net>\r\n\r\nIt hums.\r\n";
