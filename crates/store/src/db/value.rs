//! What goes into a statement and what comes out of a row, the same on both databases.

use jiff::Timestamp;

/// One value on its way in (a parameter) or out (a column). Instants travel as
/// microseconds since 1970 (`i64`), enumerations as their text.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Value<'a> {
    Null,
    Bool(bool),
    Integer(i64),
    Real(f64),
    Text(&'a str),
    Bytes(&'a [u8]),
}

impl Value<'_> {
    pub(crate) fn kind(&self) -> &'static str {
        match self {
            Value::Null => "nothing (null)",
            Value::Bool(_) => "true or false",
            Value::Integer(_) => "an integer",
            Value::Real(_) => "a real number",
            Value::Text(_) => "text",
            Value::Bytes(_) => "bytes",
        }
    }
}

/// A type that can stand behind `$1`.
pub trait ToParam {
    fn to_param(&self) -> Value<'_>;
}

/// A type that can be read from a column; `None` when the column holds something else.
pub trait FromColumn<'a>: Sized {
    const EXPECTED: &'static str;
    fn from_value(value: Value<'a>) -> Option<Self>;
}

/// The parameters of one statement: `params![ticket, title, now]`.
#[macro_export]
macro_rules! params {
    ($($value:expr),* $(,)?) => {
        &[$(&$value as &dyn $crate::db::ToParam),*] as &[&dyn $crate::db::ToParam]
    };
}

/// Columns for newtypes over `i64` with a public field.
macro_rules! id_columns {
    ($($id:path),+ $(,)?) => {$(
        impl $crate::db::ToParam for $id {
            fn to_param(&self) -> $crate::db::Value<'_> {
                $crate::db::Value::Integer(self.0)
            }
        }
        impl<'a> $crate::db::FromColumn<'a> for $id {
            const EXPECTED: &'static str = "an id";
            fn from_value(value: $crate::db::Value<'a>) -> Option<Self> {
                <i64 as $crate::db::FromColumn>::from_value(value).map($id)
            }
        }
    )+};
}

/// Columns for closed enumerations that have `as_str(self)` and `parse(&str) -> Option<Self>`.
macro_rules! text_columns {
    ($($kind:path),+ $(,)?) => {$(
        impl $crate::db::ToParam for $kind {
            fn to_param(&self) -> $crate::db::Value<'_> {
                $crate::db::Value::Text((*self).as_str())
            }
        }
        impl<'a> $crate::db::FromColumn<'a> for $kind {
            const EXPECTED: &'static str = stringify!($kind);
            fn from_value(value: $crate::db::Value<'a>) -> Option<Self> {
                <&str as $crate::db::FromColumn>::from_value(value).and_then(|text| <$kind>::parse(text).into())
            }
        }
    )+};
}
pub(crate) use text_columns;

text_columns!(
    domain::affiliation::Class,
    domain::affiliation::Relation,
    domain::assignment::Policy,
    domain::agreement::AgreementKind,
    domain::agreement::Metric,
    domain::bulk_action::Outcome,
    domain::bulk_action::State,
    domain::clock::Outcome,
    domain::event::Side,
    domain::event::Closing,
    domain::link::Link,
    domain::notice::Course,
    domain::notice::Occasion,
    domain::notice::Stance,
    domain::notice::Subscription,
    domain::notice::Way,
    domain::recurrence::Stop,
    domain::rule::Happening,
    domain::rule::Since,
    domain::ticket::Kind,
    domain::ticket::State,
    domain::view::Grouping,
    domain::view::Sort,
);

use domain::id;
id_columns!(
    id::TicketId,
    id::UnitId,
    id::PersonId,
    id::OrganisationId,
    id::AffiliationId,
    id::ServiceId,
    id::AgreementId,
    id::TargetId,
    id::CalendarId,
    id::MessageId,
    id::NoteId,
    id::ReasonId,
    id::EventId,
    id::InboxId,
    id::MailId,
    id::OutgoingId,
    id::AttachmentId,
    id::UploadId,
    id::DraftId,
    id::ViewId,
    id::RuleId,
    id::AbsenceId,
    id::MacroId,
    id::BulkActionId,
    id::TagId,
    id::CustomId,
    id::StatusId,
    id::RecurringId,
    id::SpentId,
    id::ItemId,
);

impl<T: ToParam + ?Sized> ToParam for &T {
    fn to_param(&self) -> Value<'_> {
        (**self).to_param()
    }
}

impl<T: ToParam> ToParam for Option<T> {
    fn to_param(&self) -> Value<'_> {
        self.as_ref().map_or(Value::Null, ToParam::to_param)
    }
}

impl<T: ToParam + ?Sized> ToParam for Box<T> {
    fn to_param(&self) -> Value<'_> {
        (**self).to_param()
    }
}

