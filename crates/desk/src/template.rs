//! The texts that the desk writes by itself: templates with strict variables, in the reader's language.

use domain::id::TicketId;
use minijinja::{Environment, UndefinedBehavior, context};
use store::inbox::Inbox;
use store::person::Person;

use crate::act::Act;
use crate::{DeskError, Problem};

/// What a template is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Template {
    /// A new ticket came by mail.
    Acknowledgement,
    /// It is solved; how to object.
    SolvedNotice,
    /// It closed by itself.
    ClosedNotice,
}

impl Template {
    pub const ALL: [Self; 3] = [Self::Acknowledgement, Self::SolvedNotice, Self::ClosedNotice];

    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Acknowledgement => "acknowledgement",
            Self::SolvedNotice => "solved_notice",
            Self::ClosedNotice => "closed_notice",
        }
    }

    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|template| template.as_str() == word)
    }

    /// The first line is the subject, the rest Markdown.
    const fn usual(self, german: bool) -> &'static str {
        match (self, german) {
            (Self::Acknowledgement, false) => include_str!("template/texts/acknowledgement.en.md"),
            (Self::Acknowledgement, true) => include_str!("template/texts/acknowledgement.de.md"),
            (Self::SolvedNotice, false) => include_str!("template/texts/solved_notice.en.md"),
            (Self::SolvedNotice, true) => include_str!("template/texts/solved_notice.de.md"),
            (Self::ClosedNotice, false) => include_str!("template/texts/closed_notice.en.md"),
            (Self::ClosedNotice, true) => include_str!("template/texts/closed_notice.de.md"),
        }
    }
}

/// A text ready to be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text {
    pub subject: String,
    /// Markdown.
    pub body: String,
}

/// How much a template may do before it is stopped.
const FUEL: u64 = 20_000;

/// The text of a template about one ticket, for one person.
pub fn about_ticket(
    act: &mut Act,
    inbox: &Inbox,
    ticket: TicketId,
    person: &Person,
    template: Template,
) -> Result<Text, DeskError> {
    let (subject, ..) = store::ticket::fixed(act.tx, ticket)?.ok_or(DeskError::NotFound)?;
    let number = store::mail_thread::number_of(act.tx, ticket)?.ok_or(DeskError::NotFound)?;
    let source = template.usual(person.language == "de");
    fill(
        source,
        &context! {
            name => &person.name,
            number,
            subject,
            inbox => &inbox.name,
            unit => act.catalogue.unit_name(inbox.unit),
        },
    )
}

/// Fills a template. A variable that is missing or empty is named, and nothing is made.
pub fn fill(source: &str, values: &minijinja::Value) -> Result<Text, DeskError> {
    let mut environment = Environment::empty();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_fuel(Some(FUEL));
    environment.set_auto_escape_callback(|_| minijinja::AutoEscape::None);
    environment.add_filter("default", minijinja::filters::default);
    let filled = environment.render_str(source, values).map_err(|error| {
        DeskError::invalid("template", Problem::TemplateBroken { cause: error.to_string() })
    })?;
    let (subject, body) = filled.split_once('\n').unwrap_or((&filled, ""));
    Ok(Text { subject: subject.trim().to_owned(), body: body.trim().to_owned() })
}
