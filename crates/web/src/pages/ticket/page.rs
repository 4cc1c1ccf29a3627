//! The serving side's page of a ticket.

use domain::affiliation::Class;
use domain::draft::Text;
use domain::event::{Event, Fact, Side, seen_until};
use domain::permission::Relation;
use domain::preference::Sending;
use domain::ticket::State;
use domain::ticket::offers::Deed;
use jiff::Timestamp;
use maud::{Markup, html};
use store::attachment::On;
use store::message::{Channel, Noted, Reason, Said};
use store::ticket::Because;

use super::doing::Form;
use super::view::View;
use super::{
    Failed, actions, addressed, beside, checklist, clocks, copied, delivery, details, drafts, fields,
    forward, history, inplace, letter, links, meanwhile, merged, notes, outcome, snoozing, split, time,
    unread, watching,
};
use crate::format::{self, Reader};
use crate::markdown;
use crate::pages::frame::{self, Frame, Here};
use crate::pages::listing::reached::{self, Reached};
use crate::pages::shown;
use crate::t;
use crate::text::Locale;
use crate::ui::attachment::pictures;
use crate::ui::badge;
use crate::ui::button::{self, Weight};
use crate::ui::composer::{self, Composer, Part, Reply, Send};
use crate::ui::flash::Flash;
use crate::ui::icon::{Icon, icon};
use crate::ui::message::{self, Message, Voice};
use crate::ui::navigation::Place;
use crate::ui::{panel, popover};
use crate::visitor::Visitor;

/// The parts that a change fetches anew; what is being written is not among them.
const PARTS: &str = "#head:outerMorph,#writers:outerMorph,#strangers:outerMorph,#conversation:outerMorph,#clocks:outerMorph,#handoffs:outerMorph,#tags:outerMorph,#links:outerMorph,#history:outerMorph";

pub(super) fn page(
    visitor: &Visitor,
    view: &View,
    (flash, toast): (Option<Flash<'_>>, Option<&Markup>),
    failed: Option<&Failed>,
    reached: Option<&Reached>,
) -> Markup {
    let reader = &visitor.reader;
    let locale = reader.locale;
    let number = view.sheet.number;
    let here = reached::carrying(&format!("/tickets/{number}"), reached);
    let content = html! {
        div #live hidden data-refresh hx-get=(here) hx-trigger="refresh" hx-swap="none" hx-select-oob=(PARTS) {}
        (head(visitor, view, reached))
        (actions::bar(visitor, view, failed, reached))
        (letter::strangers(visitor, view))
        div.columns {
            div.stack {
                (conversation(visitor, view))
                (copied::copies(visitor, view, failed))
                div {
                    (meanwhile::left(visitor, view, failed))
                    (drafts::writers(locale, view))
                    (write(visitor, view, failed, reached))
                }
                details.panel #history {
                    summary.panel-head { h2 { (t!(locale, "ticket-history", count = view.events.len())) } }
                    div.panel-body {
                        (history::history(reader, view))
                        p { a href={ "/tickets/" (view.sheet.number) "/rules" } { (t!(locale, "rule-why")) } }
                    }
                }
            }
            aside.stack #beside aria-label=(t!(locale, "ticket-beside")) {
                (panel::panel(t!(locale, "inplace-title"), None, &inplace::lines(visitor, view, failed, reached)))
                div #clocks { (panel::panel(t!(locale, "ticket-promises"), None, &clocks::list(reader, view))) }
                div #handoffs { (panel::panel(t!(locale, "ticket-handoffs"), None, &beside::handoffs(reader, view))) }
                (panel::panel(t!(locale, "ticket-requester"), None, &beside::person(visitor, view)))
                (fields::panel(visitor, view, failed))
                @if view.may(Deed::Merge, reader.now).is_ok() && view.seen.serve().is_some() {
                    div hx-get={ "/tickets/" (number) "/similar" } hx-trigger="load" hx-swap="outerHTML" {
                        a.small href={ "/tickets/" (number) "/similar" } { (t!(locale, "similar-title")) }
                    }
                }
                (panel::panel(t!(locale, "tags"), None, &html! { (details::tags(visitor, view)) (details::add_tag(visitor, view, failed)) }))
                (panel::panel(t!(locale, "links"), None, &html! { (links::list(visitor, view)) (links::add_link(visitor, view, failed)) }))
                (checklist::panel(visitor, view, failed))
                (time::panel(visitor, view, failed))
            }
        }
        p.visually-hidden #beside-said role="status" {}
        (shown::shortcuts(locale))
        @if let Some(toast) = toast { (toast) }
    };
    let title = format!("#{number} {}", view.sheet.subject);
    let live = format!("/live?ticket={number}");
    let queue = format!("/units/{}/queue", view.sheet.unit);
    let above = [
        Place::new(t!(locale, "place-work"), "/"),
        Place::new(view.catalogue.unit_name(view.sheet.unit), &queue),
    ];
    let above = if visitor.viewer.sees_unit(view.sheet.unit) { &above[..] } else { &above[..1] };
    frame::show(
        visitor,
        &Frame { above, flash, live: Some(&live), ..Frame::new(&title, Here::Work) },
        &content,
    )
}

