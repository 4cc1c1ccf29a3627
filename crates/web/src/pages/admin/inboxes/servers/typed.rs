//! The servers of an inbox as the form shows them: what is stored, or what a provider has.

use desk::inboxes::presets::{self, Preset};
use desk::inboxes::{AfterFetch, Incoming, Input, Outgoing, Protection, Server, SigningIn};

use crate::pages::admin::fields::Fields;

/// What is stored, or what `chosen` has; secrets are never among the fields.
pub fn typed(input: &Input, chosen: Option<&'static Preset>) -> Fields {
    let stored = input.incoming.as_ref().and_then(|incoming| incoming.preset.as_deref());
    let chosen = chosen.filter(|preset| stored != Some(preset.key));
    let key = chosen.map(|preset| preset.key).or(stored).unwrap_or("own");
    let fields = Fields::default().with("preset", key);
    let fresh = input.incoming.is_none() && input.outgoing.is_none();
    let fields = match chosen {
        Some(preset) => from_preset(fields, preset, input),
        None if fresh => from_preset(fields, own(), input),
        None => from_stored(fields, input),
    };
    rest(fields, input)
}

fn own() -> &'static Preset {
    presets::by_key("own").expect("the list ends with one's own server")
}

/// Servers of the provider; the name is usually the address.
fn from_preset(fields: Fields, preset: &Preset, input: &Input) -> Fields {
    let fields = fields
        .with("receive", "imap")
        .with("send", "smtp")
        .with("in_name", input.address.as_str())
        .with("out_signing", "same");
    let fields = server(fields, "in", preset.imap, 993);
    server(fields, "out", preset.smtp, 465)
}

fn server(fields: Fields, side: &str, server: Option<presets::Server>, usual_port: u16) -> Fields {
    let (host, port, security) = server.map_or(("", usual_port, Protection::Tls), |server| {
        (server.host, server.port, Protection::from(server.security))
    });
    fields
        .with(&format!("{side}_host"), host)
        .with(&format!("{side}_port"), port.to_string())
        .with(&format!("{side}_security"), protection_word(security))
}

fn from_stored(fields: Fields, input: &Input) -> Fields {
    let fields = match &input.incoming {
        None => server(fields.with("receive", "pushed"), "in", None, 993),
        Some(Incoming { server, .. }) => place(fields.with("receive", "imap"), "in", server),
    };
    let fields = match &input.outgoing {
        None => server(fields.with("send", "nothing").with("out_signing", "same"), "out", None, 465),
        Some(Outgoing { server }) => {
            let incoming = input.incoming.as_ref().map(|incoming| &incoming.server.signing_in);
            let signing = match &server.signing_in {
                SigningIn::Nothing => "nothing",
                same if incoming == Some(same) => "same",
                SigningIn::Password { .. } | SigningIn::Token { .. } => "own",
            };
            let fields = place(fields.with("send", "smtp"), "out", server).with("out_signing", signing);
            if signing == "own" { fields.with("out_name", name(server)) } else { fields }
        }
    };
    let either = input
        .incoming
        .as_ref()
        .map(|incoming| &incoming.server)
        .or(input.outgoing.as_ref().map(|outgoing| &outgoing.server));
    let Some(server) = either else { return fields };
    let fields = fields.with("in_name", name(server));
    match &server.signing_in {
        SigningIn::Token { client, tenant, own, .. } => {
            let fields =
                fields.with("client", client.as_str()).with("tenant", tenant.as_deref().unwrap_or_default());
            match own {
                None => fields,
                Some(own) => fields
                    .with("authorize_url", own.authorize_url.as_str())
                    .with("token_url", own.token_url.as_str())
                    .with("scope", own.scope.as_str()),
            }
        }
        SigningIn::Nothing | SigningIn::Password { .. } => fields,
    }
}

fn place(fields: Fields, side: &str, server: &Server) -> Fields {
    fields
        .with(&format!("{side}_host"), server.host.as_str())
        .with(&format!("{side}_port"), server.port.to_string())
        .with(&format!("{side}_security"), protection_word(server.security))
        .ticked_when(&format!("{side}_inside"), server.inside)
        .with(&format!("{side}_root"), server.root.as_deref().unwrap_or_default())
}

fn rest(fields: Fields, input: &Input) -> Fields {
    let incoming = input.incoming.as_ref();
    let (after, to) = match incoming.map(|incoming| &incoming.after_fetch) {
        Some(AfterFetch::Move(to)) => ("move", to.as_str()),
        Some(AfterFetch::Leave) | None => ("leave", ""),
    };
    fields
        .with("folder", incoming.map_or("INBOX", |incoming| incoming.folder.as_str()))
        .with("after_fetch", after)
        .with("move_to", to)
        .ticked_when("with_history", incoming.is_some_and(|incoming| incoming.with_history))
        .with("authority", input.authority.as_deref().unwrap_or_default())
        .ticked_when("checks", input.checks)
}

fn name(server: &Server) -> &str {
    match &server.signing_in {
        SigningIn::Nothing => "",
        SigningIn::Password { name } | SigningIn::Token { name, .. } => name,
    }
}

pub fn protection_word(protection: Protection) -> &'static str {
    match protection {
        Protection::Tls => "tls",
        Protection::StartTls => "starttls",
        Protection::Plain => "plain",
    }
}
