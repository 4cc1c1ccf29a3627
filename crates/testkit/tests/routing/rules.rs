//! Rules answer to what happens and to time that passes: once, in order, with what became of each.

use desk::rules::dry;
use desk::rules::set_up::{self, Input};
use desk::{DeskError, Problem};
use domain::action::Action;
use domain::event::Actor;
use domain::id::{PersonId, RuleId, ServiceId, UnitId};
use domain::origin::Origin;
use domain::priority::Priority;
use domain::rule::{Happening, Since, Verdict, When};
use jiff::SignedDuration;
use store::office::Office as Held;
use store::rule::{Counts, Run};
use testkit::TestDesk;

use crate::HOUR;

pub(crate) struct Office<'a> {
    desk: &'a TestDesk,
    pub(crate) support: UnitId,
    warehouse: UnitId,
    pub(crate) help: ServiceId,
    pub(crate) kim: PersonId,
    pub(crate) ada: PersonId,
    admin: PersonId,
}

pub(crate) fn office(desk: &TestDesk) -> Office<'_> {
    let (support, warehouse) = (desk.unit("Support"), desk.unit("Warehouse"));
    let help = desk.service("Help", support);
    let kim = desk.agent("Kim", &[support, warehouse]);
    let admin = desk.employee("Root");
    desk.appoint(admin, Held::Administrator);
    Office { desk, support, warehouse, help, kim, ada: desk.customer("Ada"), admin }
}

fn pressing(priority: Priority) -> Action {
    Action::SetPriority { priority, reason: "A rule says so".to_owned() }
}

impl Office<'_> {
    fn tries(&self, input: Input) -> Result<RuleId, DeskError> {
        self.desk.act(self.admin, move |act, viewer| set_up::save(act, viewer, &input))
    }

    pub(crate) fn saves(&self, input: Input) -> RuleId {
        self.tries(input).unwrap()
    }

    pub(crate) fn opens(&self, subject: &str) -> i64 {
        self.desk.opens(self.ada, self.help, subject, "Please look at it.")
    }

    fn sets(&self, number: i64, priority: Priority) {
        self.desk
            .with(self.kim, number, move |act, seen| {
                desk::priority::change(act, seen.serve().unwrap(), priority, "Somebody says so")
            })
            .unwrap();
    }

    fn priority(&self, number: i64) -> Priority {
        crate::now(self.desk, number).priority
    }

    /// What rules saw on a ticket, oldest first.
    fn runs(&self, number: i64) -> Vec<Run> {
        let read = self.desk.with(self.kim, number, |act, seen| {
            Ok(store::rule::runs(act.tx, &seen.read_inside().unwrap(), 100)?)
        });
        let mut runs = read.unwrap();
        runs.reverse();
        runs
    }

    fn verdicts(&self, number: i64) -> Vec<(RuleId, Verdict)> {
        let verdicts = self.full_verdicts(number).into_iter();
        verdicts
            .map(|(rule, verdict)| match verdict {
                Verdict::Acted { already, .. } => (rule, Verdict::Acted { already, did: Vec::new() }),
                other => (rule, other),
            })
            .collect()
    }

    /// The same with what each rule did.
    pub(crate) fn full_verdicts(&self, number: i64) -> Vec<(RuleId, Verdict)> {
        self.runs(number).into_iter().flat_map(|run| run.verdicts).collect()
    }

    fn counts(&self, rule: RuleId) -> Counts {
        self.desk.desk.look_now(|look| Ok(store::rule::counts(look.tx)?)).unwrap()[&rule]
    }
}

pub(crate) fn on(happening: Happening, name: &str, actions: Vec<Action>) -> Input {
    Input {
        name: name.to_owned(),
        unit: None,
        when: When::Happens(happening),
        filter: "is:open".to_owned(),
        phrases: String::new(),
        actions,
        stops: false,
    }
}

const ACTED: Verdict = Verdict::Acted { already: 0, did: Vec::new() };

