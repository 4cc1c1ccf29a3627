//! The portal, the sign-in page and the profile, asked like a browser asks, without a network.

#![allow(clippy::unwrap_used, reason = "a broken promise may panic")]

#[path = "pages/admin.rs"]
mod admin;
#[path = "pages/browser.rs"]
mod browser;
#[path = "pages/bulk.rs"]
mod bulk;
#[path = "pages/consent.rs"]
mod consent;
#[path = "pages/files.rs"]
mod files;
#[path = "pages/forms.rs"]
mod forms;
#[path = "pages/late.rs"]
mod late;
#[path = "pages/letters.rs"]
mod letters;
#[path = "pages/listing.rs"]
mod listing;
#[path = "pages/mail.rs"]
mod mail;
#[path = "pages/notes.rs"]
mod notes;
#[path = "pages/notices.rs"]
mod notices;
#[path = "pages/offers.rs"]
mod offers;
#[path = "pages/palette.rs"]
mod palette;
#[path = "pages/portal.rs"]
mod portal;
#[path = "pages/preferences.rs"]
mod preferences;
#[path = "pages/programs.rs"]
mod programs;
#[path = "pages/recipients.rs"]
mod recipients;
#[path = "pages/rules.rs"]
mod rules;
#[path = "pages/sign_in.rs"]
mod sign_in;
#[path = "pages/steps.rs"]
mod steps;
#[path = "pages/trust.rs"]
mod trust;
#[path = "pages/unit.rs"]
mod unit;
#[path = "pages/unread.rs"]
mod unread;
#[path = "pages/uploads.rs"]
mod uploads;
#[path = "pages/views.rs"]
mod views;
