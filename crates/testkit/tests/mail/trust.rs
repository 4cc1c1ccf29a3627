//! Who is believed: an address is no identity, a header grants nothing, and a check is asked once.

use desk::DeskError;
use desk::inboxes::Input;
use desk::receive_mail::{self, Raw};
use desk::reply::{Answered, Then};
use domain::event::{Actor, Side};
use domain::id::InboxId;
use mail::authentic::Check;
use store::mail::{Mail, Peer, Source, State};
use testkit::TestDesk;
use testkit::letters::alone;
use testkit::post::{Bag, Left};
use testkit::senders::Vouching;

use crate::letters::{Office, after_undo, answers, is_clean, letter, number, office, said_on};
use crate::ticket_trick::whose;

const SIGNED: &str = "DKIM-Signature: v=1; a=rsa-sha256; d=example.org\r\n";

fn opened(desk: &TestDesk, office: &Office) -> i64 {
    let first = letter("anna@example.net", "one", "The lamp", "", "It flickers.");
    number(desk, desk.receives(office.inbox, &first).ticket)
}

fn reply<'a>(bag: &'a Bag, words: &str, to: &str) -> &'a Left {
    bag.left.iter().find(|left| left.raw.contains(words) && left.to == [to]).expect("a reply to them")
}

fn copied(desk: &TestDesk, office: &Office, number: i64, address: &'static str) {
    desk.with(office.kim, number, move |act, seen| {
        desk::copies::add(act, seen.serve().ok_or(DeskError::NotAllowed)?, address, None)
    })
    .unwrap();
}

fn changes(desk: &TestDesk, inbox: InboxId, change: impl FnOnce(&mut Input) + Send + 'static) {
    desk.set_up(move |act| {
        let mut look = desk::Look { tx: &mut *act.tx, now: act.now, catalogue: act.catalogue.clone() };
        let mut input = Input::of(&mut look, inbox)?;
        change(&mut input);
        desk::inboxes::change(act, &desk::ByDesk, inbox, &input)
    });
}

/// M1, R7: whoever writes in the requester's name with somebody in copy gives them nothing, whatever the
/// checks say.
pub(crate) fn m1_somebody_in_copy_gets_nothing_whatever_the_checks_say(desk: &TestDesk) {
    let office = office(desk);
    changes(desk, office.inbox, |input| input.authority = Some("mx.example.org".to_owned()));
    let ticket = opened(desk, &office);
    let mut bag = Bag::default();
    let received = "Received: from x by mx.example.org; Mon, 1 Jan 2024 00:00:00 +0000\r\n";
    for (turn, said) in [
        "dmarc=fail header.from=example.net",
        "dmarc=none",
        "dmarc=pass header.from=evil.example",
        "spf=pass; dkim=pass",
    ]
    .into_iter()
    .enumerate()
    {
        let header =
            format!("Authentication-Results: mx.example.org; {said}\r\n{received}Cc: eve@evil.example\r\n");
        let forged =
            letter("anna@example.net", &format!("f{turn}"), &format!("Hi [#{ticket}]"), &header, "Cc me.");
        desk.receives(office.inbox, &forged);
        answers(desk, office.kim, ticket, "For you alone.", Then::Stay);
        after_undo(desk, &mut bag);
    }
    let told = bag.left.iter().filter(|left| left.raw.contains("For you alone.")).count();
    assert!(told >= 4, "{told} answers left");
    assert!(bag.left.iter().all(|left| left.to == ["anna@example.net"] && !left.raw.contains("eve@")));
    assert_eq!(whose(desk, "eve@evil.example"), None, "nobody became of it");
}

