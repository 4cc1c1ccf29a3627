//! A ticket for somebody who called or stands at the desk, without any mail.

use desk::on_behalf::{self, Newcomer, Said};
use desk::open::{Opened, Urgency};
use desk::people::Input;
use desk::words::{Body, Subject};
use desk::{ByDesk, DeskError, Problem};
use domain::id::{PersonId, ServiceId};
use domain::priority::Priority;
use domain::service::Audience;
use domain::ticket::Kind;
use store::message::Channel;
use testkit::TestDesk;

fn found(desk: &TestDesk, who: PersonId, words: &'static str) -> Vec<String> {
    let search = desk.desk.search.clone();
    desk.desk
        .look_now(move |look| {
            let viewer = store::access::viewer(look.tx, who)?.ok_or(DeskError::NotFound)?;
            let people = on_behalf::find(look, &search, &viewer, words)?;
            Ok(people.into_iter().map(|person| person.name).collect())
        })
        .unwrap()
}

fn said(person: PersonId, service: ServiceId) -> Said {
    Said {
        person,
        reached: String::new(),
        service,
        kind: Kind::Incident,
        subject: Subject::parse("The door sticks").unwrap(),
        body: Body::parse("He says it does not close.").unwrap(),
        beneficiary: String::new(),
        payer: String::new(),
        urgency: Urgency::Set(Priority::P3),
        channel: Channel::InPerson,
        files: Vec::new(),
        typed: Default::default(),
    }
}

fn opens(desk: &TestDesk, who: PersonId, said: Said) -> Result<Opened, DeskError> {
    desk.act(who, move |act, viewer| on_behalf::open(act, viewer, &said))
}

fn problem(result: Result<Opened, DeskError>) -> (&'static str, Problem) {
    match result {
        Err(DeskError::Invalid { field, problem }) => (field, problem),
        other => panic!("{other:?}"),
    }
}

/// Somebody with a telephone alone.
fn with_a_phone(desk: &TestDesk, name: &'static str, phone: &'static str) -> PersonId {
    desk.set_up(move |act| {
        let input = Input { phone: Some(phone.to_owned()), ..Input::named(name) };
        desk::people::create(act, &ByDesk, &input, &[])
    })
}

pub(crate) fn people_are_found_by_name_when_they_are_served_and_else_by_what_they_say_of_themselves(
    desk: &TestDesk,
) {
    let (house, personnel) = (desk.unit("House"), desk.unit("Human Resources"));
    let (keys, pay) = (desk.service("Keys", house), desk.service("Pay", personnel));
    let (kim, hanna) = (desk.agent("Kim", &[house]), desk.agent("Hanna", &[personnel]));
    let (ada, eva) = (desk.customer("Ada Byron"), desk.employee("Eva"));
    let piet = with_a_phone(desk, "Piet Mulder", "+49 30 5550134");
    desk.opens(ada, keys, "A key", "One more, please.");
    desk.opens(eva, pay, "My pay", "Too little.");
    desk.indexes();
    assert_eq!(found(desk, kim, "ada"), ["Ada Byron"]);
    assert_eq!(found(desk, kim, "byron"), ["Ada Byron"], "any word of the name");
    for (who, words) in
        [(kim, "eva"), (kim, "piet"), (kim, "mulder"), (hanna, "ada"), (kim, "5550"), (kim, "kim")]
    {
        assert!(found(desk, who, words).is_empty(), "{words}");
    }
    assert_eq!(found(desk, kim, "Eva@Example.org"), ["Eva"]);
    assert_eq!(found(desk, kim, "030 / 555 01 34"), ["Piet Mulder"]);
    assert_eq!(found(desk, hanna, "eva"), ["Eva"]);

    // Whoever was found so can be asked for again under what they said; by their number alone they are unknown.
    let unknown = opens(desk, kim, said(piet, keys));
    assert!(matches!(unknown, Err(DeskError::NotFound)), "{unknown:?}");
    let nobody = opens(desk, kim, said(PersonId(17), keys));
    assert!(matches!(nobody, Err(DeskError::NotFound)), "{nobody:?}");
    opens(desk, kim, Said { reached: "0305550134".to_owned(), ..said(piet, keys) }).unwrap();
    desk.indexes();
    assert_eq!(found(desk, kim, "mulder"), ["Piet Mulder"], "now he is served");
}

