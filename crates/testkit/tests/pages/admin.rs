//! Set-up by an administrator: each form does its work, and says beside its field what is wrong.

use axum::http::StatusCode;
use domain::id::{PersonId, ServiceId, UnitId};
use testkit::TestDesk;

use crate::browser::{Answer, Browser, office};

struct Stage {
    desk: TestDesk,
    administrator: Browser,
    amal: PersonId,
    support: UnitId,
    help: ServiceId,
}

fn stage() -> Stage {
    let (desk, amal, administrator, (support, help)) = office();
    Stage { desk, administrator, amal, support, help }
}

impl Stage {
    fn done(&self, address: &str, form: &str) -> String {
        let answer = self.administrator.post(address, form);
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{address}: {}", answer.body);
        let place = answer.location.split('?').next().unwrap().to_owned();
        assert_eq!(self.administrator.get(&answer.location).status, StatusCode::OK, "{}", answer.location);
        place
    }

    /// The form comes back with the words and with what was typed.
    fn refused(&self, address: &str, form: &str, words: &str, kept: &str) {
        let answer: Answer = self.administrator.post(address, form);
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{address}");
        assert!(answer.has(words), "{address} does not say “{words}”: {}", answer.body);
        assert!(answer.has(kept), "{address} lost “{kept}”");
    }

    fn calendar(&self) -> String {
        let place = self.done(
            "/admin/calendars/new",
            "name=Office&time_zone=Europe/Berlin&hours_mon=09:00-17:00&hours_tue=09:00-17:00&hours_wed=09:00-17:00&do=save",
        );
        place.rsplit('/').next().unwrap().to_owned()
    }
}

const PAGES: [&str; 22] = [
    "/admin",
    "/admin/people",
    "/admin/people?q=a",
    "/admin/people?q=amal@example.org",
    "/admin/people/new",
    "/admin/people/alike",
    "/admin/organisations",
    "/admin/organisations/new",
    "/admin/organisations/alike",
    "/admin/units",
    "/admin/units/new",
    "/admin/services",
    "/admin/services/new",
    "/admin/calendars",
    "/admin/calendars/new",
    "/admin/agreements",
    "/admin/agreements/new",
    "/admin/inboxes",
    "/admin/inboxes/new",
    "/admin/mail/suspended",
    "/admin/glass",
    "/admin/events",
];

#[test]
fn an_administrator_sees_every_page_and_nobody_else_sees_that_there_are_any() {
    let stage = stage();
    let agent = stage.desk.agent("Bo", &[stage.support]);
    let agent = Browser::new(&stage.desk.desk).signed_in(&stage.desk.session(agent));
    let nothing = agent.get("/nothing/here");
    for page in PAGES {
        assert_eq!(stage.administrator.get(page).status, StatusCode::OK, "{page}");
        let hidden = agent.get(page);
        assert_eq!((hidden.status, hidden.body), (nothing.status, nothing.body.clone()), "{page}");
    }
}

#[test]
fn a_person_is_added_tied_put_into_a_unit_and_shut_out() {
    let stage = stage();
    let here = stage.done(
        "/admin/people/new",
        "name=Mei+Tanaka&email=mei@example.org&phone=&language=de&time_zone=Asia/Tokyo&organisation=&relation=buyer&from=2026-01-01",
    );
    assert!(stage.administrator.get(&here).has("Mei Tanaka"));
    stage.done(&format!("{here}/ties"), "relation=employee&class=&from=2026-02-01&until=");
    stage.done(&format!("{here}/units"), &format!("unit={}&role=lead", stage.support));
    stage.done(&format!("{here}/offices"), "office=overseer&oversees=");
    stage.done(&format!("{here}/password"), "password=four+unrelated+words+here");
    stage.done(&format!("{here}/disable"), "");
    let page = stage.administrator.get(&here);
    for words in ["disabled", "Employee", "Lead", "Overseer of everything", "has a password"] {
        assert!(page.has(words), "{words}");
    }
    assert!(!page.has("four unrelated words here"));
}

