//! What was said is found within what a viewer may see, from when they may see it until they may not.

use desk::DeskError;
use desk::reply::Then;
use desk::search::SearchError;
use desk::search::{Kind, Search};
use desk::words::Body;
use domain::affiliation::Relation;
use domain::id::PersonId;
use jiff::SignedDuration;
use testkit::TestDesk;

struct Stage {
    ada: PersonId,
    kim: PersonId,
    number: i64,
}

fn stage(desk: &TestDesk) -> Stage {
    let support = desk.unit("Support");
    let help = desk.service("Help", support);
    desk.sending_inbox("help@desk.example", (support, help));
    let (ada, kim) = (desk.customer("Ada"), desk.agent("Kim", &[support]));
    let number = desk.opens(ada, help, "Broken lamp", "It flickers in the kitchen.");
    desk.indexes();
    Stage { ada, kim, number }
}

pub(crate) fn what_was_said_is_found_by_those_who_read_it(desk: &TestDesk) {
    let Stage { ada, kim, number } = stage(desk);
    desk.notes(kim, number, "She bought the flickering one.");
    desk.indexes();
    assert_eq!(
        desk.finds(kim, "flickers"),
        [
            format!("messages #{number} It [flickers] in the kitchen."),
            format!("notes #{number} She bought the [flickering] one."),
        ]
    );
    assert_eq!(desk.finds(ada, "flickers"), [format!("messages #{number} It [flickers] in the kitchen.")]);
    assert_eq!(desk.finds(ada, "lamp"), [format!("tickets #{number} Broken [lamp] | ")]);
    assert_eq!(
        desk.finds(kim, "lamp ada"),
        [format!("tickets #{number} Broken [lamp] | [Ada] \u{b7} [ada]@example.org"),]
    );
    assert!(desk.finds(desk.customer("Olga"), "lamp").is_empty(), "nobody else finds anything");
    assert_eq!(desk.indexes(), 1, "of what happened since, only the new person is read");
    assert_eq!(desk.indexes(), 0);
}

pub(crate) fn a_reply_is_found_outside_when_it_has_left_and_never_when_it_was_taken_back(desk: &TestDesk) {
    let Stage { ada, kim, number } = stage(desk);
    let says = |words: &str| {
        let body = Body::parse(words).unwrap();
        desk.with(kim, number, move |act, seen| {
            desk::reply::serve(act, seen.serve().ok_or(DeskError::NotAllowed)?, &body, Then::Stay)
        })
        .unwrap()
    };
    let hasty = says("A hasty answer.");
    desk.indexes();
    assert_eq!(desk.finds(kim, "hasty").len(), 1);
    assert!(desk.finds(ada, "hasty").is_empty(), "it can still be taken back");
    desk.with(kim, number, move |act, seen| {
        desk::outbox::take_back(act, seen.serve().ok_or(DeskError::NotAllowed)?, hasty)
    })
    .unwrap();
    assert!(desk.finds(kim, "hasty").is_empty(), "it is gone before the index knows");
    desk.indexes();
    assert!(desk.finds(kim, "hasty").is_empty());
    says("A thoughtful answer.");
    desk.indexes();
    assert!(desk.finds(ada, "thoughtful").is_empty());
    desk.wait(SignedDuration::from_secs(60));
    assert_eq!(desk.indexes(), 1, "its time has come without an event");
    assert_eq!(desk.finds(ada, "thoughtful").len(), 1);
}

pub(crate) fn rights_that_change_change_what_is_found(desk: &TestDesk) {
    let (support, sales, stock) = (desk.unit("Support"), desk.unit("Sales"), desk.unit("Warehouse"));
    let (help, parts) = (desk.service("Help", support), desk.service("Stock", stock));
    let (ada, kim) = (desk.customer("Ada"), desk.agent("Kim", &[support]));
    let (sam, bo) = (desk.agent("Sam", &[sales]), desk.agent("Bo", &[stock]));
    let number = desk.opens(ada, help, "Unique turbine", "Where is it?");
    desk.indexes();
    assert!(desk.finds(bo, "turbine").is_empty());
    let handoff = desk.asks(kim, number, parts, "Look for it", "On shelf three.");
    desk.indexes();
    assert_eq!(desk.finds(bo, "turbine").len(), 1, "who serves a hand-off reads what waits for it");
    assert_eq!(desk.finds(kim, "shelf").len(), 1, "who asked reads the hand-off");
    assert!(desk.finds(sam, "shelf").is_empty());
    desk.with(kim, number, move |act, seen| {
        desk::transfer::run(act, seen.serve().ok_or(DeskError::NotAllowed)?, sales, "A matter of sales.")
    })
    .unwrap();
    desk.indexes();
    assert_eq!(desk.finds(sam, "shelf").len(), 1, "who asks follows from who owns: #{handoff}");
    desk.set_up(move |act| desk::people::leave_unit(act, &desk::entitled::ByDesk, sam, sales));
    assert!(desk.finds(sam, "turbine").is_empty(), "at once, whatever the index says");
}

