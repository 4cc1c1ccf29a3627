//! Canned replies and macros: whose they are, what is refused when they are written, and what they say on a ticket.

use desk::DeskError;
use desk::macros::{self, Input};
use domain::id::{MacroId, PersonId};
use store::macros::Macro;
use store::view::Owner;
use testkit::TestDesk;

fn saves(
    desk: &TestDesk,
    who: PersonId,
    owner: Owner,
    name: &str,
    reply: &str,
) -> Result<MacroId, DeskError> {
    let input = Input { name: name.to_owned(), reply: reply.to_owned(), ..Input::default() };
    desk.act(who, move |act, viewer| macros::save(act, viewer, owner, &input))
}

fn seen_by(desk: &TestDesk, who: PersonId) -> Vec<Macro> {
    desk.act(who, |act, viewer| Ok(store::macros::of(act.tx, viewer)?)).unwrap()
}

fn names(desk: &TestDesk, who: PersonId) -> Vec<String> {
    seen_by(desk, who).into_iter().map(|each| each.name).collect()
}

fn puts(desk: &TestDesk, who: PersonId, number: i64, id: MacroId) -> Result<String, DeskError> {
    desk.act(who, move |act, viewer| {
        let seen = store::access::by_number(act.tx, viewer, number, act.now)?.ok_or(DeskError::NotFound)?;
        macros::put(act, viewer, seen, id)
    })
}

pub(crate) fn canned_replies_belong_to_a_person_a_unit_or_everybody(desk: &TestDesk) {
    let (support, warehouse) = (desk.unit("Support"), desk.unit("Warehouse"));
    let (kim, lea) = (desk.agent("Kim", &[support]), desk.agent("Lea", &[support]));
    let (bo, ada) = (desk.agent("Bo", &[warehouse]), desk.customer("Ada"));
    let root = desk.employee("Root");
    desk.appoint(root, store::office::Office::Administrator);
    let mine = saves(desk, kim, Owner::Person(kim), "Mine", "Hello").unwrap();
    let ours = saves(desk, kim, Owner::Unit(support), "Ours", "Hello").unwrap();
    let all = saves(desk, root, Owner::Everybody, "All", "Hello").unwrap();
    assert_eq!(names(desk, kim), ["All", "Mine", "Ours"]);
    assert_eq!(names(desk, lea), ["All", "Ours"]);
    assert_eq!(names(desk, bo), ["All"]);
    assert!(names(desk, ada).is_empty());

    let refused = |result: Result<MacroId, DeskError>| result.unwrap_err().to_string();
    let (hidden, closed) = (DeskError::NotFound.to_string(), DeskError::NotAllowed.to_string());
    assert_eq!(refused(saves(desk, bo, Owner::Unit(support), "x", "y")), hidden);
    assert_eq!(refused(saves(desk, kim, Owner::Everybody, "x", "y")), closed);
    assert_eq!(refused(saves(desk, ada, Owner::Person(ada), "x", "y")), hidden);
    let deletes = |who, id| desk.act(who, move |act, viewer| macros::delete(act, viewer, id));
    assert!(matches!(deletes(lea, mine), Err(DeskError::NotFound)));
    assert!(matches!(deletes(kim, all), Err(DeskError::NotAllowed)));
    let shares = |who, id, owner| desk.act(who, move |act, viewer| macros::share(act, viewer, id, owner));
    shares(lea, ours, Owner::Person(lea)).unwrap();
    assert_eq!(names(desk, kim), ["All", "Mine"]);
    let input = Input { name: "Mine too".to_owned(), reply: "Hi".to_owned(), ..Input::default() };
    desk.act(kim, move |act, viewer| macros::change(act, viewer, mine, &input)).unwrap();
    deletes(lea, ours).unwrap();
    assert_eq!((names(desk, kim).len(), names(desk, lea).len()), (2, 1));
}

pub(crate) fn a_text_that_could_never_be_filled_is_not_saved(desk: &TestDesk) {
    let kim = desk.agent("Kim", &[desk.unit("Support")]);
    let refused = |text: &str| match saves(desk, kim, Owner::Person(kim), "Name", text).unwrap_err() {
        DeskError::Invalid { field, problem } => (field, problem.to_string()),
        other => panic!("{other:?}"),
    };
    let (field, words) = refused("Hi {{requester.frist_name}},\n{{password}} {{ {% if a %}");
    assert_eq!(field, "reply");
    for part in [
        "At character 4: there is no variable “requester.frist_name” (did you mean “requester.first_name”?)",
        "At character 30: there is no variable “password”",
        "At character 43: these braces do not end",
        "At character 46: commands are not known here",
        "It was kept as you wrote it.",
    ] {
        assert!(words.contains(part), "{part}: {words}");
    }
    assert_eq!(refused("  ").0, "reply");
    assert!(seen_by(desk, kim).is_empty());
}

pub(crate) fn a_canned_reply_says_what_the_ticket_says_or_nothing_at_all(desk: &TestDesk) {
    let support = desk.unit("Support");
    let help = desk.service("Help", support);
    let (ada, kim) = (desk.customer("Ada Lovelace"), desk.agent("Kim Sand", &[support]));
    let number = desk.opens(ada, help, "{{me.name}} {% x %} [a](http://b.example)", "Please.");
    let save = |name: &str, text: &str| saves(desk, kim, Owner::Person(kim), name, text).unwrap();
    let rare = save("Rare", "Hi");
    let greeting = save(
        "Greeting",
        "Hi {{requester.first_name|there}}, about “{{subject}}” (#{{number}}) of {{organisation|you}}: {{me.first_name}}, {{unit}}",
    );
    let firm = save("Firm", "Dear {{organisation}}, see {{link}}.");
    let text = puts(desk, kim, number, greeting).unwrap();
    let expected = format!(
        "Hi Ada, about “{{{{me.name}}}} {{% x %}} \\[a](http://b.example)” (#{number}) of you: Kim, Support"
    );
    assert_eq!(text, expected, "what a customer wrote is words and nothing else");
    let refusal = puts(desk, kim, number, firm).unwrap_err().to_string();
    assert!(refusal.contains("says nothing for: organisation, link"), "{refusal}");
    puts(desk, kim, number, greeting).unwrap();
    let uses: Vec<(String, i64)> =
        seen_by(desk, kim).into_iter().map(|each| (each.name, each.uses)).collect();
    let used = |name: &str, uses| (name.to_owned(), uses);
    assert_eq!(uses, [used("Greeting", 2), used("Firm", 0), used("Rare", 0)], "the most used comes first");
    // Whoever does not serve the ticket puts nothing in.
    assert!(matches!(puts(desk, ada, number, rare), Err(DeskError::NotAllowed)));
    let bo = desk.agent("Bo", &[desk.unit("Warehouse")]);
    assert!(matches!(puts(desk, bo, number, rare), Err(DeskError::NotFound)));
}
