//! Watching, mentions, mute, quiet hours, and much at once: who is told, and who is left in peace.

use desk::DeskError;
use desk::entitled::ByDesk;
use desk::reply::Then;
use domain::id::PersonId;
use domain::notice::{Occasion, Stance, Way};
use domain::permission::Viewer;
use domain::preference::{Preference, Preferences};
use jiff::SignedDuration;
use testkit::TestDesk;
use testkit::post::Bag;

use crate::board::{House, lines, told, unread};
use crate::notices::{answers, chooses, gives};

fn takes_stance(
    desk: &TestDesk,
    person: PersonId,
    number: i64,
    stance: Option<Stance>,
) -> Result<(), DeskError> {
    desk.with(person, number, move |act, seen| desk::watch::choose(act, seen, stance))
}

fn watchers(desk: &TestDesk, as_seen_by: PersonId, number: i64) -> Vec<String> {
    let looked = desk.desk.look_now(move |look| {
        let viewer = store::access::viewer(look.tx, as_seen_by)?.unwrap();
        let seen = store::access::by_number(look.tx, &viewer, number, look.now)?.unwrap();
        desk::watch::watchers(look, seen)
    });
    looked.unwrap()
}

/// Names in the notes of a ticket of people who were not reached.
fn missed(desk: &TestDesk, person: PersonId, number: i64) -> Vec<String> {
    let read = desk
        .with(person, number, |act, seen| Ok(store::message::notes(act.tx, &seen.read_inside().unwrap())?));
    read.unwrap().into_iter().filter_map(|noted| noted.not_reached).collect()
}

fn offered(desk: &TestDesk, person: PersonId, number: i64, prefix: &'static str) -> Vec<String> {
    let looked = desk.desk.look_now(move |look| {
        let viewer = store::access::viewer(look.tx, person)?.unwrap();
        let seen = store::access::by_number(look.tx, &viewer, number, look.now)?.unwrap();
        desk::mention::offered(look, seen.annotate().unwrap(), prefix)
    });
    looked.unwrap()
}

pub(crate) fn a_watcher_is_told_what_is_said_and_done_as_long_as_they_may_read_it(desk: &TestDesk) {
    let house = House::new(desk);
    let number = house.opens(desk);
    takes_stance(desk, house.bo, number, Some(Stance::Watching)).unwrap();
    assert!(
        takes_stance(desk, house.anna, number, Some(Stance::Watching)).is_err(),
        "requesters are told anyway"
    );
    assert_eq!(watchers(desk, house.kim, number), ["Bo"]);
    desk.takes(house.kim, number);
    desk.notes(house.kim, number, "She called twice.");
    desk.notifies();
    let line = lines(desk, house.bo).remove(0);
    assert_eq!((line.occasion, line.what.as_deref()), (Occasion::Watched, Some("noted")));
    desk.notes(house.bo, number, "I know her.");
    answers(desk, house.kim, number, "Mended.", Then::Solve);
    desk.replies(house.anna, number, "Not quite.");
    desk.notifies();
    let line = lines(desk, house.bo).remove(0);
    assert_eq!(
        (line.times, line.what.as_deref()),
        (4, Some("reopened")),
        "one line, and nothing of one's own"
    );
    assert_eq!(unread(desk, house.bo), 1);
    assert_eq!(told(desk, house.kim)[0].0, Occasion::Answered, "who holds it is told as its holder");

    let (bo, unit) = (house.bo, house.unit);
    desk.set_up(move |act| desk::people::leave_unit(act, &ByDesk, bo, unit));
    desk.notes(house.kim, number, "She called again.");
    desk.notifies();
    assert!(told(desk, bo).is_empty() && unread(desk, bo) == 0);
    assert!(watchers(desk, house.kim, number).is_empty(), "whoever may not read it does not watch it");
    desk.joins(bo, unit, store::unit::Role::Agent);
    desk.notes(house.kim, number, "And again.");
    desk.notifies();
    assert_eq!(told(desk, bo), [(Occasion::Watched, number)]);
    takes_stance(desk, bo, number, None).unwrap();
    desk.notes(house.kim, number, "Done.");
    desk.notifies();
    assert_eq!(lines(desk, bo)[0].times, 1, "no longer");
}

