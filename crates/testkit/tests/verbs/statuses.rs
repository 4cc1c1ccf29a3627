//! A status says where a ticket stands: setting it does the act that leads there, and it goes when the ticket does.

use desk::{DeskError, Problem, close, merge, status, undo};
use domain::event::WaitOn;
use domain::id::{OrganisationId, PersonId, ServiceId, StatusId};
use domain::place::Step;
use domain::status::Category;
use domain::ticket::rules::Refusal;
use domain::ticket::{Kind, State, Ticket};
use jiff::SignedDuration;
use store::office::Office;
use testkit::TestDesk;

struct Stage<'a> {
    desk: &'a TestDesk,
    ada: PersonId,
    kim: PersonId,
    help: ServiceId,
    maker: OrganisationId,
    number: i64,
    review: StatusId,
    asked: StatusId,
    parts: StatusId,
    refunded: StatusId,
}

fn stage(desk: &TestDesk) -> Stage<'_> {
    let support = desk.unit("Support");
    let help = desk.service("Help", support);
    desk.promises(domain::agreement::AgreementKind::Sla, help, 8, desk.always());
    let (ada, kim) = (desk.customer("Ada"), desk.agent("Kim", &[support]));
    let number = desk.opens(ada, help, "Lamp", "It is dark.");
    desk.wait(SignedDuration::from_mins(1));
    Stage {
        desk,
        ada,
        kim,
        help,
        maker: desk.organisation("Maker", false),
        number,
        review: desk.status("In review", Category::Open, |_| {}),
        asked: desk.status("Asked for a photo", Category::Requester, |_| {}),
        parts: desk.status("Parts ordered", Category::Others, |_| {}),
        refunded: desk.status("Refunded", Category::Solved, |input| {
            input.outside = "Your money is on its way".to_owned();
        }),
    }
}

impl Stage<'_> {
    fn says(&self, status: StatusId) -> Result<(), DeskError> {
        self.desk.says(self.kim, self.number, status)
    }

    fn ticket(&self) -> Ticket {
        self.desk.folded(self.kim, self.number)
    }

    fn has(&self) -> Option<StatusId> {
        self.ticket().status.map(|stands| stands.id)
    }

    /// Custody, clocks and the sums of the desk.
    fn facts(&self) -> String {
        let read = self.desk.with(self.kim, self.number, |act, seen| {
            let events = store::event::of_ticket(act.tx, seen.ticket)?;
            let clocks = store::clock::of_ticket(act.tx, seen.ticket)?;
            let custody = domain::custody::fold(seen.ticket, &events, act.now);
            let ledger = store::event::of_ticket_and_descendants(act.tx, seen.ticket)?;
            let lines = domain::ledger::lines(&ledger, act.now);
            let charged = domain::ledger::charge(&lines, seen.ticket);
            Ok(format!("{clocks:?} {custody:?} {charged:?} {:?}", store::tally::all(act.tx)?))
        });
        read.unwrap()
    }

    fn refused(&self, status: StatusId, whom: Option<WaitOn>) -> Refusal {
        let before = self.ticket();
        let refused = self.desk.says_of(self.kim, self.number, status, whom);
        assert_eq!(self.ticket(), before, "a refused status leaves nothing behind");
        match refused {
            Err(DeskError::Refused(refusal)) => refusal,
            other => panic!("{other:?}"),
        }
    }

    fn is_sound(&self) {
        let report = desk::recompute::check(&self.desk.desk, |_| {}).unwrap();
        assert_eq!(report.total, 0, "{:?}", report.differences);
    }
}

