//! Public messages on which two other readers agree.

use serde_json::Value;

use crate::Limits;
use crate::tests::public;

#[test]
fn in_10_the_odd_public_messages_are_understood_as_others_understand_them() {
    let Some(folder) = public("email-parse") else { return };
    let expected: Value =
        serde_json::from_slice(&std::fs::read(folder.join("expected.json")).unwrap()).unwrap();
    let mut differences = Vec::new();
    for (name, wanted) in expected.as_object().unwrap() {
        let raw = std::fs::read(folder.join(name)).unwrap();
        let got = serde_json::to_value(crate::inspect::message(&raw, &Limits::default())).unwrap();
        for (field, wanted) in wanted.as_object().unwrap().iter().filter(|(field, _)| !field.starts_with('_'))
        {
            let got = &got[field.replace('-', "_")];
            if lower(field, got) != lower(field, wanted) {
                differences.push(format!("{name} {field}: {got} instead of {wanted}"));
            }
        }
    }
    assert!(expected.as_object().unwrap().len() > 60);
    assert!(differences.is_empty(), "{differences:#?}");
}

/// The answers hold addresses in lower case.
fn lower(field: &str, value: &Value) -> String {
    let text = value.to_string();
    if matches!(field, "from" | "to" | "cc" | "reply-to") { text.to_lowercase() } else { text }
}
