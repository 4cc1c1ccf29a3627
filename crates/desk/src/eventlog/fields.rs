//! The raw fields of one record, kept small: names are shared, values lie in one text.

use std::sync::Arc;

use jiff::Timestamp;

use super::mapping::{Layout, Mapping, Role};
use super::timestamp::Wall;

/// One record as read: where, when, and every field it had.
#[derive(Debug, Clone)]
pub struct Row {
    /// 1-based line on which the record begins (for OCEL: the number of the event).
    pub line: u64,
    pub at: Timestamp,
    pub wall: Wall,
    pub fields: Fields,
}

/// Name and value pairs in the order of the file.
#[derive(Debug, Clone)]
pub struct Fields {
    shape: Arc<Shape>,
    text: Box<str>,
    /// Where each value ends; the next one begins one separator byte later.
    ends: Box<[u32]>,
}

/// The field names that many records share, and which role each of them plays.
#[derive(Debug)]
pub struct Shape {
    names: Vec<Arc<str>>,
    kinds: Vec<Kind>,
    layout: Layout,
}

/// The type that XES gave a value; a CSV has text only.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    Text,
    Date,
    Integer,
    Real,
    Boolean,
    Id,
    List,
    Container,
}

impl Kind {
    pub const ALL: [Self; 8] = [
        Self::Text,
        Self::Date,
        Self::Integer,
        Self::Real,
        Self::Boolean,
        Self::Id,
        Self::List,
        Self::Container,
    ];

    /// The name of the XES element.
    pub fn element(self) -> &'static str {
        match self {
            Self::Text => "string",
            Self::Date => "date",
            Self::Integer => "int",
            Self::Real => "float",
            Self::Boolean => "boolean",
            Self::Id => "id",
            Self::List => "list",
            Self::Container => "container",
        }
    }

    pub fn of_element(element: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.element() == element)
    }
}

impl Shape {
    pub fn new(names: Vec<(Arc<str>, Kind)>, mapping: &Mapping, source: &str) -> Self {
        let (names, kinds): (Vec<_>, Vec<_>) = names.into_iter().unzip();
        let layout = Layout::new(&names, mapping, source);
        Self { names, kinds, layout }
    }

    pub fn names(&self) -> &[Arc<str>] {
        &self.names
    }

    pub fn layout(&self) -> &Layout {
        &self.layout
    }
}

impl Fields {
    /// `text` holds the values with one separator byte between them; `ends` never exceeds the names.
    pub(super) fn new(shape: Arc<Shape>, text: Box<str>, ends: Box<[u32]>) -> Self {
        debug_assert!(ends.len() <= shape.names.len());
        Self { shape, text, ends }
    }

    /// Fields from pairs, for tests and for logs that are not read from text.
    pub fn from_pairs(pairs: &[(&str, Kind, &str)], mapping: &Mapping, source: &str) -> Self {
        let names = pairs.iter().map(|(name, kind, _)| (Arc::from(*name), *kind)).collect();
        let mut values = Values::default();
        for (_, _, value) in pairs {
            values.push(value);
        }
        values.into_fields(Arc::new(Shape::new(names, mapping, source)))
    }

    pub fn shape(&self) -> &Arc<Shape> {
        &self.shape
    }

    pub fn len(&self) -> usize {
        self.ends.len()
    }

    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// The value at a position; `None` when the record ended before it.
    pub fn at(&self, index: usize) -> Option<&str> {
        let end = *self.ends.get(index)? as usize;
        let start = match index {
            0 => 0,
            _ => self.ends[index - 1] as usize + 1,
        };
        Some(&self.text[start..end])
    }

    pub fn by_name(&self, name: &str) -> Option<&str> {
        let index = self.shape.names.iter().position(|known| &**known == name)?;
        self.at(index)
    }

    pub fn iter(&self) -> impl Iterator<Item = (&Arc<str>, Kind, &str)> {
        (0..self.len())
            .filter_map(|index| Some((&self.shape.names[index], self.shape.kinds[index], self.at(index)?)))
    }

    pub(super) fn name_and_kind(&self, index: usize) -> (&Arc<str>, Kind) {
        (&self.shape.names[index], self.shape.kinds[index])
    }

    /// The value that plays a role, whether or not it is a missing marker.
    pub fn role(&self, role: Role) -> Option<&str> {
        self.shape.layout.value(role, self)
    }

    /// The parts of the case id; `None` when one of them is absent.
    pub fn case_key(&self) -> Option<String> {
        self.shape.layout.case_key(self)
    }
}

/// Collects values into the form that `Fields` keeps.
#[derive(Debug, Default, Clone)]
pub(super) struct Values {
    text: String,
    ends: Vec<u32>,
}

impl Values {
    pub(super) fn push(&mut self, value: &str) {
        if !self.ends.is_empty() {
            self.text.push('\u{0}');
        }
        self.text.push_str(value);
        self.ends.push(position(self.text.len()));
    }

    pub(super) fn extend(&mut self, other: &Self) {
        let mut start = 0;
        for end in &other.ends {
            self.push(&other.text[start..*end as usize]);
            start = *end as usize + 1;
        }
    }

    pub(super) fn into_fields(self, shape: Arc<Shape>) -> Fields {
        Fields::new(shape, self.text.into_boxed_str(), self.ends.into_boxed_slice())
    }
}

/// A position in a record's text; records are limited far below 4 GB by their readers.
pub(super) fn position(bytes: usize) -> u32 {
    u32::try_from(bytes).expect("a record is at most 64 MB")
}
