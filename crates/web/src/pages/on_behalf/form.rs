//! The form for what somebody said.

use desk::on_behalf::CHANNELS;
use domain::custom::Needed;
use domain::priority::Level;
use domain::ticket::Kind;
use maud::{Markup, html};
use store::message::Channel;
use store::upload::{Audience, Upload};

use super::people::reached;
use super::{Around, Fields, Wrong};
use crate::guard::urlencode;
use crate::pages::drafts::{self, Shown};
use crate::pages::frame::{self, Frame, Here};
use crate::pages::write::by_choice;
use crate::pages::{shown, similar};
use crate::t;
use crate::text::Locale;
use crate::ui::button::{self, Weight};
use crate::ui::field::{self, Choice, Field, Kind as Typed};
use crate::ui::icon::Icon;
use crate::ui::navigation::Place;
use crate::ui::{composer, custom};
use crate::ui::{files, panel};
use crate::visitor::Visitor;

/// What somebody can ask by hand; a problem is what agents make of several incidents.
const KINDS: [Kind; 6] =
    [Kind::Request, Kind::Incident, Kind::Question, Kind::Complaint, Kind::Suggestion, Kind::Compliment];

pub(super) fn page(
    visitor: &Visitor,
    around: &Around,
    fields: &Fields,
    kept: &[Upload],
    wrong: Option<&Wrong>,
) -> Markup {
    let locale = visitor.reader.locale;
    let title = t!(locale, "on-behalf-for", name = around.person.name.as_str());
    let content = html! {
        header.page-head {
            div { h1 { (title) } p.muted { (about(around)) } }
            @if let Some(email) = around.person.email.as_ref().filter(|_| around.may_write) {
                (button::link(Weight::Secondary, Some(Icon::Reply), t!(locale, "write-to-them"), &format!("/tickets/new?to={}", urlencode(email))))
            }
        }
        @if around.services.is_empty() {
            (panel::panel(t!(locale, "on-behalf"), None, &html! { p { (t!(locale, "on-behalf-no-service")) } }))
            @if let Some(draft) = &around.draft { (drafts::left(visitor, &html! { (t!(locale, "unsent-own")) }, draft, &keeps(around))) }
        } @else { (form(visitor, around, fields, kept, wrong)) }
    };
    let above =
        [Place::new(t!(locale, "place-work"), "/"), Place::new(t!(locale, "write-title"), "/tickets/new")];
    frame::show(visitor, &Frame { above: &above, ..Frame::new(&title, Here::Work) }, &content)
}

fn keeps(around: &Around) -> String {
    format!("/people/{}/tickets/new/draft", around.person.id)
}

fn about(around: &Around) -> String {
    let ways = reached(&around.person);
    let parts = [around.organisation.as_deref(), Some(ways.as_str()).filter(|ways| !ways.is_empty())];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" \u{b7} ")
}

fn form(
    visitor: &Visitor,
    around: &Around,
    fields: &Fields,
    kept: &[Upload],
    wrong: Option<&Wrong>,
) -> Markup {
    let locale = visitor.reader.locale;
    let named =
        ["service", "channel", "kind", "subject", "body", "impact", "urgency", "beneficiary", "payer"];
    let error = |name: &str| wrong.filter(|wrong| wrong.field == name).map(|wrong| wrong.words.as_str());
    let elsewhere = wrong.filter(|wrong| !named.contains(&wrong.field)).map(|wrong| wrong.words.as_str());
    let subject = Field::new("subject", t!(locale, "write-subject")).value(&fields.subject).required();
    let body = Field::new("body", t!(locale, "on-behalf-body")).value(&fields.body).required();
    let aside = |name, label, value| Field::new(name, label).value(value).autocomplete("off");
    let beneficiary = aside("beneficiary", t!(locale, "on-behalf-beneficiary"), fields.beneficiary.as_str());
    let payer = aside("payer", t!(locale, "on-behalf-payer"), fields.payer.as_str());
    let help = t!(locale, "on-behalf-aside-help");
    let beside = error("beneficiary").is_some() || error("payer").is_some();
    let own = Shown::of(visitor, around.draft.as_ref(), &around.uploads, keeps(around));
    html! {
        form.form.panel.panel-body method="post" action={ "/people/" (around.person.id) "/tickets" } enctype=(files::ENCODING) data-draft=(own.action()) {
            (field::token_once(&visitor.csrf))
            input type="hidden" name="person" value=(around.person.id);
            input type="hidden" name="reached" value=(fields.reached);
            @if let Some(words) = elsewhere { p.field-error role="alert" { (words) } }
            (choices(locale, around, fields, &error))
            (field::input(locale, Typed::Text, &subject.error(error("subject"))))
            (similar::while_typing("/tickets/similar", "field-subject"))
            (field::area(locale, &body.error(error("body")), 8))
            (customs(locale, around, fields))
            (files::field(locale, "on-behalf-files", Audience::Message, kept))
            (pressing(locale, fields, &error))
            details.disclosure open[beside || !fields.beneficiary.is_empty() || !fields.payer.is_empty()] {
                summary { (t!(locale, "on-behalf-aside")) }
                div.halves {
                    (field::input(locale, Typed::Text, &beneficiary.help(help).error(error("beneficiary"))))
                    (field::input(locale, Typed::Text, &payer.help(help).error(error("payer"))))
                }
            }
            div.buttons {
                (button::submit(Weight::Primary, Some(Icon::Plus), t!(locale, "on-behalf-open")))
                (button::link(Weight::Quiet, None, t!(locale, "cancel"), "/tickets/new"))
            }
            (composer::keeping(locale, &own.keeping()))
        }
    }
}

