//! The page of a bulk action: what will be done, how far it is, what became of it.

use desk::bulk_action::Foreseen;
use domain::action::{self, Action};
use domain::bulk_action::State;
use maud::{Markup, html};
use store::bulk_action::{BulkAction, Counts};
use store::catalogue::Catalogue;

use super::View;
use super::asked::Deed;
use super::form;
use crate::format;
use crate::markdown;
use crate::pages::admin::fields::{Fields, Wrong};
use crate::pages::frame::{self, Frame, Here};
use crate::pages::listing::Listing;
use crate::pages::{action_fields, shown};
use crate::said;
use crate::t;
use crate::text::Locale;
use crate::ui::button::{self, Weight};
use crate::ui::icon::Icon;
use crate::ui::navigation::Place;
use crate::ui::panel;
use crate::ui::table::{self, words};
use crate::visitor::Visitor;

pub(super) fn page(
    visitor: &Visitor,
    view: &View,
    deed: Option<Deed>,
    fields: &Fields,
    wrong: &Wrong,
) -> Markup {
    let locale = visitor.reader.locale;
    let bulk = &view.bulk;
    let list = list_of(bulk);
    let title = title(locale, bulk, deed, &view.catalogue);
    let running = bulk.state == State::Running;
    let address = address(bulk, "");
    let body = match (bulk.state, deed) {
        (State::Proposed, Some(deed)) if is_undecided(bulk) || !wrong.listed().is_empty() => {
            html! { (form::form(visitor, view, deed, fields, wrong)) (give_up(visitor, bulk)) }
        }
        (State::Proposed, Some(_) | None) if is_undecided(bulk) => undecided(locale, bulk),
        (State::Proposed, Some(_) | None) => proposed(visitor, view),
        (State::Running, _) => progress(visitor, bulk),
        (State::Done | State::Cancelled, _) => over(visitor, view),
    };
    let content = html! {
        header.page-head {
            h1 { (title) }
            (button::link(Weight::Secondary, Some(Icon::Return), t!(locale, "bulk-back"), &list))
        }
        div.stack #bulk-action hx-get=[running.then_some(&address)] hx-trigger=[running.then_some("every 1s")]
            hx-select="#bulk-action" hx-swap="outerHTML" {
            (body)
            @if !matches!(bulk.state, State::Proposed) { (refused(visitor, view)) }
        }
    };
    let above = [Place::new(t!(locale, "place-work"), "/"), Place::new(t!(locale, "bulk-title"), "/bulk")];
    frame::show(visitor, &Frame { above: &above, ..Frame::new(&title, Here::Work) }, &content)
}

/// The visitor's own, latest first.
pub(super) fn all(visitor: &Visitor, all: &[BulkAction], catalogue: &Catalogue) -> Markup {
    let reader = &visitor.reader;
    let locale = reader.locale;
    let title = t!(locale, "bulk-title");
    let columns = [
        words(t!(locale, "bulk-what")),
        words(t!(locale, "bulk-state")),
        table::figures(t!(locale, "bulk-did")),
        table::figures(t!(locale, "bulk-refused")),
        words(t!(locale, "bulk-when")),
    ];
    let rows: Vec<Vec<Markup>> = all
        .iter()
        .map(|bulk| {
            vec![
                html! { a href=(address(bulk, "")) { (self::title(locale, bulk, None, catalogue)) } },
                html! { (state(locale, bulk.state)) },
                html! { (bulk.counts.did) },
                html! { (bulk.counts.refused) },
                html! { (format::stamp(reader, bulk.proposed_at)) },
            ]
        })
        .collect();
    let content = html! {
        header.page-head { h1 { (title) } }
        @if rows.is_empty() {
            (panel::empty(Icon::Check, t!(locale, "bulk-none"), t!(locale, "bulk-none-words"), None))
        } @else { (table::table(title, &columns, &rows)) }
    };
    let above = [Place::new(t!(locale, "place-work"), "/")];
    frame::show(visitor, &Frame { above: &above, ..Frame::new(title, Here::Work) }, &content)
}

fn list_of(bulk: &BulkAction) -> String {
    Listing::parse(&bulk.came_from).map_or_else(|| "/".to_owned(), |list| list.address())
}

pub(super) fn address(bulk: &BulkAction, noun: &str) -> String {
    if noun.is_empty() { format!("/bulk/{}", bulk.id) } else { format!("/bulk/{}/{noun}", bulk.id) }
}

fn actions(bulk: &BulkAction) -> Vec<Action> {
    action::read(&bulk.actions).unwrap_or_default()
}

fn is_undecided(bulk: &BulkAction) -> bool {
    actions(bulk).is_empty()
}

fn title(locale: Locale, bulk: &BulkAction, deed: Option<Deed>, catalogue: &Catalogue) -> String {
    let mut what: Vec<String> =
        actions(bulk).iter().map(|action| sentence(locale, action, catalogue)).collect();
    what.extend(deed.filter(|_| what.is_empty()).map(|deed| deed.words(locale).to_owned()));
    let what = if bulk.undoes.is_some() {
        t!(locale, "bulk-undo-of", what = what.join(", "))
    } else {
        what.join(", ")
    };
    t!(locale, "bulk-of", what = what, count = bulk.counts.tickets)
}

