//! The API: programs do what pages do, hear the same sentences, and do nothing twice for one key.

use axum::http::StatusCode;
use desk::Problem;
use domain::custom::{Type, When};
use domain::id::{PersonId, ServiceId};
use domain::ticket::rules::Refusal;
use domain::ticket::{State, Ticket};
use jiff::SignedDuration;
use serde_json::{Value, json};
use testkit::TestDesk;

use crate::browser::{Answer, Browser};

struct Office {
    desk: TestDesk,
    help: ServiceId,
    ada: PersonId,
    kim_is: PersonId,
    kim: Browser,
}

fn office() -> Office {
    let desk = TestDesk::new();
    let support = desk.unit("Support");
    let help = desk.service("Help", support);
    let (ada, kim_is) = (desk.customer("Ada"), desk.agent("Kim", &[support]));
    let kim = Browser::new(&desk.desk).signed_in(&desk.session(kim_is));
    Office { desk, help, ada, kim_is, kim }
}

impl Office {
    fn opens(&self, who: PersonId, subject: &'static str) -> i64 {
        let number = self.desk.opens(who, self.help, subject, "It is dark.");
        self.desk.wait(SignedDuration::from_mins(10));
        number
    }

    fn ticket(&self, number: i64) -> Ticket {
        let ticket = self.desk.with(self.kim_is, number, |act, seen| {
            Ok(Ticket::fold(seen.ticket, &store::event::of_ticket(act.tx, seen.ticket)?).unwrap())
        });
        ticket.unwrap()
    }

    fn shown(&self, number: i64) -> Value {
        read(&self.kim.get(&format!("/api/v1/tickets/{number}")))
    }
}

fn read(answer: &Answer) -> Value {
    serde_json::from_str(&answer.body).unwrap_or_else(|_| panic!("no JSON: {}", answer.body))
}

/// A refusal with its sentence.
fn says(answer: &Answer, status: StatusCode, words: &str) {
    assert_eq!(answer.status, status, "{}", answer.body);
    assert_eq!(answer.header("content-type"), "application/problem+json");
    assert_eq!(read(answer)["detail"], words);
}

#[test]
fn a_program_merges_once_for_its_key_and_takes_apart_again() {
    let office = office();
    let [older, younger] = ["Lamp", "Lamp again"].map(|subject| office.opens(office.ada, subject));
    let bobs = office.opens(office.desk.customer("Bob"), "Mine");
    let merge = format!("/api/v1/tickets/{younger}/merge");
    let into = |number: i64| json!({ "into": number }).to_string();
    says(
        &office.kim.sends(&merge, &into(bobs), None),
        StatusCode::CONFLICT,
        &Refusal::MergesOtherPeople.to_string(),
    );
    let page = office.kim.get(&format!("/tickets/{younger}/merge?into={bobs}"));
    assert!(page.has("merged"), "the page refuses it, too: {}", page.body);
    let unknown = office.kim.sends(&merge, &into(999_999), None);
    assert_eq!(unknown.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", unknown.body);
    assert!(office.ticket(older).took_in.is_empty());

    let [first, again] = [(), ()].map(|()| office.kim.sends(&merge, &into(older), Some("a-key")));
    assert_eq!((first.status, again.status), (StatusCode::OK, StatusCode::OK), "{}", again.body);
    assert_eq!((read(&first), read(&again)), (json!({ "number": older }), json!({ "number": older })));
    assert_eq!(office.ticket(younger).state, State::Closed);
    assert_eq!(office.ticket(older).took_in.len(), 1);
    let other = office.kim.sends(&merge, &into(bobs), Some("a-key"));
    assert_eq!(other.status, StatusCode::CONFLICT, "the key was for something else: {}", other.body);
    let end = format!("{merge}/end");
    assert_eq!(office.kim.sends(&end, r#"{"into": 1}"#, None).status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(office.kim.sends(&end, "{}", Some("b-key")).status, StatusCode::OK);
    assert_eq!(office.kim.sends(&end, "{}", Some("b-key")).status, StatusCode::OK, "once for its key");
    assert_eq!(office.ticket(younger).state, State::Open);
    says(&office.kim.sends(&end, "{}", None), StatusCode::CONFLICT, &Refusal::NotMerged.to_string());
}

#[test]
fn a_program_splits_a_message_into_a_ticket_of_its_own() {
    let office = office();
    let number = office.opens(office.ada, "Lamp");
    office.desk.replies(office.kim_is, number, "Which one?");
    office.desk.replies(office.ada, number, "And the chair is broken.");
    let shown = office.shown(number);
    let id = |place: usize| shown["messages"][place]["id"].as_str().unwrap().to_owned();
    let address = |place: usize| format!("/api/v1/tickets/{number}/messages/{}/split", id(place));
    let sent = json!({ "service": office.help.to_string(), "subject": "The chair" }).to_string();
    office.desk.wait(SignedDuration::from_mins(1));
    says(
        &office.kim.sends(&address(1), &sent, None),
        StatusCode::CONFLICT,
        &Problem::NothingToSplit.to_string(),
    );
    let empty = json!({ "service": office.help.to_string(), "subject": " " }).to_string();
    assert_eq!(office.kim.sends(&address(2), &empty, None).status, StatusCode::UNPROCESSABLE_ENTITY);
    let made = office.kim.sends(&address(2), &sent, Some("split"));
    assert_eq!(made.status, StatusCode::CREATED, "{}", made.body);
    let new = read(&made)["number"].as_i64().unwrap();
    assert_eq!(read(&office.kim.sends(&address(2), &sent, Some("split")))["number"], new, "one ticket");
    let shown = office.shown(new);
    assert_eq!(
        (&shown["subject"], &shown["messages"][0]["body"]),
        (&json!("The chair"), &json!("And the chair is broken."))
    );
    assert_eq!(office.ticket(new).requester(), office.ada);
}

#[test]
fn a_program_answers_several_fields_or_none() {
    let office = office();
    let kind = office.desk.field("made", |input| {
        input.holds = Type::One;
        input.choices = ["glass", "wood"].map(str::to_owned).into();
    });
    office.desk.field("age", |input| input.holds = Type::Number);
    office.desk.field("colour", |input| input.when = Some(When { field: kind, is: "glass".to_owned() }));
    let number = office.opens(office.ada, "Lamp");
    let address = format!("/api/v1/tickets/{number}/fields");
    let sends = |fields: Value| office.kim.sends(&address, &json!({ "fields": fields }).to_string(), None);
    // Its name is first, and it is asked only once another one is answered.
    let done = sends(json!({ "colour": "red", "made": "glass", "age": 3 }));
    assert_eq!(done.status, StatusCode::OK, "{}", done.body);
    let stands = json!({ "colour": "red", "made": "glass", "age": 3 });
    assert_eq!((&read(&done)["fields"], &office.shown(number)["fields"]), (&stands, &stands));
    let wrong = sends(json!({ "age": "old", "colour": "blue" }));
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", wrong.body);
    assert!(read(&wrong)["detail"].as_str().unwrap().contains("age"), "{}", wrong.body);
    assert_eq!(office.shown(number)["fields"], stands, "all of them, or none");
    says(
        &sends(json!({ "nothing": 1 })),
        StatusCode::UNPROCESSABLE_ENTITY,
        &desk::DeskError::invalid("fields", Problem::CustomUnknown { key: "nothing".to_owned() }).to_string(),
    );
    // What is asked no more loses its answer.
    let done = sends(json!({ "made": "wood", "age": null }));
    assert_eq!(read(&done)["fields"], json!({ "made": "wood" }), "{}", done.body);
}
