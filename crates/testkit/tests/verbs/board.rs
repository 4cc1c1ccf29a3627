//! What people are told at the desk: once, by right, counted while it is written, and gone when it was taken back.

use desk::notices::board::{self, Line};
use desk::reply::Then;
use domain::id::{PersonId, ServiceId, UnitId};
use domain::notice::{Choice, Occasion};
use domain::permission::Viewer;
use jiff::SignedDuration;
use store::unit::Role;
use testkit::TestDesk;
use testkit::asker::{Asker, Requester};

use crate::notices::{answers, gives};

pub(crate) struct House {
    pub(crate) unit: UnitId,
    pub(crate) service: ServiceId,
    pub(crate) kim: PersonId,
    pub(crate) bo: PersonId,
    pub(crate) anna: PersonId,
    asks: Requester,
}

impl House {
    pub(crate) fn new(desk: &TestDesk) -> Self {
        Self::asked_by(Asker::Customer, desk)
    }

    fn asked_by(asker: Asker, desk: &TestDesk) -> Self {
        let unit = desk.unit("Support");
        let service = desk.service("Help", unit);
        let (kim, bo) = (desk.agent("Kim", &[unit]), desk.agent("Bo", &[unit]));
        let asks = asker.named(desk, "Anna");
        desk.notifies();
        Self { unit, service, kim, bo, anna: asks.person, asks }
    }

    pub(crate) fn opens(&self, desk: &TestDesk) -> i64 {
        self.asks.opens(desk, self.service, "The lamp", "It flickers.")
    }
}

/// What stands on somebody's board, newest first.
pub(crate) fn lines(desk: &TestDesk, person: PersonId) -> Vec<Line> {
    let looked = desk.desk.look_now(move |look| {
        let viewer = store::access::viewer(look.tx, person)?.unwrap();
        board::lines(look, &viewer, None, 100)
    });
    looked.unwrap().lines
}

pub(crate) fn told(desk: &TestDesk, person: PersonId) -> Vec<(Occasion, i64)> {
    lines(desk, person).into_iter().map(|line| (line.occasion, line.number)).collect()
}

/// The number at the bell as a page shows it. It is what counting gives, whenever it is not in doubt.
pub(crate) fn unread(desk: &TestDesk, person: PersonId) -> i64 {
    let looked = desk.act(person, move |act, viewer: &Viewer| {
        let shown = board::number(act, viewer)?;
        let (kept, in_doubt) = store::notice::board::number(act.tx, person)?;
        let rows: i64 = act.tx.query_one(
            "select count(*) from notice_shown where person_id = $1 and read_at is null",
            store::params![person],
            |row| row.get(0),
        )?;
        Ok((shown, kept, rows, in_doubt))
    });
    let (shown, kept, rows, in_doubt) = looked.unwrap();
    assert_eq!(kept, rows, "the number follows the rows");
    assert!(in_doubt || shown == kept);
    shown
}

pub(crate) fn a_board_says_once_what_happened_and_counts_what_is_unread(desk: &TestDesk, asker: Asker) {
    let house = House::asked_by(asker, desk);
    let number = house.opens(desk);
    gives(desk, house.kim, number, house.bo);
    desk.replies(house.anna, number, "It hums, too.");
    desk.replies(house.anna, number, "And it smells.");
    assert!(told(desk, house.bo).is_empty());
    for _ in 0..3 {
        desk.notifies();
    }
    let shown = lines(desk, house.bo);
    let kinds: Vec<_> = shown.iter().map(|line| (line.occasion, line.by.as_deref(), line.times)).collect();
    assert_eq!(kinds, [(Occasion::Answered, Some("Anna"), 2), (Occasion::Given, Some("Kim"), 1)]);
    assert!(shown.iter().all(|line| line.unread && line.number == number && line.subject == "The lamp"));
    assert_eq!(unread(desk, house.bo), 2, "two answers are one notice");
    assert!(told(desk, house.kim).is_empty(), "nobody is told of their own acts");

    let newest = shown[0].id;
    desk.act(house.kim, move |act, viewer: &Viewer| board::read_one(act, viewer, newest)).unwrap();
    assert_eq!(unread(desk, house.bo), 2, "nobody reads for somebody else");
    for _ in 0..2 {
        desk.act(house.bo, move |act, viewer: &Viewer| board::read_one(act, viewer, newest)).unwrap();
    }
    assert_eq!(unread(desk, house.bo), 1);
    desk.replies(house.anna, number, "Hello?");
    desk.notifies();
    assert_eq!(unread(desk, house.bo), 2, "what was read is not told again; the new one is");
    desk.act(house.bo, move |act, viewer: &Viewer| board::read_all(act, viewer, newest)).unwrap();
    assert_eq!(unread(desk, house.bo), 1, "what came since stays unread");
    desk.act(house.bo, move |act, viewer: &Viewer| board::read_ticket(act, viewer.person, number)).unwrap();
    assert_eq!(unread(desk, house.bo), 0);
    assert_eq!(told(desk, house.bo).len(), 3, "what was read is still there");
    desk.wait(SignedDuration::from_hours(24 * 200));
    desk.set_up(desk::notices::forget);
    assert!(told(desk, house.bo).is_empty(), "and not for ever");
}

