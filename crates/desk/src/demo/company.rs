//! Emberfold, which makes, sells and services heat pumps: its units and the people in them.

/// A unit of the company.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Unit {
    Company,
    CustomerService,
    EmergencyLine,
    Sales,
    Warehouse,
    Workshop,
    Purchasing,
    Finance,
    It,
    Hr,
    Facilities,
    Legal,
    Hamburg,
    Toronto,
}

/// A unit with its place in the tree; parents come first.
pub(super) struct Place {
    pub unit: Unit,
    pub name: &'static str,
    pub kind: &'static str,
    pub parent: Option<Unit>,
    pub hours: Hours,
    /// Name, and the role in the unit; the first one leads.
    pub staff: &'static [&'static str],
}

/// Which calendar a unit works by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Hours {
    Office,
    Workshop,
    Shifts,
    Warehouse,
    Hamburg,
    Toronto,
}

impl Unit {
    /// The working hours of one job at its median, and the most of a person's day that they may fill.
    /// The workshop is filled up to its share: it is where the company's work waits.
    pub(super) const fn effort(self) -> (f64, f64) {
        match self {
            Self::Company => (0.5, 0.3),
            Self::CustomerService => (0.35, 0.62),
            Self::EmergencyLine => (0.4, 0.45),
            Self::Sales => (0.5, 0.5),
            Self::Warehouse => (0.8, 0.55),
            Self::Workshop => (5.0, 0.9),
            Self::Purchasing => (0.9, 0.6),
            Self::Finance => (0.7, 0.5),
            Self::It => (0.8, 0.55),
            Self::Hr => (0.7, 0.45),
            Self::Facilities => (1.2, 0.5),
            Self::Legal => (1.5, 0.5),
            Self::Hamburg => (0.5, 0.55),
            Self::Toronto => (0.5, 0.45),
        }
    }
}

const fn place(
    unit: Unit,
    name: &'static str,
    kind: &'static str,
    parent: Option<Unit>,
    hours: Hours,
    staff: &'static [&'static str],
) -> Place {
    Place { unit, name, kind, parent, hours, staff }
}

const COMPANY: Option<Unit> = Some(Unit::Company);

pub(super) const PLACES: &[Place] = &[
    place(Unit::Company, "Emberfold", "department", None, Hours::Office, &[]),
    place(
        Unit::CustomerService,
        "Customer Service",
        "department",
        COMPANY,
        Hours::Office,
        &["Maren Ashdown", "Tomasz Wilk", "Priya Nair", "Callum Reid", "Ines Carvalho", "Youssef Benali"],
    ),
    place(
        Unit::EmergencyLine,
        "Emergency Line",
        "team",
        Some(Unit::CustomerService),
        Hours::Shifts,
        &["Gwen Pritchard", "Obinna Eze", "Lukas Brandl", "Shanice Grant"],
    ),
    place(
        Unit::Sales,
        "Sales",
        "department",
        COMPANY,
        Hours::Office,
        &["Harriet Dunmore", "Rafael Ortega", "Mei Tanaka", "Dylan Foss"],
    ),
    place(
        Unit::Warehouse,
        "Warehouse",
        "department",
        COMPANY,
        Hours::Warehouse,
        &["Stefan Kowal", "Amara Diallo", "Joe Hartley", "Linh Tran"],
    ),
    place(
        Unit::Workshop,
        "Repair Workshop",
        "department",
        COMPANY,
        Hours::Workshop,
        &["Bernard Oakes", "Nadia Haddad", "Pavel Sokol"],
    ),
    place(
        Unit::Purchasing,
        "Purchasing",
        "department",
        COMPANY,
        Hours::Office,
        &["Ottilie Brandt", "Kwame Mensah"],
    ),
    place(
        Unit::Finance,
        "Finance",
        "department",
        COMPANY,
        Hours::Office,
        &["Fiona Lockhart", "Arjun Desai", "Clara Winslow"],
    ),
    place(
        Unit::It,
        "IT",
        "department",
        COMPANY,
        Hours::Office,
        &["Viktor Halas", "Zoe Kendrick", "Samir Aziz"],
    ),
    place(
        Unit::Hr,
        "Human Resources",
        "department",
        COMPANY,
        Hours::Office,
        &["Judith Amsel", "Keisha Bowen"],
    ),
    place(
        Unit::Facilities,
        "Facilities",
        "department",
        COMPANY,
        Hours::Office,
        &["Graham Pell", "Rosa Delgado"],
    ),
    place(
        Unit::Legal,
        "Legal and Quality",
        "department",
        COMPANY,
        Hours::Office,
        &["Eleanor Voss", "Hamid Rahimi"],
    ),
    place(
        Unit::Hamburg,
        "Hamburg Branch",
        "branch",
        COMPANY,
        Hours::Hamburg,
        &["Anke Petersen", "Deniz Yalçın", "Jonas Wiebe"],
    ),
    place(
        Unit::Toronto,
        "Toronto Branch",
        "branch",
        COMPANY,
        Hours::Toronto,
        &["Marc-Antoine Roy", "Simone Clarke"],
    ),
];

