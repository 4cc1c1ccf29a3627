//! Why a mail did not arrive, from what servers say and from their codes.

use serde::{Serialize, Serializer};

use super::{Finding, Kind, Scene, code, signs};

macro_rules! reasons {
    ($($(#[$doc:meta])* $name:ident = $word:literal),+ $(,)?) => {
        /// Families of reasons; the words are those that bounce lists elsewhere use too.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Reason { $($(#[$doc])* $name),+ }

        impl Reason {
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$name => $word),+ }
            }

            pub(super) fn named(word: &str) -> Option<Self> {
                match word { $($word => Some(Self::$name),)+ _ => None }
            }
        }
    };
}

reasons! {
    /// SPF, DKIM or DMARC did not pass.
    AuthFailure = "authfailure",
    /// The sending address or network has a bad name.
    BadReputation = "badreputation",
    /// The sending server is refused.
    Blocked = "blocked",
    /// The form of the content is refused.
    ContentError = "contenterror",
    /// The mail is longer than this recipient may get.
    ExceedLimit = "exceedlimit",
    /// It was tried for too long.
    Expired = "expired",
    /// A reader or provider complains.
    Feedback = "feedback",
    /// Refused for this recipient after it was accepted.
    Filtered = "filtered",
    /// The recipient has another address now.
    HasMoved = "hasmoved",
    /// The domain does not exist.
    HostUnknown = "hostunknown",
    /// The recipient has no room.
    MailboxFull = "mailboxfull",
    /// A program at the recipient's failed.
    MailerError = "mailererror",
    /// The mail is longer than the server takes.
    TooLarge = "mesgtoobig",
    /// No connection, a loop, or a name server without an answer.
    NetworkError = "networkerror",
    /// The server does not pass mail on for us.
    NoRelaying = "norelaying",
    /// The host takes no mail at all.
    NotAccept = "notaccept",
    /// The mail breaks a standard.
    NotCompliant = "notcompliantrfc",
    /// The report does not say.
    OnHold = "onhold",
    /// Against a rule of the receiving side.
    PolicyViolation = "policyviolation",
    /// The sender is refused.
    Rejected = "rejected",
    /// The sending server has no name for its address.
    RequirePtr = "requireptr",
    /// A rule of security, encryption or sign-in.
    SecurityError = "securityerror",
    /// Taken for spam.
    SpamDetected = "spamdetected",
    /// Too many mails in too short a time.
    Speeding = "speeding",
    /// The sender's own service holds mail to this address back.
    Suppressed = "suppressed",
    /// The account is switched off.
    Suspend = "suspend",
    /// A command was not understood.
    SyntaxError = "syntaxerror",
    /// The receiving system is broken.
    SystemError = "systemerror",
    /// The receiving system has no room.
    SystemFull = "systemfull",
    /// Too many connections or recipients.
    TooManyConnections = "toomanyconn",
    /// Nobody could say.
    Undefined = "undefined",
    /// There is no such recipient.
    UserUnknown = "userunknown",
    /// Taken for a virus.
    VirusDetected = "virusdetected",
}

impl Reason {
    /// Only reasons that lie in the address itself are hard; a full mailbox or a filter may be better tomorrow.
    pub fn kind(self) -> Kind {
        match self {
            Self::UserUnknown | Self::HostUnknown | Self::HasMoved | Self::NotAccept => Kind::Hard,
            Self::AuthFailure
            | Self::BadReputation
            | Self::Blocked
            | Self::ContentError
            | Self::ExceedLimit
            | Self::Expired
            | Self::Feedback
            | Self::Filtered
            | Self::MailboxFull
            | Self::MailerError
            | Self::TooLarge
            | Self::NetworkError
            | Self::NoRelaying
            | Self::NotCompliant
            | Self::OnHold
            | Self::PolicyViolation
            | Self::Rejected
            | Self::RequirePtr
            | Self::SecurityError
            | Self::SpamDetected
            | Self::Speeding
            | Self::Suppressed
            | Self::Suspend
            | Self::SyntaxError
            | Self::SystemError
            | Self::SystemFull
            | Self::TooManyConnections
            | Self::Undefined
            | Self::VirusDetected => Kind::Soft,
        }
    }
}

