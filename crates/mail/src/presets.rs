//! What is known of common providers, so that an administrator types a name and a password and nothing else.

use crate::egress::Security;

/// One provider as it stands in the list to choose from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Preset {
    /// Stays the same for ever; it is kept with the inbox and names the sentences in the catalogues.
    pub key: &'static str,
    pub name: &'static str,
    /// Absent where everybody has their own.
    pub imap: Option<Server>,
    pub smtp: Option<Server>,
    pub signing_in: SigningIn,
    /// What the administrator has to do at the provider first.
    pub todo: &'static str,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Server {
    pub host: &'static str,
    pub port: u16,
    pub security: Security,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SigningIn {
    /// The password of the mailbox.
    Password,
    /// One made at the provider for this desk alone; the usual one is refused.
    AppPassword,
    OAuth(OAuth),
    /// Tokens of a provider that is named with the inbox.
    OwnOAuth,
}

/// `{tenant}` in a path stands for the organisation's id at the provider.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OAuth {
    pub authorize_url: &'static str,
    pub token_host: &'static str,
    pub token_path: &'static str,
    pub scope: &'static str,
    /// What is said besides when a person is asked for their consent.
    pub asking: &'static [(&'static str, &'static str)],
}

pub fn by_key(key: &str) -> Option<&'static Preset> {
    PRESETS.iter().find(|preset| preset.key == key)
}

const GOOGLE: OAuth = OAuth {
    authorize_url: "https://accounts.google.com/o/oauth2/v2/auth",
    token_host: "oauth2.googleapis.com",
    token_path: "/token",
    scope: "https://mail.google.com/",
    // Without both, only the very first consent brings a refresh token.
    asking: &[("access_type", "offline"), ("prompt", "consent")],
};

const MICROSOFT: OAuth = OAuth {
    authorize_url: "https://login.microsoftonline.com/{tenant}/oauth2/v2.0/authorize",
    token_host: "login.microsoftonline.com",
    token_path: "/{tenant}/oauth2/v2.0/token",
    scope: "https://outlook.office.com/IMAP.AccessAsUser.All https://outlook.office.com/SMTP.Send offline_access",
    // The browser may be signed in as somebody else.
    asking: &[("prompt", "select_account")],
};

const fn tls(host: &'static str, port: u16) -> Option<Server> {
    Some(Server { host, port, security: Security::Tls })
}

const fn starttls(host: &'static str, port: u16) -> Option<Server> {
    Some(Server { host, port, security: Security::StartTls })
}

/// In the order in which they are offered.
pub const PRESETS: &[Preset] = &[
    Preset {
        key: "google",
        name: "Google Workspace, Gmail",
        imap: tls("imap.gmail.com", 993),
        smtp: tls("smtp.gmail.com", 465),
        signing_in: SigningIn::OAuth(GOOGLE),
        todo: "Make an OAuth client of type web application in the Google Cloud console, with the address of this desk that the next page names.",
    },
    Preset {
        key: "google-app-password",
        name: "Gmail with an app password",
        imap: tls("imap.gmail.com", 993),
        smtp: tls("smtp.gmail.com", 465),
        signing_in: SigningIn::AppPassword,
        todo: "Turn on two-step verification for the mailbox and make an app password.",
    },
    Preset {
        key: "microsoft",
        name: "Microsoft 365",
        imap: tls("outlook.office365.com", 993),
        smtp: starttls("smtp.office365.com", 587),
        signing_in: SigningIn::OAuth(MICROSOFT),
        todo: "Register an application in Entra ID with the address of this desk that the next page names, and allow authenticated SMTP for the mailbox in the admin centre.",
    },
    Preset {
        key: "fastmail",
        name: "Fastmail",
        imap: tls("imap.fastmail.com", 993),
        smtp: tls("smtp.fastmail.com", 465),
        signing_in: SigningIn::AppPassword,
        todo: "Make an app password with access to mail under Settings, Privacy & Security.",
    },
    Preset {
        key: "icloud",
        name: "iCloud Mail",
        imap: tls("imap.mail.me.com", 993),
        smtp: starttls("smtp.mail.me.com", 587),
        signing_in: SigningIn::AppPassword,
        todo: "Make an app-specific password at account.apple.com.",
    },
    Preset {
        key: "yahoo",
        name: "Yahoo Mail",
        imap: tls("imap.mail.yahoo.com", 993),
        smtp: tls("smtp.mail.yahoo.com", 465),
        signing_in: SigningIn::AppPassword,
        todo: "Make an app password in the security settings of the mailbox.",
    },
    Preset {
        key: "zoho",
        name: "Zoho Mail, organisation",
        imap: tls("imappro.zoho.com", 993),
        smtp: tls("smtppro.zoho.com", 465),
        signing_in: SigningIn::AppPassword,
        todo: "Allow IMAP for the mailbox and make an app password; in the EU the hosts end in zoho.eu.",
    },
    Preset {
        key: "gmx",
        name: "GMX",
        imap: tls("imap.gmx.net", 993),
        smtp: tls("mail.gmx.net", 465),
        signing_in: SigningIn::Password,
        todo: "Allow access by IMAP in the mailbox settings under POP3/IMAP; with two-factor sign-in, make an app password.",
    },
    Preset {
        key: "webde",
        name: "WEB.DE",
        imap: tls("imap.web.de", 993),
        smtp: starttls("smtp.web.de", 587),
        signing_in: SigningIn::Password,
        todo: "Allow access by IMAP in the mailbox settings under POP3/IMAP; with two-factor sign-in, make an app password.",
    },
    Preset {
        key: "mailbox-org",
        name: "mailbox.org",
        imap: tls("imap.mailbox.org", 993),
        smtp: tls("smtp.mailbox.org", 465),
        signing_in: SigningIn::Password,
        todo: "Nothing; with two-factor sign-in, make an app password for mail.",
    },
    Preset {
        key: "infomaniak",
        name: "Infomaniak",
        imap: tls("mail.infomaniak.com", 993),
        smtp: tls("mail.infomaniak.com", 465),
        signing_in: SigningIn::AppPassword,
        todo: "Make a device password for the mailbox in the Infomaniak manager.",
    },
    Preset {
        key: "ovh",
        name: "OVHcloud",
        imap: tls("ssl0.ovh.net", 993),
        smtp: tls("ssl0.ovh.net", 465),
        signing_in: SigningIn::Password,
        todo: "Nothing; for a mailbox of the Pro or Exchange kind, take the host from its page in the control panel.",
    },
    Preset {
        key: "own-oauth",
        name: "Another provider with OAuth",
        imap: None,
        smtp: None,
        signing_in: SigningIn::OwnOAuth,
        todo: "Register this desk as an application at the provider, and take its servers and the addresses for consent and tokens from there.",
    },
    Preset {
        key: "own",
        name: "Own server",
        imap: None,
        smtp: None,
        signing_in: SigningIn::Password,
        todo: "Take host, port and protection from whoever runs the server; a host inside your network has to be allowed first.",
    },
];

#[cfg(test)]
mod tests;
