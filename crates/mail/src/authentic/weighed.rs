//! What a server says that we believe, and what we found ourselves, as one verdict.

use super::{Check, Verdict};

/// A server's word counts where it says something about the domain, ours where it says nothing. A yes of
/// a server that rests on a signature alone counts only when we find a signature good as well: the server
/// was told to us, the field may still be forged.
pub fn weighed(said: Option<Verdict>, found: Option<Verdict>) -> Verdict {
    match (said, found) {
        (None, None) => Verdict::default(),
        (Some(said), None) => said,
        (None, Some(found)) => found,
        (Some(said), Some(found)) => match said.dmarc {
            Check::Fail => said,
            Check::Pass if said.spf == Check::Pass || found.dkim == Check::Pass => said,
            Check::Pass => Verdict { dmarc: Check::Unknown, ..said },
            Check::None | Check::Unknown => found,
        },
    }
}
