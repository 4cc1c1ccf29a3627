//! From one cursor to the next: nothing twice, nothing passed over, nothing without bounds.

use super::*;
use crate::egress::script::{Drop, Raw};

async fn batch_of(steps: Vec<Step>, limits: Limits, cursor: Cursor) -> (Source, Result<Batch, Trouble>) {
    let script = Script::play(vec![[opened(), steps].concat()]).await;
    let settings = Settings { limits, ..settings(&script) };
    let mut source = Source::connect(&egress(), &settings).await.unwrap();
    let batch = source.next_batch(cursor).await;
    (source, batch)
}

#[tokio::test]
async fn the_first_connection_begins_at_the_end_unless_history_is_asked_for() {
    let script = Script::play(vec![opened()]).await;
    let mut source = source(&script).await;
    assert_eq!(source.begin(Begin::AtEnd).await, Ok(at(9, 7)));
    assert_eq!(source.begin(Begin::WithHistory).await, Ok(at(9, 0)));
}

#[tokio::test]
async fn without_a_next_uid_the_end_is_looked_for() {
    let mut steps = opened();
    steps.remove(6);
    let script = Script::play(vec![[steps, finds("3 12 5")].concat()]).await;
    assert_eq!(source(&script).await.begin(Begin::AtEnd).await, Ok(at(9, 12)));
}

#[tokio::test]
async fn mails_come_with_their_bytes_and_dates_and_the_cursor_behind_them() {
    let steps =
        [finds("7 8"), measures(&[(7, 4), (8, 6)]), gives(&[(7, "a\r\nb"), (8, ")\r\nb)(")])].concat();
    let (_source, batch) = batch_of(steps, Limits::default(), at(9, 6)).await;
    let batch = batch.unwrap();
    assert_eq!((batch.cursor, batch.started_over, batch.more), (at(9, 8), false, false));
    assert_eq!(batch.mails[0].content, Content::Whole(b"a\r\nb".to_vec()));
    assert_eq!(batch.mails[1].content, Content::Whole(b")\r\nb)(".to_vec()));
    assert_eq!(batch.mails[0].internal_date, Some("2026-02-01T09:00:00Z".parse().unwrap()));
}

#[tokio::test]
async fn the_last_mail_is_not_fetched_again_though_the_server_names_it() {
    let (_source, batch) = batch_of(finds("7"), Limits::default(), at(9, 7)).await;
    let batch = batch.unwrap();
    assert_eq!((uids(&batch), batch.cursor), (vec![], at(9, 7)));
}

#[tokio::test]
async fn a_batch_is_bounded_by_count_and_by_bytes() {
    let first = [finds("7 8 9 10"), measures(&[(7, 4), (8, 4), (9, 4)]), gives(&[(7, "aaaa"), (8, "bbbb")])];
    let second = [measures(&[(9, 4), (10, 4)]), gives(&[(9, "cccc"), (10, "dddd")])];
    let steps = [first.concat(), second.concat()].concat();
    let limits = Limits { mails: 3, bytes: 8, mail: 100 };
    let (mut source, batch) = batch_of(steps, limits, at(9, 6)).await;
    let batch = batch.unwrap();
    assert_eq!((uids(&batch), batch.cursor, batch.more), (vec![7, 8], at(9, 8), true));
    let batch = source.next_batch(batch.cursor).await.unwrap();
    assert_eq!((uids(&batch), batch.cursor, batch.more), (vec![9, 10], at(9, 10), false));
}

#[tokio::test]
async fn a_mail_over_the_limit_is_reported_with_its_header_only() {
    let header = vec![
        Expect("UID FETCH 7 (UID BODY.PEEK[HEADER])"),
        say("* 1 FETCH (UID 7 BODY[HEADER] {10}\r\nFrom: a\r\n\r)"),
        say("{tag} OK"),
    ];
    let steps = [finds("7 8"), measures(&[(7, 1001), (8, 1)]), gives(&[(8, "a")]), header].concat();
    let (_source, batch) = batch_of(steps, Limits { mail: 1000, ..Limits::default() }, at(9, 6)).await;
    let batch = batch.unwrap();
    assert_eq!(batch.mails[0].content, Content::TooLarge { header: b"From: a\r\n\r".to_vec() });
    assert_eq!(batch.mails[0].size, 1001);
    assert_eq!(batch.mails[1].content, Content::Whole(b"a".to_vec()));
}

