//! Which subjects could mean one matter.

use super::*;

fn part(one: &str, other: &str) -> usize {
    let both = [shared(&words(one), &words(other)), shared(&words(other), &words(one))];
    assert_eq!(both[0], both[1], "whichever comes first");
    both[0]
}

#[test]
fn subjects_with_words_in_common_are_similar() {
    assert!(part("My order has not come", "Order still missing") >= SHARED);
    assert!(part("Lamp", "The lamp in the hall is dark") >= SHARED);
    assert!(part("R\u{e9}sum\u{e9} of orders", "resume") >= SHARED, "accents and endings say nothing");
    assert!(part("My order has not come", "The door squeaks") < SHARED);
    assert!(part("It is", "It was") < SHARED, "short words say nothing");
    assert_eq!(part("", "Lamp"), 0);
    assert_eq!(part("\u{1f4a1}", "\u{1f4a1}!"), 0);
}