pub(crate) fn a_confidential_service_hides_what_was_said_before(desk: &TestDesk) {
    let Stage { kim, number, .. } = stage(desk);
    let overseer = desk.employee("Otis");
    desk.appoint(overseer, store::office::Office::Overseer(None));
    assert_eq!(desk.finds(overseer, "lamp").len(), 1);
    let service =
        desk.with(kim, number, |act, seen| Ok(store::sheet::outside(act.tx, &seen.read())?.service));
    let (service, support) = (service.unwrap(), desk.unit("Other"));
    desk.set_up(move |act| {
        let owner = act.catalogue.service(service).map_or(support, |service| service.unit);
        let mut input = desk::services::Input::named("Help", owner);
        input.confidential = true;
        input.audience = domain::service::Audience { internal: true, connected: true, external: true };
        desk::services::change(act, &desk::entitled::ByDesk, service, &input)
    });
    assert!(desk.finds(overseer, "lamp").is_empty(), "at once");
    desk.indexes();
    assert!(desk.finds(overseer, "lamp").is_empty());
    assert_eq!(desk.finds(kim, "lamp").len(), 1);
}

pub(crate) fn how_to_reach_a_requester_is_found_inside_alone(desk: &TestDesk) {
    let support = desk.unit("Support");
    let help = desk.service("Help", support);
    let contoso = desk.organisation("Contoso", true);
    let carl = desk.person("Carl", Relation::Buyer, Some(contoso));
    let kim = desk.agent("Kim", &[support]);
    let admin = desk.employee("Amal");
    desk.appoint(admin, store::office::Office::Administrator);
    let input = desk::people::Input {
        email: Some("ada@home.example".to_owned()),
        phone: Some("+49 (0)30 123-45".to_owned()),
        organisation: Some(contoso),
        ..desk::people::Input::named("Ada")
    };
    let ada = desk.set_up(move |act| desk::people::create(act, &desk::entitled::ByDesk, &input, &[]));
    let number = desk.opens(ada, help, "Lamp", "It is dark.");
    desk.indexes();
    for typed in ["ada@home.example", "4930 12345", "030 12345"] {
        let found = desk.finds(kim, typed);
        assert_eq!(found.len(), 1, "{typed}: {found:?}");
        assert!(found[0].starts_with(&format!("tickets #{number} Lamp | ")), "{found:?}");
        assert!(found[0].contains('['), "{found:?}");
        assert!(desk.finds(carl, typed).is_empty(), "a colleague reads the ticket, and not her number");
        let both = desk.finds(admin, typed);
        assert_eq!(both.len(), 2, "the ticket and the person: {both:?}");
    }
    assert_eq!(desk.finds(carl, "lamp").len(), 1);
}

pub(crate) fn more_goes_on_where_the_page_ended(desk: &TestDesk) {
    let support = desk.unit("Support");
    let help = desk.service("Help", support);
    let (ada, kim) = (desk.customer("Ada"), desk.agent("Kim", &[support]));
    let mut opened: Vec<i64> = ["one", "two", "three", "four", "five", "six", "seven"]
        .iter()
        .map(|which| {
            desk.wait(SignedDuration::from_mins(1));
            desk.opens(ada, help, "Lamp", which)
        })
        .collect();
    desk.indexes();
    let (mut found, mut behind) = (Vec::new(), None);
    loop {
        let page = desk.searches_behind(kim, "lamp", Some(Kind::Ticket), behind);
        let group = page.groups.into_iter().next().unwrap();
        assert!(group.hits.len() <= 3);
        found.extend(group.hits.iter().map(|hit| match hit.what {
            desk::search::What::Ticket { number, .. } => number,
            _ => 0,
        }));
        let Some(more) = group.more else { break };
        behind = Some(desk::search::Behind::parse(&more.written()).unwrap());
    }
    opened.reverse();
    assert_eq!(found, opened, "each once, and of those that say the same the latest first");
}