/// M5: what lets somebody act goes to them alone, and one mail has one recipient.
pub(crate) fn m5_every_mail_and_every_address_of_ours_is_for_one_person(desk: &TestDesk) {
    let office = office(desk);
    desk.set_up(|act| desk::base_url::set(act, &desk::ByDesk, "https://desk.example.org"));
    let ticket = opened(desk, &office);
    copied(desk, &office, ticket, "bob@example.com");
    let mut bag = Bag::default();
    answers(desk, office.kim, ticket, "For both of you.", Then::Solve);
    after_undo(desk, &mut bag);
    desk.notifies();
    after_undo(desk, &mut bag);
    assert!(bag.left.iter().all(|left| left.to.len() == 1), "nobody is told who else was written to");
    let mut ways_back: Vec<String> = bag
        .left
        .iter()
        .flat_map(|left| left.message.reply_to.iter())
        .map(|reply_to| reply_to.address.key().to_owned())
        .collect();
    let all = ways_back.len();
    ways_back.sort();
    ways_back.dedup();
    assert!(all >= 3 && ways_back.len() == all, "no way back is given twice: {ways_back:?}");
    for left in &bag.left {
        for link in left.raw.split("https://desk.example.org").skip(1) {
            let path: String =
                link.chars().take_while(|c| !c.is_whitespace() && !"\"<>)".contains(*c)).collect();
            let secret = path.split('/').any(|piece| piece.len() >= 16);
            // How it went is asked of the requester alone, and their link is good for nothing else.
            let own = path.starts_with("/rating/") && left.to == ["anna@example.net"];
            let known = own || path.starts_with("/unsubscribe/");
            assert!(!secret || known, "{path} would let its reader in: {:?}", left.to);
        }
    }
    // Hers in his hands proves nothing, and a machine that quotes it is told nothing.
    let hers = reply(&bag, "For both of you", "anna@example.net").clone();
    let quoted = hers.answered(&format!("I am away.\r\n\r\n> {}", hers.message.reply_to[0].address));
    let quoted = quoted
        .replace("From: anna@example.net", "From: bob@example.com")
        .replace("Subject:", "Auto-Submitted: auto-replied\r\nSubject:");
    assert_eq!(desk.receives(office.inbox, &quoted).state, State::Stranger);
    let before = bag.left.len();
    after_undo(desk, &mut bag);
    assert_eq!(bag.left.len(), before);
}

/// M6: forged references are nobody's word, and an agent needs the mark and the word of their domain.
pub(crate) fn m6_an_agent_is_believed_only_with_the_mark_and_the_word_of_their_domain(desk: &TestDesk) {
    let vouching = Vouching::says(Check::None, Check::None);
    let desk = desk.checked_by(&vouching);
    let office = office(&desk);
    let ticket = opened(&desk, &office);
    copied(&desk, &office, ticket, "kim@example.org");
    let mut bag = Bag::default();
    answers(&desk, office.kim, ticket, "A first answer.", Then::Stay);
    after_undo(&desk, &mut bag);
    let to_kim = reply(&bag, "A first answer", "kim@example.org").clone();
    let to_anna = reply(&bag, "A first answer", "anna@example.net").clone();
    let id = to_kim.message.message_id.clone().unwrap();
    let said = said_on(&desk, ticket).len();
    let mail = |name: &str, reference: &str, header: &str, words: &str| {
        let more = format!("In-Reply-To: {reference}\r\nReferences: {reference}\r\n{header}");
        letter("kim@example.org", name, "Re: The lamp", &more, words)
    };
    let longer = id.replace('<', "<a");
    let shorter = format!("<{}", &id[3..]);
    let hers = to_anna.message.message_id.clone().unwrap();
    let numbered = format!("<reply-{ticket}-kim@example.org>");
    vouching.now_says(Check::Pass, Check::Pass);
    for (turn, forged) in [longer, shorter, hers, numbered, "<one@example.net>".to_owned()].iter().enumerate()
    {
        let kept = desk.receives(office.inbox, &mail(&format!("g{turn}"), forged, SIGNED, "Send money."));
        let joined =
            kept.state == State::Done && kept.ticket.is_some() && number(&desk, kept.ticket) == ticket;
        assert!(!joined, "{forged}: {kept:?}");
        assert_eq!(said_on(&desk, ticket).len(), said, "{forged}");
    }
    vouching.now_says(Check::Fail, Check::Unknown);
    let unproven = desk.receives(office.inbox, &mail("u", &id, SIGNED, "Send money."));
    assert_eq!(unproven.code.as_deref(), Some("unauthenticated"), "the mark alone is not enough");
    vouching.now_says(Check::Pass, Check::Pass);
    let proven = desk.receives(office.inbox, &mail("p", &id, SIGNED, "By mail, from Kim."));
    assert_eq!(proven.state, State::Done, "{proven:?}");
    assert_eq!(
        said_on(&desk, ticket).last().unwrap(),
        &(Side::Serving, false, "By mail, from Kim.".to_owned())
    );
    is_clean(&desk);
}

