//! Why a server could not be used, in words of our own: what it said itself stays out of them.

/// A closed list, so that whoever tests a connection learns what to mend and nothing about a machine that
/// they could not reach themselves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Failure {
    #[error("The name of the server was not found. Check how it is written.")]
    NameUnknown,
    #[error(
        "The name leads to an address inside a network. An administrator of the installation has to allow this host."
    )]
    AddressRefused,
    #[error("The server could not be reached. Check its name and port.")]
    Unreachable,
    #[error("A protected connection could not be made. Check the port and the kind of protection.")]
    TlsRefused,
    #[error("The server's certificate is not trusted, has ended, or is made for another name.")]
    CertificateRefused,
    #[error("The certificate you gave could not be read. It has to be in PEM form.")]
    RootUnreadable,
    #[error("The server does not offer STARTTLS. Choose TLS, or ask whoever runs it.")]
    StartTlsMissing,
    #[error(
        "Without TLS the password would be readable on the way, so it was not sent. Choose TLS or STARTTLS."
    )]
    PasswordInTheOpen,
    #[error("What answers there is no {0} server. Check the port.")]
    OtherProtocol(Protocol),
    #[error("The server offers no way to sign in that we know.")]
    NoWayToSignIn,
    #[error("The server did not accept the sign-in. Check name and password, or connect anew.")]
    SignInRefused,
    #[error("The server gave no token to sign in with. Connect the mailbox anew.")]
    TokenRefused,
    #[error("The folder was not found, or may not be opened.")]
    FolderMissing,
    #[error("The server does not take connections at the moment. It is tried again.")]
    NotNow,
    #[error("The server took too long to answer.")]
    TimedOut,
    #[error("The connection was lost.")]
    ConnectionLost,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Protocol {
    Imap,
    Smtp,
    Https,
}

impl std::fmt::Display for Protocol {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str(match self {
            Self::Imap => "IMAP",
            Self::Smtp => "SMTP",
            Self::Https => "HTTPS",
        })
    }
}

impl Failure {
    /// Whether a person has to change something before it can work; the others go by themselves.
    pub fn needs_a_person(self) -> bool {
        match self {
            Self::NameUnknown
            | Self::Unreachable
            | Self::TlsRefused
            | Self::NotNow
            | Self::TimedOut
            | Self::ConnectionLost => false,
            Self::AddressRefused
            | Self::CertificateRefused
            | Self::RootUnreadable
            | Self::StartTlsMissing
            | Self::PasswordInTheOpen
            | Self::OtherProtocol(_)
            | Self::NoWayToSignIn
            | Self::SignInRefused
            | Self::TokenRefused
            | Self::FolderMissing => true,
        }
    }
}
