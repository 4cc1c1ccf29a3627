//! Held mail is let through once, or goes; who wrote it is trusted or blocked; only administrators decide.

use domain::event::Actor;
use domain::id::{InboxId, MailId, PersonId};
use domain::permission::Viewer;
use store::mail::{Became, Kept, RELEASED, Source, State};
use store::mail_address::Standing;
use store::{Db, WallClock, migrations};

use crate::entitled::ByDesk;
use crate::inboxes::Input;
use crate::{Act, Desk, DeskError, Look};

const RAW: &[u8] = b"From: Kim <kim@example.net>\r\nSubject: Lamp\r\n\r\nIt is dark.\r\n";

struct Stage {
    desk: Desk,
    mail: MailId,
    administrator: Viewer,
}

fn stage(from: Option<&'static str>) -> Stage {
    let clock = WallClock::fixed("2026-03-04T12:00:00Z".parse().unwrap());
    let desk = Desk::new(Db::open("sqlite::memory:", migrations::ALL).unwrap(), clock);
    let (mail, person) = desk
        .act_now(Actor::Desk, move |act| {
            let unit = crate::units::create(act, &ByDesk, &crate::units::Input::named("Support"))?;
            let service =
                crate::services::create(act, &ByDesk, &crate::services::Input::named("Help", unit))?;
            let input = Input::named("Help by mail", "help@example.org", unit, service.id);
            let inbox = crate::inboxes::create(act, &ByDesk, &input)?;
            let person = crate::people::create(act, &ByDesk, &crate::people::Input::named("Amal"), &[])?;
            Ok((hold(act, inbox, from)?, person))
        })
        .unwrap();
    Stage { desk, mail, administrator: viewer(person, true) }
}

fn hold(act: &mut Act, inbox: InboxId, from: Option<&str>) -> Result<MailId, DeskError> {
    let id = MailId(act.new_id());
    let packed = zstd::encode_all(RAW, 1).unwrap();
    let kept = Kept {
        id,
        inbox,
        content: *blake3::hash(RAW).as_bytes(),
        arrived_at: act.now,
        source: Source::Imap,
        silent: false,
        envelope_from: None,
        envelope_to: None,
        size: i64::try_from(RAW.len()).unwrap(),
        raw: Some(&packed),
        until_at: None,
    };
    store::mail::keep(act.tx, &kept)?;
    let became = Became {
        state: State::Suspended,
        message_id: None,
        from_address: from,
        from_name: None,
        subject: Some("Lamp"),
        ticket: None,
        hint: None,
        code: Some("loop"),
        detail: None,
        until_at: None,
    };
    store::mail::became(act.tx, id, &became)?;
    Ok(id)
}

fn viewer(person: PersonId, administrator: bool) -> Viewer {
    Viewer {
        person,
        class: domain::affiliation::Class::Internal,
        organisation: None,
        units: Vec::new(),
        oversees: Vec::new(),
        oversees_all: false,
        administrator,
    }
}

impl Stage {
    fn act<T: Send + 'static>(
        &self,
        act: impl FnOnce(&mut Act, &Viewer, MailId) -> Result<T, DeskError> + Send + 'static,
    ) -> Result<T, DeskError> {
        let (mail, by) = (self.mail, self.administrator.clone());
        self.desk.act_now(Actor::Person(by.person), move |inner| act(inner, &by, mail))
    }

    fn look<T: Send + 'static>(
        &self,
        look: impl FnOnce(&mut Look) -> Result<T, DeskError> + Send + 'static,
    ) -> Result<T, DeskError> {
        self.desk.look_now(look)
    }

    fn mail(&self) -> store::mail::Mail {
        let mail = self.mail;
        self.look(move |look| Ok(store::mail::by_id(look.tx, mail)?.unwrap())).unwrap()
    }

    fn standing(&self, address: &'static str) -> Option<Standing> {
        self.look(move |look| Ok(store::mail_address::of(look.tx, address)?.standing)).unwrap()
    }
}

#[test]
fn a_released_mail_waits_again_and_says_that_it_was_released() {
    let stage = stage(Some("kim@example.net"));
    stage.act(super::release).unwrap();
    assert_eq!((stage.mail().state, stage.mail().code.as_deref()), (State::Waiting, Some(RELEASED)));
    assert_eq!(stage.standing("kim@example.net"), None);
    let again = stage.act(super::release).unwrap_err();
    assert!(again.to_string().contains("decided about this mail already"), "{again}");
}

#[test]
fn trusting_and_blocking_are_about_the_sender_and_the_mail() {
    let trusted = stage(Some("kim@example.net"));
    trusted.act(super::release_and_trust).unwrap();
    assert_eq!(trusted.mail().state, State::Waiting);
    assert_eq!(trusted.standing("kim@example.net"), Some(Standing::Trusted));
    let blocked = stage(Some("kim@example.net"));
    blocked.act(super::block).unwrap();
    assert_eq!(blocked.mail().state, State::Deleted);
    assert_eq!(blocked.standing("kim@example.net"), Some(Standing::Blocked));
}

#[test]
fn nobody_and_ourselves_are_neither_trusted_nor_blocked() {
    for (from, words) in [(None, "names no sender"), (Some("help@example.org"), "an address of this desk")] {
        let stage = stage(from);
        let trusted = stage.act(super::release_and_trust).unwrap_err();
        let blocked = stage.act(super::block).unwrap_err();
        assert!(trusted.to_string().contains(words) && blocked.to_string().contains(words), "{trusted}");
        assert_eq!(stage.mail().state, State::Suspended);
    }
}

#[test]
fn a_deleted_mail_has_no_bytes_any_more_and_a_held_one_has_all_of_them() {
    let stage = stage(Some("kim@example.net"));
    let (mail, files, by) = (stage.mail, stage.desk.files.clone(), stage.administrator.clone());
    let read = stage
        .look(move |look| {
            let raw = super::raw(look, &by, &files, mail)?;
            Ok((raw, super::read(look, &by, &files, mail)?))
        })
        .unwrap();
    assert_eq!(read.0, RAW);
    assert_eq!(read.1.text, "It is dark.");
    stage.act(super::delete).unwrap();
    assert_eq!(stage.look(move |look| Ok(store::mail::raw(look.tx, mail)?)).unwrap(), None);
}

#[test]
fn for_everybody_else_there_is_no_such_mail() {
    let stage = stage(Some("kim@example.net"));
    let (mail, files) = (stage.mail, stage.desk.files.clone());
    let agent = viewer(PersonId(17), false);
    let by = agent.clone();
    let read = stage.look(move |look| super::raw(look, &by, &files, mail)).unwrap_err();
    let acted = stage
        .desk
        .act_now(Actor::Person(agent.person), move |act| super::delete(act, &agent, mail))
        .unwrap_err();
    assert!(matches!((read, acted), (DeskError::NotFound, DeskError::NotFound)));
    assert_eq!(stage.mail().state, State::Suspended);
}

#[test]
fn what_was_damaged_is_said_and_not_shown() {
    let stage = stage(Some("kim@example.net"));
    let (mail, files) = (stage.mail, stage.desk.files.clone());
    for size in [3, 10_000] {
        let files = files.clone();
        let said = stage.desk.db.read_now(move |tx| {
            let other = store::mail::Mail { size, ..store::mail::by_id(tx, mail)?.unwrap() };
            crate::mail_raw::bytes(tx, &files, &other)
        });
        assert!(matches!(said, Err(DeskError::Conflict(crate::Problem::RawMissing))), "{said:?}");
    }
}
