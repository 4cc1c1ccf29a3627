use domain::filter::Field;

use super::{shown, split};

#[test]
fn a_comma_in_quotes_does_not_end_a_value() {
    assert_eq!(split(r#" ware, "Nord, Süd" ,, me"#), ["ware", "\"Nord, Süd\"", "me"]);
    assert!(split("  ").is_empty());
}

#[test]
fn the_form_says_the_same_in_its_own_order() {
    let said = shown("due:<2h kind:problem,complaint is:solved,open -is:blocked");
    assert_eq!(said.as_deref(), Some("state:open,solved kind:problem,complaint due:<2h blocked:no"));
    assert_eq!(shown("is:open or kind:problem"), None);
    assert_eq!(shown(""), Some(String::new()));
}

#[test]
fn every_value_of_a_filter_has_its_box() {
    let words = |field| super::choices(field).unwrap_or_default();
    assert_eq!(words(Field::Waiting), ["us", "requester", "inside", "supplier", "date"]);
    assert_eq!(words(Field::Class), ["internal", "connected", "external"]);
    assert_eq!(words(Field::Is), ["open", "solved", "closed"]);
    assert_eq!(words(Field::Kind).len(), 7);
}
