//! Every part with sample data on one page, to look at while changing any of them.

pub mod sample;

use domain::preference::{Preferences, Sending};
use maud::{Markup, html};

use super::badge::{self, Priority, Promise, State};
use super::button::{self, Weight};
use super::composer::{Composer, Keeping, Part, Reply, Send, composer};
use super::field::{self, Choice, Field, Kind};
use super::flash::{self, Flash, Mood};
use super::icon::{Icon, icon};
use super::layout::{self, Page, Person};
use super::message::{Message, Voice, message};
use super::navigation::{self, Place};
use super::recipients::Recipients;
use super::table::{figures, table, words};
use super::{avatar, bars, panel, popover, queue, servicemap, tile, timeline, waterfall};
use crate::format::{self, Reader};
use crate::t;

/// The whole style page.
pub fn gallery(reader: &Reader) -> Markup {
    let places = [
        Place::new("My work", "/").icon(Icon::Inbox).count(12).current_when(true),
        Place::new("Units", "/units").icon(Icon::Unit),
        Place::new("Service map", "/map").icon(Icon::Map),
    ];
    let own = [
        Place::new("My tickets", "/portal").icon(Icon::Person),
        Place::new("Settings", "/me").icon(Icon::Settings),
    ];
    let side = side();
    let above = [Place::new("Units", "/units"), Place::new("Customer support", "/units/4")];
    let page = Page {
        person: Some(Person {
            presence: Some(true),
            name: "Amara Okafor",
            about: "Customer support",
            places: &own,
            sign_out: "/session/end",
            token: "token",
        }),
        places: &places,
        side: Some(&side),
        above: &above,
        flash: Some(Flash { mood: Mood::Done, words: "The reply goes out in 10 seconds." }),
        search: Some("/search"),
        ..Page::new(reader.locale, Preferences::default(), "Gallery")
    };
    layout::page(&page, &content(reader))
}

const KEPT: Keeping<'_> = Keeping { action: "#", version: 1, kept: Some("14:03") };

fn content(reader: &Reader) -> Markup {
    html! {
        div.page-head {
            h1 { "Every part of the pages" }
            (badge::state(reader.locale, State::WaitingHandoff))
            div.buttons {
                (button::link(Weight::Secondary, Some(Icon::Handoff), "Ask a unit", "#"))
                (button::link(Weight::Primary, Some(Icon::Plus), "New ticket", "#"))
            }
        }
        div.stack {
            (waterfall::waterfall(reader, &sample::waterfall(reader)))
            (queue::queue(reader, "Queue", &sample::queue(reader)))
            (navigation::pages(reader.locale, Some("#"), Some("#")))
            div.tiles { @for tile in &sample::tiles() { (tile::tile(reader.locale, tile)) } }
            (servicemap::service_map(reader.locale, &sample::service_map()))
            (bars::stacked(reader.locale, &sample::stacked()))
            (bars::columns(reader.locale, &sample::columns()))
            div.columns { div.conversation { (conversation(reader)) } div.stack { (beside(reader)) } }
            (badges(reader))
            (forms(reader))
            (moods(reader))
        }
    }
}

fn side() -> Markup {
    html! {
        (navigation::views("My work", &[
            Place::new("Mine", "#").icon(Icon::Inbox).count(12).current_when(true),
            Place::new("Unit's queue", "#").icon(Icon::Unit).count(48),
            Place::new("Waiting for somebody", "#").icon(Icon::Pause).count(7),
            Place::new("Due today", "#").icon(Icon::Clock).count(3),
        ]))
        (navigation::views("Units", &[
            Place::new("Customer support", "#").count(1204),
            Place::new("Warehouse", "#").count(31),
            Place::new("Confidential matters of human resources", "#").icon(Icon::Lock).count(0),
        ]))
    }
}

const fn send(words: &str) -> Send<'_> {
    Send { words, delivers: false, offered: Sending::ALL, chosen: Sending::Wait }
}

