use super::*;

#[test]
fn an_order_that_a_reach_does_not_know_becomes_its_usual_one() {
    assert_eq!(Sort::Due.fitting(Reach::Open), Sort::Due);
    assert_eq!(Sort::Due.fitting(Reach::Done), Sort::Solved);
    assert_eq!(Sort::Solved.fitting(Reach::Open), Sort::Due);
    assert_eq!(Sort::Priority.fitting(Reach::All), Sort::Changed);
}

#[test]
fn words_are_read_back() {
    for sort in Sort::ALL {
        assert_eq!(Sort::parse(sort.as_str()), Some(*sort));
    }
    for column in Column::ALL {
        assert_eq!(Column::parse(column.as_str()), Some(*column));
    }
    assert_eq!(Grouping::parse("unit"), Some(Grouping::Unit));
    assert_eq!(Grouping::parse("colour"), None);
}
