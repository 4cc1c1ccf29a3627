//! Fields that the company's forms ask for, and what people fill in there.

use std::collections::BTreeMap;

use domain::custom::{Needed, Of, Shown, Type, When};
use domain::id::CustomId;
use jiff::{Timestamp, ToSpan};

use super::become_person;
use crate::DeskError;
use crate::act::Act;
use crate::custom::{self, Typed};
use crate::demo::chance::Chance;
use crate::demo::company::{ADMINISTRATOR, BUSINESSES};
use crate::demo::offers::Offer;
use crate::demo::phrases::{Details, MODELS};
use crate::demo::world::World;

struct Field {
    key: &'static str,
    name: &'static str,
    help: &'static str,
    of: Of,
    holds: Type,
    offers: &'static [Offer],
    shown: Shown,
    choices: &'static [&'static str],
    /// The key of another field and what has to stand there.
    when: Option<(&'static str, &'static str)>,
}

const fn field(key: &'static str, name: &'static str, holds: Type, offers: &'static [Offer]) -> Field {
    let (of, shown) = (Of::Ticket, Shown::Both);
    Field { key, name, help: "", of, holds, offers, shown, choices: &[], when: None }
}

impl Field {
    const fn explained(mut self, help: &'static str) -> Self {
        self.help = help;
        self
    }

    const fn one_of(mut self, choices: &'static [&'static str]) -> Self {
        self.choices = choices;
        self
    }

    const fn inside(mut self) -> Self {
        self.shown = Shown::Inside;
        self
    }

    const fn about(mut self, of: Of) -> Self {
        self.of = of;
        self
    }

    const fn when(mut self, key: &'static str, is: &'static str) -> Self {
        self.when = Some((key, is));
        self
    }
}

const MACHINES: &[Offer] =
    &[Offer::Help, Offer::Emergency, Offer::Germany, Offer::Canada, Offer::Complaints, Offer::Repair];
const DEVICES: &[&str] = &["Laptop", "Telephone", "Scanner", "Printer", "Label printer", "Tablet"];
const SITES: &[&str] = &["Head office", "Hall 1", "Hall 2", "Showroom", "Yard and vans"];

const FIELDS: &[Field] = &[
    field("model", "Model", Type::One, MACHINES)
        .one_of(MODELS)
        .explained("On the silver plate, bottom right."),
    field("serial", "Serial number", Type::Text, MACHINES).explained("Below the model; it begins with EF."),
    field("warranty", "Under warranty", Type::YesNo, MACHINES).inside(),
    field("warranty-until", "Warranty until", Type::Date, MACHINES)
        .inside()
        .when("warranty", "yes")
        .explained("Five years from the day of installation, as it stands in the order."),
    field("device", "Device", Type::One, &[Offer::ItHelp]).one_of(DEVICES),
    field("inventory", "Inventory number", Type::Number, &[Offer::ItHelp])
        .when("device", "")
        .explained("On the yellow sticker."),
    field("site", "Where", Type::One, &[Offer::Buildings]).one_of(SITES),
    field("first-day", "First day", Type::Date, &[Offer::Joining]),
    field("contract", "Contract", Type::Text, &[]).about(Of::Organisation).inside(),
    field("reached", "Best reached", Type::One, &[]).about(Of::Person).inside().one_of(&[
        "By telephone",
        "By mail",
        "In the morning",
        "After work",
    ]),
];

/// Whom customers of the housing associations and schools want to be called by, and when.
const REACHED: &[(&str, &str)] = &[
    ("Denise Harcourt", "By telephone"),
    ("Leyla Demir", "In the morning"),
    ("Alison Crewe", "After work"),
    ("Gareth Lloyd", "By mail"),
];

pub(super) fn define(act: &mut Act, world: &World) -> Result<(), DeskError> {
    let administrator = become_person(act, world, ADMINISTRATOR)?;
    let mut defined: BTreeMap<&str, CustomId> = BTreeMap::new();
    for field in FIELDS {
        let when = field.when.map(|(key, is)| When { field: defined[key], is: is.to_owned() });
        let input = custom::Input {
            of: field.of,
            key: field.key.to_owned(),
            name: field.name.to_owned(),
            help: field.help.to_owned(),
            holds: field.holds,
            services: field.offers.iter().map(|offer| world.services[offer]).collect(),
            needed: Needed::Never,
            shown: field.shown,
            choices: field.choices.iter().map(|choice| (*choice).to_owned()).collect(),
            when,
        };
        defined.insert(field.key, custom::define(act, &administrator, &input)?);
    }
    for (name, reached) in REACHED {
        let person = world.named(name).ok_or(DeskError::NotFound)?.person;
        custom::of_person(act, &administrator, person, &one("reached", reached))?;
    }
    for (number, (name, _, _, people)) in (1_u32..).zip(BUSINESSES) {
        let organisation = world.named(people[0]).and_then(|somebody| somebody.organisation);
        let organisation = organisation.ok_or(DeskError::NotFound)?;
        let contract = format!("{}-{}", &name[..3].to_uppercase(), 2_400 + 17 * number);
        custom::of_organisation(act, &administrator, organisation, &one("contract", &contract))?;
    }
    Ok(())
}

fn one(key: &str, answer: &str) -> Typed {
    Typed::from([(key.to_owned(), vec![answer.to_owned()])])
}

/// What somebody fills in who asks for a service; on the telephone an agent knows more.
pub(in crate::demo) fn typed(
    offer: Offer,
    subject: &str,
    details: &Details,
    (by_phone, at): (bool, Timestamp),
    chance: &mut Chance,
) -> Typed {
    let mut typed = Typed::new();
    let mut say = |key: &str, answer: String| drop(typed.insert(key.to_owned(), vec![answer]));
    match offer {
        Offer::Help | Offer::Emergency | Offer::Germany | Offer::Canada | Offer::Complaints => {
            if chance.happens(0.75) {
                say("model", details.model.to_owned());
            }
            if chance.happens(0.5) {
                let series = ["A", "B", "C"];
                say("serial", format!("EF-{}-{}", chance.between(40_112, 88_950), chance.pick(&series)));
            }
            if by_phone {
                let covered = chance.happens(0.7);
                say("warranty", if covered { "yes" } else { "no" }.to_owned());
                if covered {
                    let ends = at.to_zoned(jiff::tz::TimeZone::UTC).date() + chance.between(20, 1_700).days();
                    say("warranty-until", ends.to_string());
                }
            }
        }
        Offer::ItHelp => {
            let named = |device: &&&str| subject.to_lowercase().contains(&device.to_lowercase());
            let device = DEVICES.iter().find(named).copied();
            let device = device.or_else(|| subject.contains("phone").then_some("Telephone"));
            if let Some(device) = device {
                say("device", device.to_owned());
                if chance.happens(0.6) {
                    say("inventory", chance.between(1_003, 2_870).to_string());
                }
            }
        }
        Offer::Buildings => {
            let site = if subject.contains("Van") {
                "Yard and vans"
            } else if subject.contains("hall 2") {
                "Hall 2"
            } else {
                SITES[chance.below(4)]
            };
            say("site", site.to_owned());
        }
        Offer::Joining => {
            let first = at.to_zoned(jiff::tz::TimeZone::UTC).date() + chance.between(9, 40).days();
            say("first-day", first.to_string());
        }
        Offer::Orders
        | Offer::Billing
        | Offer::Suppliers
        | Offer::Shareholders
        | Offer::Repair
        | Offer::Stock
        | Offer::Buying
        | Offer::Credit
        | Offer::Personnel
        | Offer::Claims
        | Offer::Showroom => {}
    }
    typed
}
