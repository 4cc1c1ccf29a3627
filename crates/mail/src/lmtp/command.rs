//! Commands of LMTP and SMTP, parsed.

use std::net::IpAddr;

use super::Protocol;

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Command {
    Hello {
        name: String,
        extended: bool,
    },
    Mail(Sender),
    Recipient(String),
    Data,
    Reset,
    Noop,
    Verify,
    /// The session is somebody else's, from here on.
    Client(Client),
    /// The next message is.
    Forwarded(Client),
    Quit,
}

/// Who gave the mail to the MTA in front of us, as `XCLIENT` and `XFORWARD` of Postfix say it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Client {
    pub(super) address: Option<IpAddr>,
    pub(super) hello: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Sender {
    pub(super) from: Option<String>,
    pub(super) size: Option<usize>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mistake {
    Unknown,
    Syntax,
    /// A parameter that we did not offer.
    Parameter,
}

pub(super) fn parse(line: &[u8], protocol: Protocol) -> Result<Command, Mistake> {
    let line = std::str::from_utf8(line).map_err(|_| Mistake::Syntax)?;
    if line.chars().any(char::is_control) {
        return Err(Mistake::Syntax);
    }
    let (verb, rest) = line.split_once(' ').unwrap_or((line, ""));
    let alone = |command| if rest.trim().is_empty() { Ok(command) } else { Err(Mistake::Syntax) };
    match (verb.to_ascii_uppercase().as_str(), protocol) {
        ("LHLO", Protocol::Lmtp) | ("EHLO", Protocol::Smtp) => hello(rest, true),
        ("HELO", Protocol::Smtp) => hello(rest, false),
        ("MAIL", _) => sender(after(rest, "FROM:")?),
        ("RCPT", _) => recipient(after(rest, "TO:")?),
        ("DATA", _) => alone(Command::Data),
        ("RSET", _) => alone(Command::Reset),
        ("NOOP", _) => Ok(Command::Noop),
        ("VRFY", _) => Ok(Command::Verify),
        ("XCLIENT", _) => client(rest).map(Command::Client),
        ("XFORWARD", _) => client(rest).map(Command::Forwarded),
        ("QUIT", _) => alone(Command::Quit),
        _ => Err(Mistake::Unknown),
    }
}

fn hello(name: &str, extended: bool) -> Result<Command, Mistake> {
    let name = name.trim();
    if name.is_empty() || name.len() > 255 {
        return Err(Mistake::Syntax);
    }
    Ok(Command::Hello { name: name.to_owned(), extended })
}

fn client(text: &str) -> Result<Client, Mistake> {
    let mut client = Client::default();
    for attribute in text.split_ascii_whitespace() {
        let (name, value) = attribute.split_once('=').ok_or(Mistake::Syntax)?;
        // What the MTA does not know stands in brackets, and what is odd is written as +XX: no name of a server.
        let known =
            !value.is_empty() && !value.starts_with('[') && !value.contains('+') && value.len() <= 255;
        match name.to_ascii_uppercase().as_str() {
            "ADDR" => {
                let bare = value.get(..5).filter(|start| start.eq_ignore_ascii_case("IPv6:"));
                client.address = value[bare.map_or(0, str::len)..].parse().ok();
            }
            "HELO" if known => client.hello = Some(value.to_owned()),
            _ => {}
        }
    }
    Ok(client)
}

fn after<'a>(rest: &'a str, word: &str) -> Result<&'a str, Mistake> {
    match rest.split_at_checked(word.len()) {
        Some((start, rest)) if start.eq_ignore_ascii_case(word) => Ok(rest.trim_start()),
        _ => Err(Mistake::Syntax),
    }
}

fn sender(text: &str) -> Result<Command, Mistake> {
    let (path, parameters) = path(text)?;
    let mut sender = Sender { from: (!path.is_empty()).then(|| path.to_owned()), size: None };
    for parameter in parameters.split_ascii_whitespace() {
        let (name, value) = parameter.split_once('=').unwrap_or((parameter, ""));
        match name.to_ascii_uppercase().as_str() {
            "SIZE" => sender.size = Some(value.parse().map_err(|_| Mistake::Syntax)?),
            "BODY" | "SMTPUTF8" => {}
            _ => return Err(Mistake::Parameter),
        }
    }
    if path.is_empty() || path.contains('@') { Ok(Command::Mail(sender)) } else { Err(Mistake::Syntax) }
}

fn recipient(text: &str) -> Result<Command, Mistake> {
    let (path, parameters) = path(text)?;
    if !parameters.trim().is_empty() {
        return Err(Mistake::Parameter);
    }
    let shaped = path.rsplit_once('@').is_some_and(|(local, domain)| !local.is_empty() && !domain.is_empty());
    let postmaster = path.eq_ignore_ascii_case("postmaster");
    if shaped || postmaster { Ok(Command::Recipient(path.to_owned())) } else { Err(Mistake::Syntax) }
}

/// What stands between the brackets, without the route that old mailers put first, and what follows.
fn path(text: &str) -> Result<(&str, &str), Mistake> {
    let inside = text.strip_prefix('<').ok_or(Mistake::Syntax)?;
    let end = closing(inside).ok_or(Mistake::Syntax)?;
    let (path, rest) = (&inside[..end], &inside[end + 1..]);
    if !rest.is_empty() && !rest.starts_with(' ') {
        return Err(Mistake::Syntax);
    }
    let path = match path.strip_prefix('@').and_then(|route| route.split_once(':')) {
        Some((_, path)) => path,
        None => path,
    };
    if path.len() > 320 || path.contains('<') { Err(Mistake::Syntax) } else { Ok((path, rest)) }
}

/// The bracket that is not inside a quoted local part.
fn closing(text: &str) -> Option<usize> {
    let mut quoted = false;
    let mut escaped = false;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if quoted => escaped = true,
            b'"' => quoted = !quoted,
            b'>' if !quoted => return Some(at),
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests;
