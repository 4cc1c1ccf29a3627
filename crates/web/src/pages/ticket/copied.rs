//! Who gets copies of the replies: added by somebody here, suggested by what was in copy of a mail.

use maud::{Markup, html};

use super::Failed;
use super::doing::Form;
use super::letter;
use super::mails::Way;
use super::view::View;
use crate::t;
use crate::ui::button::{self, Weight};
use crate::ui::field::{self, Field, Kind};
use crate::ui::icon::{Icon, icon};
use crate::visitor::Visitor;

pub(super) fn copies(visitor: &Visitor, view: &View, failed: Option<&Failed>) -> Markup {
    let locale = visitor.reader.locale;
    let failed = failed.filter(|failed| failed.form == Form::Copy);
    let is_shown = |way: &&Way| way.may_copy || !way.copies.is_empty() || failed.is_some();
    let Some(way) = view.mails.way.as_ref().filter(is_shown) else { return html! {} };
    let is_empty = way.copies.is_empty() && way.suggested.is_empty() && failed.is_none();
    let here = format!("/tickets/{}/copies", view.sheet.number);
    let kept = failed.map_or("", |failed| &failed.fields.address);
    let address = Field::new("address", t!(locale, "copies-address")).of(Form::Copy.name()).value(kept);
    let address = address.error(failed.map(|failed| failed.words.as_str())).required();
    html! {
        section.copies .copies-alone[is_empty] #copies aria-label=(t!(locale, "copies")) {
            @if !is_empty { h2 { (icon(Icon::Person)) (t!(locale, "copies")) } }
            @if !way.copies.is_empty() {
                ul {
                    @for copied in &way.copies {
                        li {
                            bdi { (copied.name) }
                            @if let Some(address) = copied.address.as_ref().filter(|address| **address != copied.name) { " " bdi.muted { "<" (letter::shown(address)) ">" } }
                            form.inline method="post" action={ (here) "/" (copied.person) "/end" } {
                                (field::token(&visitor.csrf))
                                button.button.button-quiet type="submit" aria-label=(t!(locale, "copies-end-of", name = copied.name.as_str())) { (t!(locale, "copies-end")) }
                            }
                        }
                    }
                }
            }
            @for mailbox in &way.suggested {
                form.copies-suggested method="post" action=(here) {
                    (field::token_once(&visitor.csrf))
                    input type="hidden" name="address" value=(mailbox.address.as_str());
                    @if let Some(name) = &mailbox.name { input type="hidden" name="name" value=(name.as_str()); }
                    span { bdi { (mailbox) } " " (t!(locale, "copies-was")) }
                    button.button type="submit" aria-label=(t!(locale, "copies-add-of", address = mailbox.address.shown())) { (icon(Icon::Plus)) (t!(locale, "copies-add")) }
                }
            }
            @if let Some(failed) = failed.filter(|_| !way.may_copy) { p.field-error role="alert" { (failed.words) } }
            @if way.may_copy {
                details.copies-other open[failed.is_some()] {
                    summary { (t!(locale, "copies-other")) }
                    form method="post" action=(here) {
                        (field::token_once(&visitor.csrf))
                        (field::input(locale, Kind::Email, &address))
                        (button::submit(Weight::Secondary, Some(Icon::Plus), t!(locale, "copies-add")))
                    }
                }
            }
        }
    }
}
