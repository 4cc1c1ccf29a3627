//! Fields of one's own: what is asked, what may stand there, and what has to before it is solved.

use desk::custom::{self, Input};
use desk::open::{Open, Urgency};
use desk::words::{Body, Subject};
use desk::{DeskError, Problem};
use domain::custom::{Needed, Shown, Type, When};
use domain::id::{CustomId, PersonId, ServiceId};
use domain::priority::Priority;
use domain::ticket::Kind;
use store::message::Channel;
use testkit::TestDesk;

fn faults(error: &DeskError) -> Vec<String> {
    match error {
        DeskError::Invalid { field: "fields", problem: Problem::CustomFields { faults } } => {
            faults.0.iter().map(ToString::to_string).collect()
        }
        other => panic!("{other:?}"),
    }
}

fn choice(key: &str) -> impl FnOnce(&mut Input) {
    let _ = key;
    |input| {
        input.holds = Type::One;
        input.choices = ["Red", "Green", "Blue"].map(str::to_owned).into();
    }
}

fn written(desk: &TestDesk, who: PersonId, number: i64) -> Vec<String> {
    desk.with(who, number, |act, seen| {
        let customs = act.catalogue.customs.clone();
        let answers = match seen.read_inside() {
            Some(granted) => store::custom::inside(act.tx, &granted, &customs)?,
            None => store::custom::outside(act.tx, &seen.read(), &customs)?,
        };
        let one = |custom: &domain::custom::Custom| {
            Some(format!("{}={}", custom.key, answers.get(&custom.id)?.written(custom).join("+")))
        };
        Ok(customs.iter().filter_map(one).collect())
    })
    .unwrap()
}

fn opens(
    desk: &TestDesk,
    who: PersonId,
    service: ServiceId,
    fields: &[(&str, &str)],
) -> Result<i64, DeskError> {
    let open = Open {
        service,
        kind: Kind::Request,
        subject: Subject::parse("Lamp").unwrap(),
        body: Body::parse("It is dark.").unwrap(),
        requester: who,
        beneficiary: None,
        payer: None,
        urgency: Urgency::Set(Priority::P3),
        channel: Channel::Portal,
        files: Vec::new(),
    };
    let typed = fields.iter().map(|(key, value)| ((*key).to_owned(), vec![(*value).to_owned()])).collect();
    desk.act(who, move |act, viewer| Ok(desk::open::answered(act, viewer, &open, &typed)?.number))
}

/// What each change of an answer changed, with how many others went to rest or came back.
fn changed(desk: &TestDesk, who: PersonId, number: i64) -> Vec<String> {
    desk.with(who, number, |act, seen| {
        let customs = act.catalogue.customs.clone();
        let changes = store::custom::kept::changes(act.tx, &seen.read_inside().unwrap(), &customs)?;
        let one = |change: store::custom::kept::Change| {
            let custom = customs.iter().find(|custom| custom.id == change.field).unwrap();
            let say = |value: &Option<domain::custom::Value>| {
                value.as_ref().map_or_else(String::new, |value| value.written(custom).join("+"))
            };
            let (rested, returned) = (change.settled.rested.len(), change.settled.returned.len());
            format!("{}: {} -> {} ({rested}, {returned})", custom.key, say(&change.was), say(&change.became))
        };
        Ok(changes.into_values().map(one).collect())
    })
    .unwrap()
}

fn depends(on: CustomId, is: &str) -> Option<When> {
    Some(When { field: on, is: is.to_owned() })
}

pub(crate) fn what_is_needed_at_opening_is_asked_of_whoever_fills_it_in(desk: &TestDesk) {
    let support = desk.unit("Support");
    let (help, other) = (desk.service("Help", support), desk.service("Other", support));
    let (ada, kim) = (desk.customer("Ada"), desk.agent("Kim", &[support]));
    let eva = desk.employee("Eva");
    let colour = desk.field("colour", |input| {
        choice("colour")(input);
        input.shown = Shown::Both;
        input.services = vec![help];
        input.needed = Needed::Opening;
    });
    desk.field("why-red", |input| {
        input.shown = Shown::Both;
        input.services = vec![help];
        input.needed = Needed::Opening;
        input.when = depends(colour, "Red");
    });
    desk.field("secret", |input| input.needed = Needed::Opening);
    for ada in [ada, eva] {
        let nothing = opens(desk, ada, help, &[]).unwrap_err();
        assert_eq!(faults(&nothing), ["colour: Fill this in first."]);
        let half = opens(desk, ada, help, &[("colour", "red")]).unwrap_err();
        assert_eq!(faults(&half), ["why-red: Fill this in first."]);
        let wrong =
            opens(desk, ada, help, &[("colour", "mauve"), ("secret", "x"), ("nothing", "x")]).unwrap_err();
        assert_eq!(
            faults(&wrong),
            [
                "colour: “mauve” cannot be chosen here.",
                "nothing: There is no field “nothing” here.",
                "secret: There is no field “secret” here.",
            ],
            "a field of inside is as unknown as one that does not exist"
        );
        let number = opens(desk, ada, help, &[("colour", "red"), ("why-red", " It  glows ")]).unwrap();
        for who in [ada, kim] {
            assert_eq!(written(desk, who, number), ["colour=Red", "why-red=It glows"]);
        }
        let green = opens(desk, ada, help, &[("colour", "Green"), ("why-red", "left over")]).unwrap();
        assert_eq!(written(desk, kim, green), ["colour=Green"], "what is not asked is not kept");
        opens(desk, ada, other, &[]).unwrap();
    }
}

