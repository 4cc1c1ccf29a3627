//! What just happened: one line after a redirect, or a toast that live pages add.

use maud::{Markup, html};

use super::icon::{Icon, icon};
use crate::t;
use crate::text::Locale;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mood {
    Done,
    Notice,
    Warning,
    Failed,
}

#[derive(Debug, Clone, Copy)]
pub struct Flash<'a> {
    pub mood: Mood,
    pub words: &'a str,
}

pub fn flash(locale: Locale, flash: &Flash<'_>) -> Markup {
    let (class, which, label, role) = match flash.mood {
        Mood::Done => ("flash flash-good", Icon::Check, t!(locale, "flash-done"), "status"),
        Mood::Notice => ("flash", Icon::Info, t!(locale, "flash-notice"), "status"),
        Mood::Warning => ("flash flash-soon", Icon::Warning, t!(locale, "flash-warning"), "status"),
        Mood::Failed => ("flash flash-bad", Icon::Warning, t!(locale, "flash-failed"), "alert"),
    };
    html! {
        div class=(class) role=(role) data-flash {
            (icon(which))
            p { strong { (label) ". " } (flash.words) }
        }
    }
}
