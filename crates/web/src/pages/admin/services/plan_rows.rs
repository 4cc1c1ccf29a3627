//! The usual plan as rows: own work and hand-offs, in stages that follow one another; what shares a
//! stage runs at the same time. Plans that are deeper than that are written as JSON.

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use desk::{DeskError, Problem};
use serde_json::{Value, json};

use crate::pages::admin::fields::Fields;

/// Empty rows to fill in below those that are used.
const FREE_ROWS: usize = 3;

/// One row as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Row {
    pub stage: String,
    /// `own`, the id of a service to ask, or nothing.
    pub does: String,
    pub unit: String,
    pub hours: String,
    pub calendar: String,
}

/// The rows of the form, with free ones below.
pub fn rows(fields: &Fields) -> Vec<Row> {
    let column = |name: &'static str| fields.all(name).map(str::to_owned).collect::<Vec<_>>();
    let (stage, does, unit, hours, calendar) = (
        column("plan_stage"),
        column("plan_does"),
        column("plan_unit"),
        column("plan_hours"),
        column("plan_calendar"),
    );
    let at = |column: &[String], place: usize| column.get(place).cloned().unwrap_or_default();
    let mut rows: Vec<Row> = (0..does.len())
        .map(|place| Row {
            stage: at(&stage, place),
            does: at(&does, place),
            unit: at(&unit, place),
            hours: at(&hours, place),
            calendar: at(&calendar, place),
        })
        .collect();
    while rows.last().is_some_and(|row| row.does.is_empty()) {
        rows.pop();
    }
    let used = rows.len();
    rows.extend((0..FREE_ROWS).map(|place| Row { stage: (used + place + 1).to_string(), ..Row::default() }));
    rows
}

/// Puts a stored plan into the form: as rows when they can say it, else as JSON.
pub fn show(fields: Fields, plan: Option<&str>) -> Fields {
    let Some(text) = plan else { return fields.with("plan_form", "rows") };
    let value: Value = serde_json::from_str(text).unwrap_or(Value::Null);
    let pretty = serde_json::to_string_pretty(&value).unwrap_or_else(|_| text.to_owned());
    let fields = fields.with("plan", pretty);
    match flat(&value) {
        None => fields.with("plan_form", "json"),
        Some(rows) => rows.into_iter().fold(fields.with("plan_form", "rows"), |fields, row| {
            fields
                .with("plan_stage", row.stage)
                .with("plan_does", row.does)
                .with("plan_unit", row.unit)
                .with("plan_hours", row.hours)
                .with("plan_calendar", row.calendar)
        }),
    }
}

/// The plan that the form says, as JSON; the desk judges what it names.
pub fn read(fields: &Fields) -> Result<Option<String>, DeskError> {
    if fields.text("plan_form") == "json" {
        return Ok(fields.some("plan"));
    }
    let mut stages: BTreeMap<u16, Vec<Value>> = BTreeMap::new();
    for (place, row) in rows(fields).iter().enumerate().filter(|(_, row)| !row.does.is_empty()) {
        let stage = row.stage.trim().parse().map_err(|_| wrong(place, Problem::StageNotANumber))?;
        stages.entry(stage).or_default().push(step(place, row)?);
    }
    let mut steps: Vec<Value> = stages
        .into_values()
        .map(|mut steps| if steps.len() == 1 { steps.remove(0) } else { json!({ "parallel": steps }) })
        .collect();
    Ok(match steps.len() {
        0 => None,
        1 => Some(steps.remove(0).to_string()),
        _ => Some(json!({ "sequence": steps }).to_string()),
    })
}

fn step(place: usize, row: &Row) -> Result<Value, DeskError> {
    let id = |text: &str, what: Problem| text.parse::<i64>().map_err(|_| wrong(place, what));
    if row.does != "own" {
        return Ok(json!({ "handoff": { "service": id(&row.does, Problem::StepAskedMissing)? } }));
    }
    let time = crate::pages::admin::duration::read("plan", &row.hours)
        .map_err(|_| wrong(place, Problem::StepTimeUnreadable))?;
    Ok(json!({ "own": {
        "unit": id(&row.unit, Problem::StepUnitMissing)?,
        "hours": time.as_secs_f64() / 3600.0,
        "calendar": id(&row.calendar, Problem::StepCalendarMissing)?,
    } }))
}

fn wrong(place: usize, problem: Problem) -> DeskError {
    DeskError::invalid("plan", Problem::InPlanRow { row: place + 1, problem: Box::new(problem) })
}

fn flat(value: &Value) -> Option<Vec<Row>> {
    let (kind, inner) = only(value)?;
    let stages: Vec<&Value> =
        if kind == "sequence" { inner.as_array()?.iter().collect() } else { vec![value] };
    let mut rows = Vec::new();
    for (place, stage) in stages.into_iter().enumerate() {
        let (kind, inner) = only(stage)?;
        let steps: Vec<&Value> =
            if kind == "parallel" { inner.as_array()?.iter().collect() } else { vec![stage] };
        for step in steps {
            rows.push(leaf(place + 1, step)?);
        }
    }
    Some(rows)
}

fn leaf(stage: usize, value: &Value) -> Option<Row> {
    let (kind, inner) = only(value)?;
    let stage = stage.to_string();
    match kind {
        "own" => Some(Row {
            stage,
            does: "own".to_owned(),
            unit: inner.get("unit")?.to_string(),
            hours: hours(inner.get("hours")?.as_f64()?),
            calendar: inner.get("calendar")?.to_string(),
        }),
        "handoff" => Some(Row { stage, does: inner.get("service")?.to_string(), ..Row::default() }),
        _ => None,
    }
}

fn hours(hours: f64) -> String {
    let time = jiff::SignedDuration::try_from_secs_f64((hours * 3600.0).round()).unwrap_or_default();
    crate::pages::admin::duration::written(time)
}

fn only(value: &Value) -> Option<(&str, &Value)> {
    let object = value.as_object().filter(|object| object.len() == 1)?;
    object.iter().next().map(|(kind, inner)| (kind.as_str(), inner))
}
