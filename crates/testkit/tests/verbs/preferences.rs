//! What somebody chose is read with their session, and holds where it is acted on.

use desk::reply::Then;
use desk::words::Body;
use domain::preference::{AfterReply, Density, Preference, Preferences, Sending, Theme, UndoSeconds};
use jiff::SignedDuration;
use store::outgoing::Outgoing;
use testkit::TestDesk;

pub(crate) fn preferences_come_with_the_session_in_one_statement(desk: &TestDesk) {
    let support = desk.unit("Support");
    let (kim, bo) = (desk.agent("Kim", &[support]), desk.agent("Bo", &[support]));
    let (token, other) = (desk.session(kim), desk.session(bo));
    let session = |token: &str| {
        let token = token.to_owned();
        let read = desk.desk.look_now(move |look| {
            let before = look.tx.statements();
            let session = desk::session::of(look, &token)?.expect("the session is good");
            Ok((session.preferences, look.tx.statements() - before))
        });
        read.unwrap()
    };
    assert_eq!(session(&token), (Preferences::default(), 1));
    let wanted = [
        Preference::Theme(Theme::Dark),
        Preference::Density(Density::Compact),
        Preference::AfterReply(AfterReply::Back),
    ];
    desk.set_up(move |act| {
        let viewer = store::access::viewer(act.tx, kim)?.expect("she is known");
        desk::preferences::choose(act, &viewer, &wanted)?;
        desk::preferences::remember(act, kim, Preference::Sending(Sending::Solve))
    });
    let chosen = wanted
        .into_iter()
        .chain([Preference::Sending(Sending::Solve)])
        .fold(Preferences::default(), Preferences::with);
    assert_eq!(session(&token), (chosen, 1));
    assert_eq!(desk.set_up(move |act| desk::preferences::of(act, kim)), chosen);
    assert_eq!(session(&other).0, Preferences::default(), "of nobody else");
}

pub(crate) fn a_reply_waits_as_long_as_its_author_wants(desk: &TestDesk) {
    let support = desk.unit("Support");
    let help = desk.service("Help", support);
    desk.sending_inbox("help@desk.example", (support, help));
    let (ada, kim, bo) = (desk.customer("Ada"), desk.agent("Kim", &[support]), desk.agent("Bo", &[support]));
    let number = desk.opens(ada, help, "Lamp", "It is dark.");
    let waits = |person| {
        let body = Body::parse("Dear Ada").unwrap();
        let mails: Vec<Outgoing> = desk
            .with(person, number, move |act, seen| {
                let said = desk::reply::serve(act, seen.serve().unwrap(), &body, Then::Stay)?;
                Ok(store::outgoing::of_message(act.tx, said)?)
            })
            .unwrap();
        mails[0].send_at.duration_since(desk.now())
    };
    let usual = waits(kim);
    assert!(usual > SignedDuration::ZERO && usual != SignedDuration::from_secs(45));
    let chosen = Preference::Undo(UndoSeconds::new(45));
    desk.set_up(move |act| desk::preferences::remember(act, kim, chosen));
    assert_eq!(waits(kim), SignedDuration::from_secs(45));
    assert_eq!(waits(bo), usual, "of nobody else");
    let at_once = Preference::Undo(UndoSeconds::new(0));
    desk.set_up(move |act| desk::preferences::remember(act, kim, at_once));
    assert_eq!(waits(kim), SignedDuration::ZERO);
}
