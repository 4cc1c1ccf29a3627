//! What lies in the index: one document for each text, with who may find it. The texts themselves are not kept.

use domain::id::{OrganisationId, PersonId, TicketId, UnitId};
use domain::permission::About;
use jiff::Timestamp;
use tantivy::schema::{
    FAST, Field, INDEXED, IndexRecordOption, Schema, SchemaBuilder, TextFieldIndexing, TextOptions,
};
use tantivy::{TantivyDocument, Term};

use super::digits;
use super::{spell, tokens};

/// Another number for every change of what lies in the index; an index with another one is made again.
pub(crate) const VERSION: u32 = 2;

/// What a hit is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    Ticket,
    Message,
    Note,
    Person,
    Organisation,
}

impl Kind {
    pub const ALL: [Self; 5] = [Self::Ticket, Self::Message, Self::Note, Self::Person, Self::Organisation];

    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Ticket => "tickets",
            Self::Message => "messages",
            Self::Note => "notes",
            Self::Person => "people",
            Self::Organisation => "organisations",
        }
    }

    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == word)
    }

    /// Its place in [`Kind::ALL`], by which the index keeps it.
    pub(crate) fn place(self) -> usize {
        Self::ALL.iter().position(|kind| *kind == self).unwrap_or_default()
    }
}

/// Behind which wall a document lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Wall {
    Ordinary,
    Confidential,
    /// People and organisations.
    Directory,
}

impl Wall {
    pub(crate) const fn number(self) -> u64 {
        match self {
            Self::Ordinary => 0,
            Self::Confidential => 1,
            Self::Directory => 2,
        }
    }
}

/// Whom a document belongs to: all documents of one thing are made again together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Of {
    Ticket(TicketId),
    Person(PersonId),
    Organisation(OrganisationId),
}

impl Of {
    pub(crate) fn term(self, fields: &Fields) -> Term {
        Term::from_field_text(fields.of, &self.name())
    }

    fn name(self) -> String {
        match self {
            Self::Ticket(id) => format!("ticket {id}"),
            Self::Person(id) => format!("person {id}"),
            Self::Organisation(id) => format!("organisation {id}"),
        }
    }

    const fn number(self) -> i64 {
        match self {
            Self::Ticket(id) => id.0,
            Self::Person(id) => id.0,
            Self::Organisation(id) => id.0,
        }
    }
}

/// One text on its way into the index.
#[derive(Clone, Debug)]
pub(crate) struct Document<'a> {
    pub(crate) of: Of,
    pub(crate) kind: Kind,
    pub(crate) id: i64,
    pub(crate) at: Timestamp,
    pub(crate) title: &'a str,
    pub(crate) text: &'a str,
    /// How to reach the requester of a ticket, and its tags: for those who read inside.
    pub(crate) contact: &'a str,
    /// The language that whoever wrote it reads.
    pub(crate) language: &'a str,
    /// `None` for the directory.
    pub(crate) about: Option<&'a About>,
    /// Only those who read inside may find it.
    pub(crate) inside: bool,
}

/// The fields of the index.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Fields {
    of: Field,
    pub(crate) kind: Field,
    id: Field,
    thing: Field,
    at: Field,
    pub(crate) title: Field,
    pub(crate) text: Field,
    pub(crate) contact: Field,
    pub(crate) digits: Field,
    pub(crate) contact_digits: Field,
    pub(crate) wall: Field,
    pub(crate) inside: Field,
    pub(crate) owner: Field,
    pub(crate) asking: Field,
    pub(crate) chain: Field,
    pub(crate) mine: Field,
    pub(crate) above: Field,
    pub(crate) sharing: Field,
}

pub(crate) fn schema() -> (Schema, Fields) {
    let mut schema = SchemaBuilder::new();
    let words = TextOptions::default().set_indexing_options(
        TextFieldIndexing::default()
            .set_tokenizer(tokens::NAME)
            .set_index_option(IndexRecordOption::WithFreqsAndPositions),
    );
    let keys = TextOptions::default().set_indexing_options(
        TextFieldIndexing::default()
            .set_tokenizer("raw")
            .set_fieldnorms(false)
            .set_index_option(IndexRecordOption::Basic),
    );
    let fields = Fields {
        of: schema.add_text_field("of", keys.clone()),
        kind: schema.add_u64_field("kind", FAST | INDEXED),
        id: schema.add_i64_field("id", FAST),
        thing: schema.add_i64_field("thing", FAST),
        at: schema.add_i64_field("at", FAST),
        title: schema.add_text_field("title", words.clone()),
        text: schema.add_text_field("text", words.clone()),
        contact: schema.add_text_field("contact", words),
        digits: schema.add_text_field("digits", keys.clone()),
        contact_digits: schema.add_text_field("contact_digits", keys),
        wall: schema.add_u64_field("wall", INDEXED),
        inside: schema.add_u64_field("inside", INDEXED),
        owner: schema.add_i64_field("owner", INDEXED),
        asking: schema.add_i64_field("asking", INDEXED),
        chain: schema.add_i64_field("chain", INDEXED),
        mine: schema.add_i64_field("mine", INDEXED),
        above: schema.add_i64_field("above", INDEXED),
        sharing: schema.add_i64_field("sharing", INDEXED),
    };
    (schema.build(), fields)
}

impl Document<'_> {
    pub(crate) fn indexed(&self, fields: &Fields) -> TantivyDocument {
        let mut document = TantivyDocument::new();
        document.add_text(fields.of, self.of.name());
        document.add_u64(fields.kind, self.kind.place() as u64);
        document.add_i64(fields.id, self.id);
        document.add_i64(fields.thing, self.of.number());
        document.add_i64(fields.at, self.at.as_microsecond());
        document.add_u64(fields.inside, u64::from(self.inside));
        self.add_words(&mut document, fields);
        for (field, text) in [(fields.digits, self.text), (fields.contact_digits, self.contact)] {
            for number in digits::numbers(text) {
                document.add_text(field, digits::backwards(&number.plain));
            }
        }
        match self.about {
            Some(about) => add_rights(&mut document, fields, about),
            None => document.add_u64(fields.wall, Wall::Directory.number()),
        }
        document
    }

    fn add_words(&self, document: &mut TantivyDocument, fields: &Fields) {
        let (title, text) = (spell::words(self.title), spell::words(self.text));
        let contact = spell::words(self.contact);
        let longer = if text.is_empty() { &title } else { &text };
        let language = spell::language(longer, self.language);
        for (field, words) in [(fields.title, title), (fields.text, text), (fields.contact, contact)] {
            if words.is_empty() {
                continue;
            }
            document.add_text(field, tokens::text(words.iter().map(|word| word.written(language))));
        }
    }
}

fn add_rights(document: &mut TantivyDocument, fields: &Fields, about: &About) {
    let wall = if about.confidential { Wall::Confidential } else { Wall::Ordinary };
    document.add_u64(fields.wall, wall.number());
    document.add_i64(fields.owner, about.owner.0);
    let mut add = |field: Field, ids: &mut dyn Iterator<Item = i64>| {
        for id in ids {
            document.add_i64(field, id);
        }
    };
    add(fields.asking, &mut about.asking.iter().map(|UnitId(id)| *id));
    add(fields.chain, &mut about.chain.iter().map(|UnitId(id)| *id));
    add(fields.mine, &mut about.requesting.iter().map(|PersonId(id)| *id));
    add(fields.above, &mut about.upstream.iter().map(|PersonId(id)| *id));
    add(fields.sharing, &mut about.sharing.iter().map(|OrganisationId(id)| *id));
}
