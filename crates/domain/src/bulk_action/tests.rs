//! What takes back what was set, and what cannot be taken back.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::{Back, Settings, can_be_taken_back};
use crate::action::Action;
use crate::id::{PersonId, ServiceId, UnitId};
use crate::priority::Priority;
use crate::snooze::Until;

const WAS: Settings = Settings {
    unit: UnitId(1),
    person: Some(PersonId(7)),
    priority: Priority::P3,
    service: ServiceId(1),
    snoozed_until: None,
    answers: BTreeMap::new(),
};

#[test]
fn each_setting_is_set_back_and_nothing_else() {
    let back = |left: Settings| Back { was: WAS, left }.actions("taken back");
    assert_eq!(back(Settings { person: None, ..WAS }), [Action::Assign { person: PersonId(7) }]);
    assert_eq!(back(Settings { person: Some(PersonId(8)), ..WAS }), [Action::Assign { person: PersonId(7) }]);
    assert_eq!(
        back(Settings { priority: Priority::P1, ..WAS }),
        [Action::SetPriority { priority: Priority::P3, reason: "taken back".to_owned() }]
    );
    assert_eq!(
        back(Settings { unit: UnitId(2), person: None, ..WAS }),
        [
            Action::Transfer { unit: UnitId(1), reason: "taken back".to_owned() },
            Action::Assign { person: PersonId(7) }
        ]
    );
    let untaken = Settings { person: None, ..WAS };
    assert_eq!(Back { was: untaken, left: WAS }.actions(""), [Action::PutBack]);
}

#[test]
fn what_sleeps_wakes_or_sleeps_as_long_as_before_and_answers_are_what_they_were() {
    let (early, late) = (Timestamp::constant(1_000, 0), Timestamp::constant(2_000, 0));
    let sleeps = |until| Settings { snoozed_until: Some(until), ..WAS };
    assert_eq!(Back { was: WAS, left: sleeps(late) }.actions(""), [Action::Wake]);
    let until = Until::At(early);
    assert_eq!(Back { was: sleeps(early), left: sleeps(late) }.actions(""), [Action::Snooze { until }]);
    let says = |values: &[&str]| {
        let values = values.iter().map(|value| (*value).to_owned()).collect();
        Settings { answers: BTreeMap::from([("colour".to_owned(), values)]), ..WAS }
    };
    let back = |was: &[&str], left: &[&str]| Back { was: says(was), left: says(left) }.actions("");
    let set = |values: &[&str]| Action::SetField {
        field: "colour".to_owned(),
        values: values.iter().map(|value| (*value).to_owned()).collect(),
    };
    assert_eq!(back(&["red"], &["blue"]), [set(&["red"])]);
    assert_eq!(back(&[], &["blue"]), [set(&[])]);
    assert!(back(&["red"], &["red"]).is_empty());
}

#[test]
fn what_was_kept_before_there_were_more_settings_is_read() {
    let kept = r#"{"was":{"unit":1,"person":7,"priority":3,"service":1},"left":{"unit":1,"person":null,"priority":3,"service":1}}"#;
    let back: Back = serde_json::from_str(kept).unwrap();
    assert_eq!(back, Back { was: WAS, left: Settings { person: None, ..WAS } });
    assert_eq!(serde_json::to_string(&back).unwrap(), kept);
}

#[test]
fn what_was_said_cannot_be_taken_back_nor_what_changed_nothing() {
    let left = Settings { person: None, ..WAS };
    assert!(Back::of(&[Action::PutBack], WAS, left.clone()).is_some());
    assert!(Back::of(&[Action::PutBack], WAS, WAS).is_none());
    let noted = [Action::PutBack, Action::Note { text: "Left alone.".to_owned() }];
    assert!(Back::of(&noted, WAS, left).is_none());
    assert!(!can_be_taken_back(&[Action::Solve { reason: String::new() }]));
}
