//! The frame around a signed-in visitor's pages: the places open to them, their menu, what just happened.

use maud::{Markup, html};

use super::palette;
use crate::t;
use crate::ui::bell::Bell;
use crate::ui::flash::Flash;
use crate::ui::icon::Icon;
use crate::ui::keys;
use crate::ui::layout::{self, Page, Person};
use crate::ui::navigation::Place;
use crate::visitor::Visitor;

/// Which of the main places a page belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Here {
    Work,
    Map,
    Setup,
    MyTickets,
    Services,
    Elsewhere,
}

/// What differs from page to page; start with [`Frame::new`].
#[derive(Debug, Clone, Copy)]
pub struct Frame<'a> {
    pub title: &'a str,
    pub here: Here,
    /// Views at the side, from [`crate::ui::navigation::views`].
    pub side: Option<&'a Markup>,
    /// The pages above this one.
    pub above: &'a [Place<'a>],
    pub flash: Option<Flash<'a>>,
    /// Address of the event stream, such as `/live?ticket=1042`.
    pub live: Option<&'a str>,
}

impl<'a> Frame<'a> {
    #[must_use]
    pub const fn new(title: &'a str, here: Here) -> Self {
        Self { title, here, side: None, above: &[], flash: None, live: None }
    }
}

/// A whole page for somebody who is signed in.
pub fn show(visitor: &Visitor, frame: &Frame<'_>, content: &Markup) -> Markup {
    let locale = visitor.reader.locale;
    let places = places(visitor, frame.here);
    let mut own = vec![
        Place::new(t!(locale, "place-my-tickets"), "/portal").icon(Icon::Inbox),
        Place::new(t!(locale, "place-services"), "/portal/services").icon(Icon::Service),
        Place::new(t!(locale, "place-profile"), "/profile").icon(Icon::Settings),
        Place::new(t!(locale, "shortcuts"), "/keys").icon(Icon::Bolt),
    ];
    if visitor.viewer.is_agent() {
        own.insert(2, Place::new(t!(locale, "macros-title"), "/macros").icon(Icon::Wand));
    }
    if desk::rules::set_up::may_keep_any(&visitor.viewer) {
        own.insert(3, Place::new(t!(locale, "rules"), "/rules").icon(Icon::Bolt));
    }
    let over = html! { (palette::dialog(locale)) (keys::dialog(locale, &visitor.viewer)) };
    let page = Page {
        person: Some(Person {
            name: &visitor.name,
            about: visitor.email.as_deref().unwrap_or_default(),
            places: &own,
            presence: visitor.viewer.is_agent().then_some(!visitor.away),
            sign_out: "/sign-out",
            token: &visitor.csrf,
        }),
        places: &places,
        side: frame.side,
        above: frame.above,
        flash: frame.flash,
        live: Some(frame.live.unwrap_or("/live/notices")),
        search: Some("/search"),
        bell: Some(Bell {
            unread: visitor.unread,
            quiet: visitor.is_quiet(),
            latest: "/notices/latest",
            all: "/notices",
            again: "/notices/bell",
        }),
        over: Some(&over),
        ..Page::new(locale, visitor.preferences, frame.title)
    };
    layout::page(&page, content)
}

fn places(visitor: &Visitor, here: Here) -> Vec<Place<'static>> {
    let locale = visitor.reader.locale;
    let mut places = Vec::new();
    if visitor.viewer.is_agent() {
        places.push((Here::Work, Place::new(t!(locale, "place-work"), "/").icon(Icon::Inbox)));
        places.push((Here::Map, Place::new(t!(locale, "place-map"), "/map").icon(Icon::Map)));
    }
    places.push((Here::MyTickets, Place::new(t!(locale, "place-my-tickets"), "/portal").icon(Icon::Person)));
    places.push((
        Here::Services,
        Place::new(t!(locale, "place-services"), "/portal/services").icon(Icon::Service),
    ));
    if visitor.viewer.administrator {
        places.push((Here::Setup, Place::new(t!(locale, "place-setup"), "/admin").icon(Icon::Settings)));
    }
    places.into_iter().map(|(place, shown)| shown.current_when(place == here)).collect()
}