pub(crate) fn an_answer_is_told_and_what_is_not_asked_any_more_rests_until_it_is_again(desk: &TestDesk) {
    let support = desk.unit("Support");
    let help = desk.service("Help", support);
    let (ada, kim) = (desk.customer("Ada"), desk.agent("Kim", &[support]));
    let colour = desk.field("colour", choice("colour"));
    desk.field("why-red", |input| input.when = depends(colour, "Red"));
    desk.field("weight", |input| {
        input.holds = Type::Number;
        input.needed = Needed::Solving;
    });
    let number = desk.opens(ada, help, "Lamp", "It is dark.");
    let unasked = desk.answers(kim, number, "why-red", "x").unwrap_err();
    assert!(matches!(unasked, DeskError::Invalid { problem: Problem::CustomNotAsked { .. }, .. }));
    assert!(desk.answers(ada, number, "colour", "Red").is_err(), "requesters answer none");
    desk.answers(kim, number, "colour", "Red").unwrap();
    desk.answers(kim, number, "why-red", "It glows").unwrap();
    let heavy = desk.answers(kim, number, "weight", "heavy").unwrap_err();
    assert_eq!(faults(&heavy).len(), 1);
    assert_eq!(written(desk, kim, number), ["colour=Red", "why-red=It glows"]);
    assert_eq!(written(desk, ada, number), Vec::<String>::new());
    desk.answers(kim, number, "colour", "Blue").unwrap();
    assert_eq!(written(desk, kim, number), ["colour=Blue"]);
    let unsolved = desk.try_solve(kim, number, "").unwrap_err();
    assert_eq!(faults(&unsolved), ["weight: Fill this in first."]);
    desk.answers(kim, number, "weight", "-2.50").unwrap();
    desk.solves(kim, number);
    assert_eq!(written(desk, kim, number), ["colour=Blue", "weight=-2.5"]);
    let told = desk
        .with(kim, number, |act, seen| {
            let events = store::event::of_ticket(act.tx, seen.ticket)?;
            Ok(events.iter().filter(|event| event.fact.name() == "detailed").count())
        })
        .unwrap();
    assert_eq!(told, 4, "one for each answer");
    desk.with(kim, number, |act, seen| {
        desk::reopen::serve(act, seen.serve().ok_or(DeskError::NotAllowed)?, "It is dark again.")
    })
    .unwrap();
    desk.answers(kim, number, "colour", "Red").unwrap();
    assert_eq!(written(desk, kim, number), ["colour=Red", "why-red=It glows", "weight=-2.5"], "it is back");
    desk.answers(kim, number, "colour", "Green").unwrap();
    desk.answers(kim, number, "colour", "").unwrap();
    desk.answers(kim, number, "colour", "Red").unwrap();
    assert_eq!(written(desk, kim, number), ["colour=Red", "why-red=It glows", "weight=-2.5"], "never lost");
    desk.answers(kim, number, "why-red", "").unwrap();
    desk.answers(kim, number, "colour", "Blue").unwrap();
    desk.answers(kim, number, "colour", "Red").unwrap();
    assert_eq!(written(desk, kim, number), ["colour=Red", "weight=-2.5"], "what was taken away stays so");
    // What was and what became of each stands beside its event.
    assert_eq!(
        changed(desk, kim, number),
        [
            "colour:  -> Red (0, 0)",
            "why-red:  -> It glows (0, 0)",
            "colour: Red -> Blue (1, 0)",
            "weight:  -> -2.5 (0, 0)",
            "colour: Blue -> Red (0, 1)",
            "colour: Red -> Green (1, 0)",
            "colour: Green ->  (0, 0)",
            "colour:  -> Red (0, 1)",
            "why-red: It glows ->  (0, 0)",
            "colour: Red -> Blue (0, 0)",
            "colour: Blue -> Red (0, 0)",
        ]
    );
    let report = desk::recompute::check(&desk.desk, |_| {}).unwrap();
    assert_eq!(report.total, 0, "{:?}", report.differences);
}

