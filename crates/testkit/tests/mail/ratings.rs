//! How it went, from a link in a mail: looking never votes, one person has one word, and clocks know nothing of it.

use desk::DeskError;
use desk::reply::Then;
use domain::agreement::AgreementKind;
use domain::event::Fact;
use domain::id::PersonId;
use jiff::SignedDuration;
use testkit::TestDesk;
use testkit::post::Bag;

use crate::letters::{after_undo, answers, is_clean, letter, number, office};

fn token(raw: &str) -> String {
    let plain = raw.replace("=\r\n", "").replace("=3D", "=");
    let from = plain.find("/rating/").expect("a link") + "/rating/".len();
    plain[from..].chars().take_while(char::is_ascii_alphanumeric).collect()
}

fn rates(desk: &TestDesk, token: &str, rating: u8, words: &str) -> Result<(), DeskError> {
    let (token, words) = (token.to_owned(), words.to_owned());
    desk.desk.act_now(domain::event::Actor::Desk, move |act| desk::rate::run(act, &token, rating, &words))
}

fn rated(desk: &TestDesk, who: PersonId, ticket: i64) -> (Option<i64>, usize) {
    desk.with(who, ticket, |act, seen| {
        let sheet = store::sheet::inside(act.tx, &seen.read_inside().unwrap())?;
        let events = store::event::of_ticket(act.tx, seen.ticket)?;
        Ok((sheet.rating, events.iter().filter(|event| matches!(event.fact, Fact::Rated { .. })).count()))
    })
    .unwrap()
}

pub(crate) fn a_solved_ticket_asks_and_one_person_has_one_word(desk: &TestDesk) {
    let office = office(desk);
    desk.promises(AgreementKind::Sla, office.service, 8, desk.always());
    desk.set_up(|act| desk::base_url::set(act, &desk::entitled::ByDesk, "https://desk.example"));
    let mut bag = Bag::default();
    let mail =
        desk.receives(office.inbox, &letter("Anna <anna@example.net>", "one", "The lamp", "", "It hums."));
    let ticket = number(desk, mail.ticket);
    desk.sends(&mut bag);
    answers(desk, office.kim, ticket, "We look.", Then::Stay);
    bag.left.clear();
    after_undo(desk, &mut bag);
    assert!(!bag.left.pop().unwrap().raw.contains("/rating/"), "it is not solved");
    desk.with(office.kim, ticket, |act, seen| {
        desk::copies::add(act, seen.serve().unwrap(), "carl@example.net", None)
    })
    .unwrap();
    answers(desk, office.kim, ticket, "It is mended.", Then::Solve);
    after_undo(desk, &mut bag);
    let asked: Vec<bool> = bag.left.iter().map(|left| left.raw.contains("/rating/")).collect();
    let to_anna = bag.left.iter().position(|left| left.to == ["anna@example.net"]).unwrap();
    assert_eq!(asked.iter().filter(|asked| **asked).count(), 1, "the requester alone is asked");
    let raw = bag.left[to_anna].raw.clone();
    let token = token(&raw);
    let look = {
        let token = token.clone();
        move |desk: &TestDesk| {
            let token = token.clone();
            desk.desk.look_now(move |look| desk::rate::offered(look, &token))
        }
    };
    assert!(!look(desk).unwrap().again);
    assert_eq!(rated(desk, office.kim, ticket), (None, 0), "looking never votes");

    let derived = |desk: &TestDesk| {
        desk.with(office.kim, ticket, |act, seen| {
            let sheet = store::sheet::inside(act.tx, &seen.read_inside().unwrap())?;
            let clocks = store::clock::of_ticket(act.tx, seen.ticket)?;
            let sums = store::tally::all(act.tx)?;
            Ok(format!("{:?} {:?} {:?} {clocks:?} {sums:?}", sheet.state, sheet.solved_at, sheet.person))
        })
        .unwrap()
    };
    let before = derived(desk);
    rates(desk, &token, 2, "Slow.").unwrap();
    assert_eq!(rated(desk, office.kim, ticket), (Some(2), 1));
    rates(desk, &token, 2, "").unwrap();
    assert_eq!(rated(desk, office.kim, ticket), (Some(2), 1), "the same once more changes nothing");
    desk.wait(SignedDuration::from_hours(6 * 24));
    rates(desk, &token, 4, "").unwrap();
    assert_eq!(rated(desk, office.kim, ticket), (Some(4), 2), "the last word counts");
    assert_eq!(derived(desk), before, "neither custody nor clocks nor sums");
    desk.wait(SignedDuration::from_hours(2 * 24));
    assert!(
        matches!(rates(desk, &token, 5, "Late."), Err(DeskError::NotFound)),
        "a week after the first word"
    );
    is_clean(desk);
}

pub(crate) fn a_rating_needs_the_link_and_a_solution(desk: &TestDesk) {
    let office = office(desk);
    desk.set_up(|act| desk::base_url::set(act, &desk::entitled::ByDesk, "https://desk.example"));
    let mut bag = Bag::default();
    let mail =
        desk.receives(office.inbox, &letter("Anna <anna@example.net>", "one", "The lamp", "", "It hums."));
    let ticket = number(desk, mail.ticket);
    desk.sends(&mut bag);
    answers(desk, office.kim, ticket, "It is mended.", Then::Solve);
    bag.left.clear();
    after_undo(desk, &mut bag);
    let left = bag.left.pop().unwrap();
    let token = token(&left.raw);
    for forged in [
        token.replace(&token[5..6], if &token[5..6] == "a" { "b" } else { "a" }),
        token[1..].to_owned(),
        String::new(),
    ] {
        assert!(matches!(rates(desk, &forged, 5, ""), Err(DeskError::NotFound)), "{forged}");
    }
    // The mark of a mail is no ballot.
    let id = left.message.message_id.clone().unwrap();
    let mark = id.trim_start_matches('<').split('@').next().unwrap().to_owned();
    assert!(matches!(rates(desk, &mark, 5, ""), Err(DeskError::NotFound)));
    assert!(matches!(rates(desk, &token, 6, ""), Err(DeskError::Invalid { .. })));
    assert!(matches!(rates(desk, &token, 0, ""), Err(DeskError::Invalid { .. })));
    desk.receives(office.inbox, &left.answered("It hums again."));
    assert!(matches!(rates(desk, &token, 5, ""), Err(DeskError::NotFound)), "it goes on");
}
