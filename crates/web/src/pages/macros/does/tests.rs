use domain::id::{OrganisationId, StatusId};

use super::*;

#[test]
fn what_the_fields_say_is_said_by_them_again() {
    let text = |text: &str| text.to_owned();
    let all = vec![
        Action::Reopen { reason: text("It came back") },
        Action::Tag { tag: text("refund") },
        Action::Tag { tag: text("lid") },
        Action::Untag { tag: text("new") },
        Action::AddSteps { steps: text("Look\nMend") },
        Action::SetField { field: text("colour"), values: vec![text("red"), text("blue")] },
        Action::SetPriority { priority: Priority::P2, reason: text("Pressing") },
        Action::SetService { service: ServiceId(3) },
        Action::Ask { service: ServiceId(4), subject: text("Parcel"), text: text("Where?") },
        Action::Assign { person: PersonId(7) },
        Action::Solve { reason: text("Sent anew") },
        Action::SetStatus { status: StatusId(9), supplier: Some(OrganisationId(2)) },
        Action::Transfer { unit: UnitId(5), reason: String::new() },
        Action::Snooze { until: domain::snooze::Until::After(240) },
    ];
    assert_eq!(actions(&of(Fields::default(), &all)), all);
    for some in [
        vec![Action::Take, Action::WaitForRequester],
        vec![Action::Close, Action::Wake],
        vec![Action::PutBack, Action::Solve { reason: String::new() }],
        Vec::new(),
    ] {
        assert_eq!(actions(&of(Fields::default(), &some)), some);
    }
}
