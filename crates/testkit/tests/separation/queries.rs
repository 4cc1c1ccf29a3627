//! Pages that show something else with a query are asked with it, too.

use std::collections::BTreeMap;

use crate::{on_behalf, paged, spent};

/// Filters of lists; some go on behind a place.
const FILTERS: &[&str] = &[
    "",
    "is:open",
    "is:open&group=unit",
    "is:open&sort=priority&group=order",
    "is:done",
    "is:snoozed",
    "is:merged",
    "is:bounced",
    "is:confidential",
    "is:handoff",
    "from:a",
    "from:eva",
    "organisation:contoso,fabrikam",
    "unit:human",
    "number:1..99999",
    "is:opne",
    "tag:none",
    "status:none",
    "status:canary",
    "linked:any",
    "linked:none",
    "linked:caused-by,causes",
    "linked:1001,1003",
    "linked:cuased-by",
    "field.hidden:c",
    "field.about:canary",
    "field.nothing:x",
    "&after=0.0.0.0",
    "canary",
    "canary+is:done",
    "canary+or+is:open",
    "-canary",
];

/// Every address that a page is asked at.
pub(crate) fn with(places: &BTreeMap<&'static str, Vec<String>>, path: &str, address: &str) -> Vec<String> {
    let all = |name: &str, place: &str| -> Vec<String> {
        places[place].iter().map(|value| format!("{address}?{name}={value}")).collect()
    };
    let mut addresses = vec![address.to_owned()];
    addresses.extend(paged::behind(places, path, address));
    addresses.extend(chosen(places, path, address));
    match path {
        "/live" => addresses.extend(all("ticket", "number").into_iter().chain(all("unit", "unit"))),
        "/tickets/{number}/names" => {
            addresses.extend(["", "a", "k"].map(|typed| format!("{address}?q={typed}")));
        }
        "/tickets/{number}/links/candidates" => {
            addresses.extend(all("ticket", "number"));
            addresses.extend(["a", "canary"].map(|words| format!("{address}?ticket={words}")));
        }
        "/portal/tickets/new" => addresses.extend(all("service", "service")),
        "/tickets/{number}/throughline" => {
            addresses.extend(places["number"].iter().map(|number| format!("{address}?whatif={number}:1")));
        }
        "/search" | "/api/v1/search" => {
            addresses.extend(all("q", "number"));
            addresses.extend(searches(address));
        }
        "/palette" => {
            addresses.extend(all("q", "number"));
            addresses.extend(palette(&places["number"], address));
        }
        "/tickets/{number}/messages/{message}/formatted" => {
            addresses.push(format!("{address}?images=shown"));
        }
        "/tickets/similar" => addresses.extend(on_behalf::similar(&places["person"], address)),
        "/portal/tickets/similar" => addresses.push(format!("{address}?subject=canary")),
        "/tickets/{number}/merge" => {
            addresses.extend(places["number"].iter().map(|number| format!("{address}?into={number}")));
        }
        "/admin/texts/{text}" => addresses.extend(all("unit", "unit")),
        "/" => addresses.extend(["mine", "waiting", "snoozed", "done"].map(|view| format!("/?view={view}"))),
        "/views" => {
            addresses.extend(FILTERS.iter().map(|filter| format!("{address}?q={filter}")));
            addresses.extend(all("q=is:open&view", "view"));
        }
        "/list/next" | "/list/previous" => addresses.extend(lists(places, address)),
        "/bulk/{bulk}" => addresses.extend(["assign", "transfer"].map(|deed| format!("{address}?do={deed}"))),
        "/views/new" | "/views/{view}/edit" => addresses.push(format!("{address}?q=is:open")),
        "/views/completions" => {
            addresses.extend(
                ["", "unit:", "service:", "from:", "holder:", "tag:", "tag:canary", "status:"]
                    .map(|text| format!("{address}?q={text}")),
            );
        }
        "/recurring/new" => addresses.extend(all("service", "service")),
        "/time" | "/time/data" => addresses.extend(spent::sums(address)),
        "/time/entries" => addresses.extend(spent::entries(places, address)),
        "/tags" => addresses.extend(["", "canary"].map(|tag| format!("{address}?tag={tag}"))),
        "/map" => addresses.extend(["4", "13", "26"].map(|weeks| format!("{address}?weeks={weeks}"))),
        _ => {}
    }
    addresses
}

