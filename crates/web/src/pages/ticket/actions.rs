//! What the owning unit can do with a ticket besides writing: each act behind its own small form.

mod handoffs;

use domain::event::{Side, seen_until};
use domain::priority::Priority;
use domain::ticket::State;
use domain::ticket::offers::Deed;
use domain::ticket::rules::Refusal;
use maud::{Markup, html};
use store::draft::Draft;
use store::upload::Audience;

use super::doing::Form;
use super::view::View;
use super::{Failed, Fields, drafts, meanwhile, snoozing};
use crate::format;
use crate::pages::drafts::{self as written, Shown};
use crate::pages::listing::reached::{self, Reached};
use crate::pages::shown;
use crate::said;
use crate::t;
use crate::text::Locale;
use crate::ui::button::{self, Weight};
use crate::ui::composer;
use crate::ui::field::{self, Choice, Field, Kind};
use crate::ui::files;
use crate::ui::icon::{Icon, icon};
use crate::visitor::Visitor;

/// The bar of actions; empty for those who only read.
pub(super) fn bar(
    visitor: &Visitor,
    view: &View,
    failed: Option<&Failed>,
    reached: Option<&Reached>,
) -> Markup {
    if view.seen.serve().is_none() {
        return html! {};
    }
    let failed = failed.filter(|failed| failed.fields.beside.is_empty());
    let bar = Bar { visitor, locale: visitor.reader.locale, view, failed, reached };
    html! {
        div.actions #actions role="group" aria-label=(t!(bar.locale, "actions")) {
            @match view.sheet.state {
                State::Open => (bar.open()),
                State::Solved | State::Closed if view.sheet.asking.is_none() => (bar.done()),
                State::Solved | State::Closed => {}
            }
        }
    }
}

struct Bar<'a> {
    visitor: &'a Visitor,
    locale: Locale,
    view: &'a View,
    failed: Option<&'a Failed>,
    reached: Option<&'a Reached>,
}

