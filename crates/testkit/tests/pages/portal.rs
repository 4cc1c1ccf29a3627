//! What a requester sees and does, whichever hats they wear elsewhere.

use std::cell::RefCell;
use std::collections::BTreeMap;

use axum::http::StatusCode;
use domain::id::{PersonId, ServiceId};
use jiff::SignedDuration;
use testkit::TestDesk;

use crate::browser::Browser;

/// Kim serves in Support and has a ticket there; Bo works on it, and asks the Workshop.
struct World {
    desk: TestDesk,
    kim: PersonId,
    bo: PersonId,
    mei: PersonId,
    service: ServiceId,
    own: i64,
    sessions: RefCell<BTreeMap<PersonId, String>>,
}

const NOTE: &str = "note-that-nobody-outside-reads";
const HANDOFF: &str = "handoff-that-nobody-outside-sees";

fn world() -> World {
    let desk = TestDesk::new();
    let (support, workshop, council) = (desk.unit("Support"), desk.unit("Workshop"), desk.unit("Council"));
    let service = desk.service_with("Repairs", support, |input| {
        input.captive = true;
        input.neutral_unit = Some(council);
    });
    let inner = desk.service("Spare parts", workshop);
    let kim = desk.agent("Kim Both", &[support]);
    let bo = desk.agent("Bo Holder", &[support]);
    let mei = desk.customer("Mei Outside");
    let own = desk.opens(kim, service, "My heating is cold", "It stopped **yesterday**.");
    desk.takes(bo, own);
    desk.notes(bo, own, NOTE);
    desk.asks(bo, own, inner, HANDOFF, HANDOFF);
    desk.replies(bo, own, "We are looking for the part.");
    World { desk, kim, bo, mei, service, own, sessions: RefCell::default() }
}

impl World {
    fn browser(&self, person: PersonId) -> Browser {
        let known = self.sessions.borrow().get(&person).cloned();
        let token = known.unwrap_or_else(|| self.desk.session(person));
        self.sessions.borrow_mut().insert(person, token.clone());
        Browser::new(&self.desk.desk).signed_in(&token)
    }
}

#[test]
fn on_their_own_ticket_agents_see_only_the_requesters_view_on_every_path_of_the_portal() {
    let world = world();
    let kim = world.browser(world.kim);
    let page = kim.get(&format!("/portal/tickets/{}", world.own));
    assert_eq!(page.status, StatusCode::OK);
    for shown in
        ["My heating is cold", "<strong>yesterday</strong>", "We are looking for the part.", "Support"]
    {
        assert!(page.has(shown), "{shown} is missing");
    }
    let paths = ["/portal", "/portal?list=organisation", "/portal/services", "/profile"];
    let tickets =
        [String::new(), "?done=sent".to_owned()].map(|query| format!("/portal/tickets/{}{query}", world.own));
    let answers = paths.map(str::to_owned).into_iter().chain(tickets).map(|path| (kim.get(&path), path));
    let refused = kim.post(&format!("/portal/tickets/{}/acceptance", world.own), "");
    for (answer, path) in answers.chain([(refused, "acceptance".to_owned())]) {
        for hidden in [NOTE, HANDOFF, "Bo Holder", "waits for"] {
            assert!(!answer.has(hidden), "{path} shows {hidden}");
        }
    }
}

#[test]
fn who_serves_a_ticket_is_led_to_the_page_of_the_serving_side() {
    let world = world();
    let answer = world.browser(world.bo).get(&format!("/portal/tickets/{}", world.own));
    assert_eq!((answer.status, answer.location), (StatusCode::SEE_OTHER, format!("/tickets/{}", world.own)));
    let refused =
        world.browser(world.bo).post(&format!("/portal/tickets/{}/escalation", world.own), "reason=x");
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
}

#[test]
fn a_hidden_ticket_is_the_same_as_none() {
    let world = world();
    let mei = world.browser(world.mei);
    for act in ["", "/replies", "/acceptance", "/reopening", "/escalation"] {
        let ask = |number: i64| {
            let path = format!("/portal/tickets/{number}{act}");
            match act {
                "" => mei.get(&path),
                "/acceptance" => mei.post(&path, ""),
                _ => mei.post(&path, "body=words&reason=words&seen=0"),
            }
        };
        let (hidden, unknown) = (ask(world.own), ask(999_999));
        assert_eq!((hidden.status, &hidden.body), (StatusCode::NOT_FOUND, &unknown.body), "{act}");
        assert_eq!(unknown.status, StatusCode::NOT_FOUND);
    }
}

