//! Canned replies and macros: whose they are, what is refused when they are written, and what they say on a ticket.

use desk::DeskError;
use desk::action::{Done, Stopped};
use desk::macros::{self, Input, Said};
use domain::action::Action;
use domain::event::{Detail, Fact, WaitOn};
use domain::id::{MacroId, PersonId};
use domain::ticket::rules::Refusal;
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

fn macro_of(desk: &TestDesk, who: PersonId, input: Input) -> MacroId {
    desk.act(who, move |act, viewer| macros::save(act, viewer, Owner::Person(who), &input)).unwrap()
}

fn runs(
    desk: &TestDesk,
    who: PersonId,
    number: i64,
    id: MacroId,
    (reply, note): (&str, &str),
) -> Result<Result<Vec<Done>, Stopped>, DeskError> {
    let said = Said { reply: reply.to_owned(), note: note.to_owned() };
    desk.act(who, move |act, viewer| {
        let seen = store::access::by_number(act.tx, viewer, number, act.now)?.ok_or(DeskError::NotFound)?;
        macros::run(act, viewer, seen, id, &said)
    })
}

fn happened(fact: &Fact) -> &'static str {
    match fact {
        Fact::Detailed(Detail::MacroRan { .. }) => "macro_ran",
        Fact::Detailed(Detail::TagAdded { .. }) => "tag_added",
        fact => fact.name(),
    }
}

/// The bodies of messages and of notes, and the names of what happened.
fn said_on(desk: &TestDesk, who: PersonId, number: i64) -> (Vec<String>, Vec<String>, Vec<&'static str>) {
    desk.with(who, number, |act, seen| {
        let granted = seen.read_inside().unwrap();
        let messages = store::message::of_ticket(act.tx, &granted)?;
        let notes = store::message::notes(act.tx, &granted)?;
        let events = store::event::of_ticket(act.tx, seen.ticket)?;
        Ok((
            messages.into_iter().map(|said| said.message.body).collect(),
            notes.into_iter().map(|noted| noted.note.body).collect(),
            events.iter().map(|event| happened(&event.fact)).collect(),
        ))
    })
    .unwrap()
}

pub(crate) fn a_macro_says_and_does_all_of_it_or_nothing(desk: &TestDesk) {
    let (support, warehouse) = (desk.unit("Support"), desk.unit("Warehouse"));
    let help = desk.service("Help", support);
    let stock = desk.service("Stock", warehouse);
    let (ada, kim) = (desk.customer("Ada Lovelace"), desk.agent("Kim", &[support]));
    let number = desk.opens(ada, help, "Broken lid", "It is broken.");
    let input = Input {
        name: "Refund".to_owned(),
        reply: "Hi {{requester.first_name|there}}, you get your money back.".to_owned(),
        note: "Refund of #{{number}} agreed.".to_owned(),
        actions: vec![
            Action::WaitForRequester,
            Action::Take,
            Action::Tag { tag: "Refund".to_owned() },
            Action::Ask {
                service: stock,
                subject: "Lid of #{{number}}".to_owned(),
                text: "Please send one to {{requester.name}}.".to_owned(),
            },
        ],
        filter: "service:help".to_owned(),
    };
    let refund = macro_of(desk, kim, input);
    desk.drafts(kim, number, domain::draft::Text::Reply, "Half a sentence");
    let prepared = desk
        .desk
        .look_now(move |look| {
            let viewer = store::access::viewer(look.tx, kim)?.ok_or(DeskError::NotFound)?;
            let seen = store::access::by_number(look.tx, &viewer, number, look.now)?.unwrap();
            assert_eq!(macros::offered(look, &viewer, seen.ticket)?.len(), 1);
            macros::prepare(look, &viewer, seen, refund)
        })
        .unwrap();
    let (reply, note) = (prepared.reply.clone().unwrap(), prepared.note.clone().unwrap());
    assert_eq!(reply, "Hi Ada, you get your money back.");
    let words: Vec<&str> = prepared.actions().iter().map(Action::word).collect();
    assert_eq!(words, ["note", "take", "tag", "ask", "reply", "wait_for_requester"]);
    let done = runs(desk, kim, number, refund, (&reply, &note)).unwrap().unwrap();
    assert_eq!(done.len(), 6);
    let (messages, notes, events) = said_on(desk, kim, number);
    assert_eq!(messages, ["It is broken.", reply.as_str()]);
    assert_eq!(notes, [note.as_str()]);
    assert_eq!(
        events,
        ["opened", "macro_ran", "noted", "assigned", "tag_added", "asked", "replied", "wait_started"]
    );
    assert_eq!(desk.drafted(kim, number).len(), 1, "what was being written stays");
    let ticket = super::now(desk, number).0;
    assert_eq!((ticket.person, ticket.waiting), (Some(kim), Some(WaitOn::Requester)));
    assert_eq!(seen_by(desk, kim)[0].uses, 1);
    // Once more: the unit it asks cannot be asked twice for the same, but can; what is so already is left.
    let before = said_on(desk, kim, number);
    desk.set_up(move |act| desk::services::end(act, &desk::ByDesk, stock));
    let stopped = runs(desk, kim, number, refund, (&reply, &note)).unwrap().unwrap_err();
    assert_eq!((stopped.place, stopped.action.word()), (3, "ask"));
    assert_eq!(said_on(desk, kim, number), before, "a step that is refused stops everything");
    assert_eq!(seen_by(desk, kim)[0].uses, 1);
}

