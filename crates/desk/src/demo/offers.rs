//! What each unit offers to whom, and what it promises about it.

use domain::affiliation::Class;
use domain::agreement::{AgreementKind, Metric};

use super::company::{Hours, Unit};

/// A service of the catalogue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Offer {
    Help,
    Emergency,
    Orders,
    Billing,
    Germany,
    Canada,
    Complaints,
    Suppliers,
    Shareholders,
    Repair,
    Stock,
    Buying,
    Credit,
    ItHelp,
    Personnel,
    Joining,
    Buildings,
    Claims,
    Showroom,
}

/// Who may use a service.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum For {
    /// Customers, and employees who are customers too.
    Customers,
    /// Suppliers and shareholders.
    Connected,
    Employees,
}

pub(super) struct Offered {
    pub offer: Offer,
    pub unit: Unit,
    pub audience: For,
    pub name: &'static str,
    pub summary: &'static str,
    /// Employees have no other provider, and may ask the neutral owner to decide.
    pub captive: bool,
    pub confidential: bool,
    pub finishing_hours: i64,
    pub plan: Plan,
}

/// The usual plan: own hours, then hand-offs at the same time, then own hours.
#[derive(Clone, Copy)]
pub(super) struct Plan {
    pub before_hours: i64,
    pub handoffs: &'static [Offer],
    pub after_hours: i64,
}

const NO_PLAN: Plan = Plan { before_hours: 0, handoffs: &[], after_hours: 0 };

const fn offered(
    offer: Offer,
    unit: Unit,
    audience: For,
    name: &'static str,
    summary: &'static str,
) -> Offered {
    Offered {
        offer,
        unit,
        audience,
        name,
        summary,
        captive: false,
        confidential: false,
        finishing_hours: 2,
        plan: NO_PLAN,
    }
}

impl Offered {
    const fn captive(mut self) -> Self {
        self.captive = true;
        self
    }

    const fn confidential(mut self) -> Self {
        self.confidential = true;
        self
    }

    const fn planned(mut self, before_hours: i64, handoffs: &'static [Offer], after_hours: i64) -> Self {
        self.plan = Plan { before_hours, handoffs, after_hours };
        self
    }
}

pub(super) const OFFERED: &[Offered] = &[
    offered(
        Offer::Help,
        Unit::CustomerService,
        For::Customers,
        "Help with your heat pump",
        "Faults, spare parts, warranty, service visits and questions about a heat pump you own.",
    )
    .planned(2, &[Offer::Repair, Offer::Stock], 2),
    offered(
        Offer::Emergency,
        Unit::EmergencyLine,
        For::Customers,
        "No heating or no hot water",
        "Somebody answers at any hour when a house is cold.",
    )
    .planned(1, &[Offer::Repair], 1),
    offered(
        Offer::Orders,
        Unit::Sales,
        For::Customers,
        "Orders, quotes and delivery",
        "Before you buy, and until it stands in your garden.",
    )
    .planned(2, &[Offer::Stock], 1),
    offered(
        Offer::Billing,
        Unit::Finance,
        For::Customers,
        "Invoices and payments",
        "Wrong amounts, refunds, instalments, copies.",
    ),
    offered(
        Offer::Germany,
        Unit::Hamburg,
        For::Customers,
        "Hilfe und Service in Deutschland",
        "Unsere Niederlassung in Hamburg hilft auf Deutsch und Türkisch.",
    )
    .planned(2, &[Offer::Repair], 2),
    offered(
        Offer::Canada,
        Unit::Toronto,
        For::Customers,
        "Help and service in Canada",
        "Our branch in Toronto answers in English and French.",
    )
    .planned(2, &[Offer::Stock, Offer::Showroom], 2),
    offered(
        Offer::Complaints,
        Unit::Legal,
        For::Customers,
        "Complaints",
        "When something went wrong and you want it decided by somebody who was not involved.",
    )
    .planned(4, &[Offer::Repair], 4),
    offered(
        Offer::Suppliers,
        Unit::Purchasing,
        For::Connected,
        "Questions from suppliers",
        "Orders, drawings, deliveries to us, open invoices.",
    ),
    offered(
        Offer::Shareholders,
        Unit::Legal,
        For::Connected,
        "Questions from shareholders",
        "Register, meetings, reports.",
    ),
    offered(
        Offer::Repair,
        Unit::Workshop,
        For::Employees,
        "Diagnosis and repair",
        "The workshop finds the fault, repairs it and tests the unit under load.",
    ),
    offered(
        Offer::Stock,
        Unit::Warehouse,
        For::Employees,
        "Picking, shipping and loan units",
        "Parts and units from stock, packed and handed to the driver.",
    ),
    offered(
        Offer::Buying,
        Unit::Purchasing,
        For::Employees,
        "Buying a part",
        "Parts that we do not keep, from suppliers with whom we have terms.",
    ),
    offered(
        Offer::Credit,
        Unit::Finance,
        For::Employees,
        "Credit notes and payment checks",
        "Is it paid, and how does the money go back?",
    ),
    offered(
        Offer::ItHelp,
        Unit::It,
        For::Employees,
        "IT help and access",
        "Accounts, devices, rights, everything with a plug and a screen.",
    )
    .captive(),
    offered(
        Offer::Personnel,
        Unit::Hr,
        For::Employees,
        "Personnel matters",
        "Sick notes, leave, pay, and what stays between us.",
    )
    .captive()
    .confidential(),
    offered(
        Offer::Joining,
        Unit::Hr,
        For::Employees,
        "Joining and leaving",
        "Everything a new colleague needs on the first day.",
    )
    .captive()
    .planned(2, &[Offer::ItHelp, Offer::Buildings], 2),
    offered(
        Offer::Buildings,
        Unit::Facilities,
        For::Employees,
        "Buildings, keys and vans",
        "Doors, light, heating, furniture, the vans.",
    )
    .captive(),
    offered(
        Offer::Claims,
        Unit::Legal,
        For::Employees,
        "Contracts and claims",
        "What we owe, what others owe us, and how to write it.",
    ),
    offered(
        Offer::Showroom,
        Unit::Facilities,
        For::Employees,
        "Showroom pick-up point",
        "A customer collects a parcel at the showroom.",
    ),
];

