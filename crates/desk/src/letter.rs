//! What pages need of the bytes of a mail: addresses as they are shown, safe HTML, and a bounded look inside.

pub use mail::address::{EmailAddress, Mailbox};
pub use mail::attachment::clean_name;
pub use mail::html::SafeHtml;
pub use mail::{Limits, parse, peek};
