//! By what senders, links and codes of such mail are known.

/// Parts of an address before the @ that say that nobody reads there; only letters are compared.
pub(super) const NOBODY: [&str; 10] = [
    "noreply",
    "donotreply",
    "dontreply",
    "nichtantworten",
    "keineantwort",
    "nepasrepondre",
    "noresponder",
    "nonrispondere",
    "naoresponda",
    "nietbeantwoorden",
];

/// Whole local parts of programs that write about accounts.
pub(super) const MACHINES: [&str; 20] = [
    "verify",
    "verification",
    "account",
    "accounts",
    "accountsecurity",
    "security",
    "notify",
    "notification",
    "notifications",
    "register",
    "registration",
    "signup",
    "signin",
    "login",
    "auth",
    "authentication",
    "otp",
    "invite",
    "invitations",
    "password",
];

/// What links to such pages are called.
pub(super) const IN_LINKS: [&str; 16] = [
    "verify",
    "verif",
    "confirm",
    "activat",
    "reset",
    "token",
    "magic",
    "invit",
    "signup",
    "sign-up",
    "login",
    "signin",
    "validat",
    "passwor",
    "bestaetig",
    "aktivier",
];

/// Words for a code to be typed.
pub(super) const CODES: [&str; 16] = [
    "code",
    "kod",
    "código",
    "codice",
    "cod ",
    "koodi",
    "passcode",
    "pin",
    "otp",
    "tan",
    "mã ",
    "код",
    "コード",
    "码",
    "碼",
    "코드",
];