fn choices<'a>(
    locale: Locale,
    around: &Around,
    fields: &Fields,
    error: &impl Fn(&str) -> Option<&'a str>,
) -> Markup {
    let services: Vec<(String, &str)> =
        around.services.iter().map(|(service, name)| (service.to_string(), name.as_str())).collect();
    let services: Vec<Choice<'_>> =
        services.iter().map(|(value, label)| Choice { value, label, help: None }).collect();
    let channels = CHANNELS.map(|one| Choice { value: one.as_str(), label: way(locale, one), help: None });
    let kinds =
        KINDS.map(|kind| Choice { value: kind.as_str(), label: shown::kind(locale, kind), help: None });
    let service = Field::new("service", t!(locale, "on-behalf-service")).value(&fields.service).required();
    let channel = Field::new("channel", t!(locale, "on-behalf-channel")).value(&fields.channel).required();
    let kind = Field::new("kind", t!(locale, "on-behalf-kind")).value(&fields.kind).required();
    html! {
        (field::select(locale, &service.error(error("service")), &services))
        div.halves {
            (field::select(locale, &channel.error(error("channel")), &channels))
            (field::select(locale, &kind.error(error("kind")), &kinds))
        }
    }
}

fn way(locale: Locale, channel: Channel) -> &'static str {
    match channel {
        Channel::Phone => t!(locale, "on-behalf-by-phone"),
        Channel::InPerson => t!(locale, "on-behalf-in-person"),
        Channel::Portal | Channel::Agent | Channel::Api | Channel::Mail | Channel::Import => {
            t!(locale, "on-behalf-otherwise")
        }
    }
}

fn customs(locale: Locale, around: &Around, fields: &Fields) -> Markup {
    let places: Vec<_> = around.services.iter().map(|(service, _)| (service.to_string(), *service)).collect();
    html! {
        @for (among, customs) in by_choice(&around.customs, &places) {
            div.stack data-when=[among.as_ref().map(|_| "service")] data-among=[among] {
                (custom::inputs(locale, "", &customs, &fields.filled, Needed::Opening))
            }
        }
    }
}

fn pressing<'a>(locale: Locale, fields: &Fields, error: &impl Fn(&str) -> Option<&'a str>) -> Markup {
    let levels = |words: [&'static str; 3]| {
        [Level::Low, Level::Medium, Level::High]
            .into_iter()
            .zip(words)
            .map(|(level, label)| Choice { value: level.as_str(), label, help: None })
            .collect::<Vec<_>>()
    };
    let impacts =
        levels([t!(locale, "on-behalf-impact-low"), t!(locale, "impact-medium"), t!(locale, "impact-high")]);
    let urgencies =
        levels([t!(locale, "urgency-low"), t!(locale, "urgency-medium"), t!(locale, "urgency-high")]);
    let impact = Field::new("impact", t!(locale, "new-impact")).value(&fields.impact).required();
    let urgency = Field::new("urgency", t!(locale, "new-urgency")).value(&fields.urgency).required();
    html! {
        div.halves {
            (field::select(locale, &impact.error(error("impact")), &impacts))
            (field::select(locale, &urgency.error(error("urgency")), &urgencies))
        }
    }
}
