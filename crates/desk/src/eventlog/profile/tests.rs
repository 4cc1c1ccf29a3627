use super::by_name;
use crate::eventlog::mapping::Meaning;
use crate::eventlog::{Error, Format};

#[test]
fn aliases_name_the_same_mapping() {
    for (alias, name) in
        [("uci", "incident-servicenow-uci"), ("italian", "helpdesk-italian"), ("bpi2020", "bpi2020-travel")]
    {
        assert_eq!(by_name(alias, Format::Xes).unwrap(), by_name(name, Format::Xes).unwrap());
    }
}

#[test]
fn an_unknown_profile_lists_the_known_ones() {
    let error = by_name("servicenow", Format::Csv).unwrap_err();
    assert!(matches!(error, Error::Profile { .. }));
    assert!(error.to_string().contains("helpdesk-italian"), "{error}");
}

#[test]
fn a_rejection_waits_for_the_employee_and_an_approval_does_not() {
    let mapping = by_name("bpi2020", Format::Csv).unwrap();
    for (activity, meaning) in [
        ("Declaration REJECTED by SUPERVISOR", Meaning::WaitingForRequester),
        ("Permit FINAL_APPROVED by DIRECTOR", Meaning::Working),
        ("Declaration SUBMITTED by EMPLOYEE", Meaning::Working),
        ("Payment Handled", Meaning::Solved),
        ("Start trip", Meaning::Nothing),
    ] {
        assert_eq!(mapping.meaning(activity), meaning, "{activity}");
    }
}