pub(crate) fn people_and_organisations_are_found_by_answers_and_keep_what_rests(desk: &TestDesk) {
    use domain::custom::Of;
    let contoso = desk.organisation("Contoso", false);
    let (ada, bob, amal) = (desk.customer("Ada"), desk.customer("Bob"), desk.employee("Amal"));
    desk.appoint(amal, store::office::Office::Administrator);
    let tier = desk.field("tier", |input| {
        input.of = Of::Person;
        input.holds = Type::One;
        input.choices = ["Gold", "Silver"].map(str::to_owned).into();
    });
    desk.field("since", |input| {
        input.of = Of::Person;
        input.holds = Type::Number;
        input.when = depends(tier, "Gold");
    });
    desk.field("branch", |input| input.of = Of::Organisation);
    desk.field("ticket", |_| {});
    let says = |person: PersonId, fields: &[(&str, &str)]| {
        let typed =
            fields.iter().map(|(key, value)| ((*key).to_owned(), vec![(*value).to_owned()])).collect();
        desk.act(amal, move |act, viewer| custom::of_person(act, viewer, person, &typed)).unwrap();
    };
    says(ada, &[("tier", "Gold"), ("since", "2019")]);
    says(bob, &[("tier", "Silver")]);
    let typed = [("branch".to_owned(), vec!["Trade".to_owned()])].into();
    desk.act(amal, move |act, viewer| custom::of_organisation(act, viewer, contoso, &typed)).unwrap();
    let found = |of: Of, filter: &str, prefix: &str| {
        let (filter, prefix) = (filter.to_owned(), prefix.to_owned());
        let listed = desk.desk.look_now(move |look| {
            let viewer = store::access::viewer(look.tx, amal)?.unwrap();
            let catalogue = std::sync::Arc::clone(&look.catalogue);
            let zone = jiff::tz::TimeZone::UTC;
            let place =
                desk::views::Place { viewer: &viewer, catalogue: &catalogue, now: look.now, zone: &zone };
            let test = place.understand(&filter)?.1;
            let names = store::page::Names::first(&prefix, 9);
            Ok(store::filtered::directory(look.tx, &viewer, (of, &names, &test))?)
        });
        listed.unwrap()
    };
    assert_eq!(found(Of::Person, "field.tier:gold", ""), Some(vec![ada.0]));
    assert_eq!(found(Of::Person, "field.tier:gold,silver", ""), Some(vec![ada.0, bob.0]));
    assert_eq!(found(Of::Person, "field.tier:gold,silver", "b"), Some(vec![bob.0]));
    assert_eq!(found(Of::Person, "field.since:2018..2020 -field.tier:silver", ""), Some(vec![ada.0]));
    assert_eq!(found(Of::Person, "field.tier:silver or field.since:>2018", ""), Some(vec![ada.0, bob.0]));
    assert_eq!(found(Of::Organisation, "field.branch:tra", ""), Some(vec![contoso.0]));
    for not_here in ["field.ticket:x", "field.branch:trade", "is:open field.tier:gold"] {
        assert_eq!(found(Of::Person, not_here, ""), None, "{not_here}");
    }
    // What is not asked any more rests, and is back with its condition.
    says(ada, &[("tier", "Silver")]);
    assert_eq!(found(Of::Person, "field.since:2019", ""), Some(vec![]));
    says(ada, &[("tier", "Gold"), ("since", "")]);
    assert_eq!(found(Of::Person, "field.since:2019", ""), Some(vec![ada.0]));
    says(ada, &[("tier", "Gold"), ("since", "")]);
    assert_eq!(found(Of::Person, "field.since:2019", ""), Some(vec![]), "it was in sight, and taken away");
}