#[tokio::test]
async fn a_mail_that_is_larger_than_the_server_said_is_cut_at_its_header() {
    let body = format!("From: a\r\n\r\n{}", "x".repeat(5000));
    let steps = [finds("7 8"), measures(&[(7, 10), (8, 1)]), gives(&[(7, &body), (8, "b")])].concat();
    let (_source, batch) = batch_of(steps, Limits { mail: 1000, ..Limits::default() }, at(9, 6)).await;
    let batch = batch.unwrap();
    assert_eq!(batch.mails[0].content, Content::TooLarge { header: b"From: a\r\n\r\n".to_vec() });
    assert_eq!(batch.mails[1].content, Content::Whole(b"b".to_vec()));
}

#[tokio::test]
async fn sizes_that_lie_do_not_fill_the_memory_and_cost_no_mail() {
    let long = "x".repeat(60);
    let steps = [
        finds("7 8"),
        measures(&[(7, 1), (8, 1)]),
        // The second comes first and takes the room.
        gives(&[(8, &long), (7, &long)]),
        gives(&[(7, &long)]),
    ];
    let limits = Limits { mails: 50, bytes: 100, mail: 100 };
    let (_source, batch) = batch_of(steps.concat(), limits, at(9, 6)).await;
    let batch = batch.unwrap();
    assert_eq!(uids(&batch), [7, 8]);
    assert!(batch.mails.iter().all(|mail| mail.content == Content::Whole(long.clone().into_bytes())));
}

#[tokio::test]
async fn changed_uidvalidity_starts_over_and_says_so() {
    let steps = [opened_as(10), finds("1"), measures(&[(1, 1)]), gives(&[(1, "a")])].concat();
    let script = Script::play(vec![steps]).await;
    let batch = source(&script).await.next_batch(at(9, 500)).await.unwrap();
    assert!(batch.started_over);
    assert_eq!((uids(&batch), batch.cursor), (vec![1], at(10, 1)));
}

#[tokio::test]
async fn uidvalidity_that_changes_in_the_middle_gives_no_mail_under_a_wrong_number() {
    let renumbered = vec![say("* OK [UIDVALIDITY 11] sorry")];
    let steps = [finds("7"), renumbered, measures(&[(7, 1)]), gives(&[(7, "a")]), finds("")].concat();
    let (mut source, batch) = batch_of(steps, Limits::default(), at(9, 6)).await;
    assert_eq!(batch.err(), Some(Trouble::Renumbered));
    let batch = source.next_batch(at(9, 6)).await.unwrap();
    assert_eq!((batch.started_over, batch.cursor), (true, at(11, 0)));
}

#[tokio::test]
async fn mails_that_somebody_deleted_meanwhile_are_passed_over() {
    let gone = vec![say("* 1 EXPUNGE")];
    let steps = [
        finds("7 8 9 10"),
        gone,
        measures(&[(8, 1), (9, 1)]),
        // The ninth goes between the question for its size and the one for its body.
        gives(&[(8, "a")]),
        gives(&[]),
        finds(""),
    ];
    let (_source, batch) = batch_of(steps.concat(), Limits::default(), at(9, 6)).await;
    let batch = batch.unwrap();
    assert_eq!((uids(&batch), batch.cursor), (vec![8], at(9, 10)));
}

#[tokio::test]
async fn a_connection_lost_in_the_middle_of_a_mail_moves_no_cursor() {
    for cut in ["* 7 FETCH (UID 7 BODY[] {100}\r\nhalf", "* 7 FETCH (UID 7 BODY[] {1}\r\na)\r\n", ""] {
        let steps = [finds("7 8"), measures(&[(7, 100), (8, 1)]), vec![Expect("UID FETCH")]];
        let steps = [steps.concat(), vec![Raw(cut.as_bytes().to_vec()), Drop]].concat();
        let (_source, batch) = batch_of(steps, Limits::default(), at(9, 6)).await;
        assert_eq!(batch.err(), Some(Trouble::Egress(Failure::ConnectionLost)), "{cut:?}");
    }
}