fn head(visitor: &Visitor, view: &View, reached: Option<&Reached>) -> Markup {
    let reader = &visitor.reader;
    let locale = reader.locale;
    let sheet = &view.sheet;
    let state =
        shown::state(sheet.state, sheet.waiting.as_deref(), sheet.handoffs_open, sheet.asking.is_some());
    let status = view.ticket.status.and_then(|stands| view.catalogue.status(stands.id));
    let service = view.catalogue.services.get(&sheet.service).map_or("", |offer| offer.name.as_str());
    html! {
        header #head .ticket-head {
            div.page-head {
                h1 { span.muted { "#" (sheet.number) } " " (sheet.subject) }
                div.buttons {
                @if let Some(reached) = reached { (reached.walk(visitor, sheet.number)) }
                    (unread::button(visitor, view, reached))
                (watching::button(visitor, view))
                (button::link(Weight::Secondary, Some(Icon::Throughline), t!(locale, "ticket-throughline"), &format!("/tickets/{}/throughline", sheet.number)))
                (button::link(Weight::Quiet, Some(Icon::Print), t!(locale, "ticket-print"), &format!("/tickets/{}/print", sheet.number)))
                }
            }
            div.ticket-line {
                @match status { Some(status) => (badge::named(locale, state, &status.name)), None => (badge::state(locale, state)) }
                (badge::priority(locale, shown::priority(sheet.priority)))
                @if sheet.state == State::Open { (due(reader, view)) }
                @if let Some((number, _)) = &sheet.blocks {
                    (badge::blocks(locale, &format!("#{number}"), &format!("/tickets/{number}")))
                } @else if sheet.parent.is_some() { span.muted { (t!(locale, "ticket-blocks-confidential")) } }
                @if sheet.handoffs_open > i64::from(state == badge::State::WaitingHandoff) { (badge::waits_for(locale, u32::try_from(sheet.handoffs_open).unwrap_or(u32::MAX))) }
                @if sheet.confidential { (badge::badge(badge::Tone::Waiting, Some(Icon::Lock), t!(locale, "ticket-confidential"))) }
            }
            p.ticket-facts.muted {
                (shown::kind(locale, sheet.kind)) " · " (service) " · "
                (t!(locale, "ticket-held-by", unit = view.catalogue.unit_name(sheet.unit)))
                @match &sheet.person {
                    Some((_, name)) => { ", " (name) },
                    None => { ", " (t!(locale, "row-nobody")) },
                }
                " · " (t!(locale, "ticket-opened")) " " (format::stamp(reader, sheet.opened_at))
                @if sheet.reopened > 0 { " · " (t!(locale, "ticket-reopened", count = sheet.reopened)) }
                @if let Some(until) = sheet.waiting_until_at { " · " (t!(locale, "ticket-until", time = format::absolute(reader, until))) }
                @if let Some(supplier) = &sheet.waiting_supplier { " · " (t!(locale, "ticket-supplier", name = supplier.as_str())) }
            }
            @if sheet.escalated { (outcome::escalated(reader, view)) }
            (outcome::rated(reader, view))
            (delivery::lost(visitor, view))
            (snoozing::line(reader, view))
            (merged::line(visitor, view))
            @if matches!(view.seen.relation, Relation::Overseeing | Relation::Chain) { p.ticket-facts.muted { (icon(Icon::Eye)) " " (t!(locale, "ticket-reading")) } }
        }
    }
}

fn due(reader: &Reader, view: &View) -> Markup {
    let sheet = &view.sheet;
    let badge = match sheet.due.because {
        Because::Age => badge::promise(reader, badge::Promise::None),
        Because::Own | Because::Blocks => badge::promise(reader, shown::due(reader.now, sheet.due.at)),
    };
    let reason = shown::place(reader, sheet.due.because, sheet.due.at, sheet.due_number);
    popover::popover(&badge, &html! { strong { (t!(reader.locale, "queue-reason")) } p { (reason) } })
}

