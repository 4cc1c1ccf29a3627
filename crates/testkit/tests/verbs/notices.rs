//! Telling people by mail: what concerns them, as they may read it, in the way they chose, and once.

use desk::DeskError;
use desk::entitled::ByDesk;
use desk::reply::Then;
use desk::template::{Place, Template, Written};
use desk::words::Body;
use domain::agreement::AgreementKind;
use domain::id::{InboxId, MessageId, PersonId, ServiceId, UnitId};
use domain::notice::{Choice, Occasion, Way};
use domain::permission::Viewer;
use domain::ticket::State;
use jiff::SignedDuration;
use mail::authentic::Check;
use store::unit::Role;
use testkit::TestDesk;
use testkit::post::{Bag, Left};
use testkit::senders::Vouching;

struct Office {
    unit: UnitId,
    service: ServiceId,
    inbox: InboxId,
    kim: PersonId,
    bo: PersonId,
    anna: PersonId,
    bag: Bag,
}

impl Office {
    fn new(desk: &TestDesk) -> Self {
        let unit = desk.unit("Support");
        let service = desk.service("Help", unit);
        let (kim, bo) = (desk.agent("Kim", &[unit]), desk.agent("Bo", &[unit]));
        let inbox = desk.posts("help@example.org", (unit, service));
        let anna = desk.customer("Anna");
        desk.set_up(|act| desk::base_url::set(act, &ByDesk, "https://desk.example.org"));
        desk.notifies();
        Self { unit, service, inbox, kim, bo, anna, bag: Bag::default() }
    }

    /// Everything that people are told now, and that leaves by it.
    fn told(&mut self, desk: &TestDesk) -> Vec<Left> {
        desk.notifies();
        while desk.sends(&mut self.bag) > 0 {}
        std::mem::take(&mut self.bag.left)
    }
}

pub(crate) fn gives(desk: &TestDesk, from: PersonId, number: i64, to: PersonId) {
    desk.with(from, number, move |act, seen| {
        desk::assign::to(act, seen.serve().ok_or(DeskError::NotAllowed)?, Some(to))
    })
    .unwrap();
}

pub(crate) fn answers(desk: &TestDesk, kim: PersonId, number: i64, words: &str, then: Then) -> MessageId {
    let body = Body::parse(words).unwrap();
    desk.with(kim, number, move |act, seen| {
        desk::reply::serve(act, seen.serve().ok_or(DeskError::NotAllowed)?, &body, then)
    })
    .unwrap()
}

pub(crate) fn chooses(desk: &TestDesk, person: PersonId, occasion: Occasion, mail: Way) {
    desk.act(person, move |act, viewer: &Viewer| {
        let choice = Choice { mail, ..store::notice::choice(act.tx, person, occasion)? };
        desk::notices::choose(act, viewer, &[(occasion, choice)])
    })
    .unwrap();
}

fn recipients(left: &[Left]) -> Vec<&str> {
    left.iter().map(|left| left.to[0].as_str()).collect()
}

fn subject(left: &Left) -> &str {
    left.message.subject.as_deref().unwrap()
}

fn body(left: &Left) -> String {
    left.message.text.clone().unwrap_or_default()
}

fn place(template: Template, unit: Option<UnitId>, language: &str) -> Place {
    Place { template, unit, language: language.to_owned() }
}

fn saves(desk: &TestDesk, place: &Place, subject: &str, body: &str) -> Result<(), DeskError> {
    let (place, written) = (place.clone(), Written { subject: subject.to_owned(), body: body.to_owned() });
    desk.desk
        .act_now(domain::event::Actor::Desk, move |act| desk::template::save(act, &ByDesk, &place, &written))
}

const ACKNOWLEDGEMENT: Template = Template::Acknowledgement;

