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
