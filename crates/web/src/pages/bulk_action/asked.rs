//! What can be done with what was chosen in a list, and the bar from which it is.

use desk::{DeskError, Problem};
use domain::action::Action;
use domain::id::MacroId;
use domain::priority::Priority;
use maud::{Markup, html};

use crate::pages::admin::fields::Fields;
use crate::pages::listing::Listing;
use crate::pages::{action_fields, statuses};
use crate::t;
use crate::text::Locale;
use crate::ui::button::{self, Weight};
use crate::ui::field;
use crate::ui::icon::Icon;
use crate::ui::popover;
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
    Reply,
    Note,
    Tag,
    Status,
    Steps,
    Service,
    Ask,
    Macro,
    Snooze,
    Wake,
    Field,
    Reopen,
    Close,
}

impl Deed {
    pub(super) const ALL: [Self; 20] = [
        Self::Take,
        Self::Assign,
        Self::Reply,
        Self::Tag,
        Self::Solve,
        Self::Macro,
        Self::Note,
        Self::Status,
        Self::Steps,
        Self::Priority,
        Self::Transfer,
        Self::Ask,
        Self::Service,
        Self::PutBack,
        Self::Wait,
        Self::Snooze,
        Self::Wake,
        Self::Field,
        Self::Reopen,
        Self::Close,
    ];
    /// The first ones stand in the bar, the others in its menu.
    const IN_SIGHT: usize = 5;

    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::Take => "take",
            Self::Assign => "assign",
            Self::PutBack => "put-back",
            Self::Transfer => "transfer",
            Self::Priority => "priority",
            Self::Wait => "wait",
            Self::Solve => "solve",
            Self::Reply => "reply",
            Self::Note => "note",
            Self::Tag => "tag",
            Self::Status => "status",
            Self::Steps => "steps",
            Self::Service => "service",
            Self::Ask => "ask",
            Self::Macro => "macro",
            Self::Snooze => "snooze",
            Self::Wake => "wake",
            Self::Field => "field",
            Self::Reopen => "reopen",
            Self::Close => "close",
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
            Self::Reply => t!(locale, "bulk-reply"),
            Self::Note => t!(locale, "bulk-note"),
            Self::Tag => t!(locale, "bulk-tag"),
            Self::Status => t!(locale, "status-of-ticket"),
            Self::Steps => t!(locale, "bulk-steps"),
            Self::Service => t!(locale, "bulk-service"),
            Self::Ask => t!(locale, "bulk-ask"),
            Self::Macro => t!(locale, "bulk-macro"),
            Self::Snooze => t!(locale, "snooze"),
            Self::Wake => t!(locale, "snooze-wake"),
            Self::Field => t!(locale, "bulk-field"),
            Self::Reopen => t!(locale, "action-reopen"),
            Self::Close => t!(locale, "action-close"),
        }
    }

    const fn icon(self) -> Icon {
        match self {
            Self::Take | Self::Assign => Icon::Person,
            Self::PutBack => Icon::Inbox,
            Self::Transfer => Icon::Unit,
            Self::Priority => Icon::Bolt,
            Self::Reply => Icon::Reply,
            Self::Tag => Icon::Plus,
            Self::Service => Icon::Service,
            Self::Ask => Icon::Handoff,
            Self::Macro => Icon::Wand,
            Self::Wait => Icon::Pause,
            Self::Steps => Icon::Menu,
            Self::Solve | Self::Status => Icon::Check,
            Self::Note => Icon::Note,
            Self::Snooze | Self::Wake => Icon::Moon,
            Self::Field => Icon::Settings,
            Self::Reopen => Icon::Return,
            Self::Close => Icon::Lock,
        }
    }

    /// The action of what needs nothing more to be said.
    pub(super) const fn plain(self) -> Option<Action> {
        match self {
            Self::Take => Some(Action::Take),
            Self::PutBack => Some(Action::PutBack),
            Self::Wait => Some(Action::WaitForRequester),
            Self::Solve => Some(Action::Solve { reason: String::new() }),
            Self::Wake => Some(Action::Wake),
            Self::Close => Some(Action::Close),
            Self::Snooze
            | Self::Field
            | Self::Reopen
            | Self::Assign
            | Self::Transfer
            | Self::Priority
            | Self::Reply
            | Self::Note
            | Self::Tag
            | Self::Status
            | Self::Steps
            | Self::Service
            | Self::Ask
            | Self::Macro => None,
        }
    }

    /// What a form says.
    pub(super) fn said(self, fields: &Fields) -> Result<Said, DeskError> {
        let choose = |field| DeskError::invalid(field, Problem::ChooseOne);
        let text = |field: &'static str| {
            desk::words::Body::parse(fields.text(field)).map(desk::words::Body::into_string).map_err(
                |error| match error {
                    DeskError::Invalid { problem, .. } => DeskError::invalid(field, problem),
                    other => other,
                },
            )
        };
        let reason = || fields.text("reason").trim().to_owned();
        let action = match self {
            Self::Assign => {
                Action::Assign { person: fields.text("person").parse().map_err(|_| choose("person"))? }
            }
            Self::Transfer => {
                let unit = fields.text("unit").parse().map_err(|_| choose("unit"))?;
                Action::Transfer { unit, reason: reason() }
            }
            Self::Priority => {
                let number = fields.text("priority").parse().ok();
                let priority = number.and_then(|number: u8| Priority::try_from(number).ok());
                let priority = priority.ok_or_else(|| choose("priority"))?;
                if reason().is_empty() {
                    return Err(DeskError::invalid("reason", Problem::PriorityReasonMissing));
                }
                Action::SetPriority { priority, reason: reason() }
            }
            Self::Reply => Action::Reply { text: text("text")? },
            Self::Note => Action::Note { text: text("text")? },
            Self::Steps => Action::AddSteps { steps: fields.text("steps").to_owned() },
            Self::Service => {
                Action::SetService { service: fields.text("service").parse().map_err(|_| choose("service"))? }
            }
            Self::Ask => Action::Ask {
                service: fields.text("service").parse().map_err(|_| choose("service"))?,
                subject: desk::words::Subject::parse(fields.text("subject"))?.as_str().to_owned(),
                text: text("text")?,
            },
            Self::Tag => {
                let tags = fields.text("tag").split(',').map(str::trim).filter(|tag| !tag.is_empty());
                let tags: Vec<Action> = tags.map(|tag| Action::Tag { tag: tag.to_owned() }).collect();
                if tags.is_empty() {
                    return Err(DeskError::invalid("tag", Problem::TagMissing));
                }
                return Ok(Said::Actions(tags));
            }
            Self::Status => statuses::action(fields.text("status").trim()).ok_or_else(|| choose("status"))?,
            Self::Macro => {
                let id = fields.text("macro").parse().map_err(|_| choose("macro"))?;
                return Ok(Said::Macro(MacroId(id)));
            }
            Self::Snooze => action_fields::sleep(fields.text("snooze")).ok_or_else(|| choose("snooze"))?,
            Self::Reopen => Action::Reopen { reason: reason() },
            Self::Field => {
                let actions = action_fields::answers(fields.text("fields"));
                if actions.is_empty() {
                    return Err(choose("fields"));
                }
                return Ok(Said::Actions(actions));
            }
            Self::Take | Self::PutBack | Self::Wait | Self::Solve | Self::Wake | Self::Close => {
                self.plain().ok_or_else(|| choose("do"))?
            }
        };
        Ok(Said::Actions(vec![action]))
    }
}

/// What a form says shall be done.
pub(super) enum Said {
    Actions(Vec<Action>),
    Macro(MacroId),
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
                @let (in_sight, others) = Deed::ALL.split_at(Deed::IN_SIGHT);
                @for deed in in_sight { (submit(locale, Weight::Secondary, *deed)) }
                @let more = html! { span.button { (t!(locale, "bulk-more")) span aria-hidden="true" { "▾" } } };
                (popover::popover(&more, &html! {
                    @for deed in others { (submit(locale, Weight::Quiet, *deed)) }
                }))
            }
        }
    }
}

fn submit(locale: Locale, weight: Weight, deed: Deed) -> Markup {
    button::submit_as(weight, Some(deed.icon()), deed.words(locale), "do", deed.as_str())
}
