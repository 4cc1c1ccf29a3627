//! Ties hold between their dates, and the innermost one decides the class.

use jiff::civil::date;

use super::{Affiliation, Class, Party, Relation, class_on};
use crate::id::PersonId;

fn tie(relation: Relation, from: (i16, i8, i8), until: Option<(i16, i8, i8)>) -> Affiliation {
    let day = |(y, m, d)| date(y, m, d);
    Affiliation {
        party: Party::Person(PersonId(1)),
        relation,
        class: relation.usual_class(),
        from: day(from),
        until: until.map(day),
    }
}

#[test]
fn an_employee_who_also_buys_is_internal() {
    let ties = [tie(Relation::Buyer, (2020, 1, 1), None), tie(Relation::Employee, (2024, 3, 1), None)];
    assert_eq!(class_on(&ties, date(2025, 1, 1)), Class::Internal);
    assert_eq!(class_on(&ties, date(2023, 1, 1)), Class::External);
}

#[test]
fn a_tie_ends_on_its_last_day_and_nobody_is_internal_by_default() {
    let ties = [tie(Relation::Employee, (2024, 3, 1), Some((2025, 1, 1)))];
    assert_eq!(class_on(&ties, date(2024, 12, 31)), Class::Internal);
    assert_eq!(class_on(&ties, date(2025, 1, 1)), Class::External);
    assert_eq!(class_on(&[], date(2025, 1, 1)), Class::External);
}
