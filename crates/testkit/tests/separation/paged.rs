//! Lists that go on: each is asked at a place behind which everything stands, and really shows what stands there.

use std::collections::BTreeMap;

use desk::search::Kind;

use crate::canary::word;
use crate::site::Site;
use crate::texts::{ADA, ADMIN, COLLEAGUE, HR, KIM};
use crate::world::World;

/// Lists with the newest first go on below an id, and every id is smaller than this one.
const BEFORE: &str = "before=9000000000000000000";
/// Lists in the order of work go on behind a due time, and every due time is later than this one.
const AFTER: &str = "after=0.0";
/// What is done is listed with the newest first.
const AFTER_DONE: &str = "after=250000000000000000.0";
/// Lists of filters have more numbers in their places.
const AFTER_MARK: &str = "after=0.0.0.0";
/// Search goes on behind a score, and every score is lower than this one.
const AFTER_HIT: &str = "after=every.1315859240.9000000000000000000.9000000000000000000";

/// The pages of a list that follow the first one; none of a page that goes on nowhere.
pub(crate) fn behind(places: &BTreeMap<&'static str, Vec<String>>, path: &str, address: &str) -> Vec<String> {
    let all = |queries: &[&str]| queries.iter().map(|query| format!("{address}?{query}")).collect();
    match path {
        "/portal" => {
            let lists = ["list=mine", "list=organisation"];
            let behind = lists.map(|list| format!("{list}&{BEFORE}"));
            [all(&lists), all(&behind.each_ref().map(String::as_str)), all(&[BEFORE])].concat()
        }
        "/people/{person}" | "/organisations/{organisation}" => all(&[BEFORE]),
        "/map/{from}/{to}" => all(&[BEFORE, "weeks=26"]),
        "/admin/events" | "/admin/mail/suspended" => all(&[BEFORE]),
        "/admin/tags" => all(&["after=a"]),
        "/admin/organisations" => all(&["q=f"]),
        "/admin/people" => all(&["q=a", "q=a&after=a&id=1"]),
        "/admin/people/alike" | "/admin/organisations/alike" => all(&["after=a"]),
        "/" => {
            let views = ["mine", "waiting", "snoozed"].map(|view| format!("view={view}&{AFTER}"));
            let done = format!("view=done&{AFTER_DONE}");
            [all(&views.each_ref().map(String::as_str)), all(&[AFTER, &done])].concat()
        }
        "/units/{unit}/queue" => all(&[AFTER]),
        "/views/{view}" => all(&[AFTER_MARK]),
        "/views" => {
            let filters = ["is:open", "is:open&group=unit", "is:done", "from:a&sort=opened", "canary"];
            let behind = filters.map(|filter| format!("q={filter}&{AFTER_MARK}"));
            all(&behind.each_ref().map(String::as_str))
        }
        "/search" | "/api/v1/search" => {
            let kinds = Kind::ALL.map(|kind| format!("q=canary&kind={}&{AFTER_HIT}", kind.as_str()));
            all(&kinds.each_ref().map(String::as_str))
        }
        "/tickets/{number}/canned" => all(&["q=canary", "q=canary&for=note", "q=nothing"]),
        "/tickets/{number}/macros" => all(&["q=canary", "q=nothing"]),
        "/notices" => places["notice"].iter().map(|notice| format!("{address}?before={notice}")).collect(),
        _ => Vec::new(),
    }
}

/// A list that were empty behind its place would hide every leak in it.
#[test]
fn what_stands_behind_a_place_is_shown_there() {
    let world = World::new();
    let site = Site::new(&world);
    let person = |name| world.actor(name).person.unwrap();
    let number = world.number("external");
    let contoso = &world.places["organisation"][0];
    let [support, warehouse, _, personnel] = &world.places["unit"][..4] else { panic!("four units") };
    let view = |name: &str| format!("/?view={name}&{AFTER}");
    let hits = |kind: Kind| format!("/search?q=canary&kind={}&{AFTER_HIT}", kind.as_str());
    let shown = [
        (ADA, format!("/portal?list=mine&{BEFORE}"), "external subject"),
        (COLLEAGUE, "/portal?list=organisation".to_owned(), "external subject"),
        (COLLEAGUE, format!("/portal?list=organisation&{BEFORE}"), "external subject"),
        (KIM, format!("/people/{}?{BEFORE}", person(ADA)), "external subject"),
        (KIM, format!("/organisations/{contoso}?{BEFORE}"), "external subject"),
        (KIM, format!("/map/{support}/{warehouse}?{BEFORE}"), "hand-off subject"),
        (KIM, format!("/?{AFTER}"), "external subject"),
        (KIM, view("mine"), "external subject"),
        (KIM, view("snoozed"), "snoozed subject"),
        (KIM, format!("/?view=done&{AFTER_DONE}"), "closed subject"),
        (KIM, view("waiting"), "waiting subject"),
        (KIM, format!("/units/{support}/queue?{AFTER}"), "external subject"),
        (HR, format!("/units/{personnel}/queue?{AFTER}"), "secret subject"),
        (KIM, format!("/views?q=is:open&{AFTER_MARK}"), "external subject"),
        (KIM, format!("/views?q=is:open&group=unit&{AFTER_MARK}"), "external subject"),
        (KIM, hits(Kind::Ticket), "external subject"),
        (KIM, hits(Kind::Note), "external note"),
        (ADA, hits(Kind::Message), "external answer"),
        (KIM, format!("/tickets/{number}/canned?q=canary"), "a private canned reply"),
        (KIM, format!("/tickets/{number}/macros?q=canary"), "a private macro"),
        (ADMIN, format!("/admin/mail/suspended?{BEFORE}"), "held subject"),
    ];
    let missing: Vec<String> = shown
        .iter()
        .filter(|(name, address, text)| !site.get(world.actor(name), address).holds(&word(text)))
        .map(|(name, address, text)| format!("{name} does not read {text} at {address}"))
        .collect();
    assert!(missing.is_empty(), "{}", missing.join("\n"));
    assert!(!site.get(world.actor(KIM), &format!("/tickets/{number}/canned?q=nothing")).holds("canary"));
}
