use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;

fn candidate(person: i64) -> Candidate {
    Candidate {
        person: PersonId(person),
        load: 0,
        capacity: None,
        skills: Skills::default(),
        language: "en".to_owned(),
        present: true,
        substitute: None,
    }
}

fn given(choice: &Choice) -> Option<PersonId> {
    match choice {
        Choice::Given { person, .. } => Some(*person),
        Choice::Nobody(_) => None,
    }
}

fn speaks_french() -> Question {
    let need = Need { skills: Skills::default(), language: Some("fr".to_owned()) };
    Question { need, ..Question::default() }
}

#[test]
fn the_first_thing_for_which_nobody_is_left_is_the_reason() {
    let choose = |question: &Question, candidates: &[Candidate]| match super::choose(
        Policy::RoundRobin,
        question,
        candidates,
    ) {
        Choice::Nobody(shortage) => shortage,
        Choice::Given { person, .. } => panic!("{person} was chosen"),
    };
    let question = speaks_french();
    let need = question.need.clone();
    assert_eq!(choose(&question, &[]), Shortage::NobodyServes);
    let own = Question { never: [PersonId(1)].into(), ..question.clone() };
    assert_eq!(choose(&own, &[candidate(1)]), Shortage::OnlyRequesting);
    assert_eq!(choose(&question, &[candidate(1)]), Shortage::Unskilled { need: need.clone() });
    let away = Candidate { skills: Skills::parse("FR"), present: false, ..candidate(2) };
    assert_eq!(choose(&question, &[candidate(1), away]), Shortage::Away { need: need.clone() });
    let full = Candidate { language: "fr".to_owned(), load: 3, capacity: Some(3), ..candidate(2) };
    assert_eq!(choose(&question, &[candidate(1), full]), Shortage::Full { need });
}

#[test]
fn who_had_it_before_comes_first_and_their_substitute_next() {
    let question = Question { previous: Some(PersonId(2)), last: Some(PersonId(3)), ..Question::default() };
    let mut all = [candidate(1), candidate(2), candidate(3)];
    let chosen = choose(Policy::RoundRobin, &question, &all);
    assert_eq!(chosen, Choice::Given { person: PersonId(2), why: Why::Previous });
    all[1] = Candidate { present: false, substitute: Some(PersonId(3)), ..candidate(2) };
    let chosen = choose(Policy::RoundRobin, &question, &all);
    assert_eq!(chosen, Choice::Given { person: PersonId(3), why: Why::Substitute { of: PersonId(2) } });
    all[2].present = false;
    let chosen = choose(Policy::RoundRobin, &question, &all);
    assert_eq!(chosen, Choice::Given { person: PersonId(1), why: Why::Turn });
}

#[test]
fn the_least_load_is_said_with_what_they_can_have() {
    let all =
        [Candidate { load: 4, ..candidate(1) }, Candidate { load: 3, capacity: Some(8), ..candidate(2) }];
    let chosen = choose(Policy::LeastLoad, &Question::default(), &all);
    let why = Why::LeastLoad { load: 3, capacity: Some(8) };
    assert_eq!(chosen, Choice::Given { person: PersonId(2), why });
}

fn people() -> impl Strategy<Value = Vec<Candidate>> {
    let one = (0..6_u32, proptest::option::of(0..6_u32), any::<bool>(), "[a-c]{0,2}", any::<bool>());
    proptest::collection::vec(one, 1..7).prop_map(|all| {
        let made =
            all.into_iter().zip(1..).map(|((load, capacity, present, skills, french), person)| Candidate {
                load,
                capacity,
                present,
                skills: Skills::parse(&skills.chars().map(|sign| format!("{sign} ")).collect::<String>()),
                language: if french { "fr" } else { "en" }.to_owned(),
                ..candidate(person)
            });
        made.collect()
    })
}

fn questions() -> impl Strategy<Value = Question> {
    let person = || proptest::option::of((1..7_i64).prop_map(PersonId));
    (person(), person(), person(), any::<bool>(), "[a-c]?").prop_map(
        |(never, previous, last, french, skill)| Question {
            need: Need { skills: Skills::parse(&skill), language: french.then(|| "fr".to_owned()) },
            never: never.into_iter().collect(),
            previous,
            last,
        },
    )
}

fn policies() -> impl Strategy<Value = Policy> {
    prop_oneof![Just(Policy::RoundRobin), Just(Policy::LeastLoad)]
}

proptest! {
    #[test]
    fn the_order_in_which_people_are_listed_does_not_matter(
        (people, shuffled) in people().prop_flat_map(|people| (Just(people.clone()), Just(people).prop_shuffle())),
        question in questions(),
        policy in policies(),
    ) {
        prop_assert_eq!(choose(policy, &question, &people), choose(policy, &question, &shuffled));
    }

    #[test]
    fn whoever_is_chosen_is_there_fits_has_room_and_asked_for_nothing(
        people in people(), question in questions(), policy in policies(),
    ) {
        let fits = |one: &Candidate| {
            one.present
                && one.capacity.is_none_or(|capacity| one.load < capacity)
                && !question.never.contains(&one.person)
                && question.need.skills.iter().all(|skill| one.skills.iter().any(|own| own == skill))
                && question.need.language.as_ref().is_none_or(|language| one.language == *language)
        };
        match given(&choose(policy, &question, &people)) {
            Some(person) => prop_assert!(people.iter().any(|one| one.person == person && fits(one))),
            None => prop_assert!(!people.iter().any(fits)),
        }
    }

    #[test]
    fn round_robin_differs_by_at_most_one(n in 1..7_i64, tickets in 0..60_usize, last in 0..9_i64) {
        let people: Vec<Candidate> = (1..=n).map(candidate).collect();
        let mut counts: BTreeMap<PersonId, usize> = people.iter().map(|one| (one.person, 0)).collect();
        let mut question = Question { last: Some(PersonId(last)), ..Question::default() };
        for _ in 0..tickets {
            question.last = given(&choose(Policy::RoundRobin, &question, &people));
            *counts.get_mut(&question.last.expect("everybody can")).expect("one of them") += 1;
        }
        let (least, most) = (counts.values().min().copied(), counts.values().max().copied());
        prop_assert!(most.unwrap_or(0) - least.unwrap_or(0) <= 1, "{counts:?}");
    }

    #[test]
    fn nobody_ever_has_more_than_they_can_have(people in people(), tickets in 0..60_usize, policy in policies()) {
        let mut people = people;
        let mut question = Question::default();
        for _ in 0..tickets {
            let Some(person) = given(&choose(policy, &question, &people)) else { break };
            question.last = Some(person);
            let one = people.iter_mut().find(|one| one.person == person).expect("one of them");
            one.load += 1;
            prop_assert!(one.capacity.is_none_or(|capacity| one.load <= capacity));
        }
    }
}