fn conversation(reader: &Reader) -> Markup {
    let said = [
        (
            Voice::Them,
            "Mei Tanaka",
            Some("Northwind Foods"),
            "The second pallet of order 20418 came without the cold packs. Can you send them today?",
            false,
        ),
        (Voice::System, "Throughline", None, "The warehouse was asked to check the shipment.", false),
        (
            Voice::Note,
            "Amara Okafor",
            Some("Customer support"),
            "They are a new customer; the first delivery was late too. Let us not promise a time before the warehouse has answered.",
            false,
        ),
        (
            Voice::Us,
            "Amara Okafor",
            Some("Customer support"),
            "Thank you for telling us. The warehouse is looking for them now; you hear from me before three.",
            true,
        ),
    ];
    let part =
        |draft| Part { action: "#", draft, keeping: KEPT, names: None, files: &[], error: None, open: false };
    html! {
        @for (position, (voice, author, about, words, new)) in said.into_iter().enumerate() {
            (message(reader, &Message {
                anchor: &format!("message-{position}"),
                voice,
                author,
                about,
                said_at: sample::minutes(reader, -190 + 40 * i64::try_from(position).unwrap_or(0)),
                content: &html! { p { (words) } },
                new,
            }))
        }
        (composer(reader.locale, &Composer {
            token: "token",
            reply: Some(Reply {
                part: Part { open: true, ..part("Dear Ms Tanaka,\n") },
                to: "Mei Tanaka (Northwind Foods)",
                send: send(t!(reader.locale, "composer-reply-send")),
                seen: "81",
                way: &html! { p.composer-way { (t!(reader.locale, "way-mail", from = "Help <help@desk.example>", to = "mei@northwind.example", seconds = 10)) } },
                recipients: Some(Recipients {
                    to: "Mei Tanaka <mei@northwind.example>",
                    cc: "Jonas Weber <jonas@northwind.example>, billing@northwind.example",
                    bcc: "",
                    requester: "Mei Tanaka <mei@northwind.example>",
                    everyone: "Jonas Weber <jonas@northwind.example>",
                }),
                stopped: &html! {},
            }),
            note: Some(part("")),
            preview: Some("#"),
            canned: None,
        }))
        // The note as it looks when it is chosen.
        (composer(reader.locale, &Composer {
            token: "token",
            reply: None,
            note: Some(Part { open: true, ..part("Ask Jonas about the carrier.") }),
            preview: Some("#"),
            canned: None,
        }))
    }
}

fn beside(reader: &Reader) -> Markup {
    let clock = html! {
        p { strong { "Resolution, gold agreement" } }
        p { "Because Northwind Foods bought the service “Cold chain”." }
        (panel::facts(&[
            ("Counted", html! { "3 h 10 min of 8 h" }),
            ("Due", html! { (format::absolute(reader, sample::minutes(reader, 290))) }),
        ]))
    };
    let ask = button::submit(Weight::Danger, Some(Icon::Cross), "Withdraw");
    html! {
        (panel::panel("Promises", None, &panel::facts(&[
            ("First response", badge::promise(reader, Promise::Kept)),
            ("Resolution", popover::popover(&badge::promise(reader, Promise::Soon { due_at: sample::minutes(reader, 290) }), &clock)),
            ("Next update", badge::promise(reader, Promise::Overdue { due_at: sample::minutes(reader, -75) })),
            ("Acceptance", badge::promise(reader, Promise::Paused { reason: "waits for the requester" })),
        ])))
        (panel::panel("Requester", Some(&button::link(Weight::Quiet, None, "Open", "#")), &html! {
            div.buttons { (avatar::avatar("Mei Tanaka")) strong { "Mei Tanaka" } }
            (panel::facts(&[
                ("Organisation", html! { a href="#" { "Northwind Foods" } }),
                ("Affiliation", html! { "buyer since 2024" }),
                ("Local time", html! { "17:02" }),
            ]))
        }))
        (panel::panel("History", None, &timeline::timeline(reader, &sample::timeline(reader))))
        (popover::confirm(&html! { span.button.button-danger { "Withdraw hand-off" } }, "Withdraw the hand-off?",
            "The warehouse stops working on it. What it has written so far is kept.", &ask))
        (panel::progress("Importing tickets", 6120, 14_000))
    }
}

