use proptest::prelude::*;

use super::Step::{Down, Up};

#[test]
fn at_either_end_there_is_no_further_place() {
    assert_eq!((Up.from(0, 3), Down.from(2, 3)), (None, None));
    assert_eq!((Up.from(0, 0), Down.from(0, 0)), (None, None));
    assert_eq!((Up.from(2, 3), Down.from(0, 3)), (Some(1), Some(1)));
}

proptest! {
    #[test]
    fn one_step_there_and_one_back_changes_nothing(here in 0_usize..60, many in 0_usize..60) {
        for (step, back) in [(Up, Down), (Down, Up)] {
            let Some(there) = step.from(here, many) else { continue };
            prop_assert!(there < many && there.abs_diff(here) == 1);
            prop_assert_eq!(back.from(there, many), Some(here));
        }
    }
}
