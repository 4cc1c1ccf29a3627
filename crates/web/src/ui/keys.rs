//! The shortcuts: one table that pages, scripts, the overview and `docs/keys.md` follow.

#[cfg(test)]
mod tests;

use domain::permission::Viewer;
use maud::{Markup, html};

use self::By::{Element, Path, Script};
use self::For::{Administrators, Agents, Everybody};
use crate::t;
use crate::text::Locale;

/// What a key does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Does {
    Palette,
    Search,
    Overview,
    Close,
    Work,
    Map,
    MyTickets,
    Notices,
    Services,
    Profile,
    Setup,
    NewTicket,
    Next,
    Previous,
    Open,
    Select,
    Filter,
    Reply,
    Note,
    Take,
    HandOff,
    Solve,
    Wait,
    Assign,
    Transfer,
    Priority,
    Undo,
    ListNext,
    ListPrevious,
    ListBack,
}

/// On which pages it does so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    Everywhere,
    Lists,
    Ticket,
}

/// How it is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum By {
    /// The script knows it by this word.
    Script(&'static str),
    /// It leads to a page.
    Path(&'static str),
    /// It does what the element of this name stands for, where there is one: its id is `do-NAME`, or it says
    /// `data-do`.
    Element(&'static str),
}

/// Whom it is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum For {
    Everybody,
    Agents,
    Administrators,
}

struct Shortcut {
    does: Does,
    /// As it is pressed; two keys are pressed one after the other.
    keys: &'static str,
    by: By,
    place: Place,
    whom: For,
}

const fn shortcut(does: Does, keys: &'static str, by: By, place: Place, whom: For) -> Shortcut {
    Shortcut { does, keys, by, place, whom }
}

const TABLE: [Shortcut; 30] = [
    shortcut(Does::Palette, "Ctrl+K", Script("palette"), Place::Everywhere, Everybody),
    shortcut(Does::Search, "/", Element("search"), Place::Everywhere, Everybody),
    shortcut(Does::Overview, "?", Script("overview"), Place::Everywhere, Everybody),
    shortcut(Does::Close, "Escape", Script("close"), Place::Everywhere, Everybody),
    shortcut(Does::Undo, "z", Element("undo"), Place::Everywhere, Everybody),
    shortcut(Does::NewTicket, "c", Path("/tickets/new"), Place::Everywhere, Agents),
    shortcut(Does::Work, "g w", Path("/"), Place::Everywhere, Agents),
    shortcut(Does::Map, "g m", Path("/map"), Place::Everywhere, Agents),
    shortcut(Does::MyTickets, "g t", Path("/portal"), Place::Everywhere, Everybody),
    shortcut(Does::Notices, "g n", Path("/notices"), Place::Everywhere, Everybody),
    shortcut(Does::Services, "g s", Path("/portal/services"), Place::Everywhere, Everybody),
    shortcut(Does::Profile, "g p", Path("/profile"), Place::Everywhere, Everybody),
    shortcut(Does::Setup, "g a", Path("/admin"), Place::Everywhere, Administrators),
    shortcut(Does::Next, "j", Script("next"), Place::Lists, Everybody),
    shortcut(Does::Previous, "k", Script("previous"), Place::Lists, Everybody),
    shortcut(Does::Open, "o", Script("open"), Place::Lists, Everybody),
    shortcut(Does::Select, "x", Script("select"), Place::Lists, Agents),
    shortcut(Does::Filter, "f", Element("filter"), Place::Lists, Agents),
    shortcut(Does::Reply, "r", Element("reply"), Place::Ticket, Everybody),
    shortcut(Does::Note, "n", Element("note"), Place::Ticket, Agents),
    shortcut(Does::Take, "t", Element("assignment-me"), Place::Ticket, Agents),
    shortcut(Does::Assign, "a", Element("assignment"), Place::Ticket, Agents),
    shortcut(Does::HandOff, "h", Element("handoff"), Place::Ticket, Agents),
    shortcut(Does::Wait, "w", Element("wait"), Place::Ticket, Agents),
    shortcut(Does::Solve, "s", Element("solution"), Place::Ticket, Agents),
    shortcut(Does::Transfer, "m", Element("transfer"), Place::Ticket, Agents),
    shortcut(Does::Priority, "p", Element("priority"), Place::Ticket, Agents),
    shortcut(Does::ListNext, "]", Element("list-next"), Place::Ticket, Agents),
    shortcut(Does::ListPrevious, "[", Element("list-previous"), Place::Ticket, Agents),
    shortcut(Does::ListBack, "u", Element("list-back"), Place::Ticket, Agents),
];

/// The key of something.
#[must_use]
pub fn of(does: Does) -> &'static str {
    TABLE.iter().find(|shortcut| shortcut.does == does).map_or("", |shortcut| shortcut.keys)
}

