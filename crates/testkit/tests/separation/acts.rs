//! What pages and programs send with each act on a ticket, so that whoever is refused is refused for who they are.

use axum::http::StatusCode;

use crate::checklists;
use crate::site::{Answer, Site};
use crate::texts::KIM;
use crate::world::{Actor, World};

/// What stands in a form beside its token. What belongs to no path that is named here has no fields.
fn form(path: &str) -> &'static str {
    match path.rsplit_once("{number}/").map_or("", |(_, act)| act) {
        "replies" | "notes" | "preview" => "body=Hello&after=stay&seen=9999999&reason=",
        "notes/{note}" => "body=Hello&reason=Because",
        "drafts/reply" | "drafts/note" => "body=Hello&after=stay&seen=9999999&version=0",
        "drafts/handoff" => "service={service}&subject=Hello&body=Hello&version=0",
        "drafts/delivery" => "body=Hello&version=0",
        "drafts/return" => "reason=Because&version=0",
        "messages/{message}/forward/draft" | "notes/{note}/forward/draft" => {
            "to=&subject=Hello&body=Hello&version=0"
        }
        "canned" => "macro={macro}&for=reply",
        "macros/{macro}" => "reply=Hello&note=Hello&seen=9999999",
        "assignment" => "person=me",
        "transfers" => "unit={unit}&reason=Because",
        "waits" => "on=requester",
        "solution" | "reopening" | "return" | "withdrawal" | "escalation" => "reason=Because",
        "priority" => "priority=1&reason=Because",
        "service" => "service={service}",
        "status" => "status=none",
        "kind" => "kind=complaint",
        "handoffs" => "service={service}&subject=Hello&body=Hello",
        "delivery" => "body=Hello",
        "acceptance" if !path.starts_with("/portal/") => "rating=5",
        "copies" => "address=somebody%40example.org&name=Somebody",
        "undo" => "event=17",
        "snooze" => "on=&until=2099-01-01T10%3A00",
        "tags" | "tags/removal" => "tag=hello",
        "links" => "link=relates_to&ticket={number}",
        "links/removal" => "link=relates_to&ticket={number}",
        "fields" => "key={key}",
        "merge" => "into={number}",
        "time" => "time=1h&day=&note=Hello",
        "checklist" => "steps=Hello",
        "checklist/ticks" => "item={item}&done=yes",
        "checklist/removal" => "item={item}",
        "checklist/words" => "item={item}&words=Hello",
        "checklist/order" => "item={item}&step=down",
        "watch" => "stance=watching",
        "deliveries/{delivery}/again" => "address=somebody%40example.org",
        "messages/{message}/forward" | "notes/{note}/forward" => {
            "to=somebody%40example.org&subject=Hello&body=Hello"
        }
        "messages/{message}/split" => "subject=Hello&service={service}&tell=",
        _ => "",
    }
}

/// What programs send.
fn json(path: &str) -> &'static str {
    match path.rsplit_once("{number}/").map_or("", |(_, act)| act) {
        "fields" => r#"{"fields":{"<key>":null}}"#,
        "checklist" => r#"{"steps":["Hello"]}"#,
        "checklist/ticks" => r#"{"id":"<item>","done":true}"#,
        "checklist/words" => r#"{"id":"<other item>","words":"Hello again"}"#,
        "checklist/order" => r#"{"id":"<item>","step":"down"}"#,
        "checklist/removal" => r#"{"id":"<other item>"}"#,
        "links" => r#"{"link":"relates_to","number":<other number>}"#,
        "links/removal" => r#"{"number":<number>}"#,
        "merge" => r#"{"into":<number>}"#,
        "messages/{message}/split" => r#"{"service":"<service>","subject":"Hello"}"#,
        _ => "{}",
    }
}

/// Sends what belongs to the path: a form with its token, or what a program sends.
pub(crate) fn send(site: &Site, world: &World, actor: &Actor, path: &str, address: &str) -> Answer {
    if path.starts_with("/api/") {
        let filled = ["key", "item", "other item", "number", "other number", "service"]
            .iter()
            .fold(json(path).to_owned(), |json, place| {
                json.replace(&format!("<{place}>"), &stands_for(world, place))
            });
        return site.sends(actor, address, &filled);
    }
    let places = ["key", "item", "number", "service", "unit", "macro"];
    let filled = places.iter().fold(form(path).to_owned(), |form, place| {
        form.replace(&format!("{{{place}}}"), &stands_for(world, place))
    });
    site.post(actor, address, &filled)
}

/// One thing that a place of what is sent stands for.
fn stands_for(world: &World, place: &str) -> String {
    let step = |one: Option<&i64>| one.map_or_else(|| "17".to_owned(), ToString::to_string);
    match place {
        "key" => "hidden".to_owned(),
        "item" => step(checklists::ids(&world.desk).first()),
        "other item" => step(checklists::ids(&world.desk).last()),
        "other number" => seen_by(world, KIM)[2].to_string(),
        _ => world.places[place][0].clone(),
    }
}

fn seen_by(world: &World, name: &str) -> Vec<i64> {
    world.tickets.iter().filter(|(_, whose)| whose.contains(&name)).map(|(number, _)| *number).collect()
}

/// The acts on tickets: every path that posts to one.
pub(crate) fn paths() -> Vec<&'static str> {
    let routes = web::routes::table();
    let acts = routes.iter().filter(|route| route.method == "POST" && route.path.contains("{number}"));
    acts.map(|route| route.path).collect()
}

/// The addresses of an act on one ticket.
pub(crate) fn on(world: &World, path: &str, number: i64) -> Vec<String> {
    world.addresses(&path.replace("{number}", &number.to_string()))
}

#[test]
fn what_is_sent_with_each_act_is_what_its_people_could_send() {
    let world = World::new();
    let site = Site::new(&world);
    let kim = world.actor(KIM);
    let hers: Vec<i64> = seen_by(&world, KIM);
    let mut wrong = Vec::new();
    let mut paths = paths();
    // What takes something away comes after what wants it there.
    paths.sort_by_key(|path| path.contains("removal") || path.contains("merge"));
    for path in paths {
        let answers: Vec<StatusCode> = hers
            .iter()
            .flat_map(|number| on(&world, path, *number))
            .map(|address| send(&site, &world, kim, path, &address).status)
            .collect();
        let is_refused_for_its_words = |status: &StatusCode| {
            [
                StatusCode::UNPROCESSABLE_ENTITY,
                StatusCode::BAD_REQUEST,
                StatusCode::UNSUPPORTED_MEDIA_TYPE,
                StatusCode::NOT_FOUND,
            ]
            .contains(status)
        };
        if answers.iter().all(is_refused_for_its_words) {
            wrong.push(format!("{path}: {answers:?}"));
        }
    }
    assert!(wrong.is_empty(), "nobody would be refused for who they are:\n{}", wrong.join("\n"));
}
