use domain::notice::Occasion;

use super::{Template, Values, Variable, Written, fill};
use crate::{DeskError, Problem};

const GIVEN: Template = Template::Notice(Occasion::Given);

fn written(subject: &str, body: &str) -> Written {
    Written { subject: subject.to_owned(), body: body.to_owned() }
}

fn problem(template: Template, subject: &str, body: &str, values: &Values) -> (&'static str, Problem) {
    match fill(template, &written(subject, body), values) {
        Err(DeskError::Invalid { field, problem }) => (field, problem),
        other => panic!("{other:?}"),
    }
}

#[test]
fn every_usual_text_can_be_made_with_and_without_what_may_be_missing() {
    for template in Template::all() {
        assert_eq!(Template::parse(template.as_str()), Some(template));
        for language in ["en", "de"] {
            let usual = template.usual(language);
            let full = Values::example(template, language);
            fill(template, &usual, &full).unwrap();
            let missing = template
                .variables()
                .iter()
                .filter(|variable| matches!(variable, Variable::Who | Variable::Excerpt | Variable::Link));
            let less = missing.fold(full, |values, variable| values.with(*variable, ""));
            let text = fill(template, &usual, &less).unwrap();
            assert!(!text.body.contains("{{"), "{}", text.body);
        }
    }
    assert_ne!(GIVEN.usual("de"), GIVEN.usual("en"));
}

#[test]
fn out_4_an_empty_variable_blocks_the_text_and_is_named_and_a_fallback_lets_it_through() {
    let values = Values::example(GIVEN, "en").with(Variable::Who, "  ").with(Variable::Link, "");
    let body = "By {{ who }}, {{ link|default('at the desk') }}";
    let expected = Problem::TextNamesEmpty { names: "who".to_owned() };
    assert_eq!(problem(GIVEN, "A", body, &values), ("body", expected));
    let text = fill(GIVEN, &written("A", "By {{ who|default('us') }}"), &values).unwrap();
    assert_eq!(text.body, "By us");
    let both = Problem::TextNamesEmpty { names: "link, who".to_owned() };
    assert_eq!(problem(GIVEN, "{{ link }}{{ who }}", "B", &values).1, both);
}

#[test]
fn what_is_unknown_is_named_and_what_cannot_be_read_says_its_line() {
    let values = Values::example(GIVEN, "en");
    let (field, unknown) = problem(GIVEN, "A", "{{ nmae }} {{ until }}", &values);
    let Problem::TextNamesUnknown { names, known } = unknown else { panic!("{unknown:?}") };
    assert_eq!((field, names.as_str()), ("body", "nmae, until"));
    assert!(known.contains("name") && !known.contains("until"));
    for (body, line) in
        [("one\ntwo {{ name }\nthree", 2), ("a\n{% if name %}\n\nno end", 2), ("\n{{ name|upper }}", 2)]
    {
        let (_, unreadable) = problem(GIVEN, "A", body, &values);
        let Problem::TextUnreadable { line: said, cause } = unreadable else { panic!("{unreadable:?}") };
        assert_eq!(said, line, "{body}: {cause}");
        assert!(!cause.is_empty());
    }
}

#[test]
fn a_text_that_never_ends_is_stopped() {
    let body = "{% for a in name %}{% for b in name %}{% for c in name %}{% for d in name %}x{% endfor %}{% endfor %}{% endfor %}{% endfor %}";
    let values = Values::example(GIVEN, "en").with(Variable::Name, "a".repeat(100));
    assert!(fill(GIVEN, &written("A", body), &values).is_err());
}

#[test]
fn a_subject_is_one_line() {
    let values = Values::example(GIVEN, "en").with(Variable::Subject, "a\r\nBcc: b@example.net");
    let text = fill(GIVEN, &written("{{ subject }}", "B"), &values).unwrap();
    assert_eq!(text.subject, "a Bcc: b@example.net");
}