/// M9: who wrote stands in From; Reply-To says nothing about it.
pub(crate) fn m9_reply_to_makes_nobody_somebody_else(desk: &TestDesk) {
    let office = office(desk);
    let ticket = opened(desk, &office);
    let back = "In-Reply-To: <one@example.net>\r\nReply-To: ";
    let customer =
        letter("anna@example.net", "a", "Re: The lamp", &format!("{back}kim@example.org\r\n"), "As Kim?");
    assert_eq!(desk.receives(office.inbox, &customer).state, State::Done);
    assert_eq!(said_on(desk, ticket).last().unwrap().0, Side::Requesting, "hers, and not the agent's");
    let agent =
        letter("kim@example.org", "k", "Re: The lamp", &format!("{back}anna@example.net\r\n"), "As Anna?");
    assert_eq!(desk.receives(office.inbox, &agent).code.as_deref(), Some("unauthenticated"));
    let eve =
        letter("eve@evil.example", "e", "Re: The lamp", &format!("{back}anna@example.net\r\n"), "As Anna?");
    assert_eq!(desk.receives(office.inbox, &eve).state, State::Stranger);
}

/// M10: fields by which this desk or another one steers itself do nothing when they come from outside.
pub(crate) fn m10_control_fields_from_outside_do_nothing_and_go_nowhere(desk: &TestDesk) {
    let office = office(desk);
    let fields = "X-Throughline-Loop: 0\r\nX-Throughline-Ticket: 1\r\nX-Throughline-Agent: kim@example.org\r\n\
                  RT-Send-Cc: eve@evil.example\r\nRT-Send-Bcc: eve@evil.example\r\nX-RT-Sign: 1\r\nRT-Squelch-Replies-To: all\r\n\
                  X-Zammad-Ticket-Owner: kim@example.org\r\nX-OTRS-Queue: Secret\r\nX-On-Behalf-Of: kim@example.org\r\n\
                  Authentication-Results: mx.example.org; dkim=pass; dmarc=pass header.from=example.net\r\n\
                  Bcc: eve@evil.example\r\nResent-To: eve@evil.example\r\nDisposition-Notification-To: eve@evil.example\r\n\
                  Return-Receipt-To: eve@evil.example\r\nErrors-To: eve@evil.example\r\n";
    let mail = desk.receives(office.inbox, &letter("anna@example.net", "one", "The lamp", fields, "Dark."));
    assert_eq!(mail.state, State::Done);
    let ticket = number(desk, mail.ticket);
    let carried =
        desk.with(office.kim, ticket, |act, seen| Ok(store::mail::carried(act.tx, &seen.read())?)).unwrap();
    assert!(!carried[0].0.proven, "nobody was told to believe that server");
    let mut bag = Bag::default();
    answers(desk, office.kim, ticket, "We look.", Then::Solve);
    after_undo(desk, &mut bag);
    desk.notifies();
    after_undo(desk, &mut bag);
    assert!(bag.left.len() >= 2);
    for left in &bag.left {
        assert_eq!(left.to, ["anna@example.net"]);
        for word in
            ["eve@", "RT-", "X-RT", "Zammad", "OTRS", "On-Behalf", "Authentication-Results", "Receipt"]
        {
            assert!(!left.raw.contains(word), "{word}: {}", left.raw);
        }
    }
    assert_eq!(whose(desk, "eve@evil.example"), None);
}