pub(crate) fn a_status_does_the_act_that_leads_there_and_goes_with_it(desk: &TestDesk) {
    let stage = stage(desk);
    let before = stage.facts();
    stage.says(stage.review).unwrap();
    assert_eq!((stage.has(), stage.facts()), (Some(stage.review), before), "the name changes nothing");
    assert_eq!(stage.refused(stage.review, None), Refusal::NoChange);
    assert_eq!(stage.refused(stage.asked, None), Refusal::NothingAsked);
    desk.replies(stage.kim, stage.number, "Have you a photo?");
    stage.says(stage.asked).unwrap();
    assert_eq!((stage.has(), stage.ticket().waiting), (Some(stage.asked), Some(WaitOn::Requester)));
    desk.replies(stage.ada, stage.number, "Here it is.");
    assert_eq!((stage.has(), stage.ticket().waiting), (None, None), "what she sent ended it");
    assert_eq!(stage.refused(stage.parts, None), Refusal::StatusNeedsWhom);
    let supplier = WaitOn::Supplier(stage.maker);
    desk.says_of(stage.kim, stage.number, stage.parts, Some(supplier)).unwrap();
    assert_eq!((stage.has(), stage.ticket().waiting), (Some(stage.parts), Some(supplier)));
    stage.says(stage.refunded).unwrap();
    assert_eq!((stage.has(), stage.ticket().state), (Some(stage.refunded), State::Solved));
    desk.with(stage.kim, stage.number, |act, seen| close::serve(act, seen.serve().unwrap())).unwrap();
    assert_eq!((stage.has(), stage.ticket().state), (Some(stage.refunded), State::Closed));
    stage.says(stage.review).unwrap();
    assert_eq!((stage.has(), stage.ticket().state), (Some(stage.review), State::Open), "it goes on");
    stage.is_sound();
}

pub(crate) fn an_agreed_date_is_a_wait_for_others_and_ends_its_status(desk: &TestDesk) {
    let stage = stage(desk);
    let until = desk.now() + SignedDuration::from_hours(3);
    let agreed = Some(WaitOn::Agreed { until });
    desk.says_of(stage.kim, stage.number, stage.parts, agreed).unwrap();
    assert_eq!((stage.has(), stage.ticket().waiting), (Some(stage.parts), agreed));
    desk.wait(SignedDuration::from_hours(4));
    desk::sweep::run(&desk.desk).unwrap();
    assert_eq!((stage.has(), stage.ticket().waiting), (None, None), "the day came");
    assert_eq!(stage.refused(stage.parts, Some(WaitOn::Agreed { until })), Refusal::DatePassed);
    stage.is_sound();
}

pub(crate) fn what_an_act_needs_is_said_before_a_status_is_set(desk: &TestDesk) {
    let stage = stage(desk);
    let stock = desk.service("Stock", desk.unit("Warehouse"));
    desk.asks(stage.kim, stage.number, stock, "A bulb", "Send one, please.");
    assert_eq!(stage.refused(stage.refunded, None), Refusal::StatusBlocked(1));
    desk.try_solve(stage.kim, stage.number, "She has one.").unwrap();
    stage.says(stage.refunded).unwrap();
    assert_eq!(stage.refused(stage.asked, None), Refusal::NotOpen("solved"));
    let outside = desk.says(stage.ada, stage.number, stage.review);
    assert!(matches!(outside, Err(DeskError::NotAllowed)), "{outside:?}");
    stage.is_sound();
}

pub(crate) fn a_status_is_for_its_kind_and_falls_away_with_it(desk: &TestDesk) {
    let stage = stage(desk);
    let inquiry = desk.status("Under inquiry", Category::Open, |input| input.kind = Some(Kind::Complaint));
    assert_eq!(stage.refused(inquiry, None), Refusal::StatusOfOtherKind);
    let before = stage.facts();
    let turns_out = |kind| {
        desk.with(stage.kim, stage.number, move |act, seen| {
            status::change_kind(act, seen.serve().unwrap(), kind)
        })
    };
    turns_out(Kind::Complaint).unwrap();
    stage.says(inquiry).unwrap();
    assert_eq!((stage.has(), stage.facts()), (Some(inquiry), before));
    assert!(matches!(turns_out(Kind::Complaint), Err(DeskError::Refused(Refusal::NoChange))));
    turns_out(Kind::Request).unwrap();
    assert_eq!((stage.has(), stage.ticket().kind), (None, Kind::Request));
    stage.is_sound();
}

pub(crate) fn a_status_set_just_now_is_undone_with_its_act(desk: &TestDesk) {
    let stage = stage(desk);
    stage.says(stage.review).unwrap();
    let before = (stage.has(), stage.facts());
    let undoes = || {
        desk.with(stage.kim, stage.number, |act, seen| {
            let events = store::event::of_ticket(act.tx, seen.ticket)?;
            undo::run(act, seen.serve().unwrap(), events.last().unwrap().id)
        })
    };
    let supplier = WaitOn::Supplier(stage.maker);
    desk.says_of(stage.kim, stage.number, stage.parts, Some(supplier)).unwrap();
    undoes().unwrap();
    assert_eq!((stage.has(), stage.facts()), before);
    stage.says(stage.refunded).unwrap();
    assert!(matches!(undoes(), Err(DeskError::Conflict(_))), "she may have been told");
    stage.is_sound();
}

