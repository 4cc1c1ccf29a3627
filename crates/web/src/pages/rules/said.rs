//! Rules in words: when they look, what they do, what became of them.

use domain::action;
use domain::id::RuleId;
use domain::rule::{Happening, Since, Verdict, When};
use store::catalogue::Catalogue;

use crate::format;
use crate::said::action::{Named, sentence};
use crate::t;
use crate::text::Locale;

pub(super) fn happening(locale: Locale, happening: Happening) -> &'static str {
    match happening {
        Happening::Opened => t!(locale, "happening-opened"),
        Happening::RequesterWrote => t!(locale, "happening-requester-wrote"),
        Happening::AgentReplied => t!(locale, "happening-agent-replied"),
        Happening::Transferred => t!(locale, "happening-transferred"),
        Happening::PriorityChanged => t!(locale, "happening-priority-changed"),
        Happening::Solved => t!(locale, "happening-solved"),
        Happening::Reopened => t!(locale, "happening-reopened"),
        Happening::Asked => t!(locale, "happening-asked"),
        Happening::Delivered => t!(locale, "happening-delivered"),
        Happening::Returned => t!(locale, "happening-returned"),
        Happening::Assigned => t!(locale, "happening-assigned"),
        Happening::Noted => t!(locale, "happening-noted"),
        Happening::Tagged => t!(locale, "happening-tagged"),
        Happening::Answered => t!(locale, "happening-answered"),
        Happening::Rated => t!(locale, "happening-rated"),
        Happening::Closed => t!(locale, "happening-closed"),
        Happening::StatusChanged => t!(locale, "happening-status-changed"),
        Happening::MailBounced => t!(locale, "happening-mail-bounced"),
    }
}

pub(super) fn since(locale: Locale, since: Since) -> &'static str {
    match since {
        Since::Unanswered => t!(locale, "since-unanswered"),
        Since::BeforeDue => t!(locale, "since-before-due"),
        Since::Waiting => t!(locale, "since-waiting"),
        Since::Solved => t!(locale, "since-solved"),
    }
}

pub(super) fn when(locale: Locale, when: When) -> String {
    match when {
        When::Happens(one) => happening(locale, one).to_owned(),
        When::Passes { since: one, by, working } => {
            let time = format::duration(locale, by);
            let time = if working { t!(locale, "rule-working-time", time = time) } else { time };
            t!(locale, "rule-passes", since = since(locale, one), time = time)
        }
    }
}

/// What a kept list does, one sentence each.
pub(super) fn does(locale: Locale, named: &Named, kept: &str) -> Vec<String> {
    let actions = action::read(kept).unwrap_or_default();
    actions.iter().map(|action| sentence(locale, named, action)).collect()
}

/// A rule by its name; one that is gone has none any more.
pub(super) fn rule(locale: Locale, catalogue: &Catalogue, id: RuleId) -> &str {
    let rule = catalogue.rules.iter().find(|rule| rule.id == id);
    rule.map_or(t!(locale, "rule-gone"), |rule| rule.name.as_str())
}

pub(super) fn verdict(locale: Locale, named: &Named, verdict: &Verdict) -> String {
    let catalogue = named.catalogue;
    match verdict {
        Verdict::Passed => t!(locale, "verdict-passed").to_owned(),
        Verdict::Acted { already, did } => {
            let acted = match already {
                0 => t!(locale, "verdict-acted").to_owned(),
                already => t!(locale, "verdict-acted-already", count = *already),
            };
            let did: Vec<String> = did.iter().map(|action| sentence(locale, named, action)).collect();
            if did.is_empty() { acted } else { format!("{acted}: {}", did.join("; ")) }
        }
        Verdict::Refused { place, why } => {
            t!(locale, "verdict-refused", place = place + 1, why = why.as_str())
        }
        Verdict::Looped => t!(locale, "verdict-looped").to_owned(),
        Verdict::TooDeep => t!(locale, "verdict-too-deep").to_owned(),
        Verdict::Ended { by } => t!(locale, "verdict-ended", rule = rule(locale, catalogue, *by)),
        Verdict::Broken => t!(locale, "verdict-broken").to_owned(),
    }
}
