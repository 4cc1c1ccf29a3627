//! A house with tickets in every state, and people with every hat.

use desk::DeskError;
use desk::reply::Then;
use desk::words::{Body, Saying};
use domain::affiliation::Relation;
use domain::event::WaitOn;
use domain::id::{PersonId, ServiceId, UnitId};
use jiff::SignedDuration;
use store::office::Office;
use store::unit::Role;
use testkit::TestDesk;
use testkit::letters::refused;

/// A desk with tickets in every state, and people with every hat.
pub(crate) struct House {
    pub(crate) support: UnitId,
    pub(crate) warehouse: UnitId,
    pub(crate) kim: PersonId,
    pub(crate) bo: PersonId,
    pub(crate) lead: PersonId,
    pub(crate) overseer: PersonId,
    pub(crate) admin: PersonId,
    pub(crate) ada: PersonId,
    pub(crate) numbers: Vec<i64>,
}

pub(crate) fn house(desk: &TestDesk) -> House {
    let (support, warehouse, personnel) =
        (desk.unit("Customer Support"), desk.unit("Warehouse"), desk.unit("Personnel"));
    let (help, repairs) = (desk.service("Help", support), desk.service("Repairs", support));
    let stock = desk.service("Stock", warehouse);
    let private = desk.service_with("Personal matters", personnel, |service| service.confidential = true);
    let contoso = desk.organisation("Contoso Ltd", false);
    let umlaut = desk.organisation("Ärmel & Co", false);
    let ada = desk.person("Ada Lang", Relation::Buyer, Some(contoso));
    let bob = desk.person("Bob Stone", Relation::Buyer, Some(umlaut));
    let eva = desk.employee("Eva Nord");
    let kim = desk.agent("Kim Serve", &[support]);
    let bo = desk.agent("Bo Ware", &[warehouse, support]);
    let hr = desk.agent("Hiro Kin", &[personnel]);
    let (lead, overseer, admin) =
        (desk.employee("Lena Lead"), desk.employee("Otis Over"), desk.employee("Amal Admin"));
    desk.joins(lead, support, Role::Lead);
    desk.appoint(overseer, Office::Overseer(None));
    desk.appoint(admin, Office::Administrator);
    let mut numbers = Vec::new();
    for (place, who) in [ada, bob, eva, ada, kim, bob, ada].into_iter().enumerate() {
        let service = if place % 3 == 0 { repairs } else { help };
        numbers.push(desk.opens(who, service, "A matter", "Please help."));
        desk.wait(SignedDuration::from_hours(11));
    }
    desk.takes(kim, numbers[0]);
    desk.with(kim, numbers[0], |act, seen| {
        let granted = seen.serve().ok_or(DeskError::NotAllowed)?;
        desk::reply::serve(act, granted, &Body::parse("Which one?")?, Then::WaitForRequester)
    })
    .unwrap();
    desk.with(bo, numbers[4], |act, seen| {
        let until = act.now + SignedDuration::from_hours(99);
        let granted = seen.serve().ok_or(DeskError::NotAllowed)?;
        let message = desk::reply::serve(act, granted, &Body::parse("Next week, as agreed.")?, Then::Stay)?;
        desk::wait::start(act, granted, WaitOn::Agreed { until }, Some(message))
    })
    .unwrap();
    desk.takes(bo, numbers[1]);
    numbers.push(desk.asks(kim, numbers[2], stock, "Look into the box", "Is it there?"));
    let delivered = desk.asks(kim, numbers[3], stock, "Weigh it", "How heavy?");
    desk.delivers(bo, delivered, "Two kilograms.");
    desk.accepts(kim, delivered, 4);
    numbers.push(delivered);
    desk.solves(kim, numbers[5]);
    numbers.push(desk.opens(eva, private, "A private matter", "Nobody else should know."));
    desk.takes(hr, *numbers.last().unwrap());
    desk.wait(SignedDuration::from_mins(30));
    numbers.push(desk.opens(bob, help, "Just now", "Hello?"));
    bounces(desk, (support, help), (kim, ada), &mut numbers);
    // Somebody read some of them, and began to write on one.
    for (person, number) in [(bo, numbers[0]), (bo, numbers[3]), (overseer, numbers[6])] {
        desk.reads(person, number);
    }
    desk.with(kim, numbers[3], |act, seen| {
        let granted = seen.annotate().ok_or(DeskError::NotAllowed)?;
        desk::note::run(act, granted, Saying::from(&Body::parse("Heavy, was it?")?))
    })
    .unwrap();
    drafts(desk, bo, numbers[6]);
    fields(desk, (kim, bo, admin, contoso), &numbers);
    tags(desk, [kim, bo, hr, admin], &numbers);
    statuses(desk, (kim, bo), &numbers);
    let ivo = desk.agent("Ivo Wall", &[support, personnel]);
    links(desk, [kim, bo, ivo], &numbers);
    snoozes(desk, [(kim, numbers[6]), (bo, numbers[1])]);
    House { support, warehouse, kim, bo, lead, overseer, admin, ada, numbers }
}

fn snoozes(desk: &TestDesk, tickets: [(PersonId, i64); 2]) {
    for (person, number) in tickets {
        desk.with(person, number, |act, seen| {
            let until = act.now + SignedDuration::from_hours(20);
            desk::snooze::until(act, seen.serve().ok_or(DeskError::NotAllowed)?, until)
        })
        .unwrap();
    }
}