pub(crate) fn a_rule_answers_once_to_what_happens_and_the_history_names_it(desk: &TestDesk) {
    let office = office(desk);
    let early = office.opens("Before there was a rule");
    let urgent = office.saves(Input {
        phrases: "burning, smoke".to_owned(),
        ..on(Happening::Opened, "Fire", vec![pressing(Priority::P1)])
    });
    let number = office.opens("It is burning");
    let calm = office.opens("A lamp");
    assert_eq!(desk.rules(), 1);
    assert_eq!(desk.rules(), 0, "an event is answered once");
    assert_eq!(office.priority(number), Priority::P1);
    assert_eq!(office.verdicts(number), [(urgent, ACTED)]);
    assert_eq!(office.verdicts(calm), [(urgent, Verdict::Passed)]);
    assert_eq!(office.verdicts(early), []);
    let origins = desk.with(office.kim, number, |act, seen| {
        Ok(store::origin::of_ticket(act.tx, &seen.read_inside().unwrap())?)
    });
    let origins: Vec<Origin> = origins.unwrap().into_values().collect();
    assert_eq!(origins, [Origin::Rule { rule: urgent, after: Vec::new() }]);
    let counts = office.counts(urgent);
    assert_eq!((counts.matched, counts.acted, counts.refused), (1, 1, 0));
    let report = desk::recompute::check(&desk.desk, |_| {}).unwrap();
    assert!(report.differences.is_empty(), "{:?}", report.differences);
}

pub(crate) fn rules_go_in_order_and_one_can_end_the_list(desk: &TestDesk) {
    let office = office(desk);
    let first = office.saves(Input {
        stops: true,
        filter: "priority:3,4".to_owned(),
        ..on(Happening::Opened, "First", vec![pressing(Priority::P2)])
    });
    let second = office.saves(on(Happening::Opened, "Second", vec![pressing(Priority::P1)]));
    let number = office.opens("A lamp");
    desk.rules();
    assert_eq!(office.priority(number), Priority::P2);
    assert_eq!(office.verdicts(number), [(first, ACTED), (second, Verdict::Ended { by: first })]);
    desk.act(office.admin, move |act, viewer| set_up::pause(act, viewer, first)).unwrap();
    let number = office.opens("A chair");
    desk.rules();
    assert_eq!(office.verdicts(number), [(second, ACTED)]);
}

pub(crate) fn what_a_rule_may_not_do_is_refused_whole_and_said(desk: &TestDesk) {
    let office = office(desk);
    let actions = vec![pressing(Priority::P1), Action::Assign { person: office.ada }];
    let rule = office.saves(on(Happening::Opened, "Impossible", actions));
    let number = office.opens("A lamp");
    assert_eq!(desk.rules(), 0);
    assert_ne!(office.priority(number), Priority::P1, "nothing of it was done");
    assert!(matches!(&office.verdicts(number)[..], [(id, Verdict::Refused { place: 1, .. })] if *id == rule));
    assert_eq!(office.counts(rule).refused, 1);
}

pub(crate) fn a_rule_that_triggers_itself_is_stopped_and_named(desk: &TestDesk) {
    let office = office(desk);
    let rule = office.saves(on(Happening::PriorityChanged, "Up", vec![pressing(Priority::P1)]));
    let number = office.opens("A lamp");
    office.sets(number, Priority::P4);
    assert_eq!(desk.rules(), 1);
    assert_eq!(office.priority(number), Priority::P1);
    assert_eq!(office.verdicts(number), [(rule, ACTED), (rule, Verdict::Looped)]);
    assert!(office.counts(rule).looped_at.is_some());
    desk.act(office.admin, move |act, viewer| set_up::wake(act, viewer, rule)).unwrap();
    assert_eq!(office.counts(rule).looped_at, None);
}

