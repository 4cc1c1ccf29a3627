//! A test mail goes out to the inbox itself, and how far it came can be said.

use domain::id::MailId;
use store::mail::{Became, Kept, Source, State};
use store::outgoing;

use super::*;
use crate::inboxes::{Outgoing, Round};

fn inbox(desk: &Desk, sends: bool) -> InboxId {
    let server = server("smtp.example.org").server;
    let input = Input { outgoing: sends.then_some(Outgoing { server }), ..input(desk) };
    set_up(desk, move |act| crate::inboxes::create(act, &ByDesk, &input)).unwrap()
}

fn sends(desk: &Desk, inbox: InboxId) -> Result<domain::id::OutgoingId, DeskError> {
    set_up(desk, move |act| crate::inboxes::send_test(act, &ByDesk, inbox, "A test", "Hello"))
}

fn last(desk: &Desk, inbox: InboxId) -> Option<Round> {
    let viewer = viewer(domain::id::PersonId(1), true);
    desk.look_now(move |look| crate::inboxes::last_test(look, &viewer, inbox)).unwrap()
}

#[test]
fn it_is_one_mail_to_the_inbox_itself_and_the_next_one_waits_for_it() {
    let desk = desk();
    let here = inbox(&desk, true);
    assert_eq!(last(&desk, here), None);
    let id = sends(&desk, here).unwrap();
    let wanted = set_up(&desk, move |act| Ok(outgoing::by_id(act.tx, id)?.unwrap())).unwrap();
    assert_eq!((wanted.recipient.as_str(), wanted.kind), ("help@example.org", outgoing::Kind::Test));
    assert!(sends(&desk, here).unwrap_err().to_string().contains("on its way"));
    desk.clock.advance(jiff::SignedDuration::from_mins(1));
    sends(&desk, here).unwrap();
    let mute = desk_with_mute();
    assert!(sends(&mute.0, mute.1).unwrap_err().to_string().contains("by which server"));
}

fn desk_with_mute() -> (Desk, InboxId) {
    let desk = desk();
    let inbox = inbox(&desk, false);
    (desk, inbox)
}

#[test]
fn how_far_it_came_is_read_from_what_left_and_what_came_in() {
    let desk = desk();
    let here = inbox(&desk, true);
    let id = sends(&desk, here).unwrap();
    let now = desk.clock.now();
    assert_eq!(last(&desk, here), Some(Round::Waiting { since: now, answer: None }));
    let ends = |state, answer: &'static str| {
        set_up(&desk, move |act| {
            let mail = outgoing::by_id(act.tx, id)?.unwrap();
            assert!(outgoing::ended(act.tx, &mail, state, act.now, answer)?);
            Ok(mail.internet_id)
        })
        .unwrap()
    };
    ends(outgoing::State::Failed, "550 no");
    assert_eq!(last(&desk, here), Some(Round::Failed { at: now, answer: Some("550 no".to_owned()) }));
    let internet_id = ends(outgoing::State::Sent, "250 ok");
    assert_eq!(last(&desk, here), Some(Round::Sent { at: now }));
    let bare = internet_id.trim_matches(['<', '>']).to_owned();
    comes_in(&desk, here, bare);
    assert_eq!(last(&desk, here), Some(Round::Back { sent_at: now, at: now }));
}

fn comes_in(desk: &Desk, inbox: InboxId, message_id: String) {
    set_up(desk, move |act| {
        let kept = Kept {
            id: MailId(act.new_id()),
            inbox,
            content: [7; 32],
            arrived_at: act.now,
            source: Source::Imap,
            silent: false,
            envelope_from: None,
            envelope_to: None,
            size: 1,
            raw: None,
            until_at: None,
        };
        store::mail::keep(act.tx, &kept)?;
        let became = Became {
            state: State::Done,
            message_id: Some(&message_id),
            from_address: None,
            from_name: None,
            subject: None,
            ticket: None,
            hint: None,
            code: None,
            detail: None,
            until_at: None,
        };
        Ok(store::mail::became(act.tx, kept.id, &became)?)
    })
    .unwrap();
}
