use domain::filter::Field;

use domain::custom::{Choice, Custom, Needed, Of, Shown, Type};
use domain::id::CustomId;

use super::{shown, split};

#[test]
fn a_comma_in_quotes_does_not_end_a_value() {
    assert_eq!(split(r#" ware, "Nord, Süd" ,, me"#), ["ware", "\"Nord, Süd\"", "me"]);
    assert!(split("  ").is_empty());
}

#[test]
fn the_form_says_the_same_in_its_own_order() {
    let said = shown("due:<2h kind:problem,complaint is:solved,open -is:blocked", &[]);
    assert_eq!(said.as_deref(), Some("state:open,solved kind:problem,complaint due:<2h blocked:no"));
    assert_eq!(shown("is:open or kind:problem", &[]), None);
    assert_eq!(shown("", &[]), Some(String::new()));
}

#[test]
fn every_value_of_a_filter_has_its_box() {
    let words = |field| super::choices(field).unwrap_or_default();
    assert_eq!(words(Field::Waiting), ["us", "requester", "inside", "supplier", "date"]);
    assert_eq!(words(Field::Class), ["internal", "connected", "external"]);
    assert_eq!(words(Field::Is), ["open", "solved", "closed"]);
    assert_eq!(words(Field::Kind).len(), 7);
}

fn own(key: &str, holds: Type, choices: &[&str]) -> Custom {
    let choice = |(id, name): (u16, &&str)| Choice { id, name: (*name).to_owned(), gone: false };
    Custom {
        id: CustomId(1),
        of: Of::Ticket,
        key: key.to_owned(),
        name: key.to_owned(),
        help: String::new(),
        holds,
        services: Vec::new(),
        needed: Needed::Never,
        shown: Shown::Inside,
        choices: (1..).zip(choices).map(choice).collect(),
        when: None,
        ended: false,
    }
}

#[test]
fn a_field_of_ones_own_has_a_row_that_says_the_same() {
    let customs = [own("weight", Type::Number, &[]), own("colour", Type::Several, &["Red", "Sea, blue"])];
    let said = |filter: &str| shown(filter, &customs);
    let both = "field.colour:\"sea, blue\",red is:open field.weight:2..3";
    assert_eq!(
        said(both).as_deref(),
        Some("state:open field.weight:2..3 field.colour:\"Red\",\"Sea, blue\"")
    );
    assert_eq!(said("field.colour:none").as_deref(), Some("field.colour:none"));
    assert_eq!(said("field.colour:re"), None, "the beginning of a choice has no box");
    assert_eq!(said("field.nothing:x"), None);
}
