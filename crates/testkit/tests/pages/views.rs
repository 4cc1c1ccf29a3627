//! Lists by a filter and saved views: what is shown, what is said of a typing error, and both faces of the form.

use axum::http::StatusCode;
use domain::id::PersonId;
use jiff::SignedDuration;
use testkit::TestDesk;

use crate::browser::{Answer, Browser};

struct Stage {
    desk: TestDesk,
    kim: PersonId,
    bo: PersonId,
    numbers: Vec<i64>,
}

/// Three tickets in support and one in the warehouse.
fn stage() -> Stage {
    let desk = TestDesk::new();
    let (support, warehouse) = (desk.unit("Customer Support"), desk.unit("Warehouse"));
    let (help, stock) = (desk.service("Help", support), desk.service("Stock", warehouse));
    let contoso = desk.organisation("Contoso Ltd", false);
    let ada = desk.person("Ada", domain::affiliation::Relation::Buyer, Some(contoso));
    let bob = desk.customer("Bob");
    let (kim, bo) = (desk.agent("Kim", &[support]), desk.agent("Bo", &[support, warehouse]));
    let mut numbers = Vec::new();
    for (who, service, subject) in [
        (ada, help, "The lid is broken"),
        (bob, help, "The invoice is wrong"),
        (ada, help, "A second lid"),
        (bob, stock, "Count the boxes"),
    ] {
        numbers.push(desk.opens(who, service, subject, "Please look."));
        desk.wait(SignedDuration::from_hours(1));
    }
    desk.takes(kim, numbers[0]);
    Stage { desk, kim, bo, numbers }
}

impl Stage {
    fn browser(&self, person: PersonId) -> Browser {
        Browser::new(&self.desk.desk).signed_in(&self.desk.session(person))
    }
}

/// The text of the first such attribute behind a mark in the page.
fn value<'a>(page: &'a Answer, mark: &str, attribute: &str) -> &'a str {
    let rest = page.body.split_once(mark).unwrap_or_else(|| panic!("no {mark} in {}", page.body)).1;
    let rest = rest.split_once(&format!("{attribute}=\"")).unwrap().1;
    rest.split_once('"').unwrap().0
}

#[test]
fn a_filter_in_the_address_is_the_list() {
    let stage = stage();
    let kim = stage.browser(stage.kim);
    let page = kim.get("/views?q=from:contoso+is:open");
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.has("The lid is broken") && page.has("A second lid"));
    assert!(!page.has("The invoice is wrong") && !page.has("Count the boxes"));
    assert_eq!(value(&page, "id=\"filter\"", "value"), "from:contoso is:open");
    assert!(kim.get("/views?q=is:mine").has("The lid is broken"));
    assert!(!kim.get("/views?q=is:mine").has("A second lid"));
    let bo = stage.browser(stage.bo);
    let grouped = bo.get("/views?q=is:open&group=unit");
    let (support, warehouse) =
        (grouped.body.find("<h2>Customer Support"), grouped.body.find("<h2>Warehouse"));
    assert!(support.is_some() && support < warehouse, "{}", grouped.body);
    assert!(grouped.has("Count the boxes"));
}

#[test]
fn a_typing_error_is_told_with_its_place_and_the_text_is_kept() {
    let stage = stage();
    let kim = stage.browser(stage.kim);
    let page = kim.get("/views?q=is:open+wating:us");
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(value(&page, "id=\"filter\"", "value"), "is:open wating:us");
    assert!(
        page.has("At character 9: there is no field “wating” (did you mean “waiting:”?)"),
        "{}",
        page.body
    );
    assert!(page.has("aria-invalid=\"true\""));
    // A unit that Kim does not see is one that does not exist.
    let hidden = kim.get("/views?q=unit:warehouse").body;
    let unknown = kim.get("/views?q=unit:nonsenses").body;
    assert!(hidden.contains("you see no unit that is called “warehouse”"));
    assert_eq!(hidden.replace("warehouse", "nonsenses"), unknown);
}

#[test]
fn a_list_goes_on_where_a_page_ended() {
    let stage = stage();
    let (kim, ada) = (stage.browser(stage.kim), stage.desk.customer("Cleo"));
    let help = stage.desk.service("More help", unit_of(&stage));
    for number in 0..60 {
        stage.desk.opens(ada, help, &format!("Matter {number:02}."), "Please look.");
        stage.desk.wait(SignedDuration::from_mins(1));
    }
    let first = kim.get("/views?q=from:cleo&sort=changed");
    assert!(first.has("Matter 59.") && !first.has("Matter 09."));
    let more = value(&first, "class=\"queue-more\"", "href").replace("&amp;", "&");
    let second = kim.get(&more);
    assert!(second.has("Matter 09.") && second.has("Matter 00.") && !second.has("Matter 10."));
    assert!(!second.has("queue-more\""), "there is nothing after it");
}

fn unit_of(stage: &Stage) -> domain::id::UnitId {
    let number = stage.numbers[0];
    let seen = stage.desk.sees(stage.kim, number).unwrap();
    stage
        .desk
        .desk
        .look_now(move |look| Ok(store::ticket::owner_and_parent(look.tx, seen.ticket)?.unwrap().0))
        .unwrap()
}

