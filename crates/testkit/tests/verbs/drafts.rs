//! What is being written is its author's alone, survives, and goes when it was said.

use desk::DeskError;
use desk::draft::{self, Saved, Typed};
use domain::id::PersonId;
use jiff::SignedDuration;
use store::draft::Writer;
use store::upload::Audience;
use testkit::TestDesk;

fn types(
    desk: &TestDesk,
    who: PersonId,
    number: i64,
    audience: Audience,
    (body, version): (&str, i64),
) -> Result<Saved, DeskError> {
    let typed = Typed { body: body.to_owned(), after: "wait".to_owned(), version, ..Typed::default() };
    desk.with(who, number, move |act, seen| draft::save(act, seen, audience, typed))
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
    let message = Audience::Message;

    assert_eq!(types(desk, kim, number, message, ("Dear", 0)).unwrap(), kept(1, true));
    assert_eq!(types(desk, kim, number, message, ("Dear Ada\0", 1)).unwrap(), kept(2, false));
    assert_eq!(types(desk, kim, number, Audience::Note, ("Odd.", 0)).unwrap(), kept(1, true));
    let mine = desk.drafted(kim, number);
    assert_eq!(
        mine.iter().map(|draft| draft.body.as_str()).collect::<Vec<_>>(),
        ["Dear Ada\u{fffd}", "Odd."]
    );
    assert_eq!(mine[0].after, "wait");
    assert_eq!(desk.drafted(lea, number), []);
    let writing = |audience| Writer { name: "Kim".to_owned(), audience };
    assert_eq!(writers(desk, lea, number), [writing(message), writing(Audience::Note)]);
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
    let message = Audience::Message;

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
    let asks = types(desk, ada, number, message, ("Hello?", 0));
    assert!(matches!(asks, Err(DeskError::NotAllowed)), "{asks:?}");
}
