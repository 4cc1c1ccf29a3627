//! A promise is held against the plan when it is made; a broken one needs a reason, and every version stays.

use domain::agreement::{AgreementKind, Metric, Pauses};
use domain::calendar::CalendarSpec;
use domain::event::Actor;
use domain::id::{AgreementId, CalendarId, ServiceId, UnitId};
use domain::permission::Viewer;
use jiff::SignedDuration;
use store::{Db, WallClock};

use super::{Draft, Finding, Judged, TargetDraft, judge, save, versions};
use crate::{ByDesk, Desk, DeskError};

struct Stage {
    desk: Desk,
    calendar: CalendarId,
    warehouse: UnitId,
    orders: ServiceId,
    parcels: ServiceId,
}

/// Orders are two hours of own work and then a parcel from the warehouse.
fn stage() -> Stage {
    let db = Db::open("sqlite::memory:", store::migrations::ALL).unwrap();
    let clock = WallClock::fixed("2026-03-02T09:00:00Z".parse().unwrap());
    let desk = Desk::with_ids(db, clock, store::id::Ids::of_node(1));
    let (calendar, warehouse, orders, parcels) = desk
        .act_now(Actor::Desk, |act| {
            let spec = CalendarSpec::always("UTC");
            let input = crate::calendars::Input { name: "Always".into(), spec };
            let calendar = crate::calendars::create(act, &ByDesk, &input)?;
            let sales = crate::units::create(act, &ByDesk, &crate::units::Input::named("Sales"))?;
            let warehouse = crate::units::create(act, &ByDesk, &crate::units::Input::named("Warehouse"))?;
            let input = crate::services::Input::named("Parcels", warehouse);
            let parcels = crate::services::create(act, &ByDesk, &input)?.id;
            let plan = format!(
                r#"{{"sequence":[{{"own":{{"unit":{sales},"hours":2,"calendar":{calendar}}}}},{{"handoff":{{"service":{parcels}}}}}]}}"#
            );
            let input =
                crate::services::Input { plan: Some(plan), ..crate::services::Input::named("Orders", sales) };
            let orders = crate::services::create(act, &ByDesk, &input)?.id;
            Ok((calendar, warehouse, orders, parcels))
        })
        .unwrap();
    Stage { desk, calendar, warehouse, orders, parcels }
}

impl Stage {
    fn draft(&self, kind: AgreementKind, service: ServiceId, hours: i64) -> Draft {
        Draft {
            name: "Promise".into(),
            kind,
            service,
            class: None,
            asking: None,
            from: None,
            targets: vec![TargetDraft {
                metric: Metric::Resolution,
                priority: None,
                within: SignedDuration::from_hours(hours),
                calendar: self.calendar,
                quantile: None,
                pauses: Pauses::default(),
            }],
        }
    }

    fn save(
        &self,
        previous: Option<AgreementId>,
        draft: Draft,
        reason: Option<&'static str>,
    ) -> Result<AgreementId, DeskError> {
        self.desk.act_now(Actor::Desk, move |act| save(act, &ByDesk, previous, &draft, reason))
    }

    fn judge(&self, draft: Draft) -> Judged {
        let administrator = Viewer {
            person: domain::id::PersonId(1),
            class: domain::affiliation::Class::Internal,
            organisation: None,
            units: vec![],
            oversees: vec![],
            oversees_all: false,
            administrator: true,
        };
        self.desk.look_now(move |look| judge(look, &administrator, &draft)).unwrap()
    }
}

#[test]
fn without_a_promise_behind_a_hand_off_nothing_can_be_told() {
    let stage = stage();
    let judged = stage.judge(stage.draft(AgreementKind::Sla, stage.orders, 8));
    let Finding::CannotTell { stage: hole } = &judged.targets[0].finding else { panic!("{judged:?}") };
    assert_eq!((hole.unit, hole.unit_name.as_str()), (stage.warehouse, "Warehouse"));
    stage.save(None, stage.draft(AgreementKind::Sla, stage.orders, 8), None).unwrap();
}

#[test]
fn a_promise_with_time_to_spare_fits() {
    let stage = stage();
    stage.save(None, stage.draft(AgreementKind::Ola, stage.parcels, 5), None).unwrap();
    let judged = stage.judge(stage.draft(AgreementKind::Sla, stage.orders, 8));
    let Finding::Fits { spare, .. } = &judged.targets[0].finding else { panic!("{judged:?}") };
    assert_eq!(*spare, SignedDuration::from_hours(1));
}

#[test]
fn an_agreement_that_cannot_be_kept_names_the_binding_unit_and_needs_a_reason() {
    let stage = stage();
    stage.save(None, stage.draft(AgreementKind::Ola, stage.parcels, 9), None).unwrap();
    let refused = stage.save(None, stage.draft(AgreementKind::Sla, stage.orders, 8), None).unwrap_err();
    let DeskError::Invalid { field, problem: message } = refused else { panic!("{refused}") };
    assert_eq!(field, "override_reason");
    let message = message.to_string();
    assert!(message.contains("Warehouse (Parcels)") && message.contains("misses it by 3 h"), "{message}");
    let id = stage
        .save(None, stage.draft(AgreementKind::Sla, stage.orders, 8), Some("The contract is signed."))
        .unwrap();
    let kept = stage
        .desk
        .look_now(move |look| Ok(versions(&look.catalogue, id)[0].override_reason.clone()))
        .unwrap();
    assert_eq!(kept.as_deref(), Some("The contract is signed."));
}

#[test]
fn a_version_replaces_the_one_before_and_only_the_newest_can_be_replaced() {
    let stage = stage();
    let first = stage.save(None, stage.draft(AgreementKind::Ola, stage.parcels, 5), None).unwrap();
    stage.desk.clock.advance(SignedDuration::from_hours(1));
    let second = stage.save(Some(first), stage.draft(AgreementKind::Ola, stage.parcels, 4), None).unwrap();
    let late = stage.save(Some(first), stage.draft(AgreementKind::Ola, stage.parcels, 3), None);
    assert!(matches!(late, Err(DeskError::Conflict(_))));
    let told = stage
        .desk
        .look_now(move |look| {
            let versions = versions(&look.catalogue, first);
            Ok(versions.iter().map(|one| (one.id, one.version, one.valid_until)).collect::<Vec<_>>())
        })
        .unwrap();
    assert_eq!(told, [(second, 2, None), (first, 1, Some("2026-03-02T10:00:00Z".parse().unwrap()))]);
}

#[test]
fn every_mistake_in_a_draft_names_its_field() {
    let stage = stage();
    let wrong = |change: fn(&mut Draft)| {
        let mut draft = stage.draft(AgreementKind::Sla, stage.orders, 8);
        change(&mut draft);
        match stage.save(None, draft, None).unwrap_err() {
            DeskError::Invalid { field, .. } => field,
            other => panic!("{other} names no field"),
        }
    };
    assert_eq!(wrong(|draft| draft.name.clear()), "name");
    assert_eq!(wrong(|draft| draft.service = ServiceId(9)), "service");
    assert_eq!(wrong(|draft| draft.targets.clear()), "targets");
    assert_eq!(wrong(|draft| draft.targets.push(draft.targets[0].clone())), "targets");
    assert_eq!(wrong(|draft| draft.targets[0].calendar = CalendarId(9)), "calendar");
    assert_eq!(wrong(|draft| draft.targets[0].within = SignedDuration::ZERO), "within");
    assert_eq!(wrong(|draft| draft.targets[0].quantile = Some(1.5)), "quantile");
    assert_eq!(wrong(|draft| draft.asking = Some(UnitId(1))), "asking");
}