#[test]
fn a_view_is_saved_changed_and_deleted() {
    let stage = stage();
    let kim = stage.browser(stage.kim);
    let new = kim.get("/views/new?q=from:contoso&sort=opened");
    assert!(new.has("from:contoso") && new.has("Only me") && new.has("Everybody in Customer Support"));
    assert!(!new.has("Everybody who serves"), "that is for administrators");
    let saved = kim.post(
        "/views/new",
        "before=from:contoso&b-from=contoso&filter=from:contoso&sort=opened&grouping=order&column=unit&name=Contoso&owner=me&do=save",
    );
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.body);
    let page = kim.get(&saved.location);
    assert!(
        page.has("<h1>Contoso</h1>") && page.has("The lid is broken") && !page.has("The invoice is wrong")
    );
    assert!(page.has("<h2>Today</h2>"), "grouped by the day of opening");
    assert!(page.has(&format!("href=\"{}\" aria-current=\"page\"", saved.location)));
    // Only the form was changed, so the form counts.
    let edit = format!("{}/edit", saved.location);
    let changed = kim.post(
        &edit,
        "before=from:contoso&b-from=contoso&b-state=open&filter=from:contoso&sort=opened&grouping=nothing&name=Contoso&do=save",
    );
    assert_eq!(changed.status, StatusCode::SEE_OTHER, "{}", changed.body);
    assert_eq!(value(&kim.get(&saved.location), "id=\"filter\"", "value"), "is:open from:contoso");
    // Both were changed, differently: nothing is saved, and the text is kept.
    let torn = kim.post(
        &edit,
        "before=from:contoso&b-from=bob&filter=from:eva&sort=due&grouping=nothing&name=Odd&do=save",
    );
    assert_eq!(torn.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(torn.has("Nothing was saved") && torn.has("from:eva"));
    let bo = stage.browser(stage.bo);
    assert_eq!(bo.get(&saved.location).status, StatusCode::NOT_FOUND);
    let gone = kim.post(&format!("{}/removal", saved.location), "");
    assert_eq!(gone.status, StatusCode::SEE_OTHER);
    assert_eq!(kim.get(&saved.location).status, StatusCode::NOT_FOUND);
}

#[test]
fn the_form_and_the_text_are_two_faces_of_one_filter() {
    let stage = stage();
    let kim = stage.browser(stage.kim);
    let built = kim.post(
        "/views/new",
        "before=&b-state=open&b-state=solved&b-unit=Customer+Support&b-due=%3C2h&not-kind=yes&b-kind=complaint&b-blocked=no&filter=&sort=due&grouping=nothing&name=Kept&owner=me&do=build",
    );
    assert_eq!(built.status, StatusCode::OK);
    let text = "state:open,solved unit:&quot;Customer Support&quot; -kind:complaint due:&lt;2h blocked:no";
    assert!(built.has(text), "{}", built.body);
    assert!(built.has("value=\"Kept\""), "what else was typed is kept");
    let read = kim.post(
        "/views/new",
        "before=&filter=is:open+due:%3C2h&sort=due&grouping=nothing&name=&owner=me&do=read",
    );
    assert!(read.has("name=\"b-state\" value=\"open\" checked"), "{}", read.body);
    assert_eq!(value(&read, "id=\"b-due\"", "value"), "&lt;2h");
    let every = kim.get("/views/new?q=waiting:us,requester,inside,supplier,date");
    for waiting in ["us", "requester", "inside", "supplier", "date"] {
        assert!(every.has(&format!("name=\"b-waiting\" value=\"{waiting}\" checked")), "{waiting}");
    }
    let more = kim.get("/views/new?q=is:open+or+is:handoff");
    assert!(more.has("This filter says more than the form can show."));
    let wrong =
        kim.post("/views/new", "before=&filter=is:opne&sort=due&grouping=nothing&name=Odd&owner=me&do=save");
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.has("did you mean “open”?") && wrong.has("is:opne"));
}

#[test]
fn the_numbers_beside_views_come_without_the_page_waiting_for_them() {
    let stage = stage();
    let kim = stage.browser(stage.kim);
    kim.post("/views/new", "before=&filter=is:open&sort=due&grouping=nothing&name=All&owner=me&do=save");
    let side = kim.get("/views/counts");
    assert!(side.has("All") && side.has("<span class=\"count\">3</span>"), "{}", side.body);
    assert!(side.has("counted now"), "{}", side.body);
    let page = kim.get("/");
    assert!(page.has("<span class=\"count\">3</span>"));
}

#[test]
fn what_is_typed_is_completed_from_what_the_visitor_sees() {
    let stage = stage();
    let kim = stage.browser(stage.kim);
    let offered = kim.get("/views/completions?q=is:open+unit:");
    assert!(offered.has("is:open unit:mine") && offered.has("Customer Support"));
    assert!(!offered.has("Warehouse"));
}

#[test]
fn customers_have_no_views() {
    let stage = stage();
    let eve = stage.desk.customer("Eve");
    let eve = stage.browser(eve);
    for address in ["/views", "/views/new", "/views/counts", "/views/completions?q=unit:"] {
        assert_eq!(eve.get(address).status, StatusCode::NOT_FOUND, "{address}");
    }
}