pub(crate) fn what_somebody_said_is_their_ticket_with_the_rights_of_whoever_writes_it_down(desk: &TestDesk) {
    let (house, stock) = (desk.unit("House"), desk.unit("Warehouse"));
    let keys = desk.service("Keys", house);
    let inside = desk.service_with("Rooms", house, |input| {
        input.audience = Audience { internal: true, connected: false, external: false };
    });
    let goods = desk.service("Goods", stock);
    let kim = desk.agent("Kim", &[house]);
    let (ada, bob) = (desk.customer("Ada"), desk.customer("Bob"));
    for person in [ada, bob] {
        desk.opens(person, keys, "Before", "Words.");
    }
    desk.field("door", |input| {
        input.services = vec![keys];
        input.needed = domain::custom::Needed::Opening;
    });
    let typed = || [("door".to_owned(), vec!["7".to_owned()])].into_iter().collect();
    let (field, _) = problem(opens(desk, kim, said(ada, keys)));
    assert_eq!(field, "fields", "what the service needs at opening is asked");
    let said_it = || Said { typed: typed(), ..said(ada, keys) };
    let opened = opens(
        desk,
        kim,
        Said { beneficiary: "bob@example.org".to_owned(), payer: "Bob".to_owned(), ..said_it() },
    )
    .unwrap();
    let sheet = desk
        .with(kim, opened.number, |act, seen| {
            let granted = seen.read_inside().unwrap();
            let messages = store::message::of_ticket(act.tx, &seen.read())?;
            Ok((store::sheet::inside(act.tx, &granted)?, messages))
        })
        .unwrap();
    let (sheet, messages) = sheet;
    assert_eq!(sheet.requester.name, "Ada");
    assert_eq!(sheet.beneficiary.map(|one| one.name), Some("Bob".to_owned()));
    assert_eq!(sheet.payer.map(|one| one.name), Some("Bob".to_owned()));
    assert_eq!((messages[0].message.channel, messages[0].message.person), (Channel::InPerson, Some(ada)));

    assert_eq!(problem(opens(desk, kim, said(ada, inside))).0, "service", "not for customers");
    let elsewhere = opens(desk, kim, said(ada, goods));
    assert!(matches!(elsewhere, Err(DeskError::NotAllowed)), "{elsewhere:?}");
    let by_mail = opens(desk, kim, Said { channel: Channel::Mail, ..said_it() });
    assert_eq!(problem(by_mail), ("channel", Problem::ChooseOne));
    let for_nobody = opens(desk, kim, Said { beneficiary: "nobody@example.org".to_owned(), ..said_it() });
    assert_eq!(problem(for_nobody), ("beneficiary", Problem::PersonUnknown));
    let own = opens(desk, kim, said(kim, keys));
    assert!(matches!(own, Err(DeskError::NotFound)), "{own:?}");
}

pub(crate) fn whoever_takes_a_call_writes_in_who_is_not_there_yet(desk: &TestDesk) {
    let house = desk.unit("House");
    let keys = desk.service("Keys", house);
    let (kim, ada, gone) = (desk.agent("Kim", &[house]), desk.customer("Ada"), desk.customer("Gone"));
    desk.set_up(move |act| desk::people::disable(act, &ByDesk, gone));
    let introduces = |who, name: &'static str, email: &'static str, phone: &'static str| {
        let newcomer = Newcomer { name: name.to_owned(), email: email.to_owned(), phone: phone.to_owned() };
        desk.act(who, move |act, viewer| on_behalf::introduce(act, viewer, &newcomer))
    };
    let wrong = |result: Result<(PersonId, String), DeskError>| match result {
        Err(DeskError::Invalid { field, problem }) => (field, problem),
        other => panic!("{other:?}"),
    };
    let (piet, reached) = introduces(kim, "Piet Mulder", "", "030 5550134").unwrap();
    let opened = opens(desk, kim, Said { reached, ..said(piet, keys) }).unwrap();
    assert!(desk.sees(piet, opened.number).is_some(), "it is theirs");
    assert!(opens(desk, kim, said(piet, keys)).is_ok(), "whom one serves is found by name from then on");

    let (again, reached) = introduces(kim, "Somebody Else", " Ada@Example.org ", "").unwrap();
    assert_eq!((again, reached.as_str()), (ada, "ada@example.org"), "the address says who it is");
    let name = desk.set_up(move |act| Ok(store::person::by_id(act.tx, ada)?.unwrap().name));
    assert_eq!(name, "Ada", "and nothing of them is changed");

    assert_eq!(wrong(introduces(kim, "Nobody", " ", "")), ("email", Problem::ReachMissing));
    assert_eq!(wrong(introduces(kim, " ", "new@example.org", "")).0, "name");
    assert_eq!(wrong(introduces(kim, "New", "new", "")).0, "email");
    assert_eq!(wrong(introduces(kim, "Gone", "gone@example.org", "")), ("email", Problem::PersonGone));
    assert_eq!(wrong(introduces(kim, "Kim", "kim@example.org", "")), ("email", Problem::OutboundToSelf));
    let by_customer = introduces(ada, "New", "new@example.org", "");
    assert!(matches!(by_customer, Err(DeskError::NotAllowed)), "{by_customer:?}");
    assert!(found(desk, kim, "new@example.org").is_empty(), "nothing of that was written in");
}