pub(crate) fn a_macro_that_says_nothing_somewhere_does_nothing_at_all(desk: &TestDesk) {
    let support = desk.unit("Support");
    let help = desk.service("Help", support);
    let (ada, kim) = (desk.customer("Ada"), desk.agent("Kim", &[support]));
    let number = desk.opens(ada, help, "Broken lid", "It is broken.");
    let rare = Input {
        name: "Rare".to_owned(),
        reply: "Hello!".to_owned(),
        note: "Ask {{organisation}}.".to_owned(),
        actions: vec![Action::Take],
        ..Input::default()
    };
    let rare = macro_of(desk, kim, rare);
    let before = said_on(desk, kim, number);
    let refused = runs(desk, kim, number, rare, ("Hello!", "Ask them.")).unwrap_err();
    assert_eq!(
        refused.to_string(),
        "This ticket says nothing for: organisation. Write it yourself, or give the text a fallback, as in {{requester.first_name|there}}."
    );
    assert_eq!(said_on(desk, kim, number), before);
    assert_eq!(super::now(desk, number).0.person, None);
    // A tag that nobody could put on a ticket is refused when the macro is saved.
    let wrong = Input {
        name: "Wrong".to_owned(),
        actions: vec![Action::Tag { tag: "a{b".to_owned() }],
        ..Input::default()
    };
    let refused = desk.act(kim, move |act, viewer| macros::save(act, viewer, Owner::Person(kim), &wrong));
    assert!(matches!(refused, Err(DeskError::Invalid { field: "tag", .. })));
}

pub(crate) fn a_macro_that_writes_a_note_never_says_it_to_a_requester(desk: &TestDesk) {
    let support = desk.unit("Support");
    let help = desk.service("Help", support);
    let (ada, kim) = (desk.customer("Ada"), desk.agent("Kim", &[support]));
    let number = desk.opens(ada, help, "Broken lid", "It is broken.");
    let note =
        |name: &str, note: &str| Input { name: name.to_owned(), note: note.to_owned(), ..Input::default() };
    let noting = macro_of(desk, kim, note("Warn", "They lie."));
    assert!(!seen_by(desk, kim)[0].is_canned(), "it is not among the texts that are put into replies");
    // Whatever is sent with it: a macro without a reply replies nothing.
    runs(desk, kim, number, noting, ("They lie.", "They lie.")).unwrap().unwrap();
    let (messages, notes, _) = said_on(desk, kim, number);
    assert_eq!(messages, ["It is broken."]);
    assert_eq!(notes, ["They lie."]);
    // Nothing of it comes in by the way of canned replies.
    assert_eq!(puts(desk, kim, number, noting).unwrap(), "");
    // Nobody outside learns that a macro ran.
    let outside = desk
        .with(ada, number, |act, seen| {
            Ok(store::message::of_ticket_outside(act.tx, &seen.read(), act.now)?.len())
        })
        .unwrap();
    assert_eq!(outside, 1);
    assert!(matches!(runs(desk, ada, number, noting, ("", "x")), Err(DeskError::NotAllowed)));
    let empty = runs(desk, kim, number, noting, ("", " ")).unwrap().unwrap_err();
    assert_eq!((empty.place, empty.action.word()), (0, "note"));
}