fn badges(reader: &Reader) -> Markup {
    let states = [
        State::Open,
        State::WaitingRequester,
        State::WaitingSupplier,
        State::WaitingDate,
        State::WaitingHandoff,
        State::Delivered,
        State::Solved,
        State::Closed,
    ];
    let priorities = [Priority::Low, Priority::Normal, Priority::High, Priority::Urgent];
    let tabs = [
        Place::new("Conversation", "#").current_when(true),
        Place::new("Throughline", "#").icon(Icon::Throughline),
        Place::new("Hand-offs", "#").count(3),
    ];
    html! {
        (navigation::tabs("Parts of the ticket", &tabs))
        (panel::panel("Badges and icons", None, &html! {
            div.buttons { @for state in states { (badge::state(reader.locale, state)) } }
            div.buttons {
                @for priority in priorities { (badge::priority(reader.locale, priority)) }
                (badge::promise(reader, Promise::OnTrack { due_at: sample::minutes(reader, 1500) }))
                (badge::promise(reader, Promise::Missed))
                (badge::promise(reader, Promise::None))
                (badge::blocks(reader.locale, "#1042", "#"))
                (badge::waits_for(reader.locale, 2))
            }
            div.buttons { @for which in Icon::ALL { (icon(which)) } }
            div.buttons {
                (button::submit(Weight::Primary, Some(Icon::Check), "Accept"))
                (button::submit_as(Weight::Secondary, Some(Icon::Return), "Return", "verdict", "return"))
                (button::post(Weight::Quiet, Some(Icon::Eye), "Watch", "#", "token"))
                (button::submit(Weight::Danger, None, "Delete"))
            }
        }))
        (table("Units", &[words("Unit"), words("Lead"), figures("Open"), figures("Kept"), words("Trend")], &sample::units(reader.locale)))
    }
}

fn forms(reader: &Reader) -> Markup {
    let urgencies = [
        Choice { value: "normal", label: "It can wait its turn", help: None },
        Choice { value: "high", label: "Work stands still", help: Some("Somebody cannot go on without it.") },
    ];
    let units = [
        Choice { value: "4", label: "Customer support", help: None },
        Choice { value: "7", label: "Warehouse", help: None },
    ];
    let locale = reader.locale;
    panel::panel(
        "A form",
        None,
        &html! {
            (field::error_summary(locale, &[("address", "The address has no @.")]))
            form.form method="post" action="#" {
                (field::token("token"))
                (field::input(locale, Kind::Text, &Field::new("subject", "Subject").required().value("Cold packs missing")))
                (field::input(locale, Kind::Email, &Field::new("address", "E-mail address").value("mei.tanaka")
                    .error(Some("The address has no @. Nothing was saved yet.")).help("Where the answer goes.")))
                (field::select(locale, &Field::new("unit", "Unit").required().value("7"), &units))
                (field::radios(&Field::new("urgency", "How urgent is it?").value("normal"), &urgencies))
                (field::area(locale, &Field::new("text", "What happened?").help("You can use Markdown."), 4))
                (field::checkbox(&Field::new("copy", "Send me a copy").value("yes")))
                div.buttons { (button::submit(Weight::Primary, None, "Send")) (button::link(Weight::Quiet, None, "Cancel", "#")) }
            }
        },
    )
}

fn moods(reader: &Reader) -> Markup {
    let moods = [
        (Mood::Notice, "Jonas Weber is looking at this ticket too."),
        (Mood::Warning, "A new message came in while you were writing. Your text is kept."),
        (
            Mood::Failed,
            "The file is larger than 25 MB and was not added. Your text is kept; send a link instead.",
        ),
    ];
    html! {
        div { @for (mood, words) in moods { (flash::flash(reader.locale, &Flash { mood, words })) } }
        (panel::panel("Nothing here", None, &panel::empty(Icon::Inbox, "Your queue is empty",
            "Nothing waits for you. The unit's queue has 48 tickets.",
            Some(&button::link(Weight::Secondary, None, "Open the unit's queue", "#")))))
    }
}

#[cfg(test)]
mod tests;
