//! A plan that rows can say comes back through them unchanged; a deeper one stays JSON.

use serde_json::{Value, json};

use super::{read, rows, show};
use crate::pages::admin::fields::Fields;

fn back_and_forth(plan: &Value) -> Option<Value> {
    let fields = show(Fields::default(), Some(&plan.to_string()));
    read(&fields).unwrap().map(|text| serde_json::from_str(&text).unwrap())
}

#[test]
fn stages_and_what_runs_at_the_same_time_come_back() {
    let own = json!({ "own": { "unit": 1, "hours": 1.5, "calendar": 2 } });
    let ask = |service: i64| json!({ "handoff": { "service": service } });
    for plan in [
        own.clone(),
        ask(3),
        json!({ "parallel": [ask(3), ask(4)] }),
        json!({ "sequence": [own, { "parallel": [ask(3), ask(4)] }, ask(5)] }),
    ] {
        let fields = show(Fields::default(), Some(&plan.to_string()));
        assert_eq!(fields.text("plan_form"), "rows", "{plan}");
        assert_eq!(back_and_forth(&plan), Some(plan));
    }
}

#[test]
fn a_deeper_plan_is_shown_and_read_as_json() {
    let plan = json!({ "parallel": [{ "sequence": [{ "handoff": { "service": 1 } }, { "handoff": { "service": 2 } }] }, { "handoff": { "service": 3 } }] });
    let fields = show(Fields::default(), Some(&plan.to_string()));
    assert_eq!(fields.text("plan_form"), "json");
    assert_eq!(back_and_forth(&plan), Some(plan));
}

#[test]
fn no_row_is_no_plan_and_free_rows_are_offered() {
    let fields = show(Fields::default(), None);
    assert_eq!(read(&fields).unwrap(), None);
    assert_eq!(rows(&fields).len(), 3);
}

#[test]
fn what_is_wrong_in_a_row_names_the_row() {
    let fields = Fields::default()
        .with("plan_form", "rows")
        .with("plan_stage", "1")
        .with("plan_does", "own")
        .with("plan_unit", "1")
        .with("plan_hours", "soon")
        .with("plan_calendar", "2");
    let error = read(&fields).unwrap_err();
    assert_eq!(error.to_string(), "Row 1 of the plan: write the working time as 4h or 1h 30m.");
}
