//! An organisation with every hat and a canary in every text.

#[path = "told.rs"]
mod told;

use std::collections::BTreeMap;

use desk::DeskError;
use domain::affiliation::Relation;
use domain::id::{OrganisationId, PersonId, ServiceId, UnitId};
use store::office::Office;
use store::unit::Role;
use testkit::TestDesk;

use crate::assignment::Assignments;
use crate::bulk::Bulk;
use crate::canary::Canary;
use crate::checklists;
use crate::customs;
use crate::letters::Letters;
use crate::macros::Macros;
use crate::notes::Notes;
use crate::promises;
use crate::queries;
use crate::recurring;
use crate::rules::Rules;
use crate::spent;
use crate::statuses;
use crate::tags;
use crate::texts::{
    ADA, ADMIN, BO, COLLEAGUE, EVA, HANA, HR, KIM, LEA, LEAD, LEFT, MO, NOBODY, OTHER, OVERSEER, YUSUF,
    canaries, inside, readers,
};
use crate::views::Views;
use told::Told;

/// A ticket number that nobody has.
pub(crate) const UNKNOWN: i64 = 987_654;

pub(crate) struct Actor {
    pub(crate) name: &'static str,
    pub(crate) person: Option<PersonId>,
    pub(crate) token: Option<String>,
}

pub(crate) struct World {
    pub(crate) desk: TestDesk,
    pub(crate) actors: Vec<Actor>,
    pub(crate) canaries: Vec<Canary>,
    /// Each ticket with those for whom it exists.
    pub(crate) tickets: Vec<(i64, Vec<&'static str>)>,
    numbers: BTreeMap<&'static str, i64>,
    warehouse: UnitId,
    support: UnitId,
    /// What stands for each place in a path.
    pub(crate) places: BTreeMap<&'static str, Vec<String>>,
}

impl World {
    /// Everybody was told what happened.
    pub(crate) fn new() -> Self {
        let mut world = Self::unheard();
        world.desk.notifies();
        let notices = world.desk.set_up(|act| {
            let shown = "select id from notice_shown order by id";
            Ok(act.tx.query(shown, store::params![], |row| row.get::<i64>(0))?)
        });
        let notices = notices.iter().chain([&17]).map(ToString::to_string).collect();
        world.places.insert("notice", notices);
        world
    }

