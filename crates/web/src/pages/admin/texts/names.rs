//! What texts and their variables are called.

use desk::template::{Template, Variable};
use domain::notice::{Occasion, Subscription, Way};

use crate::t;
use crate::text::Locale;

pub fn title(locale: Locale, template: Template) -> &'static str {
    match template {
        Template::Acknowledgement => t!(locale, "texts-acknowledgement"),
        Template::FirstAcknowledgement => t!(locale, "texts-first-acknowledgement"),
        Template::Notice(Occasion::Given) => t!(locale, "texts-given"),
        Template::Notice(Occasion::Answered) => t!(locale, "texts-answered"),
        Template::Notice(Occasion::Delivered) => t!(locale, "texts-delivered"),
        Template::Notice(Occasion::Returned) => t!(locale, "texts-returned"),
        Template::Notice(Occasion::EndsSoon) => t!(locale, "texts-ends-soon"),
        Template::Notice(Occasion::StrangerWrote) => t!(locale, "texts-stranger-wrote"),
        Template::Notice(Occasion::AskedBack) => t!(locale, "texts-asked-back"),
        Template::Notice(Occasion::Replied) => t!(locale, "texts-replied"),
        Template::Notice(Occasion::Solved) => t!(locale, "texts-solved"),
        Template::Notice(Occasion::Closed) => t!(locale, "texts-closed"),
        Template::Notice(Occasion::Mentioned) => t!(locale, "texts-mentioned"),
        Template::Notice(Occasion::Noted) => t!(locale, "texts-noted"),
        Template::Notice(Occasion::Watched) => t!(locale, "texts-watched"),
        Template::Notice(Occasion::HandoffWatched) => t!(locale, "texts-handoff-watched"),
        Template::Notice(Occasion::Bounced) => t!(locale, "texts-bounced"),
        Template::Notice(Occasion::Rated) => t!(locale, "texts-rated"),
        Template::Notice(Occasion::Escalated) => t!(locale, "texts-escalated"),
        Template::Notice(Occasion::Arrived) => t!(locale, "texts-arrived"),
        Template::Notice(Occasion::Told) => t!(locale, "texts-told"),
        Template::Digest => t!(locale, "texts-digest"),
        Template::Files => t!(locale, "texts-files"),
        Template::Rating => t!(locale, "texts-rating"),
    }
}

/// When a text is sent, and to whom.
pub fn occasion(locale: Locale, template: Template) -> &'static str {
    match template {
        Template::Acknowledgement => t!(locale, "texts-acknowledgement-when"),
        Template::FirstAcknowledgement => t!(locale, "texts-first-acknowledgement-when"),
        Template::Notice(occasion) if occasion.is_for_agents() => t!(locale, "texts-agents-when"),
        Template::Notice(_) => t!(locale, "texts-requesters-when"),
        Template::Digest => t!(locale, "texts-digest-when"),
        Template::Files => t!(locale, "texts-files-when"),
        Template::Rating => t!(locale, "texts-rating-when"),
    }
}

/// What somebody is told of.
pub fn told(locale: Locale, occasion: Occasion) -> &'static str {
    match occasion {
        Occasion::Given => t!(locale, "notice-given"),
        Occasion::Answered => t!(locale, "notice-answered"),
        Occasion::Delivered => t!(locale, "notice-delivered"),
        Occasion::Returned => t!(locale, "notice-returned"),
        Occasion::EndsSoon => t!(locale, "notice-ends-soon"),
        Occasion::StrangerWrote => t!(locale, "notice-stranger-wrote"),
        Occasion::AskedBack => t!(locale, "notice-asked-back"),
        Occasion::Replied => t!(locale, "notice-replied"),
        Occasion::Solved => t!(locale, "notice-solved"),
        Occasion::Closed => t!(locale, "notice-closed"),
        Occasion::Mentioned => t!(locale, "notice-mentioned"),
        Occasion::Noted => t!(locale, "notice-noted"),
        Occasion::Watched => t!(locale, "notice-watched"),
        Occasion::HandoffWatched => t!(locale, "notice-handoff-watched"),
        Occasion::Bounced => t!(locale, "notice-bounced"),
        Occasion::Rated => t!(locale, "notice-rated"),
        Occasion::Escalated => t!(locale, "notice-escalated"),
        Occasion::Arrived => t!(locale, "notice-arrived"),
        Occasion::Told => t!(locale, "notice-told"),
    }
}

pub fn way(locale: Locale, way: Way) -> &'static str {
    match way {
        Way::AtOnce => t!(locale, "notice-at-once"),
        Way::Digest => t!(locale, "notice-digest"),
        Way::Never => t!(locale, "notice-never"),
    }
}

pub fn subscription(locale: Locale, subscription: Subscription) -> &'static str {
    match subscription {
        Subscription::To(occasion) => told(locale, occasion),
        Subscription::Digest => t!(locale, "texts-digest"),
    }
}

pub fn variable(locale: Locale, variable: Variable) -> &'static str {
    match variable {
        Variable::Name => t!(locale, "texts-variable-name"),
        Variable::Number => t!(locale, "texts-variable-number"),
        Variable::Subject => t!(locale, "texts-variable-subject"),
        Variable::Unit => t!(locale, "texts-variable-unit"),
        Variable::Inbox => t!(locale, "texts-variable-inbox"),
        Variable::Until => t!(locale, "texts-variable-until"),
        Variable::Who => t!(locale, "texts-variable-who"),
        Variable::Excerpt => t!(locale, "texts-variable-excerpt"),
        Variable::Link => t!(locale, "texts-variable-link"),
        Variable::Count => t!(locale, "texts-variable-count"),
        Variable::List => t!(locale, "texts-variable-list"),
    }
}