/// The keys that lead to a page.
#[must_use]
pub fn leading_to(path: &str) -> Option<&'static str> {
    TABLE
        .iter()
        .find(|shortcut| matches!(shortcut.by, Path(own) if own == path))
        .map(|shortcut| shortcut.keys)
}

/// What a key does, in words.
fn words(locale: Locale, does: Does) -> &'static str {
    match does {
        Does::Palette => t!(locale, "key-palette"),
        Does::Search => t!(locale, "key-search"),
        Does::Overview => t!(locale, "key-overview"),
        Does::Close => t!(locale, "key-close"),
        Does::Work => t!(locale, "place-work"),
        Does::Map => t!(locale, "place-map"),
        Does::MyTickets => t!(locale, "place-my-tickets"),
        Does::Notices => t!(locale, "notices-title"),
        Does::Services => t!(locale, "place-services"),
        Does::Profile => t!(locale, "place-profile"),
        Does::Setup => t!(locale, "place-setup"),
        Does::NewTicket => t!(locale, "write-title"),
        Does::Next => t!(locale, "key-next"),
        Does::Previous => t!(locale, "key-previous"),
        Does::Open => t!(locale, "key-open"),
        Does::Select => t!(locale, "key-select"),
        Does::Filter => t!(locale, "key-filter"),
        Does::Reply => t!(locale, "key-reply"),
        Does::Note => t!(locale, "key-note"),
        Does::Take => t!(locale, "action-take"),
        Does::HandOff => t!(locale, "action-ask"),
        Does::Solve => t!(locale, "key-solve"),
        Does::Wait => t!(locale, "action-wait"),
        Does::Assign => t!(locale, "action-assign"),
        Does::Transfer => t!(locale, "action-transfer"),
        Does::Priority => t!(locale, "action-priority"),
        Does::Undo => t!(locale, "key-undo"),
        Does::ListNext => t!(locale, "list-next"),
        Does::ListPrevious => t!(locale, "list-previous"),
        Does::ListBack => t!(locale, "list-back"),
    }
}

const PLACES: [Place; 3] = [Place::Everywhere, Place::Lists, Place::Ticket];

fn place_words(locale: Locale, place: Place) -> &'static str {
    match place {
        Place::Everywhere => t!(locale, "keys-everywhere"),
        Place::Lists => t!(locale, "keys-lists"),
        Place::Ticket => t!(locale, "keys-ticket"),
    }
}

fn is_for(shortcut: &Shortcut, viewer: &Viewer) -> bool {
    match shortcut.whom {
        Everybody => true,
        Agents => viewer.is_agent(),
        Administrators => viewer.administrator,
    }
}

/// All of them that are for the viewer. The script reads from it which key does what.
pub fn overview(locale: Locale, viewer: &Viewer) -> Markup {
    html! {
        div.keys-groups {
            @for place in PLACES {
                section.keys-group {
                    h3 { (place_words(locale, place)) }
                    dl {
                        @for one in TABLE.iter().filter(|one| one.place == place && is_for(one, viewer)) { (row(locale, one)) }
                    }
                }
            }
        }
        p.muted { (t!(locale, "keys-words")) }
    }
}

fn row(locale: Locale, shortcut: &Shortcut) -> Markup {
    let (does, goes, at) = match shortcut.by {
        Script(word) => (Some(word), None, None),
        Path(path) => (None, Some(path), None),
        Element(id) => (None, None, Some(id)),
    };
    html! {
        div data-keys=(shortcut.keys) data-does=[does] data-goes=[goes] data-at=[at] {
            dt { @for key in shortcut.keys.split(' ') { kbd { (key) } " " } }
            dd { (words(locale, shortcut.does)) }
        }
    }
}

/// The overview as it opens over a page.
pub fn dialog(locale: Locale, viewer: &Viewer) -> Markup {
    html! {
        dialog.keys #keys aria-labelledby="keys-title" {
            div.dialog-head {
                h2 #keys-title { (t!(locale, "shortcuts")) }
                form method="dialog" { button.button.button-quiet { (t!(locale, "close")) } }
            }
            (overview(locale, viewer))
        }
    }
}

/// The page of the documentation, in English.
#[must_use]
pub fn documentation() -> String {
    let mut text = "# Keys\n\nSingle keys do nothing inside a field or a dialog, nor with Ctrl, Alt or the command key held, and can be \
        switched off in the profile. `Ctrl+K` is `⌘K` on a Mac. This page follows the table in `crates/web/src/ui/keys.rs`.\n"
        .to_owned();
    for place in PLACES {
        text.push_str(&format!(
            "\n## {}\n\n| key | what it does |\n|---|---|\n",
            place_words(Locale::English, place)
        ));
        for one in TABLE.iter().filter(|one| one.place == place) {
            let keys: Vec<String> = one.keys.split(' ').map(|key| format!("`{key}`")).collect();
            text.push_str(&format!("| {} | {} |\n", keys.join(" "), words(Locale::English, one.does)));
        }
    }
    text
}