pub(crate) fn a_merged_ticket_loses_its_status_and_a_row_that_differs_is_repaired(desk: &TestDesk) {
    let older = stage(desk);
    let number = desk.opens(older.ada, older.help, "The same lamp", "Still dark.");
    let (kim, into) = (older.kim, older.number);
    let stage = Stage { number, ..older };
    stage.says(stage.review).unwrap();
    desk.with(kim, number, move |act, seen| {
        let viewer = store::access::viewer(act.tx, kim)?.unwrap();
        let into = store::access::by_number(act.tx, &viewer, into, act.now)?.unwrap();
        merge::run(act, seen.serve().unwrap(), into.serve().unwrap())
    })
    .unwrap();
    assert_eq!(stage.has(), None);
    assert_eq!(stage.refused(stage.refunded, None), Refusal::Merged);
    stage.is_sound();
    let (id, review) = (stage.ticket().id, stage.review);
    desk.set_up(move |act| {
        let sql = "update ticket set status_id = $2 where id = $1";
        Ok(act.tx.execute(sql, store::params![id, review])?)
    });
    let report = desk::recompute::check(&desk.desk, |_| {}).unwrap();
    assert_eq!(report.differences.iter().map(|one| one.what.as_str()).collect::<Vec<_>>(), ["status_id"]);
    assert_eq!(desk::recompute::repair(&desk.desk, |_| {}).unwrap().repaired, 1);
    stage.is_sound();
}

pub(crate) fn requesters_read_what_is_meant_for_them_and_never_the_name(desk: &TestDesk) {
    let stage = stage(desk);
    let reads = || {
        desk.with(stage.ada, stage.number, |act, seen| {
            let sheet = store::sheet::outside(act.tx, &seen.read())?;
            let viewer = store::access::viewer(act.tx, seen.viewer)?.unwrap();
            let listed = store::queue::mine(act.tx, &viewer, domain::id::TicketId(i64::MAX), 10)?;
            assert_eq!(listed[0].status, sheet.status);
            Ok(sheet.status)
        })
        .unwrap()
    };
    stage.says(stage.review).unwrap();
    assert_eq!(reads(), None);
    stage.says(stage.refunded).unwrap();
    assert_eq!(reads().as_deref(), Some("Your money is on its way"));
    desk.replies(stage.ada, stage.number, "Not yet!");
    assert_eq!((stage.has(), reads()), (None, None));
}

pub(crate) fn administrators_make_rename_order_and_retire_statuses(desk: &TestDesk) {
    let stage = stage(desk);
    let amal = desk.employee("Amal");
    desk.appoint(amal, Office::Administrator);
    let names = || {
        desk.set_up(|act| {
            Ok(act.catalogue.statuses.iter().map(|status| status.name.clone()).collect::<Vec<_>>())
        })
    };
    let review = stage.review;
    let taken = desk.act(amal, move |act, by| status::rename(act, by, review, "parts ordered", ""));
    assert!(matches!(
        taken,
        Err(DeskError::Invalid { field: "name", problem: Problem::StatusNameTaken { .. } })
    ));
    let not_hers = desk.act(stage.kim, move |act, by| status::rename(act, by, review, "Mine", ""));
    assert!(matches!(not_hers, Err(DeskError::NotFound)), "{not_hers:?}");
    stage.says(review).unwrap();
    desk.act(amal, move |act, by| status::rename(act, by, review, "Being looked at", "")).unwrap();
    desk.act(amal, move |act, by| status::reorder(act, by, review, Step::Down)).unwrap();
    assert_eq!(names(), ["Asked for a photo", "Being looked at", "Parts ordered", "Refunded"]);
    desk.act(amal, move |act, by| status::retire(act, by, review, true)).unwrap();
    assert_eq!(stage.has(), Some(review), "tickets that have it keep it");
    let kind = |input: &mut status::Input| input.kind = Some(Kind::Complaint);
    desk.status("Being looked at", Category::Open, kind);
    let back = desk.act(amal, move |act, by| status::retire(act, by, review, false));
    assert!(matches!(back, Err(DeskError::Invalid { field: "name", .. })), "the name was given away");
    desk.with(stage.kim, stage.number, |act, seen| status::clear(act, seen.serve().unwrap())).unwrap();
    assert_eq!(stage.refused(review, None), Refusal::StatusRetired);
    stage.is_sound();
}