/// Messages and notes in the order in which they were written.
fn conversation(visitor: &Visitor, view: &View) -> Markup {
    let reader = &visitor.reader;
    enum Part<'a> {
        Said(&'a Said),
        Noted(&'a Noted),
        Reopened(Side, &'a Event, &'a Reason),
    }
    let mut parts: Vec<(Timestamp, &View, Part)> = vec![];
    for view in std::iter::once(view).chain(&view.took_in) {
        let said = view.messages.iter().map(|said| (said.message.at, view, Part::Said(said)));
        let noted = view.notes.iter().map(|noted| (noted.note.at, view, Part::Noted(noted)));
        let reopened = view.events.iter().filter_map(|event| {
            let Fact::Reopened { side, reason } = event.fact else { return None };
            let reason = view.reasons.iter().find(|one| Some(one.id) == reason)?;
            Some((event.at, view, Part::Reopened(side, event, reason)))
        });
        parts.extend(said.chain(noted).chain(reopened));
    }
    parts.sort_by_key(|(at, ..)| *at);
    html! {
        section.conversation #conversation aria-label=(t!(reader.locale, "ticket-conversation")) data-list {
            @for (_, view, part) in &parts {
                @match part {
                    Part::Said(said) => (message(visitor, view, said)),
                    Part::Noted(noted) => (note(visitor, view, noted)),
                    Part::Reopened(side, event, reason) => (reopened_because(reader, view, *side, event, reason)),
                }
            }
            @if parts.is_empty() { p.muted { (t!(reader.locale, "ticket-nothing-said")) } }
            (delivery::held(visitor, view))
            (delivery::watch(reader, view))
        }
    }
}

fn message(visitor: &Visitor, view: &View, said: &Said) -> Markup {
    let reader = &visitor.reader;
    let locale = reader.locale;
    let words = spoken(visitor, view, said);
    let (voice, about) = match (said.message.automatic, said.message.side) {
        (true, _) => (Voice::System, None),
        (false, Side::Serving) => {
            (Voice::Us, said.message.deliverable.then(|| t!(locale, "message-deliverable")))
        }
        (false, Side::Requesting) => {
            let organisation = view.sheet.organisation.as_ref().map(|(_, name)| name.as_str());
            (Voice::Them, view.sheet.asking.map(|unit| view.catalogue.unit_name(unit)).or(organisation))
        }
    };
    message::message(
        reader,
        &Message {
            anchor: &format!("message-{}", said.message.id),
            voice,
            author: said.name.as_deref().unwrap_or(t!(locale, "history-desk")),
            about,
            said_at: said.message.at,
            content: &html! {
                (merged::origin(locale, view))
                (words)
                (letter::files(locale, view, On::Message(said.message.id)))
                (delivery::states(visitor, view, said))
                (split::ways(visitor, view, said))
            },
            new: false,
        },
    )
}

/// What a message says.
pub(super) fn spoken(visitor: &Visitor, view: &View, said: &Said) -> Markup {
    match said.message.channel {
        Channel::Mail => letter::content(visitor, view, said),
        Channel::Portal
        | Channel::Agent
        | Channel::Api
        | Channel::Phone
        | Channel::InPerson
        | Channel::Import => {
            let hanging = view.mails.files_on(On::Message(said.message.id));
            let shown = pictures(&format!("/tickets/{}", view.sheet.number), &hanging);
            html! { (markdown::pictured(&said.message.body, &shown)) }
        }
    }
}

fn note(visitor: &Visitor, view: &View, noted: &Noted) -> Markup {
    let reader = &visitor.reader;
    let written = forward::of(view, noted).map(|forward| forward.address.as_str());
    let desk = t!(reader.locale, "history-desk");
    message::message(
        reader,
        &Message {
            anchor: &format!("note-{}", noted.note.id),
            voice: Voice::Note,
            author: noted.name.as_deref().or(written).unwrap_or(desk),
            about: None,
            said_at: noted.note.at,
            content: &html! {
                (merged::origin(reader.locale, view))
                (forward::about(visitor, view, noted))
                (notes::words(reader.locale, noted))
                (watching::not_reached(reader.locale, noted))
                (letter::files(reader.locale, view, On::Note(noted.note.id)))
                (forward::again(visitor, view, noted))
                (notes::past(visitor, view, noted))
            },
            new: false,
        },
    )
}