/// Works in Customer Service, bought a heat pump, and asks her own unit about it.
pub(super) const AGENT_AND_CUSTOMER: &str = "Ines Carvalho";
/// Reads everything, serves nothing.
pub(super) const OVERSEER: &str = "Dagny Thorsen";
pub(super) const ADMINISTRATOR: &str = "Theo Marchetti";
/// Employees who serve in no unit: fitters, drivers, people of the showrooms.
pub(super) const OTHERS: &[&str] = &[
    "Abel Fenwick",
    "Chipo Moyo",
    "Irina Petrova",
    "Luis Navarro",
    "Noor Siddiqui",
    "Owen Tierney",
    "Paula Kessler",
    "Ravi Chandran",
    "Siobhan Kelly",
    "Tadeo Rojas",
    "Una Bergström",
    "Wes Langford",
];

/// Suppliers with the person who speaks for them.
pub(super) const SUPPLIERS: &[(&str, &str, &str)] = &[
    ("Kaltwind Kompressoren", "Heiko Sander", "kaltwind.example"),
    ("Ferrant Valves", "Amélie Ferrant", "ferrant-valves.example"),
    ("Bluefjord Electronics", "Sigrid Aas", "bluefjord.example"),
    ("Quillon Freight", "Patrick Osei", "quillon.example"),
];

/// Shareholders who ask now and then.
pub(super) const SHAREHOLDERS: &[&str] = &["Margaret Ellery", "Wolfgang Reuter", "Beatriz Fontes"];

/// Business customers: name, domain, whether their people see each other's tickets, people, market.
pub(super) const BUSINESSES: &[(&str, &str, bool, &[&str])] = &[
    (
        "Brackwater Housing",
        "brackwater.example",
        true,
        &["Denise Harcourt", "Femi Adeyemi", "Joan Pickering", "Sanjay Kulkarni"],
    ),
    ("Morrow & Vale Hotels", "morrowvale.example", false, &["Isabelle Martin", "Gareth Lloyd"]),
    ("Crumb Street Bakeries", "crumbstreet.example", false, &["Leyla Demir", "Patrick Shaw"]),
    ("Thornbury Schools", "thornbury-schools.example", true, &["Helen Marsh", "Yaw Boateng", "Alison Crewe"]),
    ("Fennmoor Glasshouses", "fennmoor.example", false, &["Ruud van Dijk"]),
];

/// The address of somebody, made from the name.
pub(super) fn address(name: &str, domain: &str) -> String {
    format!("{}@{domain}", plain(name))
}

fn plain(name: &str) -> String {
    let letter = |letter: char| match letter {
        ' ' | '-' => '.',
        'á' | 'à' | 'â' | 'ã' | 'å' | 'ä' | 'ą' | 'ă' => 'a',
        'ç' | 'č' | 'ć' => 'c',
        'ď' | 'đ' => 'd',
        'é' | 'è' | 'ê' | 'ë' | 'ě' | 'ę' => 'e',
        'ğ' => 'g',
        'í' | 'ï' | 'ı' | 'î' => 'i',
        'ł' => 'l',
        'ñ' | 'ń' | 'ň' => 'n',
        'ó' | 'ô' | 'ö' | 'ø' | 'õ' | 'ő' => 'o',
        'ř' => 'r',
        'ş' | 'ś' | 'š' | 'ș' => 's',
        'ť' | 'ț' => 't',
        'ú' | 'ü' | 'ů' | 'ű' => 'u',
        'ý' => 'y',
        'ż' | 'ž' | 'ź' => 'z',
        other => other,
    };
    name.to_lowercase().chars().map(letter).filter(|c| *c == '.' || c.is_ascii_alphanumeric()).collect()
}