#[test]
fn what_is_wrong_with_a_person_is_said_beside_the_field() {
    let stage = stage();
    let form = |name: &str, email: &str, zone: &str| {
        format!("name={name}&email={email}&phone=&language=en&time_zone={zone}&organisation=&relation=&from=")
    };
    let new = "/admin/people/new";
    stage.refused(new, &form("", "kim@example.org", "UTC"), "The name is missing", "kim@example.org");
    stage.refused(new, &form("Kim", "kim", "UTC"), "is not an e-mail address", "Kim");
    stage.refused(new, &form("Kim", "amal@example.org", "UTC"), "belongs to Amal already", "Kim");
    stage.refused(new, &form("Kim", "", "Europe/Berln"), "Europe/Berlin", "Europe/Berln");
    let own = format!("/admin/people/{}", stage.amal);
    stage.refused(&format!("{own}/password"), "password=short", "too short", "Amal");
    stage.refused(&format!("{own}/disable"), "", "last administrator", "Amal");
    let answer = stage.administrator.post(new, "name=Kim&class=internal");
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.has("no field “class”"), "{}", answer.body);
}

#[test]
fn units_and_organisations_are_added_changed_and_ended() {
    let stage = stage();
    let unit = stage
        .done("/admin/units/new", &format!("name=Night+shift&kind=team&parent={}&calendar=", stage.support));
    stage.done(&unit, "name=Late+shift&kind=team&parent=&calendar=");
    stage.done(&format!("{unit}/end"), "");
    let taken = "name=Support&kind=department&parent=&calendar=";
    stage.refused("/admin/units/new", taken, "There is a unit “Support” already", "Support");
    let own = format!("/admin/units/{}", stage.support);
    stage.refused(&format!("{own}/end"), "", "cannot be ended yet", "Support");
    let organisation = stage.done("/admin/organisations/new", "name=Contoso&shares_tickets=yes");
    stage.done(&organisation, "name=Contoso+Ltd");
    stage.refused(&organisation, "name=", "The name is missing", "Contoso Ltd");
}

#[test]
fn a_calendar_is_looked_at_before_it_is_saved_and_what_is_wrong_keeps_its_place() {
    let stage = stage();
    let new = "/admin/calendars/new";
    let looked = stage.administrator.post(
        new,
        "name=Office&time_zone=UTC&hours_mon=22:00-06:00&ical=BEGIN:VCALENDAR%0D%0ABEGIN:VEVENT%0D%0ADTSTART%3BVALUE%3DDATE:20261225%0D%0ASUMMARY:Christmas%0D%0AEND:VEVENT%0D%0AEND:VCALENDAR%0D%0A&do=look",
    );
    assert_eq!(looked.status, StatusCode::OK);
    assert!(looked.has("2026-12-25 Christmas") && looked.has("Nothing is saved yet"), "{}", looked.body);
    stage.refused(
        new,
        "name=A&time_zone=Europe/Berln&hours_mon=09:00-17:00&do=save",
        "Europe/Berlin",
        "09:00-17:00",
    );
    stage.refused(new, "name=Idle&time_zone=UTC&do=save", "no working time at all", "Idle");
    stage.refused(new, "name=Odd&time_zone=UTC&hours_fri=9-5&do=save", "is not a time of day", "9-5");
    let here = format!("/admin/calendars/{}", stage.calendar());
    stage.done(&here, "name=Office&time_zone=Europe/Berlin&hours_mon=08:00-16:00&do=save");
}

const SERVICE: &str = "summary=&finishing_allowance=30m&reopen_days=14&close_days=7&neutral_unit=\
    &matrix=1&matrix=2&matrix=3&matrix=2&matrix=3&matrix=3&matrix=3&matrix=3&matrix=4";

#[test]
fn a_service_is_added_with_its_plan_and_says_who_sees_it() {
    let stage = stage();
    let calendar = stage.calendar();
    let unit = stage.support;
    let plan = format!(
        "plan_form=rows&plan_stage=1&plan_does=own&plan_unit={unit}&plan_hours=2h&plan_calendar={calendar}\
         &plan_stage=2&plan_does={}&plan_unit=&plan_hours=&plan_calendar=",
        stage.help
    );
    let here =
        stage.done("/admin/services/new", &format!("name=Orders&unit={unit}&external=yes&{SERVICE}&{plan}"));
    let page = stage.administrator.get(&here);
    assert!(page.has("people who are external") && page.has("value=\"2h\""), "{}", page.body);
    let nobody = stage.administrator.post(&here, &format!("name=Orders&unit={unit}&{SERVICE}"));
    assert!(nobody.location.ends_with("done=for-nobody"), "{}", nobody.body);
    let captive = format!("name=Orders&unit={unit}&internal=yes&captive=yes&{SERVICE}");
    stage.refused(&here, &captive, "somebody neutral", "Orders");
    let wrong = format!("name=Orders&unit={unit}&{SERVICE}&plan_form=json&plan=[1");
    stage.refused(&here, &wrong, "The plan is not JSON", "[1");
}

