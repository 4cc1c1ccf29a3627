//! A unit as a provider, to those outside and to those inside, and the same as files.

use axum::http::StatusCode;
use domain::agreement::AgreementKind;
use domain::id::{PersonId, UnitId};
use jiff::SignedDuration;
use testkit::TestDesk;

use crate::browser::Browser;

/// Support answers customers; the Warehouse serves only hand-offs. One promise of each kind was
/// kept, one of the Warehouse's was not.
struct Stage {
    desk: TestDesk,
    support: UnitId,
    warehouse: UnitId,
    kim: PersonId,
    bo: PersonId,
    numbers: [i64; 2],
}

fn stage() -> Stage {
    let desk = TestDesk::new();
    let (support, warehouse) = (desk.unit("Support"), desk.unit("Warehouse"));
    let (help, stock) = (desk.service("Help", support), desk.service("Stock", warehouse));
    let always = desk.always();
    desk.promises(AgreementKind::Sla, help, 200, always);
    desk.promises(AgreementKind::Ola, stock, 2, always);
    let ada = desk.customer("Ada");
    let (kim, bo) = (desk.agent("Kim", &[support]), desk.agent("Bo", &[warehouse]));
    let numbers = [1, 3].map(|hours| {
        let number = desk.opens(ada, help, "=HYPERLINK(\"https://evil.example\")", "Where is it?");
        let asked = desk.asks(kim, number, stock, "Look for it", "Is it there?");
        desk.wait(SignedDuration::from_hours(hours));
        desk.delivers(bo, asked, "Here it is.");
        desk.accepts(kim, asked, 5);
        number
    });
    desk.solves(kim, numbers[0]);
    Stage { desk, support, warehouse, kim, bo, numbers }
}

impl Stage {
    fn browser(&self, person: PersonId) -> Browser {
        Browser::new(&self.desk.desk).signed_in(&self.desk.session(person))
    }
}

#[test]
fn a_unit_that_serves_only_units_shows_the_promises_it_kept_to_them() {
    let stage = stage();
    let bo = stage.browser(stage.bo);
    let page = bo.get(&format!("/units/{}", stage.warehouse));
    assert!(page.has("Promises to other units kept, by week") && page.has("% kept · n = 2"));
    assert!(page.has("No promise to a requester came due in the last 12 weeks."));
    assert!(page.has("Formed as"));
    let data = bo.get(&format!("/units/{}/promises", stage.warehouse));
    let lines: Vec<&str> = data.body.lines().collect();
    assert_eq!(lines[0], "week_from,promised_to,kept,missed,share,share_low,share_high");
    assert_eq!(lines[1], "\"2026-03-02\",\"units\",1,1,0.5000,0.0945,0.9055");
    assert_eq!(lines.len(), 2);

    let kim = stage.browser(stage.kim);
    let page = kim.get(&format!("/units/{}", stage.support));
    assert!(page.has("Promises to requesters kept, by week") && page.has("% kept · n = 1"));
    assert!(page.has("No promise to another unit came due"));
}

#[test]
fn what_a_unit_is_charged_with_is_a_file_without_formulas_and_only_for_those_who_see_the_unit() {
    let stage = stage();
    let address = format!("/units/{}/charges", stage.warehouse);
    let data = stage.browser(stage.bo).get(&address);
    let lines: Vec<&str> = data.body.lines().collect();
    assert_eq!(lines.len(), 2, "one of the two tickets is solved: {lines:?}");
    let row = format!("{},\"'=HYPERLINK(\"\"https://evil.example\"\")\",14400,0,3600,0,0", stage.numbers[0]);
    assert_eq!(lines[1], row);
    let kim = stage.browser(stage.kim);
    for path in ["", "/now", "/promises", "/charges"] {
        let hidden = kim.get(&format!("/units/{}{path}", stage.warehouse));
        let unknown = kim.get(&format!("/units/17{path}"));
        assert_eq!(hidden.status, StatusCode::NOT_FOUND);
        assert_eq!(hidden.body, unknown.body);
    }
}

#[test]
fn a_lead_plans_the_absence_of_a_colleague_and_loses_nothing_that_was_typed() {
    let stage = stage();
    let lea = stage.desk.agent("Lea", &[]);
    stage.desk.joins(lea, stage.support, store::unit::Role::Lead);
    let (lead, kim) = (stage.browser(lea), stage.browser(stage.kim));
    let page = format!("/units/{}/assignment", stage.support);
    let absences = format!("/units/{}/people/{}/absences", stage.support, stage.kim);
    assert!(lead.get(&page).has("Plan an absence of Kim"));
    assert!(!kim.get(&page).has("Plan an absence of"), "only leads plan for others");

    let day = stage.desk.now().to_zoned(jiff::tz::TimeZone::UTC).date();
    let form = format!("from={day}&until={}&substitute={lea}", day.tomorrow().unwrap());
    let wrong = lead.post(&absences, &form.replace("until=", "until=soon"));
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.has(&format!("value=\"{day}\"")), "{}", wrong.body);
    let refused = kim.post(&format!("/units/{}/people/{lea}/absences", stage.support), &form);
    assert_eq!(refused.status, StatusCode::NOT_FOUND);
    assert_eq!(lead.post(&absences, &form).location, format!("{page}?done=absence"));
    let planned = lead.get(&page);
    assert!(planned.has("Absent until") && planned.has("Lea stands in"), "{}", planned.body);
    assert!(kim.get("/presence").has("Lea planned it"));
    let ends = planned.body.split('"').find(|part| part.ends_with("/end")).unwrap().to_owned();
    assert_eq!(stage.browser(stage.bo).post(&ends, "").status, StatusCode::NOT_FOUND);
    assert_eq!(lead.post(&ends, "").location, format!("{page}?done=saved"));
    assert!(!lead.get(&page).has("Absent until"));
}
