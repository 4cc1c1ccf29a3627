use std::collections::BTreeSet;

use domain::affiliation::Class;
use domain::id::{OrganisationId, PersonId, TicketId, UnitId};
use domain::permission::{About, Relation, Viewer, relation};
use jiff::Timestamp;
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::{Just, Strategy, any, proptest};
use proptest::test_runner::Config;
use tantivy::query::AllQuery;

use super::{Searcher, inside, of};
use crate::search::generation::{Cursor, Generation};
use crate::search::index::{Document, Kind, Of};
use crate::search::query::Sought;
use crate::search::ranked::Ranking;

fn units(most: usize) -> impl Strategy<Value = Vec<UnitId>> {
    vec((1..5_i64).prop_map(UnitId), 0..most)
}

fn people() -> impl Strategy<Value = Vec<PersonId>> {
    vec((1..4_i64).prop_map(PersonId), 0..2)
}

fn organisation() -> impl Strategy<Value = Option<OrganisationId>> {
    option::of((1..3_i64).prop_map(OrganisationId))
}

fn about() -> impl Strategy<Value = About> {
    let asking = option::of((1..5_i64).prop_map(UnitId));
    let places = (asking, (1..5_i64).prop_map(UnitId), units(3));
    (people(), people(), organisation(), places, any::<bool>(), any::<bool>()).prop_map(
        |(requesting, upstream, sharing, (asking, owner, chain), confidential, glass_broken)| About {
            requesting,
            upstream,
            sharing,
            asking,
            owner,
            chain,
            confidential,
            glass_broken,
        },
    )
}

fn viewer() -> impl Strategy<Value = Viewer> {
    let person = (1..4_i64).prop_map(PersonId);
    (person, Just(Class::Internal), organisation(), units(3), units(3), any::<bool>(), any::<bool>())
        .prop_map(|(person, class, organisation, units, oversees, oversees_all, administrator)| Viewer {
            person,
            class,
            organisation,
            units,
            oversees,
            oversees_all,
            administrator,
        })
}

/// A public text and an internal one for each ticket.
fn indexed(abouts: &[About]) -> Generation {
    let generation = Generation::in_memory().unwrap();
    let written = generation.write(|writing| {
        for (id, about) in (1..).zip(abouts) {
            for (kind, inside) in [(Kind::Message, false), (Kind::Note, true)] {
                writing.add(&Document {
                    of: Of::Ticket(TicketId(id)),
                    kind,
                    id,
                    at: Timestamp::UNIX_EPOCH,
                    title: "",
                    text: "anything",
                    contact: "",
                    language: "en",
                    about: Some(about),
                    inside,
                })?;
            }
        }
        Ok(Cursor::at(0, &[]))
    });
    written.unwrap();
    generation
}

fn found(generation: &Generation, viewer: &Viewer, abouts: &[About], kind: Kind) -> BTreeSet<i64> {
    let broken = (1..).zip(abouts).filter(|(_, about)| about.glass_broken).map(|(id, _)| TicketId(id));
    let searcher = Searcher { viewer, glass_broken: broken.collect() };
    let ranking = || Ranking { most: [1_000; Kind::ALL.len()], ..Ranking::default() };
    let everything = || Sought { wanted: Box::new(AllQuery), without: None };
    let scope = of(&searcher, &generation.fields);
    let best = generation.best(everything(), scope, ranking()).unwrap();
    let reads_inside =
        generation.best(everything(), inside(&searcher, &generation.fields), ranking()).unwrap();
    let note = Kind::Note.place();
    let ids = |best: &[Vec<crate::search::ranked::Ranked>; 5], place: usize| -> BTreeSet<i64> {
        best[place].iter().map(|ranked| ranked.place.id).collect()
    };
    assert_eq!(ids(&best, note), ids(&reads_inside, note), "who reads inside finds what is inside");
    ids(&best, kind.place())
}

proptest! {
    #![proptest_config(Config::with_cases(48))]

    #[test]
    fn what_can_be_found_is_what_the_rule_of_rights_shows(
        abouts in vec(about(), 1..30),
        viewers in vec(viewer(), 1..12),
    ) {
        let generation = indexed(&abouts);
        for viewer in &viewers {
            let may = |rule: &dyn Fn(Relation) -> bool| -> BTreeSet<i64> {
                (1..).zip(&abouts).filter(|(_, about)| rule(relation(viewer, about))).map(|(id, _)| id).collect()
            };
            assert_eq!(found(&generation, viewer, &abouts, Kind::Message), may(&|own| own != Relation::Nothing), "{viewer:?}");
            assert_eq!(found(&generation, viewer, &abouts, Kind::Note), may(&Relation::reads_inside), "{viewer:?}");
        }
    }
}
