//! Rules in words: when they look, what they do, what became of them.

use domain::id::{PersonId, RuleId};
use domain::rule::deed::{self, Deed};
use domain::rule::{Happening, Since, Verdict, When};
use store::catalogue::Catalogue;

use crate::format;
use crate::pages::shown;
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
pub(super) fn deeds(
    locale: Locale,
    catalogue: &Catalogue,
    people: &[(PersonId, String)],
    kept: &str,
) -> Vec<String> {
    let deeds = deed::read(kept).unwrap_or_default();
    deeds.iter().map(|deed| sentence(locale, catalogue, people, deed)).collect()
}

fn sentence(locale: Locale, catalogue: &Catalogue, people: &[(PersonId, String)], deed: &Deed) -> String {
    match deed {
        Deed::SetPriority { priority, .. } => {
            let words = shown::priority_words(locale, i64::from(priority.number()));
            t!(locale, "deed-priority", priority = words)
        }
        Deed::Transfer { unit, .. } => t!(locale, "deed-transfer", unit = catalogue.unit_name(*unit)),
        Deed::PutBack => t!(locale, "rule-put-back").to_owned(),
        Deed::Assign { person } => {
            let known = people.iter().find(|(id, _)| id == person);
            let name = known.map_or(t!(locale, "history-somebody"), |(_, name)| name.as_str());
            t!(locale, "deed-assign", name = name)
        }
        Deed::Note { .. } => t!(locale, "rule-note").to_owned(),
        Deed::WaitForRequester => t!(locale, "rule-wait").to_owned(),
        Deed::Solve { .. } => t!(locale, "rule-solve").to_owned(),
    }
}

/// A rule by its name; one that is gone has none any more.
pub(super) fn rule(locale: Locale, catalogue: &Catalogue, id: RuleId) -> &str {
    let rule = catalogue.rules.iter().find(|rule| rule.id == id);
    rule.map_or(t!(locale, "rule-gone"), |rule| rule.name.as_str())
}

pub(super) fn verdict(locale: Locale, catalogue: &Catalogue, verdict: &Verdict) -> String {
    match verdict {
        Verdict::Passed => t!(locale, "verdict-passed").to_owned(),
        Verdict::Acted { already: 0 } => t!(locale, "verdict-acted").to_owned(),
        Verdict::Acted { already } => t!(locale, "verdict-acted-already", count = *already),
        Verdict::Refused { place, why } => {
            t!(locale, "verdict-refused", place = place + 1, why = why.as_str())
        }
        Verdict::Looped => t!(locale, "verdict-looped").to_owned(),
        Verdict::TooDeep => t!(locale, "verdict-too-deep").to_owned(),
        Verdict::Ended { by } => t!(locale, "verdict-ended", rule = rule(locale, catalogue, *by)),
        Verdict::Broken => t!(locale, "verdict-broken").to_owned(),
    }
}
