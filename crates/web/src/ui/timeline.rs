//! What happened, one line each, oldest first.

use jiff::Timestamp;
use maud::{Markup, html};

use super::icon::{Icon, icon};
use crate::format::{self, Reader};
use crate::t;

/// One event in words; `who` and `what` read as one sentence.
#[derive(Debug, Clone, Copy)]
pub struct Entry<'a> {
    pub at: Timestamp,
    pub icon: Icon,
    pub who: &'a str,
    pub what: &'a Markup,
}

pub fn timeline(reader: &Reader, entries: &[Entry<'_>]) -> Markup {
    html! {
        ol.timeline aria-label=(t!(reader.locale, "timeline-label")) {
            @for entry in entries {
                li {
                    span.timeline-icon { (icon(entry.icon)) }
                    p { strong { (entry.who) } " " (entry.what) }
                    (format::moment(reader, entry.at))
                }
            }
        }
    }
}
