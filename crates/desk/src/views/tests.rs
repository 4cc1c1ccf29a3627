use domain::filter::parse;

use super::problem;

#[test]
fn each_mistake_is_said_with_its_place_and_what_was_meant() {
    let text = "is:open wating:us due:soon";
    let faults = parse(text).unwrap_err();
    assert_eq!(
        problem(text, &faults).to_string(),
        "This filter is not understood. At character 9: there is no field “wating” (did you mean “waiting:”?); \
         At character 23: “soon” is no time; write 2h, today, 2026-03-31 or a range of them. \
         The text was kept as you wrote it."
    );
}
