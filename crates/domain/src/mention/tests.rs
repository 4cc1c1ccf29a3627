use super::*;

#[test]
fn a_name_is_read_as_long_as_it_can_be_and_without_what_ends_a_sentence() {
    let all = named("Please ask @Kim Berg.");
    assert_eq!(all, [vec!["Kim Berg.", "Kim Berg", "Kim"]]);
    assert_eq!(named("@Kim, and @Bo's desk")[0][0], "Kim, and @Bo's desk");
    assert!(named("@Kim, and @Bo's desk")[0].contains(&"Kim"));
    assert!(named("@Kim, and @Bo's desk")[1].contains(&"Bo"));
    assert!(named("(@Kim)")[0].contains(&"Kim"));
    assert!(named("see @J. R. Ewing now")[0].contains(&"J. R. Ewing"));
    assert!(named("@kim@example.org, please")[0].contains(&"kim@example.org"));
}

#[test]
fn addresses_and_lonely_signs_name_nobody() {
    for text in
        ["kim@example.org", "a @ b", "@", "", "@\nKim", "foo_@bar", "@@", "https://social.example/@kim"]
    {
        assert_eq!(named(text), Vec::<Vec<&str>>::new(), "{text:?}");
    }
}

#[test]
fn a_flood_of_signs_ends() {
    assert_eq!(named(&"@a ".repeat(10_000)).len(), MOST);
    let long = format!("@{}", "name ".repeat(10_000));
    assert!(named(&long)[0].len() <= MOST_WORDS * 2);
}

#[test]
fn a_name_is_called_as_a_whole_and_in_any_case() {
    let found = |text, names: &[&str]| {
        called(text, names).into_iter().map(|place| text[place].to_owned()).collect::<Vec<_>>()
    };
    let names = ["Kim", "Kim Berg", "kim@example.org"];
    assert_eq!(
        found("Ask @kim berg, @Kim's desk or @kim@example.org.", &names),
        ["@kim berg", "@Kim", "@kim@example.org"]
    );
    assert_eq!(found("@Kimberly, kim@example.org and Kim", &names), Vec::<String>::new());
    assert_eq!(found("(@Zoë)", &["Zoë"]), ["@Zoë"]);
    assert_eq!(found("@Zo\u{308}e @", &["Zoë", ""]), Vec::<String>::new());
    assert_eq!(found(&"@Kim ".repeat(1000), &names).len(), MOST);
}
