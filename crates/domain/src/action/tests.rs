use super::*;
use crate::snooze::Preset;

fn one_of_each() -> Vec<Action> {
    let text = || "Text".to_owned();
    vec![
        Action::Take,
        Action::Assign { person: PersonId(7) },
        Action::PutBack,
        Action::Transfer { unit: UnitId(3), reason: String::new() },
        Action::SetPriority { priority: Priority::P2, reason: text() },
        Action::SetService { service: ServiceId(5) },
        Action::WaitForRequester,
        Action::Solve { reason: String::new() },
        Action::Reply { text: text() },
        Action::Note { text: text() },
        Action::Ask { service: ServiceId(5), subject: text(), text: text() },
        Action::Tag { tag: text() },
        Action::Untag { tag: text() },
        Action::SetStatus { status: StatusId(9), supplier: None },
        Action::SetStatus { status: StatusId(9), supplier: Some(OrganisationId(4)) },
        Action::AddSteps { steps: text() },
        Action::Snooze { until: Until::Named(Preset::NextWeek) },
        Action::Snooze { until: Until::After(90) },
        Action::Wake,
        Action::SetField { field: "colour".to_owned(), values: vec![text()] },
        Action::SetField { field: "colour".to_owned(), values: Vec::new() },
        Action::Reopen { reason: text() },
        Action::Close,
    ]
}

#[test]
fn what_was_kept_is_read_again_and_named_by_its_word() {
    let actions = one_of_each();
    assert_eq!(read(&kept(&actions)).unwrap(), actions);
    for action in &actions {
        let value = serde_json::to_value(action).unwrap();
        assert_eq!(value["do"], action.word());
    }
}

#[test]
fn the_kept_form_is_as_it_was_released() {
    assert_eq!(
        kept(&one_of_each()),
        r#"[{"do":"take"},{"do":"assign","person":7},{"do":"put_back"},{"do":"transfer","unit":3},{"do":"set_priority","priority":2,"reason":"Text"},{"do":"set_service","service":5},{"do":"wait_for_requester"},{"do":"solve"},{"do":"reply","text":"Text"},{"do":"note","text":"Text"},{"do":"ask","service":5,"subject":"Text","text":"Text"},{"do":"tag","tag":"Text"},{"do":"untag","tag":"Text"},{"do":"set_status","status":9},{"do":"set_status","status":9,"supplier":4},{"do":"add_steps","steps":"Text"},{"do":"snooze","until":"next-week"},{"do":"snooze","until":"90m"},{"do":"wake"},{"do":"set_field","field":"colour","values":["Text"]},{"do":"set_field","field":"colour"},{"do":"reopen","reason":"Text"},{"do":"close"}]"#
    );
}

#[test]
fn what_is_not_an_action_is_refused_and_never_read_as_another() {
    for text in [
        r#"[{"do":"reopen_everything"}]"#,
        r#"[{"do":"note","text":"a","audience":"message"}]"#,
        r#"[{"do":"snooze","until":"soon"}]"#,
        r#"[{"do":"set_priority","priority":9,"reason":"r"}]"#,
        r#"{"do":"take"}"#,
        "",
    ] {
        assert!(read(text).is_err(), "{text}");
    }
}

#[test]
fn the_desk_itself_never_speaks_for_a_person() {
    let refused: Vec<&str> =
        one_of_each().iter().filter(|action| !action.by_desk()).map(Action::word).collect();
    assert_eq!(refused, ["take", "reply", "ask"]);
}
