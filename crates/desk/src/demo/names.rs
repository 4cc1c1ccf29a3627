//! Names of private customers, put together from many places; any likeness is chance.

use super::chance::Chance;

/// The language somebody writes in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Language {
    English,
    German,
    French,
    Spanish,
    Turkish,
}

/// Where a customer lives, and so which branch serves them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Market {
    Britain,
    Germany,
    Canada,
}

impl Market {
    pub(super) const fn time_zone(self) -> &'static str {
        match self {
            Self::Britain => "Europe/London",
            Self::Germany => "Europe/Berlin",
            Self::Canada => "America/Toronto",
        }
    }
}

/// Given names and family names that go together.
struct Family {
    given: &'static [&'static str],
    family: &'static [&'static str],
}

const BRITAIN: &[Family] = &[
    Family {
        given: &[
            "Alice", "Martin", "Bronwen", "Ewan", "Kathleen", "Rory", "Susan", "Nigel", "Poppy", "Alistair",
        ],
        family: &[
            "Whitcombe",
            "Haldane",
            "Prosser",
            "Lomax",
            "Fairbairn",
            "Tuckwell",
            "Rennie",
            "Okehampton",
            "Marlowe",
            "Stobbs",
        ],
    },
    Family {
        given: &["Anjali", "Vikram", "Sunita", "Harpreet", "Imran", "Fatima", "Bilal", "Meera"],
        family: &["Bhatt", "Chaudhry", "Sandhu", "Iyer", "Qureshi", "Rahman", "Sethi", "Pillai"],
    },
    Family {
        given: &["Chidi", "Folake", "Kofi", "Abena", "Tendai", "Zanele", "Amadou", "Ngozi"],
        family: &["Okonkwo", "Asante", "Ncube", "Sesay", "Balogun", "Owusu", "Dlamini", "Camara"],
    },
    Family {
        given: &["Agnieszka", "Marek", "Katarzyna", "Ionut", "Elena", "Dragan", "Milena", "Petr"],
        family: &["Nowicka", "Zielińska", "Popescu", "Kovač", "Dvořák", "Marinov", "Lis", "Horvat"],
    },
    Family {
        given: &["Wei", "Hua", "Minh", "Thuy", "Kenji", "Aiko", "Jisoo", "Haruto"],
        family: &["Zhang", "Lau", "Pham", "Nguyen", "Mori", "Kim", "Cheung", "Fujita"],
    },
];

const IBERIA: &[Family] = &[Family {
    given: &["Lucía", "Álvaro", "Carmen", "Joaquín", "Marisol", "Ignacio", "Pilar", "Emilio"],
    family: &["Ibarra", "Quintana", "Montero", "Salcedo", "Beltrán", "Pacheco", "Aguirre", "Lozano"],
}];

const GERMANY: &[Family] = &[Family {
    given: &[
        "Annegret",
        "Torben",
        "Silke",
        "Uwe",
        "Friederike",
        "Malte",
        "Birgit",
        "Hannes",
        "Svenja",
        "Dieter",
    ],
    family: &[
        "Harms",
        "Lührs",
        "Petzold",
        "Clausen",
        "Döring",
        "Brinkmann",
        "Tietjen",
        "Voigt",
        "Ahlers",
        "Kröger",
    ],
}];

const ANATOLIA: &[Family] = &[Family {
    given: &["Elif", "Mehmet", "Zeynep", "Emre", "Ayşe", "Kerem", "Hülya", "Cem"],
    family: &["Arslan", "Koç", "Şahin", "Aydın", "Polat", "Güneş", "Erdem", "Tekin"],
}];

const CANADA: &[Family] = &[
    Family {
        given: &["Geneviève", "Luc", "Mireille", "Étienne", "Josée", "Rémi", "Chantal", "Yves"],
        family: &[
            "Lachance",
            "Tremblay",
            "Bouchard",
            "Gagnon",
            "Pelletier",
            "Fortin",
            "Desrosiers",
            "Lavoie",
        ],
    },
    Family {
        given: &["Megan", "Trevor", "Jasmine", "Winston", "Sophia", "Devon", "Grace", "Malik"],
        family: &["MacAulay", "Persaud", "Thibert", "Campbell", "Liang", "Baptiste", "Okafor", "Singh"],
    },
];

/// A full name that fits where somebody lives and what they write in.
pub(super) fn full(market: Market, language: Language, chance: &mut Chance) -> String {
    let families = match (market, language) {
        (_, Language::Spanish) => IBERIA,
        (_, Language::Turkish) => ANATOLIA,
        (Market::Canada, Language::French) => &CANADA[..1],
        (Market::Canada, _) => &CANADA[1..],
        (Market::Germany, _) => GERMANY,
        (Market::Britain, _) => BRITAIN,
    };
    let family = chance.pick(families);
    format!("{} {}", chance.pick(family.given), chance.pick(family.family))
}