pub(crate) fn a_mention_always_arrives_and_only_where_the_note_can_be_read(desk: &TestDesk) {
    let house = House::new(desk);
    let other = desk.unit("Legal");
    let (lee, eva) = (desk.agent("Lee", &[other]), desk.employee("Eva"));
    let number = house.opens(desk);
    desk.takes(house.kim, number);
    takes_stance(desk, house.bo, number, Some(Stance::Muted)).unwrap();
    desk.notes(house.kim, number, "Ask @bo. Not @Lee, not @Eva or @Anna or @nobody; see kim@example.org.");
    desk.notifies();
    assert_eq!(told(desk, house.bo), [(Occasion::Mentioned, number)], "also of a muted ticket");
    for person in [lee, eva, house.anna, house.kim] {
        assert!(told(desk, person).is_empty());
    }
    assert_eq!(
        missed(desk, house.kim, number).concat().matches(", ").count(),
        2,
        "the note says who was not told"
    );
    assert!(missed(desk, house.kim, number)[0].contains("Lee"));

    let hana = desk.agent("Hana", &[house.unit]);
    desk.notes(house.kim, number, "@hana@example.org, please.");
    desk.notifies();
    assert_eq!(told(desk, hana), [(Occasion::Mentioned, number)]);
    assert_eq!(watchers(desk, house.kim, number), ["Hana"], "whoever is named watches from then on");
    desk.notes(house.bo, number, "I am at it, @Kim and @Hana.");
    desk.notifies();
    assert_eq!(
        told(desk, house.kim),
        [(Occasion::Mentioned, number)],
        "once, though it is also a note on their ticket"
    );
    assert_eq!(lines(desk, hana)[0].times, 2);
    desk.replies(house.anna, number, "Hello @Bo!");
    desk.notifies();
    assert_eq!(told(desk, house.bo).len(), 1, "in a reply it is just text");

    assert_eq!(offered(desk, house.kim, number, ""), ["Bo", "Hana"], "not oneself");
    assert_eq!(offered(desk, house.kim, number, "h"), ["Hana"]);
    assert!(offered(desk, house.kim, number, "Le").is_empty(), "only who can read it");
}

pub(crate) fn whoever_is_named_when_a_note_changes_is_told_then(desk: &TestDesk) {
    let house = House::new(desk);
    let other = desk.unit("Legal");
    let (lee, hana) = (desk.agent("Lee", &[other]), desk.agent("Hana", &[house.unit]));
    let number = house.opens(desk);
    desk.takes(house.kim, number);
    desk.notes(house.kim, number, "Ask @Bo.");
    desk.notifies();
    let noted = |who: PersonId| {
        let read = desk.with(who, number, |act, seen| {
            Ok(store::message::notes(act.tx, &seen.read_inside().unwrap())?.remove(0))
        });
        read.unwrap()
    };
    let changes = |text: &str| {
        let (note, body) = (noted(house.kim).note.id, desk::words::Body::parse(text).unwrap());
        desk.with(house.kim, number, move |act, seen| desk::note::change(act, seen, note, &body)).unwrap();
        desk.notifies();
    };
    changes("Ask @Bo or @Hana, not @Lee.");
    assert_eq!(told(desk, hana), [(Occasion::Mentioned, number)]);
    assert_eq!(lines(desk, house.bo)[0].times, 1, "who was named before is not told again");
    assert!(told(desk, lee).is_empty());
    assert_eq!(missed(desk, house.bo, number), ["Lee"]);
    // Who could not read it, and can by now, is told when it changes.
    desk.joins(lee, house.unit, store::unit::Role::Agent);
    changes("Ask @Lee, not @Hana.");
    assert_eq!(told(desk, lee), [(Occasion::Mentioned, number)]);
    assert_eq!(lines(desk, hana)[0].times, 1);
    assert!(missed(desk, house.bo, number).is_empty());
}