/// M11: a mail is checked once, before it is placed; the answer is kept with it.
pub(crate) fn m11_a_sender_is_checked_once_and_what_was_found_is_kept(desk: &TestDesk) {
    let vouching = Vouching::says(Check::Fail, Check::Fail);
    let desk = desk.checked_by(&vouching);
    let office = office(&desk);
    desk.customer("Anna");
    let mail = letter("anna@example.org", "one", "The lamp", SIGNED, "Dark.");
    let held = desk.receives(office.inbox, &mail);
    assert_eq!(held.code.as_deref(), Some("unauthenticated"), "her domain says that it is not hers");
    let found = held.found.expect("what was found");
    assert_eq!((found.dkim, found.dmarc), (store::mail::Check::Fail, store::mail::Check::Fail));
    let id = held.id;
    desk.set_up(move |act| desk::suspended::release(act, &desk::ByDesk, id));
    alone(&desk.desk, async |desk| {
        receive_mail::work_off(desk).await.unwrap();
    });
    let placed = desk.desk.look_now(move |look| Ok(store::mail::by_id(look.tx, id)?.unwrap())).unwrap();
    assert_eq!((placed.state, vouching.asked()), (State::Done, 1), "nobody is asked a second time");
    let unsigned = desk.receives(office.inbox, &letter("bob@example.net", "two", "Hi", "", "Hi."));
    assert_eq!((unsigned.found, vouching.asked()), (None, 1), "there is nothing to look at");
    changes(&desk, office.inbox, |input| input.checks = false);
    let unasked = desk.receives(office.inbox, &letter("bob@example.net", "three", "Hi", SIGNED, "Hi."));
    assert_eq!((unasked.found, vouching.asked()), (None, 1), "this inbox does not want it");
}

/// M11: when name servers do not answer nothing is known, the mail is placed, and they are asked again only
/// when it is placed again.
pub(crate) fn m11_silent_name_servers_prove_nothing_and_lose_nothing(desk: &TestDesk) {
    let vouching = Vouching::says(Check::Unknown, Check::Unknown);
    let desk = desk.checked_by(&vouching);
    let office = office(&desk);
    let ticket = opened(&desk, &office);
    let customers = letter(
        "anna@example.net",
        "two",
        "Re: The lamp",
        &format!("In-Reply-To: <one@example.net>\r\n{SIGNED}"),
        "Still dark.",
    );
    let mail = desk.receives(office.inbox, &customers);
    assert_eq!(
        (mail.state, number(&desk, mail.ticket)),
        (State::Done, ticket),
        "it is neither lost nor held up"
    );
    copied(&desk, &office, ticket, "kim@example.org");
    let mut bag = Bag::default();
    answers(&desk, office.kim, ticket, "We look.", Then::Stay);
    after_undo(&desk, &mut bag);
    let kims = reply(&bag, "We look", "kim@example.org")
        .answered("Done.")
        .replace("Subject:", &format!("{SIGNED}Subject:"));
    let held = desk.receives(office.inbox, &kims);
    assert_eq!(held.code.as_deref(), Some("unauthenticated"), "and it is no yes");
    vouching.now_says(Check::Pass, Check::Pass);
    let (id, asked) = (held.id, vouching.asked());
    desk.set_up(move |act| desk::suspended::release(act, &desk::ByDesk, id));
    alone(&desk.desk, async |desk| {
        receive_mail::work_off(desk).await.unwrap();
    });
    assert_eq!(vouching.asked(), asked + 1);
    assert_eq!(said_on(&desk, ticket).last().unwrap(), &(Side::Serving, false, "Done.".to_owned()));
}

