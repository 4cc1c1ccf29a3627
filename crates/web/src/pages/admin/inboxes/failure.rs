//! Why a server could not be used, in the reader's language.

use desk::inboxes::{Failure, Protocol};

use crate::t;
use crate::text::Locale;

pub fn words(locale: Locale, failure: Failure) -> String {
    let words = match failure {
        Failure::OtherProtocol(protocol) => {
            return t!(locale, "mail-failure-other-protocol", protocol = protocol.to_string());
        }
        Failure::NameUnknown => t!(locale, "mail-failure-name-unknown"),
        Failure::AddressRefused => t!(locale, "mail-failure-address-refused"),
        Failure::Unreachable => t!(locale, "mail-failure-unreachable"),
        Failure::TlsRefused => t!(locale, "mail-failure-tls-refused"),
        Failure::CertificateRefused => t!(locale, "mail-failure-certificate-refused"),
        Failure::RootUnreadable => t!(locale, "mail-failure-root-unreadable"),
        Failure::StartTlsMissing => t!(locale, "mail-failure-starttls-missing"),
        Failure::PasswordInTheOpen => t!(locale, "mail-failure-password-in-the-open"),
        Failure::NoWayToSignIn => t!(locale, "mail-failure-no-way-to-sign-in"),
        Failure::SignInRefused => t!(locale, "mail-failure-sign-in-refused"),
        Failure::TokenRefused => t!(locale, "mail-failure-token-refused"),
        Failure::FolderMissing => t!(locale, "mail-failure-folder-missing"),
        Failure::NotNow => t!(locale, "mail-failure-not-now"),
        Failure::TimedOut => t!(locale, "mail-failure-timed-out"),
        Failure::ConnectionLost => t!(locale, "mail-failure-connection-lost"),
    };
    words.to_owned()
}

/// What was written down about a failure: our own sentences are said in the reader's language, others as they are.
pub fn written(locale: Locale, text: &str) -> String {
    let known = ALL.into_iter().find(|failure| failure.to_string() == text);
    known.map_or_else(|| text.to_owned(), |failure| words(locale, failure))
}

const ALL: [Failure; 18] = [
    Failure::NameUnknown,
    Failure::AddressRefused,
    Failure::Unreachable,
    Failure::TlsRefused,
    Failure::CertificateRefused,
    Failure::RootUnreadable,
    Failure::StartTlsMissing,
    Failure::PasswordInTheOpen,
    Failure::OtherProtocol(Protocol::Imap),
    Failure::OtherProtocol(Protocol::Smtp),
    Failure::OtherProtocol(Protocol::Https),
    Failure::NoWayToSignIn,
    Failure::SignInRefused,
    Failure::TokenRefused,
    Failure::FolderMissing,
    Failure::NotNow,
    Failure::TimedOut,
    Failure::ConnectionLost,
];
