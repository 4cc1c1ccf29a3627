use proptest::prelude::*;

use super::{Snapshot, delta, restore, snapshot};
use crate::eventlog::{Fields, Kind, Mapping};

#[test]
fn only_what_changed_is_kept() {
    let mapping = Mapping::of("id", "what", "when");
    let first = fields(&mapping, &[("id", Kind::Text, "1"), ("state", Kind::Text, "New")]);
    let second = fields(&mapping, &[("id", Kind::Text, "1"), ("count", Kind::Integer, "5")]);
    assert_eq!(delta(None, &first), r#"{"id":"1","state":"New"}"#);
    assert_eq!(delta(Some(&first), &first), "{}");
    assert_eq!(delta(Some(&first), &second), r#"{"count":["int","5"],"state":null}"#);
}

#[test]
fn a_delta_that_is_no_delta_is_refused() {
    for text in ["", "[]", "{\"a\":1}", "{\"a\":[\"tree\",\"5\"]}"] {
        assert!(restore(&mut Snapshot::new(), text).is_err(), "{text}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]
    #[test]
    fn a_chain_of_deltas_gives_every_row_back(
        rows in proptest::collection::vec(
            proptest::collection::btree_map("[a-d\"\\\\]{1,2}", (0..8_usize, ".{0,6}"), 0..6),
            1..8,
        )
    ) {
        let mapping = Mapping::of("id", "what", "when");
        let mut previous: Option<Fields> = None;
        let mut restored = Snapshot::new();
        for row in &rows {
            let pairs: Vec<(&str, Kind, &str)> = row
                .iter()
                .map(|(name, (kind, value))| (name.as_str(), Kind::ALL[*kind], value.as_str()))
                .collect();
            let current = fields(&mapping, &pairs);
            restore(&mut restored, &delta(previous.as_ref(), &current)).unwrap();
            prop_assert_eq!(&restored, &snapshot(&current));
            previous = Some(current);
        }
    }
}

fn fields(mapping: &Mapping, pairs: &[(&str, Kind, &str)]) -> Fields {
    Fields::from_pairs(pairs, mapping, "log")
}
