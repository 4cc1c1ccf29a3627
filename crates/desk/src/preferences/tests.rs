use super::*;

fn field(error: DeskError) -> &'static str {
    match error {
        DeskError::Invalid { field, .. } => field,
        other => panic!("{other}"),
    }
}

#[test]
fn seconds_are_a_number_within_limits_or_nothing() {
    assert_eq!(undo(" ").unwrap(), None);
    assert_eq!(undo("0").unwrap(), UndoSeconds::new(0));
    assert_eq!(undo("120").unwrap(), UndoSeconds::new(120));
    for wrong in ["121", "-1", "ten", "1.5", "99999999999999999999"] {
        assert_eq!(field(undo(wrong).unwrap_err()), "undo", "{wrong}");
    }
}

#[test]
fn quiet_hours_need_both_times_and_a_day() {
    let days = ["mon".to_owned(), "sun".to_owned()];
    assert_eq!(quiet("", " ", &days).unwrap(), None);
    let hours = quiet("22:00", "06:30", &days).unwrap().unwrap();
    assert_eq!(hours.to_string(), "22:00-06:30/mon,sun");
    assert_eq!(field(quiet("", "06:30", &days).unwrap_err()), "quiet_from");
    assert_eq!(field(quiet("22:00", "", &days).unwrap_err()), "quiet_until");
    assert_eq!(field(quiet("22:00", "22:00", &days).unwrap_err()), "quiet_until");
    assert_eq!(field(quiet("22:00", "06:30", &[]).unwrap_err()), "quiet_day");
    assert_eq!(field(quiet("22:00", "06:30", &["someday".to_owned()]).unwrap_err()), "quiet_day");
}