/// Words, kinds, and filters alone and beside words.
fn searches(address: &str) -> impl Iterator<Item = String> {
    const BESIDE: [&str; 5] = ["is:open,done", "unit:human", "from:eva", "field.hidden:c", "number:1..99999"];
    let words = ["a", "e", "support", "canary"].iter().chain(FILTERS).map(|words| (*words).to_owned());
    let kinds = desk::search::Kind::ALL.map(|kind| format!("canary&kind={}", kind.as_str()));
    let beside = BESIDE.map(|filter| format!("canary+{filter}"));
    words.chain(kinds).chain(beside).map(move |line| format!("{address}?q={line}"))
}

/// Words, a filter beside one, and what there is on each ticket.
fn palette(numbers: &[String], address: &str) -> Vec<String> {
    let words = ["a", "e", "support", "canary", "view", "canary+is:open,done"];
    let words = words.map(|words| format!("{address}?q={words}"));
    let on = numbers
        .iter()
        .flat_map(|number| ["", "canary"].map(|words| format!("{address}?q={words}&at=/tickets/{number}")));
    words.into_iter().chain(on).collect()
}

/// What a page shows of another thing, or with what it begins, where its query says so.
fn chosen(places: &BTreeMap<&'static str, Vec<String>>, path: &str, address: &str) -> Vec<String> {
    let all = |name: &str, place: &str| -> Vec<String> {
        places[place].iter().map(|value| format!("{address}?{name}={value}")).collect()
    };
    let each = |name: &str, values: &[&str]| -> Vec<String> {
        values.iter().map(|value| format!("{address}?{name}={value}")).collect()
    };
    match path {
        "/views/counts" => all("here", "view"),
        "/search" => each("as", &["words&q=canary", "words&q=from:eva", "words&q=is:confidential"]),
        "/tickets/{number}" => {
            let lists = places["view"].iter().map(|view| format!("view.{view}"));
            let lists = lists.chain(["next".to_owned()]);
            lists.map(|list| format!("{address}?in={list}&at=0.0.0.0&page=0.0.0.0")).collect()
        }
        "/tickets/new" => {
            [on_behalf::sought(address), each("to", &["ada@example.org", "eva@example.org", "eva"])].concat()
        }
        "/people/{person}/tickets/new" => {
            each("reached", &["eva", "ada", "eva@example.org", "ada@example.org"])
        }
        "/admin/people/{person}/merge" => each("into", &["eva@example.org", "nobody"]),
        "/admin/organisations/{organisation}/merge" => all("into", "organisation"),
        "/admin/agreements/new" => all("service", "service"),
        "/admin/inboxes/consent" => each("state", &["invented&code=invented"]),
        "/admin/inboxes" | "/admin/inboxes/{inbox}" => each("consent", &["denied"]),
        "/admin/inboxes/{inbox}/servers" => each("preset", &["own", "google"]),
        _ => Vec::new(),
    }
}

/// Places in lists, of each kind of list.
fn lists(places: &BTreeMap<&'static str, Vec<String>>, address: &str) -> Vec<String> {
    let own = [
        "next",
        "mine",
        "waiting",
        "snoozed",
        "done",
        "filter.due.nothing.",
        "filter.due.unit.number:1..99999",
    ];
    let of_units = places["unit"].iter().map(|unit| format!("unit.{unit}"));
    let saved = places["view"].iter().map(|view| format!("view.{view}"));
    let all = own.map(str::to_owned).into_iter().chain(of_units).chain(saved);
    all.flat_map(|list| {
        ["0.0.0.0", "9000000000000000000.0.0.0&page=0.0.0.0"].map(|at| format!("{address}?in={list}&at={at}"))
    })
    .collect()
}
