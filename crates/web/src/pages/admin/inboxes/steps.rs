//! The way through the set-up of an inbox: where one is, what was before, what comes.

use maud::{Markup, html};

use crate::t;
use crate::text::Locale;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    Address,
    Provider,
    Servers,
    Try,
}

impl Step {
    const ALL: [Self; 4] = [Self::Address, Self::Provider, Self::Servers, Self::Try];

    fn title(self, locale: Locale) -> &'static str {
        match self {
            Self::Address => t!(locale, "mail-step-address"),
            Self::Provider => t!(locale, "mail-step-provider"),
            Self::Servers => t!(locale, "mail-step-servers"),
            Self::Try => t!(locale, "mail-step-try"),
        }
    }

    const fn place(self) -> &'static str {
        match self {
            Self::Address => "/address",
            Self::Provider => "/provider",
            Self::Servers => "/servers",
            Self::Try => "",
        }
    }
}

/// An inbox that is not there yet has only its first step.
pub fn steps(locale: Locale, inbox: Option<i64>, here: Step) -> Markup {
    html! {
        nav.steps aria-label=(t!(locale, "mail-steps")) {
            ol { @for step in Step::ALL {
                li aria-current=[(step == here).then_some("step")] {
                    @match inbox {
                        Some(id) if step != here => { a href={ "/admin/inboxes/" (id) (step.place()) } { (step.title(locale)) } }
                        _ => { span { (step.title(locale)) } }
                    }
                }
            } }
        }
    }
}