pub(crate) fn a_muted_ticket_tells_nothing_but_mentions(desk: &TestDesk) {
    let house = House::new(desk);
    let number = house.opens(desk);
    desk.takes(house.kim, number);
    takes_stance(desk, house.kim, number, Some(Stance::Muted)).unwrap();
    desk.replies(house.anna, number, "It hums, too.");
    desk.notes(house.bo, number, "I know.");
    desk.notifies();
    assert!(told(desk, house.kim).is_empty());
    assert!(watchers(desk, house.bo, number).is_empty());
    desk.notes(house.bo, number, "@Kim: look.");
    desk.notifies();
    assert_eq!(told(desk, house.kim), [(Occasion::Mentioned, number)]);
    takes_stance(desk, house.kim, number, None).unwrap();
    desk.replies(house.anna, number, "Hello?");
    desk.notifies();
    assert_eq!(told(desk, house.kim)[0], (Occasion::Answered, number));
}

/// Everything that leaves now.
fn leaves(desk: &TestDesk, bag: &mut Bag) -> Vec<String> {
    desk.notifies();
    while desk.sends(bag) > 0 {}
    std::mem::take(&mut bag.left).into_iter().map(|left| left.message.subject.unwrap_or_default()).collect()
}

pub(crate) fn mail_waits_until_the_quiet_hours_are_over_and_the_board_does_not(desk: &TestDesk) {
    let house = House::new(desk);
    desk.posts("help@example.org", (house.unit, house.service));
    let mut bag = Bag::default();
    let bo = house.bo;
    // It is noon on a Wednesday; the quiet ends at two.
    let quiet = Preferences::parse("quiet=11:00-14:00/mon,tue,wed,thu,fri,sat,sun").quiet;
    assert!(quiet.is_some(), "the words of quiet hours");
    desk.set_up(move |act| Ok(store::preference::choose(act.tx, bo, Preference::Quiet(quiet))?));
    let number = house.opens(desk);
    gives(desk, house.kim, number, bo);
    assert!(leaves(desk, &mut bag).is_empty());
    assert_eq!(told(desk, bo), [(Occasion::Given, number)], "it is there, and silent");
    desk.wait(SignedDuration::from_mins(119));
    assert!(leaves(desk, &mut bag).is_empty());
    desk.wait(SignedDuration::from_mins(2));
    assert_eq!(leaves(desk, &mut bag), [format!("Yours now: #{number} The lamp")]);
    assert!(leaves(desk, &mut bag).is_empty(), "once");
}

pub(crate) fn much_at_once_by_one_hand_is_one_notice_and_one_mail(desk: &TestDesk) {
    let house = House::new(desk);
    desk.posts("help@example.org", (house.unit, house.service));
    let mut bag = Bag::default();
    chooses(desk, house.bo, Occasion::Given, Way::AtOnce);
    let numbers: Vec<i64> = (0..12).map(|_| house.opens(desk)).collect();
    for number in &numbers {
        gives(desk, house.kim, *number, house.bo);
    }
    assert_eq!(leaves(desk, &mut bag).len(), 1);
    let line = lines(desk, house.bo).remove(0);
    assert_eq!((line.others, line.by.as_deref(), unread(desk, house.bo)), (11, Some("Kim"), 1));
    // The next part of the same act joins it.
    for number in (0..6).map(|_| house.opens(desk)) {
        gives(desk, house.kim, number, house.bo);
    }
    leaves(desk, &mut bag);
    assert_eq!((lines(desk, house.bo)[0].others, unread(desk, house.bo)), (17, 1));
    desk.replies(house.anna, numbers[0], "It hums.");
    leaves(desk, &mut bag);
    assert_eq!(unread(desk, house.bo), 2, "something else is told by itself");
    let (bo, other) = (house.bo, desk.unit("Legal"));
    desk.act(bo, move |act, viewer: &Viewer| {
        // What changes rights leaves no number of tickets behind that may be hidden by now.
        store::notice::board::doubt_person(act.tx, viewer.person)?;
        Ok(other)
    })
    .unwrap();
    assert!(lines(desk, bo).iter().all(|line| line.others == 0));
    desk.notifies();
    assert!(lines(desk, bo).iter().all(|line| line.others == 0));
}
