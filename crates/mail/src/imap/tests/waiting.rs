//! Waiting for mail, with IDLE and without.

use super::*;
use crate::egress::script::{Drop, Hang};

#[tokio::test]
async fn news_end_the_wait() {
    let idle = vec![
        Expect("IDLE"),
        say("+ idling"),
        say("* OK Still here"),
        say("* 3 EXISTS"),
        Step::Line("DONE"),
        say("a3 OK"),
    ];
    let script = Script::play(vec![[opened(), idle].concat()]).await;
    assert_eq!(source(&script).await.wait().await, Ok(Wake::News));
}

#[tokio::test]
async fn a_server_that_only_keeps_the_line_warm_is_asked_anew() {
    let warm =
        vec![Expect("IDLE"), say("+ idling"), say("* OK Still here"), say("* 1 EXPUNGE"), say("* 1 EXISTS")];
    let done = vec![Step::Line("DONE"), say("a3 OK")];
    let again = vec![Expect("IDLE"), say("+ idling"), say("* 2 EXISTS"), Step::Line("DONE"), say("a4 OK")];
    let script = Script::play(vec![[opened(), warm, done, again].concat()]).await;
    let mut source = source(&script).await;
    assert_eq!(source.wait().await, Ok(Wake::Quiet));
    assert_eq!(source.wait().await, Ok(Wake::News));
}

#[tokio::test]
async fn f8_a_dead_connection_is_noticed_when_the_idle_is_begun_anew() {
    let script = Script::play(vec![[opened(), vec![Expect("IDLE"), say("+ idling"), Hang]].concat()]).await;
    let mut egress = egress();
    egress.patience.answer = Duration::from_secs(1);
    let mut source = Source::connect(&egress, &settings(&script)).await.unwrap();
    assert_eq!(source.wait().await, Err(Trouble::Egress(Failure::TimedOut)));
}

#[tokio::test]
async fn goodbyes_and_lost_connections_end_the_wait() {
    for (last, failure) in [(say("* BYE maintenance"), Failure::NotNow), (Drop, Failure::ConnectionLost)] {
        let idle = vec![Expect("IDLE"), say("+ idling"), last];
        let script = Script::play(vec![[opened(), idle].concat()]).await;
        assert_eq!(source(&script).await.wait().await, Err(Trouble::Egress(failure)));
    }
}

#[tokio::test]
async fn without_idle_the_server_is_asked_from_time_to_time() {
    let mut steps = opened();
    steps[2] = say("{tag} OK [CAPABILITY IMAP4rev1]");
    steps.extend([Expect("NOOP"), say("{tag} OK"), Expect("NOOP"), say("* 3 EXISTS"), say("{tag} OK")]);
    let script = Script::play(vec![steps]).await;
    let mut source = source(&script).await;
    assert_eq!(source.wait().await, Ok(Wake::Quiet));
    assert_eq!(source.wait().await, Ok(Wake::News));
}

#[tokio::test]
async fn an_idle_that_is_refused_is_not_asked_for_again() {
    let refused = vec![Expect("IDLE"), say("{tag} NO not today"), Expect("NOOP"), say("{tag} OK")];
    let script =
        Script::play(vec![[opened(), refused, vec![Expect("NOOP"), say("{tag} OK")]].concat()]).await;
    let mut source = source(&script).await;
    assert_eq!(source.wait().await, Ok(Wake::Quiet));
    assert_eq!(source.wait().await, Ok(Wake::Quiet));
}

#[tokio::test]
async fn what_came_while_we_fetched_is_not_slept_through() {
    let steps = [finds("7"), measures(&[(7, 1)]), vec![say("* 3 EXISTS")], gives(&[(7, "a")])].concat();
    let script = Script::play(vec![[opened(), steps].concat()]).await;
    let mut source = source(&script).await;
    source.next_batch(at(9, 6)).await.unwrap();
    assert_eq!(source.wait().await, Ok(Wake::News));
}

#[tokio::test]
async fn a_wait_that_was_dropped_leaves_nothing_that_could_be_mistaken() {
    let script = Script::play(vec![[opened(), vec![Expect("IDLE"), say("+ idling"), Hang]].concat()]).await;
    let mut source = source(&script).await;
    let dropped = tokio::time::timeout(Duration::from_millis(50), source.wait()).await;
    assert!(dropped.is_err());
    assert_eq!(source.next_batch(at(9, 6)).await.err(), Some(Trouble::Egress(Failure::ConnectionLost)));
}
