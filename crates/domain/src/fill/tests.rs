use super::*;

fn values() -> Values {
    Values::default().with(Variable::Subject, "Where is it?").with(Variable::RequesterFirstName, "Ada")
}

fn fill(text: &str) -> Result<String, Vec<Variable>> {
    read(text).unwrap().fill(&values())
}

fn faults(text: &str) -> Vec<(usize, Wrong)> {
    read(text).unwrap_err().into_iter().map(|fault| (fault.place, fault.wrong)).collect()
}

#[test]
fn variables_are_put_in_and_a_fallback_stands_where_nothing_is_known() {
    assert_eq!(fill("Hi {{requester.first_name|there}}, {{ subject }}").unwrap(), "Hi Ada, Where is it?");
    assert_eq!(fill("{{ organisation | your company }}!").unwrap(), "your company!");
    assert_eq!(fill("Plain { braces } }} and | bars").unwrap(), "Plain { braces } }} and | bars");
    assert_eq!(fill("").unwrap(), "");
}

#[test]
fn what_is_not_known_and_not_said_otherwise_is_named_once_and_nothing_is_made() {
    let text = "{{organisation}} {{link}} {{organisation}} {{unit|we}}";
    assert_eq!(fill(text), Err(vec![Variable::Organisation, Variable::Link]));
    assert_eq!(Values::default().with(Variable::Unit, " \n "), Values::default());
}

#[test]
fn every_fault_is_told_with_its_place() {
    let unknown = |name: &str, meant| Wrong::Unknown { name: name.to_owned(), meant };
    assert_eq!(
        faults("Grüße {{subjct}} {{}} {{ |there}} {{open\n}} {% if subject %}"),
        [
            (7, unknown("subjct", Some("subject"))),
            (18, Wrong::Nothing),
            (23, Wrong::Nothing),
            (35, Wrong::Open),
            (45, Wrong::Command),
        ]
    );
}

#[test]
fn c11_nothing_but_a_name_stands_between_braces() {
    for inner in [
        "7*7",
        "requester.password",
        "requester",
        "self.__class__",
        "subject.upper()",
        "#if subject",
        "> partial",
        "{subject",
        "subject}",
        "config.items()",
        "'a'",
        "subject[0]",
        "subject ~ link",
        "% import os %",
        "constructor.constructor('alert(1)')()",
    ] {
        let text = format!("{{{{{inner}}}}}");
        assert!(matches!(&faults(&text)[0].1, Wrong::Unknown { .. }), "{text}");
    }
    for other in ["${7*7}", "#{7*7}", "<%= 7*7 %>", "<OTRS_CONFIG_DatabasePw>", "@(7*7)", "{7*7}", "$subject"]
    {
        assert_eq!(fill(other).unwrap(), other, "other languages are plain words");
    }
    assert_eq!(faults("{% for a in subject %}")[0].1, Wrong::Command);
}

#[test]
fn c11_what_a_customer_wrote_is_never_read_as_a_text() {
    for theirs in ["{{link}}", "{{ me.name }}", "{% if a %}", "{{{{subject}}}}", "}} {{link}}", "{{subject}}"]
    {
        let values = Values::default().with(Variable::Subject, theirs);
        assert_eq!(
            read("It says {{subject}}.").unwrap().fill(&values).unwrap(),
            format!("It says {theirs}.")
        );
    }
    let values =
        Values::default().with(Variable::Subject, "a\r\n\r\n# b ![x](https://evil.example/p) <img src=x>");
    assert_eq!(
        read("{{subject}}").unwrap().fill(&values).unwrap(),
        "a # b !\\[x](https://evil.example/p) \\<img src=x>"
    );
}

#[test]
fn a_first_name_is_only_said_when_it_can_be_told() {
    for (name, first) in [
        ("Prof. Dr. Ada Lovelace", "Ada"),
        ("Ada Lovelace", "Ada"),
        ("Dr. Ada Lovelace", "Ada"),
        ("Lovelace, Ada", "Ada"),
        ("Ada", "Ada"),
        ("J. R. Hartley", ""),
        ("ada@example.org", ""),
        ("A", ""),
        ("", ""),
    ] {
        assert_eq!(first_name(name), first, "{name}");
    }
}