pub(crate) fn an_agent_is_told_what_concerns_them_and_never_of_their_own_acts(desk: &TestDesk) {
    let mut office = Office::new(desk);
    let number = desk.opens(office.anna, office.service, "The lamp", "It flickers.");
    desk.takes(office.kim, number);
    assert!(office.told(desk).is_empty(), "Kim took it, and nobody else has to know");
    gives(desk, office.kim, number, office.bo);
    let given = office.told(desk);
    assert_eq!(recipients(&given), ["bo@example.org"]);
    assert!(body(&given[0]).contains("given to you by Kim"), "{}", given[0].raw);
    assert!(body(&given[0]).contains(&format!("https://desk.example.org/tickets/{number}")));
    assert!(body(&given[0]).contains("because a ticket was given to you"));
    assert!(given[0].raw.contains("List-Unsubscribe-Post: List-Unsubscribe=One-Click"));
    assert!(given[0].raw.contains("Auto-Submitted: auto-generated"));
    assert!(given[0].message.reply_to.is_empty(), "an agent answers at the desk");

    desk.notes(office.kim, number, "A secret note.");
    desk.replies(office.anna, number, "It hums <img src=x> too. ![x](https://evil.example/x.png)");
    desk.replies(office.anna, number, "And it smells.");
    let answered = office.told(desk);
    assert_eq!(recipients(&answered), ["bo@example.org"], "two messages are one mail");
    assert!(body(&answered[0]).contains("> And it smells."), "{}", body(&answered[0]));
    assert!(!answered[0].raw.contains("secret"));
    assert!(office.told(desk).is_empty(), "nothing is told twice");

    chooses(desk, office.bo, Occasion::Answered, Way::Never);
    desk.replies(office.anna, number, "Hello?");
    assert!(office.told(desk).is_empty());
}

pub(crate) fn what_happened_before_the_first_start_is_nobodys_news(desk: &TestDesk) {
    let unit = desk.unit("Support");
    let service = desk.service("Help", unit);
    let (kim, bo, anna) = (desk.agent("Kim", &[unit]), desk.agent("Bo", &[unit]), desk.customer("Anna"));
    desk.posts("help@example.org", (unit, service));
    let number = desk.opens(anna, service, "The lamp", "It flickers.");
    gives(desk, kim, number, bo);
    let mut bag = Bag::default();
    desk.notifies();
    desk.notifies();
    assert_eq!(desk.sends(&mut bag), 0);
    desk.replies(anna, number, "Still.");
    desk.notifies();
    desk.sends(&mut bag);
    assert_eq!(recipients(&bag.left), ["bo@example.org"]);
    assert!(!bag.left[0].raw.contains("http"), "nobody said where the desk is");
    assert!(bag.left[0].raw.contains(&format!("#{number}")));
    assert!(!bag.left[0].raw.contains("List-Unsubscribe"));
}

/// CHAIN 8: a ticket closes by itself only after a notice that says how to object.
pub(crate) fn a_solved_ticket_is_told_with_how_to_object_once_it_cannot_be_taken_back(desk: &TestDesk) {
    let mut office = Office::new(desk);
    let number = desk.opens(office.anna, office.service, "The lamp", "It flickers.");
    let wrong = answers(desk, office.kim, number, "Wrong.", Then::Solve);
    assert!(office.told(desk).is_empty());
    desk.with(office.kim, number, move |act, seen| {
        desk::outbox::take_back(act, seen.serve().ok_or(DeskError::NotAllowed)?, wrong)
    })
    .unwrap();
    desk.wait(SignedDuration::from_secs(30));
    assert!(office.told(desk).is_empty(), "what was taken back never was");

    answers(desk, office.kim, number, "Mended.", Then::Solve);
    desk.wait(SignedDuration::from_secs(5));
    assert!(office.told(desk).is_empty(), "it can still be taken back");
    desk.wait(SignedDuration::from_secs(10));
    let told = office.told(desk);
    let notice = told.iter().find(|left| subject(left).starts_with("Solved")).expect("a notice");
    assert_eq!((told.len(), notice.to[0].as_str()), (2, "anna@example.org"));
    assert!(body(notice).contains("Reply to this mail until 2026-03-11 12:00"), "{}", body(notice));
    assert!(body(notice).contains(&format!("https://desk.example.org/portal/tickets/{number}")));
    assert!(notice.raw.contains("References:") && notice.message.reply_to.len() == 1);

    let objection = desk.receives(office.inbox, &notice.answered("Not quite."));
    assert_eq!(objection.state, store::mail::State::Done);
    let state = |desk: &TestDesk| -> State {
        let sql = "select state from ticket where number = $1";
        desk.desk
            .look_now(move |look| Ok(look.tx.query_one(sql, store::params![number], |row| row.get(0))?))
            .unwrap()
    };
    assert_eq!(state(desk), State::Open, "an answer to the notice is an objection");
    desk.solves(office.kim, number);
    office.told(desk);
    desk.wait(SignedDuration::from_hours(24 * 30));
    desk::sweep::run(&desk.desk).unwrap();
    assert_eq!(state(desk), State::Closed);
    let closed = office.told(desk);
    assert_eq!(recipients(&closed), ["anna@example.org"]);
    assert!(subject(&closed[0]).starts_with("Closed: The lamp"));
}

