//! Who is what to a ticket, hat by hat.

use super::{About, Relation, Viewer, relation};
use crate::affiliation::Class;
use crate::id::{OrganisationId, PersonId, UnitId};

const SUPPORT: UnitId = UnitId(1);
const WAREHOUSE: UnitId = UnitId(2);
const LEGAL: UnitId = UnitId(3);

fn person(id: i64) -> Viewer {
    Viewer {
        person: PersonId(id),
        class: Class::Internal,
        organisation: None,
        units: vec![],
        oversees: vec![],
        oversees_all: false,
        administrator: false,
    }
}

fn agent(id: i64, unit: UnitId) -> Viewer {
    Viewer { units: vec![unit], ..person(id) }
}

fn ticket() -> About {
    About {
        requesting: vec![PersonId(10)],
        upstream: vec![],
        sharing: None,
        asking: None,
        owner: SUPPORT,
        chain: vec![SUPPORT, WAREHOUSE],
        confidential: false,
        glass_broken: false,
    }
}

fn handoff() -> About {
    About {
        requesting: vec![PersonId(20)],
        upstream: vec![PersonId(10)],
        asking: Some(SUPPORT),
        owner: WAREHOUSE,
        chain: vec![WAREHOUSE],
        ..ticket()
    }
}

#[test]
fn an_agent_sees_their_own_ticket_as_requester_only() {
    assert_eq!(relation(&agent(10, SUPPORT), &ticket()), Relation::Requesting);
    assert_eq!(
        relation(&Viewer { administrator: true, ..agent(10, SUPPORT) }, &ticket()),
        Relation::Requesting
    );
}

#[test]
fn nobody_sees_the_hand_offs_behind_their_own_ticket() {
    assert_eq!(relation(&agent(10, WAREHOUSE), &handoff()), Relation::Nothing);
    assert_eq!(relation(&Viewer { administrator: true, ..person(10) }, &handoff()), Relation::Nothing);
}

#[test]
fn the_asking_unit_is_a_customer_of_the_hand_off() {
    assert_eq!(relation(&agent(21, SUPPORT), &handoff()), Relation::Asking);
    assert_eq!(relation(&person(20), &handoff()), Relation::Asking);
    assert_eq!(relation(&agent(30, WAREHOUSE), &handoff()), Relation::Serving);
}

#[test]
fn serving_on_both_ends_still_hides_what_one_asked_oneself() {
    let both = |id| Viewer { units: vec![SUPPORT, WAREHOUSE], ..person(id) };
    assert_eq!(relation(&both(31), &handoff()), Relation::Serving);
    assert_eq!(relation(&both(20), &handoff()), Relation::Asking);
}

#[test]
fn units_in_the_chain_read_and_others_see_nothing() {
    assert_eq!(relation(&agent(30, WAREHOUSE), &ticket()), Relation::Chain);
    assert_eq!(relation(&agent(40, LEGAL), &ticket()), Relation::Nothing);
    assert_eq!(relation(&person(50), &ticket()), Relation::Nothing);
}

#[test]
fn overseers_read_what_their_units_touch() {
    let overseer = Viewer { oversees: vec![WAREHOUSE], ..person(60) };
    assert_eq!(relation(&overseer, &ticket()), Relation::Overseeing);
    assert_eq!(relation(&Viewer { oversees: vec![LEGAL], ..person(60) }, &ticket()), Relation::Nothing);
}

#[test]
fn a_confidential_ticket_is_its_owners_alone_until_the_glass_is_broken() {
    let secret = About { confidential: true, ..ticket() };
    let administrator = Viewer { administrator: true, ..person(70) };
    assert_eq!(relation(&agent(21, SUPPORT), &secret), Relation::Serving);
    assert_eq!(relation(&agent(30, WAREHOUSE), &secret), Relation::Nothing);
    assert_eq!(relation(&administrator, &secret), Relation::Nothing);
    assert_eq!(
        relation(&administrator, &About { glass_broken: true, ..secret.clone() }),
        Relation::Overseeing
    );
    assert_eq!(relation(&agent(30, WAREHOUSE), &About { glass_broken: true, ..secret }), Relation::Nothing);
}

#[test]
fn colleagues_follow_shared_tickets_as_requesters() {
    let shared = About { sharing: Some(OrganisationId(5)), ..ticket() };
    let colleague = Viewer { organisation: Some(OrganisationId(5)), class: Class::External, ..person(11) };
    assert_eq!(relation(&colleague, &shared), Relation::Requesting);
    assert_eq!(
        relation(&Viewer { organisation: Some(OrganisationId(6)), ..colleague }, &shared),
        Relation::Nothing
    );
    assert_eq!(relation(&Viewer { organisation: None, ..person(12) }, &ticket()), Relation::Nothing);
    let secret = About { confidential: true, ..shared };
    let colleague = Viewer { organisation: Some(OrganisationId(5)), class: Class::External, ..person(11) };
    assert_eq!(relation(&colleague, &secret), Relation::Nothing);
}