/// M11: what was found about a stranger counts when an agent confirms their mail, and nobody is asked again.
pub(crate) fn m11_what_was_found_about_a_stranger_counts_when_they_are_confirmed(desk: &TestDesk) {
    let vouching = Vouching::says(Check::Pass, Check::Pass);
    let desk = desk.checked_by(&vouching);
    let office = office(&desk);
    let ticket = opened(&desk, &office);
    for (name, dmarc) in [("carl", Check::Pass), ("eve", Check::None)] {
        vouching.now_says(dmarc, dmarc);
        let header = format!("In-Reply-To: <one@example.net>\r\n{SIGNED}");
        let mail = letter(&format!("{name}@example.com"), name, "Re: The lamp", &header, "Me too.");
        let mail = desk.receives(office.inbox, &mail);
        assert_eq!(mail.state, State::Stranger);
        let (id, asked) = (mail.id, vouching.asked());
        let stands = desk
            .with(office.kim, ticket, move |act, seen| {
                receive_mail::confirm(act, seen.serve().ok_or(DeskError::NotAllowed)?, id)
            })
            .unwrap();
        let Answered::Here(message) = stands else { panic!("{stands:?}") };
        let carried = desk
            .with(office.kim, ticket, |act, seen| Ok(store::mail::carried(act.tx, &seen.read())?))
            .unwrap();
        let of_it = carried.iter().find(|(carried, _)| carried.message == message).unwrap();
        assert_eq!((of_it.0.proven, vouching.asked()), (dmarc == Check::Pass, asked), "{name}");
    }
}

/// M22: a mail on which the check of its sender breaks is placed all the same, and so is the next one.
pub(crate) fn m22_a_check_that_breaks_holds_up_no_mail(desk: &TestDesk) {
    let vouching = Vouching::says(Check::Pass, Check::Pass);
    let desk = desk.checked_by(&vouching);
    let office = office(&desk);
    vouching.breaks();
    for id in ["one", "two"] {
        let mail = desk.receives(office.inbox, &letter("anna@example.net", id, "The lamp", SIGNED, "Dark."));
        let found = mail.found.expect("what became of the check");
        assert_eq!((mail.state, found.dmarc), (State::Done, store::mail::Check::Unknown));
    }
}

/// M11: SPF is asked about the server that we know of: the one that our MTA names, or our own server's field.
pub(crate) fn m11_only_a_server_that_we_know_of_is_asked_about(desk: &TestDesk) {
    let vouching = Vouching::says(Check::None, Check::Pass);
    let desk = desk.checked_by(&vouching);
    let office = office(&desk);
    let raw = letter("anna@example.net", "one", "The lamp", "", "Dark.");
    let inbox = office.inbox;
    let kept = move |desk: &TestDesk, raw: &str, peer: Option<Peer>| -> Mail {
        let about = Raw {
            bytes: raw.as_bytes(),
            source: Source::Listener,
            envelope_from: Some("anna@example.net"),
            envelope_to: None,
            arrived_at: None,
            silent: false,
        };
        let prepared = receive_mail::prepare(&desk.desk.files, &about).unwrap().brought_by(peer);
        let id = desk.desk.act_now(Actor::Desk, move |act| receive_mail::keep(act, inbox, &prepared));
        let id = id.unwrap().unwrap();
        alone(&desk.desk, async |desk| {
            receive_mail::work_off(desk).await.unwrap();
        });
        desk.desk.look_now(move |look| Ok(store::mail::by_id(look.tx, id)?.unwrap())).unwrap()
    };
    kept(&desk, &raw, None);
    assert_eq!(vouching.asked(), 0, "nobody knows who brought it");
    let peer = Peer { address: "192.0.2.7".to_owned(), name: "mx.example.net".to_owned() };
    let mail = kept(&desk, &raw.replace("Dark", "Darker"), Some(peer));
    assert!(mail.found.is_some());
    let forged = "Received: from evil (evil [198.51.100.6]) by mx.example.org; Mon, 1 Jan 2024\r\n";
    kept(&desk, &format!("{forged}{}", raw.replace("Dark", "Darkest")), None);
    assert_eq!(vouching.asked(), 1, "nobody told us to believe that server");
    changes(&desk, office.inbox, |input| input.authority = Some("mx.example.org".to_owned()));
    let ours =
        "Received: from mx.example.net (mx.example.net [192.0.2.8]) by mx.example.org; Mon, 1 Jan 2024\r\n";
    kept(&desk, &format!("{ours}{forged}{}", raw.replace("Dark", "Black")), None);
    assert_eq!(
        vouching.peers(),
        ["192.0.2.7 mx.example.net anna@example.net", "192.0.2.8 mx.example.net anna@example.net"]
    );
}
