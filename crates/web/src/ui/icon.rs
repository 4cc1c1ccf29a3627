//! Small line drawings, always beside words: they are hidden from screen readers.

use maud::{Markup, html};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Icon {
    Inbox,
    Reply,
    Note,
    Handoff,
    Clock,
    Pause,
    Check,
    Cross,
    Warning,
    Info,
    Search,
    Menu,
    Person,
    Unit,
    Organisation,
    Service,
    Map,
    Chart,
    Settings,
    ArrowBack,
    ArrowForward,
    ArrowUp,
    ArrowDown,
    Download,
    Plus,
    Return,
    Star,
    Link,
    Lock,
    Bolt,
    SignOut,
    Bell,
    Calendar,
    Eye,
    Attachment,
    Picture,
    Throughline,
    Print,
    Moon,
    Wand,
}

impl Icon {
    pub const ALL: [Icon; 40] = [
        Icon::Inbox,
        Icon::Reply,
        Icon::Note,
        Icon::Handoff,
        Icon::Clock,
        Icon::Pause,
        Icon::Check,
        Icon::Cross,
        Icon::Warning,
        Icon::Info,
        Icon::Search,
        Icon::Menu,
        Icon::Person,
        Icon::Unit,
        Icon::Organisation,
        Icon::Service,
        Icon::Map,
        Icon::Chart,
        Icon::Settings,
        Icon::ArrowBack,
        Icon::ArrowForward,
        Icon::ArrowUp,
        Icon::ArrowDown,
        Icon::Download,
        Icon::Plus,
        Icon::Return,
        Icon::Star,
        Icon::Link,
        Icon::Lock,
        Icon::Bolt,
        Icon::SignOut,
        Icon::Bell,
        Icon::Calendar,
        Icon::Eye,
        Icon::Attachment,
        Icon::Picture,
        Icon::Throughline,
        Icon::Print,
        Icon::Moon,
        Icon::Wand,
    ];
}

/// A 16-unit drawing in the colour of the text around it. A page has a hundred of them: how they are drawn, the styles say.
pub fn icon(which: Icon) -> Markup {
    html! {
        svg.icon viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" focusable="false" {
            path d=(outline(which)) {}
        }
    }
}

