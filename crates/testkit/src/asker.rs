//! Who asks: a customer outside, an employee, or another unit by a hand-off. What holds for one holds for each.

use domain::id::{PersonId, ServiceId};

use crate::TestDesk;

/// Where whoever asks stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asker {
    Customer,
    Employee,
    /// An agent of another unit, for a ticket of that unit's own customer.
    Unit,
}

impl Asker {
    pub const ALL: [Self; 3] = [Self::Customer, Self::Employee, Self::Unit];

    /// Somebody of that name, who can ask. One asking unit is enough for a desk.
    pub fn named(self, desk: &TestDesk, name: &'static str) -> Requester {
        match self {
            Self::Customer => Requester { person: desk.customer(name), unit: None },
            Self::Employee => Requester { person: desk.employee(name), unit: None },
            Self::Unit => {
                let purchasing = desk.unit("Purchasing");
                let unit =
                    Unit { service: desk.service("Orders", purchasing), customer: desk.customer("Zoe") };
                Requester { person: desk.agent(name, &[purchasing]), unit: Some(unit) }
            }
        }
    }
}

/// Somebody who asks.
#[derive(Clone, Copy, Debug)]
pub struct Requester {
    pub person: PersonId,
    unit: Option<Unit>,
}

/// For whom a unit asks.
#[derive(Clone, Copy, Debug)]
struct Unit {
    service: ServiceId,
    customer: PersonId,
}

impl Requester {
    /// Asks for a service, each time for another matter.
    pub fn opens(&self, desk: &TestDesk, service: ServiceId, subject: &str, body: &str) -> i64 {
        match self.unit {
            None => desk.opens(self.person, service, subject, body),
            Some(unit) => {
                let own = desk.opens(unit.customer, unit.service, "An order", "Please.");
                desk.asks(self.person, own, service, subject, body)
            }
        }
    }
}
