//! An agreement comes back from its form as it was; rows say which of them is wrong.

use desk::agreements::{Draft, TargetDraft};
use domain::agreement::{AgreementKind, Metric, Pauses};
use domain::id::{CalendarId, ServiceId, UnitId};
use domain::priority::Priority;
use jiff::SignedDuration;
use jiff::tz::TimeZone;

use super::{draft, fields};
use crate::pages::admin::fields::Fields;

#[test]
fn a_draft_comes_back_from_its_form() {
    let target = TargetDraft {
        metric: Metric::Resolution,
        priority: Some(Priority::P1),
        within: SignedDuration::from_mins(90),
        calendar: CalendarId(3),
        quantile: Some(0.95),
        pauses: Pauses { requester: true, supplier: false, agreed: true },
    };
    let response = TargetDraft {
        metric: Metric::FirstResponse,
        priority: None,
        quantile: None,
        pauses: Pauses { supplier: true, ..Pauses::default() },
        ..target.clone()
    };
    let made = Draft {
        name: "Gold".to_owned(),
        kind: AgreementKind::Ola,
        service: ServiceId(7),
        class: None,
        asking: Some(UnitId(4)),
        from: None,
        targets: vec![target, response],
    };
    assert_eq!(draft(&fields(&made), &TimeZone::UTC).unwrap(), made);
}

#[test]
fn an_error_names_the_row() {
    let fields = Fields::default()
        .with("kind", "sla")
        .with("service", "1")
        .with("metric", "resolution")
        .with("priority", "")
        .with("within", "")
        .with("calendar", "")
        .with("quantile", "")
        .with("metric", "resolution")
        .with("priority", "")
        .with("within", "2d")
        .with("calendar", "3")
        .with("quantile", "");
    let error = draft(&fields, &TimeZone::UTC).unwrap_err();
    assert!(error.to_string().starts_with("Row 2: Days are of different length"), "{error}");
}
