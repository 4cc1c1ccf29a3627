//! Buttons and links that look like buttons; what changes something is always a form.

use maud::{Markup, html};

use super::field;
use super::icon::{Icon, icon};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weight {
    Primary,
    Secondary,
    Quiet,
    Danger,
}

/// The submit button of the form around it.
pub fn submit(weight: Weight, which: Option<Icon>, words: &str) -> Markup {
    html! { button class=(class(weight)) type="submit" { @if let Some(which) = which { (icon(which)) } (words) } }
}

/// A submit button that tells the form which of its choices was pressed.
pub fn submit_as(weight: Weight, which: Option<Icon>, words: &str, name: &str, value: &str) -> Markup {
    html! {
        button class=(class(weight)) type="submit" name=(name) value=(value) {
            @if let Some(which) = which { (icon(which)) } (words)
        }
    }
}

/// A submit button that sends the form around it to another place.
pub fn submit_to(weight: Weight, which: Option<Icon>, words: &str, action: &str) -> Markup {
    html! {
        button class=(class(weight)) type="submit" formaction=(action) {
            @if let Some(which) = which { (icon(which)) } (words)
        }
    }
}

/// A place to go, drawn as a button.
pub fn link(weight: Weight, which: Option<Icon>, words: &str, href: &str) -> Markup {
    html! { a class=(class(weight)) href=(href) { @if let Some(which) = which { (icon(which)) } (words) } }
}

/// A submit button of a form that stands elsewhere on the page.
pub fn submit_of(weight: Weight, which: Option<Icon>, words: &str, form: &str) -> Markup {
    html! {
        button class=(class(weight)) type="submit" form=(form) { @if let Some(which) = which { (icon(which)) } (words) }
    }
}

/// A form of one button: `POST action` with the token.
pub fn post(weight: Weight, which: Option<Icon>, words: &str, action: &str, token: &str) -> Markup {
    html! {
        form.inline method="post" action=(action) { (field::token(token)) (submit(weight, which, words)) }
    }
}

const fn class(weight: Weight) -> &'static str {
    match weight {
        Weight::Primary => "button button-primary",
        Weight::Secondary => "button",
        Weight::Quiet => "button button-quiet",
        Weight::Danger => "button button-danger",
    }
}