    /// Nobody was told anything yet.
    pub(crate) fn unheard() -> Self {
        let desk = TestDesk::new();
        // Whoever tells people of what happens listens from here on.
        desk.notifies();
        let place = Ground::new(&desk);
        let cast = Cast::new(&desk, &place);
        let told = Told::new(&desk, &place, &cast);
        let letters = Letters::new(&desk, (place.support, place.help), cast.kim);
        let actors = cast.actors(&desk);
        let (mut canaries, mut tickets) = (canaries(), told.tickets());
        tickets.push((letters.ticket, readers(&[])));
        canaries.extend(Letters::canaries(ADMIN));
        let views = Views::new(&desk, place.support, cast.kim, cast.admin);
        canaries.extend(Views::canaries(KIM, &inside(&[]), &inside(&[BO, MO, LEA, HR])));
        let macros = Macros::new(&desk, place.support, cast.kim, cast.admin);
        canaries.extend(Macros::canaries());
        let notes = Notes::new(&desk, letters.ticket, cast.kim);
        canaries.extend(Notes::canaries(&inside(&[])));
        let bulk = Bulk::new(&desk, cast.kim, told.external);
        canaries.push(Bulk::canary(KIM));
        canaries.extend(Letters::mailed(&readers(&[]), &inside(&[])));
        let (fields, recurring) = kept_beside(&desk, &place, &cast, told.external, &mut canaries);
        canaries.extend(statuses::canaries());
        let statuses = statuses::put(&desk, cast.kim, told.external);
        let (assignments, rules) = by_itself(&desk, &place, &cast, told.secret, &mut canaries);
        let left = cast.left;
        desk.set_up(move |act| desk::people::disable(act, &desk::entitled::ByDesk, left));
        desk.indexes();
        let text = |ids: &[i64]| ids.iter().map(ToString::to_string).collect::<Vec<_>>();
        let numbers: Vec<i64> = tickets.iter().map(|(number, _)| *number).chain([UNKNOWN]).collect();
        let units = text(&[place.support.0, place.warehouse.0, place.legal.0, place.personnel.0, 17]);
        let people: Vec<i64> = actors.iter().filter_map(|actor| Some(actor.person?.0)).collect();
        let places = places([
            ("number", text(&numbers)),
            ("unit", units.clone()),
            ("from", units.clone()),
            ("to", units),
            ("service", text(&[place.help.0, place.stock.0, place.private.0, 17])),
            ("person", text(&people)),
            ("organisation", text(&[place.contoso.0, place.fabrikam.0, 17])),
            ("calendar", text(&promises::calendars(&desk))),
            ("agreement", text(&promises::agreements(&desk))),
            ("text", ["closed", "acknowledgement", "nothing"].map(str::to_owned).into()),
            ("token", vec!["0123456789abcdef0123456789abcdef".to_owned()]),
            ("inbox", text(&[letters.inbox.0, 17])),
            ("mail", text(&[letters.mail.0, letters.stranger.0, 17])),
            ("message", text(&letters.messages.iter().map(|message| message.0).collect::<Vec<_>>())),
            ("attachment", text(&letters.attachments)),
            ("delivery", text(&letters.deliveries)),
            ("upload", text(&[letters.upload.0, 17])),
            ("notice", text(&[17])),
            ("view", text(&views.ids())),
            ("absence", text(&assignments.ids())),
            ("macro", text(&macros.ids())),
            ("note", text(&[&letters.notes[..], &notes.ids()[..]].concat())),
            ("bulk", text(&[bulk.id, 17])),
            ("rule", text(&rules.ids())),
            ("tag", text(&tags::ids(&desk))),
            ("status", text(&[&statuses[..], &[17]].concat())),
            ("recurring", text(&[recurring, 17])),
            ("field", text(&[&fields[..], &[17]].concat())),
        ]);
        Self {
            warehouse: place.warehouse,
            support: place.support,
            desk,
            actors,
            canaries,
            tickets,
            numbers: told.numbers(),
            places,
        }
    }

    /// The last position of the log: it moves with every change.
    pub(crate) fn head(&self) -> i64 {
        self.desk.desk.look_now(|look| Ok(store::event::head(look.tx)?.0)).unwrap()
    }

    pub(crate) fn actor(&self, name: &str) -> &Actor {
        self.actors.iter().find(|actor| actor.name == name).unwrap()
    }

    /// Whose address that is.
    pub(crate) fn by_address(&self, address: &str) -> &'static str {
        let address = address.to_owned();
        let person = self.desk.set_up(move |act| Ok(store::person::by_email(act.tx, &address)?)).unwrap().id;
        self.actors.iter().find(|actor| actor.person == Some(person)).unwrap().name
    }

    pub(crate) fn number(&self, name: &str) -> i64 {
        self.numbers[name]
    }

    /// People with a ticket of their own.
    pub(crate) fn requesters(&self) -> Vec<(&Actor, i64)> {
        [(ADA, "external"), (COLLEAGUE, "external"), (HANA, "own"), (EVA, "secret"), (MO, "upstream")]
            .map(|(name, ticket)| (self.actor(name), self.number(ticket)))
            .into()
    }