pub(crate) fn rules_answer_to_rules_three_deep_and_no_deeper(desk: &TestDesk) {
    let office = office(desk);
    let steps = |filter: &str, to: Priority| {
        office.saves(Input {
            filter: filter.to_owned(),
            ..on(Happening::PriorityChanged, filter, vec![pressing(to)])
        })
    };
    // The last one stands first, so that each answers to the event of the one before.
    let fourth = office.saves(Input {
        filter: "priority:1".to_owned(),
        ..on(Happening::PriorityChanged, "Fourth", vec![Action::Note { text: "Deep".to_owned() }])
    });
    let third = steps("priority:2", Priority::P1);
    let second = steps("priority:3", Priority::P2);
    let first = steps("priority:4", Priority::P3);
    let number = office.opens("A lamp");
    office.sets(number, Priority::P4);
    assert_eq!(desk.rules(), 3);
    let verdicts = office.verdicts(number);
    let told: Vec<_> = verdicts.into_iter().filter(|(_, verdict)| *verdict != Verdict::Passed).collect();
    assert_eq!(told, [(first, ACTED), (second, ACTED), (third, ACTED), (fourth, Verdict::TooDeep)]);
}

pub(crate) fn a_rule_on_time_looks_once_for_each_instant_from_which_it_counts(desk: &TestDesk) {
    let office = office(desk);
    let waits = office.opens("Waits since before the rule");
    let rule = office.saves(Input {
        when: When::Passes { since: Since::Unanswered, by: HOUR * 2, working: false },
        ..on(Happening::Opened, "Late", vec![Action::Note { text: "Late".to_owned() }])
    });
    let number = office.opens("A lamp");
    assert_eq!(desk.rules(), 0);
    desk.wait(HOUR * 2);
    assert_eq!(desk.rules(), 2);
    desk.wait(HOUR * 24);
    assert_eq!(desk.rules(), 0, "once for each instant");
    assert_eq!(office.verdicts(waits), [(rule, ACTED)]);
    // Answered, and asked again: another instant.
    desk.takes(office.kim, number);
    desk.replies(office.kim, number, "We are at it.");
    desk.rules();
    desk.replies(office.ada, number, "And?");
    desk.wait(HOUR);
    assert_eq!(desk.rules(), 0);
    desk.wait(HOUR);
    assert_eq!(desk.rules(), 1);
    assert_eq!(office.verdicts(number), [(rule, ACTED), (rule, ACTED)]);
}

pub(crate) fn a_rule_on_time_that_did_not_match_looks_again_when_something_happened(desk: &TestDesk) {
    let office = office(desk);
    let rule = office.saves(Input {
        when: When::Passes { since: Since::Unanswered, by: HOUR, working: false },
        filter: "priority:1".to_owned(),
        ..on(Happening::Opened, "Late and pressing", vec![Action::Note { text: "Late".to_owned() }])
    });
    let number = office.opens("A lamp");
    desk.wait(HOUR);
    assert_eq!(desk.rules(), 0);
    office.sets(number, Priority::P1);
    assert_eq!(desk.rules(), 1);
    assert_eq!(office.verdicts(number), [(rule, Verdict::Passed), (rule, ACTED)]);
}

pub(crate) fn a_dry_run_says_what_a_rule_would_have_done_and_writes_nothing(desk: &TestDesk) {
    let office = office(desk);
    let burning = office.opens("It is burning");
    office.opens("A lamp");
    desk.solves(office.kim, burning);
    let stranger = desk.agent("Mo", &[desk.unit("Legal")]);
    let head = || desk.desk.look_now(|look| Ok(store::event::head(look.tx)?.0)).unwrap();
    let before = head();
    let runs = |person: PersonId, input: Input| {
        desk.act(person, move |act, viewer| {
            let look = &mut desk::Look { tx: act.tx, now: act.now, catalogue: act.catalogue.clone() };
            dry::run(look, viewer, &input)
        })
        .unwrap()
    };
    let fire = Input {
        phrases: "burning".to_owned(),
        ..on(Happening::Opened, "Fire", vec![pressing(Priority::P1)])
    };
    let dry = runs(office.kim, fire.clone());
    assert_eq!((dry.tickets, dry.looked, dry.matched), (2, 2, 1), "it was open then");
    assert_eq!(dry.listed[0].number, burning);
    assert_eq!(runs(stranger, fire.clone()).tickets, 0, "what one may not read is not looked at");
    desk.wait(HOUR * 3);
    let late = Input { when: When::Passes { since: Since::Unanswered, by: HOUR, working: false }, ..fire };
    let dry = runs(office.kim, Input { phrases: String::new(), ..late });
    assert_eq!((dry.looked, dry.matched), (1, 1), "the other one was solved before");
    assert_eq!(head(), before, "nothing was written");
}

