//! What can be done with what was chosen in a list, and the bar from which it is.

use desk::{DeskError, Problem};
use domain::action::Action;
use domain::priority::Priority;
use maud::{Markup, html};

use crate::pages::admin::fields::Fields;
use crate::pages::listing::Listing;
use crate::t;
use crate::text::Locale;
use crate::ui::button::{self, Weight};
use crate::ui::field;
use crate::ui::icon::Icon;
use crate::visitor::Visitor;

/// The form that the boxes of rows belong to.
const FORM: &str = "bulk";

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Deed {
    Take,
    Assign,
    PutBack,
    Transfer,
    Priority,
    Wait,
    Solve,
    Note,
}

impl Deed {
    pub(super) const ALL: [Self; 8] = [
        Self::Take,
        Self::Assign,
        Self::PutBack,
        Self::Transfer,
        Self::Priority,
        Self::Wait,
        Self::Solve,
        Self::Note,
    ];

    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::Take => "take",
            Self::Assign => "assign",
            Self::PutBack => "put-back",
            Self::Transfer => "transfer",
            Self::Priority => "priority",
            Self::Wait => "wait",
            Self::Solve => "solve",
            Self::Note => "note",
        }
    }

    pub(super) fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|deed| deed.as_str() == word)
    }

    pub(super) fn words(self, locale: Locale) -> &'static str {
        match self {
            Self::Take => t!(locale, "action-take"),
            Self::Assign => t!(locale, "action-assign"),
            Self::PutBack => t!(locale, "action-put-back"),
            Self::Transfer => t!(locale, "action-transfer"),
            Self::Priority => t!(locale, "action-priority"),
            Self::Wait => t!(locale, "bulk-wait"),
            Self::Solve => t!(locale, "action-solve"),
            Self::Note => t!(locale, "bulk-note"),
        }
    }

    const fn icon(self) -> Icon {
        match self {
            Self::Take | Self::Assign => Icon::Person,
            Self::PutBack => Icon::Inbox,
            Self::Transfer => Icon::Unit,
            Self::Priority => Icon::Bolt,
            Self::Wait => Icon::Pause,
            Self::Solve => Icon::Check,
            Self::Note => Icon::Note,
        }
    }

    /// The action of what needs nothing more to be said.
    pub(super) const fn plain(self) -> Option<Action> {
        match self {
            Self::Take => Some(Action::Take),
            Self::PutBack => Some(Action::PutBack),
            Self::Wait => Some(Action::WaitForRequester),
            Self::Solve => Some(Action::Solve { reason: String::new() }),
            Self::Assign | Self::Transfer | Self::Priority | Self::Note => None,
        }
    }

    /// The action that a form says.
    pub(super) fn action(self, fields: &Fields) -> Result<Action, DeskError> {
        let choose = |field| DeskError::invalid(field, Problem::ChooseOne);
        match self {
            Self::Assign => {
                let person = fields.text("person").parse().map_err(|_| choose("person"))?;
                Ok(Action::Assign { person })
            }
            Self::Transfer => {
                let unit = fields.text("unit").parse().map_err(|_| choose("unit"))?;
                Ok(Action::Transfer { unit, reason: fields.text("reason").trim().to_owned() })
            }
            Self::Priority => {
                let number = fields.text("priority").parse().ok();
                let priority = number.and_then(|number: u8| Priority::try_from(number).ok());
                let priority = priority.ok_or_else(|| choose("priority"))?;
                let reason = fields.text("reason").trim().to_owned();
                if reason.is_empty() {
                    return Err(DeskError::invalid("reason", Problem::PriorityReasonMissing));
                }
                Ok(Action::SetPriority { priority, reason })
            }
            Self::Note => desk::words::Body::parse(fields.text("text"))
                .map_err(|error| match error {
                    DeskError::Invalid { problem, .. } => DeskError::invalid("text", problem),
                    other => other,
                })
                .map(|body| Action::Note { text: body.into_string() }),
            Self::Take | Self::PutBack | Self::Wait | Self::Solve => self.plain().ok_or_else(|| choose("do")),
        }
    }
}

/// The bar above a list: what to do with the rows whose boxes are ticked, or with all of it.
pub fn bar(visitor: &Visitor, listing: &Listing) -> Markup {
    let locale = visitor.reader.locale;
    html! {
        form.bulk id=(FORM) method="post" action="/bulk" data-bulk aria-label=(t!(locale, "bulk-title")) {
            (field::token(&visitor.csrf))
            input type="hidden" name="in" value=(listing.written());
            div.bulk-choice {
                button.button.button-quiet type="button" data-bulk-page hidden { (t!(locale, "bulk-page")) }
                label.choice {
                    input type="checkbox" name="all" value="yes" data-bulk-all;
                    span { (t!(locale, "bulk-all")) }
                }
                span.muted data-bulk-count=(t!(locale, "bulk-chosen")) aria-live="polite" {}
            }
            div.buttons.bulk-deeds {
                @for deed in Deed::ALL {
                    (button::submit_as(Weight::Secondary, Some(deed.icon()), deed.words(locale), "do", deed.as_str()))
                }
            }
        }
    }
}