    /// Every address that a path stands for; none when a place of it is unknown here.
    pub(crate) fn addresses(&self, path: &str) -> Vec<String> {
        let mut addresses = vec![path.to_owned()];
        while let Some((name, _)) = addresses
            .first()
            .and_then(|address| address.split_once('{'))
            .and_then(|(_, rest)| rest.split_once('}'))
        {
            let (name, place) = (name.to_owned(), format!("{{{name}}}"));
            let Some(values) = self.places.get(name.as_str()) else { return Vec::new() };
            addresses = addresses
                .iter()
                .flat_map(|address| values.iter().map(|value| address.replacen(&place, value, 1)))
                .collect();
        }
        addresses.iter().flat_map(|address| queries::with(&self.places, path, address)).collect()
    }

    /// Every address that a path stands for, asked by everybody.
    pub(crate) fn asked(&self, path: &str) -> Vec<(&Actor, String)> {
        let addresses = self.addresses(path);
        let each = |actor| addresses.iter().map(move |address| (actor, address.clone()));
        self.actors.iter().flat_map(each).collect()
    }

    pub(crate) fn all_addresses(&self, method: &str) -> Vec<String> {
        let routes = web::routes::table();
        routes
            .iter()
            .filter(|route| route.method == method)
            .flat_map(|route| self.addresses(route.path))
            .collect()
    }

    /// Fields that forms ask for, all at once.
    pub(crate) fn form(&self) -> String {
        "body=Hello&subject=Hello&reason=Because&rating=5&after=stay&priority=1&seen=0&why=Because&status=none&kind=complaint".to_owned()
    }

    /// The employee and human resources alone read that.
    pub(crate) fn says_on_the_secret_ticket(&self, words: &str) {
        self.desk.replies(self.actor(EVA).person.unwrap(), self.number("secret"), words);
    }

    pub(crate) fn leaves_the_warehouse(&self, actor: &Actor) {
        self.leaves(actor, self.warehouse);
    }

    pub(crate) fn leaves_support(&self, actor: &Actor) {
        self.leaves(actor, self.support);
    }

    fn leaves(&self, actor: &Actor, unit: UnitId) {
        let person = actor.person.unwrap();
        self.desk.set_up(move |act| -> Result<(), DeskError> {
            desk::people::leave_unit(act, &desk::entitled::ByDesk, person, unit)
        });
    }
}