#[tokio::test]
async fn a_goodbye_in_the_middle_is_a_reason_to_come_back() {
    let steps =
        [finds("7"), measures(&[(7, 1)]), vec![Expect("UID FETCH"), say("* BYE restarting")]].concat();
    let (_source, batch) = batch_of(steps, Limits::default(), at(9, 6)).await;
    assert_eq!(batch.err(), Some(Trouble::Egress(Failure::NotNow)));
}

#[tokio::test]
async fn a_mail_the_server_will_not_give_holds_up_the_others_three_times_and_no_more() {
    let refuses = || vec![Expect("UID FETCH"), say("{tag} NO server error")];
    let first = [finds("7 8"), measures(&[(7, 1), (8, 1)]), refuses(), refuses(), finds("7")].concat();
    let again = [measures(&[(7, 1), (8, 1)]), refuses(), refuses(), finds("7")].concat();
    let last = [gives(&[(8, "b")])].concat();
    let steps = [first, again.clone(), again, last].concat();
    let (mut source, batch) = batch_of(steps, Limits::default(), at(9, 6)).await;
    assert!(matches!(batch, Err(Trouble::Said(_))));
    assert!(matches!(source.next_batch(at(9, 6)).await, Err(Trouble::Said(_))));
    let batch = source.next_batch(at(9, 6)).await.unwrap();
    assert!(matches!(batch.mails[0].content, Content::Withheld { .. }));
    assert_eq!(batch.mails[1].content, Content::Whole(b"b".to_vec()));
    assert_eq!(batch.cursor, at(9, 8));
}

#[tokio::test]
async fn an_answer_without_end_is_given_up() {
    let endless = format!("* OK {}\r\n", "x".repeat(1 << 20)).repeat(70).into_bytes();
    let steps = [finds("7"), vec![Expect("UID FETCH"), Raw(endless)]].concat();
    let (_source, batch) = batch_of(steps, Limits::default(), at(9, 6)).await;
    let other = Failure::OtherProtocol(crate::egress::Protocol::Imap);
    assert_eq!(batch.err(), Some(Trouble::Egress(other)));
}

fn moving(script: &Script) -> Settings {
    Settings { after_fetch: AfterFetch::Move("Erledigt/Gelöscht".into()), ..settings(script) }
}

#[tokio::test]
async fn what_is_kept_is_moved_to_a_folder_that_is_made_if_need_be() {
    let mut steps = opened();
    steps[3] = Expect("SELECT \"INBOX\"");
    steps.extend([
        Expect("UID MOVE 7,8 \"Erledigt/Gel&APY-scht\""),
        say("{tag} NO [TRYCREATE] no such folder"),
        Expect("CREATE \"Erledigt/Gel&APY-scht\""),
        say("{tag} OK"),
        Expect("UID MOVE 7,8 "),
        say("{tag} OK"),
    ]);
    let script = Script::play(vec![steps]).await;
    let mut source = Source::connect(&egress(), &moving(&script)).await.unwrap();
    assert_eq!(source.put_away(9, &[7, 8]).await, Ok(()));
    assert_eq!(source.put_away(8, &[7, 8]).await, Err(Trouble::Renumbered));
}

#[tokio::test]
async fn without_move_only_our_own_mails_are_expunged() {
    let mut steps = opened();
    steps[2] = say("{tag} OK [CAPABILITY IMAP4rev1 UIDPLUS]");
    steps[3] = Expect("SELECT");
    let verbs = ["UID COPY 7 ", "UID STORE 7 +FLAGS.SILENT (\\Deleted)", "UID EXPUNGE 7"];
    steps.extend(verbs.iter().flat_map(|verb| [Expect(verb), say("{tag} OK")]));
    let script = Script::play(vec![steps]).await;
    let mut source = Source::connect(&egress(), &moving(&script)).await.unwrap();
    assert_eq!(source.put_away(9, &[7]).await, Ok(()));
}