pub(crate) fn who_cannot_go_elsewhere_always_learns_how_to_object(desk: &TestDesk) {
    let mut office = Office::new(desk);
    let board = desk.unit("Board");
    let captive = desk.service_with("Payroll", office.unit, |service| {
        service.captive = true;
        service.neutral_unit = Some(board);
    });
    let eva = desk.employee("Eva");
    for person in [eva, office.anna] {
        chooses(desk, person, Occasion::Solved, Way::Never);
    }
    for (person, service) in [(eva, captive), (eva, office.service), (office.anna, office.service)] {
        let number = desk.opens(person, service, "Pay", "Please.");
        desk.solves(office.kim, number);
    }
    assert_eq!(recipients(&office.told(desk)), ["eva@example.org"]);
}

pub(crate) fn a_digest_comes_once_a_morning_and_not_when_nothing_happened(desk: &TestDesk) {
    let mut office = Office::new(desk);
    let warehouse = desk.unit("Warehouse");
    let stock = desk.service("Stock", warehouse);
    let sam = desk.agent("Sam", &[warehouse]);
    let number = desk.opens(office.anna, office.service, "The lamp", "It flickers.");
    desk.takes(office.kim, number);
    let handoff = desk.asks(office.kim, number, stock, "Find a lamp", "A green one.");
    desk.takes(sam, handoff);
    desk.delivers(sam, handoff, "Here it is.");
    assert!(office.told(desk).is_empty(), "it waits for the morning");
    desk.wait(SignedDuration::from_hours(19));
    assert!(office.told(desk).is_empty(), "seven o'clock");
    desk.wait(SignedDuration::from_mins(31));
    let digest = office.told(desk);
    assert_eq!(recipients(&digest), ["kim@example.org"]);
    let words = body(&digest[0]);
    assert!(
        words.contains(&format!(
            "- [#{handoff}](https://desk.example.org/tickets/{handoff}) Find a lamp: delivered"
        )),
        "{words}"
    );
    for _ in 0..3 {
        desk.wait(SignedDuration::from_hours(24));
        assert!(office.told(desk).is_empty(), "nothing happened");
    }
    desk.returns(office.kim, handoff, "Green, not red.");
    desk.delivers(sam, handoff, "The green one.");
    desk.accepts(office.kim, handoff, 5);
    desk.wait(SignedDuration::from_hours(24));
    assert!(
        office.told(desk).is_empty(),
        "it was returned, delivered and accepted meanwhile: nothing is left to tell"
    );
}

pub(crate) fn nobody_is_told_what_they_may_not_read_when_it_is_written(desk: &TestDesk) {
    let mut office = Office::new(desk);
    let other = desk.unit("Sales");
    let number = desk.opens(office.anna, office.service, "The lamp", "It flickers.");
    gives(desk, office.kim, number, office.bo);
    let (bo, unit) = (office.bo, office.unit);
    desk.set_up(move |act| desk::people::leave_unit(act, &ByDesk, bo, unit));
    desk.joins(bo, other, Role::Agent);
    assert!(office.told(desk).is_empty(), "Bo left before it was written");
    let number = desk.opens(office.anna, office.service, "The lamp", "It flickers.");
    desk.solves(office.kim, number);
    let anna = office.anna;
    desk.set_up(move |act| desk::people::disable(act, &ByDesk, anna));
    assert!(office.told(desk).is_empty(), "Anna left");
}

