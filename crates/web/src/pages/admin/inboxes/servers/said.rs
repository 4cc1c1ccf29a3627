//! What the form says about servers, as the desk understands it.

use desk::inboxes::{
    AfterFetch, Incoming, Input, Outgoing, OwnProvider, Protection, Secret, Server, SigningIn, presets,
    token_secret,
};
use desk::{DeskError, Problem};

use super::{preset_of, wants_token};
use crate::pages::admin::fields::Fields;

/// The inbox as it was, with the servers of the form.
pub fn said(fields: &Fields, before: Input) -> Result<Input, DeskError> {
    let incoming = match fields.text("receive") {
        "pushed" => None,
        _ => Some(incoming(fields)?),
    };
    let outgoing = match fields.text("send") {
        "nothing" => None,
        _ => Some(Outgoing { server: outgoing_server(fields)? }),
    };
    let (incoming_secret, outgoing_secret) = secrets(fields);
    Ok(Input {
        incoming_secret: incoming_secret.filter(|_| incoming.is_some()),
        outgoing_secret: outgoing_secret.filter(|_| outgoing.is_some()),
        incoming,
        outgoing,
        authority: fields.some("authority"),
        checks: fields.ticked("checks"),
        ..before
    })
}

fn incoming(fields: &Fields) -> Result<Incoming, DeskError> {
    let after_fetch = match fields.text("after_fetch") {
        "move" => AfterFetch::Move(fields.text("move_to").trim().to_owned()),
        _ => AfterFetch::Leave,
    };
    Ok(Incoming {
        server: server(fields, "in", "incoming", signing_in(fields))?,
        folder: fields.text("folder").trim().to_owned(),
        after_fetch,
        with_history: fields.ticked("with_history"),
        preset: fields.some("preset"),
    })
}

fn outgoing_server(fields: &Fields) -> Result<Server, DeskError> {
    let token = wants_token(preset_of(fields));
    let signing = match fields.text("out_signing") {
        "nothing" if !token => SigningIn::Nothing,
        "own" if !token => SigningIn::Password { name: fields.text("out_name").trim().to_owned() },
        _ => signing_in(fields),
    };
    server(fields, "out", "outgoing", signing)
}

fn server(
    fields: &Fields,
    side: &str,
    field: &'static str,
    signing_in: SigningIn,
) -> Result<Server, DeskError> {
    let text = |name: &str| fields.text(&format!("{side}_{name}")).trim().to_owned();
    let port = text("port");
    Ok(Server {
        host: text("host"),
        port: port.parse().map_err(|_| DeskError::invalid(field, Problem::ServerPort))?,
        security: match text("security").as_str() {
            "plain" => Protection::Plain,
            "starttls" => Protection::StartTls,
            _ => Protection::Tls,
        },
        inside: fields.ticked(&format!("{side}_inside")),
        root: fields.some(&format!("{side}_root")),
        signing_in,
    })
}

fn signing_in(fields: &Fields) -> SigningIn {
    let name = fields.text("in_name").trim().to_owned();
    match preset_of(fields) {
        Some(preset) if wants_token(Some(preset)) => SigningIn::Token {
            name,
            provider: preset.key.to_owned(),
            client: fields.text("client").trim().to_owned(),
            tenant: fields.some("tenant"),
            own: (preset.signing_in == presets::SigningIn::OwnOAuth).then(|| own_provider(fields)),
        },
        Some(_) | None => SigningIn::Password { name },
    }
}

fn own_provider(fields: &Fields) -> OwnProvider {
    let text = |name: &str| fields.text(name).trim().to_owned();
    OwnProvider { authorize_url: text("authorize_url"), token_url: text("token_url"), scope: text("scope") }
}

type Secrets = (Option<Secret<String>>, Option<Secret<String>>);

/// New secrets for the two directions; a field that was left empty changes nothing. A client's secret without
/// a token is enough to ask the provider for one.
fn secrets(fields: &Fields) -> Secrets {
    if wants_token(preset_of(fields)) {
        let (client, token) = (fields.text("client_secret").trim(), fields.text("refresh_token").trim());
        let secret = (!client.is_empty() || !token.is_empty()).then(|| token_secret(client, token));
        return (secret.clone(), secret);
    }
    // A password may begin or end with a blank.
    let password = |name: &str| {
        Some(fields.text(name)).filter(|text| !text.is_empty()).map(|text| Secret::new(text.to_owned()))
    };
    let incoming = password("in_password");
    let outgoing = match fields.text("out_signing") {
        "nothing" => None,
        "own" => password("out_password"),
        _ => incoming.clone(),
    };
    (incoming, outgoing)
}