pub(crate) fn a_person_chooses_what_stands_on_their_board(desk: &TestDesk, asker: Asker) {
    let house = House::asked_by(asker, desk);
    desk.act(house.bo, |act, viewer: &Viewer| {
        let choice = Choice { board: false, ..Occasion::Given.usual() };
        desk::notices::choose(act, viewer, &[(Occasion::Given, choice)])
    })
    .unwrap();
    let number = house.opens(desk);
    gives(desk, house.kim, number, house.bo);
    desk.replies(house.anna, number, "It hums, too.");
    desk.notifies();
    assert_eq!(told(desk, house.bo), [(Occasion::Answered, number)]);
    assert_eq!(unread(desk, house.bo), 1);
}

pub(crate) fn what_became_hidden_is_not_counted_from_then_on(desk: &TestDesk) {
    let house = House::new(desk);
    let other = desk.unit("Legal");
    let (mine, moves) = (house.opens(desk), house.opens(desk));
    for number in [mine, moves] {
        gives(desk, house.kim, number, house.bo);
    }
    desk.notifies();
    assert_eq!(unread(desk, house.bo), 2);
    // Nobody who was in the chain is shut out, so the ticket also becomes confidential.
    let secret = desk.service_with("Secrets", other, |service| service.confidential = true);
    let hidden = desk.opens(house.anna, secret, "A secret", "Hush.");
    desk.joins(house.bo, other, Role::Agent);
    gives(desk, house.bo, hidden, house.bo);
    let lee = desk.agent("Lee", &[other]);
    gives(desk, lee, hidden, lee);
    gives(desk, lee, hidden, house.bo);
    desk.notifies();
    assert_eq!(unread(desk, house.bo), 3);
    let bo = house.bo;
    desk.set_up(move |act| desk::people::leave_unit(act, &desk::entitled::ByDesk, bo, other));
    assert_eq!(unread(desk, bo), 2, "at once, before anything was settled");
    assert_eq!(told(desk, bo), [(Occasion::Given, moves), (Occasion::Given, mine)]);
    desk.notifies();
    assert_eq!(unread(desk, bo), 2);

    desk.set_up(move |act| desk::people::leave_unit(act, &desk::entitled::ByDesk, bo, house.unit));
    assert_eq!((unread(desk, bo), told(desk, bo).len()), (0, 0), "a customer now, and of other tickets");
    desk.notifies();
    desk.joins(bo, house.unit, Role::Agent);
    assert_eq!(unread(desk, bo), 0, "what came off a board is told to nobody");
}

pub(crate) fn a_reply_that_was_taken_back_leaves_the_board(desk: &TestDesk) {
    let house = House::new(desk);
    desk.sending_inbox("help@desk.example", (house.unit, house.service));
    let number = house.opens(desk);
    desk.takes(house.kim, number);
    let wrong = answers(desk, house.kim, number, "Mended?", Then::Solve);
    desk.notifies();
    assert!(told(desk, house.anna).is_empty(), "it can still be taken back");
    let taken = desk
        .with(house.kim, number, move |act, seen| desk::outbox::take_back(act, seen.serve().unwrap(), wrong));
    taken.unwrap();
    desk.wait(SignedDuration::from_secs(60));
    desk.notifies();
    assert!(told(desk, house.anna).is_empty(), "and it was");
    answers(desk, house.kim, number, "Mended.", Then::Solve);
    desk.wait(SignedDuration::from_secs(60));
    desk.notifies();
    assert_eq!(told(desk, house.anna), [(Occasion::Solved, number)]);
    assert_eq!(unread(desk, house.anna), 1);
    let event = desk.set_up(|act| {
        let of = "select event_id from notice_shown";
        Ok(act.tx.query_one(of, store::params![], |row| row.get(0))?)
    });
    desk.set_up(move |act| Ok(store::notice::board::take_back(act.tx, event)?));
    assert_eq!((unread(desk, house.anna), told(desk, house.anna).len()), (0, 0));
}

pub(crate) fn older_notices_are_read_page_by_page(desk: &TestDesk, asker: Asker) {
    let house = House::asked_by(asker, desk);
    let numbers: Vec<i64> = (0..7).map(|_| house.opens(desk)).collect();
    for number in &numbers {
        gives(desk, house.kim, *number, house.bo);
        // All at once they would be one notice.
        desk.notifies();
    }
    let bo = house.bo;
    let mut before = None;
    let mut read = Vec::new();
    for pages in 1.. {
        let page = desk.desk.look_now(move |look| {
            let viewer = store::access::viewer(look.tx, bo)?.unwrap();
            board::lines(look, &viewer, before, 3)
        });
        let page = page.unwrap();
        assert!(page.lines.len() <= 3);
        read.extend(page.lines.iter().map(|line| line.number));
        before = page.before;
        if before.is_none() {
            assert_eq!(pages, 3);
            break;
        }
    }
    read.reverse();
    assert_eq!(read, numbers);
}
