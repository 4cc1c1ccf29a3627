//! How our few kinds of value are written and read in PostgreSQL's binary form.

use std::error::Error;

use postgres::types::private::BytesMut;
use postgres::types::{FromSql, IsNull, ToSql, Type, to_sql_checked};

use super::value::Value;

#[derive(Debug)]
pub(super) struct Outgoing<'a>(pub(super) Value<'a>);

pub(super) struct Incoming<'a>(pub(super) Value<'a>);

/// A value met a PostgreSQL type that it cannot be written to or read from.
#[derive(Debug, thiserror::Error)]
pub(super) enum Mismatch {
    #[error("the column type {0} is not used on both databases")]
    Unreadable(String),
    #[error(
        "a parameter holds {kind}, the statement wants {wanted}: say `cast($n as ...)` if the type was only guessed"
    )]
    Unwritable { kind: &'static str, wanted: String },
}

impl ToSql for Outgoing<'_> {
    fn to_sql(&self, wanted: &Type, out: &mut BytesMut) -> Result<IsNull, Box<dyn Error + Sync + Send>> {
        match (self.0, wanted) {
            (Value::Null, _) => Ok(IsNull::Yes),
            (Value::Bool(truth), &Type::BOOL) => truth.to_sql(wanted, out),
            // A yes is kept as 1, so that one text serves both databases.
            (Value::Bool(truth), &Type::INT8) => i64::from(truth).to_sql(wanted, out),
            (Value::Integer(integer), &Type::INT8) => integer.to_sql(wanted, out),
            (Value::Integer(integer), &Type::INT4) => i32::try_from(integer)?.to_sql(wanted, out),
            (Value::Integer(integer), &Type::INT2) => i16::try_from(integer)?.to_sql(wanted, out),
            #[expect(clippy::cast_precision_loss, reason = "the statement wants a real")]
            (Value::Integer(integer), &Type::FLOAT8) => (integer as f64).to_sql(wanted, out),
            (Value::Real(real), &Type::FLOAT8) => real.to_sql(wanted, out),
            #[expect(clippy::cast_possible_truncation, reason = "the column is that narrow")]
            (Value::Real(real), &Type::FLOAT4) => (real as f32).to_sql(wanted, out),
            (
                Value::Text(text),
                &Type::TEXT | &Type::VARCHAR | &Type::BPCHAR | &Type::NAME | &Type::UNKNOWN,
            ) => text.to_sql(wanted, out),
            (Value::Bytes(bytes), &Type::BYTEA) => bytes.to_sql(wanted, out),
            (value, wanted) => {
                Err(Mismatch::Unwritable { kind: value.kind(), wanted: wanted.name().to_owned() }.into())
            }
        }
    }

    fn accepts(_: &Type) -> bool {
        true
    }

    to_sql_checked!();
}

impl<'a> FromSql<'a> for Incoming<'a> {
    fn from_sql(kind: &Type, raw: &'a [u8]) -> Result<Self, Box<dyn Error + Sync + Send>> {
        Ok(Incoming(match *kind {
            Type::BOOL => Value::Bool(bool::from_sql(kind, raw)?),
            Type::INT8 => Value::Integer(i64::from_sql(kind, raw)?),
            Type::INT4 => Value::Integer(i32::from_sql(kind, raw)?.into()),
            Type::INT2 => Value::Integer(i16::from_sql(kind, raw)?.into()),
            Type::FLOAT8 => Value::Real(f64::from_sql(kind, raw)?),
            Type::FLOAT4 => Value::Real(f32::from_sql(kind, raw)?.into()),
            Type::TEXT | Type::VARCHAR | Type::BPCHAR | Type::NAME | Type::UNKNOWN => {
                Value::Text(<&str>::from_sql(kind, raw)?)
            }
            Type::BYTEA => Value::Bytes(raw),
            Type::NUMERIC => {
                numeric(raw).ok_or_else(|| Mismatch::Unreadable("numeric (not a number)".to_owned()))?
            }
            _ => return Err(Mismatch::Unreadable(kind.name().to_owned()).into()),
        }))
    }

    fn from_sql_null(_: &Type) -> Result<Self, Box<dyn Error + Sync + Send>> {
        Ok(Incoming(Value::Null))
    }

    fn accepts(_: &Type) -> bool {
        true
    }
}

/// `sum` and `avg` of integers are `numeric` in PostgreSQL: groups of four decimal
/// digits with a weight. A whole one that fits becomes an integer, as SQLite has it.
fn numeric(raw: &[u8]) -> Option<Value<'static>> {
    let word = |index: usize| Some(i16::from_be_bytes(raw.get(2 * index..2 * index + 2)?.try_into().ok()?));
    let (groups, weight, sign) = (usize::try_from(word(0)?).ok()?, word(1)?, word(2)?);
    const POSITIVE: i16 = 0;
    const NEGATIVE: i16 = 0x4000;
    if sign != POSITIVE && sign != NEGATIVE {
        return None;
    }
    let digits: Vec<i16> = (0..groups).map(|group| word(4 + group)).collect::<Option<_>>()?;
    let is_whole = groups == 0 || usize::try_from(weight).is_ok_and(|weight| groups <= weight + 1);
    let displayed_decimals = word(3)?;
    if is_whole && displayed_decimals == 0 {
        let after_last = if groups == 0 { 0 } else { usize::try_from(weight).ok()? + 1 - groups };
        let padded = digits.iter().copied().chain(std::iter::repeat_n(0, after_last));
        let mut total: i64 = 0;
        for digit in padded {
            total = total.checked_mul(10_000)?.checked_add(digit.into())?;
        }
        return Some(Value::Integer(if sign == NEGATIVE { -total } else { total }));
    }
    let magnitude: f64 = digits
        .iter()
        .zip(0_i32..)
        .map(|(digit, place)| f64::from(*digit) * 10_000_f64.powi(i32::from(weight) - place))
        .sum();
    Some(Value::Real(if sign == NEGATIVE { -magnitude } else { magnitude }))
}

#[cfg(test)]
mod tests;
