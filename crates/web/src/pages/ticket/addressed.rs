//! To whom the reply of a ticket's page goes: as it was typed, as its draft has it, or everybody who gets replies.

use desk::letter::EmailAddress;
use domain::draft::Text;
use maud::{Markup, html};
use store::draft::Addressed;

use super::mails::Way;
use super::view::View;
use super::{Failed, Fields};
use crate::t;
use crate::text::Locale;
use crate::ui::recipients::{self, Recipients};

pub(super) struct Lists {
    own: Addressed,
    requester: String,
    everyone: String,
}

impl Lists {
    /// None when no mail leaves: then there is nobody to choose.
    pub(super) fn of(view: &View, typed: Option<&Fields>) -> Option<Self> {
        let way = view.mails.way.as_ref().filter(|way| way.inbox.is_some())?;
        let person = &view.sheet.requester;
        let requester = person.email.as_deref().map(|address| mailbox(&person.name, address));
        let requester = requester.unwrap_or_default();
        let draft = view.drafts.iter().find(|draft| draft.is(Text::Reply));
        let usual = || Addressed { to: requester.clone(), cc: copied(way).join(", "), bcc: String::new() };
        let own = typed.and_then(Fields::addressed);
        let own = own.or_else(|| draft.and_then(|draft| draft.addressed.clone())).unwrap_or_else(usual);
        let suggested = way.suggested.iter().map(ToString::to_string);
        let everyone: Vec<String> = copied(way).into_iter().chain(suggested).collect();
        Some(Self { own, requester, everyone: everyone.join(", ") })
    }

    pub(super) fn shown(&self) -> Recipients<'_> {
        Recipients {
            to: &self.own.to,
            cc: &self.own.cc,
            bcc: &self.own.bcc,
            requester: &self.requester,
            everyone: &self.everyone,
        }
    }
}

impl Fields {
    fn addressed(&self) -> Option<Addressed> {
        let own = || Addressed { to: self.to.clone(), cc: self.cc.clone(), bcc: self.bcc.clone() };
        (!self.addressed.is_empty()).then(own)
    }

    pub(super) fn recipients(&self) -> Option<desk::recipients::Recipients> {
        let agreed = self.people.parse().unwrap_or_default();
        self.addressed().map(|addressed| desk::recipients::Recipients { addressed, agreed })
    }
}

fn copied(way: &Way) -> Vec<String> {
    let copied = way.copies.iter();
    copied.filter_map(|one| Some(mailbox(&one.name, one.address.as_deref()?))).collect()
}

/// A name that would be read as more than a name is left out.
fn mailbox(name: &str, address: &str) -> String {
    let shown = EmailAddress::parse(address).map_or_else(|_| address.to_owned(), |address| address.shown());
    if name == address || name.contains(['"', '<', '>', ',', ';', '\n']) {
        shown
    } else {
        format!("{name} <{shown}>")
    }
}

/// So many people: whether they are meant is said by one more click.
pub(super) fn asks(locale: Locale, failed: Option<&Failed>) -> Markup {
    let Some((failed, count)) = failed.and_then(|failed| Some((failed, failed.asks?))) else {
        return html! {};
    };
    recipients::asks(locale, &t!(locale, "recipients-many", count = count), count, &failed.fields.after)
}
