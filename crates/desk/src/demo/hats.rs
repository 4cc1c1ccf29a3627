//! The people whom somebody can be in the demo, one for every hat.

use domain::id::PersonId;

use super::company;
use super::{COMPANY_DOMAIN, SETTING};
use crate::DeskError;
use crate::act::Look;

/// Somebody to sign in as.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DemoPerson {
    pub person: PersonId,
    pub name: String,
    pub email: String,
    /// Who they are, in a few words.
    pub hat: &'static str,
    /// What they can see, in one sentence.
    pub sees: &'static str,
}

/// Name, domain, hat, what they see.
const HATS: &[(&str, &str, &str, &str)] = &[
    (
        "Priya Nair",
        COMPANY_DOMAIN,
        "agent in Customer Service",
        "Serves customers, asks the workshop and the warehouse, and sees where each ticket stands.",
    ),
    (
        "Amara Diallo",
        COMPANY_DOMAIN,
        "agent in the Warehouse",
        "Serves other units: every ticket here blocks somebody's customer, and the queue says whose.",
    ),
    (
        "Bernard Oakes",
        COMPANY_DOMAIN,
        "lead of the Repair Workshop",
        "Leads the unit where the company's work waits: load, promises and what it is charged with.",
    ),
    (
        company::AGENT_AND_CUSTOMER,
        COMPANY_DOMAIN,
        "agent and customer",
        "Serves in Customer Service and has a heat pump herself: on her own ticket she sees what a customer sees.",
    ),
    (
        company::OVERSEER,
        COMPANY_DOMAIN,
        "service manager",
        "Oversees every unit: the map of services, the ledger and what would have saved time.",
    ),
    (
        "Judith Amsel",
        COMPANY_DOMAIN,
        "lead of Human Resources",
        "Serves confidential matters that nobody else can open, not even the service manager.",
    ),
    (
        "Anke Petersen",
        COMPANY_DOMAIN,
        "lead of the Hamburg Branch",
        "Works in German, in another time zone, and depends on the workshop at home.",
    ),
    (
        "Chipo Moyo",
        COMPANY_DOMAIN,
        "employee",
        "Asks IT, Facilities and HR through the internal catalogue; serves nothing.",
    ),
    (
        company::ADMINISTRATOR,
        COMPANY_DOMAIN,
        "administrator",
        "Sets up people, units, services, calendars and agreements.",
    ),
    (
        "Denise Harcourt",
        "brackwater.example",
        "business customer",
        "Follows the tickets of everybody at Brackwater Housing.",
    ),
    ("Isabelle Martin", "morrowvale.example", "customer", "Sees her own tickets and nothing else."),
    (
        "Heiko Sander",
        "kaltwind.example",
        "supplier",
        "Asks Purchasing about orders; sees the services meant for suppliers.",
    ),
];

/// The people to sign in as, in the order of the sign-in page; nobody when this is no demo.
pub fn people(look: &mut Look) -> Result<Vec<DemoPerson>, DeskError> {
    if store::setting::value(look.tx, SETTING)?.is_none() {
        return Ok(Vec::new());
    }
    let mut people = Vec::new();
    for (name, domain, hat, sees) in HATS {
        let email = company::address(name, domain);
        if let Some(person) =
            store::person::by_email(look.tx, &email)?.filter(|person| person.disabled_at.is_none())
        {
            people.push(DemoPerson { person: person.id, name: person.name, email, hat, sees });
        }
    }
    Ok(people)
}
