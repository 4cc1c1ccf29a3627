use super::*;

#[test]
fn edits_count_what_is_put_in_left_out_and_swapped() {
    assert_eq!(edits("waiting", "waiting"), 0);
    assert_eq!(edits("wating", "waiting"), 1);
    assert_eq!(edits("kitten", "sitting"), 3);
    assert_eq!(edits("", "abc"), 3);
}

#[test]
fn a_beginning_is_meant_before_anything_that_only_looks_alike() {
    assert_eq!(meant("pri", ["prize", "priority", "prey"]), Some("prize"));
    assert_eq!(meant("wating", ["rating", "waiting"]), Some("waiting"));
    assert_eq!(meant("ratin", ["waiting", "rating"]), Some("rating"));
    assert_eq!(meant("wiating", ["rating", "waiting"]), Some("waiting"));
    assert_eq!(meant("PRIORITY", ["priority"]), Some("priority"));
}

#[test]
fn what_looks_like_nothing_means_nothing() {
    assert_eq!(meant("zzzzz", ["rating", "waiting"]), None);
    assert_eq!(meant("r", ["rating"]), None);
}
