//! An organisation with every hat and a canary in every text.

use std::collections::BTreeMap;

use desk::DeskError;
use domain::affiliation::Relation;
use domain::id::{PersonId, UnitId};
use store::office::Office;
use store::unit::Role;
use testkit::TestDesk;

use crate::canary::{Canary, word};

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
    /// What stands for each place in a path.
    places: BTreeMap<&'static str, Vec<String>>,
}

const NOBODY: &str = "nobody signed in";
const ADA: &str = "outside customer";
const COLLEAGUE: &str = "colleague of the outside customer";
const OTHER: &str = "customer of another organisation";
const EVA: &str = "employee";
const YUSUF: &str = "employee of another department";
const KIM: &str = "agent in support";
const HANA: &str = "agent in support with a ticket of her own";
const BO: &str = "agent in the warehouse";
const MO: &str = "agent in the warehouse who is a customer";
const LEA: &str = "agent in legal";
const HR: &str = "agent in human resources";
const LEAD: &str = "lead of support";
const OVERSEER: &str = "overseer of everything";
const ADMIN: &str = "administrator";
const LEFT: &str = "agent who was disabled";

impl World {
    pub(crate) fn new() -> Self {
        let desk = TestDesk::new();
        let (support, warehouse) = (desk.unit("Support"), desk.unit("Warehouse"));
        let (legal, personnel) = (desk.unit("Legal"), desk.unit("Human Resources"));
        let help = desk.service("Help", support);
        let stock = desk.service("Stock", warehouse);
        let advice = desk.service("Advice", legal);
        let private = desk.service_with("Personal matters", personnel, |service| service.confidential = true);
        let contoso = desk.organisation("Contoso", true);
        let fabrikam = desk.organisation("Fabrikam", true);
        let ada = desk.person("Ada", Relation::Buyer, Some(contoso));
        let colleague = desk.person("Carl", Relation::Buyer, Some(contoso));
        let other = desk.person("Olga", Relation::Buyer, Some(fabrikam));
        let (eva, yusuf) = (desk.employee("Eva"), desk.employee("Yusuf"));
        let (kim, hana) = (desk.agent("Kim", &[support]), desk.agent("Hana", &[support]));
        let (bo, mo) = (desk.agent("Bo", &[warehouse]), desk.agent("Mo", &[warehouse]));
        let (lea, hr) = (desk.agent("Lea", &[legal]), desk.agent("Hiro", &[personnel]));
        let (lead, overseer) = (desk.employee("Lena"), desk.employee("Otis"));
        desk.joins(lead, support, Role::Lead);
        desk.appoint(overseer, Office::Overseer(None));
        let admin = desk.employee("Amal");
        desk.appoint(admin, Office::Administrator);
        let left = desk.agent("Gil", &[support]);

        let external = desk.opens(ada, help, &word("external subject"), &word("external message"));
        desk.takes(kim, external);
        desk.notes(kim, external, &word("external note"));
        desk.replies(kim, external, &word("external answer"));
        let handoff = desk.asks(kim, external, stock, &word("hand-off subject"), &word("hand-off question"));
        desk.notes(bo, handoff, &word("hand-off note"));
        desk.delivers(bo, handoff, &word("first deliverable"));
        desk.returns(kim, handoff, &word("reason of the return"));
        desk.delivers(bo, handoff, &word("second deliverable"));
        let own = desk.opens(hana, help, &word("own subject"), &word("own message"));
        desk.notes(kim, own, &word("note on the agent's own ticket"));
        let secret = desk.opens(eva, private, &word("secret subject"), &word("secret message"));
        desk.notes(hr, secret, &word("secret note"));
        let upstream = desk.opens(mo, help, &word("upstream subject"), &word("upstream message"));
        desk.notes(kim, upstream, &word("upstream note"));
        let below = desk.asks(kim, upstream, stock, &word("below subject"), &word("below question"));
        desk.notes(bo, below, &word("below note"));
        let closed = desk.opens(ada, help, &word("closed subject"), &word("closed message"));
        desk.solves(kim, closed);

        let people = [
            (ADA, ada),
            (COLLEAGUE, colleague),
            (OTHER, other),
            (EVA, eva),
            (YUSUF, yusuf),
            (KIM, kim),
            (HANA, hana),
            (BO, bo),
            (MO, mo),
            (LEA, lea),
            (HR, hr),
            (LEAD, lead),
            (OVERSEER, overseer),
            (ADMIN, admin),
            (LEFT, left),
        ];
        let mut actors = vec![Actor { name: NOBODY, person: None, token: None }];
        actors.extend(people.map(|(name, person)| Actor {
            name,
            person: Some(person),
            token: Some(desk.session(person)),
        }));
        desk.set_up(move |act| desk::people::disable(act, &desk::entitled::ByDesk, left));

        let outside = [ADA, COLLEAGUE];
        let support_side = [KIM, HANA, LEAD, OVERSEER, ADMIN];
        let inside = |more: &[&'static str]| [&support_side[..], more].concat();
        let read = |more: &[&'static str]| [&support_side[..], &outside[..], more].concat();
        let without = |all: Vec<&'static str>, gone: &str| -> Vec<&'static str> {
            all.into_iter().filter(|name| *name != gone).collect()
        };
        let warehouse_side = vec![BO, OVERSEER, ADMIN];
        let canaries = [
            ("external subject", read(&[BO, MO])),
            ("external message", read(&[BO, MO])),
            ("external answer", read(&[BO, MO])),
            ("external note", inside(&[BO, MO])),
            ("hand-off subject", inside(&[BO, MO])),
            ("hand-off question", inside(&[BO, MO])),
            ("first deliverable", inside(&[BO, MO])),
            ("second deliverable", inside(&[BO, MO])),
            ("reason of the return", inside(&[BO, MO])),
            ("hand-off note", [&warehouse_side[..], &[MO]].concat()),
            ("own subject", inside(&[])),
            ("own message", inside(&[])),
            ("note on the agent's own ticket", without(inside(&[]), HANA)),
            ("secret subject", vec![EVA, HR]),
            ("secret message", vec![EVA, HR]),
            ("secret note", vec![HR]),
            ("upstream subject", inside(&[BO, MO])),
            ("upstream message", inside(&[BO, MO])),
            ("upstream note", inside(&[BO])),
            ("below subject", inside(&[BO])),
            ("below question", inside(&[BO])),
            ("below note", warehouse_side.clone()),
            ("closed subject", read(&[])),
            ("closed message", read(&[])),
        ];
        let canaries = canaries.map(|(name, for_whom)| Canary { name, word: word(name), for_whom }).into();
        let tickets = vec![
            (external, read(&[BO, MO])),
            (handoff, inside(&[BO, MO])),
            (own, inside(&[])),
            (secret, vec![EVA, HR]),
            (upstream, inside(&[BO, MO])),
            (below, inside(&[BO])),
            (closed, read(&[])),
        ];
        let numbers = BTreeMap::from([
            ("external", external),
            ("own", own),
            ("secret", secret),
            ("upstream", upstream),
        ]);
        let text = |ids: &[i64]| ids.iter().map(ToString::to_string).collect::<Vec<_>>();
        let mut all = text(&tickets.iter().map(|(number, _)| *number).collect::<Vec<_>>());
        all.push(UNKNOWN.to_string());
        let units = text(&[support.0, warehouse.0, legal.0, personnel.0, 17]);
        let everybody: Vec<i64> =
            actors.iter().filter_map(|actor| actor.person).map(|person| person.0).collect();
        let places = BTreeMap::from([
            ("number", all),
            ("unit", units.clone()),
            ("from", units.clone()),
            ("to", units),
            ("service", text(&[help.0, stock.0, advice.0, private.0, 17])),
            ("person", text(&everybody)),
            ("organisation", text(&[contoso.0, fabrikam.0, 17])),
            ("calendar", text(&[17])),
            ("agreement", text(&[17])),
        ]);
        Self { desk, actors, canaries, tickets, numbers, warehouse, places }
    }

    /// The last position of the log: it moves with every change.
    pub(crate) fn head(&self) -> i64 {
        self.desk.desk.look_now(|look| Ok(store::event::head(look.tx)?.0)).unwrap()
    }

    pub(crate) fn actor(&self, name: &str) -> &Actor {
        self.actors.iter().find(|actor| actor.name == name).unwrap()
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
        addresses.iter().flat_map(|address| self.with_queries(path, address)).collect()
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
        "body=Hello&subject=Hello&reason=Because&rating=5&after=stay&priority=1&seen=0&why=Because".to_owned()
    }

    pub(crate) fn leaves_the_warehouse(&self, actor: &Actor) {
        let (person, unit) = (actor.person.unwrap(), self.warehouse);
        self.desk.set_up(move |act| -> Result<(), DeskError> {
            desk::people::leave_unit(act, &desk::entitled::ByDesk, person, unit)
        });
    }

    /// Pages that show something else with a query are asked with it, too.
    fn with_queries(&self, path: &str, address: &str) -> Vec<String> {
        let all = |name: &str, place: &str| -> Vec<String> {
            self.places[place].iter().map(|value| format!("{address}?{name}={value}")).collect()
        };
        let mut addresses = vec![address.to_owned()];
        match path {
            "/live" => addresses.extend(all("ticket", "number").into_iter().chain(all("unit", "unit"))),
            "/portal/tickets/new" => addresses.extend(all("service", "service")),
            "/tickets/{number}/throughline" => {
                addresses.extend(
                    self.places["number"].iter().map(|number| format!("{address}?whatif={number}:1")),
                );
            }
            "/map" => addresses.extend(["4", "13", "26"].map(|weeks| format!("{address}?weeks={weeks}"))),
            _ => {}
        }
        addresses
    }
}
