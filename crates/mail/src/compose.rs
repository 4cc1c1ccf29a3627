//! Outgoing mail: every header from a type that cannot carry a second one.

mod body;
mod sign;
mod text;

use mail_builder::MessageBuilder;
use mail_builder::headers::HeaderType;
use mail_builder::headers::address::Address;
use mail_builder::headers::date::Date;
use mail_builder::headers::message_id::MessageId;
use mail_builder::headers::raw::Raw;
use mail_builder::headers::text::Text;
use thiserror::Error;

pub use sign::Signer;
pub use text::{HeaderText, NotHeaderText};

use crate::address::Mailbox;
use crate::automatic::LOOP_HEADER;

/// A mail that is to be sent. Who is in `bcc` gets it by the envelope and stands in no header.
#[derive(Debug, Clone)]
pub struct Outgoing {
    /// Ours and signed, with angle brackets.
    pub message_id: String,
    /// The inbox to which the customer wrote.
    pub from: Mailbox,
    /// The plus-address.
    pub reply_to: Option<Mailbox>,
    pub to: Vec<Mailbox>,
    pub cc: Vec<Mailbox>,
    pub bcc: Vec<Mailbox>,
    pub subject: HeaderText,
    /// Seconds since 1970.
    pub date: i64,
    pub in_reply_to: Option<String>,
    /// The whole chain, oldest first; the first four and the last six are written.
    pub references: Vec<String>,
    /// Text and page are both made from it.
    pub markdown: String,
    pub inline: Vec<Enclosed>,
    pub attachments: Vec<Enclosed>,
    pub nature: Nature,
    /// By which we know our own mail when it comes back.
    pub loop_mark: HeaderText,
    pub unsubscribe: Option<Unsubscribe>,
}

/// A file that goes along.
#[derive(Debug, Clone)]
pub struct Enclosed {
    pub filename: String,
    pub mime: String,
    pub bytes: Vec<u8>,
    /// How the text names it, as in `![](cid:...)`; only for what is inline.
    pub content_id: Option<String>,
}

/// Who writes; only what nobody wrote says so in its header.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Nature {
    /// A person's reply.
    Personal,
    /// Sent because something happened.
    Generated,
    /// Sent in answer to a mail.
    AutoReply,
}

/// How to get no more of these mails; for everything that is not a reply.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unsubscribe {
    /// An `https:` address.
    pub link: HeaderText,
    /// The link takes a click without a page (RFC 8058).
    pub one_click: bool,
}

/// Why a mail was not built. Nothing was sent.
#[derive(Debug, Error)]
pub enum ComposeError {
    #[error("The mail has no recipient. Nothing was sent; name somebody in To, Cc or Bcc.")]
    Nobody,
    #[error("The Message-ID {id:?} cannot be written in a header. Nothing was sent.")]
    Id { id: String },
    #[error("The mail could not be signed: {0}. Nothing was sent; look at the DKIM key of this inbox.")]
    Signature(String),
    #[error("The mail could not be written: {0}. Nothing was sent.")]
    Write(#[from] std::io::Error),
}

/// The mail as it goes to a server: CRLF at the ends of lines, ASCII in the header.
pub fn build(mail: &Outgoing) -> Result<Vec<u8>, ComposeError> {
    if mail.to.is_empty() && mail.cc.is_empty() && mail.bcc.is_empty() {
        return Err(ComposeError::Nobody);
    }
    let id = plain_id(&mail.message_id).ok_or_else(|| ComposeError::Id { id: mail.message_id.clone() })?;
    let mut builder = MessageBuilder::new()
        .header("From", addresses(std::slice::from_ref(&mail.from)))
        .subject(mail.subject.as_str())
        .message_id(id)
        .header("Date", Date::new(mail.date))
        .header(LOOP_HEADER, Text::new(mail.loop_mark.as_str()));
    for (name, list) in [("To", &mail.to), ("Cc", &mail.cc)] {
        if !list.is_empty() {
            builder = builder.header(name, addresses(list));
        }
    }
    if mail.to.is_empty() && mail.cc.is_empty() {
        builder = builder.header("To", Raw::new("undisclosed-recipients:;"));
    }
    if let Some(reply_to) = &mail.reply_to {
        builder = builder.header("Reply-To", addresses(std::slice::from_ref(reply_to)));
    }
    for (name, value) in thread_fields(mail).into_iter().chain(nature_fields(mail)) {
        builder = builder.header(name, value);
    }
    Ok(builder.body(body::of(mail)).write_to_vec()?)
}

fn thread_fields(mail: &Outgoing) -> Vec<(&'static str, HeaderType<'_>)> {
    let mut fields = Vec::new();
    if let Some(answered) = mail.in_reply_to.as_deref().and_then(plain_id) {
        fields.push(("In-Reply-To", MessageId::new(answered).into()));
    }
    let chain: Vec<&str> = mail.references.iter().filter_map(|id| plain_id(id)).collect();
    let cut = chain.len().saturating_sub(LAST).max(FIRST.min(chain.len()));
    let short: Vec<&str> = chain[..FIRST.min(chain.len())].iter().chain(&chain[cut..]).copied().collect();
    if !short.is_empty() {
        fields.push(("References", MessageId::new_list(short.into_iter()).into()));
    }
    fields
}

const FIRST: usize = 4;
const LAST: usize = 6;

fn nature_fields(mail: &Outgoing) -> Vec<(&'static str, HeaderType<'_>)> {
    let mut fields: Vec<(&'static str, HeaderType<'_>)> = Vec::new();
    let submitted = match mail.nature {
        Nature::Personal => None,
        Nature::Generated => Some("auto-generated"),
        Nature::AutoReply => Some("auto-replied"),
    };
    if let Some(submitted) = submitted {
        fields.push(("Auto-Submitted", Raw::new(submitted).into()));
        fields.push(("X-Auto-Response-Suppress", Raw::new("All").into()));
    }
    if let Some(unsubscribe) = &mail.unsubscribe {
        fields.push(("List-Unsubscribe", Raw::new(format!("<{}>", unsubscribe.link.as_link())).into()));
        if unsubscribe.one_click {
            fields.push(("List-Unsubscribe-Post", Raw::new("List-Unsubscribe=One-Click").into()));
        }
    }
    fields
}

fn addresses(list: &[Mailbox]) -> Address<'_> {
    let one = |mailbox: &Mailbox| {
        let address = format!("{}@{}", mailbox.address.local(), mailbox.address.domain());
        Address::new_address(mailbox.name.as_ref().map(|name| name.as_str().to_owned()), address)
    };
    Address::new_list(list.iter().map(one).collect())
}

/// An id without its brackets, when it is nothing but visible ASCII; ids of strangers that are not are left out.
fn plain_id(id: &str) -> Option<&str> {
    let id = id.trim().strip_prefix('<')?.strip_suffix('>')?;
    let sound = |byte: u8| byte.is_ascii_graphic() && !b"<>,;\"()\\".contains(&byte);
    (!id.is_empty() && id.len() <= 500 && id.bytes().all(sound)).then_some(id)
}

#[cfg(test)]
mod tests;
