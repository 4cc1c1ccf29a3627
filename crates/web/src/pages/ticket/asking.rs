//! A hand-off for the unit that asked: what was said, and accepting, returning or withdrawing it.

use domain::draft::Text;
use domain::event::Side;
use domain::ticket::State;
use domain::ticket::offers::Deed;
use maud::{Markup, html};
use store::attachment::On;
use store::message::Said;
use store::upload::Audience;

use super::beside::stars;
use super::doing::Form;
use super::view::Asking;
use super::{Failed, drafts, watching};
use crate::format::{self, Reader};
use crate::markdown;
use crate::pages::drafts::Shown;
use crate::pages::frame::{self, Frame, Here};
use crate::pages::shown;
use crate::t;
use crate::text::Locale;
use crate::ui::attachment::{attachments, pictures};
use crate::ui::badge;
use crate::ui::button::{self, Weight};
use crate::ui::composer;
use crate::ui::field::{self, Choice, Field, Kind};
use crate::ui::files;
use crate::ui::flash::Flash;
use crate::ui::icon::Icon;
use crate::ui::message::{self, Message, Voice};
use crate::ui::panel;
use crate::visitor::Visitor;

const PARTS: &str = "#head:outerMorph,#conversation:outerMorph";

pub(super) fn page(
    visitor: &Visitor,
    view: &Asking,
    flash: Option<Flash<'_>>,
    failed: Option<&Failed>,
) -> Markup {
    let reader = &visitor.reader;
    let locale = reader.locale;
    let number = view.sheet.number;
    let content = html! {
        div #live hidden data-refresh hx-get={ "/tickets/" (number) } hx-trigger="refresh" hx-swap="none" hx-select-oob=(PARTS) {}
        (head(visitor, view))
        div.columns {
            div.stack {
                section.conversation #conversation aria-label=(t!(locale, "ticket-conversation")) data-list {
                    @for said in &view.messages { (said_line(reader, view, said)) }
                }
                (left(visitor, view, failed))
                @if view.sheet.state != State::Closed { (write(visitor, view, failed)) }
            }
            aside.stack aria-label=(t!(locale, "ticket-beside")) { (decide(visitor, view, failed)) }
        }
    };
    let title = format!("#{number} {}", view.sheet.subject);
    let live = format!("/live?ticket={number}");
    frame::show(visitor, &Frame { flash, live: Some(&live), ..Frame::new(&title, Here::Work) }, &content)
}

fn head(visitor: &Visitor, view: &Asking) -> Markup {
    let reader = &visitor.reader;
    let locale = reader.locale;
    let sheet = &view.sheet;
    let asking = sheet.asking.map_or("", |unit| view.catalogue.unit_name(unit));
    html! {
        header #head .ticket-head {
            div.page-head { h1 { span.muted { "#" (sheet.number) } " " (sheet.subject) } (watching::asking(visitor, view)) }
            div.ticket-line {
                (badge::state(locale, shown::state(sheet.state, sheet.waits_for_requester.then_some("requester"), 0, true)))
                @if let Some(number) = view.behalf {
                    (badge::blocks(locale, &format!("#{number}"), &format!("/tickets/{number}")))
                }
            }
            p.ticket-facts.muted {
                (t!(locale, "asking-line", asking = asking, unit = view.catalogue.unit_name(sheet.unit)))
                " · " (t!(locale, "ticket-opened")) " " (format::stamp(reader, sheet.opened_at))
            }
            @for reason in &view.reasons { p.ticket-facts { q { (reason.body) } " " span.muted { (format::moment(reader, reason.at)) } } }
            @if let Some(rating) = sheet.rating { (stars(locale, rating)) }
        }
    }
}

fn said_line(reader: &Reader, view: &Asking, said: &Said) -> Markup {
    let locale = reader.locale;
    // On this page "we" are the unit that asked.
    let (voice, unit) = match (said.message.automatic, said.message.side) {
        (true, _) => (Voice::System, None),
        (false, Side::Serving) => (Voice::Unit, Some(view.sheet.unit)),
        (false, Side::Requesting) => (Voice::Us, view.sheet.asking),
    };
    let unit = unit.map(|unit| view.catalogue.unit_name(unit));
    let files: Vec<_> = view.files.iter().filter(|file| file.on == On::Message(said.message.id)).collect();
    let place = format!("/tickets/{}", view.sheet.number);
    let about = if said.message.deliverable { Some(t!(locale, "message-deliverable")) } else { unit };
    message::message(
        reader,
        &Message {
            anchor: &format!("message-{}", said.message.id),
            voice,
            author: said.name.as_deref().unwrap_or(t!(locale, "history-desk")),
            about,
            said_at: said.message.at,
            content: &html! {
                (markdown::pictured(&said.message.body, &pictures(&place, &files)))
                (attachments(locale, &format!("{place}/attachments"), &files))
            },
            new: false,
        },
    )
}

