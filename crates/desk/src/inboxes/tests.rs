//! An inbox has an address of its own, a service of its unit, and secrets that belong to one server.

mod round;
mod trial;

use domain::event::Actor;
use domain::id::InboxId;
use mail::secret::Secret;
use store::inbox::Purpose;
use store::{Db, WallClock, migrations};

use super::{AfterFetch, Incoming, Input, Protection, Server, SigningIn};
use crate::entitled::ByDesk;
use crate::{Desk, DeskError};

fn desk() -> Desk {
    let clock = WallClock::fixed("2026-03-04T12:00:00Z".parse().unwrap());
    Desk::new(Db::open("sqlite::memory:", migrations::ALL).unwrap(), clock)
}

fn set_up<T: Send + 'static>(
    desk: &Desk,
    act: impl FnOnce(&mut crate::Act) -> Result<T, DeskError> + Send + 'static,
) -> Result<T, DeskError> {
    desk.act_now(Actor::Desk, act)
}

/// Two units with a service each; gives an input for the first.
fn input(desk: &Desk) -> Input {
    set_up(desk, |act| {
        let unit = crate::units::create(act, &ByDesk, &crate::units::Input::named("Support"))?;
        let service = crate::services::create(act, &ByDesk, &crate::services::Input::named("Help", unit))?.id;
        Ok(Input::named("Help by mail", "Help@Example.org", unit, service))
    })
    .unwrap()
}

fn viewer(person: domain::id::PersonId, administrator: bool) -> domain::permission::Viewer {
    domain::permission::Viewer {
        person,
        class: domain::affiliation::Class::Internal,
        organisation: None,
        units: Vec::new(),
        oversees: Vec::new(),
        oversees_all: false,
        administrator,
    }
}

fn server(host: &str) -> Incoming {
    Incoming {
        server: Server {
            host: host.to_owned(),
            port: 993,
            security: Protection::Tls,
            inside: false,
            root: None,
            signing_in: SigningIn::Password { name: "help".to_owned() },
        },
        folder: "INBOX".to_owned(),
        after_fetch: AfterFetch::Leave,
        with_history: false,
        preset: None,
    }
}

fn secret(desk: &Desk, inbox: InboxId) -> Option<String> {
    set_up(desk, move |act| Ok(store::inbox::secret(act.tx, inbox, Purpose::Incoming)?)).unwrap()
}

#[test]
fn an_address_is_nobody_elses() {
    let desk = desk();
    let first = input(&desk);
    let again = first.clone();
    let by_alias = Input {
        address: "info@example.org".to_owned(),
        aliases: vec!["help@example.org".to_owned()],
        ..first.clone()
    };
    set_up(&desk, move |act| super::create(act, &ByDesk, &first)).unwrap();
    for taken in [again, by_alias] {
        let refused = set_up(&desk, move |act| super::create(act, &ByDesk, &taken)).unwrap_err();
        assert!(refused.to_string().contains("help@example.org belongs to Help by mail"), "{refused}");
    }
}

#[test]
fn an_address_of_a_person_is_not_an_inbox_and_an_inbox_is_no_person() {
    let desk = desk();
    let input = input(&desk);
    let person = crate::people::Input {
        email: Some("kim@example.org".to_owned()),
        ..crate::people::Input::named("Kim Berg")
    };
    set_up(&desk, move |act| crate::people::create(act, &ByDesk, &person, &[])).unwrap();
    let of_kim = Input { address: "kim@example.org".to_owned(), ..input.clone() };
    let refused = set_up(&desk, move |act| super::create(act, &ByDesk, &of_kim)).unwrap_err();
    assert!(refused.to_string().contains("belongs to Kim Berg"), "{refused}");
    set_up(&desk, move |act| super::create(act, &ByDesk, &input)).unwrap();
    let as_person = crate::people::Input {
        email: Some("help@example.org".to_owned()),
        ..crate::people::Input::named("Not a person")
    };
    let refused = set_up(&desk, move |act| crate::people::create(act, &ByDesk, &as_person, &[])).unwrap_err();
    assert!(refused.to_string().contains("inbox"), "{refused}");
}

#[test]
fn a_secret_is_forgotten_when_another_server_is_named() {
    let desk = desk();
    let plain = input(&desk);
    let first = Input {
        incoming: Some(server("imap.example.org")),
        incoming_secret: Some(Secret::new("sesame".to_owned())),
        ..plain.clone()
    };
    let inbox = set_up(&desk, move |act| super::create(act, &ByDesk, &first)).unwrap();
    assert_eq!(secret(&desk, inbox).as_deref(), Some("sesame"));
    let renamed =
        Input { name: "Help".to_owned(), incoming: Some(server("IMAP.example.org")), ..plain.clone() };
    set_up(&desk, move |act| super::change(act, &ByDesk, inbox, &renamed)).unwrap();
    assert_eq!(secret(&desk, inbox).as_deref(), Some("sesame"), "the same server keeps it");
    let moved = Input { incoming: Some(server("imap.elsewhere.example")), ..plain };
    set_up(&desk, move |act| super::change(act, &ByDesk, inbox, &moved)).unwrap();
    assert_eq!(secret(&desk, inbox), None);
}

#[test]
fn the_service_is_one_of_the_unit() {
    let desk = desk();
    let mut input = input(&desk);
    input.unit =
        set_up(&desk, |act| crate::units::create(act, &ByDesk, &crate::units::Input::named("Warehouse")))
            .unwrap();
    let refused = set_up(&desk, move |act| super::create(act, &ByDesk, &input)).unwrap_err();
    assert!(matches!(refused, DeskError::Invalid { field: "service", .. }), "{refused}");
}
