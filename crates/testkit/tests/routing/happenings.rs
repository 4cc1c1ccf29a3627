//! What else rules answer to, and whom they tell to look.

use desk::rules::set_up::Input;
use domain::action::{Action, Whom};
use domain::id::PersonId;
use domain::notice::Occasion;
use domain::rule::{Happening, Verdict};
use testkit::TestDesk;

use crate::rules::{office, on};

/// Each thing that happens, with a rule that puts a tag of its own.
pub(crate) fn rules_answer_to_everything_that_happens_and_say_what_they_did(desk: &TestDesk) {
    let office = office(desk);
    let kim = office.kim;
    let answers = [
        (Happening::Assigned, "given"),
        (Happening::Noted, "noted"),
        (Happening::Closed, "ended"),
        (Happening::StatusChanged, "standing"),
        (Happening::Answered, "answered"),
    ];
    for (happening, tag) in answers {
        let put = on(happening, tag, vec![Action::Tag { tag: tag.to_owned() }]);
        office.saves(Input { filter: String::new(), ..put });
    }
    let tagged = office.saves(Input {
        filter: "tag:by-hand".to_owned(),
        ..on(
            Happening::Tagged,
            "Tagged",
            vec![Action::SetService { service: desk.service("Repairs", office.support) }],
        )
    });
    desk.field("weight", |_| {});
    let number = office.opens("A lamp");
    desk.takes(kim, number);
    desk.notes(kim, number, "Heavy.");
    desk.answers(kim, number, "weight", "2").unwrap();
    let status = desk.status("In review", domain::status::Category::Open, |_| {});
    desk.says(kim, number, status).unwrap();
    desk.tags(kim, number, "by-hand");
    desk.rules();
    let tags = |number: i64| {
        desk.with(kim, number, |act, seen| {
            Ok(store::sheet::inside(act.tx, &seen.read_inside().unwrap())?.tags)
        })
        .unwrap()
    };
    assert_eq!(tags(number), ["answered", "by-hand", "given", "noted", "standing"]);
    let did = office.full_verdicts(number).into_iter().find_map(|(rule, verdict)| match verdict {
        Verdict::Acted { did, .. } if rule == tagged => Some(did),
        _ => None,
    });
    assert!(matches!(did.as_deref(), Some([Action::SetService { .. }])), "{did:?}");
    desk.solves(kim, number);
    desk.with(kim, number, |act, seen| desk::close::serve(act, seen.serve().unwrap())).unwrap();
    desk.rules();
    assert!(tags(number).contains(&"ended".to_owned()));
    let report = desk::recompute::check(&desk.desk, |_| {}).unwrap();
    assert!(report.differences.is_empty(), "{:?}", report.differences);
}

pub(crate) fn a_rule_tells_the_holder_the_leads_and_one_person_as_far_as_they_may_read_it(desk: &TestDesk) {
    let office = office(desk);
    let (lea, mo) = (desk.agent("Lea", &[]), desk.agent("Mo", &[desk.unit("Legal")]));
    desk.joins(lea, office.support, store::unit::Role::Lead);
    desk.notifies();
    let tell = |whom| Action::Tell { whom };
    let all = vec![tell(Whom::Holder), tell(Whom::Leads), tell(Whom::Person(mo))];
    let rule = office.saves(on(Happening::RequesterWrote, "Look here", all));
    let ivo = desk.employee("Ivo");
    let inside = desk.opens(ivo, office.help, "My screen", "It is black.");
    for (number, from) in [(office.opens("A lamp"), office.ada), (inside, ivo)] {
        desk.takes(office.kim, number);
        desk.replies(from, number, "And?");
        assert_eq!(desk.rules(), 1);
        desk.notifies();
        let told = |person: PersonId| {
            let lines = desk.desk.look_now(move |look| {
                let viewer = store::access::viewer(look.tx, person)?.unwrap();
                desk::notices::board::lines(look, &viewer, None, 50)
            });
            let lines = lines.unwrap().lines.into_iter();
            lines.filter(|line| line.occasion == Occasion::Told && line.number == number).collect::<Vec<_>>()
        };
        for person in [office.kim, lea] {
            let lines = told(person);
            assert_eq!(lines.len(), 1);
            assert_eq!(lines[0].rule.as_deref(), Some("Look here"), "it says which rule");
        }
        for person in [mo, office.ada, from] {
            assert!(told(person).is_empty(), "who may not read it inside is told nothing");
        }
        let did = office.full_verdicts(number).pop().unwrap();
        assert!(matches!(did, (id, Verdict::Acted { already: 0, did }) if id == rule && did.len() == 3));
    }
}