/// What stands for each place. One that was named twice would hide the pages of the first.
fn places<const N: usize>(named: [(&'static str, Vec<String>); N]) -> BTreeMap<&'static str, Vec<String>> {
    let mut places = BTreeMap::new();
    for (name, values) in named {
        let before = places.insert(name, values);
        assert!(
            before.is_none(),
            "{{{name}}} is named twice in world.rs: say all that it stands for in one line"
        );
    }
    places
}

/// What is kept beside a ticket: fields of one's own, and time spent; and what is opened later.
fn kept_beside(
    desk: &TestDesk,
    place: &Ground,
    cast: &Cast,
    external: i64,
    canaries: &mut Vec<Canary>,
) -> (Vec<i64>, i64) {
    canaries.extend(customs::canaries());
    canaries.extend(recurring::canaries());
    canaries.extend(spent::canaries());
    canaries.extend(checklists::canaries());
    crate::drafts::begin(desk, [cast.ada, cast.kim, cast.eva], place.help);
    checklists::add(desk, cast.kim, external);
    spent::say(desk, cast.kim, external);
    let fields = customs::answer(desk, place.help, (cast.kim, cast.ada, cast.admin), external);
    (fields, recurring::save(desk, cast.kim, place.help))
}

/// What the desk does by itself: how tickets are given, and rules.
fn by_itself(
    desk: &TestDesk,
    place: &Ground,
    cast: &Cast,
    secret: i64,
    canaries: &mut Vec<Canary>,
) -> (Assignments, Rules) {
    let of_support = (place.support, cast.kim);
    let of_personnel = (place.personnel, place.private, cast.hr);
    let assignments = Assignments::new(desk, cast.admin, of_support, of_personnel, secret);
    canaries.extend(Rules::canaries());
    canaries.extend(Assignments::canaries(&inside(&[]), &[ADMIN]));
    (assignments, Rules::new(desk, place.support, cast.admin))
}

/// The units and services, and two organisations that buy.
struct Ground {
    support: UnitId,
    warehouse: UnitId,
    legal: UnitId,
    personnel: UnitId,
    help: ServiceId,
    stock: ServiceId,
    private: ServiceId,
    contoso: OrganisationId,
    fabrikam: OrganisationId,
}

impl Ground {
    fn new(desk: &TestDesk) -> Self {
        let (support, warehouse) = (desk.unit("Support"), desk.unit("Warehouse"));
        let (legal, personnel) = (desk.unit("Legal"), desk.unit("Human Resources"));
        promises::make(desk, desk.service("Advice", legal));
        Self {
            support,
            warehouse,
            legal,
            personnel,
            help: desk.service("Help", support),
            stock: desk.service("Stock", warehouse),
            private: desk.service_with("Personal matters", personnel, |service| service.confidential = true),
            contoso: desk.organisation("Contoso", true),
            fabrikam: desk.organisation("Fabrikam", true),
        }
    }
}

/// The people, one for each hat.
struct Cast {
    ada: PersonId,
    colleague: PersonId,
    other: PersonId,
    eva: PersonId,
    yusuf: PersonId,
    kim: PersonId,
    hana: PersonId,
    bo: PersonId,
    mo: PersonId,
    lea: PersonId,
    hr: PersonId,
    lead: PersonId,
    overseer: PersonId,
    admin: PersonId,
    left: PersonId,
}

impl Cast {
    fn new(desk: &TestDesk, place: &Ground) -> Self {
        let cast = Self {
            ada: desk.person("Ada", Relation::Buyer, Some(place.contoso)),
            colleague: desk.person("Carl", Relation::Buyer, Some(place.contoso)),
            other: desk.person("Olga", Relation::Buyer, Some(place.fabrikam)),
            eva: desk.employee("Eva"),
            yusuf: desk.employee("Yusuf"),
            kim: desk.agent("Kim", &[place.support]),
            hana: desk.agent("Hana", &[place.support]),
            bo: desk.agent("Bo", &[place.warehouse]),
            mo: desk.agent("Mo", &[place.warehouse]),
            lea: desk.agent("Lea", &[place.legal]),
            hr: desk.agent("Hiro", &[place.personnel]),
            lead: desk.employee("Lena"),
            overseer: desk.employee("Otis"),
            admin: desk.employee("Amal"),
            left: desk.agent("Gil", &[place.support]),
        };
        desk.joins(cast.lead, place.support, Role::Lead);
        desk.appoint(cast.overseer, Office::Overseer(None));
        desk.appoint(cast.admin, Office::Administrator);
        cast
    }

    fn actors(&self, desk: &TestDesk) -> Vec<Actor> {
        let people = [
            (ADA, self.ada),
            (COLLEAGUE, self.colleague),
            (OTHER, self.other),
            (EVA, self.eva),
            (YUSUF, self.yusuf),
            (KIM, self.kim),
            (HANA, self.hana),
            (BO, self.bo),
            (MO, self.mo),
            (LEA, self.lea),
            (HR, self.hr),
            (LEAD, self.lead),
            (OVERSEER, self.overseer),
            (ADMIN, self.admin),
            (LEFT, self.left),
        ];
        let nobody = Actor { name: NOBODY, person: None, token: None };
        let somebody = people.map(|(name, person)| Actor {
            name,
            person: Some(person),
            token: Some(desk.session(person)),
        });
        std::iter::once(nobody).chain(somebody).collect()
    }
}

#[test]
#[should_panic(expected = "{unit} is named twice in world.rs")]
fn a_place_that_is_named_twice_hides_nothing() {
    places([("unit", vec!["1".to_owned()]), ("rule", Vec::new()), ("unit", vec!["2".to_owned()])]);
}