pub(crate) fn one_click_unsubscribes_from_one_thing_and_looking_changes_nothing(desk: &TestDesk) {
    let mut office = Office::new(desk);
    let number = desk.opens(office.anna, office.service, "The lamp", "It flickers.");
    gives(desk, office.kim, number, office.bo);
    let given = office.told(desk);
    let link = given[0].raw.split("/unsubscribe/").nth(1).unwrap();
    let token: String = link.chars().take_while(char::is_ascii_hexdigit).collect();
    assert_eq!(token.len(), 32);
    let head = || desk.desk.look_now(|look| Ok(store::event::head(look.tx)?.0)).unwrap();
    let before = head();
    let offered = token.clone();
    desk.desk.look_now(move |look| desk::notices::offered(look, &offered)).unwrap();
    assert_eq!(head(), before);
    let kept: Vec<Vec<u8>> = desk
        .desk
        .look_now(|look| Ok(look.tx.query("select token from notice_token", &[], |row| row.get(0))?))
        .unwrap();
    assert!(kept.iter().all(|kept| kept != token.as_bytes()), "only hashes are kept");
    for guess in [token[1..].to_owned(), "0".repeat(32), String::new()] {
        let guessed =
            desk.desk.act_now(domain::event::Actor::Desk, move |act| desk::notices::unsubscribe(act, &guess));
        assert!(matches!(guessed, Err(DeskError::NotFound)));
    }
    for _ in 0..2 {
        let token = token.clone();
        desk.set_up(move |act| desk::notices::unsubscribe(act, &token));
    }
    let bo = office.bo;
    let ways = desk.act(bo, move |act, _| Ok(store::notice::choices(act.tx, bo)?)).unwrap();
    assert_eq!(ways, [(Occasion::Given, Choice { board: true, mail: Way::Never })], "only the mail ends");
    gives(desk, office.kim, number, office.kim);
    gives(desk, office.kim, number, office.bo);
    assert!(office.told(desk).is_empty());
    desk.wait(SignedDuration::from_hours(24 * 365));
    let old = desk.desk.look_now(move |look| desk::notices::offered(look, &token));
    assert!(matches!(old, Err(DeskError::NotFound)), "a token does not live for ever");
}

pub(crate) fn a_broken_text_never_stops_mail_from_coming_in(desk: &TestDesk) {
    let desk = &desk.checked_by(&Vouching::says(Check::Pass, Check::Pass));
    let mut office = Office::new(desk);
    let everywhere = place(ACKNOWLEDGEMENT, None, "en");
    let unknown = saves(desk, &everywhere, "A", "{{ nmae }}").unwrap_err();
    assert!(unknown.to_string().contains("nmae"), "{unknown}");
    let unread = saves(desk, &everywhere, "A", "one\n{{ name").unwrap_err();
    assert!(unread.to_string().contains("Line 2"), "{unread}");
    saves(desk, &everywhere, "Got it", "See {{ link }}").unwrap();
    desk.set_up(|act| desk::base_url::set(act, &ByDesk, ""));
    let mail = desk.receives(
        office.inbox,
        "DKIM-Signature: v=1\r\nFrom: eva@example.net\r\nSubject: Lamp\r\n\r\nDark.\r\n",
    );
    assert!(mail.ticket.is_some(), "the ticket is there");
    assert!(office.told(desk).is_empty());
    let inbox = office.inbox;
    let health = || desk.desk.look_now(move |look| Ok(store::inbox::health(look.tx, inbox)?)).unwrap();
    let failure = health().text_failure.expect("it stands on the inbox");
    assert_eq!((failure.template.as_str(), failure.why.as_str()), ("acknowledgement", "link"));
    assert!(health().is_in_trouble(desk.now()));
    saves(desk, &everywhere, "Got it", "See {{ link|default('the portal') }}").unwrap();
    assert_eq!(health().text_failure, None);
    desk.receives(
        office.inbox,
        "DKIM-Signature: v=1\r\nFrom: eva@example.net\r\nSubject: Lamp\r\n\r\nDarker.\r\n",
    );
    assert!(body(&office.told(desk)[0]).starts_with("See the portal"));
}