/// An answer that no server takes.
fn bounces(
    desk: &TestDesk,
    place: (UnitId, ServiceId),
    (kim, ada): (PersonId, PersonId),
    numbers: &mut Vec<i64>,
) {
    desk.posts("help@example.org", place);
    let number = desk.opens(ada, place.1, "Hello?", "Is anybody there?");
    desk.replies(kim, number, "We are.");
    desk.wait(SignedDuration::from_secs(20));
    assert_eq!(desk.hands_over(refused("550 no such user")).len(), 1);
    numbers.push(number);
}

/// Statuses of some of them, two that are called alike, and one that is called like a state.
fn statuses(desk: &TestDesk, (kim, bo): (PersonId, PersonId), numbers: &[i64]) {
    use domain::status::Category;
    use domain::ticket::Kind;
    let named = |name, category| desk.status(name, category, |_| {});
    let review = desk.status("In review", Category::Open, |input| input.kind = Some(Kind::Request));
    let asked = desk.status("In review", Category::Requester, |input| input.kind = Some(Kind::Incident));
    let parts = named("Parts ordered", Category::Others);
    desk.with(kim, numbers[0], |act, seen| {
        let granted = seen.serve().ok_or(DeskError::NotAllowed)?;
        desk::status::change_kind(act, granted, Kind::Incident)
    })
    .unwrap();
    let (open, refunded) = (named("Open", Category::Open), named("Refunded", Category::Solved));
    for (person, place, status) in [
        (kim, 0, asked),
        (kim, 1, review),
        (kim, 3, open),
        (bo, 4, parts),
        (kim, 5, refunded),
        (bo, 7, review),
    ] {
        desk.says(person, numbers[place], status).unwrap();
    }
}

/// Tags here and there, one of them under two names.
fn tags(desk: &TestDesk, [kim, bo, hr, admin]: [PersonId; 4], numbers: &[i64]) {
    for (person, place, tags) in
        [(kim, 0, "returns, big deal"), (bo, 4, "returns"), (hr, 9, "big-deal"), (kim, 5, "big-deal")]
    {
        desk.tags(person, numbers[place], tags);
    }
    // One name too many: who asks for it finds the same.
    desk.tags(kim, numbers[1], "send-backs");
    desk.act(admin, |act, viewer| {
        let [from, into] = ["send-backs", "returns"].map(domain::tag::Tag::kept);
        let id = store::tag::named(act.tx, &from)?.ok_or(DeskError::NotFound)?;
        desk::tag::rename(act, viewer, id, &into, desk::tag::Taken::Merged)
    })
    .unwrap();
}

/// Links between tickets that everybody lists, to a hand-off, to somebody's own, and through a wall.
fn links(desk: &TestDesk, [kim, bo, ivo]: [PersonId; 3], numbers: &[i64]) {
    use domain::link::Link;
    for (who, from, link, to) in [
        (kim, 0, Link::CausedBy, 2),
        (bo, 1, Link::RelatesTo, 7),
        (bo, 4, Link::DuplicateOf, 6),
        (ivo, 3, Link::RelatesTo, 9),
    ] {
        let (from, to) = (numbers[from], numbers[to]);
        desk.act(who, move |act, viewer| {
            let seen = store::access::by_number(act.tx, viewer, from, act.now)?.ok_or(DeskError::NotFound)?;
            desk::link::add(act, viewer, seen.serve().ok_or(DeskError::NotAllowed)?, link, to)
        })
        .unwrap();
    }
}

/// A field of each kind that compares, answered here and there.
fn fields(
    desk: &TestDesk,
    (kim, bo, admin, contoso): (PersonId, PersonId, PersonId, domain::id::OrganisationId),
    numbers: &[i64],
) {
    use domain::custom::{Of, Type};
    desk.field("weight", |input| input.holds = Type::Number);
    desk.field("colour", |input| {
        input.holds = Type::Several;
        input.choices = ["Red", "Green", "Blue"].map(str::to_owned).into();
    });
    desk.field("day", |input| input.holds = Type::Date);
    desk.field("serial", |_| {});
    desk.field("friend", |input| input.holds = Type::Person);
    desk.field("grade", |input| {
        input.of = Of::Organisation;
        input.holds = Type::One;
        input.choices = vec!["Gold".to_owned()];
    });
    for (who, place, key, value) in [
        (kim, 0, "weight", "2"),
        (kim, 1, "weight", "2.000001"),
        (bo, 4, "weight", "-3"),
        (kim, 0, "colour", "Red"),
        (kim, 2, "colour", "Green"),
        (kim, 1, "day", "2026-11-30"),
        (kim, 2, "day", "2026-12-01"),
        (kim, 0, "serial", "ab-1"),
        (kim, 1, "serial", "Ab-12"),
        (kim, 3, "friend", "eva.nord@example.org"),
    ] {
        desk.answers(who, numbers[place], key, value).unwrap();
    }
    desk.act(admin, move |act, viewer| {
        let typed = [("grade".to_owned(), vec!["gold".to_owned()])].into();
        desk::custom::of_organisation(act, viewer, contoso, &typed)
    })
    .unwrap();
}

fn drafts(desk: &TestDesk, person: PersonId, number: i64) {
    desk.drafts(person, number, domain::draft::Text::Note, "Dear");
}
