//! Who may come in, for how long, and how often somebody may try.

use std::net::IpAddr;

use domain::event::Actor;
use domain::id::PersonId;
use jiff::SignedDuration;
use store::{Db, WallClock};

use super::{IDLE, LONGEST, SignInError, SignedIn, change_password, keep, sign_in, sign_out, viewer_of};
use crate::password::{Check, check, renew};
use crate::{ByDesk, Desk};

const PASSWORD: &str = "correct horse staple";

fn desk() -> (Desk, PersonId) {
    let db = Db::open("sqlite::memory:", store::migrations::ALL).unwrap();
    let clock = WallClock::fixed("2026-03-02T09:00:00Z".parse().unwrap());
    let desk = Desk::with_ids(db, clock, store::id::Ids::of_node(1));
    let hash = renew(PASSWORD);
    let person = desk
        .act_now(Actor::Desk, move |act| {
            let input = crate::people::Input {
                email: Some("ada@example.org".into()),
                ..crate::people::Input::named("Ada Berg")
            };
            let person = crate::people::create(act, &ByDesk, &input, &[])?;
            crate::people::set_password(act, &ByDesk, person, &hash)?;
            Ok(person)
        })
        .unwrap();
    (desk, person)
}

fn peer() -> IpAddr {
    "192.0.2.7".parse().unwrap()
}

fn run<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .unwrap()
        .block_on(future)
}

fn attempt(desk: &Desk, email: &str, password: &str) -> Result<SignedIn, SignInError> {
    run(sign_in(desk, email, password, peer()))
}

fn is_in(desk: &Desk, token: &str) -> bool {
    let token = token.to_owned();
    desk.look_now(move |look| viewer_of(look, &token)).unwrap().is_some()
}

#[test]
fn the_right_password_opens_a_session_and_signing_out_ends_it() {
    let (desk, person) = desk();
    let first = attempt(&desk, " Ada@Example.org ", PASSWORD).unwrap();
    let second = attempt(&desk, "ada@example.org", PASSWORD).unwrap();
    assert_eq!(first.person, person);
    assert_ne!(first.token, second.token);
    assert_eq!(first.token.len(), 64);
    assert!(is_in(&desk, &first.token));
    let token = first.token.clone();
    desk.act_now(Actor::Person(person), move |act| sign_out(act, &token)).unwrap();
    assert!(!is_in(&desk, &first.token) && is_in(&desk, &second.token));
}

#[test]
fn unknown_wrong_and_shut_out_are_answered_alike() {
    let (desk, person) = desk();
    let answer = |email: &str, password: &str| attempt(&desk, email, password).err().unwrap().to_string();
    let wrong = answer("ada@example.org", "something else entirely");
    assert_eq!(answer("nobody@example.org", PASSWORD), wrong);
    assert_eq!(answer("not an address", PASSWORD), wrong);
    assert_eq!(answer("ada@example.org", &"x".repeat(5_000)), wrong);
    let token = attempt(&desk, "ada@example.org", PASSWORD).unwrap().token;
    desk.act_now(Actor::Desk, move |act| crate::people::disable(act, &ByDesk, person)).unwrap();
    assert_eq!(answer("ada@example.org", PASSWORD), wrong);
    assert!(!is_in(&desk, &token));
}

#[test]
fn nobody_is_hashed_with_the_parameters_of_everybody() {
    assert!(argon2::password_hash::phc::PasswordHash::new(super::NOBODY).is_ok());
    let start = std::time::Instant::now();
    assert_eq!(check(PASSWORD, super::NOBODY), Check::Wrong);
    assert!(start.elapsed().as_millis() > 5, "it was really hashed");
}

#[test]
fn many_attempts_at_once_are_not_more_than_the_limit() {
    let (desk, _) = desk();
    let answers = run(async {
        let attempts: Vec<_> = (0..40)
            .map(|_| {
                let desk = desk.clone();
                tokio::spawn(async move { sign_in(&desk, "ada@example.org", "wrong password", peer()).await })
            })
            .collect();
        let mut answers = Vec::new();
        for attempt in attempts {
            answers.push(attempt.await.unwrap().err().unwrap());
        }
        answers
    });
    let hashed = answers.iter().filter(|answer| matches!(answer, SignInError::Wrong)).count();
    let refused = answers.iter().filter(|answer| matches!(answer, SignInError::TooMany { .. })).count();
    assert_eq!((hashed, refused), (10, 30));
    assert!(matches!(attempt(&desk, "ada@example.org", PASSWORD), Err(SignInError::TooMany { .. })));
    desk.clock.advance(SignedDuration::from_secs(61));
    attempt(&desk, "ada@example.org", PASSWORD).unwrap();
}

#[test]
fn a_session_slides_while_it_is_used_but_not_for_ever() {
    let (desk, person) = desk();
    let token = attempt(&desk, "ada@example.org", PASSWORD).unwrap().token;
    let used = |desk: &Desk| {
        let token = token.clone();
        desk.act_now(Actor::Person(person), move |act| keep(act, &token)).unwrap();
    };
    let mut passed = SignedDuration::ZERO;
    let step = IDLE - SignedDuration::from_hours(1);
    while passed + step < LONGEST {
        desk.clock.advance(step);
        passed += step;
        assert!(is_in(&desk, &token), "after {passed}");
        used(&desk);
    }
    desk.clock.advance(step);
    assert!(!is_in(&desk, &token));
    let idle = attempt(&desk, "ada@example.org", PASSWORD).unwrap().token;
    desk.clock.advance(IDLE);
    assert!(!is_in(&desk, &idle));
}

#[test]
fn another_password_ends_the_other_sessions_only() {
    let (desk, person) = desk();
    let here = attempt(&desk, "ada@example.org", PASSWORD).unwrap().token;
    let there = attempt(&desk, "ada@example.org", PASSWORD).unwrap().token;
    let viewer = desk.look_now(move |look| Ok(store::access::viewer(look.tx, person)?.unwrap())).unwrap();
    let change = |current: &str, new: &str| run(change_password(&desk, &viewer, &here, current, new, peer()));
    assert!(change("wrong password", "quite another phrase").is_err());
    assert!(change(PASSWORD, "short").is_err());
    change(PASSWORD, "quite another phrase").unwrap();
    assert!(is_in(&desk, &here) && !is_in(&desk, &there));
    assert!(attempt(&desk, "ada@example.org", PASSWORD).is_err());
    attempt(&desk, "ada@example.org", "quite another phrase").unwrap();
}

#[test]
fn a_password_kept_with_older_parameters_is_kept_anew() {
    let (desk, person) = desk();
    let weak = argon2::Argon2::from(argon2::Params::new(64, 1, 1, None).unwrap());
    let weak = argon2::PasswordHasher::hash_password(&weak, PASSWORD.as_bytes()).unwrap().to_string();
    desk.act_now(Actor::Desk, move |act| Ok(store::person::set_password(act.tx, person, Some(&weak))?))
        .unwrap();
    attempt(&desk, "ada@example.org", PASSWORD).unwrap();
    let kept = desk.look_now(move |look| Ok(store::person::password(look.tx, person)?)).unwrap().unwrap();
    assert!(kept.contains("m=19456"), "{kept}");
    attempt(&desk, "ada@example.org", PASSWORD).unwrap();
}
