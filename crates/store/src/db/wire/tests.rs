//! PostgreSQL's `numeric` is read as the number it is.

use super::{Value, numeric};

fn raw(words: &[i16]) -> Vec<u8> {
    words.iter().flat_map(|word| word.to_be_bytes()).collect()
}

#[test]
fn whole_numbers_become_integers() {
    assert_eq!(numeric(&raw(&[0, 0, 0, 0])), Some(Value::Integer(0)));
    assert_eq!(numeric(&raw(&[2, 1, 0, 0, 12, 3456])), Some(Value::Integer(123_456)));
    assert_eq!(numeric(&raw(&[1, 2, 0x4000, 0, 5])), Some(Value::Integer(-500_000_000)));
}

#[test]
fn fractions_become_reals() {
    assert_eq!(numeric(&raw(&[2, 0, 0, 1, 2, 5000])), Some(Value::Real(2.5)));
    assert_eq!(numeric(&raw(&[1, -1, 0x4000, 2, 2500])), Some(Value::Real(-0.25)));
}

#[test]
fn not_a_number_is_refused() {
    assert_eq!(numeric(&raw(&[0, 0, -16384, 0])), None);
}