fn outline(which: Icon) -> &'static str {
    match which {
        Icon::Inbox => "M2 9l2-6h8l2 6v4H2zM2 9h3.5l1 2h3l1-2H14",
        Icon::Reply => "M6.5 3.5L2.5 7.5l4 4M3 7.5h6a4.5 4.5 0 0 1 4.5 4.5v.5",
        Icon::Note => "M3 2.5h10v7.5l-3.5 3.5H3zM13 10H9.5v3.5M5.5 5.5h5M5.5 8h3",
        Icon::Handoff => "M2 4.5h5v7h5M9.5 9l2.5 2.5L9.5 14",
        Icon::Clock => "M14 8a6 6 0 1 1-12 0a6 6 0 0 1 12 0zM8 4.5V8l2.5 1.5",
        Icon::Pause => "M5.5 3.5v9M10.5 3.5v9",
        Icon::Check => "M3 8.5l3.5 3.5L13 4.5",
        Icon::Cross => "M4 4l8 8M12 4l-8 8",
        Icon::Warning => "M8 2.5l6 11H2zM8 6.5v3.2M8 11.6v.1",
        Icon::Info => "M14 8a6 6 0 1 1-12 0a6 6 0 0 1 12 0zM8 7.3v3.9M8 4.8v.1",
        Icon::Search => "M11 6.75a4.25 4.25 0 1 1-8.5 0a4.25 4.25 0 0 1 8.5 0zM10 10l3.5 3.5",
        Icon::Menu => "M2.5 4.5h11M2.5 8h11M2.5 11.5h11",
        Icon::Person => "M10.5 5a2.5 2.5 0 1 1-5 0a2.5 2.5 0 0 1 5 0zM3 13.5c.4-2.8 2.4-4 5-4s4.6 1.2 5 4",
        Icon::Unit => "M8 2.5v4M3.5 9.5v-3h9v3M2 9.5h3v4H2zM11 9.5h3v4h-3z",
        Icon::Organisation => "M3.5 13.5v-11h6v11M9.5 6.5h3v7M2 13.5h12M5.5 5.5h2M5.5 8h2M5.5 10.5h2",
        Icon::Service => "M8 2.5l5 2.8v5.4l-5 2.8l-5-2.8V5.3zM3 5.3l5 2.7l5-2.7M8 8v5.5",
        Icon::Map => {
            "M5.5 4a2 2 0 1 1-4 0a2 2 0 0 1 4 0zM14.5 8a2 2 0 1 1-4 0a2 2 0 0 1 4 0zM5.5 12a2 2 0 1 1-4 0a2 2 0 0 1 4 0zM5.3 4.9l5.3 2.3M5.3 11.1l5.3-2.3"
        }
        Icon::Chart => "M2.5 2.5v11h11M5.5 11V8M8.5 11V5M11.5 11V7",
        Icon::Settings => {
            "M2.5 4.5h6M12 4.5h1.5M2.5 11.5H4M7.5 11.5h6M12 4.5a1.75 1.75 0 1 1-3.5 0a1.75 1.75 0 0 1 3.5 0zM7.5 11.5a1.75 1.75 0 1 1-3.5 0a1.75 1.75 0 0 1 3.5 0z"
        }
        Icon::ArrowBack => "M9.5 3.5L5 8l4.5 4.5",
        Icon::ArrowForward => "M6.5 3.5L11 8l-4.5 4.5",
        Icon::ArrowUp => "M3.5 10L8 5.5l4.5 4.5",
        Icon::ArrowDown => "M3.5 6L8 10.5L12.5 6",
        Icon::Download => "M8 2.5v7.5M4.8 7L8 10.2L11.2 7M2.5 13.5h11",
        Icon::Plus => "M8 3v10M3 8h10",
        Icon::Return => "M5.5 2.5L2.5 5.5l3 3M3 5.5h6.5a3.75 3.75 0 0 1 0 7.5H5",
        Icon::Star => "M8 2.2l1.75 3.7l4.05.5l-3 2.8l.8 4L8 11.2l-3.6 2l.8-4l-3-2.8l4.05-.5z",
        Icon::Link => {
            "M6.8 9.2a2.6 2.6 0 0 0 3.7 0l2.2-2.2a2.6 2.6 0 0 0-3.7-3.7l-.8.8M9.2 6.8a2.6 2.6 0 0 0-3.7 0L3.3 9a2.6 2.6 0 0 0 3.7 3.7l.8-.8"
        }
        Icon::Lock => "M3.5 7.5h9v6h-9zM5.5 7.5V5a2.5 2.5 0 0 1 5 0v2.5",
        Icon::Bolt => "M9 2L3.5 9H8l-1 5l5.5-7H8z",
        Icon::SignOut => "M6.5 2.5h-4v11h4M7 8h6.5M11 5.5L13.5 8L11 10.5",
        Icon::Bell => {
            "M3 11.5c1.2-1 1.3-2 1.3-4.5a3.7 3.7 0 0 1 7.4 0c0 2.5.1 3.5 1.3 4.5zM6.8 13.5a1.3 1.3 0 0 0 2.4 0"
        }
        Icon::Calendar => "M2.5 4h11v9.5h-11zM2.5 7h11M5.5 2.2V5M10.5 2.2V5",
        Icon::Eye => {
            "M1.5 8C3 5.2 5.3 3.8 8 3.8S13 5.2 14.5 8C13 10.8 10.7 12.2 8 12.2S3 10.8 1.5 8zM10 8a2 2 0 1 1-4 0a2 2 0 0 1 4 0z"
        }
        Icon::Wand => "M2.5 13.5l7-7M11 2v3.4M9.3 3.7h3.4M13 8v2.4M11.8 9.2h2.4",
        Icon::Moon => "M13 10A6 6 0 1 1 6 3a5 5 0 0 0 7 7z",
        Icon::Print => "M4.5 5.5v-3h7v3M4.5 11.5h-2v-6h11v6h-2M4.5 9.5h7v4h-7z",
        Icon::Attachment => {
            "M12.5 7.5L8 12a3 3 0 0 1-4.3-4.3l5-5a2 2 0 0 1 2.9 2.9l-5 5a1 1 0 0 1-1.4-1.4L9.5 4.8"
        }
        Icon::Picture => "M2.5 3h11v10h-11zM2.5 10.5l3-3l3 3l2-2l3 3M10.5 5.8v.1",
        Icon::Throughline => "M2 4.5h5v3.5h3v3.5h4",
    }
}
