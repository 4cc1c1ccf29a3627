//! What is being written is its author's alone, survives, and goes when it was sent.

use desk::DeskError;
use desk::draft::{self, Saved, Typed, Writing};
use domain::draft::{New, Place, Text};
use domain::id::PersonId;
use jiff::SignedDuration;
use store::draft::Writer;
use store::upload::Audience;
use testkit::TestDesk;

fn types(
    desk: &TestDesk,
    who: PersonId,
    number: i64,
    text: Text,
    (body, version): (&str, i64),
) -> Result<Saved, DeskError> {
    let typed = Typed { body: body.to_owned(), after: "wait".to_owned(), version, ..Typed::default() };
    desk.with(who, number, move |act, seen| draft::save(act, Writing::on(seen, text)?, typed))
}

fn writers(desk: &TestDesk, who: PersonId, number: i64) -> Vec<Writer> {
    desk.with(who, number, |act, seen| {
        let granted = seen.read_inside().unwrap();
        Ok(store::draft::others(act.tx, &granted, act.now - draft::WRITES_FOR)?)
    })
    .unwrap()
}

fn kept(version: i64, began: bool) -> Saved {
    Saved::Kept { version, began }
}

pub(crate) fn a_draft_is_its_authors_alone_and_goes_when_it_is_said(desk: &TestDesk) {
    let support = desk.unit("Support");
    let help = desk.service("Help", support);
    let ada = desk.customer("Ada");
    let [kim, lea] = ["Kim", "Lea"].map(|name| desk.agent(name, &[support]));
    let number = desk.opens(ada, help, "Lamp", "It is dark.");
    let message = Text::Reply;

    assert_eq!(types(desk, kim, number, message, ("Dear", 0)).unwrap(), kept(1, true));
    assert_eq!(types(desk, kim, number, message, ("Dear Ada\0", 1)).unwrap(), kept(2, false));
    assert_eq!(types(desk, kim, number, Text::Note, ("Odd.", 0)).unwrap(), kept(1, true));
    let mine = desk.drafted(kim, number);
    assert_eq!(
        mine.iter().map(|draft| draft.body.as_str()).collect::<Vec<_>>(),
        ["Dear Ada\u{fffd}", "Odd."]
    );
    assert_eq!(mine[0].after, "wait");
    assert_eq!(desk.drafted(lea, number), []);
    let writing = |text| Writer { name: "Kim".to_owned(), text };
    assert_eq!(writers(desk, lea, number), [writing(message), writing(Text::Note)]);
    assert_eq!(writers(desk, kim, number), []);

    desk.wait(SignedDuration::from_mins(3));
    assert_eq!(writers(desk, lea, number), [], "nobody writes for ever");
    desk.replies(kim, number, "Dear Ada, it is on its way.");
    assert_eq!(desk.drafted(kim, number).len(), 1, "the note is still being written");
    desk.notes(kim, number, "Odd.");
    assert_eq!(desk.drafted(kim, number), []);
}

pub(crate) fn two_windows_overwrite_nothing_unseen(desk: &TestDesk) {
    let support = desk.unit("Support");
    let help = desk.service("Help", support);
    let (ada, kim) = (desk.customer("Ada"), desk.agent("Kim", &[support]));
    let number = desk.opens(ada, help, "Lamp", "It is dark.");
    let message = Text::Reply;

    types(desk, kim, number, message, ("One window", 0)).unwrap();
    let Saved::Elsewhere(there) = types(desk, kim, number, message, ("The other", 0)).unwrap() else {
        panic!("the first window's words are gone")
    };
    assert_eq!((there.body.as_str(), there.version), ("One window", 1));
    assert_eq!(types(desk, kim, number, message, ("", 0)).unwrap(), Saved::Elsewhere(there));
    assert_eq!(types(desk, kim, number, message, ("Both", 1)).unwrap(), kept(2, false));
    assert_eq!(types(desk, kim, number, message, ("  \n", 2)).unwrap(), Saved::Gone);
    assert_eq!(desk.drafted(kim, number), []);
    // A window that does not know that it was said goes on under a version that nobody has had.
    assert_eq!(types(desk, kim, number, message, ("Again", 2)).unwrap(), kept(3, true));

    let too_long = "x".repeat(100_001);
    assert!(matches!(types(desk, kim, number, message, (&too_long, 3)), Err(DeskError::Invalid { .. })));
    assert_eq!(desk.drafted(kim, number)[0].body, "Again", "what was kept stays");
    let notes = types(desk, ada, number, Text::Note, ("Hello?", 0));
    assert!(matches!(notes, Err(DeskError::NotAllowed)), "{notes:?}");
}