#[test]
fn forged_forms_change_nothing() {
    let world = world();
    let path = format!("/portal/tickets/{}/replies", world.own);
    let browser = || world.browser(world.kim);
    assert_eq!(browser().post_bare(&path, "body=words").status, StatusCode::FORBIDDEN);
    assert_eq!(browser().post_bare(&path, "csrf_token=guessed&body=words").status, StatusCode::FORBIDDEN);
    assert_eq!(browser().coming_from_elsewhere().post(&path, "body=words").status, StatusCode::FORBIDDEN);
    assert!(!browser().get(&format!("/portal/tickets/{}", world.own)).has("words</p>"));
}

#[test]
fn somebody_asks_reads_the_answer_and_says_whether_it_is_solved() {
    let world = world();
    let mei = world.browser(world.mei);
    let form = format!(
        "service={}&kind=incident&subject=Cold+house&body=It+is+cold.&impact=low&urgency=high",
        world.service
    );
    let opened = mei.post("/portal/tickets/new", &form);
    assert_eq!(opened.status, StatusCode::SEE_OTHER, "{}", opened.body);
    let path = opened.location.split('?').next().unwrap().to_owned();
    let number: i64 = path.rsplit('/').next().unwrap().parse().unwrap();
    assert!(mei.get("/portal").has("Cold house"));
    assert!(mei.get(&path).has("We are working on it"));

    world.desk.takes(world.bo, number);
    world.desk.replies(world.bo, number, "Try the switch.");
    world.desk.solves(world.bo, number);
    assert!(mei.get(&path).has("Solved: is it?"));
    assert!(mei.get("/portal").has("Waiting for you"));

    let without = mei.post(&format!("{path}/reopening"), "reason=+");
    assert_eq!(without.status, StatusCode::UNPROCESSABLE_ENTITY);
    let reopened = mei.post(&format!("{path}/reopening"), "reason=The+switch+is+broken.");
    assert_eq!(reopened.status, StatusCode::SEE_OTHER);
    assert!(mei.get(&path).has("The switch is broken."));

    world.desk.solves(world.bo, number);
    let accepted = mei.post(&format!("{path}/acceptance"), "");
    assert_eq!(accepted.location, format!("{path}?done=accepted"));
    world.desk.wait(SignedDuration::from_hours(24 * 200));
    let late = world.browser(world.mei).post(&format!("{path}/reopening"), "reason=Cold+again.");
    assert_eq!(late.status, StatusCode::CONFLICT);
    assert!(late.has("The time for reopening") && late.has("Cold again."));
}

#[test]
fn what_was_written_is_kept_when_it_cannot_be_sent() {
    let world = world();
    let mei = world.browser(world.mei);
    let form =
        format!("service={}&kind=request&subject=&body=Kept+words&impact=low&urgency=low", world.service);
    let answer = mei.post("/portal/tickets/new", &form);
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.has("Kept words") && answer.has("Say in one line"));

    // Kim's page is older than Bo's reply.
    let kim = world.browser(world.kim);
    let answer = kim.post(&format!("/portal/tickets/{}/replies", world.own), "body=Also+kept&seen=0");
    assert_eq!(answer.status, StatusCode::CONFLICT);
    assert!(answer.has("Also kept") && answer.has("A new message came in"));
    let seen = answer.body.split("name=\"seen\" value=\"").nth(1).unwrap().split('"').next().unwrap();
    let sent =
        kim.post(&format!("/portal/tickets/{}/replies", world.own), &format!("body=Also+kept&seen={seen}"));
    assert_eq!(sent.status, StatusCode::SEE_OTHER);
}

#[test]
fn who_cannot_go_elsewhere_may_ask_the_neutral_owner_once() {
    let world = world();
    let kim = world.browser(world.kim);
    let path = format!("/portal/tickets/{}", world.own);
    assert!(kim.get(&path).has("Ask Council to decide"));
    let asked = kim.post(&format!("{path}/escalation"), "reason=Two+weeks+without+heating.");
    assert_eq!(asked.location, format!("{path}?done=escalated"));
    let page = kim.get(&path);
    assert!(page.has("Two weeks without heating.") && !page.has("Ask Council to decide"));
    let again = kim.post(&format!("{path}/escalation"), "reason=And+again.");
    assert_eq!(again.status, StatusCode::CONFLICT);
    assert!(again.has("And again.") && again.has("possible once"));
}