impl Bar<'_> {
    fn open(&self) -> Markup {
        let locale = self.locale;
        let me = self.visitor.viewer.person;
        let mine = self.view.ticket.person == Some(me);
        html! {
            @if self.may(Deed::Assign(Some(me))) { (self.take()) }
            @if self.may(Deed::Resume) { (self.press(Form::WaitEnd, "waits/end", Icon::Clock, t!(locale, "action-resume"), &[])) }
            (button::link(Weight::Secondary, Some(Icon::Wand), t!(locale, "macros-run"), &format!("/tickets/{}/macros", self.view.sheet.number)))
            (self.ask())
            @if self.may(Deed::Deliver) { (self.deliver()) }
            @if self.may(Deed::Solve) { (self.solve()) }
            (self.wait())
            (self.snooze())
            (self.assign(mine))
            (self.transfer())
            (self.priority())
            @if self.may(Deed::Merge) { a.button #do-merge href=(self.address("merge")) { (icon(Icon::Link)) (t!(locale, "merge")) } }
            @if self.view.ticket.is_handoff() && self.view.sheet.handoffs_open > 0 {
                p.muted { (t!(locale, "action-deliver-blocked", count = self.view.sheet.handoffs_open)) }
            }
        }
    }

    /// The form says who has it as far as its reader knows, so that of two who press at once one is told.
    fn take(&self) -> Markup {
        let held = self.view.ticket.person.map(|person| person.to_string()).unwrap_or_default();
        let name = self.view.ticket.person.and_then(|person| self.view.names.get(&person));
        let label = match name {
            Some(name) => t!(self.locale, "action-take-over", name = name.as_str()),
            None => t!(self.locale, "action-take").to_owned(),
        };
        let hidden = [("person", "me"), ("held", held.as_str())];
        self.press(Form::Assignment, "assignment", Icon::Person, &label, &hidden)
    }

    fn done(&self) -> Markup {
        let locale = self.locale;
        if self.view.ticket.merged_into.is_some() {
            return html! {};
        }
        let reopening = self.view.may(Deed::Reopen(Side::Serving), self.visitor.reader.now);
        html! {
            @match reopening {
                Ok(()) => (self.form(Form::Reopening, "reopening", Icon::Return, t!(locale, "action-reopen"), &html! {
                    p { (t!(locale, "action-reopen-words")) }
                    (field::input(locale, Kind::Text, &self.field(Form::Reopening, "reason", t!(locale, "field-reason"))))
                })),
                Err(refusal) => p.muted { (said::refusal(&self.visitor.reader, &refusal)) },
            }
            @match self.view.may(Deed::Close, self.visitor.reader.now) {
                Ok(()) => (self.press(Form::Closing, "closing", Icon::Lock, t!(locale, "action-close"), &[])),
                Err(Refusal::Captive) => p.muted { (self.how_it_closes()) },
                Err(_) => {}
            }
        }
    }

    /// Nobody else provides the service: the requester closes it, or time does.
    fn how_it_closes(&self) -> String {
        let reader = &self.visitor.reader;
        let service = self.view.catalogue.service(self.view.ticket.service);
        match service.and_then(|service| self.view.ticket.closes_at(service)) {
            Some(at) => t!(self.locale, "action-close-captive", date = format::absolute(reader, at)),
            None => t!(self.locale, "ticket-captive").to_owned(),
        }
    }

    fn may(&self, deed: Deed) -> bool {
        self.view.may(deed, self.visitor.reader.now).is_ok()
    }

    fn solve(&self) -> Markup {
        let locale = self.locale;
        let blocked = self.view.sheet.handoffs_open > 0;
        let reason = self.field(Form::Solution, "reason", t!(locale, "field-overriding"));
        self.form(
            Form::Solution,
            "solution",
            Icon::Check,
            t!(locale, "action-solve"),
            &html! {
                p { (t!(locale, "action-solve-words")) }
                @if blocked {
                    p { (t!(locale, "action-solve-blocked", count = self.view.sheet.handoffs_open)) }
                    (field::input(locale, Kind::Text, &reason.required()))
                }
            },
        )
    }

    fn wait(&self) -> Markup {
        let locale = self.locale;
        let suppliers: Vec<(String, String)> =
            self.view.suppliers.iter().map(|(id, name)| (id.to_string(), name.clone())).collect();
        let requester = Choice {
            value: "requester",
            label: t!(locale, "wait-requester"),
            help: Some(t!(locale, "wait-requester-help")),
        };
        let supplier = Choice { value: "supplier", label: t!(locale, "wait-supplier"), help: None };
        let agreed = Choice {
            value: "agreed",
            label: t!(locale, "wait-agreed"),
            help: Some(t!(locale, "wait-agreed-help")),
        };
        let on: Vec<Choice> = [
            (requester, self.may(Deed::WaitForRequester)),
            (supplier, !suppliers.is_empty() && self.may(Deed::WaitForSupplier)),
            (agreed, self.may(Deed::WaitForDate)),
        ]
        .into_iter()
        .filter_map(|(choice, offered)| offered.then_some(choice))
        .collect();
        let Some(first) = on.first() else { return html! {} };
        let chosen = self.sent(Form::Wait).map_or(first.value, |fields| fields.on.as_str());
        let dated = on.iter().any(|choice| choice.value == "agreed");
        self.form(Form::Wait, "waits", Icon::Pause, t!(locale, "action-wait"), &html! {
            (field::radios(&Field::new("on", t!(locale, "field-on")).value(chosen).required(), &on))
            @if !suppliers.is_empty() {
                (field::select(locale, &self.field(Form::Wait, "supplier", t!(locale, "field-supplier")), &choices(&suppliers)))
            }
            @if dated { (field::input(locale, Kind::DateTime, &self.field(Form::Wait, "until", t!(locale, "field-until")))) }
        })
    }

    fn snooze(&self) -> Markup {
        let choices = snoozing::choices(&self.visitor.reader, self.view);
        let offered: Vec<Choice> = choices.iter().map(snoozing::Offered::choice).collect();
        let chosen = self.sent(Form::Snooze).map_or(snoozing::first(&choices), |fields| fields.on.as_str());
        let label = t!(self.locale, "snooze");
        html! {
            @if self.may(Deed::WakeUp) { (self.press(Form::Wake, "snooze/end", Icon::Bell, t!(self.locale, "snooze-wake"), &[])) }
            @if self.may(Deed::Snooze) {
                (self.form(Form::Snooze, "snooze", Icon::Moon, label, &html! {
                    p { (t!(self.locale, "snooze-words")) }
                    (field::radios(&Field::new("on", t!(self.locale, "snooze-until")).of(Form::Snooze.name()).value(chosen).required(), &offered))
                    (field::input(self.locale, Kind::DateTime, &self.field(Form::Snooze, "until", t!(self.locale, "snooze-date"))))
                }))
            }
        }
    }

    fn assign(&self, mine: bool) -> Markup {
        let locale = self.locale;
        let people: Vec<(String, String)> = self
            .view
            .members
            .iter()
            .filter(|member| self.may(Deed::Assign(Some(member.person))))
            .map(|member| {
                let label = t!(locale, "assign-person", name = member.name.as_str(), count = member.open);
                (member.person.to_string(), label)
            })
            .collect();
        let label = if mine { t!(locale, "action-give") } else { t!(locale, "action-assign") };
        let body = html! {
            (field::select(locale, &self.field(Form::Assignment, "person", t!(locale, "field-person")).required(), &choices(&people)))
        };
        html! {
            @if !people.is_empty() { (self.form(Form::Assignment, "assignment", Icon::Person, label, &body)) }
            @if self.may(Deed::Assign(None)) { (self.press(Form::Assignment, "assignment", Icon::Inbox, t!(locale, "action-put-back"), &[("person", "")])) }
        }
    }

    fn transfer(&self) -> Markup {
        let locale = self.locale;
        let mut units: Vec<(String, String)> = self
            .view
            .catalogue
            .units
            .values()
            .filter(|unit| unit.ended_at.is_none() && self.may(Deed::Transfer(unit.id)))
            .map(|unit| (unit.id.to_string(), unit.name.clone()))
            .collect();
        if units.is_empty() {
            return html! {};
        }
        units.sort_by(|left, right| left.1.cmp(&right.1));
        self.form(Form::Transfer, "transfers", Icon::Unit, t!(locale, "action-transfer"), &html! {
            p { (t!(locale, "action-transfer-words")) }
            (field::select(locale, &self.field(Form::Transfer, "unit", t!(locale, "field-unit")).required(), &choices(&units)))
            (field::input(locale, Kind::Text, &self.field(Form::Transfer, "reason", t!(locale, "field-reason"))))
        })
    }

    fn priority(&self) -> Markup {
        let locale = self.locale;
        let others = Priority::ALL.into_iter().filter(|priority| self.may(Deed::ChangePriority(*priority)));
        let all: Vec<(String, String)> = others
            .map(|priority| {
                let number = i64::from(priority.number());
                (number.to_string(), shown::priority_words(locale, number).to_owned())
            })
            .collect();
        if all.is_empty() {
            return html! {};
        }
        let chosen = self.sent(Form::Priority).map_or("", |fields| fields.priority.as_str());
        self.form(Form::Priority, "priority", Icon::Bolt, t!(locale, "action-priority"), &html! {
            (field::select(locale, &Field::new("priority", t!(locale, "field-priority")).of(Form::Priority.name()).value(chosen).required(), &choices(&all)))
            (field::input(locale, Kind::Text, &self.field(Form::Priority, "reason", t!(locale, "field-reason")).required()))
        })
    }

    fn address(&self, noun: &str) -> String {
        reached::carrying(&format!("/tickets/{}/{noun}", self.view.sheet.number), self.reached)
    }

    /// A form of one button.
    fn press(&self, form: Form, noun: &str, which: Icon, label: &str, hidden: &[(&str, &str)]) -> Markup {
        let failed = self.failed.filter(|failed| {
            failed.form == form
                && hidden.iter().all(|(name, value)| *name != "person" || failed.fields.person == *value)
        });
        let does = hidden.first().map(|(_, value)| if value.is_empty() { "none" } else { *value });
        html! {
            form.inline #{ "do-" (form.name()) @if let Some(does) = does { "-" (does) } } method="post" action=(self.address(noun)) {
                (field::token(&self.visitor.csrf))
                @for (name, value) in hidden { input type="hidden" name=(name) value=(value); }
                (button::submit(Weight::Secondary, Some(which), label))
                @if let Some(failed) = failed { p.field-error role="alert" { (failed.words) } }
            }
        }
    }

    /// A form behind its name; it stands open when it was not followed.
    fn form(&self, form: Form, noun: &str, which: Icon, label: &str, fields: &Markup) -> Markup {
        let own = self.own(form);
        let failed = self.failed.filter(|failed| failed.form == form);
        html! {
            details.popover.action #{ "do-" (form.name()) } data-popover open[failed.is_some()] {
                summary { span.button { (icon(which)) (label) @if self.draft(form).is_some() { (written::mark(self.locale)) } } }
                div.popover-panel role="group" aria-label=(label) {
                    h3 { (label) }
                    @if let Some(failed) = failed { p.field-error role="alert" { (failed.words) } }
                    (meanwhile::news(self.visitor, self.view, failed))
                    form.stack method="post" action=(self.address(noun)) enctype=[carries_files(form).then_some(files::ENCODING)]
                        data-draft=[own.as_ref().map(Shown::action)] {
                        (field::token_once(&self.visitor.csrf))
                        @if carries_files(form) { input type="hidden" name="seen" value=(seen_until(&self.view.events, self.view.seen.ticket)); }
                        (fields)
                        div { (button::submit(Weight::Primary, None, label)) }
                        @if let Some(own) = &own { (composer::keeping(self.locale, &own.keeping())) }
                    }
                }
            }
        }
    }

    /// What the viewer is writing into a form whose words are kept.
    fn own(&self, form: Form) -> Option<Shown<'_>> {
        let text = drafts::text_of(form)?;
        let written = (&self.view.drafts[..], &self.view.uploads[..]);
        Some(drafts::own(self.visitor, written, self.view.sheet.number, text))
    }

    fn draft(&self, form: Form) -> Option<&Draft> {
        let text = drafts::text_of(form)?;
        self.view.drafts.iter().find(|draft| draft.is(text))
    }

    /// Where files for the unit on the other side are added.
    fn files(&self, form: Form) -> Markup {
        let failed = self.failed.filter(|failed| failed.form == form);
        let kept = self.own(form).map(|own| own.files).unwrap_or_default();
        let kept = failed.map_or(&kept[..], |failed| &failed.uploads);
        files::field(self.locale, &format!("{}-files", form.name()), Audience::Message, kept)
    }

    fn sent(&self, form: Form) -> Option<&Fields> {
        self.failed.filter(|failed| failed.form == form).map(|failed| &failed.fields)
    }

    /// A field with what stood in it when its form was not followed, or as far as it was typed.
    fn field<'f>(&'f self, form: Form, name: &'f str, label: &'f str) -> Field<'f> {
        let kept = self.draft(form).and_then(|draft| match name {
            "body" => Some(draft.body.as_str()),
            name => draft.field(name),
        });
        let value = self.sent(form).map(|fields| fields.value(name)).or(kept);
        Field::new(name, label).of(form.name()).value(value.unwrap_or_default())
    }
}

const fn carries_files(form: Form) -> bool {
    matches!(form, Form::Handoff | Form::Delivery)
}

impl Fields {
    fn value(&self, name: &str) -> &str {
        match name {
            "body" => &self.body,
            "subject" => &self.subject,
            "service" => &self.service,
            "unit" => &self.unit,
            "person" => &self.person,
            "supplier" => &self.supplier,
            "until" => &self.until,
            "reason" => &self.reason,
            _ => "",
        }
    }
}

fn choices(pairs: &[(String, String)]) -> Vec<Choice<'_>> {
    pairs.iter().map(|(value, label)| Choice { value, label, help: None }).collect()
}