/// A promise with its targets.
pub(super) struct Promise {
    pub name: &'static str,
    pub kind: AgreementKind,
    pub offer: Offer,
    pub class: Option<Class>,
    pub asking: Option<Unit>,
    pub targets: &'static [Target],
    /// Why it holds although the plan does not fit, or nobody can tell.
    pub because: Option<&'static str>,
}

/// Working hours for P1 to P4, in the calendar named.
pub(super) struct Target {
    pub metric: Metric,
    pub minutes: [i64; 4],
    pub hours: Hours,
    pub pauses: bool,
}

const fn target(metric: Metric, hours: Hours, minutes: [i64; 4]) -> Target {
    Target { metric, minutes, hours, pauses: matches!(metric, Metric::Resolution) }
}

const fn hours(p1: i64, p2: i64, p3: i64, p4: i64) -> [i64; 4] {
    [p1 * 60, p2 * 60, p3 * 60, p4 * 60]
}

const fn promise(
    name: &'static str,
    kind: AgreementKind,
    offer: Offer,
    targets: &'static [Target],
) -> Promise {
    Promise { name, kind, offer, class: None, asking: None, targets, because: None }
}

impl Promise {
    const fn to(mut self, class: Class) -> Self {
        self.class = Some(class);
        self
    }

    const fn asked_by(mut self, unit: Unit) -> Self {
        self.asking = Some(unit);
        self
    }

    const fn although(mut self, because: &'static str) -> Self {
        self.because = Some(because);
        self
    }
}

use AgreementKind::{Ola, Sla, Uc};
use Metric::{Acceptance, FirstResponse, NextResponse, NextUpdate, Resolution};