pub(crate) fn a_note_is_changed_by_its_author_alone_and_keeps_what_it_said(desk: &TestDesk) {
    let support = desk.unit("Support");
    let help = desk.service("Help", support);
    let ada = desk.customer("Ada");
    let [kim, lea] = ["Kim", "Lea"].map(|name| desk.agent(name, &[support]));
    let number = desk.opens(ada, help, "Broken lid", "It is broken.");
    desk.notes(kim, number, "First words.");
    let note = desk
        .with(kim, number, |act, seen| {
            Ok(store::message::notes(act.tx, &seen.read_inside().unwrap())?[0].note.id)
        })
        .unwrap();
    let changes = |who, text: &str| {
        let body = desk::words::Body::parse(text).unwrap();
        desk.with(who, number, move |act, seen| desk::note::change(act, seen, note, &body))
    };
    let blanks = |who, reason: &'static str| {
        desk.with(who, number, move |act, seen| desk::note::blank(act, seen, note, reason))
    };
    let before = super::now(desk, number);
    assert!(matches!(changes(lea, "Other words."), Err(DeskError::NotAllowed)));
    assert!(matches!(changes(ada, "Other words."), Err(DeskError::NotFound)));
    assert!(matches!(changes(kim, "First words."), Err(DeskError::Refused(Refusal::NoChange))));
    changes(kim, "Second words.").unwrap();
    assert!(matches!(blanks(kim, " "), Err(DeskError::Refused(Refusal::ReasonNeeded))));
    blanks(kim, "A number of a card stood there.").unwrap();
    let (ticket, custody) = super::now(desk, number);
    assert_eq!((ticket.state, ticket.last_side), (before.0.state, before.0.last_side));
    assert_eq!(custody, before.1, "nobody had it longer or shorter");
    let (body, versions, events) = desk
        .with(lea, number, move |act, seen| {
            let granted = seen.read_inside().unwrap();
            let noted = store::message::note(act.tx, &granted, note)?.unwrap();
            let versions = store::message::versions(act.tx, &granted, note)?;
            Ok((noted.note.body, versions, store::event::of_ticket(act.tx, seen.ticket)?))
        })
        .unwrap();
    assert_eq!(body, "");
    let mut said: Vec<&str> = versions.iter().map(|version| version.body.as_str()).collect();
    said.sort_unstable();
    assert_eq!(said, ["First words.", "Second words."]);
    let changed = events
        .iter()
        .filter(|event| matches!(event.fact, Fact::Detailed(Detail::NoteChanged { .. })))
        .count();
    assert_eq!(changed, 2);
}

pub(crate) fn a_filter_that_would_offer_a_macro_nowhere_is_not_saved(desk: &TestDesk) {
    let support = desk.unit("Support");
    let (help, kim, ada) =
        (desk.service("Help", support), desk.agent("Kim", &[support]), desk.customer("Ada"));
    let number = desk.opens(ada, help, "Refund please", "It is broken.");
    let saves = |filter: &str| {
        let input = Input {
            name: "Refund".to_owned(),
            reply: "You get it.".to_owned(),
            filter: filter.to_owned(),
            ..Input::default()
        };
        desk.act(kim, move |act, viewer| macros::save(act, viewer, Owner::Person(kim), &input))
    };
    for filter in [
        "refund",
        "service:help refund",
        "-refund",
        "service:help or \"refund please\"",
        "is:unread",
        "is:draft",
    ] {
        let refused = saves(filter).unwrap_err();
        let said = matches!(
            refused,
            DeskError::Invalid { field: "filter", problem: desk::Problem::MacroFilterWords }
        );
        assert!(said, "{filter}: {refused:?}");
    }
    assert!(seen_by(desk, kim).is_empty());
    saves("service:help holder:me or -holder:me").unwrap();
    let offered = desk.desk.look_now(move |look| {
        let viewer = store::access::viewer(look.tx, kim)?.ok_or(DeskError::NotFound)?;
        let seen = store::access::by_number(look.tx, &viewer, number, look.now)?.unwrap();
        Ok(macros::offered(look, &viewer, seen.ticket)?.len())
    });
    assert_eq!(offered.unwrap(), 1);
}