impl Serialize for Reason {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

/// The reason of one finding: the words decide, then the code, then what was asked.
pub(super) fn of(finding: &Finding, scene: &Scene<'_>) -> Reason {
    let delayed = matches!(finding.action.as_deref(), Some("delayed" | "expired"));
    let words = from_words(&finding.diagnosis);
    let is_only_slow = matches!(
        words,
        None | Some(Reason::NetworkError | Reason::SystemError | Reason::Undefined | Reason::OnHold)
    );
    if delayed && is_only_slow {
        return Reason::Expired;
    }
    let status = finding.status.clone().or_else(|| code::enhanced(&finding.diagnosis));
    let by_code = status.as_deref().and_then(from_code);
    let reason = match (words, by_code) {
        (Some(_), Some(by_code)) if finding.is_around && by_code.kind() == Kind::Hard => by_code,
        (Some(words), _) => words,
        (None, Some(by_code)) => by_code,
        (None, None) => scene.in_prose().unwrap_or_else(|| from_title(finding, scene)),
    };
    // The code tells the limit of one recipient from that of the server.
    let is_personal = reason == Reason::TooLarge && matches!(status.as_deref(), Some("5.2.3" | "4.2.3"));
    if is_personal {
        return Reason::ExceedLimit;
    }
    // The mailbox is there when the server took the recipient, and when it says so by its code.
    let is_there = match status.as_deref() {
        Some("5.2.0" | "5.2.1") => true,
        Some("5.1.1") => false,
        _ => refused_after_data(finding, scene),
    };
    if reason == Reason::UserUnknown && is_there { Reason::Filtered } else { reason }
}

fn refused_after_data(finding: &Finding, scene: &Scene<'_>) -> bool {
    let said = finding.diagnosis.to_lowercase();
    let prose = scene.prose.to_lowercase();
    signs::AFTER_DATA.iter().any(|sign| said.contains(sign))
        || prose.contains(">>> data") && !prose.contains(">>> rcpt")
}

fn from_title(finding: &Finding, scene: &Scene<'_>) -> Reason {
    let subject = scene.message.subject.as_deref().unwrap_or_default();
    match from_words(subject) {
        Some(reason) => reason,
        None if finding.diagnosis.trim().is_empty() => Reason::Undefined,
        None => Reason::OnHold,
    }
}

/// What the words of a server mean.
pub(super) fn from_words(text: &str) -> Option<Reason> {
    let text = text.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ");
    if text.is_empty() {
        return None;
    }
    signs::WORDS
        .iter()
        .find(|(_, all)| all.iter().any(|sign| matches(&text, sign)))
        .map(|(reason, _)| *reason)
}

/// All pieces of a sign, parted by `*`, in their order and close together.
fn matches(text: &str, sign: &str) -> bool {
    let mut pieces = sign.split('*');
    let first = pieces.next().unwrap_or_default();
    let rest: Vec<&str> = pieces.collect();
    text.match_indices(first).take(20).any(|(at, _)| {
        let mut from = at + first.len();
        rest.iter().all(|piece| {
            let end = text.floor_char_boundary(text.len().min(from + 160));
            match text[from..end].find(piece) {
                Some(found) => {
                    from += found + piece.len();
                    true
                }
                None => false,
            }
        })
    })
}

/// What the enhanced status code (RFC 3463 and its registry) means by itself.
fn from_code(status: &str) -> Option<Reason> {
    let (class, rest) = status.split_once('.')?;
    let is_soft = class == "4";
    Some(match rest {
        "0.0" => return None,
        "1.0" | "1.1" | "1.3" | "1.10" if !is_soft => Reason::UserUnknown,
        "1.1" => Reason::UserUnknown,
        "1.2" => Reason::HostUnknown,
        "1.4" | "1.351" => Reason::Filtered,
        "1.6" => Reason::HasMoved,
        "1.7" | "1.8" | "1.9" => Reason::Rejected,
        "2.0" | "2.1" | "2.4" => Reason::Filtered,
        "2.2" => Reason::MailboxFull,
        "2.3" => Reason::ExceedLimit,
        "3.0" | "3.3" | "3.5" => Reason::SystemError,
        "3.1" => Reason::SystemFull,
        "3.2" if !is_soft => Reason::NotAccept,
        "3.2" => Reason::TooManyConnections,
        "3.4" => Reason::TooLarge,
        "4.1" | "4.7" | "4.316" => Reason::Expired,
        "4.4" | "4.310" if !is_soft => Reason::HostUnknown,
        "4.5" => Reason::Expired,
        "4.0" | "4.2" | "4.3" | "4.4" | "4.6" | "4.310" | "4.312" => Reason::NetworkError,
        "5.3" => Reason::TooManyConnections,
        "7.1" if is_soft => Reason::Blocked,
        "7.0" | "7.1" => Reason::SecurityError,
        "7.9" | "7.10" | "7.11" | "7.12" | "7.13" | "7.14" => Reason::SecurityError,
        "7.20" | "7.21" | "7.22" | "7.23" | "7.24" | "7.26" | "7.509" => Reason::AuthFailure,
        "7.25" => Reason::RequirePtr,
        "7.27" => Reason::NotAccept,
        rest => return family(rest),
    })
}

fn family(rest: &str) -> Option<Reason> {
    Some(match rest.split('.').next()? {
        "1" => Reason::UserUnknown,
        "2" => Reason::Filtered,
        "3" => Reason::SystemError,
        "4" => Reason::NetworkError,
        "5" => Reason::SyntaxError,
        "6" => Reason::ContentError,
        "7" => Reason::PolicyViolation,
        _ => return None,
    })
}
