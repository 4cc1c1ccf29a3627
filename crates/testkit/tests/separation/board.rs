//! What people are told at the desk: no word, no number and no line of what they may not read.

use std::collections::BTreeSet;

use testkit::TestDesk;

use crate::site::Site;
use crate::texts::{BO, EVA, HANA, HR, KIM, LEFT};
use crate::world::{Actor, World};

const PLACES: [&str; 3] = ["/notices", "/notices/latest", "/notices/bell"];

pub(crate) fn told(site: &Site, actor: &Actor) -> String {
    PLACES.map(|place| site.get(actor, place).body).concat()
}

/// What the bell says, in the words for those who cannot see it.
fn number(site: &Site, actor: &Actor) -> Option<String> {
    let body = site.get(actor, "/notices/bell").body;
    let words = body.split(" unread notice").next()?.rsplit('>').next()?.to_owned();
    body.contains("unread notice").then_some(words)
}

fn kept(desk: &TestDesk, actor: &Actor) -> i64 {
    let person = actor.person.unwrap();
    desk.set_up(move |act| Ok(store::notice::board::number(act.tx, person)?)).0
}

#[test]
fn a_board_holds_no_word_that_its_reader_may_not_read() {
    let world = World::new();
    let site = Site::new(&world);
    let mut held = BTreeSet::new();
    for actor in world.actors.iter().filter(|actor| actor.token.is_some()) {
        let words = told(&site, actor);
        for canary in world.canaries.iter().filter(|canary| words.contains(&canary.word)) {
            assert!(canary.for_whom.contains(&actor.name), "{} is told {}", actor.name, canary.name);
            held.insert(canary.name);
        }
    }
    assert!(held.len() > 1, "nobody was told anything: {held:?}");
}

#[test]
fn who_watches_or_is_named_is_told_by_right_and_names_are_offered_by_right() {
    let world = World::new();
    let site = Site::new(&world);
    let signed_in =
        || world.actors.iter().filter(|actor| actor.token.is_some() && ![HR, LEFT].contains(&actor.name));
    let before: Vec<_> = signed_in().map(|actor| number(&site, actor)).collect();
    let hr = world.actor(HR).person.unwrap();
    let named = "Kim, @Hana, @Bo, @Lea, @Lena, @Otis, @Amal and @Eva";
    let words = format!("For @{named}: {}", crate::canary::word("secret note"));
    let secret = world.number("secret");
    world.desk.notes(hr, secret, &words);
    world.desk.notifies();
    for (actor, before) in signed_in().zip(before) {
        let told = told(&site, actor);
        assert!(!told.contains(&crate::canary::word("secret subject")), "{} is told", actor.name);
        assert_eq!(number(&site, actor), before, "{}", actor.name);
        for part in ["names?q=h", "watchers"] {
            let answer = site.get(actor, &format!("/tickets/{secret}/{part}"));
            assert_eq!(answer.status, axum::http::StatusCode::NOT_FOUND, "{} asks for {part}", actor.name);
        }
    }
    let page = site.get(world.actor(HR), &format!("/tickets/{secret}")).body;
    assert!(page.contains("cannot see this ticket and was not told"), "the note says so to its author");
}

#[test]
fn an_answer_without_a_mail_is_told_to_its_requester_alone() {
    let world = World::new();
    let site = Site::new(&world);
    let says = |actor: &Actor| told(&site, actor).matches("You have a new answer").count();
    let signed_in = || world.actors.iter().filter(|actor| actor.token.is_some());
    // What could be taken back when the world began is out.
    world.desk.wait(jiff::SignedDuration::from_secs(60));
    world.desk.notifies();
    let before: Vec<_> = signed_in().map(says).collect();
    world.desk.replies(world.actor(HR).person.unwrap(), world.number("secret"), "Nobody else knows.");
    world.desk.wait(jiff::SignedDuration::from_secs(60));
    world.desk.notifies();
    for (actor, before) in signed_in().zip(before) {
        assert_eq!(says(actor) > before, actor.name == EVA, "{}", actor.name);
        assert!(!told(&site, actor).contains("Nobody else knows."), "{}", actor.name);
    }
}

#[test]
fn a_question_back_is_told_to_whoever_has_the_ticket_alone_and_not_a_word_of_it() {
    let world = World::new();
    let site = Site::new(&world);
    let external = world.number("external");
    let handoff: i64 = world.desk.set_up(move |act| {
        let sql = "select h.number from ticket h join ticket t on t.id = h.parent_id where t.number = $1";
        Ok(act.tx.query_one(sql, store::params![external], |row| row.get(0))?)
    });
    world.desk.replies(world.actor(BO).person.unwrap(), handoff, "Which of the two?");
    world.desk.wait(jiff::SignedDuration::from_secs(60));
    world.desk.notifies();
    for actor in world.actors.iter().filter(|actor| actor.token.is_some()) {
        let told = told(&site, actor);
        let is_told = told.contains("wrote on a hand-off for which your ticket waits");
        assert_eq!(is_told, actor.name == KIM, "{}", actor.name);
        let page = site.get(actor, &format!("/tickets/{external}")).body;
        for words in [told, page] {
            assert!(!words.contains("Which of the two?"), "{}", actor.name);
        }
    }
}

#[test]
fn what_becomes_hidden_leaves_the_board_its_number_and_the_panel_at_once() {
    let world = World::new();
    let site = Site::new(&world);
    let (kim, hana) = (world.actor(KIM).person.unwrap(), world.actor(HANA));
    let to = hana.person;
    let given = world.desk.with(kim, world.number("external"), move |act, seen| {
        desk::assign::to(act, seen.serve().unwrap(), to)
    });
    given.unwrap();
    world.desk.notifies();
    let before = told(&site, hana);
    assert!(before.contains(&crate::canary::word("external subject")), "{before}");
    assert_eq!(number(&site, hana), Some(kept(&world.desk, hana).to_string()));
    world.leaves_support(hana);
    let after = told(&site, hana);
    for canary in &world.canaries {
        assert!(!after.contains(&canary.word), "{} is still told", canary.name);
    }
    assert_eq!(number(&site, hana), None, "not even how many there were");
    world.desk.notifies();
    assert_eq!((number(&site, hana), kept(&world.desk, hana)), (None, 0));
}
