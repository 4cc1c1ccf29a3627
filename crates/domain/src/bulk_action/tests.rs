//! What takes back what was set, and what cannot be taken back.

use super::{Back, Settings, can_be_taken_back};
use crate::action::Action;
use crate::id::{PersonId, ServiceId, UnitId};
use crate::priority::Priority;

const WAS: Settings =
    Settings { unit: UnitId(1), person: Some(PersonId(7)), priority: Priority::P3, service: ServiceId(1) };

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
fn what_was_said_cannot_be_taken_back_nor_what_changed_nothing() {
    let left = Settings { person: None, ..WAS };
    assert!(Back::of(&[Action::PutBack], WAS, left).is_some());
    assert!(Back::of(&[Action::PutBack], WAS, WAS).is_none());
    let noted = [Action::PutBack, Action::Note { text: "Left alone.".to_owned() }];
    assert!(Back::of(&noted, WAS, left).is_none());
    assert!(!can_be_taken_back(&[Action::Solve { reason: String::new() }]));
}
