//! Panels, key-value lists, empty states and progress.

use maud::{Markup, html};

use super::icon::{Icon, icon};

/// A titled box; `actions` stand at the end of the title line.
pub fn panel(title: &str, actions: Option<&Markup>, content: &Markup) -> Markup {
    html! {
        section.panel {
            header.panel-head { h2 { (title) } @if let Some(actions) = actions { div.panel-actions { (actions) } } }
            div.panel-body { (content) }
        }
    }
}

/// Facts in two columns: what it is, what it says.
pub fn facts(rows: &[(&str, Markup)]) -> Markup {
    html! { dl.facts { @for (name, value) in rows { div { dt { (name) } dd { (value) } } } } }
}

/// Nothing here, why that is, and what to do about it.
pub fn empty(which: Icon, title: &str, words: &str, action: Option<&Markup>) -> Markup {
    html! {
        div.empty {
            (icon(which))
            h2 { (title) }
            p { (words) }
            @if let Some(action) = action { (action) }
        }
    }
}

/// How far something has come; `label` says it in words.
pub fn progress(label: &str, done: u64, total: u64) -> Markup {
    html! {
        div.progress {
            label { span { (label) } progress value=(done) max=(total.max(1)) { (done) " / " (total) } }
        }
    }
}