pub(crate) fn an_index_in_a_folder_goes_on_after_a_restart_and_is_made_again_when_it_is_not_whole(
    desk: &TestDesk,
) {
    let Stage { kim, number, .. } = stage(desk);
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().join("search");
    let opened = |desk: &TestDesk| TestDesk {
        desk: desk.desk.clone().with_search(Search::in_folder(&place)),
        clock: desk.clock.clone(),
    };
    let first = opened(desk);
    assert!(first.searches(kim, "lamp").is_coming, "there is none yet");
    first.indexes();
    assert_eq!(first.finds(kim, "lamp").len(), 1);
    drop(first);
    desk.notes(kim, number, "Meanwhile a turbine was seen.");
    let second = opened(desk);
    assert_eq!(second.indexes(), 1, "only what happened meanwhile");
    assert_eq!(second.finds(kim, "turbine").len(), 1);
    drop(second);
    // A file of the index is lost.
    let current = std::fs::read_to_string(place.join("current")).unwrap();
    std::fs::remove_file(place.join(&current).join("meta.json")).unwrap();
    desk.wait(SignedDuration::from_secs(1));
    let third = opened(desk);
    third.indexes();
    assert_eq!(third.finds(kim, "turbine").len(), 1);
    assert!(!place.join(&current).exists(), "what was damaged is removed");
    drop(third);
    // Another one is written over.
    let current = std::fs::read_to_string(place.join("current")).unwrap();
    write_over(&place.join(&current));
    let third = opened(desk);
    third.indexes();
    assert_eq!(third.finds(kim, "turbine").len(), 1);
    assert!(!place.join(&current).exists(), "it was made again");
    // Somebody makes it again beside the one that is searched.
    desk.wait(SignedDuration::from_secs(1));
    let before = std::fs::read_to_string(place.join("current")).unwrap();
    let beside = opened(desk);
    let mut told = Vec::new();
    beside.desk.search.rebuild(&beside.desk, &mut |done, total| told.push((done, total))).unwrap();
    assert!(told.last().is_some_and(|(done, total)| done == total), "{told:?}");
    assert_ne!(std::fs::read_to_string(place.join("current")).unwrap(), before);
    assert_eq!(third.finds(kim, "turbine").len(), 1, "the old one is searched until the new one is taken up");
    // A desk that stops lets go of an index that is being made, and the one that is there stays.
    let stops = opened(desk);
    stops.desk.search.end();
    let ended = stops.desk.search.rebuild(&stops.desk, &mut |_, _| {});
    assert!(matches!(ended, Err(SearchError::Ended)), "{ended:?}");
    desk.notes(kim, number, "And a dynamo.");
    third.indexes();
    assert_eq!(third.finds(kim, "dynamo").len(), 1);
    assert!(!place.join(&before).exists(), "and then removed");
}

fn write_over(folder: &std::path::Path) {
    for entry in std::fs::read_dir(folder).unwrap().flatten() {
        if entry.path().extension().is_some_and(|ending| ending == "idx") {
            let mut bytes = std::fs::read(entry.path()).unwrap();
            let middle = bytes.len() / 2;
            bytes[middle] ^= 0xff;
            std::fs::write(entry.path(), bytes).unwrap();
        }
    }
}

pub(crate) fn an_index_of_another_log_is_made_again(desk: &TestDesk) {
    let Stage { kim, .. } = stage(desk);
    let folder = tempfile::tempdir().unwrap();
    let other = TestDesk::new();
    let other = TestDesk {
        desk: other.desk.clone().with_search(Search::in_folder(folder.path())),
        clock: other.clock.clone(),
    };
    let help = other.service("Repairs", other.unit("Workshop"));
    other.opens(other.customer("Olga"), help, "Somebody else's lamp", "Secret.");
    other.indexes();
    let desk = TestDesk {
        desk: desk.desk.clone().with_search(Search::in_folder(folder.path())),
        clock: desk.clock.clone(),
    };
    desk.wait(SignedDuration::from_secs(1));
    desk.indexes();
    assert_eq!(desk.finds(kim, "lamp").len(), 1);
}
