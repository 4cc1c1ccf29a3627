//! Tags go on tickets and off, are told in the history, change no clock, and have one spelling.

use desk::tag::{self, Taken};
use desk::{DeskError, Problem};
use domain::id::{PersonId, TagId};
use domain::tag::{MOST, Tag};
use jiff::SignedDuration;
use store::office::Office;
use testkit::TestDesk;
use testkit::asker::Asker;

fn on(desk: &TestDesk, who: PersonId, number: i64) -> Vec<String> {
    desk.with(who, number, |act, seen| Ok(store::tag::of_ticket(act.tx, &seen.read_inside().unwrap())?))
        .unwrap()
}

fn takes_off(desk: &TestDesk, who: PersonId, number: i64, name: &'static str) {
    desk.with(who, number, move |act, seen| tag::remove(act, seen.serve().unwrap(), &Tag::kept(name)))
        .unwrap();
}

fn id(desk: &TestDesk, name: &'static str) -> TagId {
    desk.set_up(move |act| Ok(store::tag::named(act.tx, &Tag::kept(name))?)).unwrap()
}

fn renames(
    desk: &TestDesk,
    who: PersonId,
    name: &'static str,
    to: &'static str,
    taken: Taken,
) -> Result<TagId, DeskError> {
    let id = id(desk, name);
    desk.act(who, move |act, viewer| tag::rename(act, viewer, id, &Tag::kept(to), taken))
}

fn known(desk: &TestDesk, who: PersonId, begun: &'static str) -> Vec<String> {
    desk.act(who, move |act, viewer| Ok(store::tag::known(act.tx, viewer, begun, 20)?)).unwrap()
}

fn facts(desk: &TestDesk, who: PersonId, number: i64) -> (usize, String) {
    desk.with(who, number, |act, seen| {
        let events = store::event::of_ticket(act.tx, seen.ticket)?;
        let ticket = domain::ticket::Ticket::fold(seen.ticket, &events).unwrap();
        let clocks = desk::project::clocks(&act.catalogue, &ticket, &events);
        let custody = domain::custody::fold(seen.ticket, &events, act.now);
        Ok((events.len(), format!("{clocks:?} {custody:?}")))
    })
    .unwrap()
}

pub(crate) fn tags_are_told_and_change_no_clock(desk: &TestDesk, asker: Asker) {
    let support = desk.unit("Support");
    let help = desk.service("Help", support);
    desk.promises(domain::agreement::AgreementKind::Sla, help, 8, desk.always());
    let (ada, kim) = (asker.named(desk, "Ada"), desk.agent("Kim", &[support]));
    let number = ada.opens(desk, help, "Lamp", "It is dark.");
    let before = facts(desk, kim, number);
    desk.tags(kim, number, "Big Deal, returns,#BIG_deal");
    assert_eq!(on(desk, kim, number), ["big-deal", "returns"]);
    takes_off(desk, kim, number, "returns");
    takes_off(desk, kim, number, "returns");
    assert_eq!(on(desk, kim, number), ["big-deal"]);
    let after = facts(desk, kim, number);
    assert_eq!(after.0, before.0 + 3, "what changes nothing is not told");
    assert_eq!(after.1, before.1);
    assert!(desk.try_tag(ada.person, number, "mine").is_err(), "requesters put none on");
    let wrong = desk.try_tag(kim, number, "a:b");
    assert!(matches!(wrong, Err(DeskError::Invalid { field: "tag", problem: Problem::TagCharacter { .. } })));
    let report = desk::recompute::check(&desk.desk, |_| {}).unwrap();
    assert_eq!(report.total, 0, "{:?}", report.differences);
}

pub(crate) fn a_ticket_has_room_for_so_many_tags(desk: &TestDesk, asker: Asker) {
    let support = desk.unit("Support");
    let help = desk.service("Help", support);
    let (ada, kim) = (asker.named(desk, "Ada"), desk.agent("Kim", &[support]));
    let number = ada.opens(desk, help, "Lamp", "It is dark.");
    let many: Vec<String> = (0..MOST).map(|number| format!("tag-{number}")).collect();
    desk.tags(kim, number, &many.join(","));
    desk.tags(kim, number, "tag-7");
    match desk.try_tag(kim, number, "one-more") {
        Err(DeskError::Invalid { field: "tag", problem }) => {
            assert_eq!(problem, Problem::TagsFull { most: MOST });
        }
        other => panic!("{other:?}"),
    }
    assert_eq!(on(desk, kim, number).len(), MOST);
}

pub(crate) fn a_tag_renamed_or_merged_is_found_under_its_old_name(desk: &TestDesk) {
    let support = desk.unit("Support");
    let help = desk.service("Help", support);
    let (ada, kim, amal) = (desk.customer("Ada"), desk.agent("Kim", &[support]), desk.employee("Amal"));
    desk.appoint(amal, Office::Administrator);
    let [one, other] = ["Lamp", "Shade"].map(|subject| desk.opens(ada, help, subject, "It is dark."));
    desk.tags(kim, one, "returns");
    desk.tags(kim, other, "send-backs,returns");
    assert!(matches!(renames(desk, kim, "returns", "refunds", Taken::Refused), Err(DeskError::NotFound)));
    let taken = renames(desk, amal, "send-backs", "returns", Taken::Refused);
    assert!(matches!(
        taken,
        Err(DeskError::Invalid { field: "name", problem: Problem::TagNameTaken { .. } })
    ));
    let returns = renames(desk, amal, "send-backs", "returns", Taken::Merged).unwrap();
    assert_eq!(on(desk, kim, other), ["returns"]);
    assert_eq!(id(desk, "send-backs"), returns);
    assert_eq!(renames(desk, amal, "returns", "refunds", Taken::Refused).unwrap(), returns);
    assert_eq!(on(desk, kim, one), ["refunds"]);
    for name in ["refunds", "returns", "send-backs"] {
        assert_eq!(id(desk, name), returns, "{name}");
    }
    // Back again: the old name is its own.
    assert_eq!(renames(desk, amal, "refunds", "returns", Taken::Refused).unwrap(), returns);
    desk.tags(kim, one, "send-backs");
    assert_eq!(on(desk, kim, one), ["returns"]);
}

pub(crate) fn a_tag_is_known_where_a_ticket_that_has_it_is_listed(desk: &TestDesk) {
    let (support, stock) = (desk.unit("Support"), desk.unit("Stock"));
    let (help, parcels) = (desk.service("Help", support), desk.service("Parcels", stock));
    let (ada, kim, bo) = (desk.customer("Ada"), desk.agent("Kim", &[support]), desk.agent("Bo", &[stock]));
    let mine = desk.opens(kim, parcels, "My own parcel", "Where is it?");
    desk.tags(bo, mine, "annoying");
    let number = desk.opens(ada, help, "Lamp", "It is dark.");
    desk.tags(kim, number, "returns,refund");
    assert_eq!(known(desk, kim, ""), ["refund", "returns"]);
    assert_eq!(known(desk, kim, "ret"), ["returns"]);
    assert_eq!(known(desk, bo, ""), ["annoying"]);
    assert_eq!(known(desk, ada, ""), Vec::<String>::new());
    desk.wait(SignedDuration::from_mins(1));
    desk.with(kim, number, move |act, seen| {
        desk::transfer::run(act, seen.serve().unwrap(), stock, "It is theirs.")
    })
    .unwrap();
    assert_eq!(known(desk, bo, ""), ["annoying", "refund", "returns"], "tags go with their ticket");
    assert_eq!(known(desk, kim, ""), Vec::<String>::new());
}