pub(crate) fn the_nearest_text_is_taken(desk: &TestDesk) {
    let desk = &desk.checked_by(&Vouching::says(Check::Pass, Check::Pass));
    let mut office = Office::new(desk);
    let mut turn = 0;
    let mut acknowledged = |desk: &TestDesk, office: &mut Office| {
        turn += 1;
        let mail = format!(
            "DKIM-Signature: v=1\r\nFrom: eva{turn}@example.net\r\nSubject: Lamp {turn}\r\n\r\nDark.\r\n"
        );
        desk.receives(office.inbox, &mail);
        let told = office.told(desk);
        subject(&told[0]).to_owned()
    };
    assert!(acknowledged(desk, &mut office).starts_with("We have your message"));
    saves(desk, &place(ACKNOWLEDGEMENT, None, "en"), "Everywhere", "A").unwrap();
    assert_eq!(acknowledged(desk, &mut office), "Everywhere");
    saves(desk, &place(ACKNOWLEDGEMENT, Some(office.unit), "en"), "Support", "A").unwrap();
    saves(desk, &place(ACKNOWLEDGEMENT, Some(office.unit), "de"), "Kundendienst", "A").unwrap();
    assert_eq!(acknowledged(desk, &mut office), "Support");
    saves(desk, &place(ACKNOWLEDGEMENT, Some(office.unit), "en"), "Support {{ number }}", "B").unwrap();
    assert!(acknowledged(desk, &mut office).starts_with("Support "));
    let own = place(ACKNOWLEDGEMENT, Some(office.unit), "en");
    desk.set_up(move |act| desk::template::remove(act, &ByDesk, &own));
    assert_eq!(acknowledged(desk, &mut office), "Everywhere");
    let nobody = saves(desk, &place(ACKNOWLEDGEMENT, Some(UnitId(17)), "en"), "A", "B");
    assert!(nobody.is_err());
    let kim = desk.act(office.kim, |act, viewer: &Viewer| {
        let written = Written { subject: "A".to_owned(), body: "B".to_owned() };
        desk::template::save(act, viewer, &place(ACKNOWLEDGEMENT, None, "en"), &written)
    });
    assert!(matches!(kim, Err(DeskError::NotFound)), "texts are for administrators");
}

pub(crate) fn a_promise_that_ends_soon_is_told_once_to_whoever_holds_it(desk: &TestDesk) {
    let mut office = Office::new(desk);
    let always = desk.always();
    desk.promises(AgreementKind::Sla, office.service, 8, always);
    chooses(desk, office.bo, Occasion::EndsSoon, Way::AtOnce);
    let number = desk.opens(office.anna, office.service, "The lamp", "It flickers.");
    desk.takes(office.bo, number);
    desk.wait(SignedDuration::from_mins(6 * 60 + 59));
    assert!(office.told(desk).is_empty());
    desk.wait(SignedDuration::from_mins(2));
    let soon = office.told(desk);
    assert_eq!(recipients(&soon), ["bo@example.org"]);
    assert_eq!(subject(&soon[0]), format!("Due at 2026-03-04 20:00: #{number} The lamp"));
    desk.wait(SignedDuration::from_mins(10));
    assert!(office.told(desk).is_empty(), "once");
}

/// In 8: what is more than the caps allow waits for the digest, and is not lost.
pub(crate) fn what_is_too_much_for_a_day_waits_for_the_digest(desk: &TestDesk) {
    let mut office = Office::new(desk);
    let numbers: Vec<i64> =
        (0..14).map(|_| desk.opens(office.anna, office.service, "The lamp", "It flickers.")).collect();
    let mut left = 0;
    for number in &numbers {
        gives(desk, office.kim, *number, office.bo);
        left += office.told(desk).len();
    }
    assert_eq!(left, 10);
    desk.wait(SignedDuration::from_hours(24));
    let digest = office.told(desk);
    assert_eq!(digest.len(), 1);
    let listed = numbers.iter().filter(|number| body(&digest[0]).contains(&format!("[#{number}]"))).count();
    assert_eq!(listed, 4);
}