#[test]
fn services_that_are_not_offered_do_not_exist() {
    let world = world();
    let unit = world.desk.unit("Office");
    let inside = world.desk.service_with("Desks and chairs", unit, |input| input.audience.external = false);
    let mei = world.browser(world.mei);
    assert!(!mei.get("/portal/services").has("Desks and chairs"));
    let unknown = mei.get("/portal/tickets/new?service=1");
    let hidden = mei.get(&format!("/portal/tickets/new?service={inside}"));
    assert_eq!((hidden.status, hidden.body), (unknown.status, unknown.body));
    assert!(world.browser(world.kim).get("/portal/services").has("Desks and chairs"));
}

#[test]
fn the_map_shows_connections_of_ones_own_units_and_nothing_to_requesters() {
    let world = world();
    assert_eq!(world.browser(world.mei).get("/map").status, StatusCode::NOT_FOUND);
    let bo = world.browser(world.bo);
    let map = bo.get("/map");
    assert!(map.has("Support") && map.has("Workshop"));
    let edge = map.body.split("href=\"/map/").nth(1).map(|rest| rest.split('"').next().unwrap().to_owned());
    let edge = edge.filter(|edge| !edge.starts_with("data")).unwrap_or_else(|| {
        map.body
            .split("href=\"/map/")
            .find(|part| part.starts_with(|c: char| c.is_ascii_digit()))
            .unwrap()
            .split('"')
            .next()
            .unwrap()
            .to_owned()
    });
    let behind = bo.get(&format!("/map/{}", edge.replace("&amp;", "&")));
    assert_eq!(behind.status, StatusCode::OK);
    assert!(behind.has(HANDOFF));
    // For Kim it was asked on behalf of a ticket of her own: counted, and not listed.
    let kim = world.browser(world.kim).get(&format!("/map/{}", edge.replace("&amp;", "&")));
    assert!(!kim.has(HANDOFF) && kim.has("0 of 1"));
    let other = world.desk.unit("Elsewhere");
    let stranger = world.desk.agent("Sam Stranger", &[other]);
    assert_eq!(world.browser(stranger).get(&format!("/map/{edge}")).status, StatusCode::NOT_FOUND);
}

/// The hidden fields of the form on a page, as its browser would send them.
fn once(page: &str) -> String {
    let value = page.split("name=\"once\" value=\"").nth(1).unwrap().split('"').next().unwrap();
    format!("once={value}")
}

#[test]
fn a_form_sent_twice_makes_one_ticket_and_says_one_thing() {
    let world = world();
    let mei = world.browser(world.mei);
    let blank = mei.get(&format!("/portal/tickets/new?service={}", world.service));
    let form = |subject: &str| {
        format!(
            "{}&service={}&kind=incident&subject={subject}&body=It+is+cold.&impact=low&urgency=high",
            once(&blank.body),
            world.service
        )
    };
    let first = mei.post("/portal/tickets/new", &form("Cold+house"));
    assert_eq!(first.status, StatusCode::SEE_OTHER, "{}", first.body);
    let again = mei.post("/portal/tickets/new", &form("Cold+house"));
    assert_eq!((again.status, &again.location), (first.status, &first.location));
    let other = mei.post("/portal/tickets/new", &form("Cold+cellar"));
    assert_ne!(other.location, first.location, "other words are another ticket");
    assert_eq!(mei.get("/portal").body.matches("Cold house").count(), 1);

    let path = first.location.split('?').next().unwrap().to_owned();
    let page = mei.get(&path);
    let seen = page.body.split("name=\"seen\" value=\"").nth(1).unwrap().split('"').next().unwrap();
    let reply = format!("{}&body=And+damp.&seen={seen}", once(page.body.split("/replies\"").nth(1).unwrap()));
    for _ in 0..2 {
        let sent = mei.post(&format!("{path}/replies"), &reply);
        assert_eq!(sent.location, format!("{path}?done=sent"));
    }
    assert_eq!(mei.get(&path).body.matches("And damp.").count(), 1);

    // The serving side's forms as well: one note, one hand-off.
    let number: i64 = path.rsplit('/').next().unwrap().parse().unwrap();
    let bo = world.browser(world.bo);
    let address = format!("/tickets/{number}");
    let page = bo.get(&address).body;
    let note = format!("{}&body=Ask+the+landlord.", once(page.split("/notes\"").nth(1).unwrap()));
    for _ in 0..2 {
        assert_eq!(bo.post(&format!("{address}/notes"), &note).location, format!("{address}?done=noted"));
    }
    assert_eq!(bo.get(&address).body.matches("Ask the landlord.").count(), 1);
}
