//! Everybody's hat, and who may read each text: written down by hand.

use crate::canary::{Canary, word};
use crate::{drafts, tags};

pub(crate) const NOBODY: &str = "nobody signed in";
pub(crate) const ADA: &str = "outside customer";
pub(crate) const COLLEAGUE: &str = "colleague of the outside customer";
pub(crate) const OTHER: &str = "customer of another organisation";
pub(crate) const EVA: &str = "employee";
pub(crate) const YUSUF: &str = "employee of another department";
pub(crate) const KIM: &str = "agent in support";
pub(crate) const HANA: &str = "agent in support with a ticket of her own";
pub(crate) const BO: &str = "agent in the warehouse";
pub(crate) const MO: &str = "agent in the warehouse who is a customer";
pub(crate) const LEA: &str = "agent in legal";
pub(crate) const HR: &str = "agent in human resources";
pub(crate) const LEAD: &str = "lead of support";
pub(crate) const OVERSEER: &str = "overseer of everything";
pub(crate) const ADMIN: &str = "administrator";
pub(crate) const LEFT: &str = "agent who was disabled";

/// Who may read each text: written down by hand, from the rules, not from the code.
pub(crate) fn canaries() -> Vec<Canary> {
    let without_hana: Vec<&'static str> = inside(&[]).into_iter().filter(|name| *name != HANA).collect();
    let texts = [
        ("external subject", readers(&[BO, MO])),
        ("external message", readers(&[BO, MO])),
        ("external answer", readers(&[BO, MO])),
        ("external note", inside(&[BO, MO])),
        ("hand-off subject", inside(&[BO, MO])),
        ("hand-off question", inside(&[BO, MO])),
        ("first deliverable", inside(&[BO, MO])),
        ("second deliverable", inside(&[BO, MO])),
        ("reason of the return", inside(&[BO, MO])),
        ("hand-off note", vec![BO, MO, OVERSEER, ADMIN]),
        ("own subject", inside(&[])),
        ("own message", inside(&[])),
        ("note on the agent's own ticket", without_hana.clone()),
        ("answer that waits", without_hana),
        ("secret subject", vec![EVA, HR]),
        ("secret message", vec![EVA, HR]),
        ("secret note", vec![HR]),
        ("upstream subject", inside(&[BO, MO])),
        ("upstream message", inside(&[BO, MO])),
        ("upstream note", inside(&[BO])),
        ("below subject", inside(&[BO])),
        ("below question", inside(&[BO])),
        ("below note", vec![BO, OVERSEER, ADMIN]),
        ("deliverable that waits", vec![BO, OVERSEER, ADMIN]),
        ("closed subject", readers(&[])),
        ("merged subject", readers(&[])),
        ("merged message", readers(&[])),
        ("merged answer", readers(&[])),
        ("merged note", inside(&[])),
        ("closed message", readers(&[])),
        ("snoozed subject", readers(&[])),
        ("waiting subject", readers(&[])),
        ("draft reply", vec![KIM]),
        ("draft note", vec![KIM]),
        // Whoever writes a reply is told from where it leaves.
        ("inbox name", vec![KIM, HANA, LEAD, ADMIN]),
    ];
    let texts = texts.map(|(name, for_whom)| Canary { name, word: word(name), for_whom });
    texts.into_iter().chain(tags::canaries()).chain(drafts::canaries()).collect()
}

/// Support and whoever reads everything, and more.
pub(crate) fn inside(more: &[&'static str]) -> Vec<&'static str> {
    [&[KIM, HANA, LEAD, OVERSEER, ADMIN], more].concat()
}

/// The same and the customer's side.
pub(crate) fn readers(more: &[&'static str]) -> Vec<&'static str> {
    [&inside(&[ADA, COLLEAGUE])[..], more].concat()
}