pub(crate) fn a_field_is_defined_within_bounds(desk: &TestDesk) {
    let colour = desk.field("colour", |input| {
        choice("colour")(input);
        input.shown = Shown::Both;
    });
    let below = desk.field("below", |input| {
        input.shown = Shown::Both;
        input.when = depends(colour, "red");
    });
    let plain = |key: &str| Input {
        of: domain::custom::Of::Ticket,
        key: key.to_owned(),
        name: "Name".to_owned(),
        help: String::new(),
        holds: Type::Text,
        services: Vec::new(),
        needed: Needed::Never,
        shown: Shown::Both,
        choices: Vec::new(),
        when: None,
    };
    let define = |input: Input| {
        let tried = desk.desk.act_now(domain::event::Actor::Desk, move |act| {
            custom::define(act, &desk::entitled::ByDesk, &input)
        });
        match tried {
            Err(DeskError::Invalid { field, problem }) => (field, problem),
            other => panic!("{other:?}"),
        }
    };
    assert!(matches!(define(plain("Colour")), ("key", Problem::CustomKey { .. })));
    assert!(matches!(define(plain("colour")), ("key", Problem::CustomKeyTaken { .. })));
    let empty = Input { holds: Type::Several, ..plain("several") };
    assert_eq!(define(empty), ("choices", Problem::CustomChoicesMissing));
    let change = |id: CustomId, input: Input| {
        let tried = desk.desk.act_now(domain::event::Actor::Desk, move |act| {
            custom::change(act, &desk::entitled::ByDesk, id, &input)
        });
        match tried {
            Err(DeskError::Invalid { field, problem }) => (field, problem),
            other => panic!("{other:?}"),
        }
    };
    let choices: Vec<String> = vec!["Red".to_owned()];
    let circle = Input { when: depends(below, ""), choices: choices.clone(), ..plain("colour") };
    let path = "below → colour".to_owned();
    assert_eq!(change(colour, circle), ("when", Problem::CustomCircle { path }));
    let hidden = Input { shown: Shown::Inside, choices, ..plain("colour") };
    assert_eq!(change(colour, hidden), ("shown", Problem::CustomShownBelow));
}

pub(crate) fn another_unit_is_asked_with_what_its_service_needs(desk: &TestDesk) {
    let (support, warehouse) = (desk.unit("Support"), desk.unit("Warehouse"));
    let (help, stock, other) =
        (desk.service("Help", support), desk.service("Stock", warehouse), desk.service("Other", warehouse));
    let (ada, kim, bo) =
        (desk.customer("Ada"), desk.agent("Kim", &[support]), desk.agent("Bo", &[warehouse]));
    let colour = desk.field("colour", |input| {
        choice("colour")(input);
        input.shown = Shown::Both;
        input.services = vec![stock];
        input.needed = Needed::Opening;
    });
    desk.field("why-red", |input| {
        input.shown = Shown::Both;
        input.services = vec![stock];
        input.needed = Needed::Opening;
        input.when = depends(colour, "Red");
    });
    desk.field("shelf", |input| {
        input.services = vec![stock];
        input.needed = Needed::Opening;
    });
    desk.field("size", |input| {
        input.shown = Shown::Both;
        input.services = vec![other];
    });
    let number = desk.opens(ada, help, "Lid", "It broke.");
    let asks = |fields: &[(&str, &str)]| {
        let typed =
            fields.iter().map(|(key, value)| ((*key).to_owned(), vec![(*value).to_owned()])).collect();
        let asking = desk::handoff::Asking {
            service: stock,
            subject: Subject::parse("A lid").unwrap(),
            body: Body::parse("One, please.").unwrap(),
            priority: None,
            files: Vec::new(),
            typed,
        };
        desk.with(kim, number, move |act, seen| desk::handoff::ask(act, seen.serve().unwrap(), &asking))
    };
    assert_eq!(faults(&asks(&[]).unwrap_err()), ["colour: Fill this in first."]);
    assert_eq!(faults(&asks(&[("colour", "red")]).unwrap_err()), ["why-red: Fill this in first."]);
    let hidden = asks(&[("colour", "green"), ("shelf", "7")]).unwrap_err();
    assert_eq!(
        faults(&hidden),
        ["shelf: There is no field “shelf” here."],
        "whoever asks fills in what requesters read"
    );
    let action = domain::action::Action::Ask {
        service: stock,
        subject: "A lid".to_owned(),
        text: "One, please.".to_owned(),
    };
    let ran = desk.act(kim, move |act, viewer| {
        let seen = store::access::by_number(act.tx, viewer, number, act.now)?.ok_or(DeskError::NotFound)?;
        desk::action::run(act, viewer, seen.ticket, &action)
    });
    let refused = matches!(
        &ran,
        Err(DeskError::Invalid { problem: Problem::AskNeedsFields { names }, .. }) if names == "colour"
    );
    assert!(refused, "{ran:?}");
    let asked = asks(&[("colour", "red"), ("why-red", "It glows"), ("size", "of another service")]).unwrap();
    assert_eq!(written(desk, bo, asked.number), ["colour=Red", "why-red=It glows"]);
}