pub(crate) fn each_side_keeps_its_own_words_and_sends_them_away(desk: &TestDesk) {
    let (support, warehouse) = (desk.unit("Support"), desk.unit("Warehouse"));
    let (help, stock) = (desk.service("Help", support), desk.service("Stock", warehouse));
    let (ada, kim, bo) =
        (desk.customer("Ada"), desk.agent("Kim", &[support]), desk.agent("Bo", &[warehouse]));
    let number = desk.opens(ada, help, "Lamp", "It is dark.");
    let handoff = desk.asks(kim, number, stock, "Lamp", "One lamp.");

    for (who, number) in [(ada, number), (kim, number), (kim, handoff), (bo, handoff)] {
        assert_eq!(types(desk, who, number, Text::Reply, ("Half", 0)).unwrap(), kept(1, true));
        let again = types(desk, who, number, Text::Reply, ("Another", 0)).unwrap();
        assert!(matches!(again, Saved::Elsewhere(there) if there.body == "Half"));
    }
    assert_eq!(writers(desk, kim, number), [], "a requester's writing is told to nobody");
    assert_eq!(writers(desk, bo, handoff), [], "nor that of the unit that asked");

    desk.replies(ada, number, "Is it on its way?");
    assert_eq!(desk.drafted(ada, number), []);
    assert_eq!(desk.drafted(kim, number).len(), 1);
    desk.replies(kim, handoff, "How long?");
    assert_eq!(desk.drafted(kim, handoff), []);
    assert_eq!(desk.drafted(bo, handoff).len(), 1);
}

pub(crate) fn what_goes_on_elsewhere_takes_no_other_words_along(desk: &TestDesk) {
    let support = desk.unit("Support");
    let help = desk.service("Help", support);
    let (ada, kim) = (desk.customer("Ada"), desk.agent("Kim", &[support]));
    let [first, second] = ["Lamp", "Lamp again"].map(|subject| desk.opens(ada, help, subject, "It is dark."));
    desk.drafts(ada, first, Text::Reply, "To the first");
    desk.drafts(ada, second, Text::Reply, "To the second");
    desk.drafts(kim, second, Text::Reply, "Dear Ada");
    desk.with(kim, second, move |act, seen| {
        let viewer = store::access::viewer(act.tx, kim)?.ok_or(DeskError::NotFound)?;
        let into = store::access::by_number(act.tx, &viewer, first, act.now)?;
        let into = into.and_then(store::access::Seen::serve).ok_or(DeskError::NotFound)?;
        desk::merge::run(act, seen.serve().ok_or(DeskError::NotAllowed)?, into)
    })
    .unwrap();
    assert_eq!(desk.drafted(kim, second)[0].body, "Dear Ada", "its words are still there");
    desk.replies(ada, second, "To the second, and more");
    assert_eq!(desk.drafted(ada, second), []);
    assert_eq!(desk.drafted(ada, first)[0].body, "To the first", "what was not sent stays");
    desk.with(kim, second, |act, seen| {
        draft::give_up(act, seen.viewer, Place::Ticket(seen.ticket, Text::Reply))
    })
    .unwrap();
    assert_eq!(desk.drafted(kim, second), []);
}

pub(crate) fn each_form_of_a_ticket_keeps_a_draft_for_those_who_may_send_it(desk: &TestDesk) {
    let (support, warehouse) = (desk.unit("Support"), desk.unit("Warehouse"));
    let (help, stock) = (desk.service("Help", support), desk.service("Stock", warehouse));
    let (ada, kim, bo) =
        (desk.customer("Ada"), desk.agent("Kim", &[support]), desk.agent("Bo", &[warehouse]));
    let number = desk.opens(ada, help, "Lamp", "It is dark.");
    let handoff = desk.asks(kim, number, stock, "Lamp", "One lamp.");
    let (message, note) = (domain::id::MessageId(7), domain::id::NoteId(8));
    let texts = [
        Text::Reply,
        Text::Note,
        Text::Handoff,
        Text::Delivery,
        Text::Return,
        Text::Forward(message),
        Text::ForwardAgain(note),
    ];
    let serves = [true, true, true, true, false, true, true];
    let asks = [true, false, false, false, true, false, false];
    let requests = [true, false, false, false, false, false, false];
    for (who, number, may) in
        [(kim, number, serves), (bo, handoff, serves), (kim, handoff, asks), (ada, number, requests)]
    {
        for (text, may) in texts.into_iter().zip(may) {
            let saved = types(desk, who, number, text, (text.word(), 0));
            assert_eq!(saved.is_ok(), may, "{text:?}: {saved:?}");
        }
        let kept: Vec<String> = desk.drafted(who, number).into_iter().map(|draft| draft.body).collect();
        let expected: Vec<&str> =
            texts.iter().zip(may).filter_map(|(text, may)| may.then_some(text.word())).collect();
        assert_eq!(kept, expected, "each in a place of its own");
    }
}