fn write(visitor: &Visitor, view: &Asking, failed: Option<&Failed>) -> Markup {
    let locale = visitor.reader.locale;
    let unit = view.catalogue.unit_name(view.sheet.unit);
    let failed = failed.filter(|failed| failed.form == Form::Reply);
    let draft = own(visitor, view, Text::Reply);
    let uploads = failed.map_or(&draft.files[..], |failed| &failed.uploads);
    let body = failed.map_or(draft.body(), |failed| &failed.fields.body);
    let text = Field::new("body", t!(locale, "asking-text")).value(body).required();
    panel::panel(
        &t!(locale, "asking-write", unit = unit),
        None,
        &form(
            visitor,
            view,
            failed,
            Form::Reply,
            "replies",
            &html! {
                (field::area(locale, &text, 4))
                (files::field(locale, "asking-files", Audience::Message, uploads))
                div { (button::submit(Weight::Primary, Some(Icon::Reply), &t!(locale, "asking-send", unit = unit))) }
            },
        ),
    )
}

fn own<'a>(visitor: &Visitor, view: &'a Asking, text: Text) -> Shown<'a> {
    drafts::own(visitor, (&view.drafts, &view.uploads), view.sheet.number, text)
}

/// What was written into forms that are not on the page any more.
fn left(visitor: &Visitor, view: &Asking, failed: Option<&Failed>) -> Markup {
    let why = html! { (t!(visitor.reader.locale, "unsent-asking")) };
    drafts::left(visitor, (&view.drafts, view.sheet.number), failed, &why, |text| match text {
        Text::Reply => view.sheet.state != State::Closed,
        Text::Return => view.may(Deed::HandBack, visitor.reader.now),
        Text::Note | Text::Handoff | Text::Delivery | Text::Forward(_) | Text::ForwardAgain(_) => false,
    })
}

/// Delivered: accept with one answer, or return with a reason. Open: it can be withdrawn.
fn decide(visitor: &Visitor, view: &Asking, failed: Option<&Failed>) -> Markup {
    let locale = visitor.reader.locale;
    let may = |deed| view.may(deed, visitor.reader.now);
    let draft = own(visitor, view, Text::Return);
    let sent = failed.filter(|failed| failed.form == Form::Return);
    let because = sent.map_or(draft.body(), |failed| &failed.fields.reason);
    html! {
        @if view.sheet.state == State::Open && may(Deed::Withdraw) {
            (panel::panel(t!(locale, "asking-open"), None, &html! {
                p { (t!(locale, "asking-open-words")) }
                (form(visitor, view, failed, Form::Withdrawal, "withdrawal", &html! {
                    (reason(locale, failed, Form::Withdrawal, t!(locale, "field-reason")))
                    (button::submit(Weight::Danger, Some(Icon::Cross), t!(locale, "action-withdraw")))
                }))
            }))
        }
        @if may(Deed::Accept) {
            (panel::panel(t!(locale, "asking-accept"), None, &html! {
                p { (t!(locale, "asking-accept-words")) }
                (form(visitor, view, failed, Form::Acceptance, "acceptance", &html! {
                    (rating(locale))
                    (reason(locale, failed, Form::Acceptance, t!(locale, "field-rating-reason")))
                    (button::submit(Weight::Primary, Some(Icon::Check), t!(locale, "action-accept")))
                }))
            }))
        }
        @if may(Deed::HandBack) {
            (panel::panel(t!(locale, "asking-return"), None, &html! {
                p { (t!(locale, "asking-return-words")) }
                (form(visitor, view, failed, Form::Return, "return", &html! {
                    (field::input(locale, Kind::Text, &Field::new("reason", t!(locale, "field-return-reason")).of(Form::Return.name()).value(because).required()))
                    (button::submit(Weight::Secondary, Some(Icon::Return), t!(locale, "action-return")))
                }))
            }))
        }
    }
}

fn form(
    visitor: &Visitor,
    view: &Asking,
    failed: Option<&Failed>,
    form: Form,
    noun: &str,
    fields: &Markup,
) -> Markup {
    let draft = drafts::text_of(form).map(|text| own(visitor, view, text));
    html! {
        form.stack #{ "do-" (form.name()) } method="post" action={ "/tickets/" (view.sheet.number) "/" (noun) } enctype=[(form == Form::Reply).then_some(files::ENCODING)]
            data-draft=[draft.as_ref().map(Shown::action)] {
            (field::token_once(&visitor.csrf))
            input type="hidden" name="seen" value=(view.until);
            @if let Some(failed) = failed.filter(|failed| failed.form == form) {
                p.field-error role="alert" { (failed.words) }
            }
            (fields)
            @if let Some(draft) = &draft { (composer::keeping(visitor.reader.locale, &draft.keeping())) }
        }
    }
}

fn rating(locale: Locale) -> Markup {
    let choices = [
        Choice { value: "5", label: t!(locale, "rating-5"), help: None },
        Choice { value: "4", label: t!(locale, "rating-4"), help: None },
        Choice { value: "3", label: t!(locale, "rating-3"), help: None },
        Choice { value: "2", label: t!(locale, "rating-2"), help: None },
        Choice { value: "1", label: t!(locale, "rating-1"), help: None },
    ];
    field::radios(&Field::new("rating", t!(locale, "asking-rating")).required(), &choices)
}

fn reason(locale: Locale, failed: Option<&Failed>, form: Form, label: &str) -> Markup {
    let kept = failed.filter(|failed| failed.form == form).map_or("", |failed| &failed.fields.reason);
    field::input(locale, Kind::Text, &Field::new("reason", label).of(form.name()).value(kept))
}
