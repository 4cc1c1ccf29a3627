use proptest::prelude::*;

use super::Set;
use crate::Limits;

fn threads(mails: &[String]) -> Vec<Vec<String>> {
    let mut set = Set::default();
    for mail in mails {
        set.add(mail.as_bytes(), &Limits::default());
    }
    set.threads()
}

fn mail(id: &str, answers: &str, names: &[&str]) -> String {
    let names = names.join(" ");
    format!("Message-ID: {id}\r\nIn-Reply-To: {answers}\r\nReferences: {names}\r\nSubject: the same\r\n\r\nx")
}

#[test]
fn in_4_messages_join_by_what_they_answer_and_never_by_subject() {
    let all = [
        mail("<a>", "", &[]),
        mail("<b>", "<a>", &["<a>"]),
        mail("<c>", "", &["<a>", "<b>"]),
        mail("<d>", "", &[]),
    ];
    assert_eq!(threads(&all), [vec!["<a>", "<b>", "<c>"], vec!["<d>"]]);
}

#[test]
fn in_4_two_answers_to_a_message_that_is_not_there_belong_together() {
    let all = [mail("<b>", "<a>", &["<a>"]), mail("<c>", "<a>", &["<a>"])];
    assert_eq!(threads(&all).len(), 1);
}

#[test]
fn in_4_siblings_that_share_any_id_of_what_is_missing_belong_together() {
    let all =
        [mail("<c>", "<b>", &["<a>", "<b>"]), mail("<d>", "<b>", &["<b>"]), mail("<e>", "<x>", &["<x>"])];
    assert_eq!(threads(&all), [vec!["<c>", "<d>"], vec!["<e>"]]);
}

#[test]
fn in_4_references_are_read_with_commas_folds_and_without_blanks() {
    let answer = "Message-ID: <d>\r\nReferences: <a>,<b>\r\n\t<c><x@y>\r\n\r\nx".to_owned();
    for id in ["<a>", "<b>", "<c>", "<x@y>"] {
        assert_eq!(threads(&[mail(id, "", &[]), answer.clone()]).len(), 1, "{id}");
    }
}

#[test]
fn a_message_without_an_id_has_a_stable_one() {
    let mail = "Subject: x\r\n\r\nno id".to_owned();
    let one = threads(std::slice::from_ref(&mail));
    assert_eq!(one, threads(&[mail]));
    assert!(one[0][0].ends_with("@without.id>"));
}

proptest! {
    #[test]
    fn in_4_any_order_of_references_keeps_a_thread_together(order in Just(["<a>", "<b>", "<c>"]).prop_shuffle(), mails in Just([0, 1, 2, 3]).prop_shuffle()) {
        let all = [mail("<a>", "", &[]), mail("<b>", "<a>", &["<a>"]), mail("<c>", "", &["<b>", "<a>"]), mail("<d>", "", &order)];
        let shuffled: Vec<String> = mails.iter().map(|i| all[*i].clone()).collect();
        prop_assert_eq!(threads(&shuffled).len(), 1);
    }
}