pub(crate) fn what_is_wrong_with_a_rule_is_said_when_it_is_saved(desk: &TestDesk) {
    let office = office(desk);
    let good = || on(Happening::Opened, "Rule", vec![pressing(Priority::P1)]);
    let wrong = |input: Input| match office.tries(input) {
        Err(DeskError::Invalid { field, .. }) => field,
        other => panic!("{other:?}"),
    };
    assert_eq!(wrong(Input { filter: "is:opne".to_owned(), ..good() }), "filter");
    assert_eq!(wrong(Input { filter: "holder:me".to_owned(), ..good() }), "filter");
    assert_eq!(wrong(Input { actions: Vec::new(), ..good() }), "actions");
    let speaks = office.tries(Input { actions: vec![Action::Reply { text: "Hello".to_owned() }], ..good() });
    assert!(matches!(speaks, Err(DeskError::Invalid { problem: Problem::NotByDesk, .. })));
    let many = office.tries(Input { actions: vec![pressing(Priority::P1); 21], ..good() });
    assert!(matches!(many, Err(DeskError::Invalid { problem: Problem::TooManyActions { most: 20 }, .. })));
    let never = When::Passes { since: Since::Solved, by: SignedDuration::ZERO, working: false };
    assert_eq!(wrong(Input { when: never, ..good() }), "by");
    let faulty = office.tries(Input { filter: "is:open form:x".to_owned(), ..good() });
    let Err(DeskError::Invalid { problem: Problem::FilterWrong { .. }, .. }) = faulty else {
        panic!("{faulty:?}")
    };
    // Rules are the administrators', and a unit's its leads'.
    let kim = office.kim;
    let saves = |unit: Option<UnitId>| {
        let input = Input { unit, ..good() };
        desk.act(kim, move |act, viewer| set_up::save(act, viewer, &input))
    };
    assert!(matches!(saves(None), Err(DeskError::NotFound)));
    desk.joins(kim, office.support, store::unit::Role::Lead);
    assert!(saves(Some(office.support)).is_ok());
    assert!(saves(None).is_err() && saves(Some(office.warehouse)).is_err());
}

/// The cursor and the effect are one transaction: what fails in the middle is done again, and only once.
pub(crate) fn a_crash_between_two_events_answers_each_once(desk: &TestDesk) {
    let office = office(desk);
    office.saves(on(Happening::Opened, "Note", vec![Action::Note { text: "Seen".to_owned() }]));
    let numbers: Vec<i64> = (0..5).map(|n| office.opens(&format!("Lamp {n}"))).collect();
    let crashed = desk.desk.act_now(Actor::Desk, |act| -> Result<(), DeskError> {
        desk::rules::hear(act)?;
        Err(DeskError::NotFound)
    });
    assert!(crashed.is_err());
    assert_eq!(desk.rules(), 5);
    for number in numbers {
        assert_eq!(office.runs(number).len(), 1);
        let notes = desk.with(office.kim, number, |act, seen| {
            Ok(store::message::notes(act.tx, &seen.read_inside().unwrap())?.len())
        });
        assert_eq!(notes.unwrap(), 1);
    }
}