/// What an action does, short.
fn sentence(locale: Locale, action: &Action, catalogue: &Catalogue) -> String {
    match action {
        Action::Take => t!(locale, "action-take").to_owned(),
        Action::Assign { .. } => t!(locale, "action-assign").to_owned(),
        Action::PutBack => t!(locale, "action-put-back").to_owned(),
        Action::Transfer { unit, .. } => t!(locale, "bulk-transfer-to", unit = catalogue.unit_name(*unit)),
        Action::SetPriority { priority, .. } => {
            let priority = shown::priority_words(locale, i64::from(priority.number()));
            t!(locale, "bulk-priority-to", priority = priority)
        }
        Action::SetService { .. } => t!(locale, "field-service").to_owned(),
        Action::WaitForRequester => t!(locale, "bulk-wait").to_owned(),
        Action::Solve { .. } => t!(locale, "action-solve").to_owned(),
        Action::Reply { .. } => t!(locale, "bulk-reply").to_owned(),
        Action::Note { .. } => t!(locale, "bulk-note").to_owned(),
        Action::Ask { .. } => t!(locale, "action-ask").to_owned(),
        Action::Tag { tag } => t!(locale, "does-tag", tag = tag.as_str()),
        Action::Untag { tag } => t!(locale, "does-untag", tag = tag.as_str()),
        Action::SetStatus { status, .. } => {
            let name = catalogue.status(*status).map_or(t!(locale, "does-gone"), |status| &status.name);
            t!(locale, "does-status", status = name)
        }
        Action::AddSteps { steps } => said::action::added_steps(locale, steps),
        Action::Snooze { until } => {
            t!(locale, "does-snooze", until = action_fields::said(locale, *until))
        }
        Action::Wake => t!(locale, "does-wake").to_owned(),
        Action::SetField { field, values } => action_fields::answer(locale, catalogue, field, values),
        Action::Reopen { .. } => t!(locale, "action-reopen").to_owned(),
        Action::Close => t!(locale, "action-close").to_owned(),
        Action::Tell { .. } => t!(locale, "does-tell").to_owned(),
    }
}

fn state(locale: Locale, state: State) -> &'static str {
    match state {
        State::Proposed => t!(locale, "bulk-proposed"),
        State::Running => t!(locale, "bulk-running"),
        State::Done => t!(locale, "bulk-done"),
        State::Cancelled => t!(locale, "bulk-cancelled"),
    }
}

/// The way back to a choice that was left before it was made.
fn undecided(locale: Locale, bulk: &BulkAction) -> Markup {
    html! {
        p { (t!(locale, "bulk-undecided")) }
        div.buttons {
            @for deed in Deed::ALL.into_iter().filter(|deed| deed.plain().is_none()) {
                (button::link(Weight::Secondary, None, deed.words(locale), &format!("{}?do={}", address(bulk, ""), deed.as_str())))
            }
        }
    }
}

/// What would happen, before it does.
fn proposed(visitor: &Visitor, view: &View) -> Markup {
    let locale = visitor.reader.locale;
    let bulk = &view.bulk;
    let nothing = Foreseen::default();
    let foreseen = view.foreseen.as_ref().unwrap_or(&nothing);
    let all = i64::try_from(foreseen.looked).is_ok_and(|looked| looked >= bulk.counts.tickets);
    let revocable = domain::bulk_action::can_be_taken_back(&actions(bulk));
    let rows: Vec<Vec<Markup>> = foreseen
        .told
        .iter()
        .map(|(number, why)| vec![ticket(*number), html! { (said::error(&visitor.reader, why)) }])
        .collect();
    html! {
        (told(locale, bulk))
        @if bulk.cut { p.field-warning role="status" { (t!(locale, "bulk-cut", most = domain::bulk_action::MOST)) } }
        (panel::panel(t!(locale, "bulk-before"), None, &html! {
            @if !all { p.muted { (t!(locale, "bulk-looked", looked = foreseen.looked, count = bulk.counts.tickets)) } }
            (panel::facts(&[
                (t!(locale, "bulk-would"), html! { (foreseen.would) }),
                (t!(locale, "bulk-already"), html! { (foreseen.already) }),
                (t!(locale, "bulk-would-refuse"), html! { (foreseen.refused) }),
            ]))
            @if let Some((number, words)) = &foreseen.said { (spoken(locale, foreseen, *number, words)) }
            p.muted { @if revocable { (t!(locale, "bulk-revocable")) } @else { (t!(locale, "bulk-final")) } }
        }))
        @if !rows.is_empty() { (panel::panel(t!(locale, "bulk-refusals"), None, &reasons(locale, &rows))) }
        div.buttons {
            (button::post(Weight::Primary, Some(Icon::Check), &t!(locale, "bulk-start", count = bulk.counts.tickets), &address(bulk, "run"), &visitor.csrf))
            (give_up(visitor, bulk))
        }
    }
}

