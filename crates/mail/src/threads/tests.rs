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

#[test]
fn in_4_what_outlook_calls_a_conversation_joins_messages_without_ids() {
    let root = [1, 0xd1, 2, 3, 4, 5].into_iter().chain(10..26).collect::<Vec<u8>>();
    let index = |bytes: &[u8]| {
        let letters = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        let sextets = bytes.chunks(3).flat_map(|group| {
            let bits =
                (0..3).fold(0_u32, |bits, at| bits << 8 | u32::from(group.get(at).copied().unwrap_or(0)));
            (0..=group.len()).map(move |at| letters[(bits >> (18 - 6 * at) & 63) as usize])
        });
        String::from_utf8(sextets.collect()).unwrap()
    };
    let mail =
        |id: &str, bytes: &[u8]| format!("Message-ID: {id}\r\nThread-Index: {}\r\n\r\nx", index(bytes));
    let answer = [root.as_slice(), &[1, 2, 3, 4, 5]].concat();
    let other = root.iter().map(|byte| byte ^ 1).collect::<Vec<u8>>();
    let cut = &root[..20];
    let all =
        [mail("<a>", &root), mail("<b>", &answer), mail("<c>", &other), mail("<d>", cut), mail("<e>", cut)];
    assert_eq!(threads(&all), [vec!["<a>", "<b>"], vec!["<c>"], vec!["<d>"], vec!["<e>"]]);
}

#[test]
fn in_4_an_address_in_a_sentence_is_no_message() {
    let old = |id: &str, of: &str| {
        format!("Message-ID: {id}\r\nIn-Reply-To: Your message of \"{of}\" <kim@example.org>\r\n\r\nx")
    };
    assert_eq!(threads(&[old("<a>", "Monday"), old("<b>", "Friday")]).len(), 2);
    let named = "Message-ID: <c>\r\nIn-Reply-To: Message from Kim <kim@example.org> of Monday <17.x@example.org>\r\n\r\nx".to_owned();
    assert_eq!(threads(&[mail("<17.x@example.org>", "", &[]), named]).len(), 1);
}

proptest! {
    #[test]
    fn in_4_any_order_of_references_keeps_a_thread_together(order in Just(["<a>", "<b>", "<c>"]).prop_shuffle(), mails in Just([0, 1, 2, 3]).prop_shuffle()) {
        let all = [mail("<a>", "", &[]), mail("<b>", "<a>", &["<a>"]), mail("<c>", "", &["<b>", "<a>"]), mail("<d>", "", &order)];
        let shuffled: Vec<String> = mails.iter().map(|i| all[*i].clone()).collect();
        prop_assert_eq!(threads(&shuffled).len(), 1);
    }
}
