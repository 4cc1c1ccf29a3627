use domain::priority::Priority;
use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::*;

#[test]
fn an_action_is_a_sentence_in_both_languages_also_when_what_it_names_is_gone() {
    let catalogue = Catalogue::default();
    let people = [(PersonId(7), "Kim Sand".to_owned())];
    let named = Named { catalogue: &catalogue, people: &people };
    let text = || "Find parcel".to_owned();
    let actions = [
        Action::Take,
        Action::Assign { person: PersonId(7) },
        Action::Assign { person: PersonId(8) },
        Action::PutBack,
        Action::Transfer { unit: UnitId(3), reason: String::new() },
        Action::SetPriority { priority: Priority::P1, reason: text() },
        Action::SetService { service: ServiceId(5) },
        Action::WaitForRequester,
        Action::Solve { reason: String::new() },
        Action::Reply { text: text() },
        Action::Note { text: text() },
        Action::Ask { service: ServiceId(5), subject: text(), text: text() },
        Action::Tag { tag: text() },
        Action::Untag { tag: text() },
        Action::SetStatus { status: StatusId(9), supplier: None },
        Action::AddSteps { steps: "Look\n\n Mend ".to_owned() },
        Action::Snooze { until: domain::snooze::Until::After(240) },
        Action::Wake,
        Action::SetField { field: "colour".to_owned(), values: vec!["red".to_owned()] },
        Action::SetField { field: "colour".to_owned(), values: Vec::new() },
        Action::Reopen { reason: String::new() },
        Action::Close,
    ];
    for action in &actions {
        let [english, german] =
            [Locale::English, Locale::German].map(|locale| sentence(locale, &named, action));
        assert_ne!(english, german);
        assert!(!english.contains("does-") && !german.contains("does-"), "{english} {german}");
    }
    assert_eq!(sentence(Locale::English, &named, &actions[1]), "Give it to Kim Sand");
    assert_eq!(sentence(Locale::English, &named, &actions[15]), "Put on the checklist: Look, Mend");
    assert_eq!(sentence(Locale::English, &named, &actions[16]), "Put it out of sight for 4 hours");
    assert_eq!(sentence(Locale::English, &named, &actions[18]), "Set “colour” to red");
    assert_eq!(
        sentence(Locale::English, &named, &actions[2]),
        "Give it to somebody or something that is gone"
    );
}

#[test]
fn a_refused_step_is_named_with_its_place_and_its_reason() {
    let catalogue = Catalogue::default();
    let named = Named { catalogue: &catalogue, people: &[] };
    let reader = Reader { locale: Locale::English, zone: TimeZone::UTC, now: Timestamp::UNIX_EPOCH };
    let cause = desk::DeskError::invalid("unit", desk::Problem::UnitGone);
    let action = Action::Transfer { unit: UnitId(3), reason: String::new() };
    let said =
        stopped(&reader, &named, &Stopped { place: 1, action: Box::new(action), cause: Box::new(cause) });
    assert_eq!(
        said,
        "Step 2 (Move it to somebody or something that is gone) was refused: This unit does not exist any more. Nothing was done."
    );
}