/// Whom it reaches by mail, and how it reads for the first of them.
fn spoken(locale: Locale, foreseen: &Foreseen, number: i64, words: &str) -> Markup {
    html! {
        p.bulk-reaches {
            strong { (t!(locale, "bulk-people", count = foreseen.people.len())) }
            " " (t!(locale, "bulk-mails", count = foreseen.mails))
        }
        p.muted { (t!(locale, "bulk-reads", number = format!("#{number}"))) }
        div.prose.composer-preview { (markdown::render(words)) }
    }
}

/// The words that come with it, as they were written.
fn told(locale: Locale, bulk: &BulkAction) -> Markup {
    let actions = actions(bulk);
    let words = actions.iter().filter_map(|action| match action {
        Action::Transfer { reason, .. }
        | Action::SetPriority { reason, .. }
        | Action::Solve { reason }
        | Action::Reopen { reason } => Some(reason),
        Action::Note { text } | Action::Reply { text } | Action::Ask { text, .. } => Some(text),
        Action::Take
        | Action::Assign { .. }
        | Action::PutBack
        | Action::SetService { .. }
        | Action::WaitForRequester
        | Action::Tag { .. }
        | Action::Untag { .. }
        | Action::SetStatus { .. }
        | Action::AddSteps { .. }
        | Action::Snooze { .. }
        | Action::Wake
        | Action::SetField { .. }
        | Action::Close
        | Action::Tell { .. } => None,
    });
    html! {
        @for words in words.filter(|words| !words.is_empty()) {
            (panel::panel(t!(locale, "bulk-words"), None, &html! { div.prose { p { (words) } } }))
        }
    }
}

fn give_up(visitor: &Visitor, bulk: &BulkAction) -> Markup {
    let label = t!(visitor.reader.locale, "bulk-give-up");
    button::post(Weight::Quiet, None, label, &address(bulk, "cancellation"), &visitor.csrf)
}

fn progress(visitor: &Visitor, bulk: &BulkAction) -> Markup {
    let locale = visitor.reader.locale;
    let Counts { tickets, .. } = bulk.counts;
    let number = |number: i64| u64::try_from(number).unwrap_or(0);
    let label = t!(locale, "bulk-progress", acted = bulk.counts.acted(), count = tickets);
    html! {
        (panel::progress(&label, number(bulk.counts.acted()), number(tickets)))
        p.muted { (t!(locale, "bulk-progress-words")) }
        div.buttons {
            (button::link(Weight::Secondary, None, t!(locale, "bulk-reload"), &address(bulk, "")))
            (button::post(Weight::Danger, Some(Icon::Cross), t!(locale, "bulk-cancel"), &address(bulk, "cancellation"), &visitor.csrf))
        }
    }
}

fn over(visitor: &Visitor, view: &View) -> Markup {
    let locale = visitor.reader.locale;
    let bulk = &view.bulk;
    let left = bulk.counts.tickets - bulk.counts.acted();
    html! {
        (told(locale, bulk))
        (panel::panel(state(locale, bulk.state), None, &html! {
            (panel::facts(&[
                (t!(locale, "bulk-did"), html! { (bulk.counts.did) }),
                (t!(locale, "bulk-already"), html! { (bulk.counts.already) }),
                (t!(locale, "bulk-refused"), html! { (bulk.counts.refused) }),
                (t!(locale, "bulk-left"), html! { (left) }),
            ]))
            @if let Some(undo) = view.undone_by {
                p { a href={ "/bulk/" (undo) } { (t!(locale, "bulk-undone")) } }
            } @else if desk::bulk_action::can_be_taken_back(bulk) {
                p.muted { (t!(locale, "bulk-undo-words")) }
                (button::post(Weight::Secondary, Some(Icon::Return), t!(locale, "bulk-undo"), &address(bulk, "reversal"), &visitor.csrf))
            } @else if bulk.undoes.is_none() && bulk.counts.did > 0 { p.muted { (t!(locale, "bulk-final")) } }
        }))
    }
}

fn refused(visitor: &Visitor, view: &View) -> Markup {
    let locale = visitor.reader.locale;
    if view.refused.is_empty() {
        return html! {};
    }
    let rows: Vec<Vec<Markup>> =
        view.refused.iter().map(|(number, item)| vec![ticket(*number), html! { (item.why) }]).collect();
    let all = button::link(Weight::Quiet, None, t!(locale, "bulk-report"), &address(&view.bulk, "report"));
    panel::panel(t!(locale, "bulk-refusals"), Some(&all), &reasons(locale, &rows))
}

fn reasons(locale: Locale, rows: &[Vec<Markup>]) -> Markup {
    let columns = [words(t!(locale, "bulk-ticket")), words(t!(locale, "bulk-why"))];
    table::table(t!(locale, "bulk-refusals"), &columns, rows)
}

fn ticket(number: Option<i64>) -> Markup {
    match number {
        Some(number) => html! { a href={ "/tickets/" (number) } { "#" (number) } },
        None => html! { "–" },
    }
}
