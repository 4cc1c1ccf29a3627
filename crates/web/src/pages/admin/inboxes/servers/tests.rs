//! What is stored comes back out of the form as it was, and secrets are in no field.

use desk::inboxes::{
    AfterFetch, Incoming, Input, Outgoing, OwnProvider, Protection, Server, SigningIn, presets,
};
use domain::id::{ServiceId, UnitId};

use super::said::said;
use super::typed::typed;

fn server(host: &str, signing_in: SigningIn) -> Server {
    Server {
        host: host.to_owned(),
        port: 143,
        security: Protection::StartTls,
        inside: true,
        root: Some("-----BEGIN CERTIFICATE-----".to_owned()),
        signing_in,
    }
}

fn input(incoming: Option<Server>, outgoing: Option<Server>, preset: &str) -> Input {
    Input {
        incoming: incoming.map(|server| Incoming {
            server,
            folder: "Desk".to_owned(),
            after_fetch: AfterFetch::Move("Done".to_owned()),
            with_history: true,
            preset: Some(preset.to_owned()),
        }),
        outgoing: outgoing.map(|server| Outgoing { server }),
        authority: Some("mx.example.org".to_owned()),
        ..Input::named("Help", "help@example.org", UnitId(1), ServiceId(2))
    }
}

fn password(name: &str) -> SigningIn {
    SigningIn::Password { name: name.to_owned() }
}

fn token() -> SigningIn {
    SigningIn::Token {
        name: "help".to_owned(),
        provider: "microsoft".to_owned(),
        client: "7".to_owned(),
        tenant: Some("contoso.example".to_owned()),
        own: None,
    }
}

fn own_token() -> SigningIn {
    SigningIn::Token {
        name: "help".to_owned(),
        provider: "own-oauth".to_owned(),
        client: "7".to_owned(),
        tenant: None,
        own: Some(OwnProvider {
            authorize_url: "https://login.example.org/authorize".to_owned(),
            token_url: "https://login.example.org/token".to_owned(),
            scope: "mail offline_access".to_owned(),
        }),
    }
}

#[test]
fn the_form_says_again_what_is_stored() {
    let stored = [
        input(
            Some(server("imap.example.org", password("help"))),
            Some(server("smtp.example.org", password("help"))),
            "own",
        ),
        input(
            Some(server("imap.example.org", password("help"))),
            Some(server("smtp.example.org", password("other"))),
            "own",
        ),
        input(
            Some(server("imap.example.org", password("help"))),
            Some(server("relay", SigningIn::Nothing)),
            "own",
        ),
        input(Some(server("imap.example.org", password("help"))), None, "gmx"),
        input(
            Some(server("outlook.office365.com", token())),
            Some(server("smtp.office365.com", token())),
            "microsoft",
        ),
        input(
            Some(server("imap.example.org", own_token())),
            Some(server("smtp.example.org", own_token())),
            "own-oauth",
        ),
    ];
    for before in stored {
        let again = said(&typed(&before, None), before.clone()).unwrap();
        assert_eq!(again.incoming, before.incoming);
        assert_eq!(again.outgoing, before.outgoing);
        assert_eq!(again.authority, before.authority);
        assert!(again.incoming_secret.is_none() && again.outgoing_secret.is_none());
    }
    let relay = input(None, Some(server("relay", SigningIn::Nothing)), "own");
    let again = said(&typed(&relay, None), relay.clone()).unwrap();
    assert_eq!((again.incoming, again.outgoing), (None, relay.outgoing));
}

#[test]
fn a_provider_brings_its_servers_and_the_address_as_name() {
    let fresh = input(None, None, "");
    let fields = typed(&fresh, presets::by_key("gmx"));
    let said = said(&fields, fresh).unwrap();
    let (incoming, outgoing) = (said.incoming.unwrap(), said.outgoing.unwrap());
    assert_eq!((incoming.server.host.as_str(), incoming.server.port), ("imap.gmx.net", 993));
    assert_eq!(outgoing.server.host, "mail.gmx.net");
    assert_eq!(incoming.server.signing_in, password("help@example.org"));
    assert!(!incoming.with_history, "nothing is imported that nobody asked for");
}

#[test]
fn one_password_is_for_both_servers_unless_the_second_has_its_own() {
    let before = input(
        Some(server("a.example", password("help"))),
        Some(server("b.example", password("help"))),
        "own",
    );
    let fields = typed(&before, None).with("in_password", " sesame ");
    let both = said(&fields, before.clone()).unwrap();
    assert_eq!(both.incoming_secret.unwrap().reveal(), " sesame ");
    assert_eq!(both.outgoing_secret.unwrap().reveal(), " sesame ");
    let own = fields.replaced("out_signing", "own").with("out_name", "relay").with("out_password", "other");
    assert_eq!(said(&own, before.clone()).unwrap().outgoing_secret.unwrap().reveal(), "other");
    let none = fields.replaced("out_signing", "nothing");
    assert!(said(&none, before).unwrap().outgoing_secret.is_none());
}

#[test]
fn a_client_is_kept_without_a_token_until_the_mailbox_is_connected() {
    let before = input(
        Some(server("outlook.office365.com", token())),
        Some(server("smtp.office365.com", token())),
        "microsoft",
    );
    let half = typed(&before, None).with("client_secret", "s");
    assert_eq!(said(&half, before.clone()).unwrap().incoming_secret.unwrap().reveal(), "s\n");
    let whole = half.with("refresh_token", "r");
    assert_eq!(said(&whole, before).unwrap().outgoing_secret.unwrap().reveal(), "s\nr");
}