pub(super) const PROMISES: &[Promise] = &[
    // What stands behind others comes first, so that the verdict on the outer promise can see it.
    promise("Part on order, with Kaltwind", Uc, Offer::Buying, &[target(Resolution, Hours::Office, hours(24, 40, 60, 80))]),
    promise("Buying for other units", Ola, Offer::Buying, &[
        target(Resolution, Hours::Office, hours(8, 12, 20, 30)),
        target(Acceptance, Hours::Office, hours(8, 16, 16, 24)),
    ]),
    promise("Workshop for other units", Ola, Offer::Repair, &[
        target(Resolution, Hours::Workshop, hours(8, 16, 28, 40)),
        target(Acceptance, Hours::Office, hours(8, 16, 16, 24)),
    ]),
    promise("Workshop for the Emergency Line", Ola, Offer::Repair, &[target(FirstResponse, Hours::Workshop, hours(1, 2, 4, 8))])
        .asked_by(Unit::EmergencyLine),
    promise("Warehouse for other units", Ola, Offer::Stock, &[
        target(Resolution, Hours::Warehouse, hours(4, 8, 12, 20)),
        target(Acceptance, Hours::Office, hours(8, 16, 16, 24)),
    ]),
    promise("Finance for other units", Ola, Offer::Credit, &[
        target(Resolution, Hours::Office, hours(8, 12, 16, 24)),
        target(Acceptance, Hours::Office, hours(8, 16, 16, 24)),
    ]),
    promise("Legal for other units", Ola, Offer::Claims, &[target(Resolution, Hours::Office, hours(16, 24, 32, 40))]),
    promise("Equipment for new colleagues", Ola, Offer::ItHelp, &[target(Resolution, Hours::Office, hours(8, 16, 24, 32))])
        .asked_by(Unit::Hr),
    promise("Desk and key for new colleagues", Ola, Offer::Buildings, &[target(Resolution, Hours::Office, hours(8, 16, 24, 32))])
        .asked_by(Unit::Hr),
    promise("Care for owners", Sla, Offer::Help, &[
        target(FirstResponse, Hours::Office, hours(2, 3, 4, 8)),
        target(NextResponse, Hours::Office, hours(3, 4, 8, 16)),
        target(NextUpdate, Hours::Office, hours(8, 16, 32, 48)),
        target(Resolution, Hours::Office, hours(24, 40, 64, 88)),
    ]),
    promise("Warm house", Sla, Offer::Emergency, &[
        target(FirstResponse, Hours::Shifts, [30, 60, 120, 240]),
        target(Resolution, Hours::Shifts, hours(8, 24, 48, 72)),
    ])
    .although("The tender of the housing associations asks for eight hours. A second bench opens in January; until then we lend electric heaters."),
    promise("From quote to delivery", Sla, Offer::Orders, &[
        target(FirstResponse, Hours::Office, hours(3, 4, 6, 8)),
        target(Resolution, Hours::Office, hours(24, 32, 40, 56)),
    ]),
    promise("Correct bills", Sla, Offer::Billing, &[
        target(FirstResponse, Hours::Office, hours(4, 6, 8, 8)),
        target(Resolution, Hours::Office, hours(16, 24, 32, 40)),
    ]),
    promise("Service in Deutschland", Sla, Offer::Germany, &[
        target(FirstResponse, Hours::Hamburg, hours(2, 3, 4, 8)),
        target(Resolution, Hours::Hamburg, hours(24, 40, 64, 80)),
    ]),
    promise("Service in Canada", Sla, Offer::Canada, &[
        target(FirstResponse, Hours::Toronto, hours(2, 4, 6, 8)),
        target(Resolution, Hours::Toronto, hours(32, 48, 72, 88)),
    ]),
    promise("Complaints decided", Sla, Offer::Complaints, &[
        target(FirstResponse, Hours::Office, hours(8, 8, 12, 16)),
        target(Resolution, Hours::Office, hours(60, 80, 100, 120)),
    ]),
    promise("Answers for suppliers", Sla, Offer::Suppliers, &[target(Resolution, Hours::Office, hours(16, 24, 32, 40))])
        .to(Class::Connected),
    promise("IT for everybody", Sla, Offer::ItHelp, &[
        target(FirstResponse, Hours::Office, hours(1, 2, 4, 8)),
        target(Resolution, Hours::Office, hours(8, 16, 24, 40)),
    ])
    .to(Class::Internal),
    promise("Personnel matters answered", Sla, Offer::Personnel, &[
        target(FirstResponse, Hours::Office, hours(4, 8, 8, 8)),
        target(Resolution, Hours::Office, hours(16, 24, 32, 40)),
    ])
    .to(Class::Internal),
    promise("Ready on the first day", Sla, Offer::Joining, &[target(Resolution, Hours::Office, hours(40, 48, 56, 64))])
        .to(Class::Internal),
    promise("Buildings kept in order", Sla, Offer::Buildings, &[
        target(FirstResponse, Hours::Office, hours(2, 4, 8, 16)),
        target(Resolution, Hours::Office, hours(8, 24, 32, 48)),
    ])
    .to(Class::Internal),
];