#[test]
fn a_promise_is_judged_while_it_is_edited_and_needs_a_reason_when_it_does_not_fit() {
    let stage = stage();
    let (calendar, unit, help) = (stage.calendar(), stage.support, stage.help);
    let plan = format!(
        "plan_form=rows&plan_stage=1&plan_does=own&plan_unit={unit}&plan_hours=4h&plan_calendar={calendar}"
    );
    stage.done(
        &format!("/admin/services/{help}"),
        &format!("name=Help&unit={unit}&external=yes&{SERVICE}&{plan}"),
    );
    let draft = |within: &str| {
        format!(
            "name=Gold&kind=sla&service={help}&class=&asking=&from=&metric=resolution&priority=&within={within}\
             &calendar={calendar}&quantile=95&pause_requester=0"
        )
    };
    let verdict = |within: &str| stage.administrator.post("/admin/agreements/verdict", &draft(within));
    assert!(verdict("6h").has("Fits") && verdict("6h").has("2 h to spare"), "{}", verdict("6h").body);
    assert!(verdict("2h").has("Does not fit") && verdict("2h").has("binding unit is Support"));
    let new = "/admin/agreements/new";
    stage.refused(new, &format!("{}&override_reason=&do=save", draft("2h")), "does not fit", "Gold");
    stage.refused(new, &format!("{}&do=save", draft("2d")), "Days are of different length", "2d");
    let here = stage.done(new, &format!("{}&override_reason=Until+the+new+hall+opens&do=save", draft("2h")));
    assert!(stage.administrator.get(&here).has("Until the new hall opens"));
    let next = stage.done(&here, &format!("{}&override_reason=&do=save", draft("6h")));
    assert_ne!(here, next);
    stage.refused(&here, &format!("{}&do=save", draft("7h")), "changed meanwhile", "Gold");
    stage.done(&format!("{next}/end"), "");
}

#[test]
fn broken_glass_opens_one_confidential_ticket_for_an_hour_and_its_unit_reads_why() {
    let stage = stage();
    let (desk, support) = (&stage.desk, stage.support);
    let private = desk.service_with("Private", support, |input| input.confidential = true);
    let (eva, bo) = (desk.employee("Eva"), desk.agent("Bo", &[support]));
    let number = desk.opens(eva, private, "My salary", "Please keep this between us.");
    assert!(desk.sees(stage.amal, number).is_none());
    let form = |number: i64, reason: &str| format!("number={number}&reason={reason}");
    let reason = "Eva+is+ill+and+payroll+closes+today";
    stage.refused("/admin/glass", &form(number, "because"), "at least 20 characters", "because");
    stage.refused("/admin/glass", &form(0, reason), "is not the number of a ticket", "payroll");
    assert!(desk.sees(stage.amal, number).is_none());
    let opened = stage.administrator.post("/admin/glass", &form(number, reason));
    assert_eq!(opened.status, StatusCode::OK, "{}", opened.body);
    assert!(desk.sees(stage.amal, number).is_some());
    let ticket = Browser::new(&desk.desk).signed_in(&desk.session(bo)).get(&format!("/tickets/{number}"));
    assert!(ticket.has("payroll closes today"), "{}", ticket.body);
    desk.wait(jiff::SignedDuration::from_mins(61));
    assert!(desk.sees(stage.amal, number).is_none());
}

#[test]
fn broken_glass_answers_the_same_for_unknown_own_and_open_tickets() {
    let stage = stage();
    let desk = &stage.desk;
    let private = desk.service_with("Private", stage.support, |input| input.confidential = true);
    let own = desk.opens(stage.amal, private, "About me", "Mine alone.");
    let open = desk.opens(stage.amal, stage.help, "Lamp", "It is dark.");
    let before = desk.sees(stage.amal, own).unwrap().relation;
    let answers: Vec<String> = [own, open, 999_999]
        .into_iter()
        .map(|number| {
            let form = format!("number={number}&reason=Somebody+has+to+look+at+this");
            stage.administrator.post("/admin/glass", &form).body
        })
        .collect();
    assert!(answers.windows(2).all(|pair| pair[0] == pair[1]));
    assert_eq!(desk.sees(stage.amal, own).unwrap().relation, before);
}