/// Why it came back stands where those who go on with it read.
fn reopened_because(reader: &Reader, view: &View, side: Side, event: &Event, reason: &Reason) -> Markup {
    let locale = reader.locale;
    let handoff = view.sheet.asking.is_some();
    message::message(
        reader,
        &Message {
            anchor: &format!("reason-{}", reason.id),
            voice: if side == Side::Serving { Voice::Us } else { Voice::Them },
            author: history::who(reader, view, event),
            about: Some(if handoff {
                t!(locale, "history-returned")
            } else {
                t!(locale, "history-reopened")
            }),
            said_at: reason.at,
            content: &html! { (merged::origin(locale, view)) (markdown::render(&reason.body)) },
            new: false,
        },
    )
}

/// The button says whether a customer from outside will read it.
fn send_words(locale: Locale, view: &View) -> &'static str {
    if view.sheet.class == Class::External && view.sheet.asking.is_none() {
        t!(locale, "composer-reply-send")
    } else {
        t!(locale, "composer-reply-send-internal")
    }
}

fn write(visitor: &Visitor, view: &View, failed: Option<&Failed>, reached: Option<&Reached>) -> Markup {
    let locale = visitor.reader.locale;
    let sheet = &view.sheet;
    let address = |noun: &str| format!("/tickets/{}/{noun}", sheet.number);
    let carrying = |noun: &str| reached::carrying(&address(noun), reached);
    let (replies, notes, preview) = (carrying("replies"), carrying("notes"), address("preview"));
    let names = address("names");
    let of = |form: Form| failed.filter(|failed| failed.form == form);
    let to = match (&sheet.organisation, sheet.asking) {
        (_, Some(unit)) => format!("{} ({})", sheet.requester.name, view.catalogue.unit_name(unit)),
        (Some((_, name)), None) => format!("{} ({name})", sheet.requester.name),
        (None, None) => sheet.requester.name.clone(),
    };
    let seen = seen_until(&view.events, view.seen.ticket).to_string();
    let [message, private] = [Text::Reply, Text::Note]
        .map(|text| drafts::own(visitor, (&view.drafts, &view.uploads), sheet.number, text));
    let part = |form: Form| Part {
        action: if form == Form::Note { &notes } else { &replies },
        draft: of(form).map_or(if form == Form::Note { private.body() } else { message.body() }, |failed| {
            &failed.fields.body
        }),
        keeping: if form == Form::Note { private.keeping() } else { message.keeping() },
        files: of(form).map_or(if form == Form::Note { &private.files } else { &message.files }, |failed| {
            &failed.uploads
        }),
        names: (form == Form::Note).then_some(names.as_str()),
        error: of(form).map(|failed| failed.words.as_str()).filter(|words| !words.is_empty()),
        open: of(form).is_some() || form == Form::Reply && of(Form::Note).is_none(),
    };
    let open = sheet.state != State::Closed;
    // What was taken back comes back as it was sent; else it is as last time.
    let kept = message.draft.map(|draft| draft.after.as_str());
    let chosen = of(Form::Reply).map_or(kept, |failed| Some(failed.fields.after.as_str()));
    let after = chosen.and_then(Sending::parse).unwrap_or(visitor.preferences.sending);
    let may = |deed| view.may(deed, visitor.reader.now).is_ok();
    let offered = [
        (Sending::Stay, true),
        (Sending::Wait, may(Deed::ReplyAndWait)),
        (Sending::Solve, may(Deed::ReplyAndSolve) || may(Deed::Deliver)),
    ];
    let offered: Vec<Sending> = offered.into_iter().filter_map(|(after, may)| may.then_some(after)).collect();
    let way = delivery::way(visitor, view);
    let lists = addressed::Lists::of(view, of(Form::Reply).map(|failed| &failed.fields));
    let stopped = html! { (meanwhile::news(visitor, view, of(Form::Reply))) (addressed::asks(locale, of(Form::Reply))) };
    let reply = view.seen.serve().filter(|_| open).map(|_| Reply {
        part: part(Form::Reply),
        to: &to,
        send: Send {
            words: send_words(locale, view),
            delivers: sheet.asking.is_some(),
            offered: &offered,
            chosen: after,
        },
        seen: &seen,
        way: &way,
        recipients: lists.as_ref().map(addressed::Lists::shown),
        stopped: &stopped,
    });
    let note = view
        .seen
        .annotate()
        .map(|_| Part { open: reply.is_none() || of(Form::Note).is_some(), ..part(Form::Note) });
    if reply.is_none() && note.is_none() {
        return html! {};
    }
    let canned = address("canned");
    composer::composer(
        locale,
        &Composer { token: &visitor.csrf, reply, note, preview: Some(&preview), canned: Some(&canned) },
    )
}