pub(crate) fn what_else_a_form_asks_for_and_its_files_are_kept_with_the_words(desk: &TestDesk) {
    let support = desk.unit("Support");
    let help = desk.service("Help", support);
    let (ada, kim) = (desk.customer("Ada"), desk.agent("Kim", &[support]));
    let number = desk.opens(ada, help, "Lamp", "It is dark.");
    let [shown, hidden] = [Audience::Message, Audience::Note]
        .map(|audience| desk.sends_file(kim, audience, "lamp.txt", b"lamp").id);
    let fields = vec![("service".to_owned(), "7".to_owned()), ("subject".to_owned(), "A lamp\0".to_owned())];
    let typed = Typed {
        body: "One lamp.".to_owned(),
        fields: fields.clone(),
        files: vec![shown, hidden],
        ..Typed::default()
    };
    for text in [Text::Handoff, Text::Reply] {
        let typed = typed.clone();
        desk.with(kim, number, move |act, seen| draft::save(act, Writing::on(seen, text)?, typed)).unwrap();
    }
    let drafts = desk.drafted(kim, number);
    assert_eq!(drafts[0].field("service"), Some("7"));
    assert_eq!(drafts[0].field("subject"), Some("A lamp\u{fffd}"));
    assert_eq!(drafts[0].files, [], "a file is one draft's at a time");
    assert_eq!(drafts[1].fields, [], "a reply has no others");
    assert_eq!(drafts[1].files, [shown], "the file of a note hangs on no reply");
}

pub(crate) fn what_opens_a_ticket_is_kept_for_those_who_could_open_it(desk: &TestDesk) {
    let (support, warehouse) = (desk.unit("Support"), desk.unit("Warehouse"));
    let (help, stock) = (desk.service("Help", support), desk.service("Stock", warehouse));
    let (ada, carl) = (desk.customer("Ada"), desk.customer("Carl"));
    let (kim, bo) = (desk.agent("Kim", &[support]), desk.agent("Bo", &[warehouse]));
    desk.opens(ada, help, "Lamp", "It is dark.");
    let begins = |who, new| desk.begins(who, new, &[], ("Half", 0));

    for (who, new) in [
        (kim, New::Outbound),
        (kim, New::OnBehalf(ada)),
        (bo, New::Outbound),
        (ada, New::Request(help)),
        (kim, New::Request(stock)),
    ] {
        assert_eq!(begins(who, new).unwrap(), kept(1, true), "{new:?}");
        let again = begins(who, new).unwrap();
        assert!(matches!(again, Saved::Elsewhere(there) if there.place == Place::New(new)));
    }
    assert!(matches!(begins(ada, New::Outbound), Err(DeskError::NotAllowed)));
    assert!(matches!(begins(bo, New::OnBehalf(ada)), Err(DeskError::NotFound)), "whom Bo does not serve");
    assert!(matches!(begins(carl, New::Request(domain::id::ServiceId(17))), Err(DeskError::NotFound)));
    let places = |who| desk.begun(who).into_iter().map(|draft| draft.place).collect::<Vec<_>>();
    assert_eq!(
        places(kim),
        [New::Outbound, New::OnBehalf(ada), New::Request(stock)].map(Place::New),
        "each in a place of its own"
    );
    assert_eq!(places(bo), [Place::New(New::Outbound)]);
    assert_eq!(places(carl), []);
}

pub(crate) fn where_no_ticket_is_open_yet_its_subject_is_words_enough(desk: &TestDesk) {
    let support = desk.unit("Support");
    desk.service("Help", support);
    let kim = desk.agent("Kim", &[support]);
    let begins = |subject, version| desk.begins(kim, New::Outbound, &[("subject", subject)], ("", version));
    assert_eq!(begins(" ", 0).unwrap(), Saved::Gone);
    assert_eq!(begins("Your lamp", 0).unwrap(), kept(1, true));
    assert_eq!(desk.begun(kim)[0].field("subject"), Some("Your lamp"));
    assert_eq!(begins("", 1).unwrap(), Saved::Gone);
    assert_eq!(desk.begun(kim), []);
}

pub(crate) fn what_was_taken_back_is_a_draft_again(desk: &TestDesk) {
    let desk = &desk.undoing();
    let support = desk.unit("Support");
    let help = desk.service("Help", support);
    let (ada, kim) = (desk.customer("Ada"), desk.agent("Kim", &[support]));
    let number = desk.opens(ada, help, "Lamp", "It is dark.");
    let undone = |meanwhile: Option<&str>| {
        let sent = desk.with(kim, number, |act, seen| {
            let body = desk::words::Body::parse("It is lsot.")?;
            desk::reply::serve(act, seen.serve().unwrap(), &body, desk::reply::Then::WaitForRequester)
        });
        if let Some(words) = meanwhile {
            desk.drafts(kim, number, Text::Reply, words);
        }
        let sent = sent.unwrap();
        desk.with(kim, number, move |act, seen| desk::outbox::take_back(act, seen.serve().unwrap(), sent))
            .unwrap();
        desk.drafted(kim, number).pop().unwrap()
    };
    let back = undone(None);
    assert_eq!((back.body.as_str(), back.after.as_str(), back.version), ("It is lsot.", "wait", 1));
    assert_eq!(back.addressed, None, "no mail went to anybody");
    let back = undone(Some("And one thing more"));
    assert_eq!(back.body, "It is lsot.\n\nAnd one thing more");
    assert_eq!(back.version, 2, "the window in which that was begun overwrites nothing");
}