#[test]
fn the_log_holds_and_does_not_tell_what_happens_behind_ones_own_ticket() {
    let stage = stage();
    let desk = &stage.desk;
    let bo = desk.agent("Bo", &[stage.support]);
    let number = desk.opens(stage.amal, stage.help, "Lamp", "It is dark.");
    desk.notes(bo, number, "They ask too often.");
    let log = stage.administrator.get("/admin/events");
    assert!(!log.has("noted") && log.has("withheld"), "{}", log.body);
    let verified = stage.administrator.post("/admin/events/verify", "");
    assert!(verified.has("The chain of hashes holds"), "{}", verified.body);
}

#[test]
fn an_organisation_whose_form_is_sent_twice_is_added_once() {
    let stage = stage();
    let page = stage.administrator.get("/admin/organisations/new").body;
    let once = page.split("name=\"once\" value=\"").nth(1).unwrap().split('"').next().unwrap();
    let form = format!("once={once}&name=Nordwind");
    let first = stage.administrator.post("/admin/organisations/new", &form);
    let again = stage.administrator.post("/admin/organisations/new", &form);
    assert_eq!(first.status, StatusCode::SEE_OTHER, "{}", first.body);
    assert_eq!(again.location, first.location);
}

#[test]
fn running_tickets_are_listed_before_they_are_put_under_new_hours() {
    let stage = stage();
    let here = format!("/admin/calendars/{}/running", stage.calendar());
    let page = stage.administrator.get(&here);
    assert!(
        page.status == StatusCode::OK && page.has("No running ticket would count otherwise"),
        "{}",
        page.body
    );
    let other = stage.administrator.post(&here, "mark=of-another-list");
    assert_eq!(other.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(other.has("Other tickets are concerned than those that were listed."));
}

#[test]
fn what_is_named_alike_is_found_compared_made_one_and_taken_apart() {
    let stage = stage();
    let person = |name: &str, email: &str| {
        let form = format!(
            "name={name}&email={email}&phone=&language=en&time_zone=UTC&organisation=&relation=&from="
        );
        stage.done("/admin/people/new", &form)
    };
    let house = |name: &str| stage.done("/admin/organisations/new", &format!("name={name}"));
    let people = [person("Mei", "mei@example.org"), person("mei", "m.tanaka@example.org")];
    let houses = [house("Acme"), house("ACME")];
    for (part, [oldest, other], named) in
        [("/admin/people", &people, "mei@example.org"), ("/admin/organisations", &houses, "Acme")]
    {
        let id = |place: &str| place.rsplit('/').next().unwrap().to_owned();
        let compare = format!("{other}/merge?into={}", id(oldest));
        let alike = stage.administrator.get(&format!("{part}/alike"));
        assert!(alike.has(&format!("<a href=\"{compare}\">")), "{}", alike.body);
        assert!(!alike.has(&format!("{oldest}/merge")), "the oldest is compared with nothing");
        let confirms = format!("name=\"into\" value=\"{}\"", id(oldest));
        for asked in [compare, format!("{other}/merge?into={named}")] {
            assert!(stage.administrator.get(&asked).has(&confirms), "{asked}");
        }
        let lost = stage.administrator.get(&format!("{other}/merge?into=nobody@example.com"));
        assert_eq!(lost.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(!lost.has("type=\"hidden\" name=\"into\""), "{}", lost.body);
        stage.refused(&format!("{other}/merge"), &format!("into={}", id(other)), "same", "into");
        stage.done(&format!("{other}/merge"), &format!("into={}", id(oldest)));
        assert!(stage.administrator.get(other).has(&format!("<a href=\"{oldest}\">")));
        assert!(!stage.administrator.get(&format!("{part}/alike")).has(other));
        stage.done(&format!("{other}/merge/undo"), "");
        assert!(stage.administrator.get(other).has(&format!("<a class=\"button\" href=\"{other}/merge\">")));
    }
}

#[test]
fn the_next_page_of_tags_begins_behind_the_last_one_whatever_stands_in_it() {
    let stage = stage();
    let (ada, kim) = (stage.desk.customer("Ada"), stage.desk.agent("Kim", &[stage.support]));
    let number = stage.desk.opens(ada, stage.help, "Lamp", "It is dark.");
    let tags: Vec<String> = (0..=100).map(|at| format!("c+{at:03}")).collect();
    stage.desk.tags(kim, number, &tags.join(","));
    let first = stage.administrator.get("/admin/tags").body;
    let next = first.split("href=\"/admin/tags?after=").nth(1).expect("a next page");
    let next = stage.administrator.get(&format!("/admin/tags?after={}", next.split('"').next().unwrap()));
    assert!(next.has("c+100") && !next.has("c+099"), "{}", next.body);
}