impl ToParam for Value<'_> {
    fn to_param(&self) -> Value<'_> {
        *self
    }
}

impl ToParam for bool {
    fn to_param(&self) -> Value<'_> {
        Value::Bool(*self)
    }
}

macro_rules! integer_params {
    ($($integer:ty),+) => {$(
        impl ToParam for $integer {
            fn to_param(&self) -> Value<'_> {
                Value::Integer(i64::from(*self))
            }
        }
    )+};
}
integer_params!(i64, i32, i16, i8, u32, u16, u8);

macro_rules! integer_columns {
    ($($integer:ty),+) => {$(
        impl<'a> FromColumn<'a> for $integer {
            const EXPECTED: &'static str = concat!("an integer (", stringify!($integer), ")");
            fn from_value(value: Value<'a>) -> Option<Self> {
                match value {
                    Value::Integer(integer) => Self::try_from(integer).ok(),
                    _ => None,
                }
            }
        }
    )+};
}
integer_columns!(i64, i32, i16, i8, u64, u32, u16, u8, usize);

impl ToParam for f64 {
    fn to_param(&self) -> Value<'_> {
        Value::Real(*self)
    }
}

impl ToParam for str {
    fn to_param(&self) -> Value<'_> {
        Value::Text(self)
    }
}

impl ToParam for String {
    fn to_param(&self) -> Value<'_> {
        Value::Text(self)
    }
}

impl ToParam for std::borrow::Cow<'_, str> {
    fn to_param(&self) -> Value<'_> {
        Value::Text(self)
    }
}

impl ToParam for [u8] {
    fn to_param(&self) -> Value<'_> {
        Value::Bytes(self)
    }
}

impl<const N: usize> ToParam for [u8; N] {
    fn to_param(&self) -> Value<'_> {
        Value::Bytes(self)
    }
}

impl ToParam for Vec<u8> {
    fn to_param(&self) -> Value<'_> {
        Value::Bytes(self)
    }
}

impl ToParam for Timestamp {
    fn to_param(&self) -> Value<'_> {
        Value::Integer(self.as_microsecond())
    }
}

impl<'a, T: FromColumn<'a>> FromColumn<'a> for Option<T> {
    const EXPECTED: &'static str = T::EXPECTED;
    fn from_value(value: Value<'a>) -> Option<Self> {
        match value {
            Value::Null => Some(None),
            value => T::from_value(value).map(Some),
        }
    }
}

impl<'a> FromColumn<'a> for bool {
    const EXPECTED: &'static str = "true or false";
    fn from_value(value: Value<'a>) -> Option<Self> {
        match value {
            Value::Bool(truth) => Some(truth),
            Value::Integer(0) => Some(false),
            Value::Integer(1) => Some(true),
            _ => None,
        }
    }
}

impl<'a> FromColumn<'a> for f64 {
    const EXPECTED: &'static str = "a real number";
    fn from_value(value: Value<'a>) -> Option<Self> {
        match value {
            Value::Real(real) => Some(real),
            // A database may hand a whole real number back as an integer.
            #[expect(clippy::cast_precision_loss, reason = "a real was asked for")]
            Value::Integer(integer) => Some(integer as f64),
            _ => None,
        }
    }
}

impl<'a> FromColumn<'a> for &'a str {
    const EXPECTED: &'static str = "text";
    fn from_value(value: Value<'a>) -> Option<Self> {
        match value {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }
}

impl<'a> FromColumn<'a> for String {
    const EXPECTED: &'static str = "text";
    fn from_value(value: Value<'a>) -> Option<Self> {
        <&str>::from_value(value).map(str::to_owned)
    }
}

impl<'a> FromColumn<'a> for &'a [u8] {
    const EXPECTED: &'static str = "bytes";
    fn from_value(value: Value<'a>) -> Option<Self> {
        match value {
            Value::Bytes(bytes) => Some(bytes),
            _ => None,
        }
    }
}

impl<'a> FromColumn<'a> for Vec<u8> {
    const EXPECTED: &'static str = "bytes";
    fn from_value(value: Value<'a>) -> Option<Self> {
        <&[u8]>::from_value(value).map(<[u8]>::to_vec)
    }
}

impl<'a, const N: usize> FromColumn<'a> for [u8; N] {
    const EXPECTED: &'static str = "bytes of a fixed length";
    fn from_value(value: Value<'a>) -> Option<Self> {
        <&[u8]>::from_value(value)?.try_into().ok()
    }
}

impl<'a> FromColumn<'a> for Timestamp {
    const EXPECTED: &'static str = "an instant in microseconds";
    fn from_value(value: Value<'a>) -> Option<Self> {
        Timestamp::from_microsecond(i64::from_value(value)?).ok()
    }
}
